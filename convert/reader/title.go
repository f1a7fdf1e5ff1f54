package reader

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// title is what a title line says.
type title struct {
	organization string // as written, without white space
	year         int
	line         string // all of it
	cell         report.Cell
	page         *page
	row          int
}

// The parts of a title line, folded: the organization, the year, and the words of
// the official title with what people leave out, turn round or add.
const (
	titleFront  = `^(?:附件?[0-9一二三四五六七八九十]{0,2}[:,.]?)?\(?(?P<before>.{0,60}?)`
	titleYear   = `(?P<year>(?:19|20)[0-9]{2}|二[〇零oO0][〇零oO0一二三四五六七八九]{2})年?度?`
	titleWords  = `(?:政府信息|信息|政务)公开(?:工作)?`
	titleKind   = `(?:年度)?(?:工作)?(?:情况)?(?:的)?(?:报告|年报)(?:填报表|统计表|表)?\)?`
	titleBehind = `(?:\((?P<remark>.{0,20})\)|-{1,2}(?P<behind>.{2,30}))?\.?$`
)

// titleLines are the shapes of a title line: with the year before the words, among
// them, behind them, or not there.
var titleLines = []*regexp.Regexp{
	regexp.MustCompile(titleFront + titleYear + `(?P<between>.{0,60}?)` + titleWords + titleKind + titleBehind),
	regexp.MustCompile(titleFront + titleWords + titleYear + titleKind + titleBehind),
	regexp.MustCompile(titleFront + titleWords + titleKind + `\(?` + titleYear + `\)?$`),
	regexp.MustCompile(titleFront + `政府信息公开(?:工作)?年度(?:工作)?(?:情况)?报告\)?$`),
}

// openBlank matches what a form has where nothing was filled in: ____年.
var openBlank = regexp.MustCompile(`[_＿]{2,}`)

// parseTitle reads a title line, and reports whether it is one. Year and
// organization may each be missing from it.
func parseTitle(s string) (title, bool) {
	if !strings.Contains(s, "公") || !strings.Contains(s, "报") { // as most cells
		return title{}, false
	}
	s = openBlank.ReplaceAllString(s, "")
	folded, from := foldMapped(s)
	for _, shape := range titleLines {
		m := shape.FindStringSubmatchIndex(folded)
		if m == nil {
			continue
		}
		part := func(name string) (text string, at []int) {
			i := shape.SubexpIndex(name)
			if i < 0 || m[2*i] < 0 {
				return "", nil
			}
			return folded[m[2*i]:m[2*i+1]], from[m[2*i]:m[2*i+1]]
		}
		t := title{line: attachment.ReplaceAllString(joinLines(s), "")}
		year, _ := part("year")
		if t.year = parseYear(year); t.year == 0 && year != "" {
			return title{}, false
		}
		for _, name := range []string{"before", "between", "remark", "behind"} {
			text, at := part(name)
			if text = aboutIn.ReplaceAllString(text, ""); text == "" || name == "remark" && !isOrganization(text) {
				continue
			}
			sure := name == "before" || name == "between"
			if t.organization != "" || strings.ContainsAny(text, ",.;:") || strings.Contains("0123456789", text[:1]) ||
				(!sure || year == "") && !isOrganization(text) {
				return title{}, false
			}
			t.organization = aboutIn.ReplaceAllString(unfold(s, at), "")
			if strings.HasSuffix(text, ")") && openingBracket(text) < 0 { // 【某局】: the other is cut
				_, last := utf8.DecodeLastRuneInString(t.organization)
				t.organization = t.organization[:len(t.organization)-last]
			}
		}
		return t, true
	}
	return title{}, false
}

// attachment matches what an attachment is headed, which is no part of its title.
var attachment = regexp.MustCompile(`^\s*附件?[0-9０-９一二三四五六七八九十]{0,2}\s*[:：、.．]?\s*`)

// aboutIn matches the 关于 that may stand before or behind the organization.
var aboutIn = regexp.MustCompile(`^关于|关于$`)

// isOrganization reports whether a folded line may be the name of an organ.
func isOrganization(folded string) bool {
	if !organization.IsOrgan(folded) {
		return false
	}
	for name := range fieldNames { // 填报单位某局
		if len(name) > len("单位") && strings.HasPrefix(folded, name) {
			return false
		}
	}
	return true
}

// foldMapped folds a text and says for each byte of the result which byte of the
// text its character begins at.
func foldMapped(s string) (folded string, from []int) {
	var b strings.Builder
	for i, r := range s {
		if r = prose.FoldRune(r); r == 0 {
			continue
		}
		b.WriteRune(r)
		for range utf8.RuneLen(r) {
			from = append(from, i)
		}
	}
	return b.String(), from
}

// unfold is the characters of a text that begin at the given places.
func unfold(s string, from []int) string {
	var b strings.Builder
	for i, at := range from {
		if i == 0 || at != from[i-1] {
			r, _ := utf8.DecodeRuneInString(s[at:])
			b.WriteRune(r)
		}
	}
	return b.String()
}

// parseYear reads a reporting year: 2024, 2024年, 2024年度, 二〇二四. It is 0 for
// anything else.
func parseYear(s string) int {
	s = strings.TrimSuffix(strings.TrimSuffix(prose.Fold(s), "度"), "年")
	var digits strings.Builder
	for _, r := range s {
		if i := strings.IndexRune("〇一二三四五六七八九", r); i >= 0 {
			r = '0' + rune(i/len("〇"))
		} else if r == '零' || r == 'o' || r == 'O' {
			r = '0'
		}
		digits.WriteRune(r)
	}
	year, err := strconv.Atoi(digits.String())
	if err != nil || year < 2000 || year > 2099 {
		return 0
	}
	return year
}

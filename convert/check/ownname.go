package check

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// What the text says of the report itself, in plain text: the period that its
// figures are of, and its name. A report of last year that was published this
// year is no name of this one, so that only 现公布 and the like introduce one.
var (
	statisticsPeriod = regexp.MustCompile(`[^。;!?]{0,12}(统计|所列数据|时限|期限)[^。;!?]{0,20}?((\d{4})年1月1日(零时|0时|起)*[至到\-—~]+((\d{4})年)?12月31日)`)
	comparison       = regexp.MustCompile(`上年|上一年|去年|同期|比`)
	announcedReport  = regexp.MustCompile(`(现(?:予以?|将|向社会|面向社会)?(?:公布|发布|公开)|现将|编制(?:形成|完成)?了?|本报告(?:是|为|系))([^。;!?,:、]{0,40}?)(\d{4})年度?(?:政府信息公开|政务公开)(?:工作)?(?:年度)?报告`)
)

// ownName is R304 as far as the text makes it: a preamble or an overview that was
// left from last year's report, or taken from another organization's.
func (s *subject) ownName() []finding.Finding {
	if s.Year == 0 {
		return nil
	}
	year := strconv.Itoa(s.Year)
	var found []finding.Finding
	said := map[report.Path]bool{} // by the title and the cover
	for _, n := range s.Notes {
		if n.Kind == report.Disagreement {
			said[n.Path] = true
		}
	}
	say := func(path report.Path, p report.Paragraph, expected, actual, key, quote string) {
		if said[path] {
			return
		}
		found = append(found, newFinding("R304", path, []report.Cell{p.Cell}, expected, actual, message.New(key, actual, quote, expected)))
	}
	for i, p := range s.opening() {
		plain := string(prose.Normalized(p.Text).Runes)
		if m := find(statisticsPeriod, "年1月1日", plain); m != nil && m[3] != year && (m[6] == "" || m[6] == m[3]) && !comparison.MatchString(m[0]) {
			say(ofYear, p, year, m[3], "R304.period", m[2])
		}
		m := find(announcedReport, "报告", plain)
		if m == nil || strings.HasPrefix(m[1], "编制") && i >= len(s.Preamble) {
			continue
		}
		if m[3] != year {
			say(ofYear, p, year, m[3], "R304.text.year", m[0])
		}
		if name := announcedName(m[2]); name != "" && s.Organization != "" && !organization.Same(name, s.Organization) {
			say(ofOrganization, p, s.Organization, name, "R304.text.organization", m[0])
		}
	}
	return found
}

// find is what an expression finds in a text, if that has the words without which it
// finds nothing.
func find(e *regexp.Regexp, words, text string) []string {
	if !strings.Contains(text, words) {
		return nil
	}
	return e.FindStringSubmatch(text)
}

// opening is the preamble and the overview.
func (s *subject) opening() []report.Paragraph {
	all := slices.Clone(s.Preamble)
	if sec := s.Section(s.form.SectionOf(form.Overview).Key); sec != nil {
		all = append(all, sec.Paragraphs...)
	}
	return all
}

// announcedName is the organization before the year of a report's name; "" when
// none is named in full: 本局2023年…报告.
func announcedName(s string) string {
	name := strings.Trim(strings.NewReplacer("《", "", "》", "", "“", "", "”", "", "\"", "").Replace(s), "的")
	for _, lead := range []string{"由", "将", "向社会公布", "公布", "形成", "了"} {
		name = strings.TrimPrefix(name, lead)
	}
	if organization.Ours(name) || strings.ContainsAny(name, "0123456789") || !organization.EndsIn(name, organization.Organs) {
		return ""
	}
	return name
}

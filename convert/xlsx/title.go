package xlsx

import (
	"regexp"
	"strconv"
	"strings"

	"nianbao/convert/report"
)

// title is what a title line says.
type title struct {
	organization string
	year         int
}

// The title line, folded: the organization before or after the year, the words
// of the official title with what people leave out or turn round.
var titleLine = regexp.MustCompile(`^\(?(.{0,60}?)((?:19|20)[0-9]{2}|二[〇零][〇零一二三四五六七八九]{2})年?度?(.{0,60}?)政府信息公开(?:工作)?(?:年度)?(?:工作)?(?:情况)?(?:的)?报告\)?(?:\(.{0,20}\))?$`)

// parseTitle reads a title line, and reports whether it is one.
func parseTitle(s string) (title, bool) {
	m := titleLine.FindStringSubmatch(fold(s))
	if m == nil || m[1] != "" && m[3] != "" || strings.ContainsAny(m[1]+m[3], ",.;:") {
		return title{}, false
	}
	year := parseYear(m[2])
	return title{strings.TrimPrefix(m[1], "关于") + m[3], year}, year != 0
}

// parseYear reads a reporting year: 2024, 2024年, 2024年度, 二〇二四. It is 0 for
// anything else.
func parseYear(s string) int {
	s = strings.TrimSuffix(strings.TrimSuffix(fold(s), "度"), "年")
	var digits strings.Builder
	for _, r := range s {
		if i := strings.IndexRune("〇一二三四五六七八九", r); i >= 0 {
			r = '0' + rune(i/len("〇"))
		} else if r == '零' {
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

// field is a field of the cover or of the signature lines.
type field int

const (
	noField field = iota
	organizationField
	yearField
	dateField
	otherField // of the clerk's, not the report's: who filled it in, a telephone number
)

var fieldNames = map[string]field{
	"填报单位": organizationField, "填报单位名称": organizationField, "单位名称": organizationField, "报告单位": organizationField,
	"填报机关": organizationField, "机关名称": organizationField, "行政机关名称": organizationField, "报送单位": organizationField,
	"编制单位": organizationField, "填表单位": organizationField, "落款单位": organizationField, "发布单位": organizationField,
	"年度": yearField, "报告年度": yearField, "填报年度": yearField, "统计年度": yearField, "年份": yearField, "报告年份": yearField,
	"日期": dateField, "填报日期": dateField, "填表日期": dateField, "报告日期": dateField, "落款日期": dateField, "报送日期": dateField,
	"填报人": otherField, "填表人": otherField, "审核人": otherField, "负责人": otherField, "单位负责人": otherField,
	"联系人": otherField, "联系电话": otherField, "电话": otherField, "联系方式": otherField, "经办人": otherField, "审批人": otherField,
}

// fieldIn recognises a field's name in a cell, alone or with its value behind a
// colon. A line may hold several: 填报人：张三　联系电话：123.
func fieldIn(s string) (f field, value string) {
	name, value, colon := strings.Cut(strings.ReplaceAll(s, "：", ":"), ":")
	if !colon {
		value = ""
	}
	return fieldNames[fold(name)], strings.TrimSpace(value)
}

// cover gathers what the workbook says about the report as a whole.
type cover struct {
	titles       []string // title lines as they stand
	title        title    // of the first
	organization string
	year         int
	date         string
}

// take looks for a title line or a field in a cell and reports whether it is one.
// skip says that the next cell of the row, zero if there is none, is its value.
func (c *cover) take(cell, next gridCell) (taken, skip bool) {
	if cell.kind != textCell || len(cell.text) > longestLabel {
		return false, false
	}
	if t, ok := parseTitle(cell.text); ok {
		if len(c.titles) == 0 {
			c.title = t
		}
		c.titles = append(c.titles, joinLines(cell.text))
		return true, false
	}
	f, value := fieldIn(cell.text)
	if f == noField {
		return false, false
	}
	kind := textCell
	if value == "" && next.text != "" {
		if f, _ := fieldIn(next.text); f == noField {
			value, kind, skip = strings.TrimSpace(next.text), next.kind, true
		}
	}
	switch {
	case value == "":
	case f == organizationField && c.organization == "" && kind == textCell:
		c.organization = joinLines(value)
	case f == yearField && c.year == 0:
		c.year = parseYear(value)
	case f == dateField && c.date == "":
		c.date = showDate(value, kind)
	}
	return true, skip
}

// fill sets what the cover knows of the report, then what the caller does.
func (c *cover) fill(r *report.Report, o Options) {
	if len(c.titles) > 0 {
		r.Title = c.titles[0]
	}
	r.Organization = firstOf(c.title.organization, c.organization, o.Organization)
	for _, y := range []int{c.title.year, c.year, o.Year} {
		if r.Year == 0 {
			r.Year = y
		}
	}
	if c.date != "" {
		r.Signature = report.Signature{Organization: firstOf(c.organization, r.Organization), Date: c.date}
	}
}

func firstOf(values ...string) string {
	for _, v := range values {
		if v != "" {
			return v
		}
	}
	return ""
}

// joinLines makes one line of a text that was broken over several. A title broken
// for its looks has no spaces; Latin words keep theirs.
func joinLines(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\u3000' || r == '\t' }), "")
}

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

	titleCell, organizationCell, yearCell report.Cell
}

// take looks for a title line or a field in a cell and reports whether it is one.
// skip says that the next cell of the row, zero if there is none, is its value.
func (c *cover) take(g *grid, cell, next gridCell) (taken, skip bool) {
	if cell.kind != textCell || len(cell.text) > longestLabel {
		return false, false
	}
	if t, ok := parseTitle(cell.text); ok {
		if len(c.titles) == 0 {
			c.title, c.titleCell = t, g.at(cell.area)
		}
		c.titles = append(c.titles, joinLines(cell.text))
		return true, false
	}
	f, value := fieldIn(cell.text)
	if f == noField {
		return false, false
	}
	kind, at := textCell, g.at(cell.area)
	if value == "" && next.text != "" {
		if f, _ := fieldIn(next.text); f == noField {
			value, kind, skip = strings.TrimSpace(next.text), next.kind, true
			at = g.at(next.area)
		}
	}
	switch {
	case value == "":
	case f == organizationField && c.organization == "" && kind == textCell && !strings.Contains(value, "填写"):
		c.organization, c.organizationCell = joinLines(value), at
	case f == yearField && c.year == 0:
		if c.year = parseYear(value); c.year == 0 { // 2024年1月1日
			year, _, _ := strings.Cut(showDate(value, kind), "年")
			c.year = parseYear(year)
		}
		c.yearCell = at
	case f == dateField && c.date == "" && strings.ContainsAny(fold(value), "0123456789一二三四五六七八九"):
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
	if a, b := c.title.organization, c.organization; a != "" && b != "" && !sameOrganization(a, b) {
		r.Notes = append(r.Notes, report.Note{Kind: report.Disagreement, Path: "organization", Cells: []report.Cell{c.titleCell, c.organizationCell}, Text: a, Read: b})
	}
	if a, b := c.title.year, c.year; a != 0 && b != 0 && a != b {
		r.Notes = append(r.Notes, report.Note{Kind: report.Disagreement, Path: "year", Cells: []report.Cell{c.titleCell, c.yearCell}, Text: strconv.Itoa(a), Read: strconv.Itoa(b)})
	}
	if c.date != "" {
		r.Signature = report.Signature{Organization: firstOf(c.organization, r.Organization), Date: c.date}
	}
}

// sameOrganization reports whether two names may be of one organization: one is
// often the other in short.
func sameOrganization(a, b string) bool {
	short := func(s string) string { return strings.ReplaceAll(fold(s), "人民政府", "") }
	a, b = short(a), short(b)
	return strings.Contains(a, b) || strings.Contains(b, a)
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

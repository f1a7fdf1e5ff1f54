package reader

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// field is a field of the cover or of the signature lines.
type field int

const (
	noField field = iota
	organizationField
	anyUnitField // an organization, or the unit that figures are in
	yearField
	dateField
	otherField // of the clerk's, not the report's: who filled it in, a telephone number
)

var fieldNames = map[string]field{
	"填报单位": organizationField, "填报单位名称": organizationField, "单位名称": organizationField, "报告单位": organizationField,
	"填报机关": organizationField, "机关名称": organizationField, "行政机关名称": organizationField, "报送单位": organizationField,
	"编制单位": organizationField, "填表单位": organizationField, "落款单位": organizationField, "发布单位": organizationField,
	"填报部门": organizationField, "编报单位": organizationField, "单位全称": organizationField, "编制机关": organizationField,
	"单位": anyUnitField, "部门": anyUnitField, "机关": anyUnitField,
	"年度": yearField, "报告年度": yearField, "填报年度": yearField, "统计年度": yearField, "年份": yearField, "报告年份": yearField,
	"日期": dateField, "填报日期": dateField, "填表日期": dateField, "报告日期": dateField, "落款日期": dateField, "报送日期": dateField,
	"填报时间": dateField, "填表时间": dateField, "报送时间": dateField, "报告时间": dateField, "编制日期": dateField, "编制时间": dateField,
	"填报人": otherField, "填表人": otherField, "审核人": otherField, "负责人": otherField, "单位负责人": otherField, "审签人": otherField,
	"联系人": otherField, "联系电话": otherField, "电话": otherField, "联系方式": otherField, "经办人": otherField, "审批人": otherField,
}

// fieldValue is a field with what stands behind its colon.
type fieldValue struct {
	field field
	value string
}

// fieldsIn recognises the names of fields in a cell: one alone, or one or more
// with their values behind colons. 填报单位（盖章）：某局　填报日期：2025年1月3日. There
// are none unless the text begins with one.
func fieldsIn(s string) []fieldValue {
	parts := strings.Split(strings.ReplaceAll(s, "：", ":"), ":")
	first, value := beginningField(parts[0])
	if first == noField {
		return nil
	}
	if parts = parts[1:]; value != "" {
		parts = append([]string{value}, parts...)
	}
	all := []fieldValue{{field: first}}
	begun := false // the value of the last field
	for i, part := range parts {
		value, next := part, noField
		if i+1 < len(parts) { // a colon follows: what stands before it may be a name
			value, next = cutField(part)
		}
		last := &all[len(all)-1]
		if begun {
			last.value += ":" // of a time, an address
		}
		last.value = strings.TrimSpace(last.value + value)
		if begun = next == noField; !begun {
			all = append(all, fieldValue{field: next})
		}
	}
	return all
}

// beginningField is the field whose name a text begins with, and the value behind the
// white space that stands there instead of a colon.
func beginningField(s string) (f field, value string) {
	if f := fieldNamed(s); f != noField {
		return f, ""
	}
	words := strings.Fields(s)
	for i := len(words) - 1; i > 0; i-- {
		if f := fieldNamed(strings.Join(words[:i], "")); f != noField && f != anyUnitField {
			return f, strings.Join(words[i:], " ")
		}
	}
	return noField, ""
}

// fieldNamed is the field with the name, which may be spaced out and have a remark
// behind it.
func fieldNamed(name string) field {
	name = prose.Fold(name)
	if i := openingBracket(name); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	return fieldNames[name]
}

// cutField cuts from a text the longest name of a field that it ends in, behind
// white space.
func cutField(s string) (before string, f field) {
	before = s
	for i := len(s); i > 0 && len(s)-i <= longestLabel; {
		i = strings.LastIndexFunc(s[:i], unicode.IsSpace)
		if i < 0 {
			break
		}
		if named := fieldNamed(s[i:]); named != noField {
			before, f = s[:i], named
		}
	}
	return before, f
}

// cover gathers what the workbook says about the report as a whole.
type cover struct {
	titles       []title
	organization string
	year         int
	bareYear     int // of a cell that holds nothing else
	date         string
	others       []report.Cell // of fields that are not the report's
	names        []sheetName
	everyName    []sheetName // those of hidden sheets, copies and other years among them

	organizationCell, yearCell report.Cell

	withoutResult []passage // values of fields that are formulas without a result, one each
}

// take looks for a title line or fields in the first of the cells and reports whether
// it is one. skip says how many of those that follow belong to it.
func (c *cover) take(g *page, cells []pageCell) (taken bool, skip int) {
	cell, next := cells[0], noCell
	if len(cells) > 1 {
		next = cells[1]
	}
	if cell.Kind != workbook.TextCell || len(cell.Text) > longestLabel {
		return false, 0
	}
	if t, skip, ok := titleFrom(cells); ok {
		t.cell, t.page, t.row = g.At(cell.Area), g, cell.Row
		c.name(g, cell.Row, t.organization, t.cell, true)
		c.titles = append(c.titles, t)
		return true, skip
	}
	fields := fieldsIn(cell.Text)
	for i, f := range fields {
		if f.field == anyUnitField && !isOrganization(prose.Fold(cmp.Or(f.value, next.Text))) { // 单位：万元
			return false, 0
		}
		kind, at := workbook.TextCell, g.At(cell.Area)
		if f.value == "" && i == len(fields)-1 && next.Row == cell.Row && next.Text != "" && fieldsIn(next.Text) == nil {
			f.value, kind, at = strings.TrimSpace(next.Text), next.Kind, g.At(next.Area)
			skip = 1
		}
		if f.value == "" && f.field != otherField && i == len(fields)-1 && next.Row == cell.Row && next.Kind == workbook.NoResult {
			c.withoutResult = append(c.withoutResult, passage{page: g, formulas: []pageCell{next}})
			skip = 1
		}
		c.takeField(f, kind, at)
		if kind == workbook.TextCell && (f.field == organizationField || f.field == anyUnitField) {
			c.name(g, cell.Row, sealIn.ReplaceAllString(joinLines(f.value), ""), at, false)
		}
	}
	return fields != nil, skip
}

// mostTitleLines is over how many cells, one below the other, a title is broken.
const mostTitleLines = 3

// titleFrom reads a title that begins in the first of the cells, and says how many of
// those that follow belong to it: it may be broken over several, or the organization
// stand on a line of its own above or below it.
func titleFrom(cells []pageCell) (t title, skip int, ok bool) {
	t, ok = parseTitle(cells[0].Text)
	if ok && t.year != 0 && t.organization != "" {
		return t, 0, true
	}
	text := cells[0].Text
	for i := 1; i < min(mostTitleLines, len(cells)); i++ {
		c := cells[i]
		if c.Kind != workbook.TextCell || c.Row <= cells[i-1].Row || len(text)+len(c.Text) > longestLabel {
			break
		}
		text += c.Text
		if whole, ok := parseTitle(text); ok && whole.year != 0 && isOrganization(prose.Fold(whole.organization)) {
			return whole, i, true
		}
	}
	if ok && t.organization == "" && len(cells) > 1 {
		if below := cells[1]; below.Kind == workbook.TextCell && below.Row > cells[0].Row && isOrganization(prose.Fold(below.Text)) {
			t.organization = joinLines(below.Text)
			t.line = t.organization + t.line
			return t, 1, true
		}
	}
	return t, 0, ok
}

func (c *cover) takeField(f fieldValue, kind workbook.Kind, at report.Cell) {
	switch {
	case f.field == otherField:
		c.others = append(c.others, at)
	case f.value == "":
	case (f.field == organizationField || f.field == anyUnitField) && c.organization == "" && kind == workbook.TextCell && !strings.Contains(f.value, "填写"):
		c.organization, c.organizationCell = sealIn.ReplaceAllString(joinLines(f.value), ""), at
	case f.field == yearField && c.year == 0:
		if c.year = parseYear(f.value); c.year == 0 { // 2024年1月1日
			year, _, _ := strings.Cut(workbook.ShowDate(f.value, kind), "年")
			c.year = parseYear(year)
		}
		c.yearCell = at
	case f.field == dateField && c.date == "" && strings.ContainsAny(prose.Fold(f.value), "0123456789一二三四五六七八九"):
		c.date = workbook.ShowDate(f.value, kind)
	}
}

// sealIn matches where the seal goes: 某县教育局（盖章）.
var sealIn = regexp.MustCompile(`[（(](?:加?盖?公?印?章|签章)[）)]$`)

// takeYear looks for a year that stands in a cell of its own: （2024年度）.
func (c *cover) takeYear(cell pageCell) bool {
	if cell.Kind != workbook.TextCell || !yearAlone.MatchString(prose.Fold(cell.Text)) {
		return false
	}
	c.bareYear = cmp.Or(c.bareYear, parseYear(strings.Trim(prose.Fold(cell.Text), "()")))
	return true
}

var yearAlone = regexp.MustCompile(`^\(?(20[0-9]{2}|二[〇零一二三四五六七八九]{3})年度?\)?$`)

// fill sets what the cover knows of the report, then the year that the names of the
// sheets have, then what the caller knows.
func (c *cover) fill(r *report.Report, sheets int, o Options) {
	var named, dated title // the first lines that say them
	for _, t := range slices.Backward(c.titles) {
		if t.organization != "" {
			named = t
		}
		if t.year != 0 {
			dated = t
		}
	}
	r.Organization = cmp.Or(named.organization, c.organization, o.Organization)
	r.Year = cmp.Or(dated.year, c.year, c.bareYear, sheets, o.Year)
	r.Title = c.titleLine(r)
	if a, b := named.organization, c.organization; a != "" && b != "" && !organization.Same(a, b) {
		r.Notes = append(r.Notes, report.Note{Kind: report.Disagreement, Path: report.Path{Table: "organization"}, Cells: []report.Cell{named.cell, c.organizationCell}, Text: a, Read: b})
	}
	if a, b := dated.year, c.year; a != 0 && b != 0 && a != b {
		r.Notes = append(r.Notes, report.Note{Kind: report.Disagreement, Path: report.Path{Table: "year"}, Cells: []report.Cell{dated.cell, c.yearCell}, Text: strconv.Itoa(a), Read: strconv.Itoa(b)})
	}
	if c.date != "" {
		r.Signature = report.Signature{Organization: cmp.Or(c.organization, r.Organization), Date: c.date}
	}
}

// titleLine is the first title line that says both the organization and the year or,
// if none does, the first one, completed by what was found elsewhere.
func (c *cover) titleLine(r *report.Report) string {
	if len(c.titles) == 0 {
		return ""
	}
	both := slices.IndexFunc(c.titles, func(t title) bool { return t.organization != "" && t.year != 0 })
	t := c.titles[max(both, 0)]
	if t.organization == "" {
		t.line = r.Organization + t.line
	}
	if t.year == 0 && r.Year != 0 {
		t.line += fmt.Sprintf("（%d年度）", r.Year)
	}
	return t.line
}

// joinLines makes one line of a text that was broken over several. A title broken
// for its looks has no spaces; Latin words keep theirs.
func joinLines(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' || r == '\u3000' || r == '\t' }), "")
}

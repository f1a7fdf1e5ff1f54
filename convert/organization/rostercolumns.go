package organization

import (
	"slices"
	"strings"

	"nianbao/convert/prose"
)

// rosterLayout is where a list's names, aliases and what else it says stand. Without
// headings the rows tell. A column that there is not is -1.
type rosterLayout struct {
	headed                          bool
	name, end                       int // the list without headings ends before a column, 0 for none
	aliases                         []int
	contact, phone, counted, parent int
}

// What the headings of a roster say. A column without a heading may hold aliases.
var (
	nameHeadings    = []string{"单位", "名称", "单位名称", "单位全称", "全称", "部门", "部门名称", "填报单位", "报送单位", "应报送单位", "责任单位", "机构", "机构名称", "name", "organization"}
	contactHeadings = []string{"联系人", "联络员", "经办人", "contact"}
	phoneHeadings   = []string{"电话", "联系电话", "手机", "联系方式", "phone"}
	countedHeadings = []string{"是否计入", "计入", "是否汇总", "counted"}
	parentHeadings  = []string{"所属", "所属单位", "主管部门", "主管单位", "上级单位", "parent"}
	aliasHeadings   = []string{"别名", "简称", "又名", "曾用名", "其他名称", "单位简称", "单位别名", "曾用名称", "原名称", "alias", "aliases"}
)

// titleWords are what the title above a roster says, and no organization's name.
var titleWords = []string{"名单", "一览表", "应报送", "花名册", "汇总表", "统计表", "通讯录", "联系表"}

// headingRows is how far down a roster its headings are looked for.
const headingRows = 6

// rosterColumns finds the headings of a roster and the row that its names begin at.
// Lists side by side have the same heading again.
func rosterColumns(rows [][]string) ([]rosterLayout, int) {
	for i, row := range rows[:min(len(rows), headingRows)] {
		first := slices.IndexFunc(row, isOneOf(nameHeadings))
		if first < 0 {
			continue
		}
		var lists []rosterLayout
		for j := first; j < len(row); j++ {
			if plainHeading(row[j]) != plainHeading(row[first]) {
				continue
			}
			from, to := 0, len(row)
			if lists != nil {
				from = j
			}
			if next := slices.IndexFunc(row[j+1:], func(c string) bool { return plainHeading(c) == plainHeading(row[first]) }); next >= 0 {
				to = j + 1 + next
			}
			lists = append(lists, columnsOf(row, j, from, to))
		}
		return lists, i + 1
	}
	start := titleRows(rows)
	none := rosterLayout{contact: -1, phone: -1, counted: -1, parent: -1}
	lists := []rosterLayout{none}
	if second := secondList(rows[start:]); second > 0 {
		lists[0].end = second
		none.name = second
		lists = append(lists, none)
	}
	return lists, start
}

// columnsOf is the layout of the list whose names stand in a column, and which has the
// columns from and to.
func columnsOf(row []string, name, from, to int) rosterLayout {
	find := func(headings []string) int {
		if i := slices.IndexFunc(row[from:to], isOneOf(headings)); i >= 0 {
			return from + i
		}
		return -1
	}
	l := rosterLayout{headed: true, name: name, contact: find(contactHeadings), phone: find(phoneHeadings), counted: find(countedHeadings), parent: find(parentHeadings)}
	for j := from; j < to; j++ {
		if j != name && (isOneOf(aliasHeadings)(row[j]) || j > name && strings.TrimSpace(row[j]) == "") {
			l.aliases = append(l.aliases, j)
		}
	}
	return l
}

// secondList is the column of the second running numbers of two lists side by side
// without headings, 0 if there are none: 1 甲局 41 乙局.
func secondList(rows [][]string) int {
	for column := 2; column < 6; column++ {
		n := 0
		for _, row := range rows {
			if len(row) > column+1 && isRunningNumber(row[0]) && isRunningNumber(row[column]) && !isRunningNumber(row[column+1]) {
				n++
			}
		}
		if n > 1 && 2*n >= len(rows)-1 {
			return column
		}
	}
	return 0
}

// titleRows is how many rows a roster without headings begins with that are its
// title: alone in their row where the names have other cells beside them, and no
// name that an organization could have.
func titleRows(rows [][]string) int {
	wide := slices.ContainsFunc(rows, func(row []string) bool { return len(filledCells(row)) > 1 })
	n := 0
	for n < min(len(rows), headingRows) {
		cells := filledCells(rows[n])
		if len(cells) > 1 || len(cells) == 1 && !isRosterTitle(rows[n]) && (!wide || EndsIn(cells[0], Organs)) {
			break
		}
		n++
	}
	return n
}

// isRosterTitle reports whether a row is a title that calls itself a list.
func isRosterTitle(row []string) bool {
	cells := filledCells(row)
	return len(cells) == 1 && slices.ContainsFunc(titleWords, func(w string) bool { return strings.Contains(cells[0], w) })
}

func filledCells(row []string) []string {
	var cells []string
	for _, c := range row {
		if c = strings.TrimSpace(c); c != "" {
			cells = append(cells, c)
		}
	}
	return cells
}

func isOneOf(headings []string) func(string) bool {
	return func(cell string) bool { return slices.Contains(headings, plainHeading(cell)) }
}

// plainHeading is a heading without marks.
func plainHeading(cell string) string {
	return strings.Trim(strings.ToLower(string(prose.Normalized(cell).Runes)), "*:")
}

// entry is what a row says besides the name.
func (l rosterLayout) entry(row []string) Entry {
	at := func(j int) string {
		if j < 0 || j >= len(row) {
			return ""
		}
		return strings.TrimSpace(row[j])
	}
	no := []string{"否", "不", "不计", "不计入", "0", "no", "n", "×", "x"}
	return Entry{Parent: at(l.parent), Contact: at(l.contact), Phone: at(l.phone), Uncounted: slices.Contains(no, strings.ToLower(at(l.counted)))}
}

// split takes the name and the aliases out of a row. Where a heading does not say
// what the other columns are, numbers are no aliases.
func (l rosterLayout) split(row []string) (name string, others []string) {
	if !l.headed {
		if l.name >= len(row) {
			return "", nil
		}
		if l.end > 0 {
			row = row[:min(l.end, len(row))]
		}
		row = row[l.name:]
		if len(row) > 1 && isRunningNumber(row[0]) {
			row = row[1:]
		}
		if len(row) == 0 {
			return "", nil
		}
		return nameIn(row[0]), slices.DeleteFunc(slices.Clone(row[1:]), isNumber)
	}
	if l.name >= len(row) {
		return "", nil
	}
	for _, j := range l.aliases {
		if j < len(row) {
			others = append(others, row[j])
		}
	}
	return nameIn(row[l.name]), others
}

// isNumber reports whether a cell is a telephone number or the like.
func isNumber(s string) bool { return strings.Trim(s, "0123456789-—+()（） ") == "" }

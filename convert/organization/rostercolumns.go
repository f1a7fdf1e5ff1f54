package organization

import (
	"slices"
	"strings"

	"nianbao/convert/prose"
)

// rosterLayout is where a roster's names and aliases stand. Without headings
// the rows tell.
type rosterLayout struct {
	headed  bool
	name    int
	aliases []int
}

// What the headings of a roster say. A column without a heading may hold aliases.
var (
	nameHeadings  = []string{"单位", "名称", "单位名称", "单位全称", "全称", "部门", "部门名称", "填报单位", "报送单位", "应报送单位", "责任单位", "机构", "机构名称", "name", "organization"}
	aliasHeadings = []string{"别名", "简称", "又名", "曾用名", "其他名称", "单位简称", "单位别名", "曾用名称", "原名称", "alias", "aliases"}
)

// titleWords are what the title above a roster says, and no organization's name.
var titleWords = []string{"名单", "一览表", "应报送", "花名册", "汇总表", "统计表", "通讯录", "联系表"}

// headingRows is how far down a roster its headings are looked for.
const headingRows = 6

// rosterColumns finds the headings of a roster and the row that its names begin at.
func rosterColumns(rows [][]string) (rosterLayout, int) {
	for i, row := range rows[:min(len(rows), headingRows)] {
		name := slices.IndexFunc(row, isOneOf(nameHeadings))
		if name < 0 {
			continue
		}
		l := rosterLayout{headed: true, name: name}
		for j, cell := range row {
			if j != name && (isOneOf(aliasHeadings)(cell) || j > name && strings.TrimSpace(cell) == "") {
				l.aliases = append(l.aliases, j)
			}
		}
		return l, i + 1
	}
	return rosterLayout{}, titleRows(rows)
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
	return func(cell string) bool {
		text := strings.ToLower(string(prose.Normalized(cell).Runes))
		return slices.Contains(headings, strings.Trim(text, "*:"))
	}
}

// split takes the name and the aliases out of a row. Where a heading does not say
// what the other columns are, numbers are no aliases.
func (l rosterLayout) split(row []string) (name string, others []string) {
	if !l.headed {
		if len(row) > 1 && isRunningNumber(row[0]) {
			row = row[1:]
		}
		if len(row) == 0 {
			return "", nil
		}
		return strings.TrimSpace(row[0]), slices.DeleteFunc(slices.Clone(row[1:]), isNumber)
	}
	if l.name >= len(row) {
		return "", nil
	}
	for _, j := range l.aliases {
		if j < len(row) {
			others = append(others, row[j])
		}
	}
	return strings.TrimSpace(row[l.name]), others
}

// isNumber reports whether a cell is a telephone number or the like.
func isNumber(s string) bool { return strings.Trim(s, "0123456789-—+()（） ") == "" }

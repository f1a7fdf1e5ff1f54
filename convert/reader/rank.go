package reader

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"nianbao/convert/workbook"
)

// rank says how far a sheet, or a table in it, is to be believed where another says
// the same.
type rank struct {
	guide     bool // it explains the form, by its name
	otherYear bool // its name, its title or the head of its columns is of another year
	hidden    bool
	part      bool // it is not the sum of others, where one is, by its name
	copy      bool // it is a copy, by its name
}

// compare puts what is to be believed first. A copy is a matter of its content, too,
// and not looked at.
func (r rank) compare(s rank) int {
	return cmp.Or(workbook.Order(r.guide, s.guide), workbook.Order(r.otherYear, s.otherYear), workbook.Order(r.hidden, s.hidden), workbook.Order(r.part, s.part))
}

// The words in the names of sheets that explain how to fill in the form, that are of
// another year, that are copies, and that are sums of others.
var (
	guideWords = []string{"说明", "示例", "样例", "样表", "范例", "示范", "指南", "须知", "要求", "注意事项", "解释", "模板", "范文", "口径", "参考"}
	priorWords = []string{"去年", "上年", "上一年"}
	copyWords  = []string{"旧", "备份", "副本"}
	sumWords   = []string{"汇总", "合计", "总表"}
)

var yearInName = regexp.MustCompile(`20[0-9]{2}`)

// rankPages ranks the sheets of a workbook and returns the year that it reports on,
// the latest of its titles and its sheets' names, or 0.
func rankPages(grids []*page) (year int) {
	has := func(g *page, words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(g.Name, w) })
	}
	forms := 0 // sheets that explain nothing
	for _, g := range grids {
		g.rank = rank{guide: has(g, guideWords), hidden: g.Hidden, part: !has(g, sumWords), copy: has(g, copyWords), otherYear: has(g, priorWords)}
		if !g.rank.guide && !g.Hidden {
			forms++
		}
	}
	years := make([]int, len(grids)) // of each sheet
	for i, g := range grids {
		if forms == 0 {
			g.rank.guide = false // 年报模板, filled in
		}
		if years[i] = g.year(); years[i] != 0 {
			g.rank.otherYear = false
		}
		if !g.rank.guide && !g.rank.hidden && !g.rank.otherYear {
			year = max(year, years[i])
		}
	}
	for i, g := range grids {
		g.rank.otherYear = g.rank.otherYear || years[i] != 0 && year != 0 && years[i] != year
	}
	return year
}

// year is the year of the sheet's title or else in its name, 0 if neither has one.
func (g *page) year() int {
	for _, c := range g.cells[:min(len(g.cells), 50)] {
		if c.Kind == workbook.TextCell && len(c.Text) <= longestLabel {
			if t, ok := parseTitle(c.Text); ok && t.year != 0 {
				return t.year
			}
		}
	}
	return parseYear(yearInName.FindString(g.Name))
}

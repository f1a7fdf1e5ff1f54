package reader

import (
	"math"
	"strings"
)

// A label that is worded in a way that nobody foresaw is taken for the one row or
// column that is missing between two that were found, if it is the one label there
// that is like it. Otherwise it is only named, for whoever corrects the form.

// alike is how much of a label must be the same: 不掌握相关信息 is like
// 本机关不掌握相关政府信息, 其它 like 其他.
const alike = 0.5

// guessRows looks for the rows that were not found among the labels left of the
// figures.
func (c *candidate) guessRows(beside []pageCell) {
	for j := range c.rows {
		if !onlyMissing(c.rows, j) {
			continue
		}
		one, taken := guess(c.stub[j].label, c.unclaimed(beside, j))
		switch {
		case taken:
			c.rows[j].cells = []pageCell{one}
		case one.core != "":
			c.rowHints[j] = one
		}
	}
}

// guessColumns looks for the columns that were not found among the labels of the
// head.
func (c *candidate) guessColumns() {
	labels := c.page.rows(c.top, c.bottom)
	for i := range c.columns {
		if !onlyMissing(c.columns, i) {
			continue
		}
		first, last := 0, math.MaxInt
		if i > 0 {
			first = c.columns[i-1].area().LastColumn + 1
		}
		if i+1 < len(c.columns) {
			last = c.columns[i+1].area().Column - 1
		}
		var cells []pageCell
		for _, cell := range labels {
			nextTo := cell.Column == first || cell.LastColumn == last // and no remark beside the table
			if nextTo && first <= cell.Column && cell.LastColumn <= last && cell.core != "" && !c.any[cell.core] {
				cells = append(cells, cell)
			}
		}
		one, taken := guess(c.head[i].label, cells)
		switch {
		case taken:
			c.columns[i].cells = []pageCell{one}
			c.left = min(c.left, one.Column)
		case one.core != "":
			c.columnHints[i] = one
		}
	}
}

// guess picks from cells that bear no label of the form the one that is meant to
// bear the label: taken, if it alone is like it. One that is the only cell but not
// like it may be meant, too; if there is none, the cell is the zero one.
func guess(l label, cells []pageCell) (one pageCell, taken bool) {
	var like []pageCell
	for _, cell := range cells {
		official := l.cores[0]
		if similarity(cell.core, official) >= alike && strings.Contains(cell.core, "小计") == strings.Contains(official, "小计") {
			like = append(like, cell)
		}
	}
	switch {
	case len(like) == 1:
		return like[0], true
	case len(like) == 0 && len(cells) == 1:
		return cells[0], false
	}
	return noCell, false
}

// onlyMissing reports whether place i was not found and the ones before and after
// it, as far as there are any, were.
func onlyMissing(places []place, i int) bool {
	return len(places[i].cells) == 0 && (i == 0 || places[i-1].found()) && (i+1 == len(places) || places[i+1].found())
}

// unclaimed are the labels between the rows before and after row j that are no
// label of the form, the rightmost in each row of the sheet.
func (c *candidate) unclaimed(beside []pageCell, j int) []pageCell {
	first, last := c.bottom+1, c.last+1
	if j > 0 {
		first = c.rows[j-1].area().LastRow + 1
	}
	if j+1 < len(c.rows) {
		last = c.rows[j+1].area().Row - 1
	}
	var cells []pageCell
	for _, cell := range beside { // in order: the rightmost of a row comes last
		if cell.Row < first || cell.Row > last || cell.core == "" || c.known(cell.core) {
			continue
		}
		if n := len(cells); n > 0 && cells[n-1].Row == cell.Row {
			cells[n-1] = cell
		} else {
			cells = append(cells, cell)
		}
	}
	return cells
}

// known reports whether a core is that of a label of the stub, groups included.
func (c *candidate) known(core string) bool {
	for _, s := range c.stub {
		if s.matches(core) {
			return true
		}
		for _, g := range s.groups {
			if g.matches(core) {
				return true
			}
		}
	}
	return false
}

// similarity is 1 for equal texts and 0 for texts that have nothing in common:
// one less the share of the longer that must be edited to get the other.
func similarity(a, b string) float64 {
	x, y := []rune(a), []rune(b)
	if len(x) > longestLabel || len(y) > longestLabel || len(x)+len(y) == 0 {
		return 0
	}
	row := make([]int, len(y)+1)
	for k := range row {
		row[k] = k
	}
	for i := range x {
		above := row[0] // of the row before, left of k
		row[0] = i + 1
		for k := range y {
			cost := above
			if x[i] != y[k] {
				cost++
			}
			above = row[k+1]
			row[k+1] = min(cost, row[k]+1, above+1)
		}
	}
	return 1 - float64(row[len(y)])/float64(max(len(x), len(y)))
}

package xlsx

import "strings"

// A label that is worded in a way that nobody foresaw is taken for the one row
// that is missing between two that were found, if it is the one label there that
// is like it. Otherwise it is only named, for whoever corrects the form.

// alike is how much of a label must be the same: 不掌握相关信息 is like
// 本机关不掌握相关政府信息, 其它 like 其他.
const alike = 0.5

// guess looks for the rows that were not found among the labels left of the
// figures.
func (c *candidate) guess(beside []gridCell) {
	for j := range c.rows {
		if len(c.rows[j].cells) > 0 || !c.onlyMissing(j) {
			continue
		}
		var like, unlike []gridCell
		for _, cell := range c.unclaimed(beside, j) {
			official := c.stub[j].cores[0]
			if similarity(cell.core, official) >= alike && strings.Contains(cell.core, "小计") == strings.Contains(official, "小计") {
				like = append(like, cell)
			} else {
				unlike = append(unlike, cell)
			}
		}
		switch {
		case len(like) == 1:
			c.rows[j].cells = like
		case len(like) == 0 && len(unlike) == 1:
			if c.hints == nil {
				c.hints = map[int]gridCell{}
			}
			c.hints[j] = unlike[0]
		}
	}
}

// onlyMissing reports whether the rows of the form before and after row j were
// found, as far as there are any.
func (c *candidate) onlyMissing(j int) bool {
	return (j == 0 || c.rows[j-1].found()) && (j+1 == len(c.rows) || c.rows[j+1].found())
}

// unclaimed are the labels between the rows before and after row j that are no
// label of the form, the rightmost in each row of the sheet.
func (c *candidate) unclaimed(beside []gridCell, j int) []gridCell {
	first, last := c.bottom+1, c.last+1
	if j > 0 {
		first = c.rows[j-1].area().lastRow + 1
	}
	if j+1 < len(c.rows) {
		last = c.rows[j+1].area().row - 1
	}
	var cells []gridCell
	for _, cell := range beside { // in order: the rightmost of a row comes last
		if cell.row < first || cell.row > last || cell.core == "" || c.known(cell.core) {
			continue
		}
		if n := len(cells); n > 0 && cells[n-1].row == cell.row {
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

package reader

import (
	"context"
	"math"
	"slices"
	"strings"

	"nianbao/convert/workbook"
)

// A table is found from its head: cells with the labels of a block's columns
// that stand in a band of adjoining rows. The rows below are then known by the
// labels left of the first column. Nothing is known by its address, and a label
// that two places could be is known by the group that it stands in or not at all.

// place is where a label was found. With several cells, it could be any of them
// and is none: the place is ambiguous.
type place struct {
	cells []pageCell
}

func (p place) found() bool         { return len(p.cells) == 1 }
func (p place) ambiguous() bool     { return len(p.cells) > 1 }
func (p place) area() workbook.Area { return p.cells[0].Area }

// candidate is a place where a block might stand.
type candidate struct {
	*blockIndex
	page    *page
	columns []place         // for each label of the head
	spans   []workbook.Area // for each column found, the sheet columns that it holds
	groups  []place         // for each label of the head, the cell of its group that names a row
	rows    []place         // for each label of the stub; one, if there is no stub

	otherYear bool // its columns are another year's, as a label above them says

	// For labels of the head and of the stub that were not found, what may stand for them.
	columnHints, rowHints map[int]pageCell

	top    int // first row of the head
	bottom int // last row of the head
	last   int // last row of the figures
	end    int // the row that something else begins in
	left   int // first column of the figures
	from   int // first column of the table …
	to     int // … and the last, unless nothing stands beside it
	shared int // first column of the figures of the table left of it, which may share its stub
	found  int // figures whose row and column were found
	filled int // of those, how many are not blank
}

// What no form comes near: more labels in a head, more cells with the same label.
const (
	mostLabels = 400
	mostAlike  = 20
)

// band is a run of adjoining rows with labels of a block's head.
type band struct {
	cells     []pageCell
	top, last int
	from, to  int // the columns that belong to it
	shared    int // the first column of the figures of a head left of it; 0 if there is none
}

// candidates finds every place in the sheet where the block might stand. ends
// are the rows, in order, in which something else begins: a section's heading.
func (x *blockIndex) candidates(ctx context.Context, g *page, ends []int, year int) []candidate {
	bands := x.bands(g)
	var heads []candidate
	for _, b := range bands {
		if len(b.cells) > mostLabels || ctx.Err() != nil {
			continue
		}
		for _, b := range x.apart(b) {
			if c, ok := x.findColumns(g, b); ok {
				c.otherYear = year != 0 && c.headYear() != 0 && c.headYear() != year
				heads = append(heads, c)
			}
		}
	}
	var all []candidate
	for i := range heads {
		if ctx.Err() != nil {
			break
		}
		c := heads[i]
		c.end = math.MaxInt
		if j, _ := slices.BinarySearch(ends, c.bottom+1); j < len(ends) {
			c.end = ends[j]
		}
		for _, next := range heads[i+1:] {
			if next.top > c.bottom {
				c.end = min(c.end, next.top)
				break
			}
		}
		if len(x.stub) == 0 {
			c.findDataRow()
		} else {
			c.findRows()
		}
		if n := len(all); n > 0 && all[n-1].continuedBy(c) {
			all[n-1].append(c)
		} else {
			all = append(all, c)
		}
	}
	for i := range all {
		all[i].count()
	}
	return slices.DeleteFunc(all, func(c candidate) bool { return c.found == 0 })
}

// continuedBy reports whether d is the rest of the same table below a repeated
// head, as a table has that ran on to another page: the same columns, and none of
// the rows once more.
func (c *candidate) continuedBy(d candidate) bool {
	if len(c.stub) == 0 {
		return false
	}
	for i := range c.spans {
		if c.spans[i].Column != d.spans[i].Column || c.spans[i].LastColumn != d.spans[i].LastColumn {
			return false
		}
	}
	first, last := 0, len(c.rows)
	for j := range c.rows {
		if len(c.rows[j].cells) > 0 {
			first = j + 1
		}
		if len(d.rows[j].cells) > 0 && last == len(c.rows) {
			last = j
		}
	}
	return first > 0 && first <= last && last < len(c.rows)
}

func (c *candidate) append(d candidate) {
	for j := range c.rows {
		c.rows[j].cells = append(c.rows[j].cells, d.rows[j].cells...)
	}
	c.last, c.end = d.last, d.end
}

// bands gathers the cells that bear a label of the head into bands.
func (x *blockIndex) bands(g *page) []band {
	var bands []band
	for _, c := range g.cells {
		if !x.any[c.core] {
			continue
		}
		if n := len(bands); n > 0 && c.Row <= bands[n-1].last+1 {
			b := &bands[n-1]
			if len(b.cells) <= mostLabels { // one more than a head may have
				b.cells = append(b.cells, c)
			}
			b.last = max(b.last, min(c.LastRow, c.Row+2))
			continue
		}
		bands = append(bands, band{[]pageCell{c}, c.Row, min(c.LastRow, c.Row+2), 0, math.MaxInt, 0})
	}
	return bands
}

// apart parts a band in which the block's head stands more than once, side by side:
// this year's table and last year's.
func (x *blockIndex) apart(b band) []band {
	again := math.MaxInt // the column that the second head begins in
	twice := 0
	for _, l := range x.once {
		var columns []int
		for _, cell := range b.cells {
			if l.matches(cell.core) {
				columns = append(columns, cell.Column)
			}
		}
		if slices.Sort(columns); len(columns) > 1 && columns[1] > columns[0] {
			twice++
			again = min(again, columns[1])
		}
	}
	if 2*twice <= len(x.once) {
		return []band{b}
	}
	first, rest := b, b
	first.cells, first.to, rest.cells = nil, 0, nil
	for _, cell := range b.cells {
		if cell.Column < again {
			first.cells = append(first.cells, cell)
			first.to = max(first.to, cell.LastColumn)
		} else {
			rest.cells = append(rest.cells, cell)
		}
	}
	rest.from = first.to + 1
	if rest.shared == 0 {
		rest.shared = slices.MinFunc(first.cells, func(a, b pageCell) int { return a.Column - b.Column }).Column
	}
	return append([]band{first}, x.apart(rest)...)
}

// headYear is the year that a label above the columns is of: 2023年申请人情况. It is 0
// if there is none, or several.
func (c *candidate) headYear() int {
	year := 0
	for _, cell := range c.page.rows(c.top-1, c.bottom) {
		if cell.Column < c.left || cell.Column > c.to || cell.Kind != workbook.TextCell || len(cell.Text) > longestLabel {
			continue
		}
		if y := parseYear(yearInName.FindString(cell.Text)); y != 0 && strings.Contains(cell.Text, "年") {
			if year != 0 && y != year {
				return 0
			}
			year = y
		}
	}
	return year
}

// findColumns finds the block's columns in a band, and reports whether enough of
// them are there.
func (x *blockIndex) findColumns(g *page, b band) (candidate, bool) {
	c := candidate{blockIndex: x, page: g, top: b.top, left: math.MaxInt, from: b.from, to: b.to, shared: b.shared,
		columns: make([]place, len(x.head)), groups: make([]place, len(x.head)), spans: make([]workbook.Area, len(x.head)),
		columnHints: map[int]pageCell{}, rowHints: map[int]pageCell{}}
	found := 0
	for i, h := range x.head {
		var here []pageCell
		for _, cell := range b.cells {
			if h.matches(cell.core) {
				here = append(here, cell)
			}
		}
		if h.row != "" {
			here, c.groups[i] = inGroup(here, b, h.groups[0])
		} else if len(here) > 1 && len(h.groups) > 0 {
			if grouped, _ := inGroup(here, b, h.groups[0]); len(grouped) > 0 {
				here = grouped
			}
		}
		c.columns[i].cells = here
		if len(here) == 1 {
			found++
			c.left = min(c.left, here[0].Column)
			c.bottom = max(c.bottom, here[0].LastRow)
		}
	}
	if 2*found < len(x.head) || found == 0 {
		return c, false
	}
	c.guessColumns()
	c.spanColumns()
	return c, true
}

// inGroup keeps the cells that stand below a cell with the group's label.
func inGroup(cells []pageCell, b band, group label) (inside []pageCell, at place) {
	for _, cell := range cells {
		for _, g := range b.cells {
			if g.LastRow < cell.Row && group.matches(g.core) && b.spanOf(g).Contains(g.Row, cell.Column) {
				inside = append(inside, cell)
				at.cells = []pageCell{g}
				break
			}
		}
	}
	return inside, at
}

// spanOf is what a group's label stands above: what it was merged over or, if it
// was not, everything up to the next label in its row.
func (b band) spanOf(g pageCell) workbook.Area {
	a := g.Area
	if a.LastColumn > a.Column {
		return a
	}
	a.LastColumn = math.MaxInt
	for _, c := range b.cells {
		if c.Row == g.Row && c.Column > g.Column {
			a.LastColumn = min(a.LastColumn, c.Column-1)
		}
	}
	return a
}

// spanColumns says which sheet columns each column of the block holds: those of
// its label, but none of the next label's.
func (c *candidate) spanColumns() {
	for i, p := range c.columns {
		if !p.found() {
			continue
		}
		s := p.area()
		for _, q := range c.columns {
			if q.found() && q.area().Column > s.Column {
				s.LastColumn = min(s.LastColumn, q.area().Column-1)
			}
		}
		c.spans[i] = s
	}
}

// findRows finds the labels of the stub left of the figures.
func (c *candidate) findRows() {
	c.rows = make([]place, len(c.stub))
	c.last = c.bottom
	limit := min(c.end-1, c.bottom+4*len(c.stub)+30)
	beside, found := c.labelsBeside(limit, c.from, c.left)
	if !found && c.shared > 0 { // one stub for two years' columns
		beside, _ = c.labelsBeside(limit, 0, c.shared)
	}
	for j := range c.rows {
		p := &c.rows[j]
		if p.ambiguous() {
			p.cells = inStubGroup(p.cells, beside, c.stub[j])
		}
		for _, cell := range p.cells {
			c.last = max(c.last, cell.LastRow)
		}
	}
	c.guessRows(beside)
}

// labelsBeside are all labels below the head, down to the given row, that begin in
// the columns from and before to, for their groups. The rows of those that are in the
// stub are found.
func (c *candidate) labelsBeside(last, from, to int) (beside []pageCell, found bool) {
	for _, cell := range c.page.rows(c.bottom+1, last) {
		if cell.Column < from || cell.Column >= to || cell.Kind != workbook.TextCell {
			continue
		}
		beside = append(beside, cell)
		for j, s := range c.stub {
			if s.matches(cell.core) && len(c.rows[j].cells) < mostAlike {
				c.rows[j].cells = append(c.rows[j].cells, cell)
				found = true
			}
		}
	}
	return beside, found
}

// inStubGroup keeps of several cells with the same label the ones that stand in
// the label's group: right of it or, where groups are not merged, below it
// without another group between. If none does, or all do, it keeps all.
func inStubGroup(cells, beside []pageCell, s stubLabel) []pageCell {
	if len(s.groups) == 0 {
		return cells
	}
	var inside []pageCell
	for _, cell := range cells {
		group := noCell // the nearest label further left
		for _, b := range beside {
			if b.Column < cell.Column && b.Row <= cell.Row && (b.Row > group.Row || b.Row == group.Row && b.Column > group.Column) {
				group = b
			}
		}
		if s.groups[0].matches(group.core) {
			inside = append(inside, cell)
		}
	}
	if len(inside) == 0 {
		return cells
	}
	return inside
}

// findDataRow finds the one row of figures of a block without a stub: the one
// below its head, unless that is empty and a number stands just below it.
func (c *candidate) findDataRow() {
	row := c.bottom + 1
	for r := row; r < min(row+3, c.end); r++ {
		if slices.ContainsFunc(c.page.rows(r, r), func(cell pageCell) bool {
			return c.left <= cell.Column && cell.Column <= c.to && looksNumeric(cell)
		}) {
			row = r
			break
		}
	}
	c.rows = []place{{[]pageCell{{Cell: &workbook.Cell{Area: workbook.Area{Row: row, Column: c.left, LastRow: row, LastColumn: c.left}}}}}}
	c.last = row
}

// looksNumeric reports whether a cell holds a number, however written.
func looksNumeric(c pageCell) bool {
	if c.Kind == workbook.TextCell {
		n, ok := parseFigure(c.Text, anyColumn)
		return ok && !n.Blank()
	}
	return c.Kind == workbook.NumberCell || c.Kind == workbook.NoResult
}

// count counts the figures that have a row and a column.
func (c *candidate) count() {
	for _, p := range c.rows {
		if !p.found() {
			continue
		}
		for i := range c.columns {
			if c.columns[i].found() {
				c.found++
				if len(c.figureCells(p.area(), i)) > 0 {
					c.filled++
				}
			}
		}
	}
}

// figureCells are the cells that hold something where a row and a column meet.
func (c *candidate) figureCells(row workbook.Area, column int) []pageCell {
	var cells []pageCell
	for _, cell := range c.page.rows(row.Row, row.LastRow) {
		if s := c.spans[column]; s.Column <= cell.Column && cell.Column <= s.LastColumn {
			cells = append(cells, cell)
		}
	}
	return cells
}

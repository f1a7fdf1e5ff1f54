package reader

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// instance is one standing of a table: for each of its blocks a candidate, or nil.
type instance struct {
	blocks []*candidate
}

func (in instance) sum(of func(*candidate) int) int {
	n := 0
	for _, c := range in.blocks {
		if c != nil {
			n += of(c)
		}
	}
	return n
}

func (in instance) found() int  { return in.sum(func(c *candidate) int { return c.found }) }
func (in instance) filled() int { return in.sum(func(c *candidate) int { return c.filled }) }

// first is the first block that was found; every instance has one.
func (in instance) first() *candidate {
	i := slices.IndexFunc(in.blocks, func(c *candidate) bool { return c != nil })
	return in.blocks[i]
}

// corner is the first cell of the head, to name the instance by.
func (in instance) corner() report.Cell {
	c := in.first()
	left := c.left
	for _, cell := range c.page.rows(c.top, c.top) {
		if cell.Column >= c.from {
			left = min(left, cell.Column)
		}
	}
	return c.page.At(workbook.Area{Row: c.top, Column: left})
}

// rank is that of the sheet and of the year above the columns.
func (in instance) rank() rank {
	c := in.first()
	r := c.page.rank
	r.otherYear = r.otherYear || c.otherYear
	return r
}

// instances finds every standing of the table in the workbook, best first. One of
// which half is missing comes last; then what is to be believed counts before what is
// complete: a row that this year's table lacks is not to be taken from last year's.
func (t *tableIndex) instances(ctx context.Context, grids []*page, ends [][]int, year int) []instance {
	var all []instance
	for i, g := range grids {
		all = append(all, t.instancesIn(ctx, g, ends[i], year)...)
	}
	if len(all) == 0 {
		return nil
	}
	most := slices.MaxFunc(all, func(a, b instance) int { return a.found() - b.found() }).found()
	slices.SortStableFunc(all, func(a, b instance) int {
		return cmp.Or(workbook.Order(2*a.found() < most, 2*b.found() < most), a.rank().compare(b.rank()), workbook.Order(a.filled() == 0, b.filled() == 0),
			workbook.Order(a.rank().copy, b.rank().copy), b.found()-a.found(), b.filled()-a.filled())
	})
	// Blocks that only another sheet has belong to the same standing.
	best := all[0]
	rest := all[:1]
	for _, in := range all[1:] {
		adopted := false
		for i, c := range in.blocks {
			if c != nil && best.blocks[i] == nil && in.rank() == best.rank() {
				best.blocks[i], in.blocks[i] = c, nil
				adopted = true
			}
		}
		if !adopted || in.found() > 0 {
			rest = append(rest, in)
		}
	}
	return rest
}

// instancesIn finds the standings of the table in one sheet: a block that comes
// again begins the next.
func (t *tableIndex) instancesIn(ctx context.Context, g *page, ends []int, year int) []instance {
	type numbered struct {
		candidate
		block int
	}
	var found []numbered
	for i := range t.blocks {
		for _, c := range t.blocks[i].candidates(ctx, g, ends, year) {
			found = append(found, numbered{c, i})
		}
	}
	slices.SortStableFunc(found, func(a, b numbered) int {
		return cmp.Or(a.top-b.top, a.left-b.left, a.block-b.block)
	})
	var all []instance
	for i := range found {
		f := &found[i]
		at := len(all) - 1
		for k := at; k >= 0 && all[k].first().top == all[at].first().top; k-- { // side by side
			if all[k].blocks[f.block] == nil && all[k].first().left == f.left {
				at = k
				break
			}
		}
		if at < 0 || all[at].blocks[f.block] != nil {
			at = len(all)
			all = append(all, instance{make([]*candidate, len(t.blocks))})
		}
		all[at].blocks[f.block] = &f.candidate
	}
	return all
}

// endAtNext ends each table where another one begins: with no heading and no empty
// row between them, the figures of the next are not astray below the first.
func endAtNext(tables [][]instance) {
	tops := map[*page][]int{}
	each := func(visit func(*candidate)) {
		for _, all := range tables {
			for _, in := range all {
				for _, c := range in.blocks {
					if c != nil {
						visit(c)
					}
				}
			}
		}
	}
	each(func(c *candidate) { tops[c.page] = append(tops[c.page], c.top) })
	for _, rows := range tops {
		slices.Sort(rows)
	}
	each(func(c *candidate) {
		rows := tops[c.page]
		if i, _ := slices.BinarySearch(rows, c.last+1); i < len(rows) {
			c.end = min(c.end, rows[i])
		}
	})
}

// tableReader reads one standing of a table into the model.
type tableReader struct {
	ctx    context.Context
	book   *workbook.Book
	index  *tableIndex
	report *report.Report
	read   map[report.Cell]bool // cells that were read as figures
	unseen report.Note          // the values of the table that nobody sees
}

func (r *tableReader) note(n report.Note) { r.report.Notes = append(r.report.Notes, n) }

// table reads the standing that is the first of all; it reports the others.
func (r *tableReader) table(all []instance, into *report.Table) {
	if len(all) == 0 {
		r.note(report.Note{Kind: report.MissingTable, Path: report.Path{Table: into.Key}})
		return
	}
	in := all[0]
	into.Found = true
	into.Cell = in.corner()
	others := []report.Cell{into.Cell}
	for _, o := range all[1:] {
		if 2*o.found() >= in.found() && o.filled() > 0 {
			others = append(others, o.corner())
		}
	}
	if len(others) > 1 {
		r.note(report.Note{Kind: report.DoubleTable, Path: report.Path{Table: into.Key}, Cells: others})
	}
	for i, c := range in.blocks {
		if c == nil {
			for _, row := range r.index.Blocks[i].Rows() {
				r.note(report.Note{Kind: report.MissingRow, Path: report.Path{Table: into.Key, Row: row.Key}, Text: row.Label})
			}
			continue
		}
		r.missingColumns(c, into)
		for j := range c.rows {
			r.row(c, j, into)
		}
		r.wordings(c, into.Key)
	}
	r.strays(in, into.Key)
	r.covered(in)
	if len(r.unseen.Cells) > 0 {
		r.unseen.Kind, r.unseen.Path = report.Unseen, report.Path{Table: into.Key}
		r.note(r.unseen)
	}
}

func (r *tableReader) missingColumns(c *candidate, into *report.Table) {
	for i, h := range c.head {
		if p := c.columns[i]; !p.found() {
			row := h.row
			if row == "" {
				row = report.Any
			}
			n := report.Note{Kind: report.MissingColumn, Path: report.Path{Table: into.Key, Row: row, Column: h.column.Key}, Text: h.official, Cells: cellsOf(c.page, p)}
			if hint, ok := c.columnHints[i]; ok {
				n.Cells, n.Read = []report.Cell{c.page.At(hint.Area)}, strings.TrimSpace(hint.Text)
				for _, cell := range c.page.rows(c.bottom+1, c.last) { // they may be the column's: not stray
					if hint.Column <= cell.Column && cell.Column <= hint.LastColumn {
						r.read[c.page.At(cell.Area)] = true
					}
				}
			}
			r.note(n)
		}
	}
}

// row reads the figures of one row of the sheet: one row of the table or, where
// groups stand side by side, all of them.
func (r *tableReader) row(c *candidate, j int, into *report.Table) {
	p := c.rows[j]
	if !p.found() {
		n := report.Note{Kind: report.MissingRow, Path: report.Path{Table: into.Key, Row: c.stub[j].row}, Text: c.stub[j].official, Cells: cellsOf(c.page, p)}
		if hint, ok := c.rowHints[j]; ok {
			n.Cells, n.Read = []report.Cell{c.page.At(hint.Area)}, strings.TrimSpace(hint.Text)
			for i := range c.columns { // they may be the row's: not stray
				for _, cell := range c.figureCells(hint.Area, i) {
					r.read[c.page.At(cell.Area)] = true
				}
			}
		}
		r.note(n)
		return
	}
	for i, h := range c.head {
		key, at := h.row, p.area()
		row := into.Row(key)
		if key == "" {
			row = into.Row(c.stub[j].row)
			row.Label = c.page.At(at)
		} else if c.groups[i].found() {
			row.Label = c.page.At(c.groups[i].area())
		}
		if !c.columns[i].found() {
			continue
		}
		r.figure(c, at, i, row.Figure(h.column.Key), report.Path{Table: into.Key, Row: row.Key, Column: h.column.Key})
	}
}

// wordings notes the labels that are worded differently from the official ones.
func (r *tableReader) wordings(c *candidate, table string) {
	compare := func(p place, l label, path report.Path) {
		if p.found() && wording(p.cells[0].Text) != l.wording {
			r.note(report.Note{Kind: report.Wording, Path: path,
				Cells: cellsOf(c.page, p), Text: strings.TrimSpace(p.cells[0].Text), Read: l.official})
		}
	}
	for i, h := range c.head {
		row := cmp.Or(h.row, report.Any)
		compare(c.columns[i], h.label, report.Path{Table: table, Row: row, Column: h.column.Key})
		if h.row != "" && (i == 0 || c.head[i-1].row != h.row) {
			compare(c.groups[i], h.groups[0], report.Path{Table: table, Row: h.row})
		}
	}
	for j, s := range c.stub {
		compare(c.rows[j], s.label, report.Path{Table: table, Row: s.row})
	}
}

// strays notes the figures beside and below the table that were not read.
func (r *tableReader) strays(in instance, table string) {
	var n report.Note
	strays := 0
	for _, c := range in.blocks {
		if c == nil {
			continue
		}
		for _, cell := range c.strays() {
			at := c.page.At(cell.Area)
			if r.read[at] {
				continue
			}
			r.read[at] = true
			if strays++; strays <= mostStrays {
				n.Cells = append(n.Cells, at)
				n.Text += " " + strings.TrimSpace(cell.Text)
			}
		}
	}
	if strays > mostStrays {
		n.Text += fmt.Sprintf(" … (%d)", strays)
	}
	if strays > 0 {
		n.Kind, n.Path, n.Text = report.StrayFigure, report.Path{Table: table}, strings.TrimSpace(n.Text)
		r.note(n)
	}
}

// mostStrays is how many figures that were not read are named one by one; the
// note's text ends in how many there are in all.
const mostStrays = 100

// strays are the cells with a number from the first row of figures to the last,
// from their first column on, and in the rows that follow without a gap, where
// they stand below a column.
func (c *candidate) strays() []pageCell {
	var cells []pageCell
	for _, cell := range c.page.rows(c.bottom+1, min(c.last, c.end-1)) {
		if c.left <= cell.Column && cell.Column <= c.to && looksNumeric(cell) {
			cells = append(cells, cell)
		}
	}
	for row := c.last + 1; row < c.end; row++ {
		here := c.page.rows(row, row)
		if len(here) == 0 {
			break
		}
		for _, cell := range here {
			below := slices.ContainsFunc(c.spans, func(s workbook.Area) bool {
				return s.Column <= cell.Column && cell.Column <= s.LastColumn
			})
			if below && looksNumeric(cell) {
				cells = append(cells, cell)
			}
		}
	}
	return cells
}

func cellsOf(g *page, p place) []report.Cell {
	var cells []report.Cell
	for _, c := range p.cells {
		cells = append(cells, g.At(c.Area))
	}
	return cells
}

package word

import (
	"slices"
)

// gridTable is a table as it is written: rows of cells over columns of a grid.
type gridTable struct {
	widths []int // of the grid's columns, in twentieths of a point
	rows   [][]gridCell
}

// gridCell is a cell from one edge of the grid to another.
type gridCell struct {
	Span
	from, to  int
	merged    bool // with others below, or with the one above …
	continues bool // … as all but the first
	items     []Item
}

// table reads a table.
func (r *reader) table(e element) (*Table, error) {
	r.inCell++
	defer func() { r.inCell-- }()
	t := &Table{Span: Span{From: e.from}}
	var g gridTable
	err := r.children(func(e element) error {
		switch e.name {
		case "tblGrid":
			return r.plain(func(e element) error {
				if e.name == "gridCol" && len(g.widths) < maxColumns {
					g.widths = append(g.widths, e.number("w"))
				}
				return r.skip()
			})
		case "tr":
			row, err := r.row()
			if len(row) > 0 {
				g.rows = append(g.rows, row)
			}
			return err
		}
		return r.skip()
	})
	t.To = r.d.InputOffset()
	g.lay(t)
	return t, err
}

// row reads a row; it has no cells if it is deleted.
func (r *reader) row() ([]gridCell, error) {
	var row []gridCell
	column, deleted := 0, false
	err := r.children(func(e element) error {
		switch e.name {
		case "trPr":
			return r.plain(func(e element) error {
				switch e.name {
				case "gridBefore":
					column = spanned(e, 0)
				case "del":
					deleted = true
				}
				return r.skip()
			})
		case "tc":
			if deleted {
				break
			}
			c, beside, err := r.cell(e)
			if c.from, c.to = column, column+c.to; c.to > maxColumns {
				return tooLarge("columns", maxColumns)
			}
			column = c.to
			if beside && len(row) > 0 {
				row[len(row)-1].to = c.to
				row[len(row)-1].items = append(row[len(row)-1].items, c.items...)
				return err
			}
			row = append(row, c)
			return err
		}
		return r.skip()
	})
	return row, err
}

// cell reads a cell from the grid's first edge, and says whether it belongs to the one
// beside it.
func (r *reader) cell(e element) (c gridCell, beside bool, err error) {
	if r.cells++; r.cells > r.limits.Cells {
		return c, false, tooLarge("cells", r.limits.Cells)
	}
	c = gridCell{Span: Span{From: e.from}, to: 1}
	deleted := false
	c.items, err = r.blockOf(func(e element) (bool, error) {
		if e.name != "tcPr" {
			return false, nil
		}
		return true, r.plain(func(e element) error {
			switch e.name {
			case "gridSpan":
				c.to = spanned(e, 1)
			case "vMerge":
				c.merged, c.continues = true, e.get("val") != "restart"
			case "hMerge":
				beside = e.get("val") != "restart"
			case "cellDel":
				deleted = true
			}
			return r.skip()
		})
	})
	if deleted {
		c.items = nil
	}
	c.To = r.d.InputOffset()
	return c, beside, err
}

// spanned is how many columns of the grid an element spans, at least so many. More than
// a table may have stay more, whatever is added to them.
func spanned(e element, least int) int { return min(max(e.number("val"), least), maxColumns+1) }

// lay lays the cells of the grid out in rows and columns as one counts them.
func (g *gridTable) lay(t *Table) {
	column := g.columns()
	t.Rows = len(g.rows)
	above := map[int]int{} // merged cells that reach down to the row above, by their edge
	for i, row := range g.rows {
		below := map[int]int{}
		for _, c := range row {
			k, ok := above[c.from]
			if ok = ok && c.continues; ok {
				t.Cells[k].LastRow = i + 1
				below[c.from] = k
			} else if c.merged {
				below[c.from] = len(t.Cells)
			}
			if ok && !says(c.items) {
				continue
			}
			t.Cells = append(t.Cells, Cell{Span: c.Span, Row: i + 1, Column: column[c.from] + 1, LastRow: i + 1, LastColumn: max(column[c.to], column[c.from]+1), Items: c.items})
		}
		above = below
		t.Columns = max(t.Columns, column[row[len(row)-1].to])
	}
}

// says reports whether there is anything to see of the items.
func says(items []Item) bool {
	return slices.ContainsFunc(items, func(i Item) bool { return i.Table != nil || i.Paragraph.shows() })
}

// hair is how far edges may lie apart, in twentieths of a point, that are meant to be
// one: 2 mm. Cells dragged by hand, or pasted, leave many.
const hair = 113

// columns says for each edge of the grid how many columns as one counts them lie
// before it.
func (g *gridTable) columns() []int {
	last := 0
	for _, row := range g.rows {
		last = max(last, row[len(row)-1].to)
	}
	isEdge := make([]bool, last+1)
	widest := make([]int, last+1) // for each edge, the last at which a cell begins that ends there
	for i := range widest {
		widest[i] = -1
	}
	for _, row := range g.rows {
		for _, c := range row {
			isEdge[c.from], isEdge[c.to] = true, true
			widest[c.to] = max(widest[c.to], c.from)
		}
	}
	column := make([]int, last+1)
	n, first, width := 0, 0, 0 // columns so far, their last edge and how far behind it we are
	for i := range column {
		if i > 0 {
			if i <= len(g.widths) {
				width += g.widths[i-1]
			} else {
				width += hair + 1
			}
		}
		if i > 0 && isEdge[i] && !(g.near(width, last) && widest[i] < first) {
			n++
			first, width = i, 0
		}
		column[i] = n
	}
	return column
}

// near reports whether edges that lie so far apart are meant to be one: not where the
// widths say nothing because all are as narrow, as some programs write them.
func (g *gridTable) near(width, columns int) bool {
	total := 0
	for _, w := range g.widths {
		total += w
	}
	return width <= hair && 3*width*columns < total
}

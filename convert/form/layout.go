package form

import (
	"cmp"
	"slices"
)

// Layout is a table as the official form draws it: a grid of cells, some of
// which span several rows or columns. Every place of the grid belongs to exactly
// one cell. Writers draw from it, whatever they write.
type Layout struct {
	Rows, Columns int
	StubColumns   int          // the first columns, which hold the labels beside the figures
	Cells         []LayoutCell // from top to bottom, then left to right
}

// LayoutCell is one cell of a Layout. Rows and columns count from 0.
type LayoutCell struct {
	Row, Column         int
	RowSpan, ColumnSpan int
	Role                Role
	Text                string // the label; "" for a figure
	RowKey, ColumnKey   string // of a figure
	Kind                Kind   // of a figure
}

// Role says what a LayoutCell is.
type Role int

// The roles of a cell.
const (
	BlockTitle Role = iota // a block's title, across the whole table
	Corner                 // left of a head
	Head                   // a label above figures
	Stub                   // a label beside figures
	Value                  // a figure
)

// Layout lays the table out as the official form draws it. Blocks share one
// grid, so that a block with few columns has wider ones.
func (t *Table) Layout() Layout {
	var l Layout
	width := 1 // of the part right of the stub, a multiple of every block's
	for _, b := range t.Blocks {
		l.StubColumns = max(l.StubColumns, depth(b.Stub))
		width = lcm(width, leaves(b.Head))
	}
	l.Columns = l.StubColumns + width
	for i := range t.Blocks {
		l.addBlock(&t.Blocks[i], width)
	}
	slices.SortFunc(l.Cells, func(a, b LayoutCell) int {
		return cmp.Or(a.Row-b.Row, a.Column-b.Column)
	})
	return l
}

func (l *Layout) addBlock(b *Block, width int) {
	if b.Title != "" {
		l.add(LayoutCell{Row: l.Rows, RowSpan: 1, ColumnSpan: l.Columns, Role: BlockTitle, Text: b.Title})
		l.Rows++
	}
	headRows := depth(b.Head)
	stubRows := max(leaves(b.Stub), 1)
	top := l.Rows
	unit := width / leaves(b.Head) // grid columns of a leaf

	// The head, with the corner left of it.
	if l.StubColumns > 0 {
		l.add(LayoutCell{Row: top, RowSpan: headRows, ColumnSpan: l.StubColumns, Role: Corner, Text: b.Corner})
	}
	var cols []headLeaf
	var head func(nodes []Node, row, col int, rowKey string)
	head = func(nodes []Node, row, col int, rowKey string) {
		for _, n := range nodes {
			key := rowKey
			if n.Row != "" {
				key = n.Row
			}
			span := 1
			if len(n.Items) == 0 {
				span = top + headRows - row
				cols = append(cols, headLeaf{n, key, col})
			}
			l.add(LayoutCell{Row: row, Column: col, RowSpan: span, ColumnSpan: leaves([]Node{n}) * unit, Role: Head, Text: n.Label})
			head(n.Items, row+1, col, key)
			col += leaves([]Node{n}) * unit
		}
	}
	head(b.Head, top, l.StubColumns, "")

	// The stub, and beside it the figures.
	body := top + headRows
	figures := func(row int, rowKey string) {
		for _, c := range cols {
			key := rowKey
			if key == "" {
				key = c.row
			}
			l.add(LayoutCell{Row: row, Column: c.column, RowSpan: 1, ColumnSpan: unit, Role: Value,
				RowKey: key, ColumnKey: c.node.Column, Kind: c.node.Kind})
		}
	}
	var stub func(nodes []Node, row, col int)
	stub = func(nodes []Node, row, col int) {
		for _, n := range nodes {
			c := LayoutCell{Row: row, Column: col, RowSpan: leaves([]Node{n}), ColumnSpan: 1, Role: Stub, Text: n.Label}
			if len(n.Items) == 0 {
				c.ColumnSpan = l.StubColumns - col
			}
			l.add(c)
			stub(n.Items, row, col+1)
			if len(n.Items) == 0 {
				figures(row, n.Row)
			}
			row += c.RowSpan
		}
	}
	stub(b.Stub, body, 0)
	if len(b.Stub) == 0 {
		figures(body, "")
	}
	l.Rows = body + stubRows
}

// headLeaf is a column of a block: its label, the row that its group names, if
// any, and the grid column that it starts in.
type headLeaf struct {
	node   Node
	row    string
	column int
}

func (l *Layout) add(c LayoutCell) { l.Cells = append(l.Cells, c) }

func depth(nodes []Node) int {
	d := 0
	for _, n := range nodes {
		d = max(d, 1+depth(n.Items))
	}
	return d
}

// leaves counts the nodes that have none under them.
func leaves(nodes []Node) int {
	n := 0
	for _, x := range nodes {
		n += max(1, leaves(x.Items))
	}
	return n
}

func lcm(a, b int) int {
	x, y := a, b
	for y != 0 {
		x, y = y, x%y
	}
	return a / x * b
}

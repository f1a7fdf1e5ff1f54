package document

import (
	"strings"
	"unicode/utf8"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Table is a table of figures as the official form draws it: a grid, every place of
// which belongs to exactly one cell.
type Table struct {
	Name          string // of its section: 二、主动公开政府信息情况
	Rows, Columns int
	StubColumns   int    // the first columns, which hold the labels beside the figures
	Cells         []Cell // from top to bottom, then left to right
}

// Cell is a cell of a [Table].
type Cell struct {
	form.LayoutCell             // with Text: the label, or the figure as it is printed, "" for one that is not known
	Source          report.Cell // of a figure: where it was read
	Left            bool        // a label of an item, read down its left edge; all others are centred
	Remark          bool        // a corner that says how to fill the form in, no heading
	Parts           []string    // of a label that parts only between them; nil where the form does not say
}

// longestCorner is how many characters a corner has that is a heading.
const longestCorner = 8

// tableOf is a table as the report has it.
func tableOf(f *form.Form, name string, ft *form.Table, rt *report.Table, notes []report.Note) *Table {
	l := ft.Layout()
	units := writtenUnits(notes)
	t := &Table{Name: name, Rows: l.Rows, Columns: l.Columns, StubColumns: l.StubColumns, Cells: make([]Cell, len(l.Cells))}
	for i, c := range l.Cells {
		cell := &t.Cells[i]
		*cell = Cell{LayoutCell: c}
		switch c.Role {
		case form.Value:
			if f := rt.Row(c.RowKey).Figure(c.ColumnKey); f != nil {
				cell.Text, cell.Source = f.Value.String(), f.Cell
				if c.Kind == form.Amount && cell.Text != "" {
					cell.Text += units[report.Path{Table: ft.Key, Row: c.RowKey, Column: c.ColumnKey}]
				}
			}
			continue
		case form.Corner:
			cell.Remark = utf8.RuneCountInString(c.Text) > longestCorner
		case form.Stub:
			cell.Left = l.StubColumns > 1 && c.Column+c.ColumnSpan == l.StubColumns
		}
		cell.Parts = f.Parts(c.Text)
	}
	return t
}

// writtenUnits are the units that amounts were written with: 251000元. They are printed.
func writtenUnits(notes []report.Note) map[report.Path]string {
	units := map[report.Path]string{}
	for _, n := range notes {
		if n.Kind != report.TextNumber {
			continue
		}
		for _, u := range []string{"万元", "元"} {
			if strings.HasSuffix(n.Text, u) {
				units[n.Path] = u
				break
			}
		}
	}
	return units
}

// Heads says of each row whether it is one of a head or a title, without figures.
func (t *Table) Heads() []bool {
	heads := make([]bool, t.Rows)
	for i := range heads {
		heads[i] = true
	}
	for i := range t.Cells {
		if c := &t.Cells[i]; c.Role == form.Value {
			heads[c.Row] = false
		}
	}
	return heads
}

// Blocks are the rows that the table's blocks begin with, if they have titles.
func (t *Table) Blocks() []int {
	var rows []int
	for i := range t.Cells {
		if c := &t.Cells[i]; c.Role == form.BlockTitle {
			rows = append(rows, c.Row)
		}
	}
	return rows
}

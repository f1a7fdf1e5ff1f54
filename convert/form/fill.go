package form

import (
	"slices"

	"nianbao/convert/report"
)

// Filled is a blank figure that the outputs show with a value.
type Filled struct {
	Table, Row, Column string
	Cell               report.Cell
	Value              report.Number
	Total              bool // added up from its parts; else 0
}

// Fill returns a copy of the report as the outputs show it: a blank figure is 0
// and a blank total is the sum of its parts. It lists what it filled, in the
// form's order. Two kinds of blank stay blank, because a value would hide an
// error: figures that were not found (they have no cell) and figures whose cell
// holds something that could not be read. The report itself is not changed.
func (f *Form) Fill(r *report.Report) (*report.Report, []Filled) {
	unread := map[report.Cell]bool{}
	for _, n := range r.Notes {
		if n.Kind == report.NotNumber || n.Kind == report.SpreadsheetError {
			unread[n.Cells[0]] = true
		}
	}
	full := *r
	full.Tables = slices.Clone(r.Tables)
	var filled []Filled
	for i := range full.Tables {
		rt := &full.Tables[i]
		rt.Rows = slices.Clone(rt.Rows)
		for j := range rt.Rows {
			rt.Rows[j].Figures = slices.Clone(rt.Rows[j].Figures)
		}
		ft := f.Table(rt.Key)
		if ft == nil {
			continue
		}
		for _, row := range rt.Rows {
			for k := range row.Figures {
				fig := &row.Figures[k]
				if !fig.Value.Blank() || fig.Cell.IsZero() || unread[fig.Cell] {
					continue
				}
				value, total := ft.sum(r.Table(rt.Key), row.Key, fig.Column)
				filled = append(filled, Filled{rt.Key, row.Key, fig.Column, fig.Cell, value, total})
				fig.Value = value
			}
		}
	}
	return &full, filled
}

// sum adds up the parts of a blank figure. A figure that is no total, or all of
// whose parts are blank, is 0 and no sum. The total of totals is added up along
// its row unless that is blank, then along its column.
func (t *Table) sum(rt *report.Table, row, column string) (report.Number, bool) {
	for _, id := range t.Identities {
		if len(id.Left) != 1 {
			continue
		}
		var sum report.Number
		switch {
		case id.Each == EachRow && id.Left[0] == column:
			sum = Sum(rt, id.Right, func(k string) (string, string) { return row, k })
		case id.Each == EachColumn && id.Left[0] == row:
			sum = Sum(rt, id.Right, func(k string) (string, string) { return k, column })
		}
		if !sum.Blank() {
			return sum, true
		}
	}
	return report.Int(0), false
}

// Sum adds up the figures of a table that at gives the row and column of, one
// for each key; it is blank only when all of them are.
func Sum(t *report.Table, keys []string, at func(key string) (row, column string)) report.Number {
	var sum report.Number
	for _, k := range keys {
		row, column := at(k)
		if f := t.Row(row).Figure(column); f != nil {
			sum = sum.Add(f.Value)
		}
	}
	return sum
}

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
// and a blank total is the sum of its parts. It lists what it filled,
// totals first. Three kinds of blank stay blank, because a value would hide an
// error: figures that were not found (they have no cell), figures whose cell holds
// something that could not be read, and totals of either. The report itself is not
// changed.
func (f *Form) Fill(r *report.Report) (*report.Report, []Filled) {
	unread := map[report.Cell]bool{}
	for _, n := range r.Notes {
		if n.Kind == report.NotNumber || n.Kind == report.SpreadsheetError {
			for _, c := range n.Cells {
				unread[c] = true
			}
		}
	}
	full := *r
	full.Tables = slices.Clone(r.Tables)
	for i := range full.Tables {
		rows := slices.Clone(full.Tables[i].Rows)
		for j := range rows {
			rows[j].Figures = slices.Clone(rows[j].Figures)
		}
		full.Tables[i].Rows = rows
	}

	// Totals first: their parts must not have become 0 when they are looked at.
	// Rows and columns come in the form's order, in which a total of totals is last.
	var filled []Filled
	fill := func(total bool, value func(t *report.Table, row, column string) (v report.Number, known bool)) {
		for i := range full.Tables {
			t := &full.Tables[i]
			for _, row := range t.Rows {
				for k := range row.Figures {
					fig := &row.Figures[k]
					if !fig.Value.Blank() || fig.Cell.IsZero() || unread[fig.Cell] {
						continue
					}
					v, known := value(t, row.Key, fig.Column)
					if !known {
						unread[fig.Cell] = true
					} else if !v.Blank() {
						fig.Value = v
						filled = append(filled, Filled{t.Key, row.Key, fig.Column, fig.Cell, v, total})
					}
				}
			}
		}
	}
	fill(true, func(t *report.Table, row, column string) (report.Number, bool) {
		return f.sumOfParts(t, row, column, unread)
	})
	fill(false, func(*report.Table, string, string) (report.Number, bool) { return report.Int(0), true })
	return &full, filled
}

// sumOfParts adds up the parts of a blank total: along its row or, where that
// gives nothing, along its column. It is blank for a figure that is no total or
// all of whose parts are blank, and not known where a part is not.
func (f *Form) sumOfParts(t *report.Table, row, column string, unread map[report.Cell]bool) (sum report.Number, known bool) {
	ft := f.Table(t.Key)
	if ft == nil {
		return report.Number{}, true
	}
	known = true
	for _, id := range ft.totals(row, column) {
		at := func(k string) (string, string) {
			if id.Each == EachRow {
				return row, k
			}
			return k, column
		}
		all := true
		for _, k := range id.Right {
			row, column := at(k)
			part := t.Row(row).Figure(column)
			all = all && part != nil && !part.Cell.IsZero() && !unread[part.Cell]
		}
		sum := Sum(t, id.Right, at)
		if all && !sum.Blank() {
			return sum, true
		}
		known = known && all
	}
	return report.Number{}, known
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

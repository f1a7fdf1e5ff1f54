package reader

import (
	"cmp"
	"regexp"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// seen keeps of a figure's cells those that show, if any does: a value that nobody sees
// never beats one that everybody does. What is hidden is noted, read or not.
func (r *tableReader) seen(c *candidate, cells []pageCell) []pageCell {
	var visible []pageCell
	for _, cell := range cells {
		if cell.Hidden {
			at := c.page.At(cell.Area)
			r.read[at] = true
			r.hide(at, cell.Text)
		} else {
			visible = append(visible, cell)
		}
	}
	if len(visible) == 0 {
		return cells
	}
	return visible
}

// covered notes the numbers that lie under merged areas of the table.
func (r *tableReader) covered(in instance) {
	for _, c := range in.blocks {
		if c == nil {
			continue
		}
		for i := range c.page.Covered {
			cell := &c.page.Covered[i]
			if c.bottom < cell.Row && cell.Row <= c.last && c.left <= cell.Column && cell.Column <= c.to && looksNumeric(pageCell{Cell: cell}) {
				r.hide(c.page.At(cell.Area), cell.Text)
			}
		}
	}
}

func (r *tableReader) hide(at report.Cell, text string) {
	if len(r.unseen.Cells) < mostStrays {
		r.unseen.Cells = append(r.unseen.Cells, at)
		r.unseen.Text = strings.TrimSpace(r.unseen.Text + " " + strings.TrimSpace(text))
	}
}

// figure reads one figure and notes what was odd about it.
func (r *tableReader) figure(c *candidate, row workbook.Area, i int, into *report.Figure, path report.Path) {
	cells := c.figureCells(row, i)
	if len(cells) == 0 {
		into.Cell = c.page.At(workbook.Area{Row: row.Row, Column: c.spans[i].Column})
		return
	}
	cells = r.seen(c, cells)
	cell := cells[0]
	into.Cell = c.page.At(cell.Area)
	note := report.Note{Path: path, Cells: []report.Cell{into.Cell}, Text: workbook.Shown(*cell.Cell)}
	for _, other := range cells[1:] { // one figure, two cells: which is it?
		note.Cells = append(note.Cells, c.page.At(other.Area))
		note.Text += " | " + workbook.Shown(*other.Cell)
	}
	for _, at := range note.Cells {
		r.read[at] = true
	}
	if n, ok := formulaNote(r.ctx, r.book, *cell.Cell, into.Cell, path); ok && len(cells) == 1 {
		r.note(n)
		if n.Kind == report.SpreadsheetError {
			return
		}
	}
	value, kind := readFigure(cell, c.head[i].column)
	if len(cells) > 1 {
		kind = report.NotNumber
	}
	if unit := c.otherUnit(row, c.head[i].column); unit != "" && !value.Blank() && !value.IsZero() { // 5 of what?
		kind = report.NotNumber
		note.Text = strings.TrimSuffix(note.Text, unit) + unit
	}
	if kind == report.NotNumber || kind == report.SpreadsheetError {
		note.Kind = kind
		if kind == report.NotNumber {
			note.Read = r.addedUp(cells)
		}
		r.note(note)
		return
	}
	into.Value = value
	if shown, ok := cell.Scaled(); ok {
		r.note(report.Note{Kind: report.Scaled, Path: path, Cells: note.Cells, Text: shown, Read: value.String()})
	}
	if kind == report.TextNumber {
		note.Kind, note.Read = kind, value.String()
		r.note(note)
	}
}

// addedUp is what a spreadsheet program's sum counts for the cells of a figure, such as
// the days behind a date: a number, or "".
func (r *tableReader) addedUp(cells []pageCell) string {
	var sum report.Number
	for _, c := range cells {
		if n, ok := r.book.Counted(*c.Cell); ok {
			sum = sum.Add(n)
		}
	}
	return sum.String()
}

// unitStated matches a unit of money in a label: （单位：元）, (万元), 单位：亿元.
var unitStated = regexp.MustCompile(`(?:[（(]|单位\s*[:：]?\s*)(亿元|万元|千元|元)`)

// otherUnit is the unit of money that the labels of an amount state, if it is another
// than the form's: 5,923,724,490 under a head that says 元 is no such amount of 万元.
func (c *candidate) otherUnit(row workbook.Area, column form.Column) string {
	if column.Kind != form.Amount {
		return ""
	}
	unit := ""
	for _, cell := range c.page.rows(c.top-1, row.LastRow) {
		if cell.Kind != workbook.TextCell || len(cell.Text) > longestLabel {
			continue
		}
		if m := unitStated.FindStringSubmatch(cell.Text); m != nil && !looksNumeric(cell) {
			unit = m[1]
		}
	}
	if unit == cmp.Or(column.Unit, "元") {
		return ""
	}
	return unit
}

// readFigure reads what a cell holds as a figure of the column. The kind of note
// is 0 when there is nothing to say.
func readFigure(c pageCell, column form.Column) (report.Number, report.NoteKind) {
	switch c.Kind {
	case workbook.NumberCell:
		n, err := workbook.StoredNumber(c.Text)
		if err != nil {
			return report.Number{}, report.NotNumber
		}
		return n, 0
	case workbook.TextCell:
		if workbook.SpreadsheetErrors[strings.TrimSpace(c.Text)] {
			return report.Number{}, report.SpreadsheetError
		}
		n, ok := parseFigure(c.Text, column)
		switch {
		case !ok:
			return report.Number{}, report.NotNumber
		case n.Blank():
			return n, 0
		}
		return n, report.TextNumber
	case workbook.ErrorCell:
		return report.Number{}, report.SpreadsheetError
	}
	return report.Number{}, report.NotNumber
}

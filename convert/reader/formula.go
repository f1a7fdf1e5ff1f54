package reader

import (
	"context"

	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// formulaNote says what is odd about a cell's formula: it has no result, none was stored,
// or the stored one is out of date. When the context is done it says nothing.
func formulaNote(ctx context.Context, b *workbook.Book, c workbook.Cell, at report.Cell, path report.Path) (report.Note, bool) {
	formula := shortened(c.Formula())
	n := report.Note{Path: path, Cells: []report.Cell{at}, Text: formula}
	switch {
	case formula == "":
		return n, false
	case c.Kind == workbook.NoResult:
		why := b.Failure(at)
		n.Kind = report.SpreadsheetError
		switch why.Reason {
		case workbook.Circular:
			n.Why = report.Circular
		case workbook.TooMuch:
			n.Why = report.TooMuch
		default:
			n.Why, n.Read = report.NotComputed, shortened(why.What)
		}
		if why.At != at {
			n.Cells = append(n.Cells, why.At)
		}
		return n, true
	case c.Computed && c.Kind == workbook.ErrorCell:
		n.Kind, n.Read = report.SpreadsheetError, c.Text
		return n, true
	case c.Computed:
		n.Kind, n.Read = report.Computed, c.Text
		return n, true
	}
	o, differs, err := b.Outdated(ctx, at)
	if err != nil || !differs {
		return n, false
	}
	n.Kind, n.Text, n.Read = report.Outdated, o.Stored, o.Computed
	if b.Recalculated() {
		n.Kind = report.Recalculated
	}
	return n, true
}

// shortened is a formula as far as a person reads it.
func shortened(formula string) string {
	const most = 100 // characters
	if r := []rune(formula); len(r) > most {
		return string(r[:most]) + "…"
	}
	return formula
}

// formulaNotes says what is odd about the formulas whose results are paragraphs of a
// section. That one was computed is not: it is printed like any other text.
func (t *textReader) formulaNotes(ctx context.Context, r *report.Report, p *passage, section string) {
	for _, c := range p.formulas {
		at := p.page.At(c.Area)
		n, ok := formulaNote(ctx, t.book, *c.Cell, at, report.Path{Table: section})
		switch {
		case ok && n.Kind != report.Computed:
			r.Notes = append(r.Notes, n)
		case c.Kind == workbook.ErrorCell:
			r.Notes = append(r.Notes, report.Note{Kind: report.SpreadsheetError, Path: report.Path{Table: section}, Cells: []report.Cell{at}, Text: c.Text})
		}
	}
}

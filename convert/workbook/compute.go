package workbook

import (
	"context"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"nianbao/convert/prose"
	"nianbao/convert/report"
	"nianbao/convert/workbook/formula"
)

// Compute gives the cells results whose formulas have none stored, and all cells with
// formulas if the file asks for that. What has no result keeps the kind NoResult; see
// [Book.Failure]. It must follow ReadSheets.
func (b *Book) Compute(ctx context.Context) error {
	b.failures = map[report.Cell]Failure{}
	b.outdated = map[report.Cell]Outdated{}
	e := formula.New(b.toCompute(b.recalculate, true))
	var results []result // set together, when nothing is computed from the stored ones any more
	for _, p := range b.pending() {
		for _, c := range p.cells {
			r, err := e.Evaluate(ctx, formula.Ref{Sheet: p.sheet, Row: c.Row, Column: c.Column})
			if err != nil {
				return err
			}
			if r.State != formula.OverBudget { // there may be millions, with nothing more to say of them
				results = append(results, result{c, b.Sheets[p.sheet].At(c.Area), r})
			}
		}
	}
	for _, r := range results {
		b.keep(r)
	}
	for _, g := range b.Sheets {
		g.speakUp()
	}
	return nil
}

// result is what came of the formula of a cell.
type result struct {
	cell *Cell
	at   report.Cell
	formula.Result
}

// keep gives a cell the result of its formula, or says why there is none.
func (b *Book) keep(r result) {
	stored := r.cell.Kind != NoResult
	switch {
	case r.State == formula.Computed:
		if stored && same(b.valueOf(r.cell), r.Value) {
			return
		}
		before := Shown(*r.cell)
		b.set(r.cell, r.Value)
		if stored {
			b.outdated[r.at] = Outdated{before, Shown(*r.cell)}
		} else {
			r.cell.Computed = true
		}
	case stored && (r.State != formula.Circular || b.iterate): // what is stored is better than nothing
	default:
		r.cell.Kind, r.cell.Text = NoResult, ""
		b.failures[r.at] = Failure{Reason(r.State), r.What, b.place(r.At)}
	}
}

// pending are the cells of a sheet whose formulas are to be computed.
type pending struct {
	sheet int
	cells []*Cell
}

// pending finds the cells whose formulas are to be computed: those of sheets with few
// first, so that a form has its totals before a helper's list uses up the budget.
func (b *Book) pending() []pending {
	var all []pending
	for i, g := range b.Sheets {
		p := pending{sheet: i}
		for _, cells := range [][]Cell{g.Cells, g.quiet} {
			for k := range cells {
				if c := &cells[k]; c.Kind == NoResult || b.recalculate && c.formula != nil {
					p.cells = append(p.cells, c)
				}
			}
		}
		if len(p.cells) > 0 {
			all = append(all, p)
		}
	}
	slices.SortStableFunc(all, func(p, q pending) int { return len(p.cells) - len(q.cells) })
	return all
}

// speakUp puts the cells among the others that show something now.
func (g *Sheet) speakUp() {
	before := len(g.quiet)
	g.quiet = slices.DeleteFunc(g.quiet, func(c Cell) bool {
		speaks := c.formula != nil && (c.Kind != TextCell || !prose.Blank(c.Text))
		if speaks {
			g.Cells = append(g.Cells, c)
		}
		return speaks
	})
	if len(g.quiet) < before {
		g.finish()
	}
}

// Reason says why a formula has no result.
type Reason int

// The reasons, as [formula.State] has them.
const (
	NotComputed = Reason(formula.Unsupported) // What is a function, a name or a reference that is not computed
	Circular    = Reason(formula.Circular)
	TooMuch     = Reason(formula.OverBudget) // it takes more than one workbook may take
)

// Failure says why a formula has no result.
type Failure struct {
	Reason Reason
	What   string
	At     report.Cell // with the formula that failed: the cell's or one that it rests on
}

// Failure says why the formula of a cell of the kind NoResult has none.
func (b *Book) Failure(at report.Cell) Failure {
	if f, ok := b.failures[at]; ok {
		return f
	}
	return Failure{Reason: TooMuch, At: at}
}

// Outdated is a stored result that is not what its formula gives.
type Outdated struct{ Stored, Computed string }

// Recalculated reports that the file asks for all its formulas to be computed, so that
// the computed results count and not the stored ones.
func (b *Book) Recalculated() bool { return b.recalculate }

// Outdated compares the stored result of a cell's formula with what the formula gives.
// What cannot be computed is not compared.
func (b *Book) Outdated(ctx context.Context, at report.Cell) (Outdated, bool, error) {
	if o, ok := b.outdated[at]; ok || b.recalculate || b.rounded {
		return o, ok, nil
	}
	for i, g := range b.Sheets {
		if g.Name != at.Sheet {
			continue
		}
		c := g.find(at.Row, at.Column)
		if c == nil || c.formula == nil || c.Kind == NoResult || c.Computed {
			break
		}
		if b.comparer == nil {
			b.comparer = formula.New(b.toCompute(true, false))
		}
		r, err := b.comparer.Evaluate(ctx, formula.Ref{Sheet: i, Row: c.Row, Column: c.Column})
		if err != nil || r.State != formula.Computed || same(b.valueOf(c), r.Value) {
			return Outdated{}, false, err
		}
		now := *c
		b.set(&now, r.Value)
		return Outdated{Shown(*c), Shown(now)}, true, nil
	}
	return Outdated{}, false, nil
}

func (b *Book) place(r formula.Ref) report.Cell {
	return report.Cell{Sheet: b.Sheets[r.Sheet].Name, Row: r.Row, Column: r.Column}
}

// toCompute is the workbook as formulas are computed over it. A text that is the name of
// an error may count as the error that it was, so that no sum silently lacks it.
func (b *Book) toCompute(recalculate, errorsInText bool) formula.Book {
	to := formula.Book{Names: b.names, From1904: b.from1904, Recalculate: recalculate}
	for _, g := range b.Sheets {
		to.Sheets = append(to.Sheets, g.Name)
	}
	cell := func(c *Cell) formula.Cell {
		f := formula.Cell{Formula: c.formula}
		if !c.Computed || !recalculate {
			f.Value = b.valueOf(c)
		}
		if name := strings.TrimSpace(c.Text); errorsInText && c.Kind == TextCell && SpreadsheetErrors[name] {
			f.Value = formula.Value{Kind: formula.Error, Text: name}
		}
		return f
	}
	to.Cell = func(at formula.Ref) formula.Cell {
		if c := b.Sheets[at.Sheet].find(at.Row, at.Column); c != nil {
			return cell(c)
		}
		return formula.Cell{}
	}
	to.Scan = func(a formula.Area, visit func(formula.Ref, formula.Cell) bool) int {
		return b.Sheets[a.Sheet].scan(Area{a.Row, a.Column, a.LastRow, a.LastColumn}, func(c *Cell) bool {
			return visit(formula.Ref{Sheet: a.Sheet, Row: c.Row, Column: c.Column}, cell(c))
		})
	}
	to.Used = func(sheet int) (int, int) { return b.Sheets[sheet].lastRow, b.Sheets[sheet].lastColumn }
	return to
}

// valueOf is what a cell holds, as formulas see it.
func (b *Book) valueOf(c *Cell) formula.Value {
	switch c.Kind {
	case NoResult:
		return formula.Value{}
	case boolCell:
		return formula.Value{Kind: formula.Bool, Bool: c.Text == "1"}
	case ErrorCell:
		return formula.Value{Kind: formula.Error, Text: strings.TrimSpace(c.Text)}
	case NumberCell, dateCell, percentCell:
		if d, ok := formula.ParseNumber(c.Text); ok {
			if c.Kind == dateCell && b.from1904 {
				d = d.Sub(decimal.NewFromInt(days1904))
			}
			return formula.Value{Kind: formula.Number, Number: d}
		}
	}
	return formula.Value{Kind: formula.Text, Text: c.Text}
}

// set gives a cell the result of its formula.
func (b *Book) set(c *Cell, v formula.Value) {
	switch v.Kind {
	case formula.Number:
		c.Kind = c.shown
		if c.Kind == dateCell && b.from1904 {
			v.Number = v.Number.Add(decimal.NewFromInt(days1904))
		}
		c.Text = v.Number.String()
	case formula.Bool:
		c.Kind, c.Text = boolCell, "0"
		if v.Bool {
			c.Text = "1"
		}
	case formula.Error:
		c.Kind, c.Text = ErrorCell, v.Text
	default:
		c.Kind, c.Text = TextCell, v.Text
	}
}

// same reports whether a stored result is the computed one, apart from the noise of binary
// numbers.
func same(stored, computed formula.Value) bool {
	if d, ok := formula.ParseNumber(stored.Text); ok && stored.Kind == formula.Text && computed.Kind == formula.Number { // some programs store all results as texts
		stored = formula.Value{Kind: formula.Number, Number: d}
	}
	if stored.Kind != computed.Kind {
		return false
	}
	switch stored.Kind {
	case formula.Number:
		difference := stored.Number.Sub(computed.Number).Abs()
		return difference.LessThanOrEqual(computed.Number.Abs().Shift(-9)) || difference.LessThan(decimal.New(1, -12))
	case formula.Bool:
		return stored.Bool == computed.Bool
	}
	return stored.Text == computed.Text
}

package workbook

import (
	"cmp"
	"errors"
	"strings"

	"github.com/xuri/efp"

	"nianbao/convert/report"
)

// A formula without a stored result is computed only when that is sure to end:
// the formulas that it rests on are few, lead nowhere back to it and use nothing
// but the functions that forms add up with.

// The bounds of what is computed.
const (
	mostFormulas = 2_000   // that one formula rests on
	deepestChain = 200     // of formulas that rest on one another
	widestRange  = 100_000 // cells of a range
)

// knownFunctions are the functions that are computed.
var knownFunctions = map[string]bool{
	"SUM": true, "ROUND": true, "ROUNDUP": true, "ROUNDDOWN": true, "INT": true, "ABS": true, "MAX": true, "MIN": true,
	"IF": true, "IFERROR": true, "AND": true, "OR": true, "NOT": true, "N": true, "VALUE": true, "COUNT": true,
	"COUNTA": true, "SUMIF": true, "SUBTOTAL": true, "AVERAGE": true, "SUMPRODUCT": true,
}

var (
	errCyclic  = errors.New("the formula rests on itself")
	errComplex = errors.New("the formula is not one that is computed")
)

// brokenError says that a formula rests on a cell with an error: #REF!
type brokenError struct{ shown string }

func (e brokenError) Error() string { return "the formula rests on a cell that shows " + e.shown }

// tracer follows a formula to all that it rests on.
type tracer struct {
	formulas map[report.Cell]string
	broken   map[report.Cell]string   // cells with an error, and which
	bySheet  map[string][]report.Cell // the cells with formulas or errors
	done     map[report.Cell]bool
	on       map[report.Cell]bool // the chain in hand
	compute  func(report.Cell) (string, error)
}

// newTracer knows the formulas of all sheets that have no stored results.
func newTracer(grids []*Sheet, compute func(report.Cell) (string, error)) *tracer {
	t := &tracer{map[report.Cell]string{}, map[report.Cell]string{}, map[string][]report.Cell{}, map[report.Cell]bool{}, map[report.Cell]bool{}, compute}
	for _, g := range grids {
		for _, c := range g.Cells {
			at := report.Cell{Sheet: g.Name, Row: c.Row, Column: c.Column}
			broken := c.Kind == ErrorCell || SpreadsheetErrors[strings.TrimSpace(c.Text)]
			if broken {
				t.broken[at] = strings.TrimSpace(c.Text)
			}
			if c.Kind == NoResult {
				t.formulas[at] = c.Formula
			}
			if broken || c.Kind == NoResult {
				t.bySheet[g.Name] = append(t.bySheet[g.Name], at)
			}
		}
	}
	return t
}

// trace returns an error unless the formula in the cell can be computed safely and
// nothing that it rests on is an error: not every function passes errors on.
func (t *tracer) trace(at report.Cell) error {
	switch {
	case t.broken[at] != "":
		return brokenError{t.broken[at]}
	case t.on[at]:
		return errCyclic
	case t.done[at]:
		return nil
	case len(t.on) >= deepestChain || len(t.done) >= mostFormulas:
		return errComplex
	}
	t.on[at] = true
	defer delete(t.on, at)
	parser := efp.ExcelParser()
	for _, token := range parser.Parse(t.formulas[at]) {
		switch {
		case token.TType == efp.TokenTypeFunction && token.TSubType == efp.TokenSubTypeStart && !knownFunctions[strings.ToUpper(token.TValue)]:
			return errComplex
		case token.TType == efp.TokenTypeOperand && token.TSubType == efp.TokenSubTypeRange:
			if err := t.traceRange(at.Sheet, token.TValue); err != nil {
				return err
			}
		}
	}
	if len(t.on) > 1 { // not the one that was asked for
		if shown, err := t.compute(at); err != nil {
			t.broken[at] = cmp.Or(shown, err.Error())
			return brokenError{t.broken[at]}
		}
	}
	t.done[at] = true
	return nil
}

// traceRange traces the formulas in a range: B2, B2:D4, 'Sheet 1'!B2.
func (t *tracer) traceRange(sheet, ref string) error {
	if i := strings.LastIndexByte(ref, '!'); i >= 0 {
		sheet, ref = strings.ReplaceAll(strings.Trim(ref[:i], "'"), "''", "'"), ref[i+1:]
	}
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		to = from
	}
	r1, c1, ok1 := ParseRef(from)
	r2, c2, ok2 := ParseRef(to)
	if !ok1 || !ok2 { // a name, a whole column
		return errComplex
	}
	a := Area{min(r1, r2), min(c1, c2), max(r1, r2), max(c1, c2)}
	if (a.LastRow-a.Row+1)*(a.LastColumn-a.Column+1) > widestRange {
		return errComplex
	}
	for _, cell := range t.bySheet[sheet] {
		if a.Contains(cell.Row, cell.Column) {
			if err := t.trace(cell); err != nil {
				return err
			}
		}
	}
	return nil
}

// SpreadsheetErrors are what cells show when they cannot be computed, also where
// a program has turned them into text.
var SpreadsheetErrors = map[string]bool{"#REF!": true, "#DIV/0!": true, "#VALUE!": true, "#NAME?": true, "#N/A": true, "#NUM!": true, "#NULL!": true}

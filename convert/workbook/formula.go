package workbook

import (
	"encoding/xml"
	"slices"

	"nianbao/convert/workbook/formula"
)

// SpreadsheetErrors are what cells show when they cannot be computed, also where
// a program has turned them into text.
var SpreadsheetErrors = map[string]bool{"#REF!": true, "#DIV/0!": true, "#VALUE!": true, "#NAME?": true, "#N/A": true, "#NUM!": true, "#NULL!": true}

// Formula is the cell's formula with =, "" if it has none.
func (c Cell) Formula() string {
	if c.formula == nil {
		return ""
	}
	return "=" + c.formula.For(c.Row, c.Column)
}

// formulas gathers the formulas of a worksheet while it is read.
type formulas struct {
	shared map[string]*formula.Formula // by the index that cells share one by
	arrays []*formula.Formula
}

// startFormula takes what a formula's tag says; its text comes later.
func (s *sheetReader) startFormula(e xml.StartElement) {
	s.cell.hasFormula = true
	s.cell.formulaKind, s.cell.formulaRef, s.cell.sharedIndex = attr(e, "t"), attr(e, "ref"), attr(e, "si")
}

// formula is the formula of the cell in hand, nil if it has none.
func (s *sheetReader) formula() *formula.Formula {
	if !s.cell.hasFormula {
		return nil
	}
	f := &formula.Formula{Text: s.cell.formula.String(), Row: s.row, Column: s.column}
	s.book.text += len(f.Text)
	switch s.cell.formulaKind {
	case "shared":
		if first := s.formulas.shared[s.cell.sharedIndex]; first != nil && f.Text == "" {
			return first
		}
		if s.formulas.shared == nil {
			s.formulas.shared = map[string]*formula.Formula{}
		}
		if f.Text != "" {
			s.formulas.shared[s.cell.sharedIndex] = f
		}
	case "array":
		f.Array = formula.Area{Row: s.row, Column: s.column, LastRow: s.row, LastColumn: s.column}
		if a, ok := parseArea(s.cell.formulaRef); ok && a.Row == s.row && a.Column == s.column {
			f.Array.LastRow, f.Array.LastColumn = a.LastRow, a.LastColumn
		}
		if f.Array.LastRow > s.row || f.Array.LastColumn > s.column {
			s.formulas.arrays = append(s.formulas.arrays, f)
		}
	}
	return f
}

// What array formulas may cost.
const (
	mostArray  = 1000      // cells that one fills and that are added if the file does not have them
	mostSpread = 5_000_000 // cells that are looked at for all of a sheet
)

// spreadArrays gives the cells that an array formula fills the formula. Those that the
// file does not have, because no program has computed them, are added.
func (s *sheetReader) spreadArrays() error {
	g, added := s.grid, map[[2]int]*formula.Formula{}
	looked := 0
	for _, f := range s.formulas.arrays {
		if looked > mostSpread {
			break
		}
		a := Area{f.Array.Row, f.Array.Column, f.Array.LastRow, f.Array.LastColumn}
		looked += 1 + g.scan(a, func(c *Cell) bool {
			if c.formula == nil {
				c.formula = f
			}
			return true
		})
		if (a.LastRow-a.Row+1)*(a.LastColumn-a.Column+1) > mostArray {
			continue
		}
		for row := a.Row; row <= a.LastRow; row++ {
			for column := a.Column; column <= a.LastColumn; column++ {
				if looked++; g.find(row, column) == nil {
					added[[2]int{row, column}] = f
				}
			}
		}
	}
	if s.book.cells += len(added); s.book.cells > s.book.limits.Cells {
		return TooLarge("cells", s.book.limits.Cells)
	}
	for at, f := range added {
		g.Cells = append(g.Cells, Cell{Area: Area{at[0], at[1], at[0], at[1]}, Kind: NoResult, shown: NumberCell, formula: f})
	}
	if len(added) > 0 {
		g.finish()
	}
	return nil
}

// computable are the cells that formulas compute with: also those that nobody sees.
func (g *Sheet) computable() [3][]Cell { return [3][]Cell{g.Cells, g.quiet, g.Covered} }

// find is the cell at an address, nil if it holds nothing.
func (g *Sheet) find(row, column int) *Cell {
	for _, cells := range g.computable() {
		if i := firstFrom(cells, row, column); i < len(cells) && cells[i].Row == row && cells[i].Column == column {
			return &cells[i]
		}
	}
	return nil
}

// scan visits the cells of an area, until visit says false. It returns how many cells it
// looked at.
func (g *Sheet) scan(a Area, visit func(*Cell) bool) (looked int) {
	for _, cells := range g.computable() {
		for i := firstFrom(cells, a.Row, a.Column); i < len(cells) && cells[i].Row <= a.LastRow; {
			looked++
			switch c := &cells[i]; {
			case c.Column < a.Column:
				i += firstFrom(cells[i:], c.Row, a.Column)
			case c.Column > a.LastColumn:
				i += firstFrom(cells[i:], c.Row+1, a.Column)
			case !visit(c):
				return looked
			default:
				i++
			}
		}
	}
	return looked
}

// firstFrom is the index of the first cell at an address or behind it.
func firstFrom(cells []Cell, row, column int) int {
	i, _ := slices.BinarySearchFunc(cells, [2]int{row, column}, func(c Cell, at [2]int) int {
		if c.Row != at[0] {
			return c.Row - at[0]
		}
		return c.Column - at[1]
	})
	return i
}

package xlsx

import (
	"slices"

	"nianbao/convert/report"
)

// grid is a worksheet as the reader sees it: only the cells that hold something,
// each with the area that it was merged over. It costs nothing for rows and
// columns that are formatted but empty, wherever they are.
type grid struct {
	name   string
	hidden bool
	part   string     // the part of the package that it was read from
	cells  []gridCell // by row, then column
	boxes  []gridCell // text boxes, by row
	merges []area

	lastRow, lastColumn   int // of the cells
	emptyRow, emptyColumn int // how far cells reach that are formatted but empty
}

// gridCell is a cell that holds something.
type gridCell struct {
	area           // the cell, or what it was merged over
	kind    kind   // what it holds
	text    string // the text, or the number as stored
	formula string // the formula, if any, without =
}

// kind says what a cell holds.
type kind int

const (
	textCell     kind = iota
	numberCell        // a number that is shown as one
	dateCell          // a number that is shown as a date or a time, or an ISO date
	percentCell       // a number that is shown as a percentage
	boolCell          //
	errorCell         // #REF! and the like
	unknownValue      // a formula without a stored result
)

// area is a rectangle of cells, all four borders included, counted from 1.
type area struct{ row, column, lastRow, lastColumn int }

func (a area) contains(row, column int) bool {
	return a.row <= row && row <= a.lastRow && a.column <= column && column <= a.lastColumn
}

func (a area) containsRow(row int) bool { return a.row <= row && row <= a.lastRow }

func (g *grid) at(c area) report.Cell {
	return report.Cell{Sheet: g.name, Row: c.row, Column: c.column}
}

// finish sorts the cells and gives each the area that it was merged over. Of
// merged areas that begin at the same cell the first counts.
func (g *grid) finish() {
	byRow := func(a, b gridCell) int {
		if a.row != b.row {
			return a.row - b.row
		}
		return a.column - b.column
	}
	if !slices.IsSortedFunc(g.cells, byRow) {
		slices.SortStableFunc(g.cells, byRow)
	}
	merged := make(map[[2]int]area, len(g.merges))
	for _, m := range g.merges {
		at := [2]int{m.row, m.column}
		if _, ok := merged[at]; !ok {
			merged[at] = m
		}
	}
	for i := range g.cells {
		c := &g.cells[i]
		g.lastRow, g.lastColumn = max(g.lastRow, c.row), max(g.lastColumn, c.column)
		if m, ok := merged[[2]int{c.row, c.column}]; ok {
			c.area = m
		}
	}
}

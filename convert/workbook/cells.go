package workbook

import (
	"cmp"
	"slices"

	"nianbao/convert/report"
	"nianbao/convert/workbook/formula"
)

// Sheet is a worksheet as the reader sees it: only the cells that hold something,
// each with the area that it was merged over. It costs nothing for rows and
// columns that are formatted but empty, wherever they are.
type Sheet struct {
	Name          string
	Hidden        bool
	part          string    // the part of the package that it was read from
	Cells         []Cell    // by row, then column
	Boxes         []Cell    // text boxes, by row
	Pictures      []Picture // by row, then column
	merges        []Area
	quiet         []Cell // that show nothing but may be computed with, by row, then column
	Covered       []Cell // under a merged area of another cell: nobody sees them, but formulas do, by row, then column
	hiddenColumns []Area // whose columns do not show

	Footnotes []Cell   // footnotes and endnotes of a document, where they are called
	origins   []origin // of a document's sheet: what each row is, from 1

	lastRow, lastColumn int // of the cells that formulas compute with
}

// Cell is a cell that holds something.
type Cell struct {
	Area            // the cell, or what it was merged over
	Kind     Kind   // what it holds
	shown    Kind   // how a number is shown that its formula gives
	Computed bool   // its formula had no stored result and was computed
	Hidden   bool   // its row or its column does not show
	Text     string // the text, or the number as stored
	formula  *formula.Formula
	scaled   *scaledFormat // by which a number is shown divided; nil for other formats
}

// Picture is a picture that lies on a sheet or stands in a cell.
type Picture struct {
	Area                  // the cell that its top left corner lies in, or that it stands in
	Bytes         []byte  // of the file; nil for one that is not there or too large
	Type          string  // png, jpeg …; see report.Picture
	Width, Height float64 // in points; 0 when the package does not say
}

// Kind says what a cell holds.
type Kind uint8

const (
	TextCell    Kind = iota
	NumberCell       // a number that is shown as one
	dateCell         // a number that is shown as a date or a time, or an ISO date
	percentCell      // a number that is shown as a percentage
	boolCell         //
	ErrorCell        // #REF! and the like
	NoResult         // a formula that has no result, or none yet: see Book.Compute
)

// Area is a rectangle of cells, all four borders included, counted from 1.
type Area struct{ Row, Column, LastRow, LastColumn int }

func (a Area) Contains(row, column int) bool {
	return a.Row <= row && row <= a.LastRow && a.Column <= column && column <= a.LastColumn
}

func (a Area) ContainsRow(row int) bool { return a.Row <= row && row <= a.LastRow }

// At is the name of a cell, or of the first cell of an area.
func (g *Sheet) At(c Area) report.Cell {
	if g.origins != nil {
		if c.Row < len(g.origins) {
			return g.origins[c.Row].place(c.Column)
		}
		return report.Cell{}
	}
	return report.Cell{Sheet: g.Name, Row: c.Row, Column: c.Column}
}

func byPlace(a, b Cell) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) }

// finish sorts the cells and gives each the area that it was merged over. Of
// merged areas that begin at the same cell the first counts.
func (g *Sheet) finish() {
	for _, cells := range [][]Cell{g.Cells, g.quiet} {
		if !slices.IsSortedFunc(cells, byPlace) {
			slices.SortStableFunc(cells, byPlace)
		}
	}
	for _, cells := range g.computable() {
		for _, c := range cells {
			g.lastRow, g.lastColumn = max(g.lastRow, c.Row), max(g.lastColumn, c.Column)
		}
	}
	merged := make(map[[2]int]Area, len(g.merges))
	for _, m := range g.merges {
		at := [2]int{m.Row, m.Column}
		if _, ok := merged[at]; !ok {
			merged[at] = m
		}
	}
	g.uncover(merged)
	hidden := make([]bool, g.lastColumn+1)
	for _, a := range g.hiddenColumns {
		for column := a.Column; column <= min(a.LastColumn, g.lastColumn); column++ {
			hidden[column] = true
		}
	}
	for i := range g.Cells {
		c := &g.Cells[i]
		c.Hidden = c.Hidden || hidden[c.Column]
		if m, ok := merged[[2]int{c.Row, c.Column}]; ok {
			c.Area = m
		}
	}
}

// uncover takes out the cells that lie under a merged area but are not its first: what
// is left in them from before it was merged shows nowhere. first are the areas by their
// first cells.
func (g *Sheet) uncover(first map[[2]int]Area) {
	if len(g.merges) == 0 {
		return
	}
	begin, end := slices.Clone(g.merges), slices.Clone(g.merges)
	slices.SortFunc(begin, func(a, b Area) int { return a.Row - b.Row })
	slices.SortFunc(end, func(a, b Area) int { return a.LastRow - b.LastRow })
	over := newSpans(g.lastColumn)
	row := 0
	kept := g.Cells[:0]
	for _, c := range g.Cells {
		if c.Row != row {
			row = c.Row
			for ; len(begin) > 0 && begin[0].Row <= row; begin = begin[1:] {
				over.add(begin[0].Column, min(begin[0].LastColumn, g.lastColumn), 1)
			}
			for ; len(end) > 0 && end[0].LastRow < row; end = end[1:] {
				over.add(end[0].Column, min(end[0].LastColumn, g.lastColumn), -1)
			}
		}
		if _, ok := first[[2]int{c.Row, c.Column}]; !ok && over.at(c.Column) > 0 {
			g.Covered = append(g.Covered, c)
			continue
		}
		kept = append(kept, c)
	}
	g.Cells = kept
	slices.SortStableFunc(g.Covered, byPlace) // some may have come when formulas were computed
}

// spans counts how many of the spans of columns that were added lie over a column, as
// quickly for many as for few: it is a Fenwick tree.
type spans []int32

func newSpans(columns int) spans { return make(spans, columns+2) }

func (s spans) add(from, to int, n int32) {
	for i := from; i < len(s); i += i & -i {
		s[i] += n
	}
	for i := to + 1; i < len(s); i += i & -i {
		s[i] -= n
	}
}

func (s spans) at(column int) int32 {
	n := int32(0)
	for i := column; i > 0; i -= i & -i {
		n += s[i]
	}
	return n
}

// Scaled is what is shown of a number whose format divides it: 59.2 of 592372. It
// reports whether the cell holds a number, has such a format and shows another value than
// it holds.
func (c Cell) Scaled() (shown string, ok bool) {
	if c.Kind != NumberCell || c.scaled == nil {
		return "", false
	}
	n, err := StoredNumber(c.Text)
	if err != nil || n.IsZero() {
		return "", false
	}
	shown = c.scaled.show(n.Decimal())
	return shown, shown != c.Text
}

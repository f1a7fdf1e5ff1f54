package formula

import (
	"strings"
)

// The size of a sheet.
const (
	maxRow    = 1 << 20
	maxColumn = 1 << 14
)

// reference is an area as a formula writes it, on one sheet or on several in a row.
type reference struct {
	sheet, lastSheet int // -1 for the sheet of the formula
	from, to         corner
}

type corner struct {
	row, column           int
	fixedRow, fixedColumn bool // by $
}

// parseArea reads A1, $A$1:B2, A:C or 1:3.
func parseArea(s string) (reference, bool) {
	first, second, pair := strings.Cut(s, ":")
	from, kind1, ok := parseCorner(first)
	if !ok {
		return reference{}, false
	}
	if !pair {
		return reference{-1, -1, from, from}, kind1 == wholeCell
	}
	to, kind2, ok := parseCorner(second)
	if !ok || kind1 != kind2 {
		return reference{}, false
	}
	switch kind1 {
	case wholeColumn:
		from.row, to.row, from.fixedRow, to.fixedRow = 1, maxRow, true, true
	case wholeRow:
		from.column, to.column, from.fixedColumn, to.fixedColumn = 1, maxColumn, true, true
	}
	return reference{-1, -1, from, to}, true
}

type cornerKind int

const (
	wholeCell cornerKind = iota
	wholeColumn
	wholeRow
)

// parseCorner reads $A$1, $A or $1.
func parseCorner(s string) (c corner, kind cornerKind, ok bool) {
	i := 0
	dollar := func() bool {
		if i < len(s) && s[i] == '$' {
			i++
			return true
		}
		return false
	}
	fixed := dollar()
	for ; i < len(s) && s[i]&^0x20 >= 'A' && s[i]&^0x20 <= 'Z'; i++ {
		if c.column = c.column*26 + int(s[i]&^0x20-'A') + 1; c.column > maxColumn {
			return c, 0, false
		}
	}
	if c.column > 0 {
		c.fixedColumn = fixed
		fixed = dollar()
	}
	c.fixedRow = fixed
	digits := i
	for ; i < len(s) && s[i] >= '0' && s[i] <= '9'; i++ {
		if c.row = c.row*10 + int(s[i]-'0'); c.row > maxRow {
			return c, 0, false
		}
	}
	switch {
	case i < len(s), i > digits && c.row == 0:
		return c, 0, false
	case c.row == 0:
		return c, wholeColumn, c.column > 0 && !fixed
	case c.column == 0:
		return c, wholeRow, true
	}
	return c, wholeCell, true
}

// moved is the corner as a formula means it that stands so many rows and columns from
// where it was written.
func (c corner) moved(rows, columns int) corner {
	if !c.fixedRow {
		c.row += rows
	}
	if !c.fixedColumn {
		c.column += columns
	}
	return c
}

func (c corner) onSheet() bool {
	return c.row >= 1 && c.row <= maxRow && c.column >= 1 && c.column <= maxColumn
}

// areas are what the reference means in a formula on the given sheet, moved by so many
// rows and columns; none if that is not on a sheet.
func (r reference) areas(sheet, rows, columns int) []Area {
	from, to := r.from.moved(rows, columns), r.to.moved(rows, columns)
	if !from.onSheet() || !to.onSheet() {
		return nil
	}
	first, last := r.sheet, r.lastSheet
	if first < 0 {
		first, last = sheet, sheet
	}
	areas := make([]Area, 0, last-first+1)
	for s := first; s <= last; s++ {
		areas = append(areas, Area{s, min(from.row, to.row), min(from.column, to.column), max(from.row, to.row), max(from.column, to.column)})
	}
	return areas
}

func (a Area) rows() int    { return a.LastRow - a.Row + 1 }
func (a Area) columns() int { return a.LastColumn - a.Column + 1 }
func (a Area) single() bool { return a.rows() == 1 && a.columns() == 1 }
func (a Area) first() Ref   { return Ref{a.Sheet, a.Row, a.Column} }

// key is a cell in eight bytes.
type key uint64

func (r Ref) key() key { return key(r.Sheet)<<34 | key(r.Row-1)<<14 | key(r.Column-1) }

func (k key) ref() Ref {
	return Ref{int(k >> 34), int(k>>14&(maxRow-1)) + 1, int(k&(maxColumn-1)) + 1}
}

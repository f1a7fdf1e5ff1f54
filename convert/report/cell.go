package report

import (
	"fmt"
	"strconv"
	"strings"
)

// Cell is the place of a cell in a workbook. The zero Cell is no place: the
// value did not come from a workbook, or its cell was not found.
//
// In a Word document the tables are the sheets, 表1, 表2 and so on, and a paragraph
// outside of them is a Cell that has its number as Row and nothing else. Where a report
// came as JSON that names no cells, a figure's place is its path: a Cell with the
// path as Sheet and nothing else.
type Cell struct {
	Sheet       string
	Row, Column int // from 1
}

// paragraphPrefix begins the name of a paragraph of a document: 段12.
const paragraphPrefix = "段"

// IsZero reports whether c is no place.
func (c Cell) IsZero() bool { return c == Cell{} }

// IsParagraph reports whether c is a paragraph of a document.
func (c Cell) IsParagraph() bool { return c.Row > 0 && c.Column == 0 }

// Name is the cell's address within its sheet: "D5", or the paragraph's: "段12".
func (c Cell) Name() string {
	switch {
	case c.Row == 0:
		return c.Sheet
	case c.IsParagraph():
		return paragraphPrefix + strconv.Itoa(c.Row)
	}
	return ColumnName(c.Column) + strconv.Itoa(c.Row)
}

// String is the cell's address in the workbook, "Sheet1!D5", or in the document,
// "表3!D6", "段12". The sheet's name is never quoted: this form is for people and for
// JSON, not for formulas.
func (c Cell) String() string {
	if c.Row == 0 {
		return c.Sheet
	}
	if c.IsParagraph() {
		return c.Name()
	}
	return c.Sheet + "!" + c.Name()
}

// ColumnName is the letters of a column counted from 1: 1 is A, 27 is AA.
func ColumnName(n int) string {
	var b [8]byte
	i := len(b)
	for ; n > 0 && i > 0; n = (n - 1) / 26 {
		i--
		b[i] = byte('A' + (n-1)%26)
	}
	return string(b[i:])
}

// ParseCell reads what [Cell.String] writes.
func ParseCell(s string) (Cell, error) {
	if n, ok := strings.CutPrefix(s, paragraphPrefix); ok {
		if row, err := strconv.Atoi(n); err == nil && row > 0 {
			return Cell{Row: row}, nil
		}
	}
	i := strings.LastIndexByte(s, '!')
	if i < 0 {
		return Cell{}, fmt.Errorf("%q is no cell: want Sheet1!D5", s)
	}
	c := Cell{Sheet: s[:i]}
	name := s[i+1:]
	n := 0
	for n < len(name) && n < 3 && name[n] >= 'A' && name[n] <= 'Z' {
		c.Column = c.Column*26 + int(name[n]-'A') + 1
		n++
	}
	row, err := strconv.Atoi(name[n:])
	if err != nil || row < 1 || row > 1<<20 || c.Column == 0 || name[n] == '+' {
		return Cell{}, fmt.Errorf("%q is no cell: want Sheet1!D5", s)
	}
	c.Row = row
	return c, nil
}

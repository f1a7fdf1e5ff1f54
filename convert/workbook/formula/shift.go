package formula

import (
	"strconv"
	"strings"
)

// For is the text of a formula as it stands in the cell with the given row and column: one
// that is shared has its references moved along.
func (f *Formula) For(row, column int) string {
	rows, columns := row-f.Row, column-f.Column
	if rows == 0 && columns == 0 || f.Array != (Area{}) {
		return f.Text
	}
	var b strings.Builder
	s := f.Text
	quote := byte(0)
	for i := 0; i < len(s); {
		c := s[i]
		if quote != 0 || c == '"' || c == '\'' {
			switch {
			case quote == 0:
				quote = c
			case quote == c:
				quote = 0
			}
			b.WriteByte(c)
			i++
			continue
		}
		j := i
		for j < len(s) && (s[j] == '$' || s[j] == '_' || s[j] == '.' || s[j] >= 0x80 || s[j] >= '0' && s[j] <= '9' || s[j]|0x20 >= 'a' && s[j]|0x20 <= 'z') {
			j++
		}
		if j == i {
			b.WriteByte(c)
			i++
			continue
		}
		word := s[i:j]
		if j < len(s) && (s[j] == '(' || s[j] == '!') { // a function, a sheet
			b.WriteString(word)
		} else {
			b.WriteString(movedWord(word, rows, columns, j < len(s) && s[j] == ':' || i > 0 && s[i-1] == ':'))
		}
		i = j
	}
	return b.String()
}

// movedWord is a word of a formula moved along if it is an address; a column or a row
// alone is one only beside a colon.
func movedWord(word string, rows, columns int, beside bool) string {
	c, kind, ok := parseCorner(word)
	if !ok || kind != wholeCell && !beside {
		return word
	}
	m := c.moved(rows, columns)
	if c.row > 0 && (m.row < 1 || m.row > maxRow) || c.column > 0 && (m.column < 1 || m.column > maxColumn) {
		return errRef.Text
	}
	var b strings.Builder
	if c.column > 0 {
		if c.fixedColumn {
			b.WriteByte('$')
		}
		b.WriteString(columnName(m.column))
	}
	if c.row > 0 {
		if c.fixedRow {
			b.WriteByte('$')
		}
		b.WriteString(strconv.Itoa(m.row))
	}
	return b.String()
}

// columnName is the name of a column: A, AB.
func columnName(n int) string {
	name := ""
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

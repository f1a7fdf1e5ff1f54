package workbook

import "strings"

// Shown is what a cell shows to who looks at it.
func Shown(c Cell) string {
	switch c.Kind {
	case dateCell:
		return ShowDate(c.Text, c.Kind)
	case percentCell:
		if n, err := StoredNumber(c.Text); err == nil {
			return n.Decimal().Shift(2).String() + "%"
		}
	case boolCell:
		if c.Text == "1" {
			return "TRUE"
		}
		return "FALSE"
	}
	return strings.TrimSpace(c.Text)
}

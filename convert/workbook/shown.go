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
	if c.Kind == NumberCell && (len(c.Text) > 15 || strings.ContainsAny(c.Text, "eE")) {
		if n, err := StoredNumber(c.Text); err == nil { // 12.300000000000001
			return n.String()
		}
	}
	return strings.TrimSpace(c.Text)
}

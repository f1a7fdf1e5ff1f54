package reader

import (
	"strings"
	"testing"

	"nianbao/convert/workbook"
)

// The number of a heading may stand in a cell of its own, and be padded.
func TestNumberInACellOfItsOwn(t *testing.T) {
	for _, c := range []struct {
		first, second string
		joined        bool
	}{
		{"一、", "总体情况", true},
		{"一、" + strings.Repeat(" ", 80), "总体情况", true},
		{"十、", "其他", true},
		{"一、总", "体情况", false},
		{"一", "总体情况", false},
		{"一、", "二、主动公开", false},
	} {
		cell := func(column int, text string) workbook.Cell {
			return workbook.Cell{Area: workbook.Area{Row: 3, Column: column, LastRow: 3, LastColumn: column}, Text: text}
		}
		p := pagesOf([]*workbook.Sheet{{Name: "一", Cells: []workbook.Cell{cell(1, c.first), cell(2, c.second)}}})[0]
		want := 2
		if c.joined {
			want = 1
		}
		if len(p.cells) != want || c.joined && (p.cells[0].core != c.second || p.cells[0].Text != strings.TrimSpace(c.first)+c.second) {
			t.Errorf("%q and %q: %d cells, the first %q", c.first, c.second, len(p.cells), p.cells[0].Text)
		}
	}
}

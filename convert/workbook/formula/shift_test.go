package formula

import "testing"

func TestFor(t *testing.T) {
	for _, c := range []struct {
		text        string
		row, column int
		want        string
	}{
		{"SUM(D6:I6)", 2, 1, "SUM(D7:I7)"},
		{"$A$1+A$1+$A1+A1", 3, 3, "$A$1+C$1+$A3+C3"},
		{`IF(A1="A1",'A1 表'!A1,LOG10(A1))`, 2, 1, `IF(A2="A1",'A1 表'!A2,LOG10(A2))`},
		{"SUM(A:A)+SUM(1:1)+A1%", 2, 2, "SUM(B:B)+SUM(2:2)+B2%"},
		{"Sheet1!A1+率+A1_b+TRUE+1E5", 2, 1, "Sheet1!A2+率+A1_b+TRUE+1E5"},
		{`"它说""A1"""&A1`, 2, 1, `"它说""A1"""&A2`},
		{"A1", 1, 1, "A1"},
		{"A1048576", 2, 1, "#REF!"},
	} {
		f := &Formula{Text: c.text, Row: 1, Column: 1}
		if got := f.For(c.row, c.column); got != c.want {
			t.Errorf("%s at row %d column %d: %s, want %s", c.text, c.row, c.column, got, c.want)
		}
	}
}

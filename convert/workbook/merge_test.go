package workbook

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
)

// Cells lie under merged areas as one would look for them one by one, whatever areas lie
// over one another.
func TestUncover(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		g := &Sheet{}
		for range random.IntN(12) {
			a := Area{Row: 1 + random.IntN(9), Column: 1 + random.IntN(9)}
			a.LastRow, a.LastColumn = a.Row+random.IntN(4), a.Column+random.IntN(4)
			if random.IntN(4) == 0 {
				a.LastRow, a.LastColumn = maxRow, maxColumn
			}
			g.merges = append(g.merges, a)
		}
		var covered []string
		for row := 1; row <= 12; row++ {
			for _, column := range []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, maxColumn} {
				g.Cells = append(g.Cells, Cell{Area: Area{row, column, row, column}, Text: "x"})
				first := slices.ContainsFunc(g.merges, func(a Area) bool { return a.Row == row && a.Column == column })
				if !first && slices.ContainsFunc(g.merges, func(a Area) bool { return a.Contains(row, column) }) {
					covered = append(covered, fmt.Sprint(row, column))
				}
			}
		}
		n := len(g.Cells)
		g.finish()
		var got []string
		for _, c := range g.Covered {
			got = append(got, fmt.Sprint(c.Row, c.Column))
		}
		if !slices.Equal(got, covered) || len(g.Cells)+len(got) != n {
			t.Fatalf("%v: %v, want %v", g.merges, got, covered)
		}
	}
}

package reader

import (
	"strings"

	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// sumOf is what the sheet 来源 says of a sum.
func sumOf(g *workbook.Sheet) *report.Sum {
	s := new(report.Sum)
	for i := 0; i < len(g.Cells); {
		row := g.Cells[i].Row
		var text [4]string // of the first columns
		for ; i < len(g.Cells) && g.Cells[i].Row == row; i++ {
			if c := g.Cells[i].Column; c < len(text) {
				text[c] = strings.TrimSpace(g.Cells[i].Text)
			}
		}
		why, out := strings.CutPrefix(text[3], workbook.LeftOutMark)
		switch {
		case row < workbook.FirstSource:
		case out:
			s.LeftOut = append(s.LeftOut, report.Excluded{Organization: text[1], File: text[2], Why: why})
		case text[1] != "":
			s.Bodies = append(s.Bodies, text[1])
		}
	}
	return s
}

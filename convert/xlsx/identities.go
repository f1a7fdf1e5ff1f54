package xlsx

import (
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// redden has the spreadsheet program mark figures while they are typed: where the two
// sides of an identity do not add up to the same, its total turns red or, if there is
// more than one figure on the left, all of both sides. cells are the figures' cells.
func (d *drawing) redden(sheet string, t *form.Table, cells map[report.Path]string) {
	red, err := d.NewConditionalStyle(&excelize.Style{
		Font: &excelize.Font{Color: "9C0006", Bold: true},
		Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"FFC7CE"}},
	})
	d.check(err)
	for _, id := range t.Identities {
		for _, line := range identityLines(t, id) {
			left, right := cellsOf(line, id.Left, cells), cellsOf(line, id.Right, cells)
			if len(left) != len(id.Left) || len(right) != len(id.Right) {
				continue
			}
			marked := left
			if len(left) > 1 {
				marked = append(left[:len(left):len(left)], right...)
			}
			rule := "ROUND(SUM(" + fixed(left) + ")-SUM(" + fixed(right) + "),6)<>0"
			for _, cell := range marked {
				d.check(d.SetConditionalFormat(sheet, cell, []excelize.ConditionalFormatOptions{{Type: "formula", Criteria: rule, Format: &red}}))
			}
		}
	}
}

// identityLines are the rows or columns that an identity holds in, each as the path of a figure
// of which the other part is to be filled in.
func identityLines(t *form.Table, id form.Identity) []report.Path {
	var lines []report.Path
	seen := map[string]bool{}
	for _, r := range t.Rows() {
		if id.Each == form.EachRow {
			lines = append(lines, report.Path{Table: t.Key, Row: r.Key})
			continue
		}
		for _, c := range r.Columns {
			if !seen[c.Key] {
				seen[c.Key] = true
				lines = append(lines, report.Path{Table: t.Key, Column: c.Key})
			}
		}
	}
	return lines
}

// cellsOf are the cells of a line's figures.
func cellsOf(line report.Path, keys []string, cells map[report.Path]string) []string {
	var found []string
	for _, k := range keys {
		p := line
		if p.Row == "" {
			p.Row = k
		} else {
			p.Column = k
		}
		if c, ok := cells[p]; ok {
			found = append(found, c)
		}
	}
	return found
}

// fixed lists cells for a sum by addresses that do not move.
func fixed(cells []string) string {
	parts := strings.FieldsFunc(joinCells(cells), func(r rune) bool { return r == ',' })
	for i, p := range parts {
		ends := strings.Split(p, ":")
		for j, cell := range ends {
			n := strings.IndexAny(cell, "0123456789")
			ends[j] = "$" + cell[:n] + "$" + cell[n:]
		}
		parts[i] = strings.Join(ends, ":")
	}
	return strings.Join(parts, ",")
}

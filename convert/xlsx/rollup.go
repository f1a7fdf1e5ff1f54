package xlsx

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// Contribution is what one organization adds to a sum.
type Contribution struct {
	Organization string
	File         string
	Figures      []report.Number // in the form's order
	Sections     []report.Section
}

// Exclusion is what is not in a sum: a report, or a body that sent none, and why.
type Exclusion struct{ Organization, File, Why string }

// WriteRollup writes a sum as a normalized workbook, with a sheet 来源 that gives
// each contributor's share of every figure and a sheet 各单位文字 with the
// contributors' own texts, for whoever writes those of the sum. Reading the
// workbook back leaves both sheets out.
func WriteRollup(w io.Writer, r *report.Report, parts []Contribution, without []Exclusion) error {
	n, err := newNormalized(r)
	if err != nil {
		return err
	}
	n.sheets()
	n.sources(parts, without)
	n.texts(parts)
	return n.save(w, r.Title)
}

// sources lists the shares: a row a contributor, a column a figure. Below stand those
// that are not in the sum.
func (n *normalized) sources(parts []Contribution, without []Exclusion) {
	s := n.addSheet(workbook.SourceSheet, true)
	n.check(n.SetColWidth(s, "A", "A", 30))
	n.check(n.SetColWidth(s, "B", "B", 40))
	for i, h := range workbook.SourceHead {
		n.put(s, 1, i+1, h, labelStyle)
	}
	n.put(s, 2, 1, "", labelStyle)
	n.put(s, 2, 2, "", labelStyle)
	n.put(s, 3, 1, "合计", labelStyle)
	n.put(s, 3, 2, fmt.Sprintf("%d 份", len(parts)), labelStyle)
	const firstPart = workbook.FirstSource
	for i, p := range parts {
		n.put(s, firstPart+i, 1, p.Organization, rowStyle)
		n.put(s, firstPart+i, 2, p.File, rowStyle)
		n.check(n.SetRowHeight(s, firstPart+i, 15*max(lines(p.Organization, 28), lines(p.File, 38))))
	}
	end := firstPart + len(parts) - 1
	for i, x := range without {
		row := end + 2 + i
		n.put(s, row, 1, x.Organization, rowStyle)
		n.put(s, row, 2, x.File, rowStyle)
		n.put(s, row, 3, workbook.LeftOutMark+x.Why, rowStyle)
	}
	if len(without) > 0 {
		end += 1 + len(without)
	}
	column := 3
	for _, ft := range n.form.Tables {
		t := n.report.Table(ft.Key)
		for _, fr := range ft.Rows() {
			for _, fc := range fr.Columns {
				n.put(s, 1, column, sourceLabel(fr, fc), labelStyle)
				n.put(s, 2, column, report.Path{Table: ft.Key, Row: fr.Key, Column: fc.Key}.String(), labelStyle)
				n.share(s, 3, column, t.Row(fr.Key).Figure(fc.Key).Value)
				for i, p := range parts {
					n.share(s, firstPart+i, column, p.Figures[column-3])
				}
				column++
			}
		}
	}
	last := report.Cell{Row: end, Column: column - 1}
	n.check(n.SetColWidth(s, "C", report.ColumnName(last.Column), 14))
	n.check(n.SetRowHeight(s, 1, 80))
	n.check(n.SetRowVisible(s, 2, false))                                          // paths are for programs
	n.check(n.SetSheetProps(s, &excelize.SheetPropsOptions{FitToPage: new(bool)})) // it is far too wide
	scale := uint(45)                                                              // some twenty figures of sixty bodies a page
	n.check(n.SetPageLayout(s, &excelize.PageLayoutOptions{AdjustTo: &scale}))
	n.check(n.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: workbook.SourceSheet + "!$A:$A," + workbook.SourceSheet + "!$1:$3", Scope: s}))
	n.check(n.SetPanes(s, &excelize.Panes{Freeze: true, XSplit: 2, YSplit: 3, TopLeftCell: "C4", ActivePane: "bottomRight"}))
	n.used(s, last.Row, last.Column)
}

func sourceLabel(r form.Row, c form.Column) string {
	label := r.Label
	if len(r.Parents) > 0 {
		label = r.Parents[len(r.Parents)-1] + " / " + label
	}
	return label + " · " + c.Label
}

func (n *normalized) share(sheet string, row, column int, v report.Number) {
	cell := n.put(sheet, row, column, nil, figureStyle)
	if !v.Blank() {
		n.number(sheet, cell, v)
	}
}

// texts lists the contributors' paragraphs, section by section.
func (n *normalized) texts(parts []Contribution) {
	s := n.addSheet(workbook.TextsSheet, true)
	for i, w := range []float64{22, 28, 90} {
		c := report.ColumnName(i + 1)
		n.check(n.SetColWidth(s, c, c, w))
		n.put(s, 1, i+1, workbook.TextsHead[i], labelStyle)
	}
	row := 1
	for _, sec := range n.form.Sections {
		if sec.Table != "" {
			continue
		}
		for _, p := range parts {
			for _, text := range paragraphsOf(p.Sections, sec.Key) {
				row++
				n.put(s, row, 1, sec.Label, rowStyle)
				n.put(s, row, 2, p.Organization, rowStyle)
				n.put(s, row, 3, text, rowStyle)
				high := max(lines(sec.Label, 20), lines(p.Organization, 26), lines(text, 88))
				n.check(n.SetRowHeight(s, row, min(409, 6+15*high)))
			}
		}
	}
	n.check(n.SetPanes(s, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	n.check(n.AutoFilter(s, fmt.Sprintf("A1:C%d", max(row, 2)), nil))
	n.fitToPage(s)
	n.used(s, row, len(workbook.TextsHead))
}

// paragraphsOf are the paragraphs of a section, none longer than a cell can hold.
func paragraphsOf(sections []report.Section, key string) []string {
	var all []string
	for _, s := range sections {
		if s.Key != key {
			continue
		}
		for _, p := range s.Paragraphs {
			if text := strings.TrimSpace(p.Text); text != "" {
				all = append(all, inCells(text)...)
			}
		}
	}
	return all
}

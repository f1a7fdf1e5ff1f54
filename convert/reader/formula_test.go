package reader

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
)

// formulaNotesOf are the notes on formulas.
func formulaNotesOf(r *report.Report) []report.Note {
	var notes []report.Note
	for _, n := range r.Notes {
		switch n.Kind {
		case report.Computed, report.Outdated, report.Recalculated, report.SpreadsheetError:
			notes = append(notes, n)
		}
	}
	return notes
}

func TestFormulasOfText(t *testing.T) {
	const overview = "一 总体情况"
	for _, c := range []struct {
		name, formula string
		text          string // of the last paragraph
		want          []report.Note
	}{
		{"computed", `"全年收到"&5&"件。"`, "全年收到5件。", nil},
		{"not computed", `"截至"&TEXT(TODAY(),"yyyy年m月d日")`, "", []report.Note{{Kind: report.SpreadsheetError, Path: report.Path{Table: "overview"}, Cells: []report.Cell{{Sheet: overview, Row: 9, Column: 1}}, Text: `="截至"&TEXT(TODAY(),"yyyy年m月d日")`, Why: report.NotComputed, Read: "TODAY"}}},
		{"an error", `"共"&1/0`, "", []report.Note{{Kind: report.SpreadsheetError, Path: report.Path{Table: "overview"}, Cells: []report.Cell{{Sheet: overview, Row: 9, Column: 1}}, Text: `="共"&1/0`, Read: "#DIV/0!"}}},
		{"nothing", `""`, "", nil},
	} {
		r := edit(t, pageSheet, func(f *excelize.File) {
			f.SetCellValue(overview, "A9", nil)
			if err := f.SetCellFormula(overview, "A9", c.formula); err != nil {
				t.Fatal(err)
			}
		})
		if d := cmp.Diff(c.want, formulaNotesOf(r)); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
		text := ""
		for _, p := range r.Section("overview").Paragraphs {
			if p.Cell.Row == 9 {
				text = p.Text
			}
		}
		if text != c.text {
			t.Errorf("%s: printed %q, want %q", c.name, text, c.text)
		}
	}
}

// What the cover says may be a formula; one without a result is not taken for nothing.
func TestFormulasOfCover(t *testing.T) {
	for _, c := range []struct {
		formula string
		other   string // the year that the cover gives, if it is not the title's
		want    []report.Note
	}{
		{"2000+24", "", nil},
		{"2000+23", "2023", nil},
		{"YEAR(TODAY())", "", []report.Note{{Kind: report.SpreadsheetError, Cells: []report.Cell{{Sheet: "封面", Row: 4, Column: 2}}, Text: "=YEAR(TODAY())", Read: "TODAY", Why: report.NotComputed}}},
	} {
		r := edit(t, pageSheet, func(f *excelize.File) {
			f.SetCellValue("封面", "B4", nil)
			if err := f.SetCellFormula("封面", "B4", c.formula); err != nil {
				t.Fatal(err)
			}
		})
		if d := cmp.Diff(c.want, formulaNotesOf(r)); d != "" {
			t.Errorf("=%s: %s", c.formula, d)
		}
		other := ""
		for _, n := range r.Notes {
			if n.Kind == report.Disagreement && n.Path.Table == "year" {
				other = n.Read
			}
		}
		if other != c.other {
			t.Errorf("=%s: the cover's other year is %q, want %q", c.formula, other, c.other)
		}
	}
}

func TestOutdatedResults(t *testing.T) {
	src, err := os.ReadFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	stale := replacePart(t, src, "xl/worksheets/sheet4.xml", func(s string) string {
		return replaceCell(s, "J8", `<f>SUM(D8:I8)</f><v>7</v>`)
	})
	path := report.Path{Table: "applications", Row: "granted", Column: "total"}
	note := report.Note{Path: path, Cells: []report.Cell{{Sheet: applications, Row: 8, Column: 10}}, Text: "7", Read: "6"}
	for _, recalculate := range []bool{false, true} {
		counts := "7"
		note.Kind = report.Outdated
		if recalculate {
			counts = "6"
			note.Kind = report.Recalculated
		}
		r := readBytes(t, askToRecalculate(t, stale, recalculate))
		if d := cmp.Diff([]report.Note{note}, formulaNotesOf(r)); d != "" {
			t.Errorf("recalculate %v: %s", recalculate, d)
		}
		if got := r.Figure("applications", "granted", "total").Value.String(); got != counts {
			t.Errorf("recalculate %v: %s counts, want %s", recalculate, got, counts)
		}
	}
	// What is stored is what the formula gives.
	right := replacePart(t, src, "xl/worksheets/sheet4.xml", func(s string) string {
		return replaceCell(s, "J8", `<f>SUM(D8:I8)</f><v>6</v>`)
	})
	for _, recalculate := range []bool{false, true} {
		if notes := formulaNotesOf(readBytes(t, askToRecalculate(t, right, recalculate))); len(notes) > 0 {
			t.Errorf("of results that are right: %+v", notes)
		}
	}
}

// replaceCell gives a cell of a worksheet other content.
func replaceCell(sheet, cell, content string) string {
	return regexp.MustCompile(`(<c r="`+cell+`"[^>]*>).*?</c>`).ReplaceAllString(sheet, "${1}"+content+"</c>")
}

// askToRecalculate makes the workbook ask, or not ask, for its formulas to be computed.
func askToRecalculate(t *testing.T, src []byte, yes bool) []byte {
	return replacePart(t, src, "xl/workbook.xml", func(s string) string {
		s = strings.Replace(s, ` fullCalcOnLoad="1"`, "", 1)
		if yes {
			s = strings.Replace(s, "<calcPr ", `<calcPr fullCalcOnLoad="true" `, 1)
		}
		return s
	})
}

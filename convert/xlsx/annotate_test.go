package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/annotation"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

func annotated(t testing.TB, src []byte, marks ...annotation.Mark) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Annotate(context.Background(), &b, src, marks, workbook.Limits{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAnnotate(t *testing.T) {
	// A submission with a style, a comment, a formula and a print area to keep.
	f, err := excelize.OpenFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	bold, _ := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "112233"}, NumFmt: 3})
	f.SetCellStyle(applications, "D8", "D8", bold)
	f.SetCellFormula(applications, "J8", "SUM(D8:I8)")
	f.AddComment(applications, excelize.Comment{Cell: "D8", Author: "张三", Text: "已核对"})
	f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "'" + applications + "'!$A$1:$J$30", Scope: applications})
	in, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	before := bytes.Clone(in.Bytes())

	at := func(cell string) report.Cell {
		row, column, _ := workbook.ParseRef(cell)
		return report.Cell{Sheet: applications, Row: row, Column: column}
	}
	src := annotated(t, in.Bytes(),
		annotation.Mark{Rule: "R204", Cells: []report.Cell{at("D8"), at("E8")}, Marked: 2, Message: "空白"},
		annotation.Mark{Rule: "A101", Error: true, Cells: []report.Cell{at("D8"), at("F8")}, Marked: 1, Message: "=合计不符", Expected: "7", Actual: "6", Detail: "应填数 7，填报数 6", Advice: "改正"},
		annotation.Mark{Rule: "R301", Error: true, Message: "没有年份"})
	if !bytes.Equal(before, in.Bytes()) {
		t.Error("the submission was changed")
	}
	g, err := excelize.OpenReader(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	defer g.Close()

	if got := g.GetSheetList()[0]; got != workbook.ResultSheet {
		t.Errorf("the first sheet is %s", got)
	}
	fill := func(cell string) string {
		id, err := g.GetCellStyle(applications, cell)
		if err != nil {
			t.Fatal(err)
		}
		s, err := g.GetStyle(id)
		if err != nil || len(s.Fill.Color) == 0 {
			return ""
		}
		if cell == "D8" && (s.Font == nil || !s.Font.Bold || s.NumFmt != 3) {
			t.Errorf("%s lost its style: %+v", cell, s)
		}
		return s.Fill.Color[0]
	}
	for cell, want := range map[string]string{"D8": annotation.ErrorFill, "E8": annotation.WarningFill, "F8": "", "D9": ""} {
		if got := fill(cell); got != want {
			t.Errorf("%s is filled %q, want %q", cell, got, want)
		}
	}
	comments, _ := g.GetComments(applications)
	texts := map[string]string{}
	for _, c := range comments {
		texts[c.Cell] += c.Text
		for _, run := range c.Paragraph {
			texts[c.Cell] += run.Text
		}
	}
	for _, want := range []string{"【错误 A101】", "应填数 7，填报数 6", "【警告 R204】空白", "已核对"} {
		if !strings.Contains(texts["D8"], want) {
			t.Errorf("the comment on D8 lacks %q: %q", want, texts["D8"])
		}
	}
	if texts["F8"] != "" {
		t.Errorf("F8 has a comment: %q", texts["F8"])
	}
	// Errors come first; a text that begins with = is no formula; places are links.
	for cell, want := range map[string]string{"C3": "A101", "F3": "=合计不符\n涉及2个单元格：D8、F8", "C4": "R301", "E4": "", "C5": "R204"} {
		if got, _ := g.GetCellValue(workbook.ResultSheet, cell); got != want {
			t.Errorf("%s!%s is %q, want %q", workbook.ResultSheet, cell, got, want)
		}
	}
	if formula, _ := g.GetCellFormula(workbook.ResultSheet, "F3"); formula != "" {
		t.Errorf("a message became the formula %s", formula)
	}
	if ok, link, _ := g.GetCellHyperLink(workbook.ResultSheet, "E3"); !ok || link != "'"+applications+"'!D8" {
		t.Errorf("the link goes to %q", link)
	}
	if formula, _ := g.GetCellFormula(applications, "J8"); formula != "SUM(D8:I8)" {
		t.Errorf("the formula is %q", formula)
	}
	for _, n := range g.GetDefinedName() {
		if n.Name == "_xlnm.Print_Area" && n.Scope != applications {
			t.Errorf("the print area is now of %s", n.Scope)
		}
	}
	if !bytes.Equal(src, annotated(t, in.Bytes(),
		annotation.Mark{Rule: "R204", Cells: []report.Cell{at("D8"), at("E8")}, Marked: 2, Message: "空白"},
		annotation.Mark{Rule: "A101", Error: true, Cells: []report.Cell{at("D8"), at("F8")}, Marked: 1, Message: "=合计不符", Expected: "7", Actual: "6", Detail: "应填数 7，填报数 6", Advice: "改正"},
		annotation.Mark{Rule: "R301", Error: true, Message: "没有年份"})) {
		t.Error("the same marks, other bytes")
	}
}

// A marked copy that is corrected and sent back is a form like any other, and can
// be marked again.
func TestAnnotateAgain(t *testing.T) {
	src, err := os.ReadFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	mark := annotation.Mark{Rule: "A101", Error: true, Cells: []report.Cell{{Sheet: applications, Row: 8, Column: 4}}, Marked: 1, Message: "第一次"}
	once := annotated(t, src, mark)
	if want, got := jsonOf(t, readBytes(t, src)), jsonOf(t, readBytes(t, once)); want != got {
		t.Errorf("the marked copy reads differently: %s", got)
	}
	mark.Message = "第二次"
	f, err := excelize.OpenReader(bytes.NewReader(annotated(t, once, mark)))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sheets := f.GetSheetList()
	if sheets[0] != workbook.ResultSheet || strings.Count(strings.Join(sheets, " "), workbook.ResultSheet) != 1 {
		t.Errorf("sheets %q", sheets)
	}
	if got, _ := f.GetCellValue(workbook.ResultSheet, "F3"); got != "第二次" {
		t.Errorf("the findings are of %q", got)
	}
}

// The marked copy of a workbook with macros has none: its extension says so.
func TestAnnotateDropsMacros(t *testing.T) {
	f, err := excelize.OpenFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.AddVBAProject(append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2000)...)); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "宏.xlsm")
	if err := f.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	in, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(partOf(t, in, "[Content_Types].xml"), []byte("macroEnabled")) {
		t.Fatal("the submission has no macros")
	}
	src := annotated(t, in)
	for _, part := range []string{"[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/vbaProject.bin"} {
		if b := partOf(t, src, part); bytes.Contains(b, []byte("macro")) || bytes.Contains(b, []byte("vba")) {
			t.Errorf("%s: %s", part, b)
		}
	}
}

// partOf is a part of a package, nil if there is none.
func partOf(t *testing.T, src []byte, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	r, err := z.Open(name)
	if err != nil {
		return nil
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

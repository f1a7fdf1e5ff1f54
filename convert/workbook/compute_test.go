package workbook

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"nianbao/convert/report"
)

// packed makes a workbook of the given parts besides those that every workbook has.
func packed(t testing.TB, workbook string, sheets ...string) []byte {
	t.Helper()
	parts := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r">` + workbook + `</workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/worksheet" Target="worksheets/sheet2.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/><Relationship Id="r4" Type="x/chartsheet" Target="chart.xml"/><Relationship Id="r5" Type="x/worksheet" Target="worksheets/sheet3.xml"/></Relationships>`,
		"xl/styles.xml":              `<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/></cellXfs></styleSheet>`,
	}
	for i, s := range sheets {
		parts["xl/worksheets/sheet"+string(rune('1'+i))+".xml"] = `<worksheet><sheetData>` + s + `</sheetData></worksheet>`
	}
	return packageOf(t, parts)
}

// computed opens a workbook and computes its formulas.
func computed(t testing.TB, src []byte) *Book {
	t.Helper()
	ctx := context.Background()
	b, err := Open(ctx, src, Limits{}.WithDefaults())
	if err == nil {
		err = b.ReadSheets(ctx)
	}
	if err == nil {
		err = b.Compute(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const (
	oneSheet  = `<sheets><sheet name="S" r:id="r1"/></sheets>`
	twoSheets = `<sheets><sheet name="S" r:id="r1"/><sheet name="图" r:id="r4"/><sheet name="表 二" r:id="r2"/></sheets>`
)

func TestCompute(t *testing.T) {
	for _, c := range []struct {
		name, workbook string
		sheets         []string
		row, column    int
		want           string // what the cell shows; =… for its formula where it has no result
	}{
		{"a shared formula", oneSheet, []string{`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><f t="shared" ref="C1:C3" si="4">SUM(A1:B1)*A$1</f></c></row><row r="2"><c r="A2"><v>5</v></c><c r="C2"><f t="shared" si="4"/></c></row>`}, 2, 3, "5"},
		{"an array formula whose other cells are not in the file", oneSheet, []string{`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="array" ref="B1:B2">A1:A2*10</f></c></row><row r="2"><c r="A2"><v>5</v></c></row>`}, 2, 2, "50"},
		{"an array formula over everything", oneSheet, []string{`<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="array" ref="B1:XFD1048576">A1*10</f></c></row>`}, 1, 2, "10"},
		{"names of the workbook, of a sheet behind a chart", twoSheets + `<definedNames><definedName name="率">0.13</definedName><definedName name="合计" localSheetId="2">SUM('表 二'!$A$1:$A$2)</definedName></definedNames>`,
			[]string{`<row r="1"><c r="A1"><f>'表 二'!B1*率</f></c></row>`, `<row r="1"><c r="A1"><v>4</v></c><c r="B1"><f>合计</f></c></row><row r="2"><c r="A2"><v>6</v></c></row>`}, 1, 1, "1.3"},
		{"a name of another sheet", twoSheets + `<definedNames><definedName name="合计" localSheetId="2">7</definedName></definedNames>`, []string{`<row r="1"><c r="A1"><f>合计</f></c></row>`, ``}, 1, 1, "=合计"},
		{"a date", oneSheet, []string{`<row r="1"><c r="A1" s="1"><f>DATE(2025,1,20)</f></c></row>`}, 1, 1, "2025年1月20日"},
		{"a date that counts from 1904", `<workbookPr date1904="1"/>` + oneSheet, []string{`<row r="1"><c r="A1" s="1"><f>DATE(2025,1,20)</f></c></row>`}, 1, 1, "2025年1月20日"},
		{"a stored date that counts from 1904", `<workbookPr date1904="1"/>` + oneSheet, []string{`<row r="1"><c r="A1" s="1"><v>0</v></c><c r="B1"><f>YEAR(A1)</f></c></row>`}, 1, 2, "1904"},
		{"a percentage", oneSheet, []string{`<row r="1"><c r="A1" s="2"><f>1/4</f></c></row>`}, 1, 1, "25%"},
		{"a text", oneSheet, []string{`<row r="1"><c r="A1"><f>"共"&amp;5&amp;"件"</f></c></row>`}, 1, 1, "共5件"},
		{"a formula that shows nothing", oneSheet, []string{`<row r="1"><c r="A1" t="str"><f>""</f><v></v></c><c r="B1"><f>COUNTA(A1)</f></c></row>`}, 1, 2, "1"},
		{"an error", oneSheet, []string{`<row r="1"><c r="A1"><f>1/0</f></c></row>`}, 1, 1, "#DIV/0!"},
		{"an error that became text", oneSheet, []string{`<row r="1"><c r="A1" t="str"><v>#REF!</v></c><c r="B1"><f>SUM(A1:A2)</f></c></row>`}, 1, 2, "#REF!"},
		{"a stored result counts", oneSheet, []string{`<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1"><f>A1+1</f></c></row>`}, 1, 2, "8"},
		{"a stored result does not count if the file asks for that", oneSheet + `<calcPr fullCalcOnLoad="1"/>`, []string{`<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1"><f>A1+1</f></c></row>`}, 1, 2, "3"},
		{"a stored result that cannot be computed", oneSheet + `<calcPr fullCalcOnLoad="1"/>`, []string{`<row r="1"><c r="A1"><f>TODAY()</f><v>7</v></c></row>`}, 1, 1, "7"},
		{"a stored result of nothing, if the file asks for that", oneSheet + `<calcPr fullCalcOnLoad="1"/>`, []string{`<row r="1"><c r="A1" t="str"><f>"a"&amp;1</f><v></v></c></row>`}, 1, 1, "a1"},
		{"a circle that is meant", oneSheet + `<calcPr fullCalcOnLoad="1" iterate="1"/>`, []string{`<row r="1"><c r="A1"><f>A1+1</f><v>7</v></c></row>`}, 1, 1, "7"},
		{"a circle", oneSheet + `<calcPr fullCalcOnLoad="1"/>`, []string{`<row r="1"><c r="A1"><f>A1+1</f><v>7</v></c></row>`}, 1, 1, "=A1+1"},
		{"spaces between texts", oneSheet, []string{`<row r="1"><c r="A1" t="str"><v>a</v></c><c r="B1" t="str"><v> </v></c><c r="C1" t="str"><v>b</v></c><c r="D1"><f>_xlfn.CONCAT(A1:C1)</f></c></row>`}, 1, 4, "a b"},
		{"the clock", oneSheet, []string{`<row r="1"><c r="A1"><f>TODAY()</f></c></row>`}, 1, 1, "=TODAY()"},
		{"a data table", oneSheet, []string{`<row r="1"><c r="A1"><f t="dataTable" ref="A1:A2" r1="B1"/></c></row>`}, 1, 1, "="},
	} {
		b := computed(t, packed(t, c.workbook, c.sheets...))
		cell := b.Sheets[0].find(c.row, c.column)
		if cell == nil {
			t.Errorf("%s: no cell", c.name)
			continue
		}
		got := Shown(*cell)
		if cell.Kind == NoResult {
			got = cell.Formula()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q (%+v)", c.name, got, c.want, b.Failure(b.Sheets[0].At(cell.Area)))
		}
	}
}

func TestFailure(t *testing.T) {
	b := computed(t, packed(t, oneSheet, `<row r="1"><c r="A1"><f>B1+1</f></c><c r="B1"><f>RAND()</f></c><c r="C1"><f>D1</f></c><c r="D1"><f>C1</f></c></row>`))
	at := func(column int) report.Cell { return report.Cell{Sheet: "S", Row: 1, Column: column} }
	for column, want := range map[int]Failure{1: {NotComputed, "RAND", at(2)}, 2: {NotComputed, "RAND", at(2)}} {
		if got := b.Failure(at(column)); got != want {
			t.Errorf("column %d: %+v, want %+v", column, got, want)
		}
	}
	for _, column := range []int{3, 4} {
		if got := b.Failure(at(column)); got.Reason != Circular {
			t.Errorf("column %d: %+v", column, got)
		}
	}
}

func TestOutdated(t *testing.T) {
	cells := `<row r="1"><c r="A1"><v>0.1</v></c><c r="B1"><v>0.2</v></c>` +
		`<c r="C1"><f>A1+B1</f><v>0.30000000000000004</v></c><c r="D1"><f>A1+B1</f><v>0.4</v></c><c r="E1"><f>D1*10</f><v>4</v></c>` +
		`<c r="F1" t="str"><f>"a"&amp;1</f><v>a2</v></c><c r="G1"><f>TODAY()</f><v>9</v></c><c r="H1"><f>G1+1</f><v>10</v></c><c r="I1"><f>G1+1</f><v>11</v></c>` +
		`<c r="J1" t="b"><f>1=1</f><v>1</v></c><c r="K1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="L1"><f>L1+1</f><v>5</v></c><c r="M1"><f>1+1</f></c><c r="N1"><v>5</v></c><c r="O1" t="str"><f>1+1</f><v>2</v></c></row>`
	for _, recalculate := range []bool{false, true} {
		book := oneSheet
		if recalculate {
			book += `<calcPr fullCalcOnLoad="1"/>`
		}
		b := computed(t, packed(t, book, cells))
		want := map[int]Outdated{4: {"0.4", "0.3"}, 5: {"4", "3"}, 6: {"a2", "a1"}, 9: {"11", "10"}}
		for column := 1; column <= 15; column++ {
			got, differs, err := b.Outdated(context.Background(), report.Cell{Sheet: "S", Row: 1, Column: column})
			if w, ok := want[column]; err != nil || differs != ok || got != w {
				t.Errorf("recalculate %v, column %d: %v %v %v, want %v", recalculate, column, got, differs, err, w)
			}
		}
		shown := Shown(*b.Sheets[0].find(1, 4))
		if want := map[bool]string{false: "0.4", true: "0.3"}[recalculate]; shown != want {
			t.Errorf("recalculate %v: %s counts, want %s", recalculate, shown, want)
		}
	}
	// Numbers as they are shown are no numbers that this program computes with.
	b := computed(t, packed(t, oneSheet+`<calcPr fullPrecision="0"/>`, cells))
	if _, differs, _ := b.Outdated(context.Background(), report.Cell{Sheet: "S", Row: 1, Column: 4}); differs {
		t.Error("compared although the workbook rounds")
	}
}

// What lies under a merged area shows nowhere, but spreadsheet programs add it up.
func TestCoveredCellsAreComputedWith(t *testing.T) {
	cells := `<row r="1"><c r="A1"><v>6</v></c><c r="B1"><f>SUM(A1:A2)</f><v>105</v></c><c r="C1"><f>SUM(A1:A2)</f></c><c r="D1"><f>SUMPRODUCT(A1:A9)</f></c>` +
		`<c r="E1"><f>A2</f></c><c r="F1"><f>SUM(A1:A1)</f><v>6</v></c></row><row r="2"><c r="A2"><v>99</v></c></row></sheetData><mergeCells><mergeCell ref="A1:A2"/></mergeCells><sheetData>`
	b := computed(t, packed(t, oneSheet, cells))
	g := b.Sheets[0]
	for column, want := range []string{1: "6", "105", "105", "105", "99", "6"} {
		if column > 0 && Shown(*g.find(1, column)) != want {
			t.Errorf("column %d is %s, want %s", column, Shown(*g.find(1, column)), want)
		}
		if got, differs, err := b.Outdated(t.Context(), report.Cell{Sheet: "S", Row: 1, Column: column}); differs || err != nil {
			t.Errorf("column %d: %v %v", column, got, err)
		}
	}
	if len(g.Covered) != 1 || g.Covered[0].Text != "99" {
		t.Errorf("covered are %+v", g.Covered)
	}
}

// A form has its totals, however many formulas another sheet has.
func TestFewFormulasGoFirst(t *testing.T) {
	var many strings.Builder
	for row := 1; row <= 5000; row++ {
		fmt.Fprintf(&many, `<row r="%d"><c r="A%d"><f>SUM(B1:B5000)</f></c><c r="B%d"><v>1</v></c></row>`, row, row, row)
	}
	b := computed(t, packed(t, `<sheets><sheet name="名单" r:id="r2"/><sheet name="S" r:id="r1"/></sheets>`, `<row r="1"><c r="A1"><f>SUM(名单!B1:B9)</f></c></row>`, many.String()))
	if got := Shown(*b.Sheets[1].find(1, 1)); got != "9" {
		t.Errorf("the form's total is %q", got)
	}
	last := report.Cell{Sheet: "名单", Row: 5000, Column: 1}
	if got := b.Failure(last); got.Reason != TooMuch {
		t.Errorf("the last of a long list: %+v", got)
	}
}

//go:build interop

package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nianbao/convert/workbook/formula"
)

// generator makes formulas of a kind over the sheets of interopSheets. Each draws from what
// forms and their helpers use; none takes the clock or chance.
type generator struct{ *rand.Rand }

func (g generator) pick(s ...string) string { return s[g.IntN(len(s))] }

// number is a formula that gives a number, mostly.
func (g generator) number(depth int) string {
	if depth == 0 {
		return g.pick("A1", "$A$2", "A3", "A7", "B4", "C2", "'表 二'!A1", "数据!B3", "3", "0.1", "12.345", "-7", "1E3", "25%", "率", "Z9")
	}
	n, d := func() string { return g.number(depth - 1) }, func() string { return g.pick("0", "1", "2", "-1") }
	switch g.IntN(32) {
	case 0, 1:
		return "(" + n() + g.pick("+", "-", "*", "/") + n() + ")"
	case 2:
		return "-" + n() + "^2"
	case 3:
		return n() + "%"
	case 4, 5:
		return "SUM(" + g.area() + "," + n() + ")"
	case 6:
		return "SUMIF(" + g.column() + "," + g.criterion() + "," + g.column() + ")"
	case 7:
		return "SUMIFS(A1:A12," + g.column() + "," + g.criterion() + "," + g.column() + "," + g.criterion() + ")"
	case 8:
		return "COUNTIF(" + g.column() + "," + g.criterion() + ")"
	case 9:
		return "COUNTIFS(" + g.column() + "," + g.criterion() + "," + g.column() + "," + g.criterion() + ")"
	case 10:
		return "SUMPRODUCT((" + g.column() + g.pick(">", "=", "<>", "<=") + n() + ")*A1:A12)"
	case 11:
		return "SUMPRODUCT(A1:A12,B1:B12)"
	case 12:
		return g.pick("COUNT", "COUNTA", "MAX", "MIN", "AVERAGE", "PRODUCT") + "(" + g.area() + ")"
	case 13:
		return g.pick("ROUND", "ROUNDUP", "ROUNDDOWN") + "(" + n() + "," + d() + ")"
	case 14:
		return g.pick("INT", "ABS", "N") + "(" + n() + ")"
	case 15:
		return "MOD(" + n() + "," + g.pick("3", "-4", "7", "0.5") + ")"
	case 16, 17:
		return "IF(" + g.truth(depth-1) + "," + n() + "," + n() + ")"
	case 18:
		return "IFERROR(" + n() + "/" + n() + "," + n() + ")"
	case 19:
		return "_xlfn.IFS(" + g.truth(depth-1) + "," + n() + ",TRUE," + n() + ")"
	case 20:
		return "LEN(" + g.text(depth-1) + ")"
	case 21:
		return `VALUE("` + g.pick("12", "3.50", "1,234", "15%", " 8 ", "2024-1-20", "-4") + `")`
	case 22:
		return g.pick("YEAR", "MONTH", "DAY") + "(" + g.pick("E1", "E2", "E3", "DATE(2024,2,29)", "45678.75", `"2024-12-31"`) + ")"
	case 23:
		return "DATE(" + g.pick("2023", "2024", "2025") + "," + g.pick("1", "2", "12", "14", "0") + "," + g.pick("1", "28", "31", "0", "-3") + ")"
	case 24:
		return `VLOOKUP(` + g.pick(`"县政府"`, `"教育局"`, `"*局"`, "D3", `"无"`) + ",D1:F12," + g.pick("1+1", "3", "4") + "," + g.pick("FALSE", "0") + ")"
	case 25:
		return "VLOOKUP(" + g.pick("0.5", "1", "2.5", "99") + ",数据!A1:B5,2)"
	case 26:
		return "INDEX(" + g.pick("A1:A12", "D1:F12", "数据!A1:B5") + "," + g.pick("1", "3", "5", "13") + "," + g.pick("1", "2") + ")"
	case 27:
		return "INDEX(A1:A12,MATCH(" + g.pick(`"教育局"`, "D5", `"无"`) + ",D1:D12,0))"
	case 28:
		return "MATCH(" + g.pick("1", "2.5", "4", "0") + ",数据!A1:A5," + g.pick("1", "0") + ")"
	case 29:
		return "SUM(" + g.pick("A:A", "$B:$C", "2:2", "数据!A:B", "全部") + ")"
	case 30:
		return "SUBTOTAL(" + g.pick("1", "2", "3", "4", "5", "9") + ",A1:A12)"
	}
	return "SUM({1,2;3,4}*" + n() + ")"
}

func (g generator) text(depth int) string {
	if depth == 0 {
		return g.pick("D1", "D2", "D5", "A1", "B4", `"年度报告"`, `"  a  b "`, `"A-b-C"`, `""`, "Z9", "F3")
	}
	t := func() string { return g.text(depth - 1) }
	switch g.IntN(10) {
	case 0, 1:
		return "(" + t() + "&" + t() + ")"
	case 2:
		return "CONCATENATE(" + t() + "," + g.number(depth-1) + `,"件")`
	case 3:
		return "_xlfn.CONCAT(" + g.pick("A1:A4", "D1:E3", "数据!A1:B5") + "," + t() + ")"
	case 4:
		return g.pick("LEFT", "RIGHT") + "(" + t() + "," + g.pick("0", "1", "2", "9") + ")"
	case 5:
		return "MID(" + t() + "," + g.pick("1", "2", "9") + "," + g.pick("0", "1", "3") + ")"
	case 6:
		return "TRIM(" + t() + ")"
	case 7:
		return "SUBSTITUTE(" + t() + `,` + g.pick(`"-"`, `"局"`, `"a"`) + `,"＋"` + g.pick("", ",1", ",2") + ")"
	case 8:
		return "TEXT(" + g.pick("E1", "E2", "45678.75", "DATE(2024,1,5)") + `,"` + g.pick("yyyy-mm-dd", "yyyy年m月d日", "yyyy/m/d", "m月d日", `yyyy\""年\""`, "yy.mm", "h:mm", "yyyy-mm-dd hh:mm:ss") + `")`
	}
	return "TEXT(" + g.pick("A1", "A3", "0", "1234.567", "-5", "-1234.5", "0.256", "1000000", "C2") + `,"` + g.pick("0", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "#", "0.##", "000", "0件", "0;(0);无", "@", "#,##0万元", "General") + `")`
}

func (g generator) truth(depth int) string {
	if depth == 0 {
		return g.pick("TRUE", "A1>2", "B4<>0", `D1="县政府"`, "A7=7", `Z9=""`, `D2="教育局"`)
	}
	switch g.IntN(6) {
	case 0:
		return g.number(depth-1) + g.pick(">", "<", "=", "<>", ">=", "<=") + g.number(depth-1)
	case 1:
		return g.text(depth-1) + g.pick("=", "<>") + g.text(depth-1)
	case 2:
		return g.pick("AND", "OR") + "(" + g.truth(depth-1) + "," + g.truth(depth-1) + ")"
	case 3:
		return "NOT(" + g.truth(depth-1) + ")"
	case 4:
		return g.pick("ISNUMBER", "ISBLANK", "ISTEXT", "ISERROR") + "(" + g.number(depth-1) + ")"
	}
	return g.pick("AND", "OR") + "(A1:A3," + g.truth(depth-1) + ")"
}

func (g generator) column() string {
	return g.pick("A1:A12", "B1:B12", "D1:D12", "$A$1:$A$12", "C1:C12")
}

func (g generator) area() string {
	return g.pick("A1:A12", "A1:C4", "B1:B12", "$A$1:B$3", "'表 二'!A1:A2", "(A1,A3)", "数据!A1:B5", "A1:C3 B1:B12", "全部")
}

func (g generator) criterion() string {
	return g.pick(`">2"`, `"<>0"`, `"<=3"`, "7", `"7"`, `"县*"`, `"*局"`, `"教育局"`, `"?????"`, `""`, `"<>"`, `">"&A1`, "A7", `"县政府"`, `"=0"`)
}

// interopSheets are what the formulas are computed over; the first is the one that they stand on.
func interopSheets(formulas []string) []string {
	number := func(at, v string) string { return `<c r="` + at + `"><v>` + v + `</v></c>` }
	text := func(at, s string) string { return `<c r="` + at + `" t="inlineStr"><is><t>` + s + `</t></is></c>` }
	columns := map[string][]string{
		"A": {"1", "2", "3.25", "4", "-5", "0", "7", "1234.5678", "0.1", "0.2", "", "12"},
		"B": {"10", "", "30", "0", "2.5", "6", "7", "8", "9", "", "11", "7"},
		"C": {"0.001", "33.3333333333333", "5", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
		"D": {"县政府", "教育局", "卫生健康局", "", "民政局", "县医院", "7", "a*c", "ABC", "abc", "县政府", "政务服务中心"},
		"E": {"45678", "45677.5", "44197", "", "", "", "", "", "", "", "", ""},
		"F": {"1", "2", "有", "4", "5", "6", "7", "8", "9", "10", "11", "12"},
	}
	var first strings.Builder
	for row := 1; row <= 12; row++ {
		fmt.Fprintf(&first, `<row r="%d">`, row)
		for _, c := range []string{"A", "B", "C", "D", "E", "F"} {
			v, at := columns[c][row-1], fmt.Sprintf("%s%d", c, row)
			if _, ok := formula.ParseNumber(v); ok && c != "D" {
				first.WriteString(number(at, v))
			} else if v != "" {
				first.WriteString(text(at, v))
			}
		}
		first.WriteString(`</row>`)
	}
	for i, f := range formulas {
		tag := "<f>"
		if rest, ok := strings.CutPrefix(f, "{"); ok {
			f, tag = strings.TrimSuffix(rest, "}"), fmt.Sprintf(`<f t="array" ref="H%d">`, 101+i)
		}
		fmt.Fprintf(&first, `<row r="%d"><c r="H%d">%s%s</f></c></row>`, 101+i, 101+i, tag, html.EscapeString(f))
	}
	second := `<row r="1">` + number("A1", "11") + `</row><row r="2">` + number("A2", "12") + `</row>`
	return []string{first.String(), second}
}

const interopBook = `<sheets><sheet name="统计" r:id="r1"/><sheet name="表 二" r:id="r2"/><sheet name="数据" r:id="r5"/></sheets>` +
	`<definedNames><definedName name="率">0.13</definedName><definedName name="全部">统计!$A$1:$A$12</definedName></definedNames>`

// whyOther says why LibreOffice's result may be another: in each of these cases this program
// is with Excel. It is "" where there is no such reason.
func whyOther(f, ours, theirs string) string {
	switch {
	case ours == "#REF!" && theirs == "#VALUE!":
		return "an index beyond its range, for which LibreOffice has an error that Excel's files cannot hold"
	case strings.Contains(f, "#.##") || strings.Contains(f, "0.##"):
		if strings.ReplaceAll(ours, ".", "") == strings.ReplaceAll(theirs, ".", "") {
			return "Excel leaves the point where no decimals follow"
		}
	case strings.Contains(f, "[DBNum") && strings.Contains(f, "]0"):
		return "Excel writes digit for digit where the format has digits"
	case strings.Contains(f, "]General"):
		if strings.NewReplacer("．", ".", "点", ".").Replace(theirs) == ours {
			return "Excel keeps the point"
		}
	case strings.HasPrefix(f, "TRUE&"):
		return "LibreOffice takes a truth for a number"
	case strings.HasPrefix(f, "1E") || strings.HasPrefix(f, "12345678901234"):
		return "Excel writes numbers of more than 15 digits with an exponent of at least two digits"
	}
	return ""
}

func TestInteropFormulas(t *testing.T) {
	g := generator{rand.New(rand.NewPCG(2024, 30))}
	var formulas []string
	for seen := map[string]bool{}; len(formulas) < 300; {
		var f string
		switch depth := 1 + g.IntN(3); g.IntN(4) {
		case 0, 1:
			f = g.number(depth)
		case 2:
			f = g.text(depth)
		default:
			f = g.truth(depth)
		}
		if !seen[f] {
			seen[f] = true
			formulas = append(formulas, f)
		}
	}
	agreeOnFormulas(t, formulas)
}

// Array formulas, and functions that compute with arrays.
func TestInteropArrays(t *testing.T) {
	agreeOnFormulas(t, []string{
		"{SUM(IF(A1:A12>2,A1:A12,0))}", `{SUM((D1:D12="县政府")*A1:A12)}`, "{MAX(IF(B1:B12<9,B1:B12))}", "{SUM(A1:A3*{1;2;3})}", "{SUM(A1:A3*{1,2})}", "{SUM(A1:C1+A1:A3)}",
		`{COUNT(IF(LEN(D1:D12)=3,1))}`, `{INDEX(A1:A12,MATCH(1,(D1:D12="教育局")*(B1:B12=0),0))}`, "{SUM(ROUND(A1:A12,0))}", "{A1:A3*10}", "{SUM(IFERROR(A1:A12/B1:B12,0))}",
		`{SUM(COUNTIF(D1:D12,D1:D3))}`, `{CONCATENATE(LEFT(D1:D3,1),"等")}`, "{SUM(--(A1:A12=INT(A1:A12)))}", `{SUM(IF(D1:D12="",0,1))}`, "{AND(A1:A3>0)}",
		`SUMPRODUCT((LEFT(D1:D12,1)="县")*1)`, "SUMPRODUCT((A1:A12>0)*(B1:B12>5),C1:C12)", `SUMPRODUCT((D1:D12<>"")/1)`, "SUMPRODUCT(A1:C3*{1,2,3})", "SUMPRODUCT(MOD(A1:A4,2))", `SUMPRODUCT(SUMIF(D1:D12,{"县政府","教育局"},A1:A12))`,
		"SUMPRODUCT((A:A>3)*1)", "SUMPRODUCT((A1:A12=A1)*(B1:B12))", "SUM(INDEX(A1:C3,0,2))", "SUM(INDEX(A1:C3,2,0))", `VLOOKUP(7,IF({1,0},B1:B12,D1:D12),2,0)`, "SUMPRODUCT({1,2,3},{4,5,6})", "INDEX({1,2;3,4},2,2)", "A1:A12", "A101:A500+1",
	})
}

// Formats of TEXT, each with numbers that bring out its sides.
func TestInteropTextFormats(t *testing.T) {
	var formulas []string
	for _, code := range []string{"0", "0.0", "0.00", "#", "#.##", "0.##", "#,##0", "#,##0.00", "0,000.0", "0%", "0.00%", "000", "000-000", "0;-0;零", "0;(0)", "0.0?", "@", "General", "#,##0,", "0.0,,", `""共""0""件""`, `0""万元""`, `\第0\条`, "￥#,##0.00", "[DBNum1]0", "[DBNum2]0", "[DBNum1]General", "[DBNum2]General"} {
		for _, n := range []string{"0", "5", "-5", "0.5", "1234.567", "-1234567.891", "123456789", "10", "105"} {
			formulas = append(formulas, fmt.Sprintf(`TEXT(%s,"%s")`, n, code))
		}
	}
	for _, code := range []string{"yyyy-mm-dd", "yyyy年m月d日", `yyyy""年""m""月""d""日""`, "yy/m/d", "m月d日", "h:mm", "hh:mm:ss", "yyyy-mm-dd hh:mm", "mm:ss", "m/d", "aaa", "aaaa", "[DBNum1]yyyy年m月d日", "[$-804]yyyy年m月d日", "[$-804]aaaa", "yyyymmdd"} {
		for _, n := range []string{"45678", "45678.75", "45283.5007", "45626", "45658"} {
			formulas = append(formulas, fmt.Sprintf(`TEXT(%s,"%s")`, n, code))
		}
	}
	for _, n := range []string{"1/3", "1E15", "123456789012345", "1234567890123456", "1E20", "1E21", "0.0001", "0.00001", "0.000012345678901234", "1E-10", "-1/7", "100*1.1", "0.1+0.2", "TRUE"} {
		formulas = append(formulas, n+`&""`)
	}
	agreeOnFormulas(t, formulas)
}

// agreeOnFormulas compares what LibreOffice and this program compute.
func agreeOnFormulas(t *testing.T, formulas []string) {
	t.Helper()
	sheets := interopSheets(formulas)
	var third strings.Builder
	for i := 1; i <= 5; i++ {
		fmt.Fprintf(&third, `<row r="%d"><c r="A%d"><v>%d</v></c><c r="B%d"><v>%d</v></c></row>`, i, i, i, i, 100*i)
	}
	src := packedForOthers(t, interopBook, append(sheets, third.String())...)
	dir := t.TempDir()
	in, out := filepath.Join(dir, "formulas.xlsx"), filepath.Join(dir, "out")
	if err := os.WriteFile(in, src, 0o666); err != nil {
		t.Fatal(err)
	}
	office := exec.Command("soffice", "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", out, in)
	office.Env = append(os.Environ(), "LC_ALL=zh_CN.UTF-8") // numerals and weekdays are a locale's
	if b, err := office.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	saved, err := os.ReadFile(filepath.Join(out, "formulas.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	ctx := context.Background()
	theirs, err := Open(ctx, saved, Limits{}.WithDefaults())
	if err == nil {
		err = theirs.ReadSheets(ctx)
	}
	if err != nil {
		t.Fatal(err)
	}
	ours := computed(t, src)
	agreed, errors, uncomputed := 0, 0, 0
	for i, f := range formulas {
		mine := ours.Sheets[0].find(101+i, 8)
		their := theirs.Sheets[0].find(101+i, 8)
		if their == nil {
			their = &Cell{Kind: TextCell}
		}
		have, want := ours.valueOf(mine), theirs.valueOf(their)
		if mine.Kind == NoResult {
			uncomputed++
		}
		if want.Kind == formula.Error {
			errors++
		}
		if same(have, want) {
			agreed++
			continue
		}
		if why := whyOther(f, Shown(*mine), Shown(*their)); why != "" {
			t.Logf("=%s: %s, LibreOffice %s: %s", f, Shown(*mine), Shown(*their), why)
			continue
		}
		t.Errorf("=%s: %s %+v, LibreOffice %s", f, Shown(*mine), ours.Failure(ours.Sheets[0].At(mine.Area)).What, Shown(*their))
	}
	t.Logf("%d formulas: %d the same (%d of LibreOffice's are errors), %d not computed here", len(formulas), agreed, errors, uncomputed)
}

// packedForOthers is a workbook that other programs open too: its names are in full.
func packedForOthers(t *testing.T, workbook string, sheets ...string) []byte {
	const (
		main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
		rel  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
		kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
	)
	types := `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="` + kind + `sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="` + kind + `styles+xml"/>`
	for i := range sheets {
		types += fmt.Sprintf(`<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%sworksheet+xml"/>`, i+1, kind)
	}
	full := func(s string) string {
		s = strings.NewReplacer(`<Relationships>`, `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`, `Type="x/`, `Type="`+rel+`/`,
			`<workbook xmlns:r="r">`, `<workbook xmlns="`+main+`" xmlns:r="`+rel+`">`, `<worksheet>`, `<worksheet xmlns="`+main+`">`, `<styleSheet>`, `<styleSheet xmlns="`+main+`">`).Replace(s)
		return `<?xml version="1.0" encoding="UTF-8"?>` + s
	}
	n := 0
	workbook = regexp.MustCompile(`<sheet `).ReplaceAllStringFunc(workbook, func(string) string {
		n++
		return fmt.Sprintf(`<sheet sheetId="%d" `, n)
	})
	in, err := zip.NewReader(bytes.NewReader(packed(t, workbook, sheets...)), int64(len(packed(t, workbook, sheets...))))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	write := func(name, content string) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, content)
	}
	write("[Content_Types].xml", full(types+`</Types>`))
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		write(f.Name, full(string(content)))
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

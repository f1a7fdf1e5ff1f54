package xlsx

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/annotation"
	"nianbao/convert/message"
	"nianbao/convert/opc"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// zipped packs parts; the order is that of their names.
func zipped(t testing.TB, parts map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write(parts[name])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const (
	relsHead = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	relsType = `http://schemas.openxmlformats.org/officeDocument/2006/relationships/`
)

// small is a workbook of two sheets, 甲 and 乙, with what the tests change in it.
func small() map[string]string {
	return map[string]string{
		"[Content_Types].xml":        `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="` + plainSheetType + `"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="` + worksheetType + `"/><Override PartName="/xl/worksheets/sheet2.xml" ContentType="` + worksheetType + `"/></Types>`,
		"_rels/.rels":                relsHead + `<Relationship Id="r1" Type="` + relsType + `officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns="` + transitionalMain + `" xmlns:r="` + transitionalRels + `"><bookViews><workbookView firstSheet="1" activeTab="1"/></bookViews><sheets><sheet name="甲" sheetId="1" r:id="r1"/><sheet name="乙" sheetId="7" r:id="r2"/></sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="1">乙!$A$1</definedName></definedNames></workbook>`,
		"xl/_rels/workbook.xml.rels": relsHead + `<Relationship Id="r1" Type="` + relsType + `worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="` + relsType + `worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns="` + transitionalMain + `"><sheetData><row r="1"><c r="A1"><v>1</v></c><c r="C1"><v>3</v></c></row></sheetData></worksheet>`,
		"xl/worksheets/sheet2.xml":   `<worksheet xmlns="` + transitionalMain + `"><sheetViews><sheetView tabSelected="1" workbookViewId="0"/></sheetViews><sheetData/></worksheet>`,
	}
}

// commented gives sheet1 of small a comment, in a drawing with the given shapes.
func commented(parts map[string]string, shapes string) {
	parts["[Content_Types].xml"] = strings.Replace(parts["[Content_Types].xml"], "<Override", `<Default Extension="vml" ContentType="`+vmlType+`"/><Override PartName="/xl/comments1.xml" ContentType="`+commentsType+`"/><Override`, 1)
	parts["xl/worksheets/_rels/sheet1.xml.rels"] = relsHead + `<Relationship Id="r1" Type="` + relsType + `comments" Target="../comments1.xml"/><Relationship Id="r2" Type="` + relsType + `vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>`
	parts["xl/worksheets/sheet1.xml"] = strings.Replace(parts["xl/worksheets/sheet1.xml"], "</worksheet>", `<legacyDrawing xmlns:r="`+transitionalRels+`" r:id="r2"/></worksheet>`, 1)
	parts["xl/comments1.xml"] = `<comments xmlns="` + transitionalMain + `"><authors><author>张三</author></authors><commentList><comment ref="A1" authorId="0"><text><t>请核实</t></text></comment></commentList></comments>`
	parts["xl/drawings/vmlDrawing1.vml"] = `<xml xmlns:v="` + vmlSpace + `" xmlns:o="` + officeSpace + `" xmlns:x="` + excelSpace + `"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout>` + shapes +
		`<v:shape id="_x0000_s1026" type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Anchor>1, 15, 0, 2, 3, 15, 1, 4</x:Anchor><x:Row>0</x:Row><x:Column>0</x:Column></x:ClientData></v:shape></xml>`
}

func zippedText(t testing.TB, parts map[string]string) []byte {
	all := map[string][]byte{}
	for name, s := range parts {
		all[name] = []byte(s)
	}
	return zipped(t, all)
}

// markOf is an error on cells of 甲.
func markOf(text string, names ...string) annotation.Mark {
	m := annotation.Mark{Rule: "A101", Error: true, Marked: len(names), Message: text}
	for _, n := range names {
		row, column, _ := workbook.ParseRef(n)
		m.Cells = append(m.Cells, report.Cell{Sheet: "甲", Row: row, Column: column})
	}
	return m
}

// One thing is special in each of these packages, and the marked copy says so.
func TestAnnotatePackages(t *testing.T) {
	const sheet1, book, types = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"
	for _, c := range []struct {
		name   string
		change func(p map[string]string)
		part   string // of the copy
		has    []string
		lacks  []string
	}{
		{"a cell where there is none", nil, sheet1, []string{`<c r="A1" s="`, `<c r="B1" s="`, `/><c r="C1">`, `<row r="5"><c r="B5" s="`, `<legacyDrawing`}, nil},
		{"the list is first", nil, book, []string{`<sheets><sheet name="检查结果" sheetId="2" r:id="`, `activeTab="0"`, `firstSheet="0"`, `localSheetId="2"`}, nil},
		{"the other sheet is not selected", nil, "xl/worksheets/sheet2.xml", []string{`<sheetView workbookViewId="0"/>`, `<sheetData/>`}, []string{"tabSelected"}},
		{"styles are made", nil, "xl/styles.xml", []string{`<fonts count=`, `<cellXfs count=`, annotation.ErrorFill}, nil},
		{"and have a type and a relation", nil, types, []string{`/xl/styles.xml`, `/xl/comments1.xml`, `Extension="vml"`}, nil},
		{"prefixes", func(p map[string]string) {
			p[sheet1] = `<x:worksheet xmlns:x="` + transitionalMain + `"><x:sheetData><x:row r='1' ><x:c t="n" r='A1'><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>`
		}, sheet1, []string{`<x:c t="n" r='A1' s="`, `<x:c r="B1" s="`, `<x:row r="5"><x:c r="B5"`, `<x:legacyDrawing xmlns:r="` + transitionalRels + `" r:id="`}, nil},
		{"no addresses", func(p map[string]string) {
			p[sheet1] = strings.NewReplacer(` r="1"`, "", ` r="A1"`, "", ` r="C1"`, "").Replace(p[sheet1])
		}, sheet1, []string{`<row><c s="`, `<v>1</v></c><c s="`, `<v>3</v></c></row><row r="5">`}, []string{`r="A1"`, `r="B1"`}},
		{"rows out of order", func(p map[string]string) {
			p[sheet1] = strings.Replace(p[sheet1], "<sheetData>", `<sheetData><row r="5"/><row r="9"/>`, 1)
		}, sheet1, []string{`<row r="5"><c r="B5" s="`, `</row><row r="9"/><row r="1"><c r="A1" s=`}, nil},
		{"strict", func(p map[string]string) {
			for name, s := range p {
				p[name] = strings.NewReplacer(transitionalMain, strictMain, relsType, strictRels+"/", transitionalRels, strictRels).Replace(s)
			}
		}, "xl/worksheets/_rels/sheet1.xml.rels", []string{strictRels + "/comments", strictRels + "/vmlDrawing"}, []string{transitionalRels}},
		{"a second workbook, which nobody reads", func(p map[string]string) {
			p["_rels/.rels"] = strings.Replace(p["_rels/.rels"], "</R", `<Relationship Id="r2" Type="`+relsType+`officeDocument" Target="xl/other.xml"/></R`, 1)
			p["xl/other.xml"] = p[book]
		}, book, []string{`name="检查结果"`}, nil},
		{"a template", func(p map[string]string) {
			p[types] = strings.Replace(p[types], "sheet.main", "template.main", 1)
		}, types, []string{plainSheetType}, []string{"template"}},
		{"a style that there is not", func(p map[string]string) {
			p[sheet1] = strings.Replace(p[sheet1], `<c r="C1">`, `<c r="C1" s="40">`, 1)
		}, "xl/styles.xml", []string{`<cellXfs count="5`}, nil},
		{"a sheet without a part", func(p map[string]string) {
			p[book] = strings.Replace(p[book], "</sheets>", `<sheet name="丙" sheetId="3" r:id="r9"/></sheets>`, 1)
		}, book, []string{`name="丙"`, `sheetId="2"`}, nil},
		{"macros of Excel 4", func(p map[string]string) {
			p[book] = strings.NewReplacer("</sheets>", `<sheet name="宏1" sheetId="3" r:id="r3"/></sheets>`, "</definedNames>", `<definedName name="Auto_Open">宏1!$A$1</definedName></definedNames>`).Replace(p[book])
			p["xl/_rels/workbook.xml.rels"] = strings.Replace(p["xl/_rels/workbook.xml.rels"], "</R", `<Relationship Id="r3" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/><Relationship Id="r4" Type="`+relsType+`calcChain" Target="calcChain.xml"/></R`, 1)
			p["xl/macrosheets/sheet1.xml"], p["xl/calcChain.xml"] = `<macrosheet/>`, `<calcChain/>`
		}, book, nil, []string{"宏1", "Auto_Open"}},
		{"a signature", func(p map[string]string) {
			p["_rels/.rels"] = strings.Replace(p["_rels/.rels"], "</R", `<Relationship Id="s" Type="http://schemas.openxmlformats.org/package/2006/relationships/digital-signature/origin" Target="_xmlsignatures/origin.sigs"/></R`, 1)
			p["_xmlsignatures/origin.sigs"] = ""
		}, "xl/worksheets/sheet3.xml", []string{"数字签名"}, nil},
		{"a comment", func(p map[string]string) { commented(p, "") }, "xl/comments1.xml",
			[]string{`<comment ref="A1" authorId="0"><text><r><t>请核实</t></r><r>`, `【错误 A101】错`, `<author>nianbao</author>`}, nil},
		{"its box grows", func(p map[string]string) { commented(p, "") }, "xl/drawings/vmlDrawing1.vml",
			[]string{`_x0000_s1026`, `_x0000_s1027`, `_x0000_s1028`, `data="1"`}, []string{"1, 15, 0, 2, 3, 15, 1, 4"}},
		{"a button", func(p map[string]string) {
			commented(p, `<v:shape id="_x0000_s1025" type="#_x0000_t201"><v:textbox><div>一<br>二</div></v:textbox><x:ClientData ObjectType="Button"/></v:shape>`)
		}, "xl/drawings/vmlDrawing1.vml", []string{`ObjectType="Button"`, `一<br>二`}, nil},
		{"the drawing of a header", func(p map[string]string) {
			p[sheet1] = strings.Replace(p[sheet1], "</worksheet>", `<legacyDrawingHF xmlns:r="`+transitionalRels+`" r:id="h"/></worksheet>`, 1)
		}, sheet1, []string{`"/><legacyDrawingHF`}, nil},
		{"a conversation", func(p map[string]string) {
			commented(p, "")
			p["xl/worksheets/_rels/sheet1.xml.rels"] = strings.Replace(p["xl/worksheets/_rels/sheet1.xml.rels"], "</R", `<Relationship Id="r3" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment" Target="../threadedComments/threadedComment1.xml"/></R`, 1)
			p["xl/threadedComments/threadedComment1.xml"] = `<ThreadedComments><threadedComment ref="A1"/></ThreadedComments>`
		}, "xl/comments1.xml", []string{`<text><t>请核实</t></text>`, `ref="B5"`}, []string{`ref="A1" authorId="1"`}},
		{"no list of types", func(p map[string]string) { delete(p, types) }, types, []string{plainSheetType, worksheetType}, nil},
		{"a sheet of nothing", func(p map[string]string) { p[sheet1] = "" }, "xl/worksheets/sheet3.xml", []string{"A1：该工作表无法添加批注"}, nil},
		{"a name that is taken", func(p map[string]string) { p[book] = strings.Replace(p[book], "乙", "检查结果", 1) }, book, []string{`name="检查结果2" sheetId="2"`}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			p := small()
			if c.change != nil {
				c.change(p)
			}
			src := zippedText(t, p)
			out := annotated(t, src, markOf("错", "A1", "B1", "B5"))
			got := string(partsOf(out)[strings.ToLower(c.part)])
			for _, s := range c.has {
				if !strings.Contains(got, s) {
					t.Errorf("%s lacks %s: %s", c.part, s, got)
				}
			}
			for _, s := range c.lacks {
				if strings.Contains(got, s) {
					t.Errorf("%s has %s: %s", c.part, s, got)
				}
			}
			mustBeFaithful(t, c.name, src)
			if again := annotated(t, src, markOf("错", "A1", "B1", "B5")); !bytes.Equal(out, again) {
				t.Error("the same marks, other bytes")
			}
		})
	}
}

// A part in UTF-16 stays one.
// What a sheet repeats without end is not kept without end.
func TestSurveyIsBounded(t *testing.T) {
	columns := `<worksheet><cols>` + strings.Repeat(`<col min="1" max="1" width="9"/>`, excelize.MaxColumns+1) + `</cols><sheetData/></worksheet>`
	s, err := surveySheet(strings.NewReader(columns), nil)
	if err != nil || len(s.columns) != excelize.MaxColumns {
		t.Errorf("%d columns, %v", len(s.columns), err)
	}
	first := func(length int) string {
		p := small()
		p["xl/worksheets/sheet1.xml"] = `<worksheet><sheetData><row><c t="str"><v>` + workbook.ResultTitle + strings.Repeat("x", length) + `</v></c></row></sheetData></worksheet>`
		m, err := openMarking(t.Context(), zippedText(t, p), workbook.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		text, err := m.firstText("xl/worksheets/sheet1.xml")
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	if !strings.HasPrefix(first(maxPiece-100), workbook.ResultTitle) || first(maxPiece) != "" {
		t.Error("the first cell is read however long it is, or not at all")
	}
}

func TestAnnotateKeepsEncodings(t *testing.T) {
	p := map[string][]byte{}
	for name, s := range small() {
		p[name] = []byte(s)
	}
	const sheet = "xl/worksheets/sheet1.xml"
	wide := []byte("\xFF\xFE")
	for _, r := range `<?xml version="1.0" encoding="UTF-16"?>` + string(p[sheet]) {
		wide = append(wide, byte(r), byte(r>>8))
	}
	p[sheet] = wide
	var out bytes.Buffer
	if err := Annotate(t.Context(), &out, zipped(t, p), []annotation.Mark{markOf("错", "A1", "B1")}, workbook.Limits{}); err != nil {
		t.Fatal(err)
	}
	got := partsOf(out.Bytes())[sheet]
	if !bytes.HasPrefix(got, []byte("\xFF\xFE<\x00?\x00")) || !strings.Contains(string(decodedPart(got)), `<c r="B1" s="`) {
		t.Errorf("%q", got)
	}
}

// Two sheets that share a part of comments each have their own afterwards.
func TestAnnotateNeverSharesComments(t *testing.T) {
	p := small()
	commented(p, "")
	p["xl/worksheets/_rels/sheet2.xml.rels"] = p["xl/worksheets/_rels/sheet1.xml.rels"]
	p["xl/worksheets/sheet2.xml"] = strings.Replace(p["xl/worksheets/sheet1.xml"], "<v>3", "<v>4", 1)
	out := annotated(t, zippedText(t, p), markOf("甲的错", "A1"),
		annotation.Mark{Rule: "A101", Error: true, Cells: []report.Cell{{Sheet: "乙", Row: 1, Column: 3}}, Marked: 1, Message: "乙的错"})
	parts := partsOf(out)
	seen := map[string]string{}
	for name := range parts {
		if !strings.HasPrefix(name, "xl/worksheets/_rels/") {
			continue
		}
		for _, target := range targets(name, parts[name]) {
			if seen[target] != "" {
				t.Errorf("%s and %s share %s", seen[target], name, target)
			}
			seen[target] = name
		}
	}
	if s := string(parts["xl/comments1.xml"]) + "|" + string(parts["xl/comments2.xml"]); strings.Count(s, "甲的错") != 1 || strings.Count(s, "乙的错") != 1 || strings.Count(s, "请核实") != 2 {
		t.Error(s)
	}
}

// What an earlier marked copy added goes, and what others wrote beside it stays.
func TestAnnotateTakesOldMarksOut(t *testing.T) {
	p := small()
	commented(p, "")
	src := zippedText(t, p)
	mark := markOf("旧错", "A1", "B5")
	mark.Expected, mark.Actual, mark.Detail = "7", "6", "应填数 7，填报数 6"
	once := annotated(t, src, mark)
	twice := partsOf(annotated(t, once))
	comments := string(twice["xl/comments1.xml"])
	if strings.Contains(comments, "旧错") || strings.Contains(comments, "应填数") || strings.Contains(comments, "B5") || !strings.Contains(comments, "请核实") {
		t.Error(comments)
	}
	if vml := string(twice["xl/drawings/vmldrawing1.vml"]); strings.Contains(vml, "<x:Row>4</x:Row>") || !strings.Contains(vml, "<x:Row>0</x:Row>") {
		t.Error(vml)
	}
	if n := strings.Count(string(twice["xl/workbook.xml"]), "<sheet "); n != 3 {
		t.Errorf("%d sheets", n)
	}
	s, err := newStylesheet("", twice["xl/styles.xml"], transitionalMain)
	if err != nil {
		t.Fatal(err)
	}
	root, err := opc.Parse(twice["xl/worksheets/sheet1.xml"])
	if err != nil {
		t.Fatal(err)
	}
	root.Walk(func(e *opc.Element) bool {
		if e.Local() == "c" && e.Attr("s") != "" {
			var n int
			fmt.Sscan(e.Attr("s"), &n)
			if _, ours := s.plain(n); ours {
				t.Errorf("%s keeps its colour", e.Attr("r"))
			}
		}
		return true
	})
	// A comment that somebody wrote on goes on without our lines.
	runs, cut := withoutOurs([]run{{text: "已核对\n\n【错误 A101】合计不符\n应填数 7，填报数 6\n\n【警告 R204】空白"}, {text: "\n我改了"}})
	if !cut || len(runs) != 2 || runs[0].text+runs[1].text != "已核对\n我改了" {
		t.Errorf("%q", runs)
	}
	if runs, cut := withoutOurs([]run{{text: "【错误】这不是本程序写的"}}); cut || len(runs) != 1 {
		t.Errorf("%q", runs)
	}
}

// rich is a form with much that a workbook may have.
func rich(t testing.TB) []byte {
	t.Helper()
	f, err := excelize.OpenFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatal(err)
		}
	}
	check(f.AddComment(applications, excelize.Comment{Cell: "D8", Author: "张三", Text: "已核对"}))
	check(f.AddFormControl(applications, excelize.FormControl{Cell: "L3", Type: excelize.FormControlButton, Text: "校验"}))
	check(f.SetCellFormula(applications, "J8", "SUM(D8:I8)"))
	v := excelize.NewDataValidation(true)
	v.SetSqref("D6:I30")
	check(v.SetRange(0, 9999, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
	check(f.AddDataValidation(applications, v))
	bold, err := f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	check(err)
	check(f.SetConditionalFormat(applications, "D6:J30", []excelize.ConditionalFormatOptions{{Type: "duplicate", Criteria: "=", Format: &bold}}))
	check(f.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: "'" + applications + "'!$A$1:$J$30", Scope: applications}))
	check(f.AddChart(applications, "L8", &excelize.Chart{Type: excelize.Col, Series: []excelize.ChartSeries{{Values: "'" + applications + "'!$D$6:$I$6"}}}))
	check(f.SetCellHyperLink(applications, "A1", "https://example.com", "External"))
	check(f.SetHeaderFooter(applications, &excelize.HeaderFooterOptions{OddHeader: "&C年报"}))
	b, err := f.WriteToBuffer()
	check(err)
	return b.Bytes()
}

// A package that lacks one element, attribute or part is marked, or refused in one
// clear line.
func TestAnnotateWithoutOneThing(t *testing.T) {
	parts := partsOf(rich(t))
	type removal struct {
		what, part string
		from, to   int // 0, 0 is the whole part
	}
	kinds := map[string]removal{} // one of a kind
	for _, name := range slices.Sorted(maps.Keys(parts)) {
		kinds["part "+name] = removal{"part " + name, name, 0, 0}
		root, err := opc.Parse(parts[name])
		if err != nil {
			continue
		}
		root.Walk(func(e *opc.Element) bool {
			kind := strings.TrimRight(filepath.Base(name), "0123456789.xml") + " " + e.Name
			if _, ok := kinds[kind]; !ok {
				kinds[kind] = removal{kind, name, e.Start, e.End}
			}
			for _, a := range []string{"r", "s", "t", "id", "Id", "ref", "name", "sheetId", "count", "Target", "Type", "PartName", "ContentType", "Extension", "authorId", "fillId", "xmlns", "data", "ObjectType", "width"} {
				value := e.Tag().Attr(a)
				if value == nil || bytes.Contains(value, []byte("&")) {
					continue
				}
				i := bytes.Index(e.Tag(), []byte(a+`="`))
				if _, ok := kinds[kind+" @"+a]; !ok && i > 0 {
					kinds[kind+" @"+a] = removal{kind + " @" + a, name, e.Start + i, e.Start + i + len(a) + len(value) + 3}
				}
			}
			return true
		})
	}
	all := slices.Sorted(maps.Keys(kinds))
	rng := rand.New(rand.NewPCG(13, 1))
	rng.Shuffle(len(all), func(i, k int) { all[i], all[k] = all[k], all[i] })
	n := 120
	if testing.Short() {
		n = 20
	}
	marked, refused, unread := 0, 0, 0
	for _, kind := range all[:n] {
		r := kinds[kind]
		changed := maps.Clone(parts)
		if r.to == 0 {
			delete(changed, r.part)
		} else {
			changed[r.part] = slices.Concat(parts[r.part][:r.from], parts[r.part][r.to:])
		}
		faults, err := faithful(t.Context(), zipped(t, changed))
		var known *message.Error
		switch {
		case errors.Is(err, errUnread):
			unread++
		case err == nil:
			marked++
		case !errors.As(err, &known) || strings.Contains(known.In(message.Chinese), "\n"):
			t.Errorf("without %s: %v", r.what, err)
		default:
			refused++
			t.Logf("without %s: %v", r.what, known)
		}
		for _, f := range faults {
			t.Errorf("without %s: %s", r.what, f)
		}
	}
	t.Logf("of %d removals %d marked, %d refused, %d not read", n, marked, refused, unread)
	if n >= 100 && marked < n/2 {
		t.Errorf("only %d of %d are marked", marked, n)
	}
}

// The workbooks of testdata keep all that is not marked.
func TestAnnotateIsFaithful(t *testing.T) {
	var names []string
	for _, pattern := range []string{"../../testdata/*.xlsx", "../../testdata/forms/*.xlsx"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	if len(names) == 0 {
		t.Fatal("no workbooks")
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		mustBeFaithful(t, filepath.Base(name), src)
	}
	mustBeFaithful(t, "with much in it", rich(t))
}

// FuzzAnnotate marks damaged packages: whatever the bytes, there is a copy that keeps
// what is not marked, or an error.
func FuzzAnnotate(f *testing.F) {
	p := small()
	f.Add(zippedText(f, p))
	commented(p, `<v:shape id="_x0000_s1025"><br></v:shape>`)
	f.Add(zippedText(f, p))
	f.Fuzz(func(t *testing.T, src []byte) {
		b, err := workbook.Open(t.Context(), src, workbook.Limits{Unpacked: 8 << 20}.WithDefaults())
		if err != nil || b.ReadSheets(t.Context()) != nil {
			return
		}
		start := time.Now()
		var out bytes.Buffer
		if err := Annotate(t.Context(), &out, src, planted(b), workbook.Limits{Unpacked: 8 << 20}); err != nil {
			return
		}
		if time.Since(start) > 10*time.Second {
			t.Error("too slow")
		}
		if _, err := zip.NewReader(bytes.NewReader(out.Bytes()), int64(out.Len())); err != nil {
			t.Error(err)
		}
	})
}

// FuzzAnnotateSheet marks a worksheet of any XML: unlike FuzzAnnotate it gets past the
// package.
func FuzzAnnotateSheet(f *testing.F) {
	f.Add(small()["xl/worksheets/sheet1.xml"])
	f.Add(`<x:worksheet xmlns:x="a"><x:sheetData><x:row><x:c/><x:c r="F1"/></x:row><x:row r="9"/></x:sheetData><extLst/></x:worksheet>`)
	f.Fuzz(func(t *testing.T, sheet string) {
		p := small()
		p["xl/worksheets/sheet1.xml"] = sheet
		faults, err := faithful(t.Context(), zippedText(t, p))
		if err == nil && len(faults) > 0 && wellFormed([]byte(sheet)) == nil {
			t.Error(faults)
		}
	})
}

// 60,000 findings, each on a cell of its own.
func BenchmarkAnnotate(b *testing.B) {
	for _, n := range []int{15_000, 60_000} {
		p := small()
		var rows strings.Builder
		for r := 1; r <= n/10; r++ {
			fmt.Fprintf(&rows, `<row r="%d">`, r)
			for c := 1; c <= 10; c++ {
				fmt.Fprintf(&rows, `<c r="%s"><v>%d</v></c>`, place{r, c}.name(), r)
			}
			rows.WriteString("</row>")
		}
		p["xl/worksheets/sheet1.xml"] = `<worksheet xmlns="` + transitionalMain + `"><sheetData>` + rows.String() + `</sheetData></worksheet>`
		src := zippedText(b, p)
		var marks []annotation.Mark
		for r := 1; r <= n/10; r++ {
			for c := 1; c <= 10; c++ {
				marks = append(marks, markOf("“（一）予以公开”一行合计不符", place{r, c}.name()))
			}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				var out bytes.Buffer
				if err := Annotate(b.Context(), &out, src, marks, workbook.Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

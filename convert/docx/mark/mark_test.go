package mark

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/annotation"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
	"nianbao/convert/workbook/word"
)

func documents(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("../../../testdata/word/*.docx")
	if err != nil || len(names) != 6 {
		t.Fatalf("%d documents, %v", len(names), err)
	}
	all := map[string][]byte{}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[strings.TrimSuffix(filepath.Base(name), ".docx")] = src
	}
	return all
}

func annotate(t testing.TB, src []byte, marks ...annotation.Mark) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Annotate(context.Background(), &b, src, marks, workbook.Limits{}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// parts are the parts of a package, as packed and as they are.
func parts(t testing.TB, src []byte) (packed, content map[string][]byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	packed, content = map[string][]byte{}, map[string][]byte{}
	for _, f := range z.File {
		raw, err := f.OpenRaw()
		if err != nil {
			t.Fatal(err)
		}
		if packed[f.Name], err = io.ReadAll(raw); err != nil {
			t.Fatal(err)
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		if content[f.Name], err = io.ReadAll(r); err != nil {
			t.Fatal(err)
		}
		r.Close()
	}
	return packed, content
}

func document(t testing.TB, src []byte) *word.Document {
	t.Helper()
	b, err := workbook.Open(context.Background(), src, workbook.Limits{}.WithDefaults())
	if err != nil {
		t.Fatal(err)
	}
	d, _, err := b.Document(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// texts are what a document says, with the names of what it says it in.
func texts(t testing.TB, src []byte) []string {
	t.Helper()
	b, err := workbook.Open(context.Background(), src, workbook.Limits{}.WithDefaults())
	if err != nil {
		t.Fatal(err)
	}
	if err := b.ReadSheets(context.Background()); err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, c := range b.Sheets[0].Cells {
		all = append(all, b.Sheets[0].At(c.Area).String()+" "+c.Text)
	}
	return all
}

// somePlaces are a paragraph, a cell, one that may be merged, and the title, which may stand
// in a text box.
var somePlaces = []report.Cell{{Row: 4}, {Sheet: "表1", Row: 2, Column: 2}, {Sheet: "表1", Row: 1, Column: 1}, {Row: 1}}

func marksOn(cells ...report.Cell) []annotation.Mark {
	return []annotation.Mark{
		{Rule: "N101", Cells: cells[:1], Marked: 1, Message: "文字写“5件”，表中为<6>", Expected: "表中 6", Actual: "文字 5", Advice: "核对"},
		{Rule: "A101", Error: true, Cells: cells[1:], Marked: len(cells) - 1, Message: "合计不符", Detail: "应为 7，实为 6", Advice: "改正"},
		{Rule: "A102", Error: true, Cells: []report.Cell{cells[1], {Sheet: "表99", Row: 1, Column: 1}}, Marked: 2, Follows: true, Message: "另一合计不符"},
	}
}

var (
	numbered = regexp.MustCompile(`<(\w+:)?(commentRangeStart|commentRangeEnd|commentReference|comment) [^<>]*?\bid="(\d+)"`)
	linked   = regexp.MustCompile(`anchor="(_nianbao\d+)"`)
)

// A marked copy has a comment, a range and a reference for each place, links that lead
// somewhere, and all else as it was: parts that are not touched to the last byte as
// they were packed. Sent back, it loses all of that again.
func TestAnnotate(t *testing.T) {
	for name, src := range documents(t) {
		t.Run(name, func(t *testing.T) {
			marked := annotate(t, src, marksOn(somePlaces...)...)
			if again := annotate(t, src, marksOn(somePlaces...)...); !bytes.Equal(marked, again) {
				t.Error("not the same bytes twice")
			}
			before, was := parts(t, src)
			after, is := parts(t, marked)
			touched := []string{}
			for part := range before {
				if !bytes.Equal(before[part], after[part]) {
					touched = append(touched, part)
				}
			}
			slices.Sort(touched)
			for _, part := range touched {
				if !slices.Contains([]string{"[Content_Types].xml", "word/document.xml", "word/document2.xml", "word/comments.xml", "word/_rels/document.xml.rels"}, part) {
					t.Errorf("%s was changed", part)
				}
			}
			ids := map[string]map[string]int{}
			main := "word/document.xml"
			if name == "strict" {
				main = "word/document2.xml"
			}
			for _, part := range []string{main, "word/comments.xml"} {
				if err := wellFormed(is[part]); err != nil {
					t.Errorf("%s: %v", part, err)
				}
				for _, m := range numbered.FindAllSubmatch(is[part], -1) {
					kind := string(m[2])
					if ids[kind] == nil {
						ids[kind] = map[string]int{}
					}
					ids[kind][string(m[3])]++
				}
			}
			boxed := 0 // no comments can be put into a text box
			if name == "strict" {
				boxed = 1
			}
			had := strings.Count(string(was["word/comments.xml"]), "<w:comment ")
			if n := len(ids["comment"]) - had; n != len(somePlaces)-boxed {
				t.Errorf("%d comments on %d places", n, len(somePlaces))
			}
			for _, kind := range []string{"commentRangeStart", "commentRangeEnd", "commentReference"} {
				if d := cmp.Diff(ids["comment"], ids[kind]); d != "" {
					t.Errorf("%s: %s", kind, d)
				}
			}
			links := linked.FindAllSubmatch(is[main], -1)
			if len(links) != 3-boxed && len(links) != 3 {
				t.Errorf("%d links", len(links))
			}
			for _, l := range links {
				if !bytes.Contains(is[main], []byte(`name="`+string(l[1])+`"`)) {
					t.Errorf("a link to %s, which is nowhere", l[1])
				}
			}
			if d := cmp.Diff(texts(t, src), texts(t, marked)); d != "" {
				t.Errorf("what it says: %s", d)
			}
			d := document(t, marked)
			var list *word.Table
			for _, i := range d.Front {
				if i.Table != nil {
					list = i.Table
				}
			}
			if list == nil || list.Rows != 4 || list.Columns != 8 {
				t.Fatalf("the list of findings: %+v", list)
			}
			if got := list.Cells[8+3].Text(); got != "涉及3个单元格：表1!B2 …" { // errors come first
				t.Errorf("the first place is %s", got)
			}
			m, err := open(context.Background(), marked, workbook.Limits{}.WithDefaults())
			if err != nil {
				t.Fatal(err)
			}
			if returned, err := m.unmark(); !returned || err != nil {
				t.Fatalf("not taken for a marked copy: %v", err)
			}
			if d := cmp.Diff(bare(was[main]), bare(m.patch.Bytes())); d != "" {
				t.Errorf("unmarked: %.3000s", d)
			}
			once := annotate(t, annotate(t, marked, marksOn(somePlaces...)...), marksOn(somePlaces...)...)
			if _, twice := parts(t, annotate(t, once, marksOn(somePlaces...)...)); !bytes.Equal(twice[main], is[main]) && bare(twice[main]) != bare(is[main]) {
				t.Error("marked again, it is another")
			}
		})
	}
}

// bare is XML without properties that have nothing in them: they may be left.
func bare(src []byte) string {
	return regexp.MustCompile(`<(\w+:)?(pPr|tcPr)></(\w+:)?(pPr|tcPr)>`).ReplaceAllString(string(src), "")
}

func wellFormed(src []byte) error {
	d := xml.NewDecoder(bytes.NewReader(src))
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// pack makes a document of a body, of which more are or replace other parts.
func pack(t testing.TB, body string, more ...[2]string) []byte {
	t.Helper()
	list := [][2]string{
		{"[Content_Types].xml", `<Types><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="http://x/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="http://w"><w:body>` + body + `</w:body></w:document>`},
	}
	for _, p := range more {
		list = append(slices.DeleteFunc(list, func(had [2]string) bool { return had[0] == p[0] }), p)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range list {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, p[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Where the shade and the comment go among what an element has already.
func TestElements(t *testing.T) {
	const shade = `<w:shd w:val="clear" w:color="auto" w:fill="FFD966"/>`
	const begin = `<w:bookmarkStart w:id="1" w:name="_nianbao1"/><w:bookmarkEnd w:id="1"/><w:commentRangeStart w:id="0"/>`
	const end = `<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>`
	const run = `<w:r><w:t>甲</w:t></w:r>`
	paragraph, cell := report.Cell{Row: 1}, report.Cell{Sheet: "表1", Row: 1, Column: 1}
	in := func(tc string) string { return `<w:tbl><w:tr>` + tc + `<w:tc><w:p/></w:tc></w:tr></w:tbl>` }
	for _, c := range []struct {
		name, body, want string
		at               report.Cell
	}{
		{"a paragraph", `<w:p>` + run + `</w:p>`, `<w:p><w:pPr>` + shade + `</w:pPr>` + begin + run + end + `</w:p>`, paragraph},
		{"with properties", `<w:p><w:pPr><w:pStyle w:val="a"/><w:jc w:val="center"/></w:pPr>` + run + `</w:p>`, `<w:p><w:pPr><w:pStyle w:val="a"/>` + shade + `<w:jc w:val="center"/></w:pPr>` + begin + run + end + `</w:p>`, paragraph},
		{"with empty ones", `<w:p><w:pPr/>` + run + `</w:p>`, `<w:p><w:pPr>` + shade + `</w:pPr>` + begin + run + end + `</w:p>`, paragraph},
		{"shaded", `<w:p><w:pPr><w:shd w:fill="00FF00"/></w:pPr>` + run + `</w:p>`, `<w:p><w:pPr>` + shade + `</w:pPr>` + begin + run + end + `</w:p>`, paragraph},
		{"a cell", in(`<w:tc><w:tcPr><w:tcW w:w="9"/><w:vAlign w:val="top"/></w:tcPr><w:p>` + run + `</w:p></w:tc>`), in(`<w:tc><w:tcPr><w:tcW w:w="9"/>` + shade + `<w:vAlign w:val="top"/></w:tcPr><w:p>` + begin + run + end + `</w:p></w:tc>`), cell},
		{"an empty one", in(`<w:tc><w:p/></w:tc>`), in(`<w:tc><w:tcPr>` + shade + `</w:tcPr><w:p>` + begin + end + `</w:p></w:tc>`), cell},
		{"in a control", in(`<w:tc><w:sdt><w:sdtContent><w:p>` + run + `</w:p></w:sdtContent></w:sdt></w:tc>`), in(`<w:tc><w:tcPr>` + shade + `</w:tcPr><w:sdt><w:sdtContent><w:p>` + begin + run + end + `</w:p></w:sdtContent></w:sdt></w:tc>`), cell},
	} {
		_, is := parts(t, annotate(t, pack(t, c.body), annotation.Mark{Rule: "N101", Cells: []report.Cell{c.at}, Marked: 1}))
		got := string(is["word/document.xml"])
		if _, got, _ = strings.Cut(got, `</w:sectPr></w:pPr><w:bookmarkStart w:id="2" w:name="_nianbao"/><w:bookmarkEnd w:id="2"/></w:p>`); got != c.want+`</w:body></w:document>` {
			t.Errorf("%s: %s", c.name, cmp.Diff(c.want+`</w:body></w:document>`, got))
		}
	}
}

// Macros, a template's type and signatures are not kept, and that is said.
func TestNotKept(t *testing.T) {
	src := pack(t, `<w:p><w:r><w:t>甲</w:t></w:r></w:p>`,
		[2]string{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="r1" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" Target="vbaProject.bin"/></Relationships>`},
		[2]string{"word/vbaProject.bin", "macros"})
	src = bytes.Clone(src)
	_, is := parts(t, annotate(t, src, annotation.Mark{Rule: "R401", Message: "缺少"}))
	if strings.Contains(string(is["[Content_Types].xml"]), "macroEnabled") || strings.Contains(string(is["word/_rels/document.xml.rels"]), "vba") {
		t.Errorf("%s\n%s", is["[Content_Types].xml"], is["word/_rels/document.xml.rels"])
	}
	if !strings.Contains(string(is["word/document.xml"]), "本副本不含原文件中的宏") {
		t.Error("nothing is said of macros")
	}
}

// A document with a byte order mark, as programs of .NET write it, and one in UTF-16 are
// marked where they are read.
func TestByteOrderMarks(t *testing.T) {
	body := `<w:p><w:r><w:t>甲</w:t></w:r></w:p>`
	document := `<w:document xmlns:w="http://w"><w:body>` + body + `</w:body></w:document>`
	var wide bytes.Buffer
	for _, u := range utf16.Encode([]rune("\uFEFF" + `<?xml version="1.0" encoding="UTF-16"?>` + document)) {
		wide.Write([]byte{byte(u), byte(u >> 8)})
	}
	for name, document := range map[string]string{"UTF-8": "\uFEFF" + document, "UTF-16": wide.String()} {
		src := pack(t, body, [2]string{"word/document.xml", document})
		out := annotate(t, src, annotation.Mark{Rule: "N101", Cells: []report.Cell{{Row: 1}}, Marked: 1})
		if d := cmp.Diff(texts(t, src), texts(t, out)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
		if _, is := parts(t, out); !bytes.HasPrefix(is["word/document.xml"], []byte(document[:2])) {
			t.Errorf("%s: begins with %q", name, is["word/document.xml"][:9])
		}
	}
}

// FuzzAnnotate: whatever the body, a copy says what the document said, or there is an
// error.
func FuzzAnnotate(f *testing.F) {
	f.Add(`<w:p><w:pPr/><w:r><w:t>甲</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr/><w:p/></w:tc><w:tc/></w:tr></w:tbl>`)
	f.Add(`<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc><w:tc/></w:tr></w:tbl></w:tc><w:tc/></w:tr><w:tr><w:tc/></w:tr></w:tbl>`)
	f.Fuzz(func(t *testing.T, body string) {
		src := pack(t, body)
		if len(body) > 1<<16 || wellFormed([]byte("<a>"+body+"</a>")) != nil {
			return
		}
		b, err := workbook.Open(t.Context(), src, workbook.Limits{}.WithDefaults())
		if err != nil || b.ReadSheets(t.Context()) != nil {
			return
		}
		var out bytes.Buffer
		if err := Annotate(t.Context(), &out, src, marksOn(somePlaces...), workbook.Limits{}); err != nil {
			return
		}
		if d := cmp.Diff(texts(t, src), texts(t, out.Bytes())); d != "" && !strings.Contains(body, workbook.ResultTitle) {
			t.Error(d)
		}
		_, is := parts(t, out.Bytes())
		if err := wellFormed(is["word/document.xml"]); err != nil {
			t.Error(err)
		}
	})
}

func BenchmarkAnnotate(b *testing.B) {
	src := documents(b)["python-docx"]
	b.ReportAllocs()
	for b.Loop() {
		annotate(b, src, marksOn(somePlaces...)...)
	}
}

func Example() {
	fmt.Println(report.Cell{Row: 12}, report.Cell{Sheet: workbook.TableName(3), Row: 6, Column: 4})
	// Output: 段12 表3!D6
}

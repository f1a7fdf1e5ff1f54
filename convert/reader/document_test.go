package reader

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// modelFigure is the figure that the documents of testdata/word have in a place; see
// testdata/interop/word_model.py.
func modelFigure(table, row, column string) string {
	if table == "disclosure" {
		return map[string]string{"normative_documents.issued": "3", "normative_documents.repealed": "1", "normative_documents.in_force": "17",
			"licences.decisions": "1234", "penalties.decisions": "56", "coercive_measures.decisions": "7", "fees.amount": "59.2449"}[row+"."+column]
	}
	columns := []string{"natural_person", "business", "research", "public_interest", "legal_service", "other", "total"}
	rows := []string{"granted", "partly_granted", "denied_state_secret", "denied_by_law", "denied_security", "denied_third_party", "denied_internal_affairs",
		"denied_process", "denied_enforcement_file", "denied_query", "unavailable_not_held", "unavailable_needs_creation", "unavailable_unclear", "rejected_petition",
		"rejected_duplicate", "rejected_publication", "rejected_excessive", "rejected_reconfirmation", "other_not_corrected", "other_fee_unpaid", "other_rest"}
	index := func(of []string, s string) int {
		for i := range of {
			if of[i] == s {
				return i
			}
		}
		return -1
	}
	var value func(row string, j int) int
	value = func(row string, j int) int {
		switch i := index(rows, row); {
		case j == 6:
			n := 0
			for k := range 6 {
				n += value(row, k)
			}
			return n
		case i >= 0:
			return (5*i + 3*j + 2) % 9
		case row == "carried_in":
			return j + 1
		case row == "carried_out":
			return 2 * j
		case row == "new_received":
			return value("processed_total", j) + value("carried_out", j) - value("carried_in", j)
		}
		n := 0
		for _, r := range rows {
			n += value(r, j)
		}
		return n
	}
	if table == "disputes" {
		g := index([]string{"reconsideration", "litigation_direct", "litigation_after_reconsideration"}, row)
		if k := index([]string{"upheld", "corrected", "other", "pending"}, column); k >= 0 {
			return strconv.Itoa(4*g + k + 1)
		}
		return strconv.Itoa(4*(4*g) + 1 + 2 + 3 + 4)
	}
	return strconv.Itoa(value(row, index(columns, column)))
}

// documents are the documents of testdata/word: whose they are, and where some things
// stand in them.
var documents = []struct {
	file, organization string
	cells              map[string]string // of figures, as a person counts them
	overview           string            // the first paragraph of section one
	notes              []string
}{
	{"npm-docx", "安平县教育局", map[string]string{"disclosure.fees.amount": "表1!B14", "applications.granted.natural_person": "表2!D6", "applications.denied_by_law.total": "表2!J9", "disputes.litigation_direct.upheld": "表3!F4"}, "段4", []string{"段16 信息处理费按件、按量收取的标准见省里的文件。"}},
	{"python-docx", "安平县柳林镇人民政府", map[string]string{"disclosure.regulations.issued": "表1!B2", "disclosure.fees.amount": "表4!B2", "applications.granted.natural_person": "表5!D6", "disputes.litigation_direct.upheld": "表6!F4"}, "段4", nil},
	{"libreoffice", "安平县柳林镇人民政府", map[string]string{"disclosure.fees.amount": "表4!B2", "applications.granted.natural_person": "表5!D6", "disputes.litigation_direct.upheld": "表6!F4"}, "段4", nil},
	{"split-table", "安平县卫生健康局", map[string]string{"applications.new_received.natural_person": "表2!D4", "applications.carried_out.total": "表3!J15", "applications.denied_query.other": "表2!I15", "disputes.litigation_direct.upheld": "表4!F4"}, "段4", nil},
	{"strict", "安平县自然资源局", map[string]string{"disclosure.fees.amount": "表1!B14", "applications.granted.natural_person": "表2!D6"}, "段4", nil},
	{"web-page", "安平县财政局", map[string]string{"disclosure.fees.amount": "表1!B14", "applications.granted.natural_person": "表2!D6", "applications.granted.total": "表2!J6", "disputes.litigation_direct.upheld": "表3!F4"}, "段5", nil},
}

// Documents read to their figures, however they were made: headings numbered by a list
// or typed, tables parted by headings or going on below a repeated head, cells merged
// both ways, all of it in the cell of a layout.
func TestReadDocuments(t *testing.T) {
	for _, c := range documents {
		t.Run(c.file, func(t *testing.T) {
			r := readFile(t, "../../testdata/word/"+c.file+".docx")
			if r.Organization != c.organization || r.Year != 2024 || r.Title != c.organization+"2024年政府信息公开工作年度报告" {
				t.Errorf("%q of %q for %d", r.Title, r.Organization, r.Year)
			}
			figures := 0
			for _, table := range r.Tables {
				for _, row := range table.Rows {
					for _, f := range row.Figures {
						want := modelFigure(table.Key, row.Key, f.Column)
						if want == "" {
							want = "0"
						}
						if got := f.Value.String(); got != want {
							t.Errorf("%s.%s.%s in %s is %q, want %s", table.Key, row.Key, f.Column, f.Cell, got, want)
						}
						figures++
					}
				}
			}
			if figures != 200 {
				t.Errorf("%d figures", figures)
			}
			for path, want := range c.cells {
				keys := strings.Split(path, ".")
				if got := r.Figure(keys[0], keys[1], keys[2]).Cell.String(); got != want {
					t.Errorf("%s is in %s, want %s", path, got, want)
				}
			}
			overview := r.Section("overview").Paragraphs
			if len(overview) != 6 || overview[0].Cell.String() != c.overview || !strings.HasPrefix(overview[2].Text, "（二）依申请公开。全年新收申请513件") {
				t.Errorf("section one: %+v", overview)
			}
			if got := r.Section("problems").Paragraphs; len(got) != 1 || !strings.HasPrefix(got[0].Text, "一是有的解读写得太长") {
				t.Errorf("section five: %+v", got)
			}
			if got := r.Section("other").Paragraphs; len(got) == 0 || !strings.HasSuffix(got[0].Text, "本年度没有收取信息处理费。没有其他需要报告的事项。") {
				t.Errorf("section six: %+v", got)
			}
			if n := len(r.Preamble); n == 0 || !strings.HasPrefix(r.Preamble[n-1].Text, "本报告依照《中华人民共和国政府信息公开条例》编制") {
				t.Errorf("preamble: %+v", r.Preamble)
			}
			var notes []string
			for _, n := range r.Notes {
				notes = append(notes, fmt.Sprintf("%v %s", n.Cells[0], n.Text))
			}
			if d := cmp.Diff(c.notes, notes); d != "" {
				t.Errorf("notes: %s", d)
			}
		})
	}
}

// packDocument makes a package of a document's body.
func packDocument(t testing.TB, body string, more ...[2]string) []byte {
	t.Helper()
	parts := [][2]string{
		{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document><w:body>` + body + `</w:body></w:document>`},
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range append(parts, more...) {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, p[1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func paragraph(s string) string { return "<w:p><w:r><w:t>" + s + "</w:t></w:r></w:p>" }

func rowOf(texts ...string) string {
	row := "<w:tr>"
	for _, s := range texts {
		row += "<w:tc>" + paragraph(s) + "</w:tc>"
	}
	return row + "</w:tr>"
}

// What stands where in a document: a table within section one is of its text, a figure
// that is blank has the name of its cell, a text that looks like a heading is none.
func TestReadDocument(t *testing.T) {
	licences := `<w:tbl>` + rowOf("第二十条第（五）项", "") + rowOf("信息内容", "本年处理决定数量") + rowOf("行政许可", "") + `</w:tbl>`
	r := readBytes(t, packDocument(t, paragraph("某县教育局2024年政府信息公开工作年度报告")+paragraph("一、总体情况")+paragraph("（一）主动公开政府信息情况。按月发布。")+
		`<w:tbl>`+rowOf("培训", "两期")+`</w:tbl>`+paragraph("三季度检查一次。")+paragraph("二、主动公开政府信息情况")+licences+paragraph("六、其他需要报告的事项")+paragraph("无。")))
	var texts []string
	for _, p := range r.Section("overview").Paragraphs {
		texts = append(texts, p.Cell.String()+" "+p.Text)
	}
	if d := cmp.Diff([]string{"段3 （一）主动公开政府信息情况。按月发布。", "表1!A1 培训", "表1!B1 两期", "段4 三季度检查一次。"}, texts); d != "" {
		t.Error(d)
	}
	f := r.Figure("disclosure", "licences", "decisions")
	if !f.Value.Blank() || f.Cell.String() != "表2!B3" {
		t.Errorf("a blank figure: %q in %s", f.Value, f.Cell)
	}
	if got := r.Section("other").Heading; got != (report.Cell{Row: 6}) || got.String() != "段6" {
		t.Errorf("the last heading is %s", got)
	}
}

func TestReadHostileDocument(t *testing.T) {
	chunk := `<w:altChunk r:id="r9"/>`
	for _, c := range []struct {
		name string
		src  []byte
		key  string
	}{
		{"no form", packDocument(t, paragraph("关于放假的通知")), "read.notables"},
		{"empty", packDocument(t, ""), "read.notables"},
		{"a web page embedded", packDocument(t, chunk), "read.chunk"},
		{"cut off", packDocument(t, "<w:p>"), "read.damaged"},
		{"no document", packDocument(t, "", [2]string{"word/other.xml", ""})[:200], "read.damaged"},
		{"much text", packDocument(t, paragraph(strings.Repeat("长", 30<<20))), "read.limit.text"},
		{"much narrative", packDocument(t, paragraph(strings.Repeat("长", 2<<20))), "read.limit.narrative"},
		{"a million cells", packDocument(t, "<w:tbl><w:tr>"+strings.Repeat("<w:tc/>", 900)+"</w:tr>"+strings.Repeat("<w:tr>"+strings.Repeat("<w:tc/>", 900)+"</w:tr>", 1200)+"</w:tbl>"), "read.limit.cells"},
		{"many paragraphs", packDocument(t, strings.Repeat("<w:p/>", 1_100_000)), "read.limit.text"},
	} {
		t.Run(c.name, func(t *testing.T) {
			start := time.Now()
			_, err := readOne(context.Background(), c.src, Options{Limits: workbook.Limits{Unpacked: 256 << 20, Cells: 1_000_000}})
			var m *message.Error
			if !errors.As(err, &m) || m.Key != c.key {
				t.Errorf("error %v, want %s", err, c.key)
			}
			if d := time.Since(start); d > 10*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

// FuzzDocument: whatever its body, a document is read to a report that can be written
// or to an error that says what to do.
func FuzzDocument(f *testing.F) {
	f.Add(paragraph("一、总体情况") + `<w:tbl>` + rowOf("信息内容", "本年处理决定数量") + rowOf("行政许可", "5") + `</w:tbl>`)
	f.Add(`<w:tbl><w:tr><w:tc>` + paragraph("六、其他需要报告的事项") + `<w:tbl>` + rowOf("行政许可", "本年处理决定数量") + `</w:tbl></w:tc></w:tr></w:tbl>`)
	f.Fuzz(func(t *testing.T, body string) {
		if len(body) > 1<<18 {
			return
		}
		if r, err := readOne(context.Background(), packDocument(t, body), Options{}); err == nil {
			written(t, r)
		}
	})
}

func BenchmarkReadDocument(b *testing.B) {
	for _, c := range documents {
		src, err := os.ReadFile(filepath.Join("../../testdata/word", c.file+".docx"))
		if err != nil {
			b.Fatal(err)
		}
		b.Run(c.file, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				readBytes(b, src)
			}
		})
	}
}

// A picture stands behind its paragraph's text; a chart is named without one.
func TestPicturesOfDocument(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 2, 2))); err != nil {
		t.Fatal(err)
	}
	drawn := func(in string) string { return `<w:p><w:r><w:drawing>` + in + `</w:drawing></w:r></w:p>` }
	r := readBytes(t, packDocument(t, paragraph("某县教育局2024年政府信息公开工作年度报告")+paragraph("一、总体情况")+paragraph("按月发布。")+
		drawn(`<wp:inline><wp:extent cx="1270000" cy="635000"/><a:blip r:embed="p1"/></wp:inline>`)+paragraph("如上图。")+drawn(`<c:chart r:id="p2"/>`)+
		paragraph("二、主动公开政府信息情况")+`<w:tbl>`+rowOf("信息内容", "本年处理决定数量")+rowOf("行政许可", "5")+`</w:tbl>`,
		[2]string{"word/_rels/document.xml.rels", `<Relationships><Relationship Id="p1" Type="x/image" Target="media/image1.png"/><Relationship Id="p2" Type="x/chart" Target="charts/chart1.xml"/></Relationships>`},
		[2]string{"word/media/image1.png", b.String()}))
	var got []string
	for _, p := range r.Pictures {
		got = append(got, fmt.Sprintf("%s %s after %d, %q, %d bytes, %vx%v", p.Cell, p.Section, p.After, p.Type, len(p.Bytes), p.Width, p.Height))
	}
	if d := cmp.Diff([]string{fmt.Sprintf(`段4 overview after 1, "png", %d bytes, 100x50`, b.Len()), `段6 overview after 2, "", 0 bytes, 0x0`}, got); d != "" {
		t.Error(d)
	}
}

// Reports one behind the other in a document, also behind a list of them; and near
// misses: last year's of the same body, and one whose tables stand above its title.
func TestReportsInDocument(t *testing.T) {
	for _, file := range []struct{ name, organization string }{{"npm-docx", "安平县教育局"}, {"python-docx", "安平县柳林镇人民政府"}, {"split-table", "安平县卫生健康局"}} {
		whole, err := zip.OpenReader("../../testdata/word/" + file.name + ".docx")
		if err != nil {
			t.Fatal(err)
		}
		defer whole.Close()
		text, err := fs.ReadFile(whole, "word/document.xml")
		if err != nil {
			t.Fatal(err)
		}
		head, rest, _ := strings.Cut(string(text), "<w:body>")
		end := max(strings.LastIndex(rest, "<w:sectPr"), 0)
		body, end2 := rest[:end], rest[end:]
		of := func(organization, year string) string {
			return strings.ReplaceAll(strings.ReplaceAll(body, file.organization, organization), "2024年", year+"年")
		}
		tables := body[strings.Index(body, "<w:tbl>"):]
		list := paragraph(file.organization+"2024年政府信息公开工作年度报告") + paragraph("安平县水务局2024年政府信息公开工作年度报告")
		for _, c := range []struct {
			name    string
			body    string
			parts   []string
			mixture bool
		}{
			{"two", body + of("安平县水务局", "2024"), []string{file.organization, "安平县水务局"}, false},
			{"two behind a list", list + body + of("安平县水务局", "2024"), []string{file.organization, "安平县水务局"}, false},
			{"three", body + of("安平县水务局", "2024") + of("安平县民政局", "2024"), []string{file.organization, "安平县水务局", "安平县民政局"}, false},
			{"last year's behind it", body + of(file.organization, "2023"), []string{""}, false},
			{"tables above the title", tables + of("安平县水务局", "2024") + body, []string{""}, true},
			{"a name comes again", body + of("安平县水务局", "2024") + body, []string{""}, true},
		} {
			var b bytes.Buffer
			z := zip.NewWriter(&b)
			for _, f := range whole.File {
				if f.Name != "word/document.xml" {
					if err := z.Copy(f); err != nil {
						t.Fatal(err)
					}
				}
			}
			w, err := z.Create("word/document.xml")
			if err != nil {
				t.Fatal(err)
			}
			io.WriteString(w, head+"<w:body>"+c.body+end2)
			if err := z.Close(); err != nil {
				t.Fatal(err)
			}
			all, err := Read(t.Context(), b.Bytes(), Options{})
			if err != nil {
				t.Errorf("%s, %s: %v", file.name, c.name, err)
				continue
			}
			var parts []string
			for _, r := range all {
				parts = append(parts, r.Part)
				if n := r.Figure("applications", "granted", "natural_person"); len(all) > 1 && (n.Value.String() != modelFigure("applications", "granted", "natural_person") || r.Organization != r.Part) {
					t.Errorf("%s, %s: %s has %s in %s", file.name, c.name, r.Organization, n.Value, n.Cell)
				}
			}
			mixture := slices.ContainsFunc(all[0].Notes, func(n report.Note) bool { return n.Kind == report.SeveralOrganizations || n.Kind == report.SecondSet })
			if d := cmp.Diff(c.parts, parts); d != "" || mixture != c.mixture {
				t.Errorf("%s, %s: mixture %v, %s", file.name, c.name, mixture, d)
			}
		}
	}
}

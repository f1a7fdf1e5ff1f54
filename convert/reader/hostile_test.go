package reader

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// pack makes a workbook of one sheet with the given XML, plus other parts.
func pack(t testing.TB, sheet string, more ...[2]string) []byte {
	t.Helper()
	parts := [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`},
		{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", sheet},
	}
	return packed(t, append(parts, more...)...)
}

// packed makes a package of parts, by their names.
func packed(t testing.TB, parts ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
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

func data(rows string) string { return `<worksheet><sheetData>` + rows + `</sheetData></worksheet>` }

func text(cell, s string) string {
	return `<c r="` + cell + `" t="inlineStr"><is><t>` + s + `</t></is></c>`
}

// bomb is 300 MiB of the given text, packed into a thousandth.
func bomb(t testing.TB, of string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("xl/workbook.xml")
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(w, `<workbook>`)
	chunk := bytes.Repeat([]byte(of), 1<<20/len(of))
	for range 300 {
		w.Write(chunk)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lie makes the package say that its first part unpacks to 100 bytes.
func lie(t testing.TB, src []byte) []byte {
	i := bytes.LastIndex(src, []byte("PK\x01\x02"))
	if i < 0 {
		t.Fatal("no directory")
	}
	binary.LittleEndian.PutUint32(src[i+24:], 100)
	return src
}

func TestReadHostile(t *testing.T) {
	rows := func(n int, row func(i int) string) string {
		var b strings.Builder
		for i := 1; i <= n; i++ {
			b.WriteString(row(i))
		}
		return b.String()
	}
	label := "自然人"
	for _, c := range []struct {
		name string
		src  []byte
		key  string // of the error
	}{
		{"zip bomb", bomb(t, "<a></a>"), "read.limit.unpacked"},
		{"zip bomb that lies about its size", lie(t, bomb(t, " ")), "read.damaged"},
		{"entity bomb", pack(t, `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`), "read.damaged"},
		{"names outside the package", pack(t, data(""), [2]string{"../../etc/passwd", "x"}, [2]string{`..\..\windows\x`, "x"}, [2]string{"/abs", "x"}), "read.notables"},
		{"nested 300 deep", pack(t, data(strings.Repeat("<a>", 300)+strings.Repeat("</a>", 300))), "read.nested"},
		{"text nested 300 deep", pack(t, data(`<row r="1"><c r="A1" t="inlineStr"><is>`+strings.Repeat("<r>", 300)+strings.Repeat("</r>", 300)+`</is></c></row>`)), "read.nested"},
		{"row beyond the last", pack(t, data(`<row r="1048577"><c r="A1048577"><v>1</v></c></row>`)), "read.coordinates"},
		{"column beyond the last", pack(t, data(`<row r="1"><c r="XFE1"><v>1</v></c></row>`)), "read.coordinates"},
		{"row zero", pack(t, data(`<row r="0"><c r="A0"><v>1</v></c></row>`)), "read.coordinates"},
		{"row of 30 digits", pack(t, data(`<row r="999999999999999999999999999999"/>`+`<row r="999999999999999999999999999999"><c><v>1</v></c></row>`)), "read.coordinates"},
		{"NUL in text", pack(t, data(`<row r="1">`+text("A1", "a\x00b")+`</row>`)), "read.damaged"},
		{"no such shared string", pack(t, data(`<row r="1"><c r="A1" t="s"><v>99</v></c></row>`)), "read.sharedstring"},
		{"not XML", pack(t, "PNG"), "read.notables"},
		{"cut off", pack(t, `<worksheet><sheetData><row r="1">`), "read.damaged"},
		{"a merged area of everything", pack(t, `<worksheet><sheetData><row r="1">`+text("A1", label)+`</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:B2"/><mergeCell ref="B2:C3"/></mergeCells></worksheet>`), "read.notables"},
		{"a merged area upside down", pack(t, `<worksheet><sheetData/><mergeCells><mergeCell ref="C3:A1"/></mergeCells></worksheet>`), "read.coordinates"},
		{"too much text", pack(t, data(`<row r="1">`+text("A1", strings.Repeat("长", 30<<20))+`</row>`)), "read.limit.text"},
		{"too much narrative", pack(t, data(`<row r="1">`+text("A1", strings.Repeat("长", 2<<20))+`</row>`)), "read.limit.narrative"},
		{"too much narrative below headings", pack(t, data(rows(300, func(i int) string {
			return `<row><c t="inlineStr"><is><t>一、总体情况` + "\n" + strings.Repeat("长", 5000) + `</t></is></c></row>`
		}))), "read.limit.narrative"},
		{"much narrative below headings", pack(t, data(rows(200, func(i int) string {
			return `<row><c t="inlineStr"><is><t>一、总体情况` + "\n" + strings.Repeat("长", 5000) + `</t></is></c></row>`
		}))), "read.notables"},
		{"labels everywhere", pack(t, data(rows(60, func(i int) string {
			return fmt.Sprintf(`<row r="%d">`, i) + rows(2000, func(k int) string { return `<c t="inlineStr"><is><t>` + label + `</t></is></c>` }) + `</row>`
		}))), "read.notables"},
		{"a head on every other row", pack(t, data(rows(20_000, func(i int) string {
			return fmt.Sprintf(`<row r="%d"><c t="inlineStr"><is><t>行政许可</t></is></c><c t="inlineStr"><is><t>本年处理决定数量</t></is></c></row>`, 2*i)
		}))), "read.notables"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if testing.Short() && len(c.src) > 1<<19 {
				t.Skip("large")
			}
			start := time.Now()
			ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
			defer cancel()
			_, err := readOne(ctx, c.src, Options{Limits: workbook.Limits{Unpacked: 256 << 20}})
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

// Two million cells, as many as are read, must fit into a gigabyte; this takes a
// tenth of both.
func TestReadKeepsToItsMemory(t *testing.T) {
	var b strings.Builder
	for r := 1; r <= 100; r++ {
		fmt.Fprintf(&b, `<row r="%d">`, r)
		for range workbook.DefaultCells / 10 / 100 {
			b.WriteString(`<c t="inlineStr"><is><t>某单位</t></is></c>`)
		}
		b.WriteString("</row>")
	}
	src := pack(t, data(b.String()))
	b.Reset()
	defer debug.SetGCPercent(debug.SetGCPercent(50)) // what is garbage does not count, also where both processors are busy
	runtime.GC()
	done := make(chan error)
	go func() {
		_, err := readOne(context.Background(), src, Options{})
		done <- err
	}()
	var peak uint64
	for {
		select {
		case err := <-done:
			var m *message.Error
			if !errors.As(err, &m) {
				t.Errorf("error %v", err)
			}
			t.Logf("peak heap %d MiB", peak>>20)
			return
		case <-time.After(10 * time.Millisecond):
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			if peak = max(peak, now.HeapInuse); peak > 100<<20 {
				t.Fatalf("the heap grew to %d MiB", peak>>20)
			}
		}
	}
}

func TestReadCyclicFormulas(t *testing.T) {
	src, err := os.ReadFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	src = replacePart(t, src, "xl/worksheets/sheet4.xml", func(s string) string {
		s = strings.Replace(s, `<c r="D6"`, `<c r="D6"><f>E6+1</f></c><c r="Z6"`, 1)
		return strings.Replace(s, `<c r="E6"`, `<c r="E6"><f>D6+1</f></c><c r="Z6"`, 1)
	})
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	r, err := readOne(ctx, src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cycles := 0
	for _, n := range r.Notes {
		if n.Kind == report.SpreadsheetError && (n.Text == "=E6+1" || n.Text == "=D6+1") {
			cycles++
		}
	}
	if cycles != 2 {
		t.Errorf("of two formulas that rest on each other %d are reported: %+v", cycles, r.Notes)
	}
}

// replacePart rewrites one part of a package.
func replacePart(t testing.TB, src []byte, name string, change func(string) string) []byte {
	t.Helper()
	in, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if f.Name == name {
			changed := change(string(b))
			if changed == string(b) {
				t.Fatalf("%s was not changed", name)
			}
			b = []byte(changed)
		}
		d, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		d.Write(b)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// A sum over a cell with an error is an error, as it is for spreadsheet programs.
func TestComputePassesErrorsOn(t *testing.T) {
	r := edit(t, pageSheet, func(f *excelize.File) {
		for cell, formula := range map[string]string{"D8": "1/0", "J8": "SUM(D8:I8)", "D9": "Z99", "J9": "SUM(D9:I9)", "E10": `REPT("x",9)`, "J10": "SUM(D10:I10)"} {
			f.SetCellValue(applications, cell, nil)
			f.SetCellFormula(applications, cell, formula)
		}
		f.SetCellValue(applications, "E11", "#REF!")
		f.SetCellValue(applications, "J11", nil)
		f.SetCellFormula(applications, "J11", "SUM(D11:I11)")
	})
	shown := map[string]string{}
	for _, n := range r.Notes {
		if n.Kind == report.SpreadsheetError {
			shown[n.Cells[0].Name()] = n.Read
		}
	}
	want := map[string]string{"D8": "#DIV/0!", "J8": "#DIV/0!", "E10": "REPT", "J10": "REPT", "E11": "", "J11": "#REF!"}
	if d := cmp.Diff(want, shown); d != "" {
		t.Error(d)
	}
	if v := r.Figure("applications", "partly_granted", "total").Value; v.String() != "0" {
		t.Errorf("the sum over a formula that shows nothing is %q", v)
	}
}

package xlsx

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/form"
	"nianbao/convert/reader"
	"nianbao/convert/report"
)

func readFile(t testing.TB, name string) *report.Report {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, src)
}

func readBytes(t testing.TB, src []byte) *report.Report {
	t.Helper()
	r, err := reader.Read(context.Background(), src, reader.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r[0]
}

func written(t testing.TB, r *report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// jsonOf is a report's JSON without the cells, in which forms that say the same differ.
func jsonOf(t testing.TB, r *report.Report) string {
	t.Helper()
	whole := *r
	r = &whole
	r.Tables = slices.Clone(r.Tables)
	for i := range r.Tables {
		r.Tables[i].Rows = slices.Clone(r.Tables[i].Rows)
		for j := range r.Tables[i].Rows {
			row := &r.Tables[i].Rows[j]
			row.Figures = slices.Clone(row.Figures)
			for k := range row.Figures {
				row.Figures[k].Cell = report.Cell{}
			}
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

const (
	sample       = "../../testdata/yingshan-2024.xlsx"
	pageSheet    = "../../testdata/forms/sheet-a-section.xlsx"
	applications = "三 收到和处理政府信息公开申请情况"
)

func TestWriteReadsBackTheSame(t *testing.T) {
	r := readFile(t, sample)
	r.Preamble = []report.Paragraph{{Text: "根据规定，编制本报告。"}, {Text: "没有句号的一段"}}
	r.Signature = report.Signature{Organization: r.Organization, Date: "2025年1月20日"}
	r.Figure("disclosure", "fees", "amount").Value, _ = report.ParseNumber("59237.2449")
	back := readBytes(t, written(t, r))
	if d := cmp.Diff(jsonOf(t, r), jsonOf(t, back)); d != "" {
		t.Error(d)
	}
	if len(back.Notes) > 0 {
		t.Errorf("notes on our own workbook: %+v", back.Notes)
	}
	if back.Signature != r.Signature {
		t.Errorf("signature %+v, want %+v", back.Signature, r.Signature)
	}
}

func TestWriteFillsBlanksAndKeepsFaults(t *testing.T) {
	r := readFile(t, sample)
	zero := r.Figure("applications", "granted", "business")
	total := r.Figure("applications", "granted", "total")
	bad := r.Figure("applications", "partly_granted", "natural_person")
	zero.Value, total.Value, bad.Value = report.Number{}, report.Number{}, report.Number{}
	r.Notes = append(r.Notes, report.Note{Kind: report.NotNumber, Path: path("applications.partly_granted.natural_person"), Cells: []report.Cell{bad.Cell}, Text: "八"})
	back := readBytes(t, written(t, r))
	if v := back.Figure("applications", "granted", "business").Value; v.String() != "0" {
		t.Errorf("a blank figure is written as %q", v)
	}
	if v := back.Figure("applications", "granted", "total").Value; v.String() != "6" {
		t.Errorf("a blank total is written as %q", v)
	}
	if len(back.Notes) != 1 || back.Notes[0].Kind != report.NotNumber || back.Notes[0].Text != "八" {
		t.Errorf("the figure that could not be read is lost: %+v", back.Notes)
	}
}

// A cell takes no more than 32,767 characters: longer paragraphs go on in the next one.
func TestWriteKeepsLongParagraphs(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	r := f.Blank()
	r.Organization, r.Year = "某县教育局", 2024
	long := strings.Repeat("公开", 20_000)
	r.Preamble = []report.Paragraph{{Text: long}}
	r.Sections[0].Paragraphs = []report.Paragraph{{Text: long}}
	var b bytes.Buffer
	if err := Write(&b, r); err != nil {
		t.Fatal(err)
	}
	back := readBytes(t, b.Bytes())
	for name, paragraphs := range map[string][]report.Paragraph{"preamble": back.Preamble, "section": back.Sections[0].Paragraphs} {
		text := ""
		for _, p := range paragraphs {
			text += p.Text
		}
		if text != long {
			t.Errorf("%s has %d of %d bytes", name, len(text), len(long))
		}
	}
}

func TestWriteIsDeterministic(t *testing.T) {
	r := readFile(t, sample)
	r.Figure("applications", "granted", "business").Value = report.Number{}
	first := written(t, r)
	for range 5 {
		if !bytes.Equal(first, written(t, r)) {
			t.Fatal("same report, other bytes")
		}
	}
}

func TestTemplateReadsBackEmpty(t *testing.T) {
	for _, f := range form.All() {
		var b bytes.Buffer
		if err := Template(&b, f); err != nil {
			t.Fatal(err)
		}
		r := readBytes(t, b.Bytes())
		if r.Form != f.ID {
			t.Errorf("form %s reads as %s", f.ID, r.Form)
		}
		if len(r.Notes) == 0 {
			t.Errorf("form %s has no formulas", f.ID)
		}
		for _, n := range r.Notes {
			if n.Kind != report.Computed || n.Read != "0" {
				t.Errorf("%s: %+v", f.ID, n)
			}
		}
		for _, s := range r.Sections {
			if !s.Found || len(s.Paragraphs) > 0 {
				t.Errorf("%s: section %s: %+v", f.ID, s.Key, s)
			}
		}
		for _, tab := range r.Tables {
			for _, row := range tab.Rows {
				for _, fig := range row.Figures {
					if fig.Cell.IsZero() || !fig.Value.IsZero() {
						t.Errorf("%s: %s.%s.%s: %+v", f.ID, tab.Key, row.Key, fig.Column, fig)
					}
				}
			}
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	r := readFile(b, sample)
	b.ReportAllocs()
	for b.Loop() {
		written(b, r)
	}
}

// path is the path that a test writes as text.
func path(s string) report.Path {
	p, err := report.ParsePath(s)
	if err != nil {
		panic(err)
	}
	return p
}

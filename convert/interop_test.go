//go:build interop

package convert

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/form"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// run runs a program that must be there and must succeed.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s %q: %v\n%s", name, args, err, out)
	}
	return string(out)
}

// libreOffice converts files with a profile of its own.
func libreOffice(t *testing.T, to, dir string, files ...string) {
	t.Helper()
	profile := "-env:UserInstallation=file://" + t.TempDir()
	run(t, "soffice", append([]string{profile, "--headless", "--convert-to", to, "--outdir", dir}, files...)...)
}

func converted(t *testing.T, input string) (dir string, result *Result) {
	t.Helper()
	dir = t.TempDir()
	results, err := File(context.Background(), input, FileOptions{Out: dir, To: []Format{PDF, XLSX, Annotated}})
	if err != nil {
		t.Fatal(err)
	}
	return dir, results[0]
}

func TestInteropPDF(t *testing.T) {
	dir, result := converted(t, sample)
	pdf := filepath.Join(dir, "yingshan-2024.pdf")
	run(t, "qpdf", "--check", pdf)
	fonts := strings.Split(strings.TrimSpace(run(t, "pdffonts", pdf)), "\n")[2:]
	for _, f := range fonts {
		if c := strings.Fields(f); c[len(c)-5] != "yes" || c[len(c)-4] != "yes" {
			t.Errorf("not embedded as a subset: %s", f)
		}
	}

	// Every label and every figure can be copied out.
	text := squeeze(run(t, "pdftotext", "-layout", pdf, "-"))
	raw := squeeze(run(t, "pdftotext", "-raw", pdf, "-"))
	f, err := form.Get(result.Report.Form)
	if err != nil {
		t.Fatal(err)
	}
	for _, ft := range f.Tables {
		for _, c := range ft.Layout().Cells {
			if l := squeeze(c.Text); !strings.Contains(raw, l) && !strings.Contains(text, l) {
				t.Errorf("label %q is not in the text", c.Text)
			}
		}
		for _, row := range result.Report.Table(ft.Key).Rows {
			for _, fig := range row.Figures {
				if v := fig.Value.String(); !strings.Contains(text, v) {
					t.Errorf("%s.%s.%s: %s is not in the text", ft.Key, row.Key, fig.Column, v)
				}
			}
		}
	}
	for _, s := range result.Report.Sections {
		for _, p := range s.Paragraphs {
			if !strings.Contains(raw, squeeze(p.Text)) && len(p.Text) < 150 {
				t.Errorf("not in the text: %s", p.Text)
			}
		}
	}

	const golden = "../testdata/yingshan-2024.pdf.txt"
	got := run(t, "pdftotext", "-layout", pdf, "-")
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("text of the pages: %s", d)
	}
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// What we write, LibreOffice opens, and what it saves reads as the same report.
func TestInteropLibreOfficeReadsOurs(t *testing.T) {
	dir, result := converted(t, sample)
	empty := filepath.Join(dir, "empty.xlsx")
	if err := Template(empty, form.All()[0]); err != nil {
		t.Fatal(err)
	}
	saved := t.TempDir()
	normalized := filepath.Join(dir, "yingshan-2024.normalized.xlsx")
	libreOffice(t, "xlsx", saved, normalized, filepath.Join(dir, "yingshan-2024.annotated.xlsx"), empty)
	want := figures(t, result)
	for _, name := range []string{"yingshan-2024.normalized.xlsx", "yingshan-2024.annotated.xlsx"} {
		r, err := Check(context.Background(), filepath.Join(saved, name), FileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, figures(t, r[0])); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	r, err := Check(context.Background(), filepath.Join(saved, "empty.xlsx"), FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range r[0].Findings {
		if strings.HasPrefix(f.Rule, "R10") {
			t.Errorf("the empty form: %s %s", f.Rule, f.Path)
		}
	}
}

// openpyxl opens what we write and finds the figures as numbers.
func TestInteropOpenpyxlReadsOurs(t *testing.T) {
	dir, _ := converted(t, sample)
	out := run(t, "/usr/bin/python3", "-c", `
import openpyxl, sys
wb = openpyxl.load_workbook(sys.argv[1])
ws = wb["三、收到和处理政府信息公开申请情况"]
print(len(wb.sheetnames), ws["D6"].value, type(ws["D6"].value).__name__, ws.page_setup.paperSize, ws.sheet_properties.pageSetUpPr.fitToPage)
print(wb["数据"].max_row)
`, filepath.Join(dir, "yingshan-2024.normalized.xlsx"))
	if want := "8 26 int 9 True\n201\n"; out != want {
		t.Errorf("openpyxl reads %q, want %q", out, want)
	}
}

// figures are a report's figures and texts as JSON.
func figures(t *testing.T, r *Result) string {
	t.Helper()
	b, err := r.Report.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// The documents that we mark LibreOffice opens, and what it saves of them, also in the
// format of old, reads as the same report, without our page.
func TestInteropDocuments(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "marked.docx")
	if err := os.WriteFile(name, wrongDocument(t, "npm-docx"), 0o666); err != nil {
		t.Fatal(err)
	}
	results, err := File(context.Background(), name, FileOptions{To: []Format{Annotated}})
	if err != nil {
		t.Fatal(err)
	}
	want, marked := figures(t, results[0]), results[0].Outputs[0]
	out := t.TempDir()
	for _, to := range []string{"pdf", "doc", "docx:MS Word 2007 XML"} {
		libreOffice(t, to, out, marked)
	}
	if text := run(t, "pdftotext", filepath.Join(out, "marked.annotated.pdf"), "-"); !strings.Contains(squeeze(text), "检查结果：2个错误，1个警告") {
		t.Errorf("the first page: %.300s", text)
	}
	for _, ext := range []string{"doc", "docx"} {
		again, err := Check(context.Background(), filepath.Join(out, "marked.annotated."+ext), FileOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, figures(t, again[0])); d != "" {
			t.Errorf("saved as .%s: %s", ext, d)
		}
	}
	run(t, "/usr/bin/python3", "-c", `
import docx, sys
d = docx.Document(sys.argv[1])
assert d.paragraphs[0].text.startswith("检查结果："), d.paragraphs[0].text
assert len(d.tables) == 4 and len(d.tables[0].rows) == 4, len(d.tables)
`, marked)
}

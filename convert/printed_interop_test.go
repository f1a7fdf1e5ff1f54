//go:build interop

package convert

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nianbao/convert/document"
	"nianbao/convert/docx"
	"nianbao/convert/html"
	"nianbao/convert/pdf"
)

// printed are the files of all printed outputs of the six forms, in a folder: name.pdf,
// name.docx and name.html.
func printed(t *testing.T) (dir string, all []printing) {
	t.Helper()
	dir = t.TempDir()
	all = sixForms(t)
	for _, p := range all {
		save := func(suffix string, err error, b *bytes.Buffer) {
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, p.name+suffix), b.Bytes(), 0o666)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		var page, file, portal bytes.Buffer
		_, err := pdf.Write(&page, p.report, pdf.Options{Draft: p.options.Draft, Date: p.options.Date, Seal: p.options.Seal})
		save(".pdf", err, &page)
		save(".docx", docx.Write(&file, p.report, p.options), &file)
		save(".html", html.Write(&portal, p.report, p.options), &portal)
	}
	return dir, all
}

// pageFurniture is what stands on pages beside the report: their numbers, the mark of a
// draft and what is above a table that goes on.
var pageFurniture = regexp.MustCompile(`(?m)^(?:— ?\d+ ?—|草\s?稿\s校\s?验\s?未\s?通\s?过|续表)$`)

// inOrder finds the texts in a file's text one behind the other, white space left out,
// and says of each that it did not find.
func inOrder(t *testing.T, text string, want []string) {
	t.Helper()
	text = strings.ReplaceAll(text, "\f", "\n")
	rest := strings.Join(strings.Fields(pageFurniture.ReplaceAllString(text, "")), "")
	skipped := 0
	for _, s := range want {
		s = strings.Join(strings.Fields(s), "")
		i := strings.Index(rest, s)
		if i < 0 {
			t.Errorf("%q is not where it should be, before %.60q", s, rest)
			continue
		}
		skipped += i
		rest = rest[i+len(s):]
	}
	if most := 600; skipped > most { // heads of tables that are repeated
		t.Errorf("%d bytes stand between what should", skipped)
	}
}

// ownFonts has programs find the fonts of this program under the names that documents
// give.
func ownFonts(t *testing.T) {
	t.Helper()
	fonts, err := filepath.Abs("../templates/fonts")
	if err != nil {
		t.Fatal(err)
	}
	conf := `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>` + fonts + `</dir><dir>/usr/share/fonts</dir><cachedir>` + t.TempDir() + `</cachedir>`
	for name, own := range map[string]string{"仿宋": "Noto Serif SC", "宋体": "Noto Serif SC", "方正小标宋简体": "Noto Serif SC", "黑体": "Noto Sans SC Medium", "楷体": "Nianbao Kai"} {
		conf += `<match target="pattern"><test name="family"><string>` + name + `</string></test><edit name="family" mode="prepend" binding="strong"><string>` + own + `</string></edit></match>`
	}
	file := filepath.Join(t.TempDir(), "fonts.conf")
	if err := os.WriteFile(file, []byte(conf+`</fontconfig>`), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FONTCONFIG_FILE", file)
}

// Every figure, label and paragraph is in the PDF, and in the document as LibreOffice
// shows it, in the order in which the report has them.
func TestInteropPrintedSayTheSame(t *testing.T) {
	dir, all := printed(t)
	shown := t.TempDir()
	ownFonts(t)
	var documents []string
	for _, p := range all {
		documents = append(documents, filepath.Join(dir, p.name+".docx"))
	}
	libreOffice(t, "pdf", shown, documents...)
	for _, p := range all {
		t.Run(p.name, func(t *testing.T) {
			d, err := document.Of(p.report, p.options)
			if err != nil {
				t.Fatal(err)
			}
			inOrder(t, run(t, "pdftotext", "-raw", filepath.Join(dir, p.name+".pdf"), "-"), said(d))
			pages := run(t, "pdftotext", "-raw", filepath.Join(shown, p.name+".pdf"), "-")
			inOrder(t, pages, said(d))
			if numbers := regexp.MustCompile(`(?m)^— \d+ —$`).FindAllString(pages, -1); len(numbers) < 4 || numbers[1] != "— 2 —" {
				t.Errorf("pages are numbered %q", numbers)
			}
		})
	}
}

// python-docx opens the documents and finds headings, tables and sections.
func TestInteropPythonDocxOpensOurs(t *testing.T) {
	dir, all := printed(t)
	const script = `
import sys, docx
for name in sys.argv[1:]:
    d = docx.Document(name)
    heads = [p.style.name for p in d.paragraphs if p.style.name.startswith("Heading")]
    s = d.sections[0]
    print(len(heads) >= 6, len(d.tables), round(s.top_margin.mm), round(s.left_margin.mm), d.settings.odd_and_even_pages_header_footer,
        d.tables[1].cell(5, 0).text == d.tables[1].cell(6, 0).text, d.core_properties.last_modified_by or "nobody")
`
	args := []string{"-I", "-c", script} // else it imports a folder that is called docx
	for _, p := range all {
		args = append(args, filepath.Join(dir, p.name+".docx"))
	}
	for i, line := range strings.Split(strings.TrimSpace(run(t, "/usr/bin/python3", args...)), "\n") {
		if line != "True 3 37 28 True True nobody" {
			t.Errorf("%s: %s", all[i].name, line)
		}
	}
}

// No page has anything that axe finds wrong at any of three widths, none is wider than its
// screen, and on paper it has the page of the standard.
func TestInteropPagesAreAccessible(t *testing.T) {
	dir, all := printed(t)
	args := []string{"../testdata/interop/page_axe.js"}
	for _, p := range all {
		args = append(args, filepath.Join(dir, p.name+".html"))
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	t.Setenv("NODE_PATH", filepath.Join(cache, "nianbao-interop", "node_modules"))
	out := strings.TrimSpace(run(t, "node", args...))
	lines := strings.Split(out, "\n")
	if len(lines) != 3*len(all) {
		t.Fatalf("%d pages were looked at: %s", len(lines), out)
	}
	for _, line := range lines {
		if !strings.HasSuffix(line, " fits, nothing wrong") {
			t.Error(line)
		}
	}
	for _, p := range all {
		name := filepath.Join(dir, p.name+".print.pdf")
		d, err := document.Of(p.report, p.options)
		if err != nil {
			t.Fatal(err)
		}
		text := run(t, "pdftotext", "-raw", name, "-")
		for _, s := range said(d) {
			if s = strings.Join(strings.Fields(s), ""); !strings.Contains(strings.Join(strings.Fields(text), ""), s) && len([]rune(s)) < 20 {
				t.Errorf("%s: on paper there is no %s", p.name, s)
			}
		}
		if size := run(t, "pdfinfo", name); !strings.Contains(size, "(A4)") {
			t.Errorf("%s: %s", p.name, size)
		}
	}
}

//go:build interop

package reader

import (
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// writers make workbooks of sketches: all of them at once, since LibreOffice takes
// longer to start than to convert. Each gets the folder with the sketches and one
// for its workbooks, which it names by the sketch's number.
var writers = map[string]func(t *testing.T, sketches []sketch, dir, out string){
	"openpyxl":                     openpyxl,
	"XlsxWriter":                   script("/usr/bin/python3", "write_xlsxwriter.py"),
	"exceljs":                      script("node", "write_exceljs.js"),
	"SheetJS":                      script("node", "write_sheetjs.js"),
	"LibreOffice":                  resaved(func(t *testing.T, files []string, out string) { libreOffice(t, out, "xlsx", files) }),
	"Gnumeric":                     gnumeric("Gnumeric_Excel:xlsx2"),
	"LibreOffice, from a web page": fromHTML,
	"LibreOffice, .xls":            resaved(func(t *testing.T, files []string, out string) { libreOffice(t, out, "xls", files) }),
	"Gnumeric, .xls of Excel 97":   gnumeric("Gnumeric_Excel:excel_biff8"),
	"Gnumeric, .xls of Excel 95":   gnumeric("Gnumeric_Excel:excel_biff7"),
}

func gnumeric(format string) func(*testing.T, []sketch, string, string) {
	return resaved(func(t *testing.T, files []string, out string) {
		t.Setenv("WINDOWS_LANGUAGE", "zh_CN") // code page 936 where the format has one
		for _, f := range files {
			run(t, "ssconvert", "--export-type="+format, f, filepath.Join(out, filepath.Base(f)))
		}
	})
}

var openpyxl = script("/usr/bin/python3", "write_openpyxl.py")

// Every program's workbooks of every shape of both forms read to the same figures.
func TestInteropWriters(t *testing.T) {
	rng := rand.New(rand.NewPCG(2024, 1))
	type want struct {
		form   *form.Form
		report *report.Report
	}
	var all []sketch
	var wants []want
	for _, f := range form.All() {
		r := randomReport(f, rng)
		for _, k := range shapes(f, r, rng) {
			k.Name = f.ID + " " + k.Name
			all = append(all, k)
			wants = append(wants, want{f, r})
		}
	}
	var table strings.Builder
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	fmt.Fprint(w, "form, shape")
	names := slices.Sorted(maps.Keys(writers))
	if only := os.Getenv("WRITERS"); only != "" {
		names = slices.DeleteFunc(names, func(n string) bool { return !strings.Contains(n, only) })
	}
	for _, n := range names {
		fmt.Fprint(w, "\t", n)
	}
	fmt.Fprintln(w)
	verdicts := make([][]string, len(all))
	for _, n := range names {
		dir, out := t.TempDir(), t.TempDir()
		b, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "sketches.json"), b, 0o666); err != nil {
			t.Fatal(err)
		}
		writers[n](t, all, dir, out)
		for i, k := range all {
			written, err := filepath.Glob(filepath.Join(out, fmt.Sprintf("%d.xls*", i)))
			if err != nil || len(written) != 1 {
				t.Fatal(written, err)
			}
			src, err := os.ReadFile(written[0])
			if err != nil {
				t.Fatal(err)
			}
			r := readBytes(t, src)
			wrong := same(wants[i].form, wants[i].report, r)
			bad := faults(r)
			verdict := "ok"
			if len(wrong)+len(bad) > 0 {
				verdict = fmt.Sprintf("%d wrong, %d errors", len(wrong), len(bad))
				t.Errorf("%s by %s: %.3q %.300v", k.Name, n, wrong, bad)
			} else if len(r.Notes) > 0 {
				verdict = fmt.Sprintf("ok, %d noted", len(r.Notes))
			}
			verdicts[i] = append(verdicts[i], verdict)
		}
	}
	for i, k := range all {
		fmt.Fprintln(w, k.Name+"\t"+strings.Join(verdicts[i], "\t"))
	}
	w.Flush()
	t.Log("\n" + table.String())
}

// run runs a program, whose scripts find the libraries that install-interop.sh installed.
func run(t *testing.T, name string, args ...string) {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(name, args...)
	c.Env = append(os.Environ(), "NODE_PATH="+filepath.Join(cache, "nianbao-interop", "node_modules"))
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%s %.3q: %v\n%s", name, args, err, out)
	}
}

func libreOffice(t *testing.T, out, to string, files []string, options ...string) {
	t.Helper()
	args := append([]string{"-env:UserInstallation=file://" + t.TempDir(), "--headless"}, options...)
	run(t, "soffice", append(append(args, "--convert-to", to, "--outdir", out), files...)...)
}

func script(program, name string) func(*testing.T, []sketch, string, string) {
	return func(t *testing.T, _ []sketch, dir, out string) {
		run(t, program, filepath.Join("../../testdata/interop", name), filepath.Join(dir, "sketches.json"), out)
	}
}

// resaved has a program save again what openpyxl wrote.
func resaved(save func(t *testing.T, files []string, out string)) func(*testing.T, []sketch, string, string) {
	return func(t *testing.T, sketches []sketch, dir, out string) {
		first := t.TempDir()
		openpyxl(t, sketches, dir, first)
		files, _ := filepath.Glob(filepath.Join(first, "*.xlsx"))
		save(t, files, out)
	}
}

// fromHTML has LibreOffice import each sketch as a web page, with its sheets one
// after the other. A page has no formulas: they stand as their results.
func fromHTML(t *testing.T, sketches []sketch, dir, out string) {
	var files []string
	for i, k := range sketches {
		var b strings.Builder
		b.WriteString(`<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>`)
		for _, s := range k.Sheets {
			b.WriteString("<table border=1>")
			writeTable(&b, s)
			b.WriteString("</table>")
		}
		b.WriteString("</body></html>")
		name := filepath.Join(dir, fmt.Sprintf("%d.html", i))
		if err := os.WriteFile(name, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
		files = append(files, name)
	}
	libreOffice(t, out, "xlsx:Calc MS Excel 2007 XML", files, "--infilter=HTML (StarCalc)")
}

// writeTable writes a sheet's cells as rows of a table, with empty cells where
// nothing stands.
func writeTable(b *strings.Builder, s sketchSheet) {
	at := map[[2]int]sketchCell{}
	covered := map[[2]int]bool{}
	last, right := 0, 0
	for _, c := range s.Cells {
		at[[2]int{c.Row, c.Column}] = c
		for r := c.Row; r < c.Row+c.Rows; r++ {
			for k := c.Column; k < c.Column+c.Columns; k++ {
				covered[[2]int{r, k}] = true
			}
		}
		last, right = max(last, c.Row+c.Rows-1), max(right, c.Column+c.Columns-1)
	}
	sum := func(c sketchCell) int {
		n := 0
		for k := c.Column - 6; k < c.Column; k++ {
			v, _ := at[[2]int{c.Row, k}].Value.(int)
			n += v
		}
		return n
	}
	for r := 1; r <= last; r++ {
		b.WriteString("<tr>")
		for k := 1; k <= right; k++ {
			c, ok := at[[2]int{r, k}]
			switch {
			case ok:
				v := html.EscapeString(fmt.Sprint(c.Value))
				if c.Formula != "" {
					v = fmt.Sprint(sum(c))
				}
				fmt.Fprintf(b, `<td rowspan=%d colspan=%d>%s</td>`, c.Rows, c.Columns, strings.ReplaceAll(v, "\n", "<br>"))
			case !covered[[2]int{r, k}]:
				b.WriteString("<td></td>")
			}
		}
		b.WriteString("</tr>")
	}
}

// Every form that LibreOffice saves as .xls reads as it did, every cell by its name.
func TestInteropOldExcel(t *testing.T) {
	files, _ := filepath.Glob("../../testdata/forms/*.xlsx")
	out := t.TempDir()
	libreOffice(t, out, "xls", files)
	for _, name := range files {
		want := readFile(t, name)
		got := readFile(t, filepath.Join(out, strings.TrimSuffix(filepath.Base(name), ".xlsx")+".xls"))
		if w, g := jsonOf(t, want), jsonOf(t, got); w != g {
			t.Errorf("%s: %s\nwant %s", name, g, w)
		}
	}
}

// The documents of testdata/word, made anew by the programs that made them, read to the
// same reports.
func TestInteropWordWriters(t *testing.T) {
	out := t.TempDir()
	run(t, "/usr/bin/python3", "-B", "../../testdata/interop/write_word.py", out)
	for _, c := range documents {
		want, got := readFile(t, "../../testdata/word/"+c.file+".docx"), readFile(t, filepath.Join(out, c.file+".docx"))
		if d := cmp.Diff(jsonOf(t, want), jsonOf(t, got)); d != "" {
			t.Errorf("%s: %s", c.file, d)
		}
	}
}

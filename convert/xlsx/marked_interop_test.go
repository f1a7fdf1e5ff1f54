//go:build interop

package xlsx

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"nianbao/convert/annotation"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// dump says what a workbook has on each of its sheets but the list of findings. The
// comments of the cells that are marked are given without our lines. LibreOffice
// names the font of cells in the default style by another name than that of others.
const dump = `
import openpyxl, sys, warnings
warnings.simplefilter("ignore")
wb = openpyxl.load_workbook(sys.argv[1])
for ws in wb.worksheets:
    if ws.title == "检查结果":
        continue
    print("sheet", ws.title, ws.print_area, ws.oddHeader.center.text, len(ws._images), len(ws._charts), ws.merged_cells.ranges and sorted(map(str, ws.merged_cells.ranges)))
    print("validations", sorted((str(v.sqref), v.type, v.formula1, v.formula2) for v in ws.data_validations.dataValidation))
    print("conditional", sorted((str(c.sqref), [r.type for r in c.rules]) for c in ws.conditional_formatting))
    for row in ws.iter_rows():
        for c in row:
            if c.value is not None:
                print(c.coordinate, repr(c.value), c.font.b, c.number_format, sys.argv[2] == "openpyxl" and c.font.name, c.hyperlink and c.hyperlink.target)
            if c.comment and not c.comment.text.startswith("【"):
                print("comment", c.coordinate, c.comment.text.split("【")[0].strip())
print("names", sorted(n.name for n in wb.defined_names.definedName) if hasattr(wb.defined_names, "definedName") else sorted(wb.defined_names))
`

// What is not marked is the same to openpyxl and to LibreOffice, and each sheet has
// its own comments.
func TestInteropMarkedCopy(t *testing.T) {
	dir := t.TempDir()
	src := rich(t)
	at := report.Cell{Sheet: applications, Row: 8, Column: 4}
	other := report.Cell{Sheet: "二 主动公开政府信息情况", Row: 5, Column: 2}
	var out bytes.Buffer
	marks := []annotation.Mark{{Rule: "A101", Error: true, Cells: []report.Cell{at}, Marked: 1, Message: "甲"}, {Rule: "R203", Error: true, Cells: []report.Cell{other}, Marked: 1, Message: "乙"}}
	if err := Annotate(t.Context(), &out, src, marks, workbook.Limits{}); err != nil {
		t.Fatal(err)
	}
	files := []string{filepath.Join(dir, "form.xlsx"), filepath.Join(dir, "marked.xlsx")}
	for i, b := range [][]byte{src, out.Bytes()} {
		if err := os.WriteFile(files[i], b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	run := func(name string, args ...string) string {
		b, err := exec.Command(name, args...).CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, b)
		}
		return string(b)
	}
	compare := func(program string, form, marked string) {
		want, got := run("/usr/bin/python3", "-c", dump, form, program), run("/usr/bin/python3", "-c", dump, marked, program)
		if want != got {
			t.Errorf("%s: %s", program, diff(want, got))
		}
		for _, m := range []struct{ sheet, cell, text string }{{applications, at.Name(), "甲"}, {other.Sheet, other.Name(), "乙"}} {
			got := run("/usr/bin/python3", "-c", `
import openpyxl, sys
ws = openpyxl.load_workbook(sys.argv[1])[sys.argv[2]]
print(ws[sys.argv[3]].comment.text, sum(1 for r in ws.iter_rows() for c in r if c.comment))
`, marked, m.sheet, m.cell)
			if !strings.Contains(got, "】"+m.text) || !strings.HasSuffix(got, " 1\n") {
				t.Errorf("%s: the comments of %s: %s", program, m.sheet, got)
			}
		}
	}
	compare("openpyxl", files[0], files[1])
	saved := filepath.Join(dir, "saved")
	run("soffice", "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx", "--outdir", saved, files[0], files[1])
	compare("LibreOffice", filepath.Join(saved, "form.xlsx"), filepath.Join(saved, "marked.xlsx"))
}

// diff is the first lines that differ.
func diff(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	var d []string
	for i := range max(len(a), len(b)) {
		x, y := "", ""
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y && len(d) < 5 {
			d = append(d, x+" | "+y)
		}
	}
	return strings.Join(d, "\n")
}

//go:build interop

package reader

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// rewrites is how many workbooks are compared.
const rewrites = 200

// What openpyxl and LibreOffice agree on of the cells of a workbook, however it was
// written, we read as well, and the figures of the form in it.
func TestInteropOracle(t *testing.T) {
	type rewritten struct {
		form *form.Form
		want *report.Report
		name string
		file string
	}
	dir, out := t.TempDir(), t.TempDir()
	rng := rand.New(rand.NewPCG(2024, 14))
	var all []rewritten
	var files []string
	for i := range rewrites {
		f := form.All()[rng.IntN(len(form.All()))]
		r := randomReport(f, rng)
		shaped := shapes(f, r, rng)
		k := shaped[rng.IntN(len(shaped))]
		file := filepath.Join(dir, fmt.Sprintf("%03d.xlsx", i))
		if err := os.WriteFile(file, rewrite(k, uint64(i)), 0o666); err != nil {
			t.Fatal(err)
		}
		all = append(all, rewritten{f, r, k.Name, file})
		files = append(files, file)
	}
	recomputed(t, out, files)
	var resaved []string
	for _, f := range files {
		resaved = append(resaved, filepath.Join(out, filepath.Base(f)))
	}
	one, two := oracle(t, files), oracle(t, resaved)
	agreed, differ, computed := 0, 0, 0
	for i, x := range all {
		src, err := os.ReadFile(x.file)
		if err != nil {
			t.Fatal(err)
		}
		if one[i] == nil || two[i] == nil {
			t.Errorf("%s, %s: read by openpyxl %v, by LibreOffice %v", x.file, x.name, one[i] != nil, two[i] != nil)
			continue
		}
		ours, formulas := cellsOfBook(t, src)
		for sheet, cells := range union(one[i], two[i], ours) {
			for _, at := range cells {
				a, b, we := one[i][sheet][at], two[i][sheet][at], ours[sheet][at]
				switch {
				case a == nil && formulas[sheet+"!"+at]: // without a result: openpyxl computes none, LibreOffice loses one without an address
					if computed++; b != nil && !sameValue(b, we) {
						t.Errorf("%s, %s: %s!%s computed as %v, by LibreOffice as %v", filepath.Base(x.file), x.name, sheet, at, we, b)
					}
				case !sameValue(a, b):
					if differ++; differ <= 10 {
						t.Logf("%s, %s: %s!%s is %#v to openpyxl, %#v to LibreOffice, %#v to us", filepath.Base(x.file), x.name, sheet, at, a, b, we)
					}
				case !sameValue(a, we):
					t.Errorf("%s, %s: %s!%s is %#v, to both %#v", filepath.Base(x.file), x.name, sheet, at, we, a)
				default:
					agreed++
				}
			}
		}
		r := readBytes(t, src)
		if wrong := same(x.form, x.want, r); len(wrong) > 0 {
			t.Errorf("%s, %s: %.3q", filepath.Base(x.file), x.name, wrong)
		}
	}
	t.Logf("%d workbooks: %d cells as both read them, %d computed as LibreOffice does, %d on which they differ", len(all), agreed, computed, differ)
	if agreed < 100*rewrites || differ > agreed/1000 {
		t.Errorf("they agree on %d cells and differ on %d: what is asked no longer says much", agreed, differ)
	}
}

// recomputed has LibreOffice save the workbooks with all formulas computed, as it does not
// for those of others unless it is told to.
func recomputed(t *testing.T, out string, files []string) {
	t.Helper()
	profile := t.TempDir()
	settings := `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">` +
		`<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>`
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(profile, "user", "registrymodifications.xcu"), []byte(settings), 0o666); err != nil {
		t.Fatal(err)
	}
	run(t, "soffice", append([]string{"-env:UserInstallation=file://" + profile, "--headless", "--convert-to", "xlsx", "--outdir", out}, files...)...)
}

// sheetCells are the values of cells, by sheet and address: numbers, texts, truths.
type sheetCells map[string]map[string]any

func oracle(t *testing.T, files []string) []sheetCells {
	t.Helper()
	cmd := exec.Command("/usr/bin/python3", append([]string{"-B", "../../testdata/interop/cells_openpyxl.py"}, files...)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	if said.Len() > 0 {
		t.Log(said.String())
	}
	var all []sheetCells
	for line := range strings.Lines(string(out)) {
		var cells sheetCells
		if err := json.Unmarshal([]byte(line), &cells); err != nil {
			t.Fatal(err)
		}
		all = append(all, cells)
	}
	if len(all) != len(files) {
		t.Fatalf("%d answers for %d workbooks", len(all), len(files))
	}
	return all
}

// cellsOfBook are the cells as package workbook reads and computes them, and which of them
// were computed.
func cellsOfBook(t *testing.T, src []byte) (all sheetCells, formulas map[string]bool) {
	t.Helper()
	b, err := workbook.Open(t.Context(), src, workbook.Limits{}.WithDefaults())
	if err == nil {
		err = b.ReadSheets(t.Context())
	}
	if err == nil {
		err = b.Compute(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	all, formulas = sheetCells{}, map[string]bool{}
	for _, s := range b.Sheets {
		all[s.Name] = map[string]any{}
		for _, c := range s.Cells {
			at := s.At(c.Area)
			all[s.Name][at.Name()] = valueOfCell(c)
			formulas[at.String()] = c.Computed
		}
	}
	return all, formulas
}

func valueOfCell(c workbook.Cell) any {
	if c.Kind == workbook.TextCell || c.Kind == workbook.ErrorCell || c.Kind == workbook.NoResult {
		return c.Text
	}
	n, err := strconv.ParseFloat(c.Text, 64)
	if err != nil {
		return c.Text
	}
	return n
}

// union is every cell that one of them has.
func union(all ...sheetCells) map[string][]string {
	cells := map[string][]string{}
	for _, of := range all {
		for sheet, at := range of {
			for name := range at {
				if !slices.Contains(cells[sheet], name) {
					cells[sheet] = append(cells[sheet], name)
				}
			}
		}
	}
	return cells
}

// sameValue reports whether two programs read the same of a cell: numbers to the 15 digits
// that are shown, texts but for how their lines end, and nothing as no text.
func sameValue(a, b any) bool {
	x, number := a.(float64)
	y, other := b.(float64)
	if number && other {
		return x == y || math.Abs(x-y) <= 1e-14*math.Max(math.Abs(x), math.Abs(y))
	}
	text := func(v any) string {
		if v == nil {
			return ""
		}
		return strings.NewReplacer("\r\n", "\n", "\r", "\n", "_x000A_", "\n").Replace(fmt.Sprint(v)) // openpyxl leaves this as it is
	}
	return number == other && text(a) == text(b)
}

package main

import (
	"encoding/csv"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"

	"nianbao/convert/generate"
	"nianbao/convert/summary"
)

// A table is a CSV table by the names of its columns.
func table(t *testing.T, name string) (head []string, rows []map[string]string) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	rest, marked := strings.CutPrefix(string(src), "\ufeff")
	all, err := csv.NewReader(strings.NewReader(rest)).ReadAll()
	if err != nil || !marked {
		t.Fatalf("%s: byte order mark %v, %v", name, marked, err)
	}
	for _, row := range all[1:] {
		r := map[string]string{}
		for i, v := range row {
			r[all[0][i]] = v
		}
		rows = append(rows, r)
	}
	return all[0], rows
}

// season is a batch over a county with all that goes wrong in one, scans and letters
// among it.
func season(t *testing.T, n int) (county *generate.County, out string) {
	t.Helper()
	county, err := generate.NewCounty(t.TempDir(), n)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{generate.Organization(2) + "盖章.pdf", "转发通知.pdf", generate.Organization(4) + "的函.doc"} {
		if err := os.WriteFile(filepath.Join(county.Dir, name), []byte("%PDF-1.7\n"), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	out = t.TempDir()
	if status, _, errOut := runIn(t, "-q", "-o", out, "-t", "json", "--roster", county.Roster, county.Dir); status != exitFailed {
		t.Fatalf("exit status %d: %s", status, errOut)
	}
	return county, out
}

// The tables say of each file what summary.json says, and their sums are its totals.
func TestExport(t *testing.T) {
	county, out := season(t, 60)
	tables := t.TempDir()
	status, said, errOut := runIn(t, "export", "-o", tables, out)
	if status != 0 || errOut != "" || strings.Count(said, "\n") != 2 {
		t.Fatalf("exit status %d: %s%s", status, said, errOut)
	}
	src, err := os.ReadFile(filepath.Join(out, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	var s summary.Season
	if err := json.Unmarshal(src, &s); err != nil {
		t.Fatal(err)
	}
	kinds, counted := map[string]string{}, map[string]bool{}
	for _, f := range s.Files {
		kinds[f.File] = string(f.Kind)
	}
	for _, b := range s.Organizations {
		counted[b.File] = b.Counted
	}

	head, figures := table(t, filepath.Join(tables, "figures.csv"))
	if d := cmp.Diff(strings.Fields("year organization part file kind counted path label value"), head); d != "" {
		t.Error(d)
	}
	head, findings := table(t, filepath.Join(tables, "findings.csv"))
	if d := cmp.Diff(strings.Fields("year organization part file kind counted rule severity path cells expected actual message"), head); d != "" {
		t.Error(d)
	}
	files := map[string]int{}
	sums := map[string]decimal.Decimal{}
	for _, r := range append(figures, findings...) {
		files[r["file"]]++
		if want := map[bool]string{true: "true", false: "false"}[counted[r["file"]]]; r["kind"] != kinds[r["file"]] || r["counted"] != want {
			t.Fatalf("%s is %s, counted %s, by the summary %s, %s", r["file"], r["kind"], r["counted"], kinds[r["file"]], want)
		}
	}
	for _, r := range figures {
		if r["value"] == "" {
			continue
		}
		n, err := decimal.NewFromString(r["value"])
		if err != nil || !strings.Contains(r["value"], ".") || r["label"] == "" {
			t.Fatalf("%v %v", r, err)
		}
		if r["counted"] == "true" {
			sums[r["path"]] = sums[r["path"]].Add(n)
		}
	}
	for _, p := range s.Totals.Paths() {
		if !sums[p].Equal(s.Totals.At(p).Decimal()) {
			t.Errorf("%s adds up to %s, by the summary to %s", p, sums[p], s.Totals.At(p))
		}
	}
	if len(files) < 50 || s.Counted < 35 || s.Counted >= len(files) {
		t.Errorf("rows of %d files, %d count", len(files), s.Counted)
	}
	if status, _, _ := runIn(t, "export", "-o", tables, t.TempDir()); status != 2 {
		t.Errorf("a folder without records: exit status %d", status)
	}

	// A merged summary names each file once, and comes to the same tables.
	again := t.TempDir()
	if status, _, errOut := runIn(t, "merge", "--roster", county.Roster, "-o", again, out); status != exitFailed { // one could not be read
		t.Fatalf("exit status %d: %s", status, errOut)
	}
	merged, err := os.ReadFile(filepath.Join(again, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	for f := range kinds {
		if n := strings.Count(string(merged), `{"file":"`+f+`"`); n != 1 {
			t.Errorf("the merged summary names %s %d times", f, n)
		}
	}
	if status, _, errOut := runIn(t, "export", again); status != 0 {
		t.Error(errOut)
	}
	for _, name := range []string{"figures.csv", "findings.csv"} {
		a, _ := os.ReadFile(filepath.Join(tables, name))
		b, _ := os.ReadFile(filepath.Join(again, name))
		if len(a) == 0 || string(a) != string(b) {
			t.Errorf("%s of the merged records is another", name)
		}
	}
}

// What others made in the place of a table stands, and nothing is written beside it.
func TestExportForeign(t *testing.T) {
	out := t.TempDir()
	if status, _, errOut := runIn(t, "-q", "-o", out, "-t", "json", "../../testdata/forms/web-page.xlsx", "../../testdata/forms/sheet-a-section.xlsx"); status != 0 {
		t.Fatal(errOut)
	}
	for _, name := range []string{"figures.csv", "findings.csv"} {
		dir := t.TempDir()
		own := filepath.Join(dir, name)
		const theirs = "year,organization,value\n2024,somebody's own,1\n"
		if err := os.WriteFile(own, []byte(theirs), 0o666); err != nil {
			t.Fatal(err)
		}
		status, _, errOut := runIn(t, "export", "-o", dir, out)
		if b, _ := os.ReadFile(own); status != exitFailed || !strings.Contains(errOut, name+" 已经存在") || string(b) != theirs {
			t.Errorf("exit status %d: %s\n%s", status, errOut, b)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 1 {
			t.Errorf("beside %s stand %v", name, entries)
		}
		if err := os.Remove(own); err != nil { // a near miss: ours is replaced
			t.Fatal(err)
		}
		for range 2 {
			if status, _, errOut := runIn(t, "export", "-o", dir, out); status != 0 {
				t.Error(errOut)
			}
		}
	}
	// Records that are cut are named, and the others taken.
	name := filepath.Join(out, "results.jsonl")
	src, err := os.ReadFile(name)
	if err == nil {
		err = os.WriteFile(name, append(src, src[:len(src)/4]...), 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	status, _, errOut := runIn(t, "export", out)
	if status != exitFailed || !strings.Contains(errOut, "第 3 行不完整") {
		t.Errorf("exit status %d: %s", status, errOut)
	}
	if _, rows := table(t, filepath.Join(out, "figures.csv")); len(rows) < 100 {
		t.Errorf("%d rows", len(rows))
	}
	if found, _ := filepath.Glob(filepath.Join(out, "*.tmp")); found != nil {
		t.Errorf("left behind: %v", found)
	}
	info, err := os.Stat(filepath.Join(out, "figures.csv"))
	if beside, failed := os.Stat(name); err != nil || failed != nil || info.Mode() != beside.Mode()&^fs.ModeType {
		t.Errorf("figures.csv has mode %v, results.jsonl %v", info.Mode(), beside.Mode())
	}
}

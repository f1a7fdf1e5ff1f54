package batch

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert"
	"nianbao/convert/generate"
	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/summary"
)

// bodies are reports of so many townships, which add up.
func bodies(t testing.TB, names ...string) []*report.Report {
	t.Helper()
	f, err := generate.NewForm("2021")
	if err != nil {
		t.Fatal(err)
	}
	var all []*report.Report
	for i, name := range names {
		r := f.Report(2*i + 1)
		r.Organization = name
		r.Title = name + "2024年政府信息公开工作年度报告"
		all = append(all, r)
	}
	return all
}

// together is a workbook with a sheet for each report, the given cells changed.
func together(t testing.TB, reports []*report.Report, cells ...any) []byte {
	t.Helper()
	b, err := generate.Together(reports, func(i int, _ string) string { return fmt.Sprint("表", i+1) })
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(cells); i += 3 {
		if err := f.SetCellValue(cells[i].(string), cells[i+1].(string), cells[i+2]); err != nil {
			t.Fatal(err)
		}
	}
	out, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// Of three bodies in one file, one has an error: each has its record and its outputs, one
// marked copy has what is wrong, and all that goes over many reports takes each by itself.
func TestPartsInBatch(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "0")
	dir := t.TempDir()
	in, out := filepath.Join(dir, "收件"), filepath.Join(dir, "out")
	if err := os.Mkdir(in, 0o777); err != nil {
		t.Fatal(err)
	}
	names := []string{"白云镇人民政府", "青山镇人民政府", "东湖街道办事处"}
	three := bodies(t, names...)
	total := three[1].Figure("applications", "granted", "total")
	wrong := together(t, three, "表2", cellOf(t, together(t, three), 1, "applications", "granted", "total"), total.Value.Add(report.Int(1)).String())
	write := func(name string, content []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(in, name), content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write("名册.xlsx", wrong)
	write("水务局.xlsx", together(t, bodies(t, "县水务局")))
	o := Options{FileOptions: convert.FileOptions{Out: out, Timeout: 5 * time.Minute}, Lang: message.Chinese, Jobs: 2}
	result, err := Run(t.Context(), []string{in}, o)
	if err != nil {
		t.Fatal(err)
	}
	if result.Submissions != 4 || result.Files != 2 || result.Planned != 2 || result.Statuses[summary.Wrong] != 1 || len(result.Choice.Bodies) != 4 {
		t.Errorf("%d reports in %d of %d files, %v, %d bodies", result.Submissions, result.Files, result.Planned, result.Statuses, len(result.Choice.Bodies))
	}
	outputs := map[string][]string{}
	all := parts(t, result.Results)
	for _, r := range all {
		outputs[r.Part] = r.Outputs
	}
	if d := cmp.Diff(map[string][]string{
		"白云镇人民政府": {"名册-白云镇人民政府.pdf", "名册-白云镇人民政府.normalized.xlsx"},
		"青山镇人民政府": {"名册-青山镇人民政府.pdf", "名册-青山镇人民政府.normalized.xlsx", "名册.annotated.xlsx"},
		"东湖街道办事处": {"名册-东湖街道办事处.pdf", "名册-东湖街道办事处.normalized.xlsx"},
		"":        {"水务局.pdf", "水务局.normalized.xlsx"},
	}, outputs); d != "" {
		t.Error(d)
	}
	if all[0].Parts != 3 || all[0].Part != names[0] || all[2].Part != names[2] {
		t.Errorf("%+v", all[0])
	}
	season := readSeason(t, result.JSON)
	for _, b := range season.Organizations {
		if b.Organization == names[1] != (b.Status == summary.Wrong) || b.Counted == (b.Organization == names[1]) {
			t.Errorf("%+v", b)
		}
	}

	// Unchanged, it is left as it is; a record that was cut is made again, with all others of its file.
	before, err := os.ReadFile(result.Results)
	if err != nil {
		t.Fatal(err)
	}
	o.Resume = true
	if again, err := Run(t.Context(), []string{in}, o); err != nil || again.Skipped != 2 || again.Submissions != 4 {
		t.Errorf("%+v, %v", again, err)
	}
	lines := bytes.SplitAfter(before, []byte("\n"))
	for _, cut := range [][]byte{bytes.Join(lines[:2], nil), bytes.Join(slices.Concat(lines[:1], lines[2:]), nil)} {
		if err := os.WriteFile(result.Results, cut, 0o666); err != nil {
			t.Fatal(err)
		}
		again, err := Run(t.Context(), []string{in}, o)
		if err != nil || again.Submissions != 4 || again.Files != 2 {
			t.Errorf("%+v, %v", again, err)
		}
		if after, _ := os.ReadFile(result.Results); !bytes.Equal(before, after) {
			t.Errorf("cut at %d: other records than before", len(cut))
		}
	}
	if err := os.Remove(filepath.Join(out, "名册-白云镇人民政府.pdf")); err != nil {
		t.Fatal(err)
	}
	if again, err := Run(t.Context(), []string{in}, o); err != nil || again.Skipped != 1 {
		t.Errorf("%d left as they were, %v", again.Skipped, err)
	}

	// Shards joined are the same.
	shards := filepath.Join(dir, "shards")
	for k := range 2 {
		so := o
		so.Out, so.Shard, so.Resume = shards, Shard{k, 2}, false
		if _, err := Run(t.Context(), []string{in}, so); err != nil {
			if message.CodeOf(err) == message.Other && strings.Contains(err.Error(), "batch.empty") {
				continue
			}
			t.Fatal(err)
		}
	}
	merged, missing, err := Merge(shards, []string{shards}, nil, message.Chinese)
	if err != nil || len(missing) > 0 || merged.Submissions != 4 || merged.Files != 2 || merged.Planned != 2 {
		t.Errorf("%+v, %v, %v", merged, missing, err)
	}

	// The sum is of each body, without the one that has an error.
	sum, err := Rollup(t.Context(), filepath.Join(dir, "全县.xlsx"), []string{in}, RollupOptions{})
	if err != nil || sum.Parts != 3 || len(sum.Wrong) != 1 || sum.Wrong[0].Report.Part != names[1] {
		t.Errorf("%+v, %v", sum, err)
	}

	// The marked copy came back corrected: it counts for that body, and nothing else changes.
	marked, err := os.ReadFile(filepath.Join(out, "名册.annotated.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(marked))
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := f.GetRows(f.GetSheetList()[0])
	if !slices.ContainsFunc(rows, func(row []string) bool {
		return slices.ContainsFunc(row, func(s string) bool { return strings.HasPrefix(s, names[1]+"：") })
	}) {
		t.Errorf("the list does not say whose the findings are: %q", rows)
	}
	f.SetCellValue("表2", cellOf(t, together(t, three), 1, "applications", "granted", "total"), total.Value.Decimal().IntPart())
	if err := f.SaveAs(filepath.Join(in, "名册.annotated.xlsx")); err != nil {
		t.Fatal(err)
	}
	returned, err := Run(t.Context(), []string{in}, o)
	if err != nil {
		t.Fatal(err)
	}
	if returned.Counted != 4 || len(returned.Choice.Bodies) != 4 {
		t.Errorf("%d of %d bodies count", returned.Counted, len(returned.Choice.Bodies))
	}
	if err := os.Remove(filepath.Join(in, "名册.annotated.xlsx")); err != nil {
		t.Fatal(err)
	}

	// A body less, and a file that has the name of a part's outputs.
	write("名册.xlsx", together(t, three[:2]))
	write("名册-青山镇人民政府.xlsx", together(t, bodies(t, "县财政局")))
	last, err := Run(t.Context(), []string{in}, o)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range parts(t, last.Results) {
		for _, name := range r.Outputs {
			if seen[name] {
				t.Errorf("%s is the output of two", name)
			}
			seen[name] = true
		}
	}
	made, err := filepath.Glob(filepath.Join(out, "*.*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range made {
		base := filepath.Base(name) // what was made of an input that is gone stays
		if !seen[base] && !summary.Is(base) && !strings.HasPrefix(base, "名册.annotated-") {
			t.Errorf("%s is nobody's", base)
		}
	}
}

// parts are the records of a file, in order.
func parts(t testing.TB, results string) []*summary.Record {
	t.Helper()
	var all []*summary.Record
	for r, err := range summary.Records(results) {
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// cellOf is the address of a figure of one of the reports in a workbook.
func cellOf(t testing.TB, src []byte, part int, table, row, column string) string {
	t.Helper()
	results, err := convert.Read(t.Context(), convert.Source{Name: "x.xlsx", Bytes: src}, convert.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return results[part].Report.Figure(table, row, column).Cell.Name()
}

// A report in a file that names nobody is called after its sheet, in the outputs and in
// the summary.
func TestPartWithoutName(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "名册.xlsx")
	three := bodies(t, "白云镇人民政府", "青山镇人民政府", "东湖街道办事处")
	if err := os.WriteFile(name, together(t, three, "表2", "A1", nil, "表2", "A3", nil, "表2", "B3", nil), 0o666); err != nil {
		t.Fatal(err)
	}
	result, err := Run(t.Context(), []string{name}, Options{FileOptions: convert.FileOptions{Out: filepath.Join(dir, "out")}, Lang: message.Chinese})
	if err != nil {
		t.Fatal(err)
	}
	r := parts(t, result.Results)[1]
	if r.Part != "表2" || r.Organization != "" || r.Output(".pdf") != "名册-表2.pdf" {
		t.Errorf("part %q of %q, %q", r.Part, r.Organization, r.Outputs)
	}
	page, err := os.ReadFile(result.Page)
	if err != nil || !bytes.Contains(page, []byte(">表2</td>")) {
		t.Errorf("the page does not say which, %v", err)
	}
}

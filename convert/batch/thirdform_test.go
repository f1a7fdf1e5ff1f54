package batch

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"nianbao/convert"
	"nianbao/convert/check"
	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/generate"
	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/templates"
)

// thirdForm is form 2021 as a form of 2031: every key is another, and the groups of
// litigation have to be alike by a rule of the form's own.
func thirdForm(t *testing.T) *form.Form {
	t.Helper()
	src, err := templates.Forms.ReadFile("2021/form.yaml")
	if err != nil {
		t.Fatal(err)
	}
	f := new(form.Form)
	if err := yaml.Unmarshal(src, f); err != nil {
		t.Fatal(err)
	}
	f.ID, f.Authority, f.Years = "2031", "国办公开办函〔2031〕1号", form.Years{From: 2031}
	rename := func(k *string) {
		if *k != "" {
			*k = "x" + strings.ReplaceAll(*k, "_", "")
		}
	}
	renamed := map[*form.Node]bool{} // nodes that YAML shares
	var nodes func(list []form.Node)
	nodes = func(list []form.Node) {
		for i := range list {
			if n := &list[i]; !renamed[n] {
				renamed[n] = true
				rename(&n.Row)
				rename(&n.Column)
				nodes(n.Items)
			}
		}
	}
	for i := range f.Sections {
		rename(&f.Sections[i].Key)
		rename(&f.Sections[i].Table)
	}
	for i := range f.Tables {
		ft := &f.Tables[i]
		rename(&ft.Key)
		for _, b := range ft.Blocks {
			nodes(b.Head)
			nodes(b.Stub)
		}
		for _, id := range ft.Identities {
			for k := range id.Left {
				rename(&id.Left[k])
			}
			for k := range id.Right {
				rename(&id.Right[k])
			}
		}
		if ft.Means == form.Disputes {
			rows := ft.RowsOf(form.Litigation)
			ft.Identities = append(ft.Identities, form.Identity{Rule: "A901", Each: form.EachColumn, Left: []string{rows[0].Key}, Right: []string{rows[1].Key}})
		}
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, f.ID), 0o777); err != nil {
		t.Fatal(err)
	}
	src, err = yaml.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, f.ID, "form.yaml"), src, 0o666); err != nil {
		t.Fatal(err)
	}
	forget, err := form.Use(os.DirFS(dir))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(forget)
	f, err = form.Get(f.ID)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// A new national form is a folder: one with other keys and a rule of its own goes
// the whole way.
func TestThirdForm(t *testing.T) {
	f := thirdForm(t)
	made, err := generate.NewForm(f.ID)
	if err != nil {
		t.Fatal(err)
	}
	applications, disclosure, disputes := f.TableOf(form.Applications), f.TableOf(form.Disclosure), f.TableOf(form.Disputes)
	litigation := disputes.RowsOf(form.Litigation)
	submission := func(n, year int, edit func(*report.Report)) []byte {
		t.Helper()
		r := made.Report(n)
		r.Year, r.Title = year, f.TitleFor(r.Organization, "")
		r.Title = f.TitleFor(r.Organization, map[int]string{2031: "2031", 2032: "2032"}[year])
		for i, fig := range r.Table(disputes.Key).Row(litigation[0].Key).Figures {
			r.Table(disputes.Key).Row(litigation[1].Key).Figures[i].Value = fig.Value
		}
		if edit != nil {
			edit(r)
		}
		src, err := made.Fill(r, nil)
		if err != nil {
			t.Fatal(err)
		}
		return src
	}
	read := func(src []byte) *convert.Result {
		t.Helper()
		results, err := convert.Read(t.Context(), convert.Source{Name: "年报.xlsx", Bytes: src}, convert.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if results[0].Report.Form != f.ID {
			t.Fatalf("read as form %s", results[0].Report.Form)
		}
		return results[0]
	}
	last := read(submission(0, 2031, nil))
	if last.Errors() > 0 {
		t.Errorf("a good one: %v", texts(last.Findings))
	}
	add := func(r *report.Report, table, row, column string, n int64) {
		fig := r.Figure(table, row, column)
		fig.Value = fig.Value.Add(report.Int(n))
	}
	total := applications.ColumnOf(form.Total)
	bad := read(submission(0, 2032, func(r *report.Report) {
		add(r, applications.Key, applications.RowOf(form.CarriedIn), total, 3)
		add(r, disclosure.Key, disclosure.Rows()[0].Key, disclosure.ColumnOf(form.InForce), 5)
		add(r, disputes.Key, litigation[0].Key, disputes.ColumnOf(form.Total), 1)
	}))
	found := append(slices.Clone(bad.Findings), check.Against(bad.Report, last.Report)...)
	for _, rule := range []string{"A101", "A103", "A201", "A901", "Y101", "Y102"} {
		if !slices.ContainsFunc(found, func(f finding.Finding) bool { return f.Rule == rule }) {
			t.Errorf("no finding %s in %v", rule, texts(found))
		}
	}
	if rule, ok := check.Lookup("A901"); !ok || !strings.Contains(rule.Formula.In(message.Chinese), "复议后起诉") {
		t.Errorf("rule A901: %+v", rule)
	}
	for _, format := range []convert.Format{convert.PDF, convert.XLSX, convert.JSON, convert.Annotated} {
		var b bytes.Buffer
		if err := bad.Write(t.Context(), &b, format); err != nil || b.Len() == 0 {
			t.Errorf("%s: %d bytes, %v", format, b.Len(), err)
		}
		if format == convert.XLSX {
			if again := read(b.Bytes()); again.Report.At(report.Path{Table: applications.Key, Row: applications.RowOf(form.CarriedIn), Column: total}).Value.IsZero() {
				t.Error("the normalized workbook has lost a figure")
			}
		}
	}

	in, out := t.TempDir(), t.TempDir()
	want := report.Number{}
	for n := range 3 {
		src := submission(n, 2031, nil)
		want = want.Add(read(src).Report.Figure(applications.Key, applications.RowOf(form.Received), total).Value)
		if err := os.WriteFile(filepath.Join(in, generate.Organization(n)+".xlsx"), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	result, err := Run(t.Context(), []string{in}, Options{FileOptions: convert.FileOptions{Out: out}, Lang: message.Chinese})
	if err != nil || result.Submissions != 3 || !result.Received.Equal(want.Decimal()) || len(result.Outcomes) != 6 {
		t.Errorf("summary: %+v, %v; want %s received", result, err, want)
	}
	sum := filepath.Join(out, "全县.xlsx")
	if _, err := Rollup(t.Context(), sum, []string{in}, RollupOptions{Parent: "云台县"}); err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(sum)
	if err != nil {
		t.Fatal(err)
	}
	if got := read(src).Report.Figure(applications.Key, applications.RowOf(form.Received), total).Value; !got.Equal(want) {
		t.Errorf("the sum has %s received, want %s", got, want)
	}
}

func texts(found []finding.Finding) []string {
	var all []string
	for _, f := range found {
		all = append(all, f.Rule+" "+f.Message.In(message.Chinese))
	}
	return all
}

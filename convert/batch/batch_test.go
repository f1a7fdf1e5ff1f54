package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"

	"nianbao/convert"
	"nianbao/convert/form"
	"nianbao/convert/generate"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
	"nianbao/convert/summary"
)

const sample = "../../testdata/yingshan-2024.xlsx"

func TestCounty(t *testing.T) { testCounty(t, 100) }

// A county with 20 submissions broken in different ways, five missing, two doubled:
// the summary names exactly those, and the sum of the good ones is right.
func testCounty(t *testing.T, n int) {
	dir := t.TempDir()
	county, err := generate.NewCounty(dir, n)
	if err != nil {
		t.Fatal(err)
	}
	roster, err := LoadRoster(t.Context(), county.Roster)
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	var last Progress
	result, err := Run(t.Context(), []string{county.Dir}, Options{
		FileOptions: convert.FileOptions{Out: out}, Roster: roster, Lang: message.Chinese, Progress: func(p Progress) { last = p }})
	if err != nil {
		t.Fatal(err)
	}
	if want := (Progress{n, n, len(county.Wrong) + len(county.Failed)}); last != want {
		t.Errorf("progress ended at %v, want %v", last, want)
	}

	var files, wrong, failed []string
	for r, err := range summary.Records(result.Results) {
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, r.Input)
		outputs := map[summary.Status]int{summary.Good: 2, summary.Wrong: 3}
		switch r.Status {
		case summary.Wrong:
			wrong = append(wrong, r.Input)
		case summary.Failed:
			failed = append(failed, r.Input)
			if r.Error == "" || r.ErrorCode == "" {
				t.Errorf("%s failed and does not say why", r.Input)
			}
		case summary.Warned:
			t.Errorf("%s: %s", r.Input, r.Problem())
		}
		if len(r.Outputs) != outputs[r.Status] {
			t.Errorf("%s, %s: outputs %q", r.Input, r.Status, r.Outputs)
		}
		for _, o := range r.Outputs {
			if info, err := os.Stat(filepath.Join(out, o)); err != nil || info.Size() == 0 {
				t.Errorf("%s: %v", o, err)
			}
		}
	}
	for _, c := range []struct {
		what      string
		want, got []string
	}{
		{"files", county.Files, files},
		{"with errors", county.Wrong, wrong},
		{"failed", county.Failed, failed},
		{"missing", county.Missing, attention(result, summary.Missing)},
		{"doubled", county.Double, attention(result, summary.Double)},
		{"not on the roster", nil, attention(result, summary.Unlisted)},
	} {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Errorf("%s: %s", c.what, d)
		}
	}
	if n, none := result.CountAttention(summary.Unread), result.CountAttention(summary.WrongFormat); n != len(county.Failed)-1 || none != 1 {
		t.Errorf("%d on the roster whose file failed and %d whose file is no form, want %d and 1, the empty workbook", n, none, len(county.Failed)-1)
	}
	t.Run("rollup", func(t *testing.T) { rollupCounty(t, dir, county) })
}

func attention(r *Result, kind summary.AttentionKind) []string {
	var all []string
	for _, a := range r.Attention {
		if a.Kind == kind {
			all = append(all, strings.NewReplacer("(", "（", ")", "）").Replace(a.Organization))
		}
	}
	return all
}

// The sum equals the generator's own in every cell, and adding up sums of parts gives
// the same as adding up everything at once.
func rollupCounty(t *testing.T, dir string, county *generate.County) {
	whole := filepath.Join(dir, "全县.xlsx")
	if _, err := Rollup(t.Context(), whole, []string{county.Dir}, RollupOptions{}); err == nil || !strings.Contains(err.Error(), "sent twice") {
		t.Errorf("a sum of doubled reports: %v", err)
	}
	result, err := Rollup(t.Context(), whole, []string{county.Dir}, RollupOptions{Parent: "云台县", IncludeChosen: true})
	if err != nil {
		t.Fatal(err)
	}
	if result.Parts != len(county.Good)-len(county.Double) || len(result.Wrong) != len(county.Wrong) || len(result.Failed) != len(county.Failed) {
		t.Errorf("%d added up, %d left out, %d failed", result.Parts, len(result.Wrong), len(result.Failed))
	}
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	want := f.Blank()
	eachFigure(want, func(path string, at [3]int, v *report.Number) {
		for i, r := range county.Good {
			if slices.ContainsFunc(county.Good[i+1:], func(later *report.Report) bool { return later.Organization == r.Organization }) {
				continue
			}
			*v = v.Add(r.Tables[at[0]].Rows[at[1]].Figures[at[2]].Value)
		}
	})
	compareSums(t, "the sum", want, whole)

	var parts []string
	for i := range 3 {
		var files []string
		for _, name := range county.Files {
			_, organization, _ := strings.Cut(name, " ") // who sent two stays together
			if int(crc32.ChecksumIEEE([]byte(organization))%3) == i && !slices.Contains(county.Failed, name) {
				files = append(files, filepath.Join(county.Dir, name))
			}
		}
		name := fmt.Sprintf("第%d片", i+1)
		part := filepath.Join(dir, "parts", name+".xlsx")
		if _, err := Rollup(t.Context(), part, files, RollupOptions{Parent: name, IncludeChosen: true}); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, part)
	}
	again := filepath.Join(dir, "again.xlsx")
	if _, err := Rollup(t.Context(), again, parts, RollupOptions{Parent: "云台县"}); err != nil {
		t.Fatal(err)
	}
	compareSums(t, "the sum of sums", want, again)
}

func compareSums(t *testing.T, what string, want *report.Report, name string) {
	t.Helper()
	results, err := convert.Check(t.Context(), name, convert.FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got := results[0]
	if got.Errors() > 0 {
		t.Errorf("%s has errors: %v", what, got.Findings)
	}
	eachFigure(want, func(path string, at [3]int, v *report.Number) {
		if g := got.Report.Tables[at[0]].Rows[at[1]].Figures[at[2]].Value; g.String() != v.String() {
			t.Errorf("%s: %s is %s, want %s", what, path, g, v)
		}
	})
}

func eachFigure(r *report.Report, visit func(path string, at [3]int, v *report.Number)) {
	for i, t := range r.Tables {
		for j, row := range t.Rows {
			for k := range row.Figures {
				visit(report.Path{Table: t.Key, Row: row.Key, Column: row.Figures[k].Column}.String(), [3]int{i, j, k}, &row.Figures[k].Value)
			}
		}
	}
}

// When the context is done, what is in hand is finished and summed up.
func TestBatchStops(t *testing.T) {
	in := t.TempDir()
	src, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 40 {
		if err := os.WriteFile(filepath.Join(in, string(rune('a'+i%26))+string(rune('a'+i/26))+".xlsx"), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	o := Options{FileOptions: convert.FileOptions{Out: t.TempDir(), To: []convert.Format{convert.JSON}}, Jobs: 2}
	o.Progress = func(p Progress) {
		if p.Done == 5 {
			cancel()
		}
	}
	result, err := Run(ctx, []string{in}, o)
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v", err)
	}
	if result.Submissions < 5 || result.Submissions > 8 || result.Planned != 40 {
		t.Errorf("%d of %d done", result.Submissions, result.Planned)
	}
	if _, err := os.Stat(filepath.Join(o.Out, summary.Journal(""))); err != nil {
		t.Errorf("nothing tells that the batch is not finished: %v", err)
	}
	o.Resume, o.Progress = true, nil
	result, err = Run(t.Context(), []string{in}, o)
	if err != nil || result.Submissions != 40 || result.Skipped < 5 {
		t.Errorf("%+v, error %v", result, err)
	}
}

// Two batches do not write to one folder at once.
func TestBatchBusy(t *testing.T) {
	o := Options{FileOptions: convert.FileOptions{Out: t.TempDir(), To: []convert.Format{convert.JSON}}}
	second := o
	var busy error
	o.Progress = func(Progress) { _, busy = Run(t.Context(), []string{sample}, second) }
	if _, err := Run(t.Context(), []string{sample}, o); err != nil {
		t.Fatal(err)
	}
	var m *message.Error
	if !errors.As(busy, &m) || m.Key != "batch.busy" {
		t.Errorf("the second batch at once: %v", busy)
	}
	if result, err := Run(t.Context(), []string{sample}, second); err != nil || result.Submissions != 1 {
		t.Errorf("a batch after it: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(o.Out, ".*")); left != nil {
		t.Errorf("left behind: %q", left)
	}
}

// An option that is added changes what resuming believes, unless it is named here.
func TestFingerprint(t *testing.T) {
	same := map[string]bool{"Out": true, "Temp": true, "Timeout": true, "Password": true, "Apart": true}
	plain := (&Options{}).fingerprint()
	var o Options
	var fields func(v reflect.Value)
	fields = func(v reflect.Value) {
		for i := range v.NumField() {
			f, name := v.Field(i), v.Type().Field(i).Name
			switch f.Kind() {
			case reflect.Struct:
				fields(f)
				continue
			case reflect.String:
				f.SetString("x")
			case reflect.Bool:
				f.SetBool(true)
			case reflect.Int, reflect.Int64:
				f.SetInt(7)
			case reflect.Func: // what it gives is that of Priors
				continue
			case reflect.Slice:
				f.Set(reflect.MakeSlice(f.Type(), 1, 1))
			default:
				t.Fatalf("%s: a kind of option that this test does not know", name)
			}
			if changed := o.fingerprint() != plain; changed == same[name] {
				t.Errorf("%s: changes the fingerprint: %v", name, changed)
			}
			f.SetZero()
		}
	}
	fields(reflect.ValueOf(&o.FileOptions).Elem())
	priors := &Priors{}
	priors.Add(organization.Sent{}, &report.Report{Organization: "甲局"})
	named := &Priors{Roster: organization.RosterOf([]string{"甲局"})}
	named.Add(organization.Sent{}, &report.Report{Organization: "甲局"})
	if (&Options{Priors: named}).fingerprint() == (&Options{Priors: priors}).fingerprint() {
		t.Error("the names of bodies do not change the fingerprint")
	}
	with := func(change func(*report.Report)) string {
		p, r := &Priors{}, &report.Report{Organization: "甲局", Tables: []report.Table{{Key: "t", Rows: []report.Row{{Key: "r", Figures: []report.Figure{{Column: "c"}}}}}}}
		change(r)
		p.Add(organization.Sent{}, r)
		return (&Options{Priors: p}).fingerprint()
	}
	same0 := with(func(*report.Report) {})
	if with(func(r *report.Report) { r.Tables[0].Rows[0].Figures[0].Value = report.Int(1) }) == same0 {
		t.Error("another figure of last year does not change the fingerprint")
	}
	if with(func(r *report.Report) { r.Title, r.Notes = "x", []report.Note{{Kind: report.Wording}} }) != same0 {
		t.Error("what nothing is compared with changes the fingerprint")
	}
	for name, o := range map[string]Options{"Priors": {Priors: priors}, "Lang": {Lang: message.English}, "Version": {Version: "2"}} {
		if o.fingerprint() == plain {
			t.Errorf("%s does not change the fingerprint", name)
		}
	}
}

func TestShards(t *testing.T) {
	counts := make([]int, 4)
	for i := range 1000 {
		in := 0
		for k := range 4 {
			if (Shard{k, 4}).has(generate.Organization(i) + ".xlsx") {
				counts[k]++
				in++
			}
		}
		if in != 1 {
			t.Fatalf("input %d belongs to %d shards", i, in)
		}
	}
	if slices.Min(counts) < 180 {
		t.Errorf("the shards have %v", counts)
	}
}

func TestListedPaths(t *testing.T) {
	const list = "a.xlsx\r\n\n各 单位/b.xlsx\n  \nc.xlsx"
	encoded := func(e encoding.Encoding) []byte {
		b, err := e.NewEncoder().Bytes([]byte(list))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	for name, b := range map[string][]byte{
		"UTF-8": []byte(list), "UTF-8 with mark": []byte("\uFEFF" + list), "GBK": encoded(simplifiedchinese.GBK),
		"UTF-16": encoded(unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)),
	} {
		if d := cmp.Diff([]string{"a.xlsx", "各 单位/b.xlsx", "c.xlsx"}, ListedPaths(b)); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
}

// A record is a line of JSON with the fields that are promised.
func TestRecord(t *testing.T) {
	out := t.TempDir()
	result, err := Run(t.Context(), []string{sample}, Options{FileOptions: convert.FileOptions{Out: out}, Lang: message.Chinese})
	if err != nil {
		t.Fatal(err)
	}
	src, err := os.ReadFile(result.Results)
	if err != nil {
		t.Fatal(err)
	}
	var r map[string]any
	if err := json.Unmarshal(src, &r); err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"input", "hash", "status", "outputs", "findings", "milliseconds", "organization", "year", "figures"} {
		if _, ok := r[key]; !ok {
			t.Errorf("no %s in %s", key, src)
		}
	}
}

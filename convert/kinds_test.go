package convert_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"testing"

	"nianbao/convert"
	"nianbao/convert/generate"
	"nianbao/convert/report"
)

// kinds are the kinds of files that are read without another program, a form of each.
func kinds(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{}
	for kind, name := range map[string]string{"xlsx": "../testdata/forms/sheet-a-section.xlsx", "xls": "workbook/biff/testdata/sheet-a-section.xls",
		"docx": "../testdata/word/npm-docx.docx", "json": "../testdata/yingshan-2024.json"} {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[kind] = src
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("年报.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	w.Write(all["xlsx"])
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	all["zip"] = b.Bytes()
	form, err := generate.NewForm("2021")
	if err != nil {
		t.Fatal(err)
	}
	var twelve []*report.Report
	for i := range 12 {
		twelve = append(twelve, form.Report(2*i+1))
	}
	if all["twelve bodies"], err = generate.Together(twelve, func(i int, _ string) string { return fmt.Sprint("表", i) }); err != nil {
		t.Fatal(err)
	}
	return all
}

// Each kind is read, and says how many reports it holds.
func TestKinds(t *testing.T) {
	for kind, src := range kinds(t) {
		results, err := convert.Read(t.Context(), convert.Source{Name: "年报", Bytes: src}, convert.Options{})
		if want := map[string]int{"twelve bodies": 12}[kind]; err != nil || len(results) != max(want, 1) {
			t.Errorf("%s: %d reports, %v", kind, len(results), err)
		}
	}
}

// What it costs to read and check a file of each kind.
func BenchmarkKinds(b *testing.B) {
	all := kinds(b)
	for _, kind := range slices.Sorted(maps.Keys(all)) {
		src := all[kind]
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := convert.Read(b.Context(), convert.Source{Name: "年报", Bytes: src}, convert.Options{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

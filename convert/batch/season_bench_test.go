package batch

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"

	"nianbao/convert"
	"nianbao/convert/generate"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// What a roster and last year's reports add to the conversion of 1,000 bodies (-short:
// 100); the files are made before.
func BenchmarkSeason(b *testing.B) {
	defer debug.SetGCPercent(debug.SetGCPercent(300)) // as the command has it
	n := 1000
	if testing.Short() {
		n = 100
	}
	form, err := generate.NewForm("2021")
	if err != nil {
		b.Fatal(err)
	}
	dir := b.TempDir()
	var names []string
	for _, year := range []int{2023, 2024} {
		folder := filepath.Join(dir, fmt.Sprint(year))
		if err := os.Mkdir(folder, 0o777); err != nil {
			b.Fatal(err)
		}
		for i := range n {
			r := form.Report(i)
			r.Year, r.Title = year, fmt.Sprintf("%s%d年政府信息公开工作年度报告", r.Organization, year)
			if year == 2024 {
				names = append(names, r.Organization)
			} else {
				before(r, form.Report(i))
			}
			content, err := form.Fill(r, nil)
			if err == nil {
				err = os.WriteFile(filepath.Join(folder, fmt.Sprintf("%04d.xlsx", i)), content, 0o666)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	}
	run := func(b *testing.B, o Options) {
		o.Out, o.Lang = b.TempDir(), message.Chinese
		if _, err := Run(b.Context(), []string{filepath.Join(dir, "2024")}, o); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			run(b, Options{})
		}
	})
	b.Run("roster and last year", func(b *testing.B) {
		for b.Loop() {
			roster := organization.RosterOf(names)
			priors, err := LoadPriors(b.Context(), filepath.Join(dir, "2023"), roster, convert.FileOptions{}, func(name string, err error) { b.Error(name, err) })
			if err != nil {
				b.Fatal(err)
			}
			run(b, Options{Roster: roster, Priors: priors})
		}
	})
}

// before makes a report one that the next year's follows from.
func before(last, now *report.Report) {
	for _, f := range now.Table("applications").Row("carried_in").Figures {
		last.Figure("applications", "carried_out", f.Column).Value = f.Value
	}
	for _, row := range []string{"regulations", "normative_documents"} {
		r := now.Table("disclosure").Row(row)
		last.Figure("disclosure", row, "in_force").Value = r.Figure("in_force").Value.Sub(r.Figure("issued").Value).Add(r.Figure("repealed").Value)
	}
}

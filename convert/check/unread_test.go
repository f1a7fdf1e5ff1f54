package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/report"
)

// What rests on a figure that could not be read is not said to be wrong: neither are the
// totals that counted the days behind a date, nor the text that has it right.
func TestUnreadFigures(t *testing.T) {
	const total = "total"
	people := []string{"natural_person", total}
	for _, c := range []struct {
		name   string
		change func(r *report.Report)
		want   []string // rules and paths beside the R201
	}{
		{"a date counted by formulas", func(r *report.Report) {
			unreadAs(t, r, "applications.new_received.natural_person", "2024年1月14日", "45305")
			set(t, r, "applications", "new_received", total, report.Int(45305))
			setText(r, "overview", "本年新收申请26件。")
		}, nil},
		{"a percentage counted over two totals", func(r *report.Report) {
			unreadAs(t, r, "applications.granted.natural_person", "6%", "0.06")
			set(t, r, "applications", "granted", total, number(t, "0.06"))
			for _, c := range people {
				set(t, r, "applications", "processed_total", c, number(t, "19.06"))
			}
			setText(r, "overview", "予以公开6件，办结25件。")
		}, nil},
		{"the total of totals alone", func(r *report.Report) { // added up along its column
			unreadAs(t, r, "applications.granted.natural_person", "6%", "0.06")
			set(t, r, "applications", "granted", total, number(t, "0.06"))
			set(t, r, "applications", "processed_total", total, number(t, "19.06"))
		}, nil},
		{"a total that was typed is known", func(r *report.Report) {
			unreadAs(t, r, "applications.new_received.natural_person", "2024年1月14日", "45305")
			set(t, r, "applications", "new_received", total, report.Int(27))
			setText(r, "overview", "本年新收申请26件。")
		}, []string{"A103 applications.*.total", "N101 applications.new_received.total"}},
		{"another column is checked", func(r *report.Report) {
			unreadAs(t, r, "applications.new_received.natural_person", "2024年1月14日", "45305")
			set(t, r, "applications", "new_received", total, report.Int(45305))
			set(t, r, "applications", "carried_in", "business", report.Int(1))
		}, []string{"A101 applications.carried_in.total", "A103 applications.*.business"}},
		{"a fraction that was typed", func(r *report.Report) {
			unreadAs(t, r, "applications.granted.natural_person", "6%", "0.06")
			set(t, r, "applications", "granted", total, number(t, "0.07"))
		}, []string{"R203 applications.granted.total", "A102 applications.processed_total.total"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := sample(t)
			c.change(r)
			var got []string
			for _, f := range Run(r) {
				if f.Rule != "R201" && f.Rule != "R404" {
					got = append(got, f.Rule+" "+f.Path.String())
				}
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// unreadAs makes a figure one whose cell shows a text that is no count, with the number
// that spreadsheet programs add up for it.
func unreadAs(t *testing.T, r *report.Report, figure, shows, counts string) {
	p := path(figure)
	cell := set(t, r, p.Table, p.Row, p.Column, report.Number{})
	r.Notes = append(r.Notes, report.Note{Kind: report.NotNumber, Path: p, Cells: []report.Cell{cell}, Text: shows, Read: counts})
}

func number(t testing.TB, s string) report.Number {
	n, err := report.ParseNumber(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// What is left of a computation is shown as programs show it.
func TestShown(t *testing.T) {
	for s, want := range map[string]string{"5.55112e-17": "5.55E-17", "25.0000000000000000555112": "25", "-0.00000000000004": "-4.00E-14", "59237.2449": "59237.2449", "0": "0", "7": "7", "0.1": "0.1"} {
		if got := shown(number(t, s)); got != want {
			t.Errorf("%s: %s, want %s", s, got, want)
		}
	}
}

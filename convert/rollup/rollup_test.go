package rollup

import (
	"errors"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// of is a report with one figure; "" leaves it blank but found.
func of(t *testing.T, id string, year int, received string) *report.Report {
	t.Helper()
	f, err := form.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	r := f.Blank()
	r.Year = year
	fig := r.Figure("applications", "new_received", "natural_person")
	fig.Cell = report.Cell{Sheet: "S", Row: 1, Column: 1}
	if received != "" {
		if fig.Value, err = report.ParseNumber(received); err != nil {
			t.Fatal(err)
		}
	}
	return r
}

func add(s *Sum, file string, r *report.Report) error {
	p, err := PartOf(file, r)
	if err != nil {
		return err
	}
	return s.Add(p)
}

func TestSum(t *testing.T) {
	var s Sum
	if s.Report("县") != nil {
		t.Error("the sum of nothing is a report")
	}
	for i, v := range []string{"3", "", "12345678901234567890", "0.5"} {
		if err := add(&s, string(rune('a'+i)), of(t, "2021", 2024, v)); err != nil {
			t.Fatal(err)
		}
	}
	r := s.Report("安平县")
	if got := r.Figure("applications", "new_received", "natural_person").Value.String(); got != "12345678901234567893.5" {
		t.Errorf("sum %s", got)
	}
	if v := r.Figure("applications", "granted", "total").Value; !v.Blank() {
		t.Errorf("a figure that no report has is %s", v)
	}
	if r.Title != "安平县2024年政府信息公开工作年度报告" || len(s.Parts) != 4 {
		t.Errorf("title %s, %d parts", r.Title, len(s.Parts))
	}
}

func TestSumRefuses(t *testing.T) {
	for _, c := range []struct {
		name  string
		asked int
		first *report.Report
		then  *report.Report
		key   string
	}{
		{"another year", 0, of(t, "2021", 2024, "1"), of(t, "2021", 2023, "1"), "rollup.year"},
		{"another year than asked for", 2024, of(t, "2021", 2024, "1"), of(t, "2021", 2023, "1"), "rollup.otheryear"},
		{"another form", 0, of(t, "2021", 2024, "1"), of(t, "2019", 2024, "1"), "rollup.form"},
		{"no year", 0, of(t, "2021", 2024, "1"), of(t, "2021", 0, "1"), ""},
		{"no year first", 0, of(t, "2021", 0, "1"), of(t, "2021", 2024, "1"), ""},
	} {
		s := Sum{Year: c.asked}
		if err := add(&s, "a", c.first); err != nil {
			t.Fatal(err)
		}
		err := add(&s, "b", c.then)
		var m *message.Error
		if c.key == "" && (err != nil || s.Year != 2024) || c.key != "" && (!errors.As(err, &m) || m.Key != c.key) {
			t.Errorf("%s: %v, year %d", c.name, err, s.Year)
		}
	}
}

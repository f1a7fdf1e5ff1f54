package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

func TestConsistentReportHasNoFindings(t *testing.T) {
	for _, f := range Run(sample(t)) {
		t.Errorf("%s %s: %s", f.Rule, f.Path, f.Message.In(message.English))
	}
}

// Every figure of the form, one more than it should be: what follows is worked
// out here from the form's own words, not from its list of identities.
func TestOneMoreInEachFigure(t *testing.T) {
	figures := 0
	for _, tab := range sample(t).Tables {
		for _, row := range tab.Rows {
			for _, fig := range row.Figures {
				figures++
				r := sample(t)
				r.Organization = "川北市人民政府办公室" // which may make 规章
				set(t, r, tab.Key, row.Key, fig.Column, fig.Value.Add(report.Int(1)))
				want := consequences(r, tab.Key, row.Key, fig.Column)
				found := Run(r)
				got := briefs(t, found)
				slices.SortStableFunc(got, func(a, b brief) int { return strings.Compare(a.Rule, b.Rule) })
				if d := cmp.Diff(want, got); d != "" {
					t.Errorf("%s.%s.%s +1:\n%s", tab.Key, row.Key, fig.Column, d)
				}
				if len(want) > 1 {
					oneSlip(t, found, fig)
				}
			}
		}
	}
	if figures != 200 {
		t.Errorf("%d figures tried, the form has 200", figures)
	}
}

// oneSlip sees to it that findings are told as one, with the figure that was changed, and
// its value before, as the slip.
func oneSlip(t *testing.T, found []finding.Finding, was report.Figure) {
	t.Helper()
	groups := finding.Groups(slices.DeleteFunc(found, func(f finding.Finding) bool { return f.Rule == "R404" }))
	if len(groups) != 1 || groups[0].Cause.Slip == nil {
		t.Fatalf("%s: %d groups, the first with the slip %v", was.Cell, len(groups), groups[0].Cause.Slip)
	}
	if s := groups[0].Cause.Slip; len(s.Cells) != 1 || s.Cells[0] != was.Cell || !s.Expected.Number().Equal(was.Value) {
		t.Errorf("%s: slip at %v, %v expected, not %v", was.Cell, s.Cells, s.Expected, was.Value)
	}
}

// consequences are the findings that follow when one figure of an otherwise
// consistent report has changed.
func consequences(r *report.Report, table, row, column string) []brief {
	get := func(row, column string) (int64, string) {
		f := r.Figure(table, row, column)
		return f.Value.Decimal().IntPart(), f.Cell.String()
	}
	var out []brief
	// total compares the total at (row, column) with the figures at the others.
	total := func(rule, row, column string, parts [][2]string) {
		actual, cell := get(row, column)
		cells := []string{cell}
		var sum int64
		for _, p := range parts {
			v, c := get(p[0], p[1])
			sum += v
			cells = append(cells, c)
		}
		out = append(out, brief{rule, finding.Error, report.Path{Table: table, Row: row, Column: column}.String(), strings.Join(cells, " "),
			report.Int(sum).String(), report.Int(actual).String()})
	}
	switch table {
	case "applications":
		var parts [][2]string
		for _, c := range []string{"natural_person", "business", "research", "public_interest", "legal_service", "other"} {
			parts = append(parts, [2]string{row, c})
		}
		total("A101", row, "total", parts)

		outside := []string{"new_received", "carried_in", "carried_out"}
		if !slices.Contains(outside, row) {
			parts = nil
			for _, rr := range r.Table("applications").Rows {
				if rr.Key != "processed_total" && !slices.Contains(outside, rr.Key) {
					parts = append(parts, [2]string{rr.Key, column})
				}
			}
			total("A102", "processed_total", column, parts)
		}
		if row == "processed_total" || slices.Contains(outside, row) {
			a, ac := get("new_received", column)
			b, bc := get("carried_in", column)
			c, cc := get("processed_total", column)
			d, dc := get("carried_out", column)
			out = append(out, brief{"A103", finding.Error, "applications.*." + column, strings.Join([]string{ac, bc, cc, dc}, " "),
				report.Int(a + b).String(), report.Int(c + d).String()})
		}
	case "disputes":
		var parts [][2]string
		for _, c := range []string{"upheld", "corrected", "other", "pending"} {
			parts = append(parts, [2]string{row, c})
		}
		total("A201", row, "total", parts)
	}
	return out
}

func TestArithmetic(t *testing.T) {
	blank := report.Number{}
	for _, c := range []struct {
		name   string
		change func(r *report.Report)
		want   []brief // rules A only
	}{
		{"a blank total is not checked", func(r *report.Report) {
			set(t, r, "applications", "granted", "total", blank)
		}, nil},
		{"a blank total of totals is not checked", func(r *report.Report) {
			set(t, r, "applications", "processed_total", "total", blank)
		}, nil},
		{"a filled total counts in other sums", func(r *report.Report) {
			set(t, r, "applications", "processed_total", "natural_person", blank)
		}, nil},
		{"and can disagree there", func(r *report.Report) {
			set(t, r, "applications", "processed_total", "natural_person", blank)
			set(t, r, "applications", "carried_out", "natural_person", report.Int(3))
			set(t, r, "applications", "carried_out", "business", report.Int(-1))
		}, []brief{
			{"A103", finding.Error, "applications.*.natural_person", "applications!B2 applications!B3 applications!B25 applications!B26", "27", "28"},
			{"A103", finding.Error, "applications.*.business", "applications!C2 applications!C3 applications!C25 applications!C26", "0", "-1"},
		}},
		{"a blank part counts as 0", func(r *report.Report) {
			set(t, r, "disputes", "reconsideration", "upheld", blank)
		}, []brief{
			{"A201", finding.Error, "disputes.reconsideration.total", "disputes!F2 disputes!B2 disputes!C2 disputes!D2 disputes!E2", "0", "2"},
		}},
		{"all parts blank is no failed sum", func(r *report.Report) {
			for _, column := range []string{"upheld", "corrected", "other", "pending"} {
				set(t, r, "disputes", "reconsideration", column, blank)
			}
		}, nil},
		{"a whole blank table", func(r *report.Report) {
			for _, row := range r.Table("applications").Rows {
				for i := range row.Figures {
					row.Figures[i].Value = blank
				}
			}
		}, nil},
		{"a row that was not found", func(r *report.Report) {
			row := r.Table("applications").Row("granted")
			row.Label = report.Cell{}
			for i := range row.Figures {
				row.Figures[i].Value, row.Figures[i].Cell = blank, report.Cell{}
			}
		}, nil},
		{"a part that could not be read", func(r *report.Report) {
			cell := set(t, r, "applications", "granted", "natural_person", blank)
			r.Notes = append(r.Notes, report.Note{Kind: report.NotNumber, Path: path("applications.granted.natural_person"), Cells: []report.Cell{cell}, Text: "若干"})
		}, nil},
		{"an amount is exact", func(r *report.Report) {
			half, _ := report.ParseNumber("0.1")
			set(t, r, "disputes", "reconsideration", "pending", half)
		}, []brief{
			{"A201", finding.Error, "disputes.reconsideration.total", "disputes!F2 disputes!B2 disputes!C2 disputes!D2 disputes!E2", "2.1", "2"},
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := sample(t)
			c.change(r)
			var got []brief
			for _, b := range briefs(t, Run(r)) {
				if b.Rule[0] == 'A' {
					got = append(got, b)
				}
			}
			slices.SortFunc(got, func(a, b brief) int { return strings.Compare(a.Rule+a.Cells, b.Rule+b.Cells) })
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestArithmeticMessages(t *testing.T) {
	r := sample(t)
	set(t, r, "applications", "processed_total", "natural_person", report.Int(24))
	want := []string{
		"“（七）总计”一行合计不符：“总计”（H25）填25，各分项合计为24，相差1",
		"“自然人”一列合计不符：“（七）总计”（B25）填24，各分项合计为25，相差1",
		"“自然人”一列勾稽关系不符：一、本年新收政府信息公开申请数量26＋二、上年结转政府信息公开申请数量1＝27，（七）总计24＋四、结转下年度继续办理2＝26，相差1",
	}
	var got []string
	for _, f := range Run(r) {
		got = append(got, f.Message.In(message.Chinese))
	}
	slices.Sort(want)
	slices.Sort(got)
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// The messages of the rules A are worded for the identities that the forms have.
func TestFormsHaveTheIdentitiesThatMessagesDescribe(t *testing.T) {
	shapes := map[string][2]int{"A101": {1, 6}, "A103": {2, 2}, "A201": {1, 4}}
	for _, f := range form.All() {
		for _, tab := range f.Tables {
			for _, id := range tab.Identities {
				if _, ok := Lookup(id.Rule); !ok {
					t.Errorf("%s: identity %s is no rule", f.ID, id.Rule)
				}
				if want, ok := shapes[id.Rule]; ok && want != [2]int{len(id.Left), len(id.Right)} {
					t.Errorf("%s: %s has %d and %d sides, its message %v", f.ID, id.Rule, len(id.Left), len(id.Right), want)
				}
			}
		}
	}
}

func BenchmarkRun(b *testing.B) {
	r := sample(b)
	b.ReportAllocs()
	for b.Loop() {
		if found := Run(r); len(found) > 0 {
			b.Fatal(found)
		}
	}
}

// path is the path that a test writes as text.
func path(s string) report.Path {
	p, err := report.ParsePath(s)
	if err != nil {
		panic(err)
	}
	return p
}

package check

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// allZero is a report of a form with every figure 0.
func allZero(f *form.Form) *report.Report {
	r := f.Blank()
	r.Year, r.Organization = f.Years.From, "安平县人民政府"
	for i, tab := range r.Tables {
		r.Tables[i].Found = true
		for j, row := range tab.Rows {
			for k := range row.Figures {
				row.Figures[k].Value = report.Int(0)
				row.Figures[k].Cell = report.Cell{Sheet: tab.Key, Row: j + 2, Column: k + 2}
			}
		}
	}
	setText(r, "overview", "本年度主动公开、信息管理、平台建设和监督保障工作平稳，未收到政府信息公开申请。")
	setText(r, "problems", "公开的内容更新不够及时，下一步将明确专人负责。")
	setText(r, "other", "本年度没有收取信息处理费。")
	return r
}

// The checks are written for whatever forms there are.
func TestEveryForm(t *testing.T) {
	for _, f := range form.All() {
		r := allZero(f)
		last := allZero(f)
		setText(last, "overview", "另外的话。")
		setText(last, "problems", "另外的话。")
		if found := append(Run(r), Against(r, last)...); len(found) > 0 {
			t.Errorf("%s: %v", f.ID, briefs(t, found))
		}
		set(t, r, "applications", "granted", "natural_person", report.Int(1))
		want := []string{"A101", "A102"}
		var got []string
		for _, x := range Run(r) {
			got = append(got, x.Rule)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", f.ID, d)
		}
	}
}

// Other handling is one row of form 2019, and documents have columns of their own.
func TestForm2019(t *testing.T) {
	f, err := form.Get("2019")
	if err != nil {
		t.Fatal(err)
	}
	r := allZero(f)
	setText(r, "overview", "收到申请0件，其他处理2件，不予公开1件，制发规范性文件3件、废止规范性文件4件。")
	setText(r, "other", "无。")
	set(t, r, "disclosure", "penalties", "change", report.Int(-14))
	if d := cmp.Diff([]brief{
		{"N103", finding.Warning, "applications.other_handling.total", "overview!A2 applications!H22", "0", "2"},
		{"N103", finding.Warning, "applications.denied_state_secret+denied_by_law+denied_security+denied_third_party+denied_internal_affairs+denied_process+denied_enforcement_file+denied_query.total",
			"overview!A2 applications!H6 applications!H7 applications!H8 applications!H9 applications!H10 applications!H11 applications!H12 applications!H13", "0", "1"},
		{"N301", finding.Warning, "disclosure.normative_documents.made", "overview!A2 disclosure!B3", "0", "3"},
		{"N403", finding.Info, "", "overview!A2", "", ""}, // of documents repealed it has no column
	}, briefs(t, Run(r))); d != "" {
		t.Error(d)
	}
}

// This year's form against last year's other one compares what both have.
func TestAgainstOtherForm(t *testing.T) {
	old, err := form.Get("2019")
	if err != nil {
		t.Fatal(err)
	}
	r, last := allZero(mustForm(t)), allZero(old)
	r.Year, last.Year = 2021, 2020
	setText(last, "overview", "另外的话。")
	setText(last, "problems", "另外的话。")
	set(t, last, "applications", "carried_out", "business", report.Int(2))
	set(t, r, "disclosure", "penalties", "decisions", report.Int(30))
	set(t, r, "disclosure", "normative_documents", "in_force", report.Int(30))
	if d := cmp.Diff([]brief{
		{"Y101", finding.Error, "applications.carried_in.business", "applications!C3", "2", "0"},
		{"Y103", finding.Warning, "disclosure.penalties.decisions", "disclosure!B5", "", "30"},
	}, briefs(t, Against(r, last))); d != "" {
		t.Error(d)
	}
	var c Children
	last.Year = r.Year
	c.Add(sentAs("2020.xlsx", last), last)
	for _, f := range c.Figures(r) {
		if f.Path == path("disclosure.normative_documents.in_force") {
			t.Error("a figure that no child's form has was compared")
		}
	}
}

package check

import (
	"slices"
	"strings"
	"testing"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// of are the findings of a rule, as messages.
func of(rule string, found []finding.Finding) []string {
	var all []string
	for _, f := range found {
		if f.Rule == rule {
			all = append(all, f.Message.In(message.Chinese))
		}
	}
	return all
}

func TestField(t *testing.T) {
	signed := func(date string) func(*report.Report) {
		return func(r *report.Report) { r.Signature = report.Signature{Organization: "某局", Date: date} }
	}
	overview := func(text string) func(*report.Report) {
		return func(r *report.Report) { setText(r, "overview", text) }
	}
	other := func(text string) func(*report.Report) {
		return func(r *report.Report) { setText(r, "other", text, "本年度未收取信息处理费。") }
	}
	regulations := func(organization string) func(*report.Report) {
		return func(r *report.Report) {
			r.Organization = organization
			r.Figure("disclosure", "regulations", "in_force").Value = report.Int(3)
		}
	}
	for _, c := range []struct {
		rule string
		edit func(*report.Report)
		want string // in the message; "" for no finding
	}{
		{"R305", signed("2024年12月31日"), "2024年12月31日"},
		{"R305", signed("2023-1-15"), "2023"},
		{"R305", signed("2025年1月1日"), ""},
		{"R305", signed("次年初"), ""},
		{"R305", other("2024年1月15日"), ""}, // a line that is no signature: it is not the last
		{"R305", func(r *report.Report) {
			setText(r, "other", "本年度未收取信息处理费。", "某县教育局", "2024年1月15日")
		}, "2024年1月15日"},

		{"R306", overview("2024年，县民政局坚持以人民为中心，推进主动公开。"), "县民政局"},
		{"R306", overview("2023年，我局认真推进主动公开。"), "2023年"},
		{"R306", overview("2024年，营山县政府办公室坚持以人民为中心，推进主动公开。"), ""},
		{"R306", overview("2024年，我局坚持以人民为中心，推进主动公开。"), ""},
		{"R306", overview("2024年，全县各部门认真推进主动公开。"), ""},
		{"R306", overview("2024年，在县委、县政府领导下，营山县政府办公室认真推进主动公开。"), ""},
		{"R306", overview("与2023年相比，主动公开有所增加。"), ""},

		{"R405", other("申请人身份证号110101199003077597。"), ""},                       // wrong check digit
		{"R405", other("申请人身份证号110101199003077580。"), ""},                       // likewise
		{"R405", other("申请人张某（110101199003070097）提出申请。"), "110*************97"}, // right
		{"R405", other("请拨打13812345678反映。"), "138******78"},
		{"R405", other("联系人：王某，联系电话：13812345678。"), ""},
		{"R405", other("文件编号2138123456789号。"), ""},
		{"R405", other("退款至卡号6222020200112233446。"), "银行卡"},
		{"R405", other("退款至卡号6222020200112233447。"), ""},

		{"A301", regulations("某县东河镇人民政府"), "无权制定规章"},
		{"A301", regulations("营山县教育局"), "无权制定规章"},
		{"A301", regulations("南充市人民政府"), ""},
		{"A301", regulations("四川省人民政府办公厅"), ""},
		{"A301", regulations("甘孜藏族自治州人民政府"), ""},
		{"A301", regulations("教育局"), ""}, // of whom the name does not say
	} {
		r := sample(t)
		c.edit(r)
		got := of(c.rule, Run(r))
		if c.want == "" && len(got) > 0 || c.want != "" && !slices.ContainsFunc(got, func(m string) bool { return strings.Contains(m, c.want) }) {
			t.Errorf("%s: %q, want %q; %s %v", c.rule, got, c.want, r.Organization, r.Section("overview").Paragraphs)
		}
	}
}

// Nothing but the cover: one finding, and nothing that follows from it.
func TestNothingFilledIn(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	empty := func() *report.Report {
		r := f.Blank()
		r.Organization, r.Year, r.Title = "某县教育局", 2024, "某县教育局2024年政府信息公开工作年度报告"
		for i := range r.Tables {
			r.Tables[i].Found = true
			for _, row := range r.Tables[i].Rows {
				for k := range row.Figures {
					row.Figures[k].Cell = report.Cell{Sheet: r.Tables[i].Key, Row: 1, Column: k + 1}
				}
			}
		}
		return r
	}
	r := empty()
	r.Figure("disputes", "reconsideration", "total").Value = report.Int(0) // by the form's formula
	if found := Run(r); len(found) != 1 || found[0].Rule != "R403" || found[0].Severity != finding.Error {
		t.Errorf("an empty form: %v", briefs(t, found))
	}
	for name, edit := range map[string]func(*report.Report){
		"a figure": func(r *report.Report) { r.Figure("applications", "granted", "business").Value = report.Int(0) },
		"a text":   func(r *report.Report) { setText(r, "problems", "有问题。") },
	} {
		r := empty()
		edit(r)
		if got := of("R403", Run(r)); got != nil {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestAspects(t *testing.T) {
	r := sample(t)
	if got := of("R404", Run(r)); got != nil {
		t.Errorf("all five: %q", got)
	}
	setText(r, "overview", "主动公开、依申请公开、信息管理、平台建设。")
	if got := of("R404", Run(r)); len(got) != 1 || !strings.HasSuffix(got[0], "监督保障") {
		t.Errorf("without one: %q", got)
	}
	whole := "主动公开、依申请公开、信息管理、平台建设和监督保障。"
	n := len([]rune(whole))
	setText(r, "overview", whole+strings.Repeat("字", longestOverview-n))
	if got := of("R404", Run(r)); got != nil {
		t.Errorf("as long as may be: %q", got)
	}
	setText(r, "overview", whole+strings.Repeat("字", longestOverview-n+1))
	if got := of("R404", Run(r)); len(got) != 1 {
		t.Errorf("one character more: %q", got)
	}
}

package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// lastYearOf is the report for the year before that sample follows from.
func lastYearOf(t testing.TB) *report.Report {
	t.Helper()
	r := sample(t)
	r.Year = 2023
	set(t, r, "applications", "carried_out", "natural_person", report.Int(1))
	set(t, r, "applications", "carried_out", "total", report.Int(1))
	set(t, r, "disclosure", "normative_documents", "in_force", report.Int(10))
	setText(r, "overview", "上一年度的工作重点是清理历史公文并向社会开放查询，全部单位参加。")
	setText(r, "problems", "解读材料的形式比较单一，计划增加图解和短视频，请业务科室参与写作。")
	return r
}

func TestAgainst(t *testing.T) {
	n := report.Int
	for _, c := range []struct {
		name   string
		change func(r, last *report.Report)
		want   []brief
	}{
		{"a report that follows", func(r, last *report.Report) {}, nil},
		{"carried in", func(r, last *report.Report) {
			set(t, last, "applications", "carried_out", "natural_person", n(3))
			set(t, last, "applications", "carried_out", "total", n(3))
		}, []brief{
			{"Y101", finding.Error, "applications.carried_in.natural_person", "applications!B3", "3", "1"},
			{"Y101", finding.Error, "applications.carried_in.total", "applications!H3", "3", "1"},
		}},
		{"carried in from one column to another", func(r, last *report.Report) {
			set(t, last, "applications", "carried_out", "natural_person", n(0))
			set(t, last, "applications", "carried_out", "business", n(1))
		}, []brief{
			{"Y101", finding.Error, "applications.carried_in.natural_person", "applications!B3", "0", "1"},
			{"Y101", finding.Error, "applications.carried_in.business", "applications!C3", "1", "0"},
		}},
		{"blank last year", func(r, last *report.Report) {
			set(t, last, "applications", "carried_out", "natural_person", report.Number{})
		}, nil},
		{"a blank total last year is its parts'", func(r, last *report.Report) {
			set(t, last, "applications", "carried_out", "total", report.Number{})
			set(t, r, "applications", "carried_in", "total", n(2))
		}, []brief{{"Y101", finding.Error, "applications.carried_in.total", "applications!H3", "1", "2"}}},
		{"in force", func(r, last *report.Report) {
			set(t, r, "disclosure", "normative_documents", "in_force", n(8))
		}, []brief{{"Y102", finding.Error, "disclosure.normative_documents.in_force", "disclosure!D3 disclosure!B3 disclosure!C3", "7", "8"}}},
		{"in force, with blank repealed", func(r, last *report.Report) {
			set(t, r, "disclosure", "normative_documents", "repealed", report.Number{})
		}, []brief{{"Y102", finding.Error, "disclosure.normative_documents.in_force", "disclosure!D3 disclosure!B3 disclosure!C3", "10", "7"}}},
		{"a form without these columns", func(r, last *report.Report) {
			last.Tables = last.Tables[1:]
		}, nil},
		{"fivefold", func(r, last *report.Report) {
			set(t, last, "disclosure", "penalties", "decisions", n(120))
			set(t, r, "disclosure", "penalties", "decisions", n(600))
			set(t, last, "disclosure", "licences", "decisions", n(20))
			set(t, r, "disclosure", "licences", "decisions", n(4))
		}, []brief{
			{"Y103", finding.Warning, "disclosure.licences.decisions", "disclosure!B4", "", "4"},
			{"Y103", finding.Warning, "disclosure.penalties.decisions", "disclosure!B5", "", "600"},
		}},
		{"from nothing", func(r, last *report.Report) {
			set(t, r, "disclosure", "penalties", "decisions", n(20))
		}, []brief{{"Y103", finding.Warning, "disclosure.penalties.decisions", "disclosure!B5", "", "20"}}},
		{"not fivefold, or few", func(r, last *report.Report) {
			set(t, last, "disclosure", "penalties", "decisions", n(120))
			set(t, r, "disclosure", "penalties", "decisions", n(599))
			set(t, last, "disclosure", "licences", "decisions", n(1))
			set(t, r, "disclosure", "licences", "decisions", n(19))
		}, nil},
		{"a total of what jumped is left out", func(r, last *report.Report) {
			set(t, last, "applications", "new_received", "natural_person", n(2))
			set(t, last, "applications", "new_received", "total", n(2))
		}, []brief{{"Y103", finding.Warning, "applications.new_received.natural_person", "applications!B2", "", "26"}}},
		{"last year's text with this year's figures", func(r, last *report.Report) {
			const opening = "根据《中华人民共和国政府信息公开条例》的要求，现编制并向社会公布%s年度政府信息公开工作报告。"
			const p = "全年召开工作会议%s次，对照任务清单逐项落实公开责任，公开内容全部经过保密审查。"
			setText(last, "overview", strings.Replace(opening, "%s", "2023", 1), strings.Replace(p, "%s", "3", 1))
			setText(r, "overview", strings.Replace(opening, "%s", "2024", 1), strings.Replace(p, "%s", "5", 1))
		}, []brief{{"Y104", finding.Warning, "", "overview!A3", "", "0.56"}}},
		{"only the opening is last year's", func(r, last *report.Report) {
			const opening = "根据《中华人民共和国政府信息公开条例》的要求，现编制并向社会公布年度政府信息公开工作报告。"
			setText(last, "overview", opening)
			setText(r, "overview", opening)
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, last := sample(t), lastYearOf(t)
			c.change(r, last)
			if d := cmp.Diff(c.want, briefs(t, Against(r, last))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestAgainstMessages(t *testing.T) {
	r, last := sample(t), lastYearOf(t)
	set(t, last, "applications", "carried_out", "total", report.Int(3))
	last.Figure("applications", "carried_out", "total").Cell = report.Cell{Sheet: "三", Row: 30, Column: 10}
	set(t, r, "disclosure", "normative_documents", "in_force", report.Int(8))
	want := []string{
		"“二、上年结转政府信息公开申请数量”一行“总计”（H3）填1件，2023年报告结转下年度（J30）为3件",
		"“行政规范性文件”一行“现行有效件数”（D3）填8件，按2023年10件＋制发0件－废止3件应为7件",
	}
	var got []string
	for _, f := range Against(r, last) {
		got = append(got, f.Message.In(message.Chinese))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

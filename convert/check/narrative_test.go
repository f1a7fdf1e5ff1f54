package check

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/narrative"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// overview says of sample's figures what the real report says, in its manner,
// with every figure right.
var overview = []string{
	"2024年，本办按照统一部署推进政府信息公开工作，统计期限自2024年1月1日起至12月31日止。",
	"（一）主动公开。全年网站和17个政务新媒体发布信息8000余条，其中会议信息20条、要闻374条，开展意见征集11次，编制30个标准目录，明确150个大类1232项公开事项。",
	"（二）依申请公开。全年共收到申请线上4件，线下23件，共27件。其中，结转上年度办理1件，予以公开6件，部分公开8件，无法提供4件，不予处理2件，其他处理5件，结转下年度继续办理2件，均按期答复；收到行政复议2件，行政诉讼1件。",
	"（三）信息管理和监督保障。梳理废止行政规范性文件3件，现行有效行政规范性文件7件。",
}

func withOverview(t testing.TB, old, new string) *report.Report {
	t.Helper()
	r := sample(t)
	text := strings.Join(overview, "\n")
	if !strings.Contains(text, old) {
		t.Fatalf("the overview does not say %q", old)
	}
	setText(r, "overview", strings.Split(strings.Replace(text, old, new, 1), "\n")...)
	return r
}

func TestNarrative(t *testing.T) {
	for _, c := range []struct {
		old, new string
		want     []brief
	}{
		{"", "", nil},
		{"其他处理5件", "其他处理4件", []brief{{"N103", finding.Warning, "applications.other_not_corrected+other_fee_unpaid+other_rest.total",
			"overview!A4 applications!H22 applications!H23 applications!H24", "5", "4"}}},
		{"共27件", "共28件", []brief{
			{"N101", finding.Warning, "applications.new_received+carried_in.total", "overview!A4 applications!H2 applications!H3", "27", "28"},
			{"N402", finding.Warning, "", "overview!A4", "27", "28"}}},
		{"线下23件，共27件", "线下22件，共27件", []brief{{"N402", finding.Warning, "", "overview!A4", "26", "27"}}},
		{"线上4件，线下23件，共27件", "27件，其中线上4件，线下22件", []brief{{"N402", finding.Warning, "", "overview!A4", "26", "27"}}},
		{"线上4件，线下23件，共27件", "26件", nil},
		{"线上4件，线下23件，共27件", "25件", []brief{{"N101", finding.Warning, "applications.new_received.total", "overview!A4 applications!H2", "26", "25"}}},
		{"结转上年度办理1件", "结转上年度办理3件", []brief{{"N102", finding.Warning, "applications.carried_in.total", "overview!A4 applications!H3", "1", "3"}}},
		{"予以公开6件，部分公开8件", "予以公开及部分公开15件", []brief{{"N103", finding.Warning, "applications.granted+partly_granted.total",
			"overview!A4 applications!H4 applications!H5", "14", "15"}}},
		{"予以公开6件，部分公开8件", "予以公开及部分公开14件", nil},
		{"均按期答复", "共办结24件", []brief{{"N104", finding.Warning, "applications.processed_total.total", "overview!A4 applications!H25", "25", "24"}}},
		{"继续办理2件", "继续办理两件", nil},
		{"继续办理2件", "继续办理三件", []brief{{"N105", finding.Warning, "applications.carried_out.total", "overview!A4 applications!H26", "2", "3"}}},
		{"收到行政复议2件，行政诉讼1件", "未发生行政复议，行政诉讼1件", []brief{{"N201", finding.Warning, "disputes.reconsideration.total", "overview!A4 disputes!F2", "2", "0"}}},
		{"行政诉讼1件", "行政诉讼2件", []brief{{"N202", finding.Warning, "disputes.litigation_direct+litigation_after_reconsideration.total",
			"overview!A4 disputes!F3 disputes!F4", "1", "2"}}},
		{"废止行政规范性文件3件", "废止行政规范性文件4件", []brief{{"N301", finding.Warning, "disclosure.normative_documents.repealed", "overview!A5 disclosure!C3", "3", "4"}}},
		{"共27件", "共27件，自然人申请26件，法人或其他组织申请1件", []brief{
			{"N101", finding.Warning, "applications.new_received.business+research+public_interest+legal_service+other",
				"overview!A4 applications!C2 applications!D2 applications!E2 applications!F2 applications!G2", "0", "1"}}},
		{"共27件", "共27件（去年25件，其中县教育局7件）", nil},
	} {
		t.Run(c.new, func(t *testing.T) {
			r := withOverview(t, c.old, c.new)
			if d := cmp.Diff(c.want, briefs(t, Run(r))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestNarrativeMessages(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{"其他处理5件", "其他\t处理 ４件", "文字表述为“其他处理４件”，表中为5件（H22:H24：0＋4＋1）"},
		{"部分公开8件", "部分公开9件", "文字表述为“部分公开9件”，表中为8件（H5）"},
		{"不予处理2件", "不予公开1件、不予处理2件", "文字表述为“不予公开1件”，表中为0件（H6:H13）"},
		{"予以公开6件，部分公开8件", "予以公开、部分公开分别为6件、9件", "文字“予以公开、部分公开分别为6件、9件”中“部分公开”为9，表中为8件（H5）"},
		{"全年共收到申请线上4件，线下23件，共27件。", "全年共收到申请21件。", "文字表述为“全年共收到申请21件”，表中本年新收26件（H2）、加上年结转共27件，都不是21件"},
		{"全年共收到申请线上4件，线下23件，共27件。", "全年共收到申请27件，其中法人或其他组织申请3件。", "文字表述为“其中法人或其他组织申请3件”，表中为0件（C2:G2）"},
		{"线下23件，共27件", "线下22件，共27件", "文字中的分项4＋22＝26，合计却写27：“全年共收到申请线上4件，线下22件，共27件”"},
		{"全年共收到申请线上4件，线下23件，共27件。", "全年在进一步健全工作制度并明确专人负责且层层压实责任不断提升服务水平持续改进作风切实保障人民群众知情权监督权的同时新收政府信息公开申请21件。",
			"文字表述为“…制度并明确专人负责且层层压实责任不断提升服务水平持续改进作风切实保障人民群众知情权监督权的同时新收政府信息公开申请21件”，表中为26件（H2）"},
	} {
		var got []string
		for _, f := range Run(withOverview(t, c.old, c.new)) {
			got = append(got, f.Message.In(message.Chinese))
		}
		if len(got) != 1 || got[0] != c.want {
			t.Errorf("%s: %q, want %s", c.new, got, c.want)
		}
	}
}

// A total that was added up without a figure that could not be read says nothing.
func TestNarrativeWithUnreadFigures(t *testing.T) {
	unread := func(r *report.Report, figure string) {
		p := path(figure)
		cell := set(t, r, p.Table, p.Row, p.Column, report.Number{})
		r.Notes = append(r.Notes, report.Note{Kind: report.SpreadsheetError, Path: p, Text: "#REF!", Read: "#REF!", Cells: []report.Cell{cell}})
	}
	rules := func(r *report.Report) string {
		var ids []string
		for _, f := range Run(r) {
			ids = append(ids, f.Rule)
		}
		return strings.Join(ids, " ")
	}
	r := withOverview(t, "均按期答复", "共办结25件")
	unread(r, "applications.granted.natural_person")
	for row, partial := range map[string]int64{"granted": 0, "processed_total": 19} {
		set(t, r, "applications", row, "total", report.Int(partial))
	}
	set(t, r, "applications", "processed_total", "natural_person", report.Int(19))
	if got := rules(r); got != "R206" {
		t.Errorf("totals without the figure: %s", got)
	}
	set(t, r, "applications", "granted", "total", report.Number{})
	if got := rules(r); got != "R205 R206" && got != "R206" {
		t.Errorf("blank total: %s", got)
	}
	r = withOverview(t, "予以公开6件", "予以公开7件")
	unread(r, "applications.granted.natural_person")
	if got := rules(r); got != "R206 N103" {
		t.Errorf("a total that was typed: %s", got)
	}
	r = withOverview(t, "予以公开6件", "予以公开7件")
	unread(r, "applications.granted.total")
	if got := rules(r); got != "R206" {
		t.Errorf("the total itself: %s", got)
	}
}

// What the tables do not have cannot disagree with the text.
func TestNarrativeWithoutFigures(t *testing.T) {
	r := withOverview(t, "其他处理5件", "其他处理4件")
	for _, row := range []string{"other_not_corrected", "other_fee_unpaid", "other_rest"} {
		set(t, r, "applications", row, "total", report.Number{})
		r.Figure("applications", row, "total").Cell = report.Cell{}
	}
	for _, f := range Run(r) {
		if f.Rule[0] == 'N' {
			t.Errorf("%s: %s", f.Rule, f.Message.In(message.Chinese))
		}
	}
	tables := r.Tables
	r.Tables = nil
	Run(r) // no tables at all
	r.Tables = tables[1:]
	Run(r)
}

// A claim against a blank total is held against the sum of its parts.
func TestNarrativeWithBlankTotals(t *testing.T) {
	r := withOverview(t, "", "")
	for _, row := range r.Table("applications").Rows {
		set(t, r, "applications", row.Key, "total", report.Number{})
	}
	for _, f := range Run(r) {
		if f.Rule != "R205" {
			t.Errorf("%s: %s", f.Rule, f.Message.In(message.Chinese))
		}
	}
}

func TestLinesOfOneCellAreOneText(t *testing.T) {
	r := sample(t)
	setText(r, "overview", "全年予以公开", "7件申请。", "行政诉讼", "3件")
	ps := r.Section("overview").Paragraphs
	ps[1].Cell = ps[0].Cell
	want := []brief{{"N103", finding.Warning, "applications.granted.total", "overview!A2 applications!H4", "6", "7"}}
	if d := cmp.Diff(want, briefs(t, Run(r))); d != "" {
		t.Error(d)
	}
}

func TestFee(t *testing.T) {
	for _, c := range []struct {
		text string
		year int
		want int
	}{
		{"本年度未收取信息处理费。", 2024, 0},
		{"依法收取信息公开处理费300元。", 2024, 0},
		{"没有产生收费情况。", 2024, 0},
		{"本机关2024年没有收取任何费用。", 2024, 0},
		{"全年未收任何相关费用，无其他需要报告的事项。", 2024, 0},
		{"不收取费用。", 2024, 0},
		{"无其他需要报告的事项。", 2024, 1},
		{"无。", 2021, 1},
		{"无。", 2020, 0},
	} {
		r := sample(t)
		r.Year = c.year
		setText(r, "other", "", c.text)
		n := 0
		for _, f := range Run(r) {
			if f.Rule == "N401" {
				n++
				if d := cmp.Diff([]brief{{"N401", finding.Warning, "other", "other!A3", "", ""}}, briefs(t, []finding.Finding{f})); d != "" {
					t.Error(d)
				}
			}
		}
		if n != c.want {
			t.Errorf("%d, %s: %d findings, want %d", c.year, c.text, n, c.want)
		}
	}
}

// Long texts take as long as they are long: far less than these limits, which a
// quadratic reading would miss by minutes.
func TestClaimsOfLongTexts(t *testing.T) {
	g := narrative.For(mustForm(t))
	for _, piece := range []string{"共1件", "(", "1,", "线上4件，", "（予以公开6件", "予以公开、", "分别行政复议、1件", "无行政复议、", "予以公开6件(10月)", "其中涉及信息公开1件", "办结1件，共办结2件，", "公开和部分公开", "未", "县教育局", "《", "二十"} {
		text := strings.Repeat(piece, 100_000/len(piece))
		start := time.Now()
		p := prose.Normalized(text)
		for _, c := range g.Read(p, 2024, "安平县人民政府").Claims {
			p.Quote(text, c.From, c.To, c.Focus.From)
		}
		if d := time.Since(start); d > 5*time.Second {
			t.Errorf("%s: %v", piece, d)
		}
	}
}

func BenchmarkNarrative(b *testing.B) {
	r := withOverview(b, "", "")
	b.ReportAllocs()
	for b.Loop() {
		if found := Run(r); len(found) > 0 {
			b.Fatal(found)
		}
	}
}

func FuzzClaims(f *testing.F) {
	for _, p := range overview {
		f.Add(p)
	}
	for _, s := range []string{"（（（（", "）））", "5件", "共，共，共", "分别为1、2、3件", "《《", "1,234,567件", "一二三四五六七八九十件", "2024年13月", "无", "零", "\xff件"} {
		f.Add(s)
	}
	g := narrative.For(mustForm(f))
	f.Fuzz(func(t *testing.T, text string) {
		p := prose.Normalized(text)
		for _, c := range g.Read(p, 2024, "安平县人民政府").Claims {
			if c.From > c.Focus.From || c.Focus.To > c.To || c.To > len(p.Runes) {
				t.Errorf("%q: claim %+v outside its sentence", text, c)
			}
			p.Quote(text, c.From, c.To, c.Focus.From)
		}
	})
}

// A heading in a cell of its text is no part of the sentence below it.
func TestHeadingInTheCell(t *testing.T) {
	for _, text := range []string{"（二）便民答复各项举措\n2024年我单位收到政府信息公开申请25件。", "（二）便民答复各项举措\n2024年我单位", "（二）便民答复各项举措 2024年我单位收到政府信息公开申请25件。"} {
		r := sample(t)
		setText(r, "overview", strings.Split(text, "\n")...)
		s := r.Section("overview")
		for i := range s.Paragraphs {
			s.Paragraphs[i].Cell = s.Paragraphs[0].Cell
		}
		if strings.HasSuffix(text, "位") { // a line that the window broke
			s.Paragraphs = append(s.Paragraphs, report.Paragraph{Text: "收到政府信息公开申请25件。", Cell: s.Paragraphs[0].Cell})
		}
		found := false
		for _, f := range Run(r) {
			found = found || f.Rule == "N101"
		}
		if !found {
			t.Errorf("%q: the figure is not compared", text)
		}
	}
}

// Text that nobody writes takes time in proportion to its length.
func TestNarrativeTakesLinearTime(t *testing.T) {
	for _, sentence := range []string{"县水利局收到申请3件。", "县政府本级收到申请3件。"} {
		took := func(n int) time.Duration {
			start := time.Now()
			narrative.For(mustForm(t)).Read(prose.Normalized(strings.Repeat(sentence, n)), 2024, "安平县人民政府")
			return time.Since(start)
		}
		took(100)
		if short, long := took(1000), took(16_000); long > 60*short+time.Second {
			t.Errorf("%s: 1,000 times takes %v, 16,000 times %v", sentence, short, long)
		}
	}
}

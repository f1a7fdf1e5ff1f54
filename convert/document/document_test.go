package document

import (
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

func TestTitle(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	if got := titleOf(f, &report.Report{}); got != "××××××××年政府信息公开工作年度报告" {
		t.Errorf("title without anything: %s", got)
	}
	if got := titleOf(f, &report.Report{Organization: "某县", Year: 2024}); got != "某县2024年政府信息公开工作年度报告" {
		t.Errorf("title: %s", got)
	}
}

func TestHeadings(t *testing.T) {
	for _, c := range []struct {
		text  string
		style Style
		head  string
		whole bool
	}{
		{"一、总体情况", First, "一、总体情况", true},
		{"（一）主动公开", Second, "（一）主动公开", true},
		{"（一）主动公开情况。全年公开信息36件。", Second, "（一）主动公开情况。", false},
		{"(二)依申请公开。共收到1件。", Second, "(二)依申请公开。", false},
		{"1.健全制度。修订办法。", Third, "1.健全制度。", false},
		{"（一）主动公开信息36件", Body, "（一）主动公开信息36件", false},
		{"（二）按期答复率100%", Body, "（二）按期答复率100%", false},
		{"（三）抓好第14条", Body, "（三）抓好第14条", false},
		{"（三）落实2024年任务", Second, "（三）落实2024年任务", true},
		{"１．健全制度", Third, "１．健全制度", true},
		{"（一）属于国家秘密；", Body, "（一）属于国家秘密；", false},
		{"1.5万件", Body, "1.5万件", false},
		{"2024年，工作有序。", Body, "2024年，工作有序。", false},
		{"（一）全年通过门户网站、新媒体、公开栏等渠道主动公开各类政府信息三千余条，内容涵盖各领域。另有其他。", Body,
			"（一）全年通过门户网站、新媒体、公开栏等渠道主动公开各类政府信息三千余条，内容涵盖各领域。另有其他。", false},
	} {
		spans, whole := headed(c.text)
		if spans[0].Style != c.style || spans[0].Text != c.head || whole != c.whole {
			t.Errorf("%q: got %v %v", c.text, spans, whole)
		}
	}
}

// A text that ends in an organization and a date is signed with them.
func TestCutClosing(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	cover := report.Signature{Organization: "某局", Date: "2025年1月1日"}
	for _, c := range []struct {
		text []string
		want report.Signature
		left int
	}{
		{[]string{"本年度未收取信息处理费。", "某县水务局", "2025年1月20日"}, report.Signature{Organization: "某县水务局", Date: "2025年1月20日"}, 1},
		{[]string{"本年度未收取信息处理费。", " 某县水务局", "二〇二五年一月二十日"}, report.Signature{Organization: "某县水务局", Date: "二〇二五年一月二十日"}, 1},
		{[]string{"本年度未收取信息处理费。", "无其他事项。", "2025年1月20日"}, cover, 3},
		{[]string{"某县水务局", "2025年1月20日"}, cover, 2},
		{[]string{"本年度未收取信息处理费。"}, cover, 1},
	} {
		r := f.Blank()
		r.Signature = cover
		for _, s := range c.text {
			last := r.Section("other")
			last.Paragraphs = append(last.Paragraphs, report.Paragraph{Text: s})
		}
		sections, got := cutClosing(f, r)
		if n := len(sections[len(sections)-1].Paragraphs); got.Signature != c.want || n != c.left {
			t.Errorf("%q: %+v, %d paragraphs left", c.text, got, n)
		}
		if n := len(r.Section("other").Paragraphs); n != len(c.text) {
			t.Errorf("%q: the report itself has %d paragraphs", c.text, n)
		}
	}
}

// A sum ends with whom it leaves out, each once, together with those that are out for the
// same reason; one that leaves out only other versions of what it has says nothing.
func TestSumNamesWhomItLeavesOut(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	r := f.Blank()
	r.Organization = "安平县"
	last := func() string {
		d := InForm(f, r, Options{})
		p, ok := d.Items[len(d.Items)-1].(*Paragraph)
		if !ok {
			return ""
		}
		return p.Text()
	}
	heading := last()
	out := func(organization, file, why string) report.Excluded {
		return report.Excluded{Organization: organization, File: file, Why: why}
	}
	r.Sum = &report.Sum{Bodies: []string{"县水务局", "县教育局"}, LeftOut: []report.Excluded{out("县水务局", "旧.xlsx", "另一版"), out("安平县", "合计.xlsx", "汇总表"), out("安平", "旧合计.xlsx", "汇总表")}}
	if got := last(); got != heading {
		t.Errorf("nobody is left out: %s", got)
	}
	r.Sum.LeftOut = append(r.Sum.LeftOut, out("县林业局", "", "未报送"), out("县司法局", "a.xlsx", "有2个错误"), out("县司法局", "b.xlsx", "另一版"),
		out("县信访局", "", "未报送"), out("", "坏.xlsx", "文件无法读取"))
	if got, want := last(), "（本报告数据由2份报告汇总。未计入：县林业局、县信访局，未报送；县司法局，有2个错误；坏.xlsx，文件无法读取。）"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

package pdf

import (
	"slices"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// ofLines is a paragraph of so many lines.
func ofLines(s *shaper, n int, heading bool) item {
	it := s.paragraph(report.Cell{}, heading, span{roleBody, strings.Repeat("字", charsPerLine*n-4)})
	it.bookmark = "x" // so that its page is known
	return it
}

func TestNoWidowsAndNoHeadingsAtTheFoot(t *testing.T) {
	s := embeddedShaper()
	for above := range linesPerPage {
		for n := 1; n <= 50; n++ {
			p := &pager{doc: new(document), shaper: s}
			items := []item{ofLines(s, 1, true), ofLines(s, n, false)}
			if above > 0 {
				items = slices.Insert(items, 0, ofLines(s, above, false))
			}
			if got := len(items[len(items)-1].lines); got != n {
				t.Fatalf("%d lines, want %d", got, n)
			}
			p.place(items)
			heading, text := p.doc.outline[len(items)-2], p.doc.outline[len(items)-1]
			if heading.page != text.page || text.y > areaBottom-pitch+0.01 {
				t.Errorf("%d lines above, %d below: the heading stands alone", above, n)
			}
			if len(p.doc.pages) > text.page+1 && p.slot == 1 {
				t.Errorf("%d lines above, %d below: a widow", above, n)
			}
		}
	}
}

func TestSignatureStaysWithTheText(t *testing.T) {
	s := embeddedShaper()
	for n := 15; n <= 30; n++ {
		p := &pager{doc: new(document), shaper: s}
		items := s.sign([]item{ofLines(s, n, false)}, closing{Signature: report.Signature{Organization: "某某县人民政府办公室", Date: "2025年1月20日"}})
		p.place(items)
		if len(p.doc.pages) > 1 && p.slot < 5 {
			t.Errorf("%d lines: the signature stands with %d lines on its page", n, p.slot-3)
		}
		org, date := items[0].lines[n+1], items[0].lines[n+2]
		right := areaWidth - org.x - setting{size: sizeBody, tracking: bodyTracking}.width(org.chars)
		if two := 2 * (sizeBody + bodyTracking); right < two-0.01 || right > two+0.01 || date.x-org.x < two-0.01 {
			t.Errorf("the signature stands at %.1f from the right, its date at %.1f", right, date.x-org.x)
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
		whole := *r
		got := cutClosing(f, r)
		if n := len(r.Section("other").Paragraphs); got.Signature != c.want || n != c.left {
			t.Errorf("%q: %+v, %d paragraphs left", c.text, got, n)
		}
		if n := len(whole.Section("other").Paragraphs); n != len(c.text) {
			t.Errorf("%q: the report itself has %d paragraphs", c.text, n)
		}
	}
}

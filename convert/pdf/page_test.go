package pdf

import (
	"slices"
	"strings"
	"testing"

	"nianbao/convert/document"
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
			p := &pager{doc: new(canvas), shaper: s}
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
		p := &pager{doc: new(canvas), shaper: s}
		items := s.sign([]item{ofLines(s, n, false)}, &document.Signature{Organization: "某某县人民政府办公室", Date: "2025年1月20日"})
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

package check

import (
	"testing"

	"nianbao/convert/finding"
	"nianbao/convert/report"
)

func TestHalfWidthPunctuation(t *testing.T) {
	cell := report.Cell{Sheet: "文字", Row: 3, Column: 1}
	for _, c := range []struct {
		text string
		n    int // of findings
	}{
		{"2024年,我局(含直属单位)收到申请3件;均已办结。", 1},
		{"上午8:30起,共1,234件", 1},
		{"上午8:30起，共1,234件，详见http://a.gov.cn/b?c=1。", 0},
	} {
		r := sample(t)
		r.Sections[0].Paragraphs = append(r.Sections[0].Paragraphs, report.Paragraph{Text: c.text, Cell: cell})
		var got []finding.Finding
		for _, f := range Run(r) {
			if f.Rule == "R112" {
				got = append(got, f)
			}
		}
		if len(got) != c.n {
			t.Fatalf("%s: %v", c.text, got)
		}
		if c.n > 0 && (got[0].Severity != finding.Info || len(got[0].Cells) != 1 || got[0].Cells[0] != cell) {
			t.Errorf("%s: %+v", c.text, got[0])
		}
		if p := r.Sections[0].Paragraphs; p[len(p)-1].Text != c.text {
			t.Error("the model was changed")
		}
	}
}

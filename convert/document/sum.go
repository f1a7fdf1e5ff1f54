package document

import (
	"fmt"
	"strings"

	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// leftOut says in brackets, as a note (附注) of GB/T 9704—2012 7.3.6 is, how many reports
// a sum is of and whose are not in it, and why; nil where it leaves nobody out. Who is
// out for the same reason is named together.
func leftOut(r *report.Report) *Paragraph {
	if r.Sum == nil {
		return nil
	}
	var reasons []string
	names := map[string][]string{} // by reason
	for _, x := range r.Sum.Missing() {
		if strings.HasPrefix(r.Organization, x.Organization) { // an earlier sum of its own, of 安平县 as 安平县人民政府
			continue
		}
		if names[x.Why] == nil {
			reasons = append(reasons, x.Why)
		}
		names[x.Why] = append(names[x.Why], x.Organization)
	}
	if reasons == nil {
		return nil
	}
	text := fmt.Sprintf("（本报告数据由%d份报告汇总。未计入：", len(r.Sum.Bodies))
	for i, why := range reasons {
		if i > 0 {
			text += "；"
		}
		text += strings.Join(names[why], "、")
		if why != "" {
			text += "，" + why
		}
	}
	text, _ = prose.Punctuated(prose.Clean(text + "。）"))
	return &Paragraph{Spans: []Span{{Body, text}}}
}

package check

import (
	"testing"

	"nianbao/convert/report"
)

// What the text calls the report itself, and what it only seems to.
func TestOwnName(t *testing.T) {
	const law = "根据《中华人民共和国政府信息公开条例》（2019年5月15日起施行），"
	for _, c := range []struct {
		text     string
		preamble bool
		want     string // path and what the text says; "" for no finding
	}{
		{law + "现公布营山县人民政府办公室2024年政府信息公开工作年度报告。", true, ""},
		{law + "现公布营山县人民政府办公室2023年政府信息公开工作年度报告。", true, "year 2023"},
		{law + "现将营山县水务局2024年度政府信息公开年度报告公布如下：", true, "organization 营山县水务局"},
		{law + "现向社会公布营山县政府办2024年政府信息公开工作年度报告。", true, ""},
		{law + "现公布本机关2024年政府信息公开工作年度报告。", true, ""},
		{law + "编制营山县政府办公室2023年政府信息公开工作年度报告。", true, "year 2023"},
		{"年初编制了2023年政府信息公开工作年度报告并按时公布。", false, ""},
		{"按要求公布了《2023年政府信息公开工作年度报告》。", false, ""},
		{"指导各部门发布营山县水务局2023年政府信息公开工作年度报告等24份。", false, ""},
		{"本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。", false, "year 2023"},
		{"本报告所列数据的统计期限自2023年1月1日起至12月31日止。", true, "year 2023"},
		{"统计时限为２０２４年１月１日至１２月３１日。", true, ""},
		{"规范性文件清理期限为2021年1月1日至2023年12月31日。", false, ""},
		{"与去年同期统计数（2023年1月1日至12月31日）相比有所增加。", false, ""},
		{"2023年1月1日至12月31日开展专项行动。", false, ""},
		{"上一年度报告于2024年1月20日公布。", false, ""},
	} {
		r := sample(t)
		r.Preamble = []report.Paragraph{{Text: "前言。", Cell: report.Cell{Sheet: "S", Row: 1, Column: 1}}}
		cell := report.Cell{Sheet: "S", Row: 2, Column: 1}
		if c.preamble {
			r.Preamble = append(r.Preamble, report.Paragraph{Text: c.text, Cell: cell})
		} else {
			ps := &r.Section("overview").Paragraphs
			*ps = append(*ps, report.Paragraph{Text: c.text, Cell: cell})
		}
		got := ""
		for _, b := range briefs(t, Run(r)) {
			if b.Rule != "R304" || b.Cells != "S!A2" {
				t.Errorf("%s: %v", c.text, b)
			}
			got += b.Path + " " + b.Actual
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
	}
}

package check

import (
	"slices"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// punctuation says how many half-width marks stand between Chinese characters, which
// are printed full-width: R112. The model keeps what the submission has.
func (s *subject) punctuation() []finding.Finding {
	n := 0
	var cells []report.Cell
	count := func(text string, cell report.Cell) {
		_, marks := prose.Punctuated(text)
		if n += marks; marks > 0 && !cell.IsZero() && !slices.Contains(cells, cell) {
			cells = append(cells, cell)
		}
	}
	count(s.Title, report.Cell{})
	count(s.Signature.Organization, report.Cell{})
	for _, p := range s.Preamble {
		count(p.Text, p.Cell)
	}
	for _, sec := range s.Sections {
		for _, p := range sec.Paragraphs {
			count(p.Text, p.Cell)
		}
	}
	if n == 0 {
		return nil
	}
	if len(cells) == 0 {
		return []finding.Finding{newFinding("R112", report.Path{}, nil, "", "", message.New("R112.title", n))}
	}
	return []finding.Finding{newFinding("R112", report.Path{}, cells, "", "", message.New("R112", n, placeList(cells)))}
}

var punctuationRules = []finding.Rule{{
	ID: "R112", Severity: finding.Info, Since: "0.2", Clause: "GB/T 15834—2011",
	Title:   message.Both("半角标点", "Half-width punctuation"),
	Text:    message.Both("汉字之间的逗号、分号、冒号、括号、问号、叹号应为全角。PDF按全角印出；数字、时间、英文和网址中的标点不变，JSON和规范表保留原样。", "Commas, semicolons, colons, brackets, question and exclamation marks between Chinese characters should be full-width. The PDF prints them so; those in numbers, times, Latin words and addresses stay, and the JSON and the normalized workbook keep what was written."),
	Advice:  message.Both("不影响报送；如要原表规范，用“查找和替换”改为全角标点。", "Nothing need be done; to have the original in order too, replace them with full-width marks."),
	Example: message.Both("“2024年,我局(含直属单位)收到申请3件”印作“2024年，我局（含直属单位）收到申请3件”。", "“2024年,我局(含直属单位)收到申请3件” is printed “2024年，我局（含直属单位）收到申请3件”."),
}}

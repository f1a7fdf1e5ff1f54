package check

import (
	"fmt"
	"unicode/utf8"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// printing is what the PDF writer noted: P101.
func (s *subject) printing() []finding.Finding {
	var found []finding.Finding
	for _, n := range s.Notes {
		if n.Kind != report.MissingGlyph {
			continue
		}
		r, _ := utf8.DecodeRuneInString(n.Text)
		point := fmt.Sprintf("U+%04X", r)
		text := message.New("P101", n.Text, point, placeList(n.Cells))
		if script := prose.NeedsShaping(r); script != "" {
			text = message.New("P101.script", n.Text, point, placeList(n.Cells), script)
		}
		found = append(found, newFinding("P101", n.Path, n.Cells, "", n.Text, text))
	}
	return found
}

var printingRules = []finding.Rule{{
	ID: "P101", Severity: finding.Warning, Since: "0.1", Clause: "GB/T 9704—2012",
	Title:   message.Both("字体缺字", "A character has no glyph"),
	Text:    message.Both("所有可用字体都没有这个字，PDF中以〓代替。多为人名、地名用字或私用区字符。", "No face that could be used has the character; the PDF shows 〓 instead. Mostly it is a rare character of a name, or a private one."),
	Advice:  message.Both("换用其他写法；必须用这个字的，用 --font-dir 指定含有该字的字体。", "Write it otherwise; where it must be this character, give a folder with a font that has it with --font-dir."),
	Example: message.Both("地名用字“𬒈”（U+2C488）无字形。", "“𬒈” (U+2C488), of a place name, has no glyph."),
}}

package xlsx

import (
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// mostAlike is how many cells of a finding are marked as equally suspect. With
// more, the first one is the total that the others are the parts of.
const mostAlike = 4

// Marks are the findings that a person must act on, in Chinese: who gets the
// marked copy filled in a Chinese form, whatever the office's computers speak.
// advice says what to do about a finding of a rule.
func Marks(findings []finding.Finding, advice func(rule string) message.Bilingual) []Mark {
	var marks []Mark
	for _, f := range findings {
		if f.Severity == finding.Info {
			continue
		}
		m := Mark{Rule: f.Rule, Error: f.Severity == finding.Error, Cells: f.Cells, Marked: len(f.Cells), Message: f.Message.In(message.Chinese)}
		if !f.Expected.IsZero() && len(f.Cells) > mostAlike {
			m.Marked = 1
		}
		of := whose(f)
		if !f.Expected.IsZero() {
			m.Expected = message.New("annotate."+of+".expected", f.Expected).In(message.Chinese)
		}
		if !f.Actual.IsZero() {
			m.Actual = message.New("annotate."+of+".actual", f.Actual).In(message.Chinese)
		}
		m.Advice = advice(f.Rule).In(message.Chinese)
		marks = append(marks, m)
	}
	return marks
}

// whose says what expected and actual are of: of the first cell itself, of the two
// sides of an identity, or of the table and the text. Told of a cell that it is
// none of, they would be typed into it.
func whose(f finding.Finding) string {
	switch {
	case strings.HasPrefix(f.Rule, "N"):
		return "text"
	case strings.Contains(f.Path.String(), report.Any) && !f.Expected.IsZero():
		return "side"
	}
	return "own"
}

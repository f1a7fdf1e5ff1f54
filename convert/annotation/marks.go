package annotation

import (
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// mostAlike is how many cells of a finding are marked as equally suspect. With
// more, the first one is the total that the others are the parts of.
const mostAlike = 4

// Of gives the findings that a person must act on, in Chinese: who gets the
// marked copy filled in a Chinese form, whatever the office's computers speak. What
// follows from one stands behind it. part is whose report it is, of several in the
// submission, else ""; rule is the documentation of a rule.
func Of(part string, findings []finding.Finding, rule func(id string) (finding.Rule, bool)) []Mark {
	var all []Mark
	for _, g := range finding.Groups(findings) {
		worst := g.Worst()
		if worst == finding.Info {
			continue
		}
		add := func(f finding.Finding) *Mark {
			doc, _ := rule(f.Rule)
			m := of(f, doc)
			m.isOf(part)
			all = append(all, m)
			return &all[len(all)-1]
		}
		if m := add(g.Cause); g.Cause.Severity == finding.Info {
			m.Hint, m.Error = true, worst == finding.Error
		}
		for _, f := range g.Consequences {
			if f.Severity != finding.Info {
				m := add(f) // its figures are not to be typed anywhere
				m.Follows, m.Expected, m.Actual, m.Detail, m.Advice = true, "", "", "", message.New("annotate.follows").In(message.Chinese)
			}
		}
	}
	return all
}

// of is the mark of a finding by itself.
func of(f finding.Finding, doc finding.Rule) Mark {
	m := Mark{Rule: f.Rule, Error: f.Severity == finding.Error, Cells: f.Cells, Marked: len(f.Cells),
		Message: f.Says(message.Chinese), Advice: doc.Advice.In(message.Chinese), Title: doc.Title.In(message.Chinese)}
	if !f.Expected.IsZero() && len(f.Cells) > mostAlike {
		m.Marked = 1
	}
	expected, actual, of := f.Expected, f.Actual, "annotate."+whose(f)
	if f.Slip != nil && len(f.Slip.Cells) > 0 {
		m.point(f.Slip.Cells)
		if !f.Slip.Expected.IsZero() {
			expected, actual, of = f.Slip.Expected, f.Slip.Actual, "annotate.own"
		}
	}
	if !expected.IsZero() {
		m.Expected = message.New(of+".expected", expected).In(message.Chinese)
	}
	if !actual.IsZero() {
		m.Actual = message.New(of+".actual", actual).In(message.Chinese)
	}
	if m.Expected != "" && m.Actual != "" {
		if m.Detail = m.Expected + "，" + m.Actual; of == "annotate.own" {
			m.Detail = message.New(of, m.Expected, m.Actual).In(message.Chinese)
		}
	}
	if identity(f) && f.Path.Column != "" && len(f.Message.Args) > 0 {
		m.Group, m.Part = f.Rule+" "+f.Path.Table+"."+f.Path.Row, fmt.Sprint(f.Message.Args[0])
	}
	return m
}

// isOf says whose report a mark is of, "" being the only one.
func (m *Mark) isOf(part string) {
	if part == "" {
		return
	}
	m.Message, m.Title = part+"："+m.Message, part+"："+m.Title
	if m.Group != "" {
		m.Group = part + " " + m.Group
	}
}

// point puts the cells that seem to be wrong in front of the others.
func (m *Mark) point(slip []report.Cell) {
	cells, marked := slices.Clone(slip), len(slip)
	for i, c := range m.Cells {
		if slices.Contains(slip, c) {
			continue
		}
		if i < m.Marked {
			marked++
		}
		cells = append(cells, c)
	}
	m.Cells, m.Marked, m.Slip = cells, marked, len(slip)
}

// identity reports whether a finding says that figures do not add up to a total, or
// to each other.
func identity(f finding.Finding) bool {
	return !f.Expected.IsZero() && (f.Path.Row == report.Any || f.Severity == finding.Error && len(f.Cells) > mostAlike)
}

// whose says what expected and actual are of: of the first cell itself, of the two
// sides of an identity, or of the table and the text. Told of a cell that it is
// none of, they would be typed into it.
func whose(f finding.Finding) string {
	switch {
	case strings.HasPrefix(f.Rule, "N"):
		return "text"
	case f.Path.Row == report.Any && !f.Expected.IsZero() && f.Path.Table == "applications":
		return "side"
	case strings.Contains(f.Path.String(), report.Any) && !f.Expected.IsZero():
		return "sums"
	}
	return "own"
}

package annotation

import (
	"fmt"
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
// seems to have one cause stands together. part is whose report it is, of several in the
// submission, else ""; rule is the documentation of a rule.
func Of(part string, findings []finding.Finding, rule func(id string) (finding.Rule, bool)) []Mark {
	cause := causes(findings)
	var marks []Mark
	for i, f := range findings {
		if f.Severity == finding.Info {
			continue
		}
		doc, _ := rule(f.Rule)
		m := Mark{Rule: f.Rule, Error: f.Severity == finding.Error, Cells: f.Cells, Marked: len(f.Cells), Cause: cause[i],
			Message: f.Message.In(message.Chinese), Advice: doc.Advice.In(message.Chinese), Title: doc.Title.In(message.Chinese)}
		if !f.Expected.IsZero() && len(f.Cells) > mostAlike {
			m.Marked = 1
		}
		of := "annotate." + whose(f)
		if !f.Expected.IsZero() {
			m.Expected = message.New(of+".expected", f.Expected).In(message.Chinese)
		}
		if !f.Actual.IsZero() {
			m.Actual = message.New(of+".actual", f.Actual).In(message.Chinese)
		}
		if m.Expected != "" && m.Actual != "" {
			if m.Detail = m.Expected + "，" + m.Actual; of == "annotate.own" {
				m.Detail = message.New(of, m.Expected, m.Actual).In(message.Chinese)
			}
		}
		if identity(f) && f.Path.Column != "" && len(f.Message.Args) > 0 {
			m.Group, m.Part = f.Rule+" "+f.Path.Table+"."+f.Path.Row, fmt.Sprint(f.Message.Args[0])
		}
		if part != "" {
			m.Message, m.Title = part+"："+m.Message, part+"："+m.Title
			if m.Group != "" {
				m.Group = part + " " + m.Group
			}
		}
		marks = append(marks, m)
	}
	return together(marks)
}

// together puts marks of one cause behind the first of them, and what is wrong with
// the cell itself in front.
func together(marks []Mark) []Mark {
	by := map[report.Cell][]Mark{}
	for _, m := range marks {
		if !m.Cause.IsZero() {
			by[m.Cause] = append(by[m.Cause], m)
		}
	}
	var ordered []Mark
	for _, m := range marks {
		if m.Cause.IsZero() {
			ordered = append(ordered, m)
			continue
		}
		list := by[m.Cause]
		delete(by, m.Cause)
		for _, own := range []bool{true, false} {
			for _, x := range list {
				if (x.Cells[0] == x.Cause) == own {
					ordered = append(ordered, x)
				}
			}
		}
	}
	return ordered
}

// identity reports whether a finding says that figures do not add up to a total, or
// to each other.
func identity(f finding.Finding) bool {
	return !f.Expected.IsZero() && (f.Path.Row == report.Any || f.Severity == finding.Error && len(f.Cells) > mostAlike)
}

// causes finds, for findings by their place, the cell whose figure alone may be
// wrong: one that, changed by the same amount, would set several sums right at once.
// Where two cells would do so alike it says nothing.
func causes(findings []finding.Finding) map[int]report.Cell {
	type change struct {
		cell report.Cell
		by   string
	}
	would := map[change][]int{} // the findings that a change sets right
	var order []change
	for i, f := range findings {
		if !identity(f) || f.Path.IsZero() {
			continue
		}
		expected, actual := f.Expected.Number(), f.Actual.Number()
		if expected.Blank() || actual.Blank() {
			continue
		}
		up := expected.Sub(actual)
		left := 1
		if f.Path.Row == report.Any { // two sums of as many figures each
			left = len(f.Cells) / 2
			up = actual.Sub(expected)
		}
		down := report.Int(0).Sub(up)
		for k, c := range f.Cells {
			by := up
			if k >= left {
				by = down
			}
			at := change{c, by.String()}
			if would[at] == nil {
				order = append(order, at)
			}
			would[at] = append(would[at], i)
		}
	}
	cause := map[int]report.Cell{}
	for {
		var best change
		most, ties := 1, false
		for _, at := range order {
			n := 0
			for _, i := range would[at] {
				if _, known := cause[i]; !known {
					n++
				}
			}
			switch {
			case n > most:
				best, most, ties = at, n, false
			case n == most && n > 1 && overlap(would[at], would[best], cause):
				ties = true
			}
		}
		if most == 1 {
			break
		}
		for _, i := range would[best] {
			if _, known := cause[i]; known {
				continue
			}
			if cause[i] = best.cell; ties {
				cause[i] = report.Cell{}
			}
		}
	}
	return cause
}

// overlap reports whether two lists of findings share one whose cause is not known.
func overlap(a, b []int, known map[int]report.Cell) bool {
	for _, x := range a {
		for _, y := range b {
			if _, ok := known[x]; x == y && !ok {
				return true
			}
		}
	}
	return false
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

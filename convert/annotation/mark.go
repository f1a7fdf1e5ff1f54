// Package annotation is what a marked copy says of a submission: each finding that a person
// must act on as a [Mark], with the places that it colours and comments on. The writers
// of the copies, xlsx and docx/mark, know marks and no findings.
package annotation

import (
	"fmt"
	"slices"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Mark is one finding to be marked in a submission. Its texts are in the language
// of the form's users. What follows from a finding stands behind it.
type Mark struct {
	Rule     string
	Error    bool          // its colour is that of errors, else of warnings
	Hint     bool          // it is neither itself, and marked for what follows from it
	Follows  bool          // from the last mark before it that does not
	Cells    []report.Cell // what it rests on, the one to look at first in front
	Marked   int           // how many of Cells, from the first, get a colour and a comment
	Slip     int           // how many of these, from the first, seem to be wrong; 0 is unknown
	Message  string
	Expected string // as the list shows it: 7, 表中为5件; or ""
	Actual   string // likewise
	Detail   string // both, as a comment says them: 应填数 7，填报数 6; or ""
	Advice   string

	// Findings of a group differ in one thing alone, such as the column. A list may
	// have one line for them.
	Group string // "" is none
	Title string // what is wrong, for all of the group
	Part  string // what this one is of: 自然人
}

// Severity is what the list and the comments call it.
func (m Mark) Severity() string {
	key := "severity.warning"
	switch {
	case m.Hint:
		key = "severity.info"
	case m.Error:
		key = "severity.error"
	}
	return message.New(key).In(message.Chinese)
}

// ErrorsFirst are the marks with those in front that are errors or that errors follow
// from.
func ErrorsFirst(marks []Mark) []Mark {
	var errors, others []Mark
	for len(marks) > 0 {
		n, severe := 1, marks[0].Error
		for ; n < len(marks) && marks[n].Follows; n++ {
			severe = severe || marks[n].Error
		}
		if severe {
			errors = append(errors, marks[:n]...)
		} else {
			others = append(others, marks[:n]...)
		}
		marks = marks[n:]
	}
	return append(errors, others...)
}

// Beneath stands in the list before what follows from the mark above.
const Beneath = finding.Beneath

// Count counts the errors and the warnings among marks.
func Count(marks []Mark) (errors, warnings int) {
	for _, m := range marks {
		switch {
		case m.Hint:
		case m.Error:
			errors++
		default:
			warnings++
		}
	}
	return errors, warnings
}

// The colours of what is marked, as RGB in hexadecimal. They are pale where a finding
// seems to follow from another place's fault.
const (
	ErrorFill       = "FF9999"
	WarningFill     = "FFD966"
	ErrorFillPale   = "FFDDDD"
	WarningFillPale = "FFF2CC"
)

// Fills are the colours, the one that counts where several marks are on a place first.
var Fills = []string{ErrorFill, ErrorFillPale, WarningFill, WarningFillPale}

// Over is the colour of a place that two marks would give one each.
func Over(a, b string) string {
	if slices.Index(Fills, b) < slices.Index(Fills, a) {
		return b
	}
	return a
}

// Place is what a mark does to one cell or paragraph.
type Place struct {
	Cell    report.Cell
	Fill    string // one of Fills
	Comment string
}

// Places are what is coloured and commented on for a finding.
func (m Mark) Places() []Place {
	cells := m.Cells[:min(m.Marked, len(m.Cells))]
	places := make([]Place, 0, len(cells))
	for i, c := range cells {
		firm := !m.Follows && (m.Slip == 0 || i < m.Slip)
		places = append(places, Place{c, m.Fill(firm), m.comment(i == 0)})
	}
	return places
}

// Fill is the colour of a mark, pale where it is not firm: at a place whose fault may lie
// elsewhere, and in a list for what follows from another mark.
func (m Mark) Fill(firm bool) string {
	switch {
	case m.Error && firm:
		return ErrorFill
	case m.Error:
		return ErrorFillPale
	case firm:
		return WarningFill
	}
	return WarningFillPale
}

// comment is what is said of the finding at one place. What stands against what is said
// only at its first: at the others it would look like their own.
func (m Mark) comment(first bool) string {
	text := fmt.Sprintf("【%s %s】%s", m.Severity(), m.Rule, m.Message)
	if first && m.Detail != "" {
		text += "\n" + m.Detail
	}
	return text
}

// Package annotation is what a marked copy says of a submission: each finding that a person
// must act on as a [Mark], with the places that it colours and comments on. The writers
// of the copies, xlsx and docx/mark, know marks and no findings.
package annotation

import (
	"fmt"
	"slices"

	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Mark is one finding to be marked in a submission. Its texts are in the language
// of the form's users.
type Mark struct {
	Rule     string
	Error    bool          // else a warning
	Cells    []report.Cell // what it rests on, the one to look at first in front
	Marked   int           // how many of Cells, from the first, get a colour and a comment
	Cause    report.Cell   // the one whose fault it seems to follow from, one of Cells; or zero
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

// Places are what is coloured and commented on for a finding, the cause in front where
// it is not one of those marked.
func (m Mark) Places() []Place {
	cells := m.Cells[:min(m.Marked, len(m.Cells))]
	if !m.Cause.IsZero() && !slices.Contains(cells, m.Cause) {
		cells = append([]report.Cell{m.Cause}, cells...)
	}
	places := make([]Place, 0, len(cells))
	for i, c := range cells {
		firm := m.Cause.IsZero() || c == m.Cause
		places = append(places, Place{c, m.fill(firm), m.comment(i == 0 && c == m.Cells[0])})
	}
	return places
}

func (m Mark) fill(firm bool) string {
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
	severity := message.New("severity.warning")
	if m.Error {
		severity = message.New("severity.error")
	}
	text := fmt.Sprintf("【%s %s】%s", severity.In(message.Chinese), m.Rule, m.Message)
	if first && m.Detail != "" {
		text += "\n" + m.Detail
	}
	return text
}

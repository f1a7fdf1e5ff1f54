// Package check says what is wrong with a report: figures that do not add up,
// cells that hold no number, sections that are missing, a text that disagrees
// with its tables.
//
//	for _, f := range check.Run(r) {
//		fmt.Println(f.Severity, f.Rule, f.Message.In(message.Chinese))
//	}
//
// [Run] checks a report by itself, [Against] this year's against last year's, and
// [Children] a parent's against those that it is made of.
//
// Every finding belongs to a registered [Rule], whose id and severity never
// change once released. The checks read the model only: they neither change it
// nor correct anything.
package check

import (
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Severity says what a finding means for the report.
type Severity string

// The severities.
const (
	Error   Severity = "error"   // the report must go back
	Warning Severity = "warning" // a person must look
	Info    Severity = "info"
)

// Count is how many of the findings are of the severity.
func Count(findings []Finding, s Severity) int {
	n := 0
	for _, f := range findings {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// Finding is one thing that a rule found.
type Finding struct {
	Rule     string
	Severity Severity
	Path     string        // canonical path; * stands for every row or column
	Cells    []report.Cell // the cells it rests on, the one to look at first in front
	Expected string        // "" when the rule expects no particular value
	Actual   string        // what stands there
	Message  message.Message
}

// Package finding is what the checks hand on: a [Finding] names its rule, its cells
// and what to say of them; a [Rule] is documentation. [List] writes the findings on
// a file as JSON, [WriteSARIF] those on many as SARIF. It knows neither how findings
// come about nor what is made of them.
package finding

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
	Path     report.Path   // canonical path; * stands for every row or column
	Cells    []report.Cell // the cells it rests on, the one to look at first in front
	Expected Value         // none when the rule expects no particular value
	Actual   Value         // what stands there
	Message  message.Message
}

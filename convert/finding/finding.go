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
	Because  *Cause // what it follows from; nil is nothing that is known
	Slip     *Slip  // where its fault and that of its consequences seems to lie, or nil
}

// Cause names the finding that another follows from: when what that one says is put
// right, the other need not be looked at. Causes follow from nothing themselves.
type Cause struct {
	Rule string
	Path report.Path
}

// Slip is a fault that makes several findings at once: figures that, set right, would
// make all of them agree.
type Slip struct {
	Cells            []report.Cell // the figures that seem to be wrong
	Expected, Actual Value         // of the one figure; none where there are several
	Message          message.Message
}

// Says is what is said of the finding: what is wrong and, where it is known, where the
// fault seems to lie.
func (f Finding) Says(lang message.Lang) string {
	says := f.Message.In(lang)
	if f.Slip == nil {
		return says
	}
	stop := "; "
	if lang == message.Chinese {
		stop = "。"
	}
	return says + stop + f.Slip.Message.In(lang)
}

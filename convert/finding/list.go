package finding

import (
	"bytes"
	"encoding/json"

	"nianbao/convert/message"
)

// findingJSON is a finding as the JSON of findings has it.
type findingJSON struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Path     string   `json:"path,omitempty"`
	Cells    []string `json:"cells"`
	Expected string   `json:"expected,omitempty"`
	Actual   string   `json:"actual,omitempty"`
	Message  string   `json:"message"`
}

// List is what was found in one file. One that could not be read has an error
// instead of findings.
type List struct {
	File     string // as it is to be named
	Findings []Finding
	Err      error
}

// listJSON is a List as JSON has it.
type listJSON struct {
	File     string        `json:"file"`
	Error    string        `json:"error,omitempty"`
	Findings []findingJSON `json:"findings"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
}

// JSON is the list as one line of JSON, its messages in the given language.
func (l List) JSON(lang message.Lang) []byte {
	out := listJSON{File: l.File, Findings: []findingJSON{}, Errors: Count(l.Findings, Error), Warnings: Count(l.Findings, Warning)}
	if l.Err != nil {
		out.Error = message.Localize(l.Err, lang)
	}
	for _, f := range l.Findings {
		cells := []string{}
		for _, c := range f.Cells {
			cells = append(cells, c.String())
		}
		out.Findings = append(out.Findings, findingJSON{f.Rule, f.Severity, f.Path.String(), cells, f.Expected, f.Actual, f.Message.In(lang)})
	}
	return line(out)
}

// line is a value as one line of JSON, with <, > and & as they are.
func line(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		panic(err) // strings and numbers always encode
	}
	return bytes.TrimRight(b.Bytes(), "\n")
}

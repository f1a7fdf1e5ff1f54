package convert

import (
	"bytes"
	"encoding/json"

	"nianbao/convert/check"
	"nianbao/convert/message"
)

// findingJSON is a finding as the JSON of findings has it.
type findingJSON struct {
	Rule     string         `json:"rule"`
	Severity check.Severity `json:"severity"`
	Path     string         `json:"path,omitempty"`
	Cells    []string       `json:"cells"`
	Expected string         `json:"expected,omitempty"`
	Actual   string         `json:"actual,omitempty"`
	Message  string         `json:"message"`
}

// resultJSON is what FindingsJSON writes. A file that could not be read has an
// error instead of findings.
type resultJSON struct {
	File     string        `json:"file"`
	Error    string        `json:"error,omitempty"`
	Findings []findingJSON `json:"findings"`
	Errors   int           `json:"errors"`
	Warnings int           `json:"warnings"`
}

// FindingsJSON is the findings on one file as one line of JSON, its messages in
// the given language.
func (r *Result) FindingsJSON(lang message.Lang) []byte {
	out := resultJSON{File: r.File, Findings: []findingJSON{}, Errors: r.Errors(), Warnings: r.Warnings()}
	for _, f := range r.Findings {
		cells := []string{}
		for _, c := range f.Cells {
			cells = append(cells, c.String())
		}
		out.Findings = append(out.Findings, findingJSON{f.Rule, f.Severity, f.Path, cells, f.Expected, f.Actual, f.Message.In(lang)})
	}
	return line(out)
}

// ErrorJSON is the line of JSON for a file that could not be read.
func ErrorJSON(file string, err error, lang message.Lang) []byte {
	return line(resultJSON{File: file, Error: message.Localize(err, lang), Findings: []findingJSON{}})
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

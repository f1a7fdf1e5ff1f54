package finding

import (
	"bytes"
	"encoding/json"

	"nianbao/convert/message"
	"nianbao/convert/report"
)

// JSONVersion is the version of the JSON of findings and of records.
const JSONVersion = 1

// JSON is a finding as JSON has it, with its message in one language.
type JSON struct {
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	Path     string   `json:"path,omitempty"` // canonical; * stands for every row or column
	Cells    []string `json:"cells"`
	Expected Value    `json:"expected,omitzero"`
	Actual   Value    `json:"actual,omitzero"`
	Because  *Because `json:"because,omitempty"` // what it follows from
	Slip     *SlipAt  `json:"slip,omitempty"`
	Message  string   `json:"message"`
}

// Because is a [Cause] as JSON has it.
type Because struct {
	Rule string `json:"rule"`
	Path string `json:"path,omitempty"`
}

// SlipAt is a [Slip] as JSON has it. What it says is part of the finding's message.
type SlipAt struct {
	Cells    []string `json:"cells"`
	Expected Value    `json:"expected,omitzero"`
	Actual   Value    `json:"actual,omitzero"`
}

// In is the finding as JSON has it, its message in the given language.
func (f Finding) In(lang message.Lang) JSON {
	out := JSON{f.Rule, f.Severity, f.Path.String(), names(f.Cells), f.Expected, f.Actual, f.Because.json(), nil, f.Says(lang)}
	if f.Slip != nil {
		out.Slip = &SlipAt{names(f.Slip.Cells), f.Slip.Expected, f.Slip.Actual}
	}
	return out
}

func (c *Cause) json() *Because {
	if c == nil {
		return nil
	}
	return &Because{c.Rule, c.Path.String()}
}

func names(cells []report.Cell) []string {
	names := make([]string, 0, len(cells))
	for _, c := range cells {
		names = append(names, c.String())
	}
	return names
}

// List is what was found in one file or, where a file holds several, in one report
// of it. One that could not be read has an error instead of findings.
type List struct {
	File         string // as it is to be named
	Part         string // which of several reports, or ""
	Organization string
	Year         int // 0 where it was not found
	Form         string
	Findings     []Finding
	Err          error
	Said         *Said // what the text says of the tables, if it is asked for
}

// listJSON is a List as JSON has it.
type listJSON struct {
	Version      int          `json:"version"`
	File         string       `json:"file"`
	Part         string       `json:"part,omitempty"`
	Organization string       `json:"organization,omitempty"`
	Year         int          `json:"year,omitempty"`
	Form         string       `json:"form,omitempty"`
	Error        string       `json:"error,omitempty"`
	ErrorCode    message.Code `json:"errorCode,omitempty"`
	Findings     []JSON       `json:"findings"`
	Errors       int          `json:"errors"`
	Warnings     int          `json:"warnings"`

	Claims     *[]Claim      `json:"claims,omitempty"`
	Uncompared *[]Uncompared `json:"uncompared,omitempty"`
}

// JSON is the list as one line of JSON, its messages in the given language.
func (l List) JSON(lang message.Lang) []byte {
	out := listJSON{Version: JSONVersion, File: l.File, Part: l.Part, Organization: l.Organization, Year: l.Year, Form: l.Form,
		Findings: []JSON{}, Errors: Count(l.Findings, Error), Warnings: Count(l.Findings, Warning)}
	if l.Err != nil {
		out.Error, out.ErrorCode = message.Localize(l.Err, lang), message.CodeOf(l.Err)
	}
	if l.Said != nil {
		out.Claims, out.Uncompared = &l.Said.Claims, &l.Said.Uncompared
	}
	for _, f := range l.Findings {
		out.Findings = append(out.Findings, f.In(lang))
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

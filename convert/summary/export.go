package summary

import (
	"encoding/csv"
	"io"
	"strconv"

	"nianbao/convert/form"
)

// bom makes Excel take a CSV file for UTF-8.
const bom = "\ufeff"

// Tables writes records as long CSV tables, UTF-8 with a byte order mark: a row a
// figure and a row a finding. Blank figures are empty; figures of a report that
// failed there are none.
type Tables struct {
	figures, findings *csv.Writer
	labels            map[string]map[string]string // of each form, by canonical path
}

// The heads of the tables.
var (
	figuresHead  = []string{"year", "organization", "part", "file", "status", "form", "path", "label", "value"}
	findingsHead = []string{"year", "organization", "part", "file", "status", "form", "rule", "severity", "path", "cells", "expected", "actual", "message"}
)

// NewTables begins both tables.
func NewTables(figures, findings io.Writer) (*Tables, error) {
	t := &Tables{csv.NewWriter(figures), csv.NewWriter(findings), map[string]map[string]string{}}
	for _, begin := range []struct {
		w    io.Writer
		csv  *csv.Writer
		head []string
	}{{figures, t.figures, figuresHead}, {findings, t.findings, findingsHead}} {
		if _, err := io.WriteString(begin.w, bom); err != nil {
			return nil, err
		}
		begin.csv.Write(begin.head) // Flush has the error
	}
	return t, nil
}

// Add adds the rows of a record.
func (t *Tables) Add(r *Record) {
	year := ""
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	whose := []string{year, r.Organization, r.Part, r.Input, string(r.Status), r.Form}
	labels := t.labelsOf(r.Form)
	for _, path := range r.Figures.Paths() {
		t.figures.Write(append(whose[:len(whose):len(whose)], path, labels[path], r.Figures.At(path).String()))
	}
	for _, f := range r.Findings {
		cells := ""
		for i, c := range f.Cells {
			if i > 0 {
				cells += " | "
			}
			cells += c
		}
		t.findings.Write(append(whose[:len(whose):len(whose)], f.Rule, string(f.Severity), f.Path, cells, f.Expected.String(), f.Actual.String(), f.Message))
	}
}

// labelsOf are the labels of a form's figures by canonical path.
func (t *Tables) labelsOf(id string) map[string]string {
	if labels, ok := t.labels[id]; ok {
		return labels
	}
	labels := map[string]string{}
	if f, err := form.Get(id); err == nil {
		for _, c := range columns(f) {
			labels[c.key] = c.label
		}
	}
	t.labels[id] = labels
	return labels
}

// Flush writes what is left, and says whether all was written.
func (t *Tables) Flush() error {
	t.figures.Flush()
	t.findings.Flush()
	if err := t.figures.Error(); err != nil {
		return err
	}
	return t.findings.Error()
}

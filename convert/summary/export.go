package summary

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// bom makes Excel take a CSV file for UTF-8.
const bom = "\ufeff"

// Tables writes records as long CSV tables, UTF-8 with a byte order mark: a row a
// figure and a row a finding. Blank figures are empty; of a report that failed there
// are none. So that a program that guesses the types of columns does not take the
// figures for whole numbers, and round an amount that comes late, all have a decimal
// point. Texts are such that no spreadsheet program takes them for formulas.
type Tables struct {
	figures, findings *csv.Writer
	labels            map[string]map[string]string // of each form, by canonical path
}

// The heads of the tables.
var (
	tablesHead   = []string{"year", "organization", "part", "file", "kind", "counted"}
	figuresHead  = append(tablesHead[:len(tablesHead):len(tablesHead)], "path", "label", "value")
	findingsHead = append(tablesHead[:len(tablesHead):len(tablesHead)], "rule", "severity", "path", "cells", "expected", "actual", "message")
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

// Add adds the rows of a record: what its file counts as, and whether its figures are
// in the sums, as summary.json says.
func (t *Tables) Add(r *Record, kind organization.Kind, counted bool) {
	year := ""
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	whose := []string{year, noFormula(r.Organization), noFormula(r.Part), noFormula(r.Input), string(kind), strconv.FormatBool(counted)}
	whose = whose[:len(whose):len(whose)]
	labels := t.labelsOf(r.Form)
	for _, path := range r.Figures.Paths() {
		t.figures.Write(append(whose, noFormula(path), noFormula(labels[path]), pointed(r.Figures.At(path))))
	}
	for _, f := range r.Findings {
		row := append(whose, noFormula(f.Rule), noFormula(string(f.Severity)), noFormula(f.Path), noFormula(strings.Join(f.Cells, " | ")))
		t.findings.Write(append(row, ofValue(f.Expected), ofValue(f.Actual), noFormula(f.Message)))
	}
}

// formulaStarts are what a cell begins with that spreadsheet programs take for a formula,
// and the mark that says that it is none.
const formulaStarts = "=+-@＝＋－＠\t\r\n'"

// noFormula is a text with an apostrophe before it where it would be taken for a formula.
// Who takes one apostrophe from the beginning of a text has what it was.
func noFormula(text string) string {
	if first, _ := utf8.DecodeRuneInString(text); text != "" && strings.ContainsRune(formulaStarts, first) {
		return "'" + text
	}
	return text
}

func ofValue(v finding.Value) string {
	if v.Number().Blank() {
		return noFormula(v.String())
	}
	return v.String()
}

// pointed is a figure with a decimal point.
func pointed(n report.Number) string {
	s := n.String()
	if s != "" && !strings.Contains(s, ".") {
		s += ".0"
	}
	return s
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

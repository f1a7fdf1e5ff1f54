// Package report is the model of one yearly report on government information
// disclosure: what a filled form says, in the shape every reader produces and
// every check and writer works from.
//
// A Report holds the figures of the form's tables and the paragraphs of its
// text sections. Three promises hold everywhere:
//
//   - blank is not zero: a [Number] is blank or an exact decimal;
//   - a figure knows the cell it was read from, see [Cell];
//   - what the reader could not place, guessed at or had to convert is not
//     lost but noted, see [Note].
//
// Which tables, rows and columns exist is not known here: it is data, see
// package form. Address a figure by its canonical path, "table.row.column":
//
//	f := r.Figure("applications", "granted", "natural_person")
package report

import (
	"regexp"
	"strings"
	"time"
	"unicode"
)

// Report is one organization's report for one year.
type Report struct {
	Form         string // id of the national form: "2021"
	Year         int    // reporting year; 0 when it was not found
	Organization string // "" when it was not found
	Part         string // which of several reports in one file; "" where there is only this one
	Title        string // the title line, completed where only a cover names year or organization; "" when there was none
	Preamble     []Paragraph
	Sections     []Section // the text sections, in the form's order
	Tables       []Table   // all tables of the form, in its order, found or not
	Pictures     []Picture // of all places, in the order of the submission
	Signature    Signature
	Sum          *Sum   // what it was added up from by this program, as its workbook says; nil for most
	Notes        []Note // what the reader has to say beyond the figures
}

// Signature is the closing signature (落款) that some forms carry on their cover.
// Both are "" where the submission has none.
type Signature struct {
	Organization string
	Date         string // as written: 2025年1月20日
}

// ISO is the date as 2025-01-20, or "" where it is no date that is known.
func (s Signature) ISO() string {
	m := dateWritten.FindStringSubmatch(strings.Map(func(r rune) rune {
		switch {
		case r >= '０' && r <= '９':
			return r - '０' + '0'
		case unicode.IsSpace(r):
			return -1
		}
		return r
	}, s.Date))
	if m == nil {
		return ""
	}
	t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3])
	if err != nil {
		return ""
	}
	return t.Format(time.DateOnly)
}

// dateWritten matches a date as it is written: 2025年1月20日, 2025.1.20, 2025-01-20.
var dateWritten = regexp.MustCompile(`^([0-9]{4})[年./-]([0-9]{1,2})[月./-]([0-9]{1,2})日?$`)

// Sum says which reports a report is the sum of.
type Sum struct {
	Bodies  []string // whose reports were added up
	LeftOut []Excluded
}

// Excluded is what is not in a sum: a file, or a body that sent none.
type Excluded struct{ Organization, File, Why string }

// Missing are the bodies of which nothing is in the sum, each once and with the first
// reason that there is. What nobody is known to have sent has the name of its file.
func (s *Sum) Missing() []Excluded {
	var all []Excluded
	named := map[string]bool{}
	for _, b := range s.Bodies {
		named[b] = true
	}
	for _, x := range s.LeftOut {
		if x.Organization == "" {
			x.Organization = x.File
		}
		if !named[x.Organization] {
			named[x.Organization] = true
			all = append(all, x)
		}
	}
	return all
}

// Paragraph is one paragraph of narrative.
type Paragraph struct {
	Text string
	Cell Cell // where it stands; several paragraphs may share a cell
}

// Section is one text section of the form.
type Section struct {
	Key        string
	Heading    Cell // the cell of its heading; zero when the section was not found
	Found      bool
	Paragraphs []Paragraph
}

// Table is one of the form's tables with its rows in the form's order.
type Table struct {
	Key   string
	Found bool
	Cell  Cell // top left cell of the table as found
	Rows  []Row
}

// Row is one row of a table. For a table whose groups stand side by side
// (disputes), a row is a group.
type Row struct {
	Key     string
	Label   Cell // the cell of its label; zero when the row was not found
	Figures []Figure
}

// Figure is one cell of a table. A figure whose row or column was not found is
// blank and has a zero Cell.
type Figure struct {
	Column string
	Value  Number
	Cell   Cell // where it was read, or would have stood
}

// Table returns the table with the given key, or nil.
func (r *Report) Table(key string) *Table {
	for i := range r.Tables {
		if r.Tables[i].Key == key {
			return &r.Tables[i]
		}
	}
	return nil
}

// Section returns the text section with the given key, or nil.
func (r *Report) Section(key string) *Section {
	for i := range r.Sections {
		if r.Sections[i].Key == key {
			return &r.Sections[i]
		}
	}
	return nil
}

// Figure returns the figure at table.row.column, or nil when the report has no
// such figure.
func (r *Report) Figure(table, row, column string) *Figure {
	return r.Table(table).Row(row).Figure(column)
}

// Row returns the row with the given key, or nil. A nil table has no rows.
func (t *Table) Row(key string) *Row {
	if t == nil {
		return nil
	}
	for i := range t.Rows {
		if t.Rows[i].Key == key {
			return &t.Rows[i]
		}
	}
	return nil
}

// Figure returns the figure in the given column, or nil. A nil row has none.
func (r *Row) Figure(column string) *Figure {
	if r == nil {
		return nil
	}
	for i := range r.Figures {
		if r.Figures[i].Column == column {
			return &r.Figures[i]
		}
	}
	return nil
}

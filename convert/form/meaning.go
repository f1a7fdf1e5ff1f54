package form

import (
	"fmt"
	"slices"
)

// Meaning is what a table, a row, a column or a section is for, whatever its key and
// its label are. Code that is about the carried-over applications asks for what
// means [CarriedIn], never for a key. A group of rows gives its meaning to its rows.
type Meaning string

// The meanings of tables.
const (
	Applications Meaning = "applications" // 收到和处理政府信息公开申请情况
	Disputes     Meaning = "disputes"     // 行政复议、行政诉讼情况
	Disclosure   Meaning = "disclosure"   // 主动公开政府信息情况
)

// The meanings of rows of applications. The outcomes are from [Granted] on.
const (
	Received     Meaning = "received"    // new this year
	CarriedIn    Meaning = "carried_in"  // from last year
	Handled      Meaning = "handled"     // all outcomes together
	CarriedOut   Meaning = "carried_out" // to next year
	Granted      Meaning = "granted"
	PartlyGiven  Meaning = "partly_granted"
	Denied       Meaning = "denied"
	Unavailable  Meaning = "unavailable"
	Rejected     Meaning = "rejected"
	OtherOutcome Meaning = "other_outcome"
)

// The meanings of rows of disputes and disclosure.
const (
	Reconsideration Meaning = "reconsideration"
	Litigation      Meaning = "litigation"
	Regulations     Meaning = "regulations" // 规章
	Documents       Meaning = "documents"   // 行政规范性文件
	Fees            Meaning = "fees"        // 行政事业性收费
)

// The meanings of columns.
const (
	Total    Meaning = "total" // of the applicants, of the results
	Issued   Meaning = "issued"
	Repealed Meaning = "repealed"
	InForce  Meaning = "in_force"
)

// The meanings of sections of text.
const (
	Overview Meaning = "overview" // 总体情况
	Problems Meaning = "problems" // 存在的主要问题及改进情况
	Others   Meaning = "others"   // 其他需要报告的事项: the fee, from report year 2021 on
)

var (
	tableMeanings   = []Meaning{Applications, Disputes, Disclosure}
	outcomeMeanings = []Meaning{Granted, PartlyGiven, Denied, Unavailable, Rejected, OtherOutcome}
	rowMeanings     = append([]Meaning{Received, CarriedIn, Handled, CarriedOut, Reconsideration, Litigation, Regulations, Documents, Fees}, outcomeMeanings...)
	columnMeanings  = []Meaning{Total, Issued, Repealed, InForce}
	sectionMeanings = []Meaning{Overview, Problems, Others}
)

// IsOutcome reports whether a row that means m is one of the outcomes of applications.
func (m Meaning) IsOutcome() bool { return slices.Contains(outcomeMeanings, m) }

// TableOf returns the table with the meaning, or nil.
func (f *Form) TableOf(m Meaning) *Table {
	for i := range f.Tables {
		if f.Tables[i].Means == m {
			return &f.Tables[i]
		}
	}
	return nil
}

// SectionOf returns the section of text with the meaning, or nil.
func (f *Form) SectionOf(m Meaning) *Section {
	for i := range f.Sections {
		if f.Sections[i].Means == m {
			return &f.Sections[i]
		}
	}
	return nil
}

// RowsOf lists the rows with the meaning, in the form's order. A nil table has none.
func (t *Table) RowsOf(m Meaning) []Row {
	if t == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(t.Rows()), func(r Row) bool { return r.Means != m })
}

// RowOf returns the key of the row that alone has the meaning, or "". A nil table has
// none.
func (t *Table) RowOf(m Meaning) string {
	if rows := t.RowsOf(m); len(rows) == 1 {
		return rows[0].Key
	}
	return ""
}

// ColumnOf returns the key of the column with the meaning, or "". A nil table has
// none.
func (t *Table) ColumnOf(m Meaning) string {
	if t == nil {
		return ""
	}
	for _, r := range t.Rows() {
		for _, c := range r.Columns {
			if c.Means == m {
				return c.Key
			}
		}
	}
	return ""
}

// validateMeanings reports meanings that there are not, and those that a form lacks or
// has twice.
func (f *Form) validateMeanings() []error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	known := func(of string, m Meaning, all []Meaning) {
		if m != "" && !slices.Contains(all, m) {
			wrong("%s: means %q, which is none of %q", of, m, all)
		}
	}
	sections := map[Meaning]bool{}
	for _, s := range f.Sections {
		known("section "+s.Key, s.Means, sectionMeanings)
		if s.Means != "" && sections[s.Means] {
			wrong("two sections mean %q", s.Means)
		}
		sections[s.Means] = true
	}
	for _, m := range sectionMeanings {
		if !sections[m] {
			wrong("no section means %q", m)
		}
	}
	tables := map[Meaning]bool{}
	for i := range f.Tables {
		t := &f.Tables[i]
		known("table "+t.Key, t.Means, tableMeanings)
		if t.Means != "" && tables[t.Means] {
			wrong("two tables mean %q", t.Means)
		}
		tables[t.Means] = true
		for _, b := range t.Blocks {
			walk(b.Head, nil, func(n *Node, _ []string) {
				all := rowMeanings
				if n.Column != "" {
					all = columnMeanings
				}
				known("head "+n.Label, n.Means, all)
			})
			walk(b.Stub, nil, func(n *Node, _ []string) { known("stub "+n.Label, n.Means, rowMeanings) })
		}
	}
	if t := f.TableOf(Applications); t == nil {
		wrong("no table means %q", Applications)
	} else {
		for _, m := range []Meaning{Received, CarriedIn, Handled, CarriedOut} {
			if t.RowOf(m) == "" {
				wrong("table %s: want one row that means %q", t.Key, m)
			}
		}
		if t.ColumnOf(Total) == "" {
			wrong("table %s: no column means %q", t.Key, Total)
		}
		if !slices.ContainsFunc(t.Rows(), func(r Row) bool { return r.Means.IsOutcome() }) {
			wrong("table %s: no row is an outcome", t.Key)
		}
	}
	if t := f.TableOf(Disputes); t != nil && (len(t.RowsOf(Reconsideration)) == 0 || len(t.RowsOf(Litigation)) == 0 || t.ColumnOf(Total) == "") {
		wrong("table %s: want rows that mean %q and %q, and a column %q", t.Key, Reconsideration, Litigation, Total)
	}
	if t := f.TableOf(Disclosure); t != nil {
		n := 0
		for _, m := range []Meaning{Issued, Repealed, InForce} {
			if t.ColumnOf(m) != "" {
				n++
			}
		}
		if n != 0 && n != 3 {
			wrong("table %s: of %q, %q and %q a form has all or none", t.Key, Issued, Repealed, InForce)
		}
	}
	return errs
}

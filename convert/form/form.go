// Package form describes the national forms: their sections, tables, rows,
// columns, labels and which figures add up to which. A form is data, read from
// templates/<id>/form.yaml and validated on load; readers, checks and writers
// are driven by it. Go code names no form, table, row or column: what is about
// certain ones asks for their [Meaning].
//
// Use [Get] for a form by its id and [All] for every form, newest first; [Use] adds
// forms to those that the program has.
package form

import (
	"cmp"
	"regexp"
	"strings"

	"nianbao/convert/report"
)

// Form is one national form.
type Form struct {
	ID        string // "2021"
	Authority string // the document that issued it
	Years     Years
	Title     string // the title line, with {organization} and {year} to be filled
	Sections  []Section
	Tables    []Table
	Breaks    []string // labels with a | where they part if they take several lines

	parts map[string][]string // of Breaks, by label
}

// Parts are the parts of a label that stay whole when it takes several lines; nil where
// the form does not say.
func (f *Form) Parts(label string) []string {
	return f.parts[label]
}

// Years are the report years that a form is for. A zero To means: until now.
type Years struct{ From, To int }

// Contains reports whether the form is for the given report year.
func (y Years) Contains(year int) bool {
	return year >= y.From && (y.To == 0 || year <= y.To)
}

// Section is one of the form's numbered sections. It holds either the table
// named by Table or, when that is "", text.
type Section struct {
	Key      string
	Label    string
	Variants []string
	Table    string
	Means    Meaning // of text; "" for a table's
}

// Table is one of the form's tables: blocks that stand one below the other.
type Table struct {
	Key        string
	Means      Meaning
	Blocks     []Block
	Identities []Identity

	rows []Row // of all blocks, once the form is loaded
}

// Block is a part of a table with a head of its own.
type Block struct {
	Title  string // a line across the whole table above the head, or ""
	Corner string // the cell left of the head, or ""
	Head   []Node // labels above the figures
	Stub   []Node // labels beside the figures; empty for a single row without a label
}

// Node is a label of a head or a stub, with the labels under it. In a stub, a
// leaf names a Row. In a head, a leaf names a Column, and a group whose columns
// are a row of their own names that Row.
type Node struct {
	Label    string
	Variants []string
	Row      string
	Column   string
	Kind     Kind
	Unit     string // what an amount is counted in: 万元
	Means    Meaning
	Items    []Node
}

// Kind says which numbers a column may hold.
type Kind string

// The kinds of column.
const (
	Count  Kind = "count"  // whole and not negative
	Change Kind = "change" // whole; a fall is negative
	Amount Kind = "amount" // not negative, may have a fraction
)

// Identity (勾稽关系) says that the figures named on both sides add up to the
// same, in each row (the names are columns) or in each column (they are rows).
type Identity struct {
	Rule  string // the rule that checks it: A101
	Each  string // EachRow or EachColumn
	Left  []string
	Right []string
}

// The two directions an Identity can run in.
const (
	EachRow    = "row"
	EachColumn = "column"
)

// Row is a row of a table as figures are addressed: a leaf of a stub, or a
// group of a head.
type Row struct {
	Key     string
	Label   string
	Parents []string // labels of the groups that it stands in, outermost first
	Means   Meaning  // its own or, if it has none, that of the innermost group that has one
	Columns []Column
}

// Column is a column of a row.
type Column struct {
	Key   string
	Label string
	Kind  Kind
	Unit  string
	Means Meaning
}

// TitleFor fills in the form's title line.
func (f *Form) TitleFor(organization, year string) string {
	return strings.NewReplacer("{organization}", organization, "{year}", year).Replace(f.Title)
}

// Table returns the table with the given key, or nil.
func (f *Form) Table(key string) *Table {
	for i := range f.Tables {
		if f.Tables[i].Key == key {
			return &f.Tables[i]
		}
	}
	return nil
}

// Rows lists all rows of the table in the form's order. The slice is shared: do not
// change it.
func (t *Table) Rows() []Row {
	if t.rows != nil {
		return t.rows
	}
	var rows []Row
	for _, b := range t.Blocks {
		rows = append(rows, b.Rows()...)
	}
	return rows
}

// Row returns the row with the given key and whether there is one.
func (t *Table) Row(key string) (Row, bool) {
	for _, r := range t.Rows() {
		if r.Key == key {
			return r, true
		}
	}
	return Row{}, false
}

// Rows lists the rows of the block in the form's order.
func (b *Block) Rows() []Row {
	var rows []Row
	if len(b.Stub) == 0 {
		walkMeanings(b.Head, nil, "", func(n *Node, parents []string, m Meaning) {
			if n.Row != "" {
				rows = append(rows, Row{n.Row, n.Label, parents, m, columns(n.Items)})
			}
		})
		return rows
	}
	cols := columns(b.Head)
	walkMeanings(b.Stub, nil, "", func(n *Node, parents []string, m Meaning) {
		if n.Row != "" {
			rows = append(rows, Row{n.Row, n.Label, parents, m, cols})
		}
	})
	return rows
}

// columns lists the leaves of a head.
func columns(head []Node) []Column {
	var cols []Column
	walk(head, nil, func(n *Node, _ []string) {
		if n.Column != "" {
			cols = append(cols, Column{n.Column, n.Label, n.Kind, n.Unit, n.Means})
		}
	})
	return cols
}

// walk visits the nodes depth first with the labels above each.
func walk(nodes []Node, parents []string, visit func(*Node, []string)) {
	walkMeanings(nodes, parents, "", func(n *Node, parents []string, _ Meaning) { visit(n, parents) })
}

// walkMeanings is walk with what each node means, of itself or by the groups that it
// stands in.
func walkMeanings(nodes []Node, parents []string, of Meaning, visit func(*Node, []string, Meaning)) {
	for i := range nodes {
		n := &nodes[i]
		m := cmp.Or(n.Means, of)
		visit(n, parents, m)
		walkMeanings(n.Items, append(parents[:len(parents):len(parents)], n.Label), m, visit)
	}
}

// Blank returns a report of this form with every table, row and column in place,
// all figures blank and no cells.
func (f *Form) Blank() *report.Report {
	r := &report.Report{Form: f.ID}
	for _, s := range f.Sections {
		if s.Table == "" {
			r.Sections = append(r.Sections, report.Section{Key: s.Key})
		}
	}
	for i := range f.Tables {
		t := report.Table{Key: f.Tables[i].Key}
		for _, row := range f.Tables[i].Rows() {
			rr := report.Row{Key: row.Key}
			for _, c := range row.Columns {
				rr.Figures = append(rr.Figures, report.Figure{Column: c.Key})
			}
			t.Rows = append(t.Rows, rr)
		}
		r.Tables = append(r.Tables, t)
	}
	return r
}

// Parts lists the figures that add up to the one at row.column;
// nil when that is no total. The total of totals is added up along its row.
func (t *Table) Parts(row, column string) []report.Path {
	ids := t.totals(row, column)
	if len(ids) == 0 {
		return nil
	}
	parts := make([]report.Path, len(ids[0].Right))
	for i, k := range ids[0].Right {
		if ids[0].Each == EachRow {
			parts[i] = report.Path{Table: t.Key, Row: row, Column: k}
		} else {
			parts[i] = report.Path{Table: t.Key, Row: k, Column: column}
		}
	}
	return parts
}

// totals are the identities that give the figure at row.column from its parts:
// it alone is their left side. One along its row comes first.
func (t *Table) totals(row, column string) []Identity {
	var ids []Identity
	for _, each := range []string{EachRow, EachColumn} {
		for _, id := range t.Identities {
			if len(id.Left) == 1 && id.Each == each &&
				(each == EachRow && id.Left[0] == column || each == EachColumn && id.Left[0] == row) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// Bare is a label without the numbering before it and the remark behind it: 部分公开 of
// （二）部分公开（区分处理的，只计这一情形，不计其他情形）.
func Bare(label string) string {
	label = numbering.ReplaceAllString(label, "")
	if i := strings.IndexRune(label, '（'); i > 0 {
		label = label[:i]
	}
	return label
}

var numbering = regexp.MustCompile(`^(（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|[0-9]+[.．])`)

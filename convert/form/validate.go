package form

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// validate reports everything that is wrong with the form.
func (f *Form) validate() error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }

	if f.ID == "" || f.Authority == "" || f.Title == "" || f.Years.From == 0 {
		wrong("id, authority, title and years.from must be given")
	}
	tables := map[string]bool{}
	for i := range f.Tables {
		t := &f.Tables[i]
		if t.Key == "" || tables[t.Key] {
			wrong("table %q: key missing or used twice", t.Key)
		}
		tables[t.Key] = true
		for _, err := range t.validate() {
			wrong("table %s: %w", t.Key, err)
		}
	}
	sections := map[string]bool{}
	for _, s := range f.Sections {
		switch {
		case s.Key == "" || sections[s.Key]:
			wrong("section %q: key missing or used twice", s.Key)
		case s.Label == "":
			wrong("section %s: no label", s.Key)
		case s.Table != "" && !tables[s.Table]:
			wrong("section %s: no table %q", s.Key, s.Table)
		}
		sections[s.Key] = true
	}
	if len(errs) > 0 {
		return errors.Join(errs...) // such tables cannot be laid out
	}
	labels := f.tableLabels()
	for _, b := range f.Breaks {
		if l := strings.ReplaceAll(b, "|", ""); !labels[l] {
			wrong("breaks: %s is no label of a table", l)
		}
	}
	return errors.Join(append(errs, f.validateMeanings()...)...)
}

// tableLabels are the texts that stand in the form's tables besides figures.
func (f *Form) tableLabels() map[string]bool {
	labels := map[string]bool{}
	for i := range f.Tables {
		for _, c := range f.Tables[i].Layout().Cells {
			labels[c.Text] = true
		}
	}
	return labels
}

func (t *Table) validate() []error {
	var errs []error
	wrong := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }

	for _, b := range t.Blocks {
		if len(b.Head) == 0 {
			wrong("a block without a head")
		}
		walk(b.Head, nil, func(n *Node, _ []string) {
			switch {
			case n.Label == "":
				wrong("a head label is empty (column %q)", n.Column)
			case (n.Column != "") != (len(n.Items) == 0):
				wrong("head %s: a leaf must name a column, a group must not", n.Label)
			case n.Row != "" && len(b.Stub) > 0:
				wrong("head %s: names a row, but the block has a stub", n.Label)
			case n.Column != "" && !slices.Contains([]Kind{Count, Change, Amount}, n.Kind):
				wrong("head %s: unknown kind %q", n.Label, n.Kind)
			}
		})
		walk(b.Stub, nil, func(n *Node, _ []string) {
			switch {
			case n.Label == "":
				wrong("a stub label is empty (row %q)", n.Row)
			case (n.Row != "") != (len(n.Items) == 0):
				wrong("stub %s: a leaf must name a row, a group must not", n.Label)
			case n.Column != "" || n.Kind != "":
				wrong("stub %s: names a column", n.Label)
			}
		})
	}

	rows, cols := map[string]bool{}, map[string]bool{}
	for _, r := range t.Rows() {
		if rows[r.Key] {
			wrong("row %q is used twice", r.Key)
		}
		rows[r.Key] = true
		inRow := map[string]bool{}
		for _, c := range r.Columns {
			if inRow[c.Key] {
				wrong("row %s: column %q is used twice", r.Key, c.Key)
			}
			inRow[c.Key], cols[c.Key] = true, true
		}
	}
	if len(rows) == 0 {
		wrong("no rows")
	}
	for _, id := range t.Identities {
		known := cols
		switch id.Each {
		case EachRow:
		case EachColumn:
			known = rows
		default:
			wrong("identity %s: each must be %q or %q", id.Rule, EachRow, EachColumn)
			continue
		}
		if id.Rule == "" || len(id.Left) == 0 || len(id.Right) == 0 {
			wrong("identity %q: rule, left and right must be given", id.Rule)
		}
		seen := map[string]bool{}
		for _, k := range slices.Concat(id.Left, id.Right) {
			if !known[k] || seen[k] {
				wrong("identity %s: %q is no key of the table or stands twice", id.Rule, k)
			}
			seen[k] = true
		}
	}
	return errs
}

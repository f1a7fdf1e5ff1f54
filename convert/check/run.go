// Package check says what is wrong with a report: figures that do not add up,
// cells that hold no number, sections that are missing, a text that disagrees
// with its tables.
//
//	for _, f := range check.Run(r) {
//		fmt.Println(f.Severity, f.Rule, f.Message.In(message.Chinese))
//	}
//
// [Run] checks a report by itself, [Against] this year's against last year's, and
// [Children] a parent's against those that it is made of.
//
// Every finding belongs to a registered [finding.Rule], whose id and severity never
// change once released. The checks read the model only: they neither change it
// nor correct anything.
package check

import (
	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Run checks one report by itself and returns what it finds, in this order:
// reading, arithmetic, text, printing; within each by rule; within a rule as it
// stands in the form, or in the text.
//
// The report's form must be one that package form knows, as every reader sees
// to. Run panics when it is not.
func Run(r *report.Report) []finding.Finding {
	s := newSubject(r)
	found := s.reading()
	found = append(found, s.arithmetic()...)
	found = append(found, s.narrative()...)
	return withoutConsequences(append(found, s.printing()...))
}

// subject is a report with what the checks need to know about it.
type subject struct {
	*report.Report
	form   *form.Form
	full   *report.Report // with blank figures filled
	filled []form.Filled  // which those are
	// By figure of full: a report that comes from no workbook has no cells.
	total  map[*report.Figure]bool // of a filled figure: whether it is a total
	unread map[*report.Figure]bool // those that could not be read, and totals that lack them
}

func newSubject(r *report.Report) *subject {
	f, err := form.Get(r.Form)
	if err != nil {
		panic("check: " + err.Error())
	}
	s := &subject{Report: r, form: f, total: map[*report.Figure]bool{}}
	s.full, s.filled = f.Fill(r)
	for _, b := range s.filled {
		s.total[s.full.Figure(b.Table, b.Row, b.Column)] = b.Total
	}
	s.findUnread()
	return s
}

// findUnread finds the figures that could not be read and the totals that were
// added up without them. The form's order has a total of totals last.
func (s *subject) findUnread() {
	s.unread = map[*report.Figure]bool{}
	for _, n := range s.Notes {
		if f := s.full.At(n.Path); f != nil && (n.Kind == report.NotNumber || n.Kind == report.SpreadsheetError) {
			s.unread[f] = true
		}
	}
	if len(s.unread) == 0 { // so nothing was added up without one
		return
	}
	for i := range s.full.Tables {
		t := &s.full.Tables[i]
		ft := s.form.Table(t.Key)
		if ft == nil {
			continue
		}
		for _, row := range t.Rows {
			for i := range row.Figures {
				f := &row.Figures[i]
				if !f.Value.Blank() && s.lacks(t, f, ft.Parts(row.Key, f.Column)) {
					s.unread[f] = true
				}
			}
		}
	}
}

// lacks reports whether a total is the sum of only those of its parts that could
// be read.
func (s *subject) lacks(t *report.Table, total *report.Figure, parts []report.Path) bool {
	lacking := false
	var sum report.Number
	for _, p := range parts {
		f := t.Row(p.Row).Figure(p.Column)
		if f == nil {
			continue
		}
		lacking = lacking || s.unread[f]
		sum = sum.Add(f.Value)
	}
	return lacking && total.Value.Equal(sum)
}

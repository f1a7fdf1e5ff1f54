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
// stands in the form, or in the text. What follows from another finding stands behind
// that, see [Because].
//
// The report's form must be one that package form knows, as every reader sees
// to. Run panics when it is not.
func Run(r *report.Report) []finding.Finding {
	s := newSubject(r)
	found := s.reading()
	found = append(found, s.arithmetic()...)
	found = append(found, s.narrative()...)
	return s.because(withoutConsequences(append(found, s.printing()...)))
}

// subject is a report with what the checks need to know about it.
type subject struct {
	*report.Report
	form   *form.Form
	full   *report.Report // with blank figures filled
	filled []form.Filled  // which those are
	read   []text         // what its text says, once it was read
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

// findUnread finds the figures that could not be read and the totals that were added up
// without them, or with the number behind them, such as the days behind a date. Such a
// total is as little known as its part, and nothing may be said of what rests on it.
func (s *subject) findUnread() {
	s.unread = map[*report.Figure]bool{}
	behind := map[*report.Figure]report.Number{}
	for _, n := range s.Notes {
		if f := s.full.At(n.Path); f != nil && (n.Kind == report.NotNumber || n.Kind == report.SpreadsheetError) {
			s.unread[f] = true
			if v, err := report.ParseNumber(n.Read); err == nil && n.Kind == report.NotNumber {
				behind[f] = v
			}
		}
	}
	for known := 0; known < len(s.unread); { // a total of totals lacks what they lack
		known = len(s.unread)
		s.eachTotal(func(total *report.Figure, parts []*report.Figure) {
			if !total.Value.Blank() && lacks(total, parts, s.unread, behind) {
				s.unread[total] = true
			}
		})
	}
}

// eachTotal visits every figure that alone is one side of an identity, with its parts.
// Figures that the report does not have are nil among the parts.
func (s *subject) eachTotal(visit func(total *report.Figure, parts []*report.Figure)) {
	for i := range s.full.Tables {
		t := &s.full.Tables[i]
		ft := s.form.Table(t.Key)
		if ft == nil {
			continue
		}
		for _, id := range ft.Identities {
			if len(id.Left) != 1 {
				continue
			}
			for l := range lines(t, id) {
				if total := l.left[0]; total != nil {
					visit(total, l.right)
				}
			}
		}
	}
}

// lacks reports whether a total is the sum of only those of its parts that could be
// read, or counts the number behind those that could not.
func lacks(total *report.Figure, parts []*report.Figure, unread map[*report.Figure]bool, behind map[*report.Figure]report.Number) bool {
	lacking := false
	var without, with report.Number
	for _, f := range parts {
		if f == nil {
			continue
		}
		lacking = lacking || unread[f]
		without, with = without.Add(f.Value), with.Add(f.Value).Add(behind[f])
	}
	return lacking && (total.Value.Equal(without) || total.Value.Equal(with))
}

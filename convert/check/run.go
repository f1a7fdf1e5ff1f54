package check

import (
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Run checks one report by itself and returns what it finds, in this order:
// reading, arithmetic, text, printing; within each by rule; within a rule as it
// stands in the form, or in the text.
//
// The report's form must be one that package form knows, as every reader sees
// to. Run panics when it is not.
func Run(r *report.Report) []Finding {
	s := newSubject(r)
	found := s.reading()
	found = append(found, s.arithmetic()...)
	found = append(found, s.narrative()...)
	return append(found, s.printing()...)
}

// subject is a report with what the checks need to know about it.
type subject struct {
	*report.Report
	form   *form.Form
	full   *report.Report       // with blank figures filled
	filled []form.Filled        // which those are
	total  map[report.Cell]bool // of a filled figure: whether it is a total
}

func newSubject(r *report.Report) *subject {
	f, err := form.Get(r.Form)
	if err != nil {
		panic("check: " + err.Error())
	}
	s := &subject{Report: r, form: f, total: map[report.Cell]bool{}}
	s.full, s.filled = f.Fill(r)
	for _, b := range s.filled {
		s.total[b.Cell] = b.Total
	}
	return s
}

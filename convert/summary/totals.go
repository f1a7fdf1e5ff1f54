package summary

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Totals are what a summary begins with.
type Totals struct {
	Planned     int // submissions that there were to do; more than Submissions when stopped
	Submissions int
	Roster      bool // it is known who is missing
	Statuses    map[Status]int
	Errors      int // findings
	Warnings    int
	Years       map[int]int // submissions by year, 0 where it was not found
	Forms       []string    // ids of the forms that were sent, newest first
	Rules       map[string]int
	Received    decimal.Decimal // applications
	Largest     []Share         // who received most
	Outcomes    []Share         // of the applications
	Attention   []Attention

	measures map[string]*measures
}

// Share is a part of a sum.
type Share struct {
	Name  string
	Value decimal.Decimal
}

// Attention is something about who sent what.
type Attention struct {
	Kind         AttentionKind
	Organization string
	Files        []string
}

// AttentionKind says what an Attention is about.
type AttentionKind string

// The kinds of attention.
const (
	Missing   AttentionKind = "missing"   // on the roster, and sent nothing
	Unread    AttentionKind = "unread"    // on the roster; a file of that name could not be read
	Double    AttentionKind = "double"    // sent two or more for one year
	Unlisted  AttentionKind = "unlisted"  // not on the roster
	OtherYear AttentionKind = "otheryear" // sent a report of another year than nearly all
)

// CountAttention counts those of a kind.
func (t *Totals) CountAttention(kind AttentionKind) int {
	n := 0
	for _, a := range t.Attention {
		if a.Kind == kind {
			n++
		}
	}
	return n
}

// mostLargest is how many organizations the chart shows.
const mostLargest = 15

// measures are the places, in records of one form, of what the charts show, and how
// many such records there are.
type measures struct {
	reports  int // how many there are
	received figureAt
	outcomes []outcome
}

type outcome struct {
	label string
	rows  []figureAt
}

// figureAt is a figure with those that it is the sum of, if it is one: where it is
// blank it counts as their sum, unless one of them could not be read.
type figureAt struct {
	path  string
	parts []string
}

func (f figureAt) in(r *Record) decimal.Decimal {
	n := r.Figures.At(f.path)
	if n.Blank() && !slices.ContainsFunc(f.parts, r.unread) {
		for _, p := range f.parts {
			n = n.Add(r.Figures.At(p))
		}
	}
	return n.Decimal()
}

// unread reports whether the figure at the path could not be read.
func (r *Record) unread(path string) bool {
	return slices.ContainsFunc(r.Findings, func(f finding.JSON) bool { return f.Path == path && (f.Rule == "R201" || f.Rule == "R206") })
}

// measuresOf finds in a form what the charts show: the applications received and the
// outcomes, in the column of the total.
func measuresOf(f *form.Form) *measures {
	m := new(measures)
	t := f.TableOf(form.Applications)
	total := t.ColumnOf(form.Total)
	at := func(row form.Row) figureAt {
		f := figureAt{path: report.Path{Table: t.Key, Row: row.Key, Column: total}.String()}
		for _, p := range t.Parts(row.Key, total) {
			f.parts = append(f.parts, p.String())
		}
		return f
	}
	for _, row := range t.RowsOf(form.Received) {
		m.received = at(row)
	}
	for _, row := range t.Rows() {
		if !row.Means.IsOutcome() {
			continue
		}
		label := row.Label
		if len(row.Parents) > 1 { // （三）不予公开 and the like are sums of rows
			label = row.Parents[1]
		}
		label = form.Bare(label)
		if n := len(m.outcomes); n == 0 || m.outcomes[n-1].label != label {
			m.outcomes = append(m.outcomes, outcome{label: label})
		}
		last := &m.outcomes[len(m.outcomes)-1]
		last.rows = append(last.rows, at(row))
	}
	return m
}

// Add adds a submission.
func (t *Totals) Add(r *Record) {
	if t.Statuses == nil {
		*t = Totals{Planned: t.Planned, Roster: t.Roster, Statuses: map[Status]int{}, Years: map[int]int{}, Rules: map[string]int{}, measures: map[string]*measures{}}
	}
	t.Submissions++
	t.Statuses[r.Status]++
	t.Errors += r.Errors
	t.Warnings += r.Warnings
	for _, f := range r.Findings {
		if f.Severity != "info" {
			t.Rules[f.Rule]++
		}
	}
	if r.Status == Failed {
		return
	}
	t.Years[r.Year]++
	m := t.measures[r.Form]
	if m == nil {
		f, err := form.Get(r.Form)
		if err != nil {
			return
		}
		m = measuresOf(f)
		t.measures[r.Form] = m
		t.Forms = append(t.Forms, r.Form)
		slices.SortFunc(t.Forms, func(a, b string) int { return cmp.Compare(b, a) })
	}
	m.reports++
	received := m.received.in(r)
	t.Received = t.Received.Add(received)
	t.large(Share{cmp.Or(r.Organization, r.Input), received})
	for _, o := range m.outcomes {
		i := slices.IndexFunc(t.Outcomes, func(s Share) bool { return s.Name == o.label })
		if i < 0 {
			i = len(t.Outcomes)
			t.Outcomes = append(t.Outcomes, Share{Name: o.label})
		}
		for _, at := range o.rows {
			t.Outcomes[i].Value = t.Outcomes[i].Value.Add(at.in(r))
		}
	}
}

// large keeps a share if it is one of the largest. Of equal ones the first stays.
func (t *Totals) large(s Share) {
	if !s.Value.IsPositive() {
		return
	}
	i := len(t.Largest)
	for i > 0 && t.Largest[i-1].Value.LessThan(s.Value) {
		i--
	}
	if i < mostLargest {
		t.Largest = slices.Insert(t.Largest, i, s)
		t.Largest = t.Largest[:min(len(t.Largest), mostLargest)]
	}
}

// RuleCount is how many findings a rule made.
type RuleCount struct {
	Rule  string
	Count int
}

// Frequent lists the rules that made most findings.
func (t *Totals) Frequent(n int) []RuleCount {
	var all []RuleCount
	for id, k := range t.Rules {
		all = append(all, RuleCount{id, k})
	}
	slices.SortFunc(all, func(a, b RuleCount) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Rule, b.Rule)) })
	return all[:min(n, len(all))]
}

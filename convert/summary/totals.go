package summary

import (
	"cmp"
	"slices"

	"github.com/shopspring/decimal"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// Totals are what a summary begins with. Make them with [NewTotals], add all records
// and then call Finish.
type Totals struct {
	Planned     int  // files that there were to do; more than Files when stopped
	Files       int  // that were done
	Submissions int  // that they held: more than Files where one held several reports
	Roster      bool // it is known who is missing
	Statuses    map[Status]int
	NoForms     int // of those that failed, files that are no forms at all
	Errors      int // findings
	Warnings    int
	Hints       int             // findings that errors or warnings follow from, and that are neither
	Years       map[int]int     // submissions by year, 0 where it was not found
	Forms       []string        // ids of the forms that were sent, newest first
	Rules       map[string]int  // findings by rule, those that follow from another not counted
	Counted     int             // bodies whose reports are in the figures that follow
	Received    decimal.Decimal // applications
	Largest     []Share         // who received most
	Outcomes    []Share         // of the applications
	Attention   []Attention
	Sent        []organization.Sent // the submissions, in order, then what else there was
	Choice      *organization.Choice
	Season      *Season

	next      int                      // of Sent
	partsLeft int                      // of the file in hand
	chosen    map[int]*chosen          // the one report of a body
	reasons   map[int]string           // why a file could not be read
	reports   map[string]int           // by form
	counted   map[string]int           // by form
	layouts   map[string]*layout       // by form
	sums      map[string]report.Number // by path, of the counted reports
}

// chosen is what is kept of the one report of a body.
type chosen struct {
	status         Status
	counted        bool
	rules, outputs []string
}

// Share is a part of a sum.
type Share struct {
	Name  string
	Value decimal.Decimal
}

// mostLargest is how many organizations the chart shows.
const mostLargest = 15

// layout is what is added up of the reports on one form.
type layout struct {
	form     *form.Form
	paths    []string
	parts    map[string][]string // what a total is the sum of
	received string              // path of the applications received
	outcomes []outcome
}

// outcome is a bar of the chart of outcomes.
type outcome struct {
	label string
	paths []string
}

// at is a figure as the outputs show it: a blank total is the sum of its parts, any
// other blank is 0.
func (l *layout) at(f report.Figures, path string) report.Number {
	n := f.At(path)
	if n.Blank() {
		for _, p := range l.parts[path] {
			n = n.Add(l.at(f, p))
		}
	}
	return n
}

// layoutOf finds in a form what is added up and what the charts show: the applications
// received and the outcomes, in the column of the total.
func layoutOf(f *form.Form) *layout {
	l := &layout{form: f, parts: map[string][]string{}}
	for i := range f.Tables {
		t := &f.Tables[i]
		for _, row := range t.Rows() {
			for _, c := range row.Columns {
				path := report.Path{Table: t.Key, Row: row.Key, Column: c.Key}.String()
				l.paths = append(l.paths, path)
				for _, p := range t.Parts(row.Key, c.Key) {
					l.parts[path] = append(l.parts[path], p.String())
				}
			}
		}
	}
	t := f.TableOf(form.Applications)
	total := t.ColumnOf(form.Total)
	at := func(row form.Row) string { return report.Path{Table: t.Key, Row: row.Key, Column: total}.String() }
	for _, row := range t.RowsOf(form.Received) {
		l.received = at(row)
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
		if n := len(l.outcomes); n == 0 || l.outcomes[n-1].label != label {
			l.outcomes = append(l.outcomes, outcome{label: label})
		}
		last := &l.outcomes[len(l.outcomes)-1]
		last.paths = append(last.paths, at(row))
	}
	return l
}

// NewTotals begins the totals of all that was sent: the submissions in the order of
// their records, then what else there was.
func NewTotals(sent []organization.Sent, choice *organization.Choice) *Totals {
	return &Totals{Sent: sent, Choice: choice, Statuses: map[Status]int{}, Years: map[int]int{}, Rules: map[string]int{}, chosen: map[int]*chosen{},
		reasons: map[int]string{}, reports: map[string]int{}, counted: map[string]int{}, layouts: map[string]*layout{}, sums: map[string]report.Number{}}
}

// Add adds the next submission. Its figures count where it is the one report of a body
// and has no errors.
func (t *Totals) Add(r *Record) {
	i := t.next
	t.next++
	t.Submissions++
	if t.partsLeft--; t.partsLeft < 0 {
		t.Files++
		t.partsLeft = max(r.Parts, 1) - 1
	}
	t.Statuses[r.Status]++
	if r.NoForm() {
		t.NoForms++
	}
	t.Errors += r.Errors
	t.Warnings += r.Warnings
	var rules []string
	for _, g := range finding.Groups(r.Findings) { // what follows from a problem is none of its own
		if g.Worst() != finding.Info {
			t.Rules[g.Cause.Rule]++
			if g.Cause.Severity == finding.Info {
				t.Hints++
			}
		}
	}
	for _, f := range r.Findings {
		if f.Severity != finding.Info {
			rules = append(rules, f.Rule)
		}
	}
	if r.Status == Failed {
		t.reasons[i] = r.Error
		return
	}
	t.Years[r.Year]++
	l := t.layout(r.Form)
	t.reports[r.Form]++
	if !t.Choice.Counts(i) {
		return
	}
	body := &t.Choice.Bodies[t.Choice.Files[i].Body]
	slices.Sort(rules)
	c := &chosen{r.Status, l != nil && r.Errors == 0 && !body.Uncounted, slices.Compact(rules), r.Outputs}
	t.chosen[i] = c
	if c.counted {
		t.count(r, l, body.Organization)
	}
}

// layout is that of a form; nil for one that is not known.
func (t *Totals) layout(id string) *layout {
	l, ok := t.layouts[id]
	if ok {
		return l
	}
	if f, err := form.Get(id); err == nil {
		l = layoutOf(f)
		t.Forms = append(t.Forms, id)
		slices.SortFunc(t.Forms, func(a, b string) int { return cmp.Compare(b, a) })
	}
	t.layouts[id] = l
	return l
}

// count adds the figures of the one report of a body.
func (t *Totals) count(r *Record, l *layout, body string) {
	t.Counted++
	t.counted[r.Form]++
	for _, p := range l.paths {
		t.sums[p] = t.sums[p].Add(l.at(r.Figures, p))
	}
	received := l.at(r.Figures, l.received).Decimal()
	t.Received = t.Received.Add(received)
	t.large(Share{cmp.Or(body, r.Input), received})
	for _, o := range l.outcomes {
		i := slices.IndexFunc(t.Outcomes, func(s Share) bool { return s.Name == o.label })
		if i < 0 {
			i = len(t.Outcomes)
			t.Outcomes = append(t.Outcomes, Share{Name: o.label})
		}
		for _, p := range o.paths {
			t.Outcomes[i].Value = t.Outcomes[i].Value.Add(l.at(r.Figures, p).Decimal())
		}
	}
}

// mainForm is the form of most of the counted reports, or of most of all.
func (t *Totals) mainForm() string {
	best := ""
	for _, id := range t.Forms { // newest first
		if best == "" || t.counted[id] > t.counted[best] || t.counted[id] == t.counted[best] && t.reports[id] > t.reports[best] {
			best = id
		}
	}
	return best
}

// figures are the sums, in the order of the main form. What no report has is 0.
func (t *Totals) figures() report.Figures {
	l := t.layouts[t.mainForm()]
	if l == nil {
		return report.Figures{}
	}
	sum := l.form.Blank()
	for i := range sum.Tables {
		for j := range sum.Tables[i].Rows {
			row := &sum.Tables[i].Rows[j]
			for k := range row.Figures {
				f := &row.Figures[k]
				f.Value = t.sums[report.Path{Table: sum.Tables[i].Key, Row: row.Key, Column: f.Column}.String()].Add(report.Int(0))
			}
		}
	}
	return sum.Figures()
}

// Finish says, when all were added, what must be seen to and what summary.json says:
// also what is new since the last time, which may be nil. Unless all is known, nobody
// is said to be missing.
func (t *Totals) Finish(last *Season, complete bool, lang message.Lang) {
	t.Roster = t.Choice.Roster && complete
	t.Season = t.season(lang)
	t.Season.Unfinished = !complete
	t.Season.Since = t.Season.since(last)
	t.Attention = t.attention()
}

// Counts reports whether the figures of the i-th submission are in the sums.
func (t *Totals) Counts(i int) bool { return t.chosen[i] != nil && t.chosen[i].counted }

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

package check

import (
	"slices"

	"github.com/shopspring/decimal"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// equations are all that has to agree in a report, whether it does or not: the lines of
// the identities, what the text says of the tables and, of other reports, what failed.
// What makes several of them fail at once is looked for by trying changes of figures.
type equations struct {
	*subject
	all     []equation
	figures []place
	index   map[*report.Figure]int // into figures
	in      [][]int                // by figure, the equations that it is in
}

// place is a figure as changes leave it.
type place struct {
	report.Path
	Cell    report.Cell
	value   decimal.Decimal
	changed bool // by a slip that was named
}

// equation is a sum over figures that has to be 0. What the text says may have several
// readings, of which one will do.
type equation struct {
	balances []balance
	total    int    // the figure that is the sum of the others, or -1
	each     string // of an identity, as the form has it; else ""
	rule     string
	line     report.Path // of an identity's row or column: path of the total, or with Any
	found    []int       // the findings that say that it does not hold
	text     bool        // says the text, which may be wrong itself
	mixed    bool        // fails although a slip was corrected that changes it
}

type balance struct {
	terms []term
	off   decimal.Decimal // what the sum is
}

type term struct {
	figure int
	minus  bool
}

func (t term) of(v decimal.Decimal) decimal.Decimal {
	if t.minus {
		return v.Neg()
	}
	return v
}

func (e *equation) holds() bool {
	return slices.ContainsFunc(e.balances, func(r balance) bool { return r.off.IsZero() })
}

// terms are those of the reading that the findings speak of.
func (e *equation) terms() []term { return e.balances[0].terms }

// off is by how much the reading that the findings speak of fails.
func (e *equation) off() decimal.Decimal { return e.balances[0].off }

// ruleAt is what a finding is of.
type ruleAt struct {
	rule string
	path report.Path
}

// newEquations sets up what a report says and what of it the findings call wrong.
func newEquations(s *subject, found []finding.Finding) *equations {
	q := &equations{subject: s, index: map[*report.Figure]int{}}
	for i := range s.full.Tables {
		t := &s.full.Tables[i]
		for j := range t.Rows {
			row := &t.Rows[j]
			for k := range row.Figures {
				f := &row.Figures[k]
				q.index[f] = len(q.figures)
				q.figures = append(q.figures, place{report.Path{Table: t.Key, Row: row.Key, Column: f.Column}, f.Cell, f.Value.Decimal(), false})
			}
		}
	}
	q.in = make([][]int, len(q.figures))
	said := map[ruleAt][]int{} // findings
	for i, f := range found {
		key := ruleAt{f.Rule, f.Path}
		said[key] = append(said[key], i)
	}
	q.identities(said)
	q.claims(said, found)
	q.otherReports(found)
	return q
}

// add adds an equation whose figures are known, and of which a failing one is one that
// a finding speaks of.
func (q *equations) add(e equation) {
	if !e.holds() && e.found == nil {
		return
	}
	for _, r := range e.balances {
		for _, t := range r.terms {
			if n := len(q.all); !slices.Contains(q.in[t.figure], n) {
				q.in[t.figure] = append(q.in[t.figure], n)
			}
		}
	}
	q.all = append(q.all, e)
}

// sumOf is a reading that adds up figures, less those of minus and a number.
func (q *equations) sumOf(plus, minus []*report.Figure, less decimal.Decimal) balance {
	r := balance{off: less.Neg()}
	for _, f := range plus {
		r.terms = append(r.terms, term{q.index[f], false})
		r.off = r.off.Add(f.Value.Decimal())
	}
	for _, f := range minus {
		r.terms = append(r.terms, term{q.index[f], true})
		r.off = r.off.Sub(f.Value.Decimal())
	}
	return r
}

func (q *equations) identities(said map[ruleAt][]int) {
	for i := range q.full.Tables {
		t := &q.full.Tables[i]
		ft := q.form.Table(t.Key)
		if ft == nil {
			continue
		}
		for _, id := range ft.Identities {
			for l := range lines(t, id) {
				_, left := q.sum(l.left)
				_, right := q.sum(l.right)
				if !left || !right {
					continue
				}
				e := equation{balances: []balance{q.sumOf(l.left, l.right, decimal.Zero)}, total: -1, each: id.Each, rule: id.Rule, line: l.path(report.Any)}
				if len(id.Left) == 1 {
					e.total, e.line = q.index[l.left[0]], l.path(id.Left[0])
				}
				e.found = said[ruleAt{id.Rule, e.line}]
				q.add(e)
			}
		}
	}
}

func (q *equations) claims(said map[ruleAt][]int, found []finding.Finding) {
	for _, t := range q.texts() {
		for _, c := range t.claims {
			if c.agrees == nil || len(c.figures) == 0 {
				continue
			}
			e := equation{total: -1, rule: c.Rule, text: true}
			e.balances = append(e.balances, q.sumOf(c.figures, nil, c.Value.Decimal()))
			for _, figures := range c.others {
				e.balances = append(e.balances, q.sumOf(figures, nil, c.Value.Decimal()))
			}
			for _, i := range said[ruleAt{c.Rule, c.path}] {
				if f := found[i]; !*c.agrees && f.Actual.Number().Equal(c.Value) && (t.Cell.IsZero() || slices.Contains(f.Cells, t.Cell)) {
					e.found = append(e.found, i)
				}
			}
			q.add(e)
		}
	}
}

// otherReports are last year's report and those that this one adds up, as far as the
// findings tell of them.
func (q *equations) otherReports(found []finding.Finding) {
	for i, f := range found {
		at := q.full.At(f.Path)
		expected, actual := f.Expected.Number(), f.Actual.Number()
		if at == nil || expected.Blank() || actual.Blank() {
			continue
		}
		e := equation{total: -1, rule: f.Rule, found: []int{i}}
		switch f.Rule {
		case "Y101", "H101":
			e.balances = []balance{q.sumOf([]*report.Figure{at}, nil, expected.Decimal())}
		case "Y102":
			t := q.form.TableOf(form.Disclosure)
			row := q.full.Table(t.Key).Row(f.Path.Row)
			issued, repealed := row.Figure(t.ColumnOf(form.Issued)), row.Figure(t.ColumnOf(form.Repealed))
			if issued == nil || repealed == nil {
				continue
			}
			r := q.sumOf([]*report.Figure{at, repealed}, []*report.Figure{issued}, decimal.Zero)
			r.off = actual.Sub(expected).Decimal()
			e.balances = []balance{r}
		default:
			continue
		}
		q.add(e)
	}
}

// change is how much a figure would be another.
type change struct {
	figure int
	by     decimal.Decimal
	as     int // the equation by which it follows its parts, plus 1; 0 is none
}

// by is how much the changes change a figure.
func by(changes []change, figure int) decimal.Decimal {
	for _, c := range changes {
		if c.figure == figure {
			return c.by
		}
	}
	return decimal.Zero
}

// moved is by how much the changes change a sum.
func moved(terms []term, changes []change) decimal.Decimal {
	sum := decimal.Zero
	for _, t := range terms {
		if d := by(changes, t.figure); !d.IsZero() {
			sum = sum.Add(t.of(d))
		}
	}
	return sum
}

// follow adds to changes of figures those of the totals that are the sums of what is
// changed, as formulas or whoever added them up would have it: along their rows first.
func (q *equations) follow(changes []change) []change {
	for range 3 { // a total, a total of totals, and whatever was moved twice
		for i := 0; i < len(changes); i++ {
			for _, n := range q.in[changes[i].figure] {
				e := &q.all[n]
				if e.total < 0 || e.total == changes[i].figure || !e.holds() {
					continue
				}
				parts := moved(e.terms()[1:], changes).Neg() // the total is the first term
				at := slices.IndexFunc(changes, func(c change) bool { return c.figure == e.total })
				switch {
				case at < 0:
					changes = append(changes, change{e.total, parts, n + 1})
				case changes[at].as == n+1, changes[at].as > 0 && e.each == form.EachRow:
					changes[at].by, changes[at].as = parts, n+1
				}
			}
		}
	}
	return changes
}

// effect says which equations changes set right by themselves, and whether they break one
// that holds.
func (q *equations) effect(changes []change) (right []int, broken bool) {
	for _, n := range q.touched(changes) {
		e := &q.all[n]
		holds := slices.ContainsFunc(e.balances, func(r balance) bool { return r.off.Add(moved(r.terms, changes)).IsZero() })
		switch {
		case e.holds() && !holds:
			broken = true
		case !e.holds() && holds && !e.mixed:
			right = append(right, n)
		}
	}
	return right, broken
}

// touched are the equations that the changed figures are in, in their order.
func (q *equations) touched(changes []change) []int {
	var all []int
	for _, c := range changes {
		all = append(all, q.in[c.figure]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// apply makes the changes, so that what is looked for next is a fault beside them.
func (q *equations) apply(changes []change) {
	for _, c := range changes {
		q.figures[c.figure].value = q.figures[c.figure].value.Add(c.by)
	}
	for _, n := range q.touched(changes) {
		for i := range q.all[n].balances {
			r := &q.all[n].balances[i]
			r.off = r.off.Add(moved(r.terms, changes))
		}
	}
}

// correct applies a slip that was named. No other slip sets right by itself what it
// changes and leaves wrong.
func (q *equations) correct(changes []change) {
	q.apply(changes)
	for _, c := range changes {
		if c.by.IsZero() {
			continue
		}
		q.figures[c.figure].changed = true
		for _, n := range q.in[c.figure] {
			if e := &q.all[n]; !e.holds() && !moved(e.terms(), changes).IsZero() {
				e.mixed = true
			}
		}
	}
}

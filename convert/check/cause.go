package check

import (
	"slices"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Because says of the findings on a report which follow from another, and puts them
// behind it. Findings of several sources are joined first: [Run] has done it for its own.
//
// Three things make findings follow from another: a figure that was read with doubt (R2xx)
// and does not add up, a slip in one figure or an exchange of two that several sums and
// the text tell of, and a sum over sums that fail. A finding that a cause does not explain
// to the last unit is a fault of its own.
func Because(r *report.Report, found []finding.Finding) []finding.Finding {
	for i := range found {
		found[i].Because, found[i].Slip = nil, nil
	}
	if _, err := form.Get(r.Form); err != nil || !mayFollow(found) {
		return found
	}
	return newSubject(r).because(found)
}

// mayFollow reports whether there are two findings that may have to do with each other.
// What is only unlike last year's has to do with none.
func mayFollow(found []finding.Finding) bool {
	n := 0
	for _, f := range found {
		switch f.Rule[:2] {
		case "R2", "A1", "A2", "N1", "N2", "N3", "H1":
			n++
		case "Y1":
			if f.Rule == "Y101" || f.Rule == "Y102" {
				n++
			}
		}
	}
	return n > 1
}

func (s *subject) because(found []finding.Finding) []finding.Finding {
	if !mayFollow(found) {
		return found
	}
	c := &causes{equations: newEquations(s, found), findings: found, cause: make([]int, len(found)), settled: make([]bool, len(found))}
	for i := range c.cause {
		c.cause[i] = i
	}
	c.doubts()
	c.slips()
	c.sumsOfSums()
	return c.ordered()
}

// causes is the search for what follows from what.
type causes struct {
	*equations
	findings []finding.Finding
	cause    []int  // of each finding; itself where it follows from nothing
	settled  []bool // findings whose cause is known, or that are one
}

// follows says that findings follow from one, which may be among them.
func (c *causes) follows(from int, consequences []int) {
	for from != c.cause[from] {
		from = c.cause[from]
	}
	for _, i := range consequences {
		if i == from || c.settled[i] && c.cause[i] != i {
			continue
		}
		for k := range c.cause { // what follows from it follows from its cause
			if c.cause[k] == i {
				c.cause[k] = from
			}
		}
		c.settled[i] = true
	}
	c.settled[from] = true
}

// said are the findings that speak of equations and are not settled yet, in their order.
func (c *causes) said(equations []int) []int {
	var found []int
	for _, n := range equations {
		for _, i := range c.all[n].found {
			if !c.settled[i] {
				found = append(found, i)
			}
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// ordered gives the findings in their order, the consequences of each behind it. A group
// stands where the first of it stood.
func (c *causes) ordered() []finding.Finding {
	ordered := make([]finding.Finding, 0, len(c.findings))
	done := make([]bool, len(c.findings))
	for i := range c.findings {
		if done[i] {
			continue
		}
		from := c.cause[i]
		ordered = append(ordered, c.findings[from])
		for k, f := range c.findings {
			if k != from && c.cause[k] == from {
				f.Because = &finding.Cause{Rule: c.findings[from].Rule, Path: c.findings[from].Path}
				ordered = append(ordered, f)
				done[k] = true
			}
		}
		done[from] = true
	}
	return ordered
}

// sumsOfSums settles what says nothing that other findings do not say: an identity in the
// column of totals fails by as much as it does in the columns, and as the rows do.
func (c *causes) sumsOfSums() {
	for n := range c.all {
		if found := c.said([]int{n}); len(found) > 0 && c.all[n].each == form.EachColumn && !c.all[n].mixed {
			if first := c.firstOf(c.partsOf(n), found); first >= 0 {
				c.follows(first, found)
			}
		}
	}
	c.totalsOfReports("Y101")
	c.totalsOfReports("H101")
}

// partsOf are the failing equations that the one of the column of totals adds up: the rows
// that it runs through, and the same identity in the other columns. There are none where
// they do not add up to it, as when a part could not be read.
func (c *causes) partsOf(n int) []int {
	e := &c.all[n]
	rest := e.off()
	total := c.figures[e.terms()[0].figure].Column
	columns := map[string]bool{}
	var parts []int
	for _, t := range e.terms() {
		for _, m := range c.in[t.figure] {
			o := &c.all[m]
			if o.total != t.figure || o.each != form.EachRow {
				continue
			}
			for _, p := range o.terms()[1:] {
				columns[c.figures[p.figure].Column] = true
			}
			if !o.off().IsZero() {
				rest = rest.Sub(t.of(o.off()))
				parts = append(parts, m)
			}
		}
	}
	for m := range c.all {
		o := &c.all[m]
		if o.rule == e.rule && o.each == e.each && o.line.Table == e.line.Table && o.line.Column != total && columns[o.line.Column] && !o.off().IsZero() {
			rest = rest.Sub(o.off())
			parts = append(parts, m)
		}
	}
	if !rest.IsZero() {
		return nil
	}
	slices.SortStableFunc(parts, func(a, b int) int { // what fails by as much is first
		as := func(m int) int {
			if c.all[m].off().Abs().Equal(e.off().Abs()) {
				return 0
			}
			return 1
		}
		return as(a) - as(b)
	})
	return parts
}

// firstOf is the first finding on the equations that is none of the others, or -1.
func (c *causes) firstOf(equations, others []int) int {
	for _, n := range equations {
		for _, i := range c.all[n].found {
			if !slices.Contains(others, i) {
				return i
			}
		}
	}
	return -1
}

// totalsOfReports settles what is said of a total beside another report's by a rule that
// says the same of its parts.
func (c *causes) totalsOfReports(rule string) {
	of := map[report.Path]int{}
	for i, f := range c.findings {
		if f.Rule == rule {
			of[f.Path] = i
		}
	}
	for i, f := range c.findings {
		t := c.form.Table(f.Path.Table)
		if f.Rule != rule || c.settled[i] || t == nil {
			continue
		}
		first := -1
		rest := f.Actual.Number().Sub(f.Expected.Number())
		for _, p := range t.Parts(f.Path.Row, f.Path.Column) {
			if k, ok := of[p]; ok {
				rest = rest.Sub(c.findings[k].Actual.Number().Sub(c.findings[k].Expected.Number()))
				if first < 0 {
					first = k
				}
			}
		}
		if first >= 0 && rest.IsZero() {
			c.follows(first, []int{i})
		}
	}
}

func (c *causes) isTotal(p report.Path) bool {
	return c.form.Table(p.Table).Parts(p.Row, p.Column) != nil
}

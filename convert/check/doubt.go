package check

import (
	"slices"

	"github.com/shopspring/decimal"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// doubts settles what follows from figures that could not be read or were read with
// doubt: the rules R2xx. Each says what else the figure may be, and a finding that
// another such figure would set right follows from it.
func (c *causes) doubts() {
	for i, f := range c.findings {
		switch f.Rule {
		case "R202", "R203":
			c.partOfTotal(i)
		case "R206":
			c.partUnread(i)
		}
	}
	for i, f := range c.findings {
		switch f.Rule {
		case "R208":
			c.notAddedUp(i)
		case "R209":
			c.outOfDate(i)
		case "R202", "R203", "R210":
			c.noCount(i)
		}
	}
}

// partOfTotal settles a total that is negative or not whole because a part of it is.
func (c *causes) partOfTotal(i int) {
	n, ok := c.index[c.full.At(c.findings[i].Path)]
	if !ok {
		return
	}
	for _, m := range c.in[n] {
		e := &c.all[m]
		if e.total != n || !e.holds() {
			continue
		}
		for _, t := range e.terms()[1:] {
			if k := c.finding(c.findings[i].Rule, c.figures[t.figure].Path); k >= 0 {
				c.follows(k, []int{i})
				return
			}
		}
	}
}

// partUnread settles a total that has no result because a part of it has none.
func (c *causes) partUnread(i int) {
	t := c.form.Table(c.findings[i].Path.Table)
	if t == nil {
		return
	}
	for _, p := range t.Parts(c.findings[i].Path.Row, c.findings[i].Path.Column) {
		for _, rule := range []string{"R206", "R201"} {
			if k := c.finding(rule, p); k >= 0 {
				c.follows(k, []int{i})
				return
			}
		}
	}
}

// finding is the finding by a rule at a path, or -1.
func (c *causes) finding(rule string, at report.Path) int {
	return slices.IndexFunc(c.findings, func(f finding.Finding) bool { return f.Rule == rule && f.Path == at })
}

// isOf reports whether a note is of what a finding speaks of: a figure, a table, or all.
func isOf(n report.Note, p report.Path) bool {
	return p.IsZero() || n.Path == p || p.Row == "" && n.Path.Table == p.Table
}

// notAddedUp settles the totals that lack figures that are texts, which formulas pass
// over.
func (c *causes) notAddedUp(i int) {
	texts := map[int]bool{}
	for _, n := range c.Notes {
		if k, ok := c.index[c.full.At(n.Path)]; ok && n.Kind == report.TextNumber && isOf(n, c.findings[i].Path) {
			texts[k] = true
		}
	}
	var roots []change
	var cells []report.Cell
	for n := range c.all {
		e := &c.all[n]
		if e.total < 0 || e.holds() {
			continue
		}
		var lacks decimal.Decimal
		var here []report.Cell
		for _, t := range e.terms()[1:] {
			if texts[t.figure] {
				lacks = lacks.Add(c.figures[t.figure].value)
				here = append(here, c.figures[t.figure].Cell)
			}
		}
		if lacks.IsZero() || !e.off().Equal(lacks.Neg()) {
			continue
		}
		roots = append(roots, change{figure: e.total, by: lacks})
		for _, cell := range here {
			if !cell.IsZero() && !slices.Contains(cells, cell) {
				cells = append(cells, cell)
			}
		}
	}
	if found := c.try(i, roots); found > 0 {
		c.findings[i].Slip = &finding.Slip{Cells: cells, Message: message.New("slip.text", placeList(cells), found)}
	}
}

// outOfDate settles what the results of formulas that are out of date make fail.
func (c *causes) outOfDate(i int) {
	var roots []change
	for _, n := range c.Notes {
		k, ok := c.index[c.full.At(n.Path)]
		if v, err := report.ParseNumber(n.Read); ok && err == nil && n.Kind == report.Outdated && isOf(n, c.findings[i].Path) {
			roots = append(roots, change{figure: k, by: v.Decimal().Sub(c.figures[k].value)})
		}
	}
	if found := c.try(i, roots); found > 0 {
		c.findings[i].Slip = &finding.Slip{Message: message.New("slip.outdated", found)}
	}
}

// noCount settles what fails because of a figure that is none as it stands: negative, not
// whole, or shown as another. Whichever figure sets most right may be the one meant.
func (c *causes) noCount(i int) {
	f := c.findings[i]
	k, ok := c.index[c.full.At(f.Path)]
	if !ok || c.cause[i] != i {
		return
	}
	var best []change
	most := 0
	for n := range c.all {
		if c.all[n].holds() {
			continue
		}
		for _, t := range c.within(n) {
			if t.figure != k {
				continue
			}
			x := change{figure: k, by: t.of(c.all[n].off().Neg())}
			if v := c.figures[k].value.Add(x.by); v.IsNegative() || !v.IsInteger() && f.Rule != "R210" || f.Rule == "R210" && !c.shows(f.Path, v) {
				continue
			}
			changes := c.follow([]change{x})
			right, _ := c.effect(changes)
			if found := len(c.said(right)); found > most {
				best, most = changes, found
			}
		}
	}
	if jumps := c.jumps([]change{{figure: k}}); len(jumps) > 0 {
		c.follows(i, jumps)
	}
	if best != nil {
		c.try(i, best)
	}
}

// shows reports whether a figure that is shown divided would show as it does if it were
// the value.
func (c *causes) shows(at report.Path, v decimal.Decimal) bool {
	for _, n := range c.Notes {
		if n.Kind != report.Scaled || n.Path != at {
			continue
		}
		shown, err := report.ParseNumber(n.Text)
		return err == nil && v.Round(-shown.Decimal().Exponent()).Equal(shown.Decimal())
	}
	return false
}

// try settles what changes of figures would set right as what follows from a finding, and
// makes them. It says how many that are.
func (c *causes) try(i int, roots []change) int {
	if len(roots) == 0 {
		return 0
	}
	changes := c.follow(slices.Clone(roots))
	right, _ := c.effect(changes)
	found := c.said(right)
	if len(found) > 0 {
		c.follows(i, found)
		c.apply(changes)
	}
	return len(found)
}

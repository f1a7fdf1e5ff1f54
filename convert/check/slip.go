package check

import (
	"slices"

	"github.com/shopspring/decimal"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// A slip is looked for among the changes of figures that set several failing equations
// right and break none. The one that sets most right, if it is the only one, is named;
// where several would do the same, what they set right has one cause all the same.

// slipKind is what may have happened, the likeliest first.
type slipKind int

const (
	mistyped  slipKind = iota
	exchanged          // two figures of a column or row
	shifted            // the figures of a column by one row
	misplaced          // so many were counted in another row
)

// hypothesis is a slip that may have been made.
type hypothesis struct {
	kind    slipKind
	changes []change // the figures themselves first, then the totals that follow
	roots   int      // how many are figures themselves
	found   []int    // the findings that it would set right
}

// same reports whether another changes the same figures by as much.
func (h hypothesis) same(o hypothesis) bool {
	if h.kind != o.kind || h.roots != o.roots {
		return false
	}
	for _, x := range h.changes[:h.roots] {
		if !by(o.changes[:o.roots], x.figure).Equal(x.by) {
			return false
		}
	}
	return true
}

// slips finds slips until what is left has no cause in common.
func (c *causes) slips() {
	for {
		all := c.hypotheses()
		best := 0
		for _, h := range all {
			best = max(best, len(h.found))
		}
		if best < 2 {
			return
		}
		all = slices.DeleteFunc(all, func(h hypothesis) bool { return len(h.found) < best })
		kind := all[0].kind
		for _, h := range all {
			kind = min(kind, h.kind)
		}
		all = slices.DeleteFunc(all, func(h hypothesis) bool { return h.kind != kind })
		c.settle(all)
	}
}

// settle settles the findings of the first of equally good hypotheses: those that all
// would set right that would set some of them right. If there is only one, the slip is
// named.
func (c *causes) settle(all []hypothesis) {
	same := []hypothesis{all[0]}
	common := all[0].found
	for _, h := range all[1:] {
		if slices.ContainsFunc(h.found, func(i int) bool { return slices.Contains(all[0].found, i) }) {
			same = append(same, h)
			common = slices.DeleteFunc(slices.Clone(common), func(i int) bool { return !slices.Contains(h.found, i) })
		}
	}
	for _, h := range same { // what only some would set right is one's own, as far as is known
		for _, i := range h.found {
			c.settled[i] = true
		}
	}
	if len(common) < 2 {
		return
	}
	head := common[0]
	if first := same[0]; len(same) == 1 {
		common = append(slices.Clone(common), c.jumps(first.changes)...)
		if first.roots == 1 {
			head = c.at(first, head)
		}
	}
	c.follows(head, common)
	if len(common) >= len(same[0].found) {
		c.findings[head].Slip = c.slipOf(same, c.findings[head])
	}
	if len(same) == 1 {
		c.correct(same[0].changes)
	}
}

// at is the finding, among those that a slip in one figure makes, that speaks of this
// figure, or the one given.
func (c *causes) at(h hypothesis, head int) int {
	path := c.figures[h.changes[0].figure].Path
	for _, i := range h.found {
		if f := c.findings[i]; f.Path == path && f.Rule[0] == 'A' {
			return i
		}
	}
	return head
}

// jumps are the findings that say of figures to be changed that they grew or shrank too
// much since last year.
func (c *causes) jumps(changes []change) []int {
	var found []int
	for i, f := range c.findings {
		if f.Rule == "Y103" && !c.settled[i] && slices.ContainsFunc(changes, func(x change) bool { return c.figures[x.figure].Path == f.Path }) {
			found = append(found, i)
		}
	}
	return found
}

// hypotheses are the slips that would set two findings right or more.
func (c *causes) hypotheses() []hypothesis {
	var failing []int
	for n := range c.all {
		if !c.all[n].holds() && len(c.said([]int{n})) > 0 {
			failing = append(failing, n)
		}
	}
	if len(failing) < 2 {
		return nil
	}
	var all []hypothesis
	add := func(kind slipKind, roots ...change) {
		for _, r := range roots {
			p := c.figures[r.figure]
			if v := p.value.Add(r.by); v.IsNegative() || p.value.IsInteger() && !v.IsInteger() || r.by.IsZero() {
				return
			}
		}
		changes := c.follow(slices.Clone(roots))
		if slices.ContainsFunc(changes, func(x change) bool { return c.figures[x.figure].changed && !x.by.IsZero() }) {
			return // would be right only together with a slip found before
		}
		right, broken := c.effect(changes)
		h := hypothesis{kind, changes, len(roots), c.said(right)}
		texts := 0
		for _, n := range right {
			if c.all[n].text {
				texts++
			}
		}
		if broken || len(h.found) < 2 || texts == len(right) && kind != exchanged || slices.ContainsFunc(all, h.same) {
			return
		}
		all = append(all, h)
	}
	type try struct {
		figure int
		by     string
	}
	tried := map[try]bool{}
	for _, n := range failing {
		for _, t := range c.within(n) {
			x := change{figure: t.figure, by: t.of(c.all[n].off().Neg())}
			if key := (try{x.figure, x.by.String()}); !tried[key] {
				tried[key] = true
				add(mistyped, x)
			}
		}
	}
	for i, n := range failing {
		for _, m := range failing[i+1:] {
			if c.all[n].off().Abs().Equal(c.all[m].off().Abs()) {
				c.exchanges(n, m, add)
			}
		}
	}
	c.shifts(failing, add)
	return all
}

// within are the figures that an equation rests on: its own, and the parts of totals that
// hold.
func (c *causes) within(n int) []term {
	terms := slices.Clone(c.all[n].terms())
	for i := 0; i < len(terms); i++ {
		for _, m := range c.in[terms[i].figure] {
			e := &c.all[m]
			if e.total != terms[i].figure || !e.holds() {
				continue
			}
			for _, t := range e.terms()[1:] {
				if !slices.ContainsFunc(terms, func(o term) bool { return o.figure == t.figure }) {
					terms = append(terms, term{t.figure, terms[i].minus})
				}
			}
		}
	}
	return terms
}

// lineOf is the one row, or the one column, of an equation that runs along it, and of a
// text about one figure either.
func (c *causes) lineOf(n int, each string) (line string, ok bool) {
	e := &c.all[n]
	p := c.figures[e.terms()[0].figure].Path
	if e.each != each && !(e.text && len(e.terms()) == 1) {
		return "", false
	}
	if each == form.EachRow {
		return p.Row, true
	}
	return p.Column, true
}

// exchanges tries to exchange two figures of one column whose rows fail by as much, or of
// one row whose columns do, and to move as many from one to the other.
func (c *causes) exchanges(n, m int, add func(slipKind, ...change)) {
	table := c.figures[c.all[n].terms()[0].figure].Table
	if c.figures[c.all[m].terms()[0].figure].Table != table {
		return
	}
	for _, each := range []string{form.EachRow, form.EachColumn} {
		a, ok := c.lineOf(n, each)
		b, ok2 := c.lineOf(m, each)
		if !ok || !ok2 || a == b {
			continue
		}
		for i, x := range c.figures {
			if x.Table != table || each == form.EachRow && x.Row != a || each == form.EachColumn && x.Column != a {
				continue
			}
			other := report.Path{Table: table, Row: b, Column: x.Column}
			if each == form.EachColumn {
				other = report.Path{Table: table, Row: x.Row, Column: b}
			}
			k := slices.IndexFunc(c.figures, func(p place) bool { return p.Path == other })
			if k < 0 {
				continue
			}
			d := c.figures[k].value.Sub(x.value)
			add(exchanged, change{figure: i, by: d}, change{figure: k, by: d.Neg()})
			if c.isTotal(x.Path) || c.isTotal(other) { // no case is counted in a total alone
				continue
			}
			off := c.all[n].off()
			for _, d := range []decimal.Decimal{off, off.Neg()} {
				add(misplaced, change{figure: i, by: d}, change{figure: k, by: d.Neg()})
			}
		}
	}
}

// shifts tries to move the figures of a column between two failing rows up or down by one
// row. What is blank or 0 at the one end makes room for it.
func (c *causes) shifts(failing []int, add func(slipKind, ...change)) {
	for i := range c.form.Tables {
		rows := c.form.Tables[i].Rows()
		var wrong []int // rows
		for r, row := range rows {
			if slices.ContainsFunc(failing, func(n int) bool {
				line, ok := c.lineOf(n, form.EachRow)
				return ok && line == row.Key && c.all[n].line.Table == c.form.Tables[i].Key
			}) {
				wrong = append(wrong, r)
			}
		}
		for k, from := range wrong {
			for _, to := range wrong[k+1:] {
				if to-from < 2 {
					continue
				}
				for _, column := range rows[from].Columns {
					var figures []int
					for _, row := range rows[from : to+1] {
						if f := c.full.Figure(c.form.Tables[i].Key, row.Key, column.Key); f != nil {
							figures = append(figures, c.index[f])
						}
					}
					if len(figures) == to-from+1 {
						c.shift(figures, add)
					}
				}
			}
		}
	}
}

func (c *causes) shift(figures []int, add func(slipKind, ...change)) {
	last := len(figures) - 1
	value := func(i int) decimal.Decimal { return c.figures[figures[i]].value }
	try := func(from func(i int) int) { // the first and the last move, for one is 0
		var roots []change
		for i, f := range figures {
			if d := value(from(i)).Sub(value(i)); !d.IsZero() {
				roots = append(roots, change{figure: f, by: d})
			}
		}
		if len(roots) > 2 {
			add(shifted, roots...)
		}
	}
	if value(0).IsZero() && !value(last).IsZero() {
		try(func(i int) int { return (i + 1) % len(figures) })
	}
	if value(last).IsZero() && !value(0).IsZero() {
		try(func(i int) int { return (i + last) % len(figures) })
	}
}

// mostNamed is how many slips that would do alike are named.
const mostNamed = 2

// slipOf says what may have happened to make a finding; nil where there are too many ways.
func (c *causes) slipOf(all []hypothesis, f finding.Finding) *finding.Slip {
	if len(all) > mostNamed {
		return nil
	}
	slip := &finding.Slip{}
	var ways []message.Message
	for _, h := range all {
		for _, x := range h.changes[:h.roots] {
			if p := c.figures[x.figure]; !p.Cell.IsZero() && !slices.Contains(slip.Cells, p.Cell) {
				slip.Cells = append(slip.Cells, p.Cell)
			}
		}
		ways = append(ways, c.way(h, f))
	}
	slip.Message = ways[0]
	if len(ways) == 2 {
		slip.Message = message.New("slip.two", ways[0], ways[1])
	}
	if h := all[0]; len(all) == 1 && h.roots == 1 {
		x := h.changes[0]
		was := c.figures[x.figure].value
		slip.Actual, slip.Expected = finding.Figure(report.Decimal(was)), finding.Figure(report.Decimal(was.Add(x.by)))
	}
	return slip
}

// way is a slip in words, said behind a finding.
func (c *causes) way(h hypothesis, f finding.Finding) message.Message {
	x, y := h.changes[0], h.changes[h.roots-1]
	a, b := c.figures[x.figure], c.figures[y.figure]
	number := report.Decimal
	switch h.kind {
	case mistyped:
		var right any = number(a.value.Add(x.by))
		for _, y := range h.changes[1:] { // without these totals it would not all agree
			if p := c.figures[y.figure]; !y.by.IsZero() {
				right = message.New("slip.total", right, c.shortName(p), number(p.value.Add(y.by)))
			}
		}
		if a.Path == f.Path {
			return message.New("slip.this", c.shortName(a), right)
		}
		return message.New("slip.cell", c.shortName(a), number(a.value), right)
	case shifted:
		_, column := namesOf(c.form, a.Path)
		key := "slip.low"
		if !a.value.IsZero() {
			key = "slip.high"
		}
		return message.New(key, column, c.shortName(a), c.shortName(b))
	case misplaced:
		if x.by.IsPositive() {
			a, b = b, a
		}
		return message.New("slip.misplaced", c.shortName(a), c.shortName(b), number(x.by.Abs()))
	}
	if a.value.IsZero() {
		a, b = b, a
	}
	key := "slip.place"
	switch c.rowOf(a) - c.rowOf(b) {
	case 1:
		key = "slip.row.low"
	case -1:
		key = "slip.row.high"
	}
	if !b.value.IsZero() {
		key = "slip.exchanged"
	}
	return message.New(key, c.shortName(a), number(a.value), c.shortName(b), number(b.value))
}

// rowOf is the number of a figure's row in the form's order.
func (c *causes) rowOf(p place) int {
	return slices.IndexFunc(c.form.Table(p.Table).Rows(), func(r form.Row) bool { return r.Key == p.Row })
}

// shortName names a figure by its cell, and by its labels without what they number.
func (c *causes) shortName(p place) message.Bilingual {
	row, _ := c.form.Table(p.Table).Row(p.Row)
	_, column := namesOf(c.form, p.Path)
	name := form.Bare(row.Label)
	return message.Both("“"+name+"”一行“"+column+"”"+at(p.Cell), "“"+name+"·"+column+"”"+at(p.Cell))
}

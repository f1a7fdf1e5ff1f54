package narrative

import (
	"slices"
	"strings"
	"sync"
)

// The chart. A clause is covered by frames from left to right; what no frame takes is
// left uncovered, at a cost. Of all ways to cover it the cheapest counts.

// item is a way to read a pattern up to a place.
type item struct {
	end, cost int
	taken     int32 // what it took: an index into chart.nodes, 0 for nothing
}

// taken is a word or number that a pattern took, or two parts of what it took.
type taken struct {
	left, right int32
	sym         symbol
	slot        bool // the slot begins (from, to) and its words follow
	from, to    int
	entry       *entry
	num         int
}

// mostEnds is how many ways a part that repeats is followed.
const mostEnds = 12

// What readings cost: a word of the grammar little, what is between two of them a
// little, unknown text in a gap more, and what no frame takes most.
const (
	costWord      = 1
	costSkip      = 2
	costBracket   = 6
	costName      = 2 // a rune
	costGap       = 3
	costFrame     = 2
	costAfter     = 2 // for each part behind the figure
	costUncovered = 20
	costStart     = 1 << 12 // above 0 whatever a frame takes off
	costFigure    = 120
)

// chart reads the clauses of one paragraph.
type chart struct {
	g *Grammar
	*lattice
	from, limit int         // the clause
	starts      []symbolSet // of each place: the words that begin there
	nodes       []taken
	memo        []cell // of each slot and place in the clause
	skips       []cell // of each place
	round       int32  // of filling the cells
	best        [][nStates * nTopics]step
	frames      []readable
	said        []taken // the words of the matches of the paragraph
	slab        []item  // from which short lists of items are cut, clause by clause
}

// push appends to a list, which is forgotten at the end of the clause.
func (c *chart) push(list []item, it item) []item {
	if n := len(list); n == cap(list) {
		room := max(4, 2*n)
		if len(c.slab)+room > cap(c.slab) {
			c.slab = make([]item, 0, max(2048, 2*cap(c.slab), 2*room))
		}
		at := len(c.slab)
		c.slab = c.slab[:at+room]
		longer := c.slab[at : at+n : at+room]
		copy(longer, list)
		list = longer
	}
	return append(list, it)
}

// cell is what was found out about a place in a round.
type cell struct {
	round int32
	list  []item
}

// charts are kept for the next paragraph: their cells are most of what reading costs.
var charts = sync.Pool{New: func() any { return &chart{nodes: make([]taken, 1, 256)} }}

func newChart(g *Grammar, l *lattice) *chart {
	c := charts.Get().(*chart)
	if c.g != g {
		c.memo, c.skips = nil, nil
	}
	c.g, c.lattice, c.said = g, l, c.said[:0]
	c.starts = append(c.starts[:0], make([]symbolSet, len(l.s)+1)...)
	for i := range l.s {
		for _, h := range l.at(i) {
			for k := range c.starts[i] {
				c.starts[i][k] |= h.entry.is[k]
			}
		}
	}
	return c
}

// begin makes the chart ready for a clause.
func (c *chart) begin(from, to int) {
	c.from, c.limit, c.nodes, c.slab = from, to, c.nodes[:1], c.slab[:0]
	c.round++
	n := to - from + 1
	if len(c.skips) < n {
		c.skips = make([]cell, n)
		c.memo = make([]cell, n*c.g.nSlots)
	}
}

// cellOf is the cell of a slot at a place, and whether it is filled.
func (c *chart) cellOf(p *pattern, i int) (*cell, bool) {
	m := &c.memo[p.slot*len(c.skips)+i-c.from]
	if m.round == c.round {
		return m, true
	}
	m.round, m.list = c.round, nil
	return m, false
}

func (c *chart) take(t taken) int32 {
	c.nodes = append(c.nodes, t)
	return int32(len(c.nodes) - 1)
}

func (c *chart) both(a, b int32) int32 {
	switch {
	case a == 0:
		return b
	case b == 0:
		return a
	}
	return c.take(taken{left: a, right: b})
}

// add keeps the cheapest item for each end.
func (c *chart) add(list []item, it item) []item {
	for i := range list {
		if list[i].end == it.end {
			if it.cost < list[i].cost {
				list[i] = it
			}
			return list
		}
	}
	return c.push(list, it)
}

// skipFrom is where one may go on from a place: there, or behind words that say
// nothing.
func (c *chart) skipFrom(i int) []item {
	m := &c.skips[i-c.from]
	if m.round == c.round {
		return m.list
	}
	m.round = c.round
	list := c.push(nil, item{end: i})
	for k := 0; k < len(list) && k < 24; k++ {
		if list[k].end >= c.limit {
			continue
		}
		for _, h := range c.at(list[k].end) {
			if h.to <= c.limit && h.entry.is.has(skip) {
				cost := costSkip
				if c.close[list[k].end] > 0 {
					cost = costBracket
				}
				list = c.add(list, item{end: h.to, cost: list[k].cost + cost})
			}
		}
	}
	m.list = list
	return list
}

// read is all ways to read a pattern from a place, one for each end.
func (c *chart) read(p *pattern, i int) []item {
	if !p.free && (i >= c.limit || !c.starts[i].meets(&p.first)) {
		if p.empty {
			return c.push(nil, item{end: i})
		}
		return nil
	}
	switch p.op {
	case opWord:
		var list []item
		for _, h := range c.at(i) {
			if h.to <= c.limit && h.entry.is.has(p.sym) {
				list = c.push(list, item{end: h.to, cost: costWord, taken: c.take(taken{sym: p.sym, from: i, to: h.to, entry: h.entry, num: h.num})})
			}
		}
		return list
	case opSlot:
		m, known := c.cellOf(p, i)
		if known {
			return m.list
		}
		var list []item
		for _, it := range c.read(c.g.slots[p.sym], i) {
			t := int32(0)
			if it.end > i {
				t = c.take(taken{sym: p.sym, slot: true, from: i, to: it.end, num: -1})
			}
			list = c.push(list, item{it.end, it.cost, c.both(t, it.taken)})
		}
		m.list = list
		return list
	case opChoice:
		var list []item
		for _, k := range p.kids {
			for _, it := range c.read(k, i) {
				list = c.add(list, it)
			}
		}
		return list
	case opOptional:
		return c.add(c.read(p.kids[0], i), item{end: i})
	case opRepeat:
		list := c.push(nil, item{end: i})
		for k := 0; k < len(list) && len(list) < mostEnds; k++ {
			list = c.follow(list, list[k], p.kids[0], k > 0)
		}
		return list
	case opSequence:
		states := c.read(p.kids[0], i)
		for _, kid := range p.kids[1:] {
			if kid.empty && !kid.free && !c.begins(kid, states) {
				continue
			}
			var next []item
			for _, s := range states {
				next = c.follow(next, s, kid, true)
			}
			if len(next) == 0 {
				return nil
			}
			states = next
		}
		return states
	case opGap:
		return c.gap(p, i)
	case opName:
		return c.name(p, i)
	case opAnyOrder:
		return c.anyOrder(p, i)
	}
	return nil
}

// begins reports whether a pattern can begin behind one of the items.
func (c *chart) begins(p *pattern, list []item) bool {
	for _, it := range list {
		for _, from := range c.skipFrom(it.end) {
			if from.end < c.limit && c.starts[from.end].meets(&p.first) {
				return true
			}
		}
	}
	return false
}

// follow reads a pattern behind an item and adds what comes of it.
func (c *chart) follow(list []item, s item, p *pattern, skipping bool) []item {
	if p.empty {
		list = c.add(list, s)
	}
	if !skipping || p.op == opGap {
		for _, it := range c.read(p, s.end) {
			list = c.join(list, s, it, 0)
		}
		return list
	}
	for _, from := range c.skipFrom(s.end) {
		for _, it := range c.read(p, from.end) {
			if it.end > from.end {
				list = c.join(list, s, it, from.cost)
			}
		}
	}
	return list
}

// join adds an item behind another, if there is none for its end that costs less.
func (c *chart) join(list []item, s, it item, cost int) []item {
	cost += s.cost + it.cost
	for i := range list {
		if list[i].end == it.end {
			if cost < list[i].cost {
				list[i] = item{it.end, cost, c.both(s.taken, it.taken)}
			}
			return list
		}
	}
	return c.push(list, item{it.end, cost, c.both(s.taken, it.taken)})
}

// gap is unknown text without a figure, up to so many runes.
func (c *chart) gap(p *pattern, i int) []item {
	var list []item
	if p.least == 0 {
		list = c.push(nil, item{end: i})
	}
	for j := i; j < c.limit && j < i+p.most; j++ {
		if isMark(c.s[j]) && !(p.lists && strings.ContainsRune("、《》", c.s[j])) || isDigit(c.s[j]) && len(c.at(j)) > 0 { // a figure, a year; but not 12345热线
			break
		}
		for _, h := range c.at(j) {
			if h.entry.is.meets(&p.stops) {
				return list
			}
		}
		if j+1-i >= p.least {
			list = c.push(list, item{end: j + 1, cost: (j + 1 - i) * costGap})
		}
	}
	return list
}

// longestName is how many runes the name of a body has at most.
const longestName = 20

// name is the name of a body: text that ends in such a word as 局 and has nothing in
// it that names do not have.
func (c *chart) name(p *pattern, i int) []item {
	m, known := c.cellOf(p, i)
	if known {
		return m.list
	}
	var list []item
	for j := i; j < c.limit && j < i+longestName && !isMark(c.s[j]) && !isDigit(c.s[j]); j++ {
		hits := c.at(j)
		if slices.ContainsFunc(hits, func(h hit) bool { return h.entry.is.has(barrier) }) {
			break
		}
		for _, h := range hits {
			ends := h.entry.is.has(organ) || h.entry.is.has(several) ||
				h.entry.is.has(weakOrgan) && (h.to == c.limit || isMark(c.s[h.to]) || len(c.at(h.to)) > 0) // not 普通市|民
			if ends && h.to <= c.limit && h.to > i+1 {
				list = c.add(list, item{h.to, (h.to - i) * costName, c.take(taken{sym: organ, from: i, to: h.to, num: -1})})
			}
		}
	}
	m.list = list
	return list
}

func isMark(r rune) bool {
	switch r {
	case ',', ';', ':', '。', '!', '?', '(', ')', '[', ']', '《', '》', '、', '.', '【', '】', '〔', '〕':
		return true
	}
	return false
}

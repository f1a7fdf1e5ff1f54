package narrative

import "slices"

// match is a frame as it fits a part of a clause.
type match struct {
	frame    *frame
	from, to int
	taken    int32
	words    []taken
	ragged   bool // unknown text follows
}

// states in which the cover of a clause can be at a place.
const (
	atBoundary   = iota // a frame may begin
	uncovered           // in text that no frame takes
	behindFigure        // of such text: 、 ends it
	nStates
)

type step struct {
	match *match
	cost  int32 // 0 is not reached
	place int32 // where it came from, in the clause
	state int32
}

// covering is a way to stand at a place: in one of the states above, with a topic.
func covering(state int, t topic) int { return state*nTopics + int(t) }

// readable is a pattern of a frame for which a clause has the words.
type readable struct {
	*frame
	p *pattern
}

// cover reads a clause: the frames that take most of it for the least.
func (c *chart) cover(from, to int, t topic) []match {
	c.begin(from, to)
	n := to - from + 1
	if cap(c.best) < n {
		c.best = make([][nStates * nTopics]step, n)
	}
	c.best = c.best[:n]
	clear(c.best)
	c.best[0][covering(atBoundary, t)].cost = costStart
	frames := c.readable(from, to)
	for i := from; i < to; i++ {
		if slices.ContainsFunc(c.best[i-from][:nTopics], func(s step) bool { return s.cost > 0 }) {
			c.skipOver(i)
			for _, f := range frames {
				c.readFrame(f, i)
			}
		}
		c.leave(i)
	}
	return c.cheapest()
}

// readable are the patterns that the clause has the words for.
func (c *chart) readable(from, to int) []readable {
	has := c.symbols(from, to)
	c.frames = c.frames[:0]
	for _, f := range c.g.speaking {
		if f.p.canRead(&has) {
			c.frames = append(c.frames, f)
		}
	}
	if has.has(figure) {
		for _, f := range c.g.counting {
			if f.p.canRead(&has) {
				c.frames = append(c.frames, f)
			}
		}
	}
	return c.frames
}

// reach goes on from one place and state to another, if no other way there costs less.
func (c *chart) reach(i, at, to, next int, cost int32, m *match) {
	if b := &c.best[to-c.from][next]; b.cost == 0 || cost < b.cost {
		*b = step{m, cost, int32(i - c.from), int32(at)}
	}
}

// skipOver goes over words that say nothing between two frames.
func (c *chart) skipOver(i int) {
	for _, h := range c.at(i) {
		if h.to > c.limit || !h.entry.is.has(skip) && !h.entry.is.has(join) {
			continue
		}
		for at := range nTopics {
			if b := c.best[i-c.from][at]; b.cost > 0 {
				c.reach(i, at, h.to, at, b.cost+costSkip, nil)
			}
		}
	}
}

// readFrame reads a frame at a place.
func (c *chart) readFrame(f readable, i int) {
	for _, it := range c.read(f.p, i) {
		if it.end == i || f.ends && !c.ended(it.end) {
			continue
		}
		var m *match
		for at := range nTopics {
			b := c.best[i-c.from][at]
			if b.cost == 0 || !f.reads[at] {
				continue
			}
			cost, next := b.cost+int32(it.cost+costFrame+f.cost), covering(atBoundary, f.leaves[at])
			if o := c.best[it.end-c.from][next]; o.cost > 0 && o.cost <= cost {
				continue
			}
			if m == nil {
				m = &match{frame: f.frame, from: i, to: it.end, taken: it.taken}
			}
			c.reach(i, at, it.end, next, cost, m)
		}
	}
}

// ended reports whether nothing that matters follows in the clause, or 、.
func (c *chart) ended(i int) bool {
	return i == c.limit || c.s[i] == '、' || slices.ContainsFunc(c.skipFrom(i), func(it item) bool { return it.end == c.limit })
}

// leave leaves text uncovered.
func (c *chart) leave(i int) {
	for at, b := range c.best[i-c.from] {
		if b.cost == 0 {
			continue
		}
		s, t := at/nTopics, topic(at%nTopics)
		if s == behindFigure && c.s[i] == '、' {
			c.reach(i, at, i+1, covering(atBoundary, t), b.cost+costSkip, nil)
		}
		next, cost, state := i+1, costUncovered, max(s, uncovered)
		for _, h := range c.at(i) {
			if h.num >= 0 && h.to <= c.limit {
				next, cost, state = h.to, costFigure, behindFigure
				if t == noTopic {
					t = ofOther // unknown figures: what follows may be theirs
				}
			}
		}
		if next == i+1 && c.close[i] > i && c.close[i] < c.limit {
			next = c.close[i] + 1
		}
		c.reach(i, at, next, covering(state, t), b.cost+int32(cost), nil)
	}
}

// cheapest are the frames of the cheapest way through the clause.
func (c *chart) cheapest() []match {
	n := c.limit - c.from
	last := 0
	for at, b := range c.best[n] {
		if b.cost > 0 && (c.best[n][last].cost == 0 || b.cost < c.best[n][last].cost) {
			last = at
		}
	}
	var list []match
	ragged := false
	for i, at := n, last; i > 0; {
		b := c.best[i][at]
		switch {
		case b.match != nil:
			m := *b.match
			from := len(c.said)
			c.said = c.words(m.taken, c.said)
			m.ragged, m.words = ragged, c.said[from:len(c.said):len(c.said)]
			list = append(list, m)
			ragged = false
		case c.s[c.from+int(b.place)] == '、':
			ragged = false
		case at >= nTopics: // not at a boundary
			ragged = true
		}
		i, at = int(b.place), int(b.state)
	}
	slices.Reverse(list)
	return list
}

// symbols are the words that a clause has.
func (c *chart) symbols(from, to int) symbolSet {
	var has symbolSet
	for _, h := range c.hits[c.first[from]:c.first[to]] {
		for i := range has {
			has[i] |= h.entry.is[i]
		}
	}
	return has
}

// canRead reports whether a clause has the words that the pattern needs.
func (p *pattern) canRead(has *symbolSet) bool {
	if p.all[0]&^has[0]|p.all[1]&^has[1]|p.all[2]&^has[2]|p.all[3]&^has[3]|p.all[4]&^has[4]|p.all[5]&^has[5] != 0 {
		return false
	}
	for i := range p.needs {
		if !p.needs[i].meets(has) {
			return false
		}
	}
	return true
}

// words lists what a reading took, in order.
func (c *chart) words(t int32, list []taken) []taken {
	if t == 0 {
		return list
	}
	n := c.nodes[t]
	if n.left != 0 {
		return c.words(n.right, c.words(n.left, list))
	}
	return append(list, n)
}

// trace shows how clauses are read, for those who write the grammar.
var trace func(c *chart, m match)

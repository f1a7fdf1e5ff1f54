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
	cost  int // 0 is not reached
	place int // where it came from
	state int
	match *match
}

// covering is a way to stand at a place: in one of the states above, with a topic.
func covering(state int, t topic) int { return state*nTopics + int(t) }

// cover reads a clause: the frames that take most of it for the least.
func (c *chart) cover(from, to int, t topic) []match {
	c.begin(from, to)
	c.best = append(c.best[:0], make([][nStates * nTopics]step, to-from+1)...)
	best := c.best
	best[0][covering(atBoundary, t)].cost = costStart
	reach := func(place, at int, s step) {
		if b := &best[place-from][at]; b.cost == 0 || s.cost < b.cost {
			*b = s
		}
	}
	has := c.symbols(from, to)
	type readable struct {
		*frame
		p *pattern
	}
	var frames []readable
	for _, f := range c.g.frames {
		for _, p := range f.patterns {
			if p.canRead(&has) {
				frames = append(frames, readable{f, p})
			}
		}
	}
	for i := from; i < to; i++ {
		if slices.ContainsFunc(best[i-from][:nTopics], func(s step) bool { return s.cost > 0 }) {
			for _, h := range c.at(i) {
				if h.to > to || !h.entry.is.has(skip) && !h.entry.is.has(join) {
					continue
				}
				for at := range nTopics {
					if b := best[i-from][at]; b.cost > 0 {
						reach(h.to, at, step{b.cost + costSkip, i, at, nil})
					}
				}
			}
			for _, f := range frames {
				for _, it := range c.read(f.p, i) {
					if it.end == i || f.ends && it.end < to && c.s[it.end] != '、' {
						continue
					}
					var m *match
					for at := range nTopics {
						b := best[i-from][at]
						if b.cost == 0 || !f.isIn(topic(at)) {
							continue
						}
						cost, next := b.cost+it.cost+costFrame+f.cost, covering(atBoundary, f.leaves(topic(at)))
						if o := best[it.end-from][next]; o.cost > 0 && o.cost <= cost {
							continue
						}
						if m == nil {
							m = &match{frame: f.frame, from: i, to: it.end, taken: it.taken}
						}
						reach(it.end, next, step{cost, i, at, m})
					}
				}
			}
		}
		for at, b := range best[i-from] {
			if b.cost == 0 {
				continue
			}
			s, t := at/nTopics, topic(at%nTopics)
			if s == behindFigure && c.s[i] == '、' {
				reach(i+1, covering(atBoundary, t), step{b.cost + costSkip, i, at, nil})
			}
			next, cost, state := i+1, costUncovered, max(s, uncovered)
			for _, h := range c.at(i) {
				if h.num >= 0 && h.to <= to {
					next, cost, state = h.to, costFigure, behindFigure
				}
			}
			if next == i+1 && c.close[i] > i && c.close[i] < to {
				next = c.close[i] + 1
			}
			reach(next, covering(state, t), step{b.cost + cost, i, at, nil})
		}
	}
	last := 0
	for at, b := range best[to-from] {
		if b.cost > 0 && (best[to-from][last].cost == 0 || b.cost < best[to-from][last].cost) {
			last = at
		}
	}
	var list []match
	ragged := false
	for i, at := to, last; i > from; {
		b := best[i-from][at]
		switch {
		case b.match != nil:
			m := *b.match
			m.ragged, m.words = ragged, c.words(m.taken, nil)
			list = append(list, m)
			ragged = false
		case c.s[b.place] == '、':
			ragged = false
		case at >= nTopics: // not at a boundary
			ragged = true
		}
		i, at = b.place, b.state
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
	for i := range p.needs {
		if !p.needs[i].meets(has) {
			return false
		}
	}
	return true
}

// isIn reports whether the frame is read where the topic is spoken of.
func (f *frame) isIn(t topic) bool { return len(f.in) == 0 || slices.Contains(f.in, t) }

// leaves is the topic behind the frame.
func (f *frame) leaves(t topic) topic {
	switch {
	case f.says == "other", f.says == "not_ours":
		return ofOther
	case f.says == "heading", f.sets != noTopic && (t != ofOther || len(f.in) == 0):
		return f.sets
	}
	return t
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

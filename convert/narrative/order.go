package narrative

// partial is a way to read some of the parts that come in any order.
type partial struct {
	item
	has   uint32 // of the parts
	done  bool   // what can follow it was read
	after bool   // its figure is read
}

// anyOrder reads parts that come in any order. What follows the figure costs more than
// what stands before it, so that a figure is read with what leads up to it.
func (c *chart) anyOrder(p *pattern, i int) []item {
	all := uint32(1)<<p.must - 1
	states := append(make([]partial, 0, 16), partial{item: item{end: i}})
	for {
		k := -1
		for j := range states {
			if !states[j].done && (k < 0 || states[j].end < states[k].end) {
				k = j
			}
		}
		if k < 0 {
			break
		}
		states[k].done = true
		s := states[k]
		for _, from := range c.skipFrom(s.end) {
			if from.end >= c.limit || s.end == i && from.end > i {
				continue
			}
			for part, kid := range p.kids {
				once := part < p.must || kid.op == opOptional
				if once && s.has&(1<<part) != 0 || !kid.free && !c.starts[from.end].meets(&kid.first) {
					continue
				}
				for _, it := range c.read(kid, from.end) {
					if it.end == from.end {
						continue
					}
					next := partial{item: item{end: it.end, cost: s.cost + from.cost + it.cost}, has: s.has, after: s.after}
					if once {
						next.has |= 1 << part
					}
					if next.after {
						next.cost += costAfter
					}
					next.after = next.after || kid.op == opWord && kid.sym == figure
					states = c.addPartial(states, next, s.taken, it.taken)
				}
			}
		}
	}
	var list []item
	for _, s := range states {
		if s.has&all == all {
			list = c.add(list, s.item)
		}
	}
	return list
}

// addPartial keeps the cheapest of those that end at a place with the same parts.
func (c *chart) addPartial(list []partial, s partial, left, right int32) []partial {
	for i := range list {
		if o := &list[i]; o.end == s.end && o.has == s.has {
			if s.cost < o.cost {
				s.taken = c.both(left, right)
				*o = s
			}
			return list
		}
	}
	s.taken = c.both(left, right)
	return append(list, s)
}

package check

import "slices"

// What is said behind a number may take it back: (不属于政府信息公开), (1—10月数据),
// 加上年结转的2件共办结13件.

// retract takes back the claims made since a place, of the given rules or of all.
func (e *extractor) retract(since int, rules ...string) {
	e.claims = slices.DeleteFunc(e.claims, func(c claim) bool {
		return c.focus.from >= since && (len(rules) == 0 || slices.Contains(rules, c.rule))
	})
}

// field follows whether disputes about disclosure are spoken of, or others.
func (e *extractor) field(before, after []token) {
	is := func(k kind) func(token) bool { return func(t token) bool { return t.kind == k } }
	switch {
	case slices.ContainsFunc(before, is(elsewhere)):
		e.elsewhere = true
	case slices.ContainsFunc(after, is(elsewhere)):
		e.elsewhere = true
		if slices.ContainsFunc(before, is(among)) { // 行政复议3件，其中2件不涉及政府信息公开
			e.retract(e.clauseFrom, "N201", "N202")
		}
	case slices.ContainsFunc(before, func(t token) bool {
		return t.kind == application || t.kind == filler && endsIn(e.text(t.from, t.to), []string{"信息公开", "信息公开工作"})
	}):
		e.elsewhere = false
	}
}

// handledInAll reads 办结11件，加上年结转2件，共13件: what was handled is the 13.
func (e *extractor) handledInAll(t token) bool {
	n := len(e.claims)
	if n < 2 || e.claims[n-2].focus.from < e.sentences[len(e.sentences)-1] {
		return false
	}
	handled, carried := &e.claims[n-2], e.claims[n-1]
	if handled.rule != "N104" || carried.rule != "N102" || !handled.value.Add(carried.value).Equal(t.value) {
		return false
	}
	handled.value, handled.focus, handled.to = t.value, t, t.to
	return true
}

// dropHandledBefore leaves of what one sentence says was handled only what it says
// was in all: not the 11 of 办结11件，加上年结转的2件共办结13件, nor of 办结13件，其中按期办结11件.
func (e *extractor) dropHandledBefore() {
	starts := append(e.sentences, len(e.runes)+1)
	sentence := func(c claim) int {
		i, _ := slices.BinarySearch(starts, c.focus.from+1)
		return i
	}
	all := map[int]claim{}
	for _, c := range e.claims {
		if c.rule != "N104" {
			continue
		}
		if old, ok := all[sentence(c)]; !ok || c.inAll && old.value.Decimal().LessThan(c.value.Decimal()) {
			all[sentence(c)] = c
		}
	}
	e.claims = slices.DeleteFunc(e.claims, func(c claim) bool {
		whole := all[sentence(c)]
		return c.rule == "N104" && (c.among || whole.inAll) && c.value.Decimal().LessThan(whole.value.Decimal())
	})
}

// span is what to quote for a number: the words around it, without the mark that
// sets it apart from what stands before.
func (e *extractor) span(t token, before, after []token) {
	e.from, e.to, e.wide = t.from, t.to, false
	for _, b := range before {
		if b.kind != join {
			e.from = min(e.from, b.from)
			break
		}
	}
	if n := len(after); n > 0 {
		e.to = after[n-1].to
	}
}

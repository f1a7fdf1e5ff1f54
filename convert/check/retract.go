package check

import "slices"

// What is said behind a number may take it back: (不属于政府信息公开), (1—10月数据),
// 加上年结转的2件共办结13件.

// retract takes back the claims made since a place, of the given rules or of all.
func (e *extractor) retract(since int, rules ...string) {
	n := len(e.claims)
	for n > 0 && e.claims[n-1].focus.from >= since {
		n--
	}
	last := slices.DeleteFunc(e.claims[n:], func(c claim) bool { return len(rules) == 0 || slices.Contains(rules, c.rule) })
	e.claims = e.claims[:n+len(last)]
}

// field follows whether disputes about disclosure are spoken of, or others.
func (e *extractor) field(before, after []token) {
	has := func(toks []token, k kind) bool {
		return slices.ContainsFunc(toks, func(t token) bool { return t.kind == k })
	}
	aboutDisclosure := func(toks []token) bool {
		return slices.ContainsFunc(toks, func(t token) bool {
			return t.kind == filler && endsIn(e.text(t.from, t.to), []string{"信息公开", "信息公开工作"})
		})
	}
	others := has(before, elsewhere) || has(after, elsewhere)
	if has(before, among) && !has(before, dispute) && (has(after, elsewhere) || aboutDisclosure(before) || aboutDisclosure(after)) {
		e.retract(e.clauseFrom, "N201", "N202") // 行政复议3件，其中涉及政府信息公开1件
	}
	switch {
	case others:
		e.elsewhere = true
	case has(before, application), aboutDisclosure(before):
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
	type handled struct {
		sentence int
		name     string
	}
	of := func(c claim) handled {
		i, _ := slices.BinarySearch(starts, c.focus.from+1)
		return handled{i, c.name}
	}
	all := map[handled]claim{}
	for _, c := range e.claims {
		if c.rule != "N104" {
			continue
		}
		if old, ok := all[of(c)]; !ok || c.inAll && old.value.Decimal().LessThan(c.value.Decimal()) {
			all[of(c)] = c
		}
	}
	e.claims = slices.DeleteFunc(e.claims, func(c claim) bool {
		whole := all[of(c)]
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

package narrative

import (
	"slices"

	"nianbao/convert/organization"
)

// What is said behind a number may take it back: (不属于政府信息公开), (1—10月数据),
// 加上年结转的2件共办结13件.

// retract takes back the claims made since a place, of the given rules or of all.
func (e *extractor) retract(since int, rules ...string) {
	n := len(e.claims)
	for n > 0 && e.claims[n-1].Focus.From >= since {
		n--
	}
	last := slices.DeleteFunc(e.claims[n:], func(c Claim) bool { return len(rules) == 0 || slices.Contains(rules, c.Rule) })
	e.claims = e.claims[:n+len(last)]
}

// field follows whether disputes about disclosure are spoken of, or others.
func (e *extractor) field(before, after []token) {
	has := func(toks []token, k kind) bool {
		return slices.ContainsFunc(toks, func(t token) bool { return t.kind == k })
	}
	aboutDisclosure := func(toks []token) bool {
		return slices.ContainsFunc(toks, func(t token) bool {
			return t.kind == filler && organization.EndsIn(e.Text(t.From, t.To), []string{"信息公开", "信息公开工作"})
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
	if n < 2 || e.claims[n-2].Focus.From < e.sentences[len(e.sentences)-1] {
		return false
	}
	handled, carried := &e.claims[n-2], e.claims[n-1]
	if handled.Rule != "N104" || carried.Rule != "N102" || !handled.Value.Add(carried.Value).Equal(t.value) {
		return false
	}
	handled.Value, handled.Focus, handled.To = t.value, t, t.To
	return true
}

// dropHandledBefore leaves of what one sentence says was handled only what it says
// was in all: not the 11 of 办结11件，加上年结转的2件共办结13件, nor of 办结13件，其中按期办结11件.
func (e *extractor) dropHandledBefore() {
	starts := append(e.sentences, len(e.Runes)+1)
	type handled struct {
		sentence int
		name     string
	}
	of := func(c Claim) handled {
		i, _ := slices.BinarySearch(starts, c.Focus.From+1)
		return handled{i, c.Name}
	}
	all := map[handled]Claim{}
	for _, c := range e.claims {
		if c.Rule != "N104" {
			continue
		}
		if old, ok := all[of(c)]; !ok || c.inAll && old.Value.Decimal().LessThan(c.Value.Decimal()) {
			all[of(c)] = c
		}
	}
	e.claims = slices.DeleteFunc(e.claims, func(c Claim) bool {
		whole := all[of(c)]
		return c.Rule == "N104" && (c.among || whole.inAll) && c.Value.Decimal().LessThan(whole.Value.Decimal())
	})
}

// span is what to quote for a number: the words around it, without the mark that
// sets it apart from what stands before.
func (e *extractor) span(t token, before, after []token) {
	e.from, e.to, e.wide = t.From, t.To, false
	for _, b := range before {
		if b.kind != join {
			e.from = min(e.from, b.From)
			break
		}
	}
	if n := len(after); n > 0 {
		e.to = after[n-1].To
	}
}

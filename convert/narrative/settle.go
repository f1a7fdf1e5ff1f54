package narrative

import (
	"slices"

	"nianbao/convert/report"
)

// retract takes back what the sentence has said: all of it, or what is named, or only
// what was said last.
func (r *reader) retract(says []string, last bool) {
	drop := func(c Claim) bool {
		return c.sentence == r.sentence && (len(says) == 0 || slices.Contains(says, c.says) || slices.Contains(says, c.Frame))
	}
	if last {
		if n := len(r.out.Claims); n > 0 && drop(r.out.Claims[n-1]) && (r.out.Claims[n-1].among || r.out.Claims[n-1].inTime) {
			r.out.Claims = r.out.Claims[:n-1]
		}
		return
	}
	r.out.Claims = slices.DeleteFunc(r.out.Claims, drop)
	r.out.Lenient = slices.DeleteFunc(r.out.Lenient, drop)
}

// confirm makes strict what the sentence has said of lenient frames.
func (r *reader) confirm(says []string) {
	for i, c := range r.out.Lenient {
		if c.sentence == r.sentence && slices.Contains(says, c.says) && !c.ragged {
			r.out.Claims = append(r.out.Claims, c)
			r.out.Lenient = slices.Delete(r.out.Lenient, i, i+1)
			return
		}
	}
}

// saidNone reports whether the last claim is that there is none: of no disputes there are
// results.
func (r *reader) saidNone() bool {
	k := len(r.out.Claims)
	return k > 0 && r.out.Claims[k-1].sentence == r.sentence && r.out.Claims[k-1].Value.Equal(report.Int(0))
}

// saidOf reports whether the sentence has said how many there are of a name.
func (r *reader) saidOf(name string) bool {
	return slices.ContainsFunc(r.out.Claims, func(c Claim) bool { return c.sentence == r.sentence && c.Name == name })
}

// doubtContradictions leaves lenient what one sentence says in two figures: 网上申请8件，
// 答复8件，信函申请4件，答复4件 are parts of a whole that it does not name. Of a whole and
// its parts the whole holds, and what is said to be in all.
func (r *reader) doubtContradictions() {
	var sure []Claim
	strict, lenient := bySentence(r.out.Claims), bySentence(r.out.Lenient)
	for _, c := range r.out.Claims {
		others := c.othersOf(strict[c.sentence], strict[c.sentence])
		if c.says == "document" {
			others = append(others, c.othersOf(lenient[c.sentence], strict[c.sentence])...)
		}
		if c.exact {
			others = slices.DeleteFunc(others, func(o Claim) bool { return !o.exact })
		}
		if len(others) == 0 || c.Rule == "N402" || c.isWholeOf(others) {
			sure = append(sure, c)
		} else {
			r.out.Lenient = append(r.out.Lenient, c)
		}
	}
	r.out.Claims = sure
}

// bySentence parts claims by their sentences.
func bySentence(list []Claim) map[int][]Claim {
	parts := map[int][]Claim{}
	for _, c := range list {
		parts[c.sentence] = append(parts[c.sentence], c)
	}
	return parts
}

// othersOf are those of the claims of its sentence that say a claim's name with other
// figures, but for what the sentence, all its strict claims, adds up.
func (c Claim) othersOf(list, sentence []Claim) []Claim {
	var others []Claim
	for _, o := range list {
		if o.Name == c.Name && o.Rule == c.Rule && !o.Value.Equal(c.Value) && !o.addedUp(sentence) && !c.addedUp(sentence) {
			others = append(others, o)
		}
	}
	return others
}

// addedUp reports whether the text adds up the figure itself: it may be of another sum.
func (c Claim) addedUp(sentence []Claim) bool {
	return slices.ContainsFunc(sentence, func(o Claim) bool { return o.Rule == "N402" && o.Focus == c.Focus })
}

// isWholeOf reports whether a claim is the whole, of which the others are parts.
func (c Claim) isWholeOf(others []Claim) bool {
	if c.says == "document" || c.says == "result" {
		return false // of several words for one cell, none says how many it has
	}
	among := false
	for _, o := range others {
		among = among || o.among
		if o.inAll && !c.inAll || o.Focus.From < c.Focus.From && !c.inAll || o.Value.Decimal().GreaterThan(c.Value.Decimal()) {
			return false
		}
	}
	return among || c.inAll
}

// within reports whether what was counted last is a group that the outcomes belong to:
// 不予公开3件，均为四类过程性信息.
func (r *reader) within(list []label) bool {
	k := len(r.out.Claims)
	if k == 0 || r.out.Claims[k-1].says != "outcome" || len(list) != 1 || r.out.Claims[k-1].sentence != r.sentence {
		return false
	}
	group := r.out.Claims[k-1].Rows[0]
	return len(list[0].keys) < len(group) && contains(group, list[0].keys)
}

// doubt makes lenient what the sentence has said.
func (r *reader) doubt(of func(Claim) bool) {
	r.out.Claims = slices.DeleteFunc(r.out.Claims, func(c Claim) bool {
		if !of(c) {
			return false
		}
		r.out.Lenient = append(r.out.Lenient, c)
		return true
	})
}

// handledInAll reads 办结11件，加上年结转2件，共13件: what was handled is the 13.
func (r *reader) handledInAll(n number) bool {
	k := len(r.out.Claims)
	if k < 2 || r.out.Claims[k-2].sentence != r.sentence {
		return false
	}
	handled, carried := &r.out.Claims[k-2], r.out.Claims[k-1]
	if handled.Rule != "N104" || carried.Rule != "N102" || !handled.Value.Add(carried.Value).Equal(n.value) {
		return false
	}
	handled.Value, handled.Focus, handled.To = n.value, Span{n.from, n.to}, max(handled.To, n.to)
	return true
}

// dropHandledBefore leaves of what one sentence says was handled only what it says
// was in all: not the 11 of 办结11件，加上年结转的2件共办结13件, nor of 办结13件，其中按期办结11件.
func (r *reader) dropHandledBefore() {
	type handled struct {
		sentence int
		name     string
	}
	all := map[handled]Claim{}
	for _, c := range r.out.Claims {
		k := handled{c.sentence, c.Name}
		if old, ok := all[k]; c.Rule == "N104" && (!ok || c.inAll && old.Value.Decimal().LessThan(c.Value.Decimal())) {
			all[k] = c
		}
	}
	r.out.Claims = slices.DeleteFunc(r.out.Claims, func(c Claim) bool {
		if c.Rule != "N104" {
			return false
		}
		whole := all[handled{c.sentence, c.Name}]
		return (c.among || whole.inAll) && c.Value.Decimal().LessThan(whole.Value.Decimal())
	})
}

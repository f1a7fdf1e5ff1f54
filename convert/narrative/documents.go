package narrative

import "slices"

// What is said of regulations and normative documents leaves much unsaid: 制发6件、废止
// 2件 of what was named before, 规章2件、规范性文件5件 of what was done with both.

// document takes up what a frame leaves unsaid of documents, and reports whether it is
// known then what its figures count.
func (r *reader) document(f *frame, b *bag) bool {
	st := &r.state
	if len(b.acts) == 0 {
		b.acts = st.act
		if len(b.acts) == 0 && (b.among || st.last == "document") {
			b.acts = st.acted
		}
	}
	if b.none && len(b.acts) == 0 && len(r.g.issued.keys) > 0 {
		b.acts = []label{r.g.issued} // 本局无规章
	}
	again := len(b.documents) == 0 && st.last == "document" && namesOf(st.counted) == namesOf(b.acts) // 制发8件，其中以县政府名义印发3件
	if len(b.documents) == 0 {
		b.documents = st.document
	}
	st.counted = b.acts
	if !again && len(b.documents) > 0 && len(b.acts) > 0 {
		return true
	}
	st.parted = st.parted || again && b.among
	if again && !st.parted {
		name := namesOf(b.documents) + "·" + namesOf(b.acts)
		r.doubt(func(c Claim) bool { return c.Name == name && c.sentence == r.sentence && (b.inPart || !c.exact) })
	}
	for _, num := range b.figures {
		if again && b.inPart {
			st.parts = append(st.parts, part{value: r.numbers[num].value, class: f.part, from: b.from})
		}
		r.uncompared(num)
	}
	return false
}

// sumOfDocuments reads 以县政府名义印发3件，以县政府办公室名义印发5件，共8件: what counts
// is the 8.
func (r *reader) sumOfDocuments(b *bag, n number) {
	for _, list := range []*[]Claim{&r.out.Claims, &r.out.Lenient} {
		for i := len(*list) - 1; i >= 0; i-- {
			whole := (*list)[i]
			if whole.says != "document" || whole.sentence != r.sentence {
				continue
			}
			*list = slices.Delete(*list, i, i+1)
			whole.Value, whole.Focus, whole.To = n.value, Span{n.from, n.to}, max(b.to, n.to)
			r.out.Claims = append(r.out.Claims, whole)
			return
		}
	}
}

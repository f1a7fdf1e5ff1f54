package narrative

import (
	"slices"

	"nianbao/convert/report"
)

// count makes claims of the figures of a frame, or of its saying that there is none.
func (r *reader) count(m match, b *bag) {
	st := &r.state
	f := m.frame
	strict := !m.ragged && !f.lenient && st.owner != perhaps
	silent := meanings[f.says].rule == "" || st.owner == others || st.period == others && !f.whenever || st.future
	if f.repeats && len(b.figures) == 0 && !b.none {
		if f.says == "outcome" && st.seenAs == "outcome" && !r.within(b.outcomes) {
			return
		}
		b.figures = append(b.figures, st.seen)
	}
	if f.says == "outcome" && st.last == "" && !f.repeats && (b.behind == "bare" || b.behind == "nothing" && b.was == noTopic && !b.among) {
		st.unsure = true // 依申请公开27件、不予公开13件: of documents
	}
	if f.says == "outcome" && st.unsure {
		strict = false
	}
	if f.says == "channel" && b.handles {
		st.byWay = true
	}
	if f.says == "handled" && (b.inPart || st.byWay && !b.sum) {
		strict = false // 网上答复5件，书面答复7件; 以县政府名义答复5件
	}
	if st.aside && !f.repeats && len(b.outcomes) == 1 && b.outcomes[0].name == r.g.others.name {
		strict = false // 逾期未补正3件，其他处理4件: the 4 may be without the 3
	}
	strict = strict && (f.says != "worked" || !b.inPart)              // 12件以沟通方式处理
	strict = strict && (f.says != "carried_over" || st.last != "new") // 新收52件、结转3件: from last year
	if f.says == "dispute" && len(b.disputes) == 0 && !b.none {
		b.disputes = st.disputes
	}
	if f.says == "dispute" {
		st.unsureOf = silent || !strict
	}
	if f.says == "result" {
		strict = strict && !(st.unsureOf && len(b.disputes) == 0) // 受理行政复议申请126件，维持41件: of whom is not known
		if len(b.disputes) == 0 && st.several && !b.none && !f.repeats && r.saidNone() {
			b.disputes, st.several = st.before, false // 行政复议12件，行政诉讼0件，结果维持3件
		}
		if len(b.disputes) == 0 {
			b.disputes = st.disputes
			strict = strict && (!st.several || b.none)
			if st.several && b.none {
				b.disputes = slices.Concat(st.before, st.disputes)
			}
		} else {
			st.disputes, st.several = b.disputes, false
		}
	}
	if f.says == "document" && !r.document(f, b) {
		return
	}
	if f.zero && slices.ContainsFunc(b.figures, func(num int) bool { return !r.numbers[num].value.Equal(report.Int(0)) }) {
		return
	}
	if f.says == "several" {
		r.severalKinds(m, b, silent, strict)
		return
	}
	if f.says != "applicant" && len(b.people) > 1 {
		b.people = nil // 公民、企业和律师 are anyone
	}
	if f.says == "dispute" && b.none && len(b.disputes) == 0 && len(st.disputes) > 0 && slices.Contains(f.after, "heading") {
		b.disputes = st.disputes
	}
	if f.says == "dispute" && b.none && len(b.disputes) == 0 {
		b.disputes = slices.Concat(r.g.reviewed, r.g.litigated)
	}
	if f.says == "received" && len(b.disputes) > 0 && len(b.figures) == 1 { // 申请、复议、诉讼均为0
		n := r.numbers[b.figures[0]]
		if !n.value.Equal(report.Int(0)) {
			r.uncompared(b.figures[0])
			return
		}
		b.none, b.negation, b.figures = true, Span{n.from, n.to}, nil
	}
	b.says = f.says
	list := b.split()
	switch {
	case b.none && len(b.figures) == 0:
		if silent || !strict {
			break
		}
		for _, one := range list {
			r.claim(f, b, one, report.Int(0), b.negation, true)
		}
		if f.says == "received" && b.each && b.works {
			r.claim(f, b, counted{says: "worked"}, report.Int(0), b.negation, true)
		}
		if f.says == "received" && len(b.disputes) > 0 {
			for _, d := range b.disputes {
				r.claim(f, b, counted{says: "dispute", disputes: []label{d}}, report.Int(0), b.negation, true)
			}
		}
	case (b.zip || len(list) > 1) && len(b.figures) == len(list):
		for i, one := range list {
			r.figure(m, b, one, b.figures[i], silent, strict)
		}
	case len(list) > 1 && len(b.figures) == 1 && (b.each || f.says == "dispute" && r.numbers[b.figures[0]].value.Equal(report.Int(0))):
		for _, one := range list {
			r.figure(m, b, one, b.figures[0], silent, strict)
		}
	case len(b.figures) == 1:
		r.figure(m, b, b.counted, b.figures[0], silent, strict)
	default:
		for _, num := range b.figures {
			r.uncompared(num)
			st.parts = append(st.parts, part{})
		}
	}
	if meanings[f.says].rule != "" && f.says != "sum" || remembered(f.says) {
		if !silent || st.owner == others || remembered(f.says) {
			st.last = f.says
		}
	}
}

// severalKinds reads 申请、答复、复议、诉讼件数分别为22件、22件、1件、0件.
func (r *reader) severalKinds(m match, b *bag, silent, strict bool) {
	var kinds []counted
	for _, t := range m.words {
		switch {
		case t.slot:
		case t.sym == dispute:
			kinds = append(kinds, counted{says: "dispute", disputes: []label{t.entry.labels[dispute]}})
		case r.g.role[t.sym] == "count_received":
			kinds = append(kinds, counted{says: "received"})
		case r.g.role[t.sym] == "count_handled":
			kinds = append(kinds, counted{says: "handled"})
		}
	}
	for i, num := range b.figures {
		if n := r.numbers[num]; len(kinds) == len(b.figures) && !silent {
			r.claim(m.frame, b, kinds[i], n.value, Span{n.from, n.to}, strict)
		} else {
			r.uncompared(num)
		}
	}
	r.state.last = "received"
}

// remembered reports whether what says nothing of the tables counts as what was said
// last.
func remembered(says string) bool { return says == "pending" || says == "quantity" }

// figure reads one figure of a frame.
func (r *reader) figure(m match, b *bag, one counted, num int, silent, strict bool) {
	st := &r.state
	n := r.numbers[num]
	f := m.frame
	if n.inexact {
		silent = true
	}
	if f.says == "requests" && st.last == "" && !silent {
		r.claim(f, b, counted{says: "received"}, n.value, Span{n.from, n.to}, false)
	} else if f.says == "requests" {
		r.uncompared(num)
	}
	if f.says == "bare" && st.owner != others && st.period != others {
		r.uncompared(num)
	}
	if f.says == "sum" {
		r.sum(m, b, n, silent)
		return
	}
	if !silent && !r.countedIn(n, b) {
		r.uncompared(num)
		st.parts = append(st.parts, part{})
		return
	}
	if b.addsUp && !silent && f.says == "received" {
		if run := st.run(); len(run) > 1 && run[0].class != "outcome" && run[0].class != "dispute" {
			r.sumOf(f, b, n, run)
		}
	}
	if !silent {
		r.claim(f, b, one, n.value, Span{n.from, n.to}, strict)
	}
	if meanings[f.says].rule == "" && f.part == "" && f.says != "bare" {
		return
	}
	p := part{value: n.value, class: f.part, from: b.from}
	if len(b.ways) == 1 {
		p.way = b.ways[0]
	}
	st.parts = append(st.parts, p)
	switch {
	case silent && f.says != "channel":
	case f.says == "received" && len(b.people) == 0:
		st.claimed, st.total, st.totalAt, st.unit = true, n.value, b.from, n.unit
	case f.says == "channel":
		r.halves(f, b, n)
	case f.says == "new" || f.says == "answered" || f.says == "worked":
		st.unit = n.unit
	}
}

// countedIn reports whether the number's unit is one that its kind comes in.
func (r *reader) countedIn(n number, b *bag) bool {
	switch n.unit {
	case "次":
		return b.dispute || len(b.results) > 0
	case "条", "项", "个", "部":
		switch {
		case b.applications, n.unit == r.state.unit:
			return true
		case b.says == "outcome" && !b.short, b.says == "applicant": // 收到申请5件，其中3条本机关不掌握相关政府信息
			return r.state.topic == ofApplications
		case b.says == "document" && n.unit == "个", len(b.documents) > 0 && n.unit == "部": // 现行有效行政规范性文件1个
			return true
		case b.dispute, b.says == "document": // 行政诉讼0条
			return n.value.Equal(report.Int(0))
		}
		return false
	}
	return true
}

// run is the list that the last figures make, if they are of one class.
func (st *state) run() []part {
	n := len(st.parts)
	i := n
	for i > 0 && st.parts[i-1].class != "" && st.parts[i-1].class == st.parts[n-1].class {
		i--
	}
	return st.parts[i:]
}

// sum reads 共27件 behind a list.
func (r *reader) sum(m match, b *bag, n number, silent bool) {
	st := &r.state
	f := m.frame
	if silent {
		st.parts = nil
		return
	}
	if r.handledInAll(n) {
		return
	}
	run := st.run()
	if len(run) < 2 {
		r.out.Uncompared = append(r.out.Uncompared, Figure{n.value, Span{n.from, n.to}, b.from, b.to})
		return
	}
	class := run[0].class
	if class == "document" {
		r.sumOfDocuments(b, n)
		st.parts = nil
		return
	}
	r.sumOf(f, b, n, run)
	if (class == "input" || class == "channel" || class == "applicant") && (class == "input" || !st.claimed && (st.receiving || st.last == "")) {
		one := counted{says: "received"}
		from := b.from
		r.claim(f, b, one, n.value, Span{n.from, n.to}, !m.ragged && st.owner != perhaps)
		b.from = from
		st.topic = ofApplications
		st.claimed, st.total, st.totalAt = true, n.value, b.from
	}
	if class == "outcome" && len(run) > 5 {
		r.claim(f, b, counted{says: "handled"}, n.value, Span{n.from, n.to}, !m.ragged && st.owner != perhaps)
	}
	st.parts = nil
}

// sumOf claims that a list adds up.
func (r *reader) sumOf(f *frame, b *bag, n number, run []part) {
	c := Claim{Frame: f.id, Rule: "N402", Name: "合计", Value: n.value, Focus: Span{n.from, n.to}, From: min(b.from, run[0].from), To: b.to, says: "sum", sentence: r.sentence}
	for _, p := range run {
		c.Parts = append(c.Parts, p.value)
	}
	r.out.Claims = append(r.out.Claims, c)
}

// halves claims that the two ways of applying make up the whole before them:
// 共收到27件，其中线上4件，线下23件.
func (r *reader) halves(f *frame, b *bag, n number) {
	st := &r.state
	k := len(st.parts)
	if k < 2 || st.total.Blank() {
		return
	}
	x, y := st.parts[k-2], st.parts[k-1]
	if x.way != "线上" || y.way != "线下" {
		x, y = y, x
	}
	if x.way != "线上" || y.way != "线下" {
		return
	}
	c := Claim{Frame: f.id, Rule: "N402", Name: "合计", Value: st.total, Focus: Span{n.from, n.to}, From: st.totalAt, To: b.to, says: "sum", sentence: r.sentence}
	c.Parts = []report.Number{st.parts[k-2].value, st.parts[k-1].value}
	r.out.Claims = append(r.out.Claims, c)
	st.total = report.Number{}
}

// Package narrative reads what a report's text says of its tables: [Of] extracts the
// claims of a paragraph, such as that 27 applications were received, each with the
// rows and columns of the form that it is about. Whether they agree with the tables
// is for package check to say. Words that are in no list beside a number mean
// silence.
package narrative

import (
	"slices"

	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// The claim extractor. A text is cut into tokens (lexer.go) by the vocabulary
// (words.go, lexicon.go). They are read once from left to right, sentence by
// sentence and clause by clause; what stands around each number says what it
// counts (topics.go). Where that is not certain there is no claim: a false alarm
// costs the clerk as much as a missed error.
//
// What a clause does not say is taken from the context: what was spoken of before
// it in the paragraph, and whose figures of which year these are (whose.go).

// context is what a clause can leave unsaid.
type context struct {
	object       kind          // application, dispute, document or foreign: what was last spoken of
	words        []token       // of a dispute or document
	receiving    bool          // the sentence says how many applications came in …
	claimed      bool          // … and how many in all
	total        report.Number // which is the last number, parts of it aside
	totalFrom    int
	anotherYear  bool
	anotherOrgan bool
	elsewhere    bool // disputes that are not about disclosure
}

// segment is the state of reading between two marks. Brackets begin a new one
// and come back to it.
type segment struct {
	context
	tokens   []token  // since the last number or mark
	parts    []listed // numbers that a sum may follow
	acts     []token  // 现行有效的规章2件、规范性文件9件: said once
	pending  []topics
	listFrom int // where what is pending begins
}

// listed is a number of a list, and what kind of list.
type listed struct {
	value report.Number
	class string
	way   string // of applying
	from  int
}

// extractor reads one paragraph.
type extractor struct {
	prose.Prose
	organization string
	segment
	outside    []segment // of brackets
	bracket    int       // where the last one opened
	newStart   bool      // the next token begins a sentence
	sentences  []int     // where each starts
	clauseFrom int       // where what ； or 。 ends began
	wide       bool      // what to quote has other figures in it
	from, to   int       // what to quote for the number that is read
	strange    bool      // the paragraph has words that are in no list
	unsure     *Claim    // that is one if it turns out that applications are spoken of
	claims     []Claim
}

// Of extracts the claims of a paragraph.
func Of(l Lexicon, p prose.Prose, year int, name string) []Claim {
	e := &extractor{Prose: p, organization: organization.Plain(name), newStart: true}
	toks := l.tokens(p, year)
	for i := 0; i < len(toks); i++ {
		t := toks[i]
		if e.newStart {
			e.startSentence(t)
		}
		switch t.kind {
		case comma:
			if p.Runes[t.From] == ':' && i+1 < len(toks) && toks[i+1].kind == figure { // 办结：6件
				continue
			}
			e.endClause(t)
			if p.Runes[t.From] == ';' {
				e.clauseFrom, e.elsewhere = t.To, false
			}
		case stop:
			e.endClause(t)
			for len(e.outside) > 0 {
				e.leave()
			}
			e.parts, e.pending, e.newStart = nil, nil, true
		case opening:
			e.outside = append(e.outside, e.segment)
			e.segment = segment{context: e.context}
			e.bracket = t.From
		case closing:
			inside := e.tokens
			figures := len(e.parts) > 0
			e.endClause(t)
			if !figures && slices.ContainsFunc(inside, func(t token) bool { return t.kind == part }) { // (1—10月数据)
				e.retract(e.sentences[len(e.sentences)-1])
			}
			e.leave()
			if len(inside) > 0 && inside[0].kind == among && inside[0].From == e.bracket+1 { // 予以公开（含部分公开）9件
				e.tokens = append(e.tokens, outcomesOf(inside)...)
			}
		case percent: // 负责人出庭应诉率100%
			e.elsewhere = e.elsewhere || slices.ContainsFunc(e.tokens, func(t token) bool { return t.kind == elsewhere })
			e.tokens = nil
		case figure:
			after := behind(toks[i+1:], slices.ContainsFunc(e.tokens, func(t token) bool { return slices.Contains(subjects, t.kind) }))
			e.number(t, after)
			e.tokens = nil
			i += len(after)
		case among:
			e.parts = nil
			e.tokens = append(e.tokens, t)
		default:
			e.strange = e.strange || t.kind == unknown
			e.tokens = append(e.tokens, t)
		}
	}
	e.endClause(token{From: len(p.Runes), To: len(p.Runes)})
	e.dropHandledBefore()
	return e.claims
}

func (e *extractor) startSentence(t token) {
	e.newStart, e.elsewhere, e.unsure = false, false, nil
	e.sentences = append(e.sentences, t.From)
	e.clauseFrom = t.From
	if t.kind != among { // 其中 goes on with the last sentence
		e.receiving, e.claimed, e.anotherYear, e.anotherOrgan = false, false, false, false
		e.total = report.Number{}
	}
}

// leave goes back to what was read before a bracket.
func (e *extractor) leave() {
	if n := len(e.outside); n > 0 {
		e.segment = e.outside[n-1]
		e.outside = e.outside[:n-1]
	}
}

func outcomesOf(toks []token) []token {
	var list []token
	for _, t := range toks {
		if t.kind == outcome {
			list = append(list, t)
		}
	}
	return list
}

// behind is what belongs to a number although it stands behind it: up to the next
// mark, or up to the next number when nothing before says what is counted.
func behind(toks []token, subjectBefore bool) []token {
	for i, t := range toks {
		switch t.kind {
		case comma, stop, opening, closing, join, among:
			return toks[:i]
		case figure, percent:
			if subjectBefore {
				return nil
			}
			return toks[:i]
		}
	}
	return toks
}

// number reads a number with the words around it.
func (e *extractor) number(t token, after []token) {
	before := e.tokens
	tp := sortTopics(before, after)
	comparing := tp.has(compare)
	e.scope(before, tp)
	e.span(t, before, after)
	e.field(before, after)
	if len(e.pending) > 0 && !tp.has(subjects...) {
		tp, e.pending = e.pending[0], e.pending[1:]
		e.from, e.wide = e.listFrom, true
	} else if e.pending = nil; tp.has(respectively) && !tp.has(lastYear) {
		list := tp.split()
		tp, e.pending = list[0], list[1:]
		e.listFrom, e.wide = e.from, true
	}
	if t.inexact || comparing || tp.has(respectively) && tp.has(lastYear) || e.anotherYear || e.anotherOrgan ||
		e.elsewhere && tp.has(dispute, result) || !tp.countedIn(t, before) {
		e.parts = append(e.parts, listed{from: e.from})
		e.total = report.Number{}
		return
	}
	if e.isSum(tp) {
		e.sum(t, tp)
		return
	}
	if tp.has(sumUp) && !tp.has(subjects...) && e.handledInAll(t) {
		return
	}
	if tp.has(document) && !tp.has(act) && !slices.ContainsFunc(before, func(t token) bool { return t.kind == unknown }) {
		tp.words[act] = e.acts
	}
	list := []topics{tp}
	if tp.has(each) {
		list = tp.split()
	}
	for _, one := range list {
		e.topic(t, one)
	}
}

// topic makes the claim of one topic, if it is one, and remembers it.
func (e *extractor) topic(t token, tp topics) {
	// One way of applying is a part of the whole; several with 共 are all of it.
	isPart := tp.has(channel) && !(len(tp.words[channel]) > 1 && tp.has(sumUp))
	c, ok := tp.claimOf(e.context)
	c.inAll, c.among = tp.has(sumUp), tp.has(among)
	switch {
	case ok && !isPart:
		e.claim(c, t)
	case !ok && e.object == 0 && !e.strange && tp.named(handle, strictly) && !tp.restricted && !tp.has(foreign, receive):
		u := Claim{Rule: "N104", Name: "办结", Table: Applications, Rows: [][]string{{processedTotal}}, Columns: []string{totalColumn}}
		u.Value, u.Focus, u.From, u.To = t.value, t, e.from, e.to
		e.unsure = &u
		return
	}
	class := ""
	switch {
	case isPart:
		class = "channel"
	case !ok:
	case c.Rule == "N103", c.Name == "结转下年度":
		class = "outcome"
	case c.Rule == "N102", c.Name == "新收":
		class = "input"
	case tp.has(applicant):
		class = "applicant"
	case tp.has(dispute):
		class = "dispute"
	}
	way := ""
	if isPart {
		way = e.Text(tp.words[channel][0].From, tp.words[channel][0].To)
	}
	e.parts = append(e.parts, listed{t.value, class, way, e.from})
	e.remember(tp, ok || isPart)
	e.acts = tp.words[act]
	switch {
	case isPart:
		e.halves(t)
	case ok && c.Rule == "N101" && c.Name == "收到":
		e.claimed, e.total, e.totalFrom = true, t.value, e.from
	default:
		e.total = report.Number{}
	}
}

// halves claims that the two ways of applying make up the whole before them:
// 共收到27件，其中线上4件，线下23件.
func (e *extractor) halves(t token) {
	n := len(e.parts)
	if n < 2 || e.total.Blank() {
		return
	}
	a, b := e.parts[n-2], e.parts[n-1]
	if a.way == "线上" && b.way == "线下" || a.way == "线下" && b.way == "线上" {
		e.from = min(e.totalFrom, e.from)
		e.claim(Claim{Rule: "N402", Name: "合计", Parts: []report.Number{a.value, b.value}}, token{word: t.word, From: t.From, To: t.To, value: e.total})
		e.total = report.Number{}
	}
}

// remember keeps what the next clauses can leave unsaid.
func (e *extractor) remember(tp topics, understood bool) {
	switch {
	case tp.has(foreign) && !tp.has(application), !understood && tp.has(receive, handle):
		e.object = foreign
	case tp.has(dispute):
		e.object, e.words = dispute, tp.words[dispute]
	case tp.has(document):
		e.object, e.words = document, tp.words[document]
	case tp.has(application):
		e.object = application
	}
	if tp.has(receive) && e.object == application {
		e.receiving = true
	}
}

// isSum reports whether a number only adds up others: 共27件, 共收到27件.
func (e *extractor) isSum(tp topics) bool {
	if !tp.has(sumUp) || tp.has(handle, outcome, carry, applicant, dispute, result, document, act, channel, foreign) || tp.restricted {
		return false
	}
	class := e.lastClass()
	if tp.has(receive, application) {
		return class == "channel" || class == "applicant" || class == "input"
	}
	return class != "" || e.receiving && !e.claimed
}

// lastClass is the class of the list that the last two numbers at least make.
func (e *extractor) lastClass() string {
	n := len(e.parts)
	if n < 2 || e.parts[n-1].class != e.parts[n-2].class {
		return ""
	}
	return e.parts[n-1].class
}

func (e *extractor) sum(t token, tp topics) {
	class := e.lastClass()
	if class != "" {
		c := Claim{Rule: "N402", Name: "合计"}
		for i := len(e.parts) - 1; i >= 0 && e.parts[i].class == class; i-- {
			c.Parts = append(c.Parts, e.parts[i].value)
			e.from = min(e.parts[i].from, e.from)
		}
		slices.Reverse(c.Parts)
		e.claim(c, t)
	}
	e.remember(tp, true)
	if class == "" {
		e.from, e.wide = e.sentences[len(e.sentences)-1], true
	}
	if !e.claimed && (e.receiving || class == "input") && class != "outcome" && class != "dispute" {
		e.claim(allReceived(), t)
		e.claimed = true
	}
	e.parts = nil
}

// allReceived is the claim of how many applications came in.
func allReceived() Claim {
	return Claim{Rule: "N101", Name: "收到", Table: Applications, Rows: received, Columns: []string{totalColumn}}
}

func (e *extractor) claim(c Claim, t token) {
	if e.unsure != nil && c.Name == "结转下年度" { // 全部14件中，已办结12件，2件结转至2025年
		e.claims = append(e.claims, *e.unsure)
		e.unsure = nil
	}
	c.Value, c.Focus, c.From, c.To, c.Wide = t.value, t, min(e.from, t.From), max(e.to, t.To), e.wide
	e.claims = append(e.claims, c)
}

// endClause reads a clause without a number, or what is left behind one: it may
// say that there was none, or whose figures follow.
func (e *extractor) endClause(mark token) {
	toks := e.tokens
	e.tokens, e.acts = nil, nil
	if len(toks) == 0 {
		return
	}
	tp := sortTopics(toks, nil)
	e.scope(toks, tp)
	e.span(token{From: toks[0].From, To: toks[len(toks)-1].To}, toks, nil)
	if tp.has(elsewhere) {
		e.retract(e.clauseFrom, "N201", "N202")
		return
	}
	if mark.kind == comma && e.Runes[mark.From] == ':' && !tp.has(subjects...) && !tp.has(application) {
		e.organ(toks)
	}
	if e.none(toks) {
		return
	}
	switch {
	case tp.has(foreign):
	case tp.has(dispute), tp.has(application), tp.has(document):
		e.remember(tp, true)
	}
}

// none reads a clause that says there was none: 未收到政府信息公开申请.
func (e *extractor) none(toks []token) bool {
	i := slices.IndexFunc(toks, func(t token) bool { return t.kind == negation })
	if i < 0 {
		return false
	}
	neg, rest := toks[i], toks[i+1:]
	if len(rest) > 1 && rest[1].kind == outcome && e.Text(rest[0].From, rest[0].To) == "公开" { // 未公开过程性信息
		return false
	}
	if !slices.ContainsFunc(rest, func(t token) bool { return slices.Contains(subjects, t.kind) || t.kind == application }) {
		rest = toks[:i] // 行政复议、行政诉讼均无
		if slices.ContainsFunc(toks[i+1:], func(t token) bool { return t.kind != filler }) {
			return false
		}
	}
	tp := sortTopics(rest, nil)
	last := -1
	for j, t := range rest {
		if slices.Contains(subjects, t.kind) || t.kind == application {
			last = j
		}
	}
	if last < 0 || e.anotherYear || e.anotherOrgan || tp.has(channel, foreign, compare) ||
		slices.ContainsFunc(rest, func(t token) bool { return t.kind == unknown }) || tp.has(handle) && !tp.has(dispute, carry, outcome) {
		return false
	}
	if tp.has(dispute) { // 公民因政府信息公开申请行政复议
		tp.words[applicant] = nil
	}
	neg.value = report.Int(0)
	found := false
	for _, one := range tp.split() {
		if c, ok := one.claimOf(e.context); ok {
			e.claim(c, neg)
			found = true
		}
	}
	if !found && tp.named(application, area) && !tp.has(subjects...) { // 无依申请公开
		e.claim(allReceived(), neg)
		found = true
	}
	// Applications and disputes in one breath: 未收到申请、未发生行政复议; 零申请、零复议.
	if tp.has(dispute) && tp.has(application) && tp.words[application][0].To < tp.words[dispute][0].From &&
		slices.ContainsFunc(rest, func(t token) bool {
			return t.kind == join && t.From > tp.words[application][0].From && t.To <= tp.words[dispute][0].From
		}) {
		e.claim(allReceived(), neg)
	}
	e.remember(tp, found)
	return found
}

// countedIn reports whether the number's unit is one that the topics come in.
// Without a unit it must follow what it counts at once: 予以公开6，部分公开8.
func (tp topics) countedIn(t token, before []token) bool {
	switch t.unit {
	case "件", "份", "封", "宗", "起", "例":
		return true
	case "条":
		return tp.has(application)
	case "个":
		return tp.has(application, document)
	case "部":
		return tp.has(document)
	case "":
		if len(before) == 0 {
			return false
		}
		last := before[len(before)-1]
		return last.kind == filler || last.kind == each || last.kind == respectively || last.kind == sumUp || last.kind == application ||
			slices.Contains(subjects, last.kind)
	}
	return false
}

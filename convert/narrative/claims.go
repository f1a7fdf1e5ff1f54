package narrative

import (
	"cmp"
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// Claim is a figure of the text that a figure of the tables, or of the text itself,
// should agree with.
type Claim struct {
	Frame   string // of the grammar
	Rule    string
	Name    string // what is counted, in the form's words
	Table   string
	Rows    [][]string // sums of rows; agreeing with one of them will do
	Also    [][]string // what else its words allow: it may agree with them, but not disagree
	Vague   bool       // its words may as well mean a part: 收到, 办结
	Columns []string
	Parts   []report.Number // that the text itself adds up, for N402
	Value   report.Number
	Focus   Span // the number, or the word that says there is none
	From    int  // what to quote for it
	To      int
	Wide    bool // which has other figures in it

	says     string
	ragged   bool // unknown text follows
	sentence int
	inAll    bool // 共
	among    bool // 其中
}

// Span is a part of the prose.
type Span struct{ From, To int }

// Figure is a figure of the text that was compared with nothing.
type Figure struct {
	Value report.Number
	Focus Span
	From  int // what to quote for it
	To    int
}

// Reading is what a paragraph says of the tables. What is strict may disagree with
// them; what is lenient counts only where it agrees, else it is not compared.
type Reading struct {
	Claims     []Claim
	Lenient    []Claim
	Uncompared []Figure
}

// topic is the matter that a paragraph speaks of.
type topic uint8

const (
	noTopic topic = iota
	ofApplications
	ofDisputes
	ofDocuments
	ofOther
	nTopics = iota
)

var topicNames = []string{"none", "application", "dispute", "document", "other"}

// state is what a clause can leave unsaid. All of it is forgotten at the end of a
// sentence but what the grammar keeps.
type state struct {
	topic    topic
	disputes []label // spoken of last
	several  bool    // and others just before them
	// Of the sentence.
	other     bool // it speaks of another matter
	owner     whose
	wide      bool  // all of a county were spoken of
	period    whose // others: another year, or a part of this one
	unit      string
	last      string // what the last figure counted
	total     report.Number
	totalAt   int // where the total of 收到 is said
	claimed   bool
	receiving bool // it says how many came in
	parts     []part
	document  []label
	act       []label
	counted   []label // the acts that were counted last
}

// part is a figure that a sum may follow.
type part struct {
	value report.Number
	class string
	way   string // of applying
	from  int
}

// counted is what one figure counts.
type counted struct {
	says             string
	outcomes, people []label
	disputes         []label
	results          []label
	documents, acts  []label
}

// reader reads one paragraph.
type reader struct {
	*chart
	prose.Prose
	name     string
	state    state
	sentence int
	depth    int // of brackets
	clause   Span
	out      Reading
}

// Read finds what a paragraph of the named organization's report says.
func (g *Grammar) Read(p prose.Prose, year int, name string) Reading {
	l := g.lattice(p.Runes, year)
	if !g.counts(l) {
		return Reading{}
	}
	r := &reader{chart: newChart(g, l), Prose: p, name: name}
	defer charts.Put(r.chart)
	start := 0
	for i := 0; i <= len(p.Runes); i++ {
		end := i == len(p.Runes)
		if !end {
			if r.close[i] > 0 {
				i = r.close[i]
				continue
			}
			if !strings.ContainsRune(",;:。!?", p.Runes[i]) && !fullStop(p.Runes, i) || p.Runes[i] == ',' && i+1 < len(p.Runes) && i > 0 && isDigit(p.Runes[i-1]) && thousands(p.Runes, i) ||
				p.Runes[i] == ':' && r.skips1(i) {
				continue
			}
		}
		r.clauseOf(start, i)
		start = i + 1
		if !end && (strings.ContainsRune("。!?", p.Runes[i]) || fullStop(p.Runes, i)) {
			r.endSentence(start)
		}
	}
	r.dropHandledBefore()
	return r.out
}

// fullStop reports whether a half-width stop ends a sentence: 办结3件. but not 3.5 or 1.
func fullStop(s []rune, i int) bool {
	return s[i] == '.' && i > 0 && !isDigit(s[i-1])
}

// counts reports whether a paragraph has a figure, or says that there is none.
func (g *Grammar) counts(l *lattice) bool {
	return len(l.numbers) > 0 || slices.ContainsFunc(l.hits, func(h hit) bool { return h.entry.is.has(g.symbols["negation"]) })
}

// skips1 reports whether a colon only stands before its number.
func (r *reader) skips1(i int) bool {
	hits := r.at(i)
	return len(hits) > 0 && hits[0].entry.is.has(skip)
}

// endSentence forgets what the grammar does not keep. A sentence that begins with
// 其中 goes on with the last.
func (r *reader) endSentence(next int) {
	if next < len(r.Runes) && slices.ContainsFunc(r.at(next), func(h hit) bool { return h.entry.is.has(r.g.symbols["among"]) }) {
		return
	}
	r.sentence++
	kept := state{}
	if r.g.keeps["topic"] {
		kept.topic, kept.disputes = r.state.topic, r.state.disputes
	}
	r.state = kept
}

// What is longer or deeper is no text that a person writes; reading it in pieces
// keeps the time in proportion.
const (
	longestClause = 200
	deepest       = 3 // brackets in brackets
)

// clauseOf reads a clause and what stands in brackets within it.
func (r *reader) clauseOf(from, to int) {
	for to-from > longestClause { // no sentence that a person writes
		r.clauseOf(from, from+longestClause)
		from += longestClause
	}
	if from >= to {
		return
	}
	r.clause = Span{from, to}
	r.state.act = nil
	list := r.cover(from, to, r.state.spokenOf())
	done := from
	for _, m := range list {
		r.left(done, m.from)
		r.match(m)
		done = m.to
	}
	r.left(done, to)
}

// left looks at what no frame took: brackets, which are read for themselves, and
// figures.
func (r *reader) left(from, to int) {
	for i := from; i < to; i++ {
		if c := r.close[i]; c > 0 && c < to {
			r.bracket(i+1, c)
			i = c
			continue
		}
		for _, h := range r.at(i) {
			if h.num >= 0 && h.to <= to {
				r.uncompared(h.num)
				if r.state.topic == noTopic {
					r.state.topic = ofOther // unknown figures: what follows may be theirs
				}
				r.state.parts = append(r.state.parts, part{})
				r.state.total = report.Number{}
				i = h.to - 1
				break
			}
		}
	}
}

// bracket reads what stands in brackets: it takes up the state, and leaves it.
func (r *reader) bracket(from, to int) {
	if r.depth == deepest {
		return
	}
	r.depth++
	defer func() { r.depth-- }()
	outside, clause := r.state, r.clause
	r.state.parts, r.state.several = nil, false
	start := from
	for i := from; i <= to; i++ {
		if i < to && r.close[i] > 0 && r.close[i] < to {
			i = r.close[i]
			continue
		}
		if i == to || strings.ContainsRune(",;:", r.Runes[i]) && !(r.Runes[i] == ':' && r.skips1(i)) {
			r.clauseOf(start, i)
			start = i + 1
		}
	}
	if r.state.period == others && outside.period != others && len(r.state.parts) == 0 { // (1—10月数据)
		r.retract(nil, false)
	}
	total := r.state.total
	r.state, r.clause = outside, clause
	if total.Blank() {
		r.state.total = total
	}
}

func (r *reader) uncompared(num int) {
	n := r.numbers[num]
	switch r.state.topic {
	case ofApplications, ofDisputes, ofDocuments:
		if !r.state.other && n.unit != "" {
			from, to := r.clause.From, r.clause.To
			r.out.Uncompared = append(r.out.Uncompared, Figure{n.value, Span{n.from, n.to}, from, to})
		}
	}
}

// match makes of a frame what it says.
func (r *reader) match(m match) {
	st := &r.state
	words := m.words
	whose := r.scope(words)
	f := m.frame
	var b bag
	b.sort(words, r)
	if trace != nil && slices.Contains([]string{"scope", "heading", "not_ours", "other"}, f.says) {
		trace(r.chart, m)
	}
	switch f.says {
	case "scope", "heading":
		if f.says == "heading" {
			st.topic, st.other = f.sets, false
		}
		return
	case "not_ours":
		r.retract(f.retracts, f.last)
		st.other = true
		return
	case "other":
		for _, num := range b.figures {
			st.parts = append(st.parts, part{value: r.numbers[num].value, class: f.part, from: r.numbers[num].from})
		}
		st.other, st.last = true, "other"
		if st.topic == noTopic {
			st.topic = ofOther // what follows may be of that matter too
		}
		return
	}
	if len(f.after) > 0 && !slices.Contains(f.after, cmp.Or(st.last, "start")) && whose == unsaid {
		for _, num := range b.figures {
			r.uncompared(num)
			st.parts = append(st.parts, part{value: r.numbers[num].value, class: f.part, from: m.from})
		}
		return
	}
	if trace != nil && !m.ragged {
		trace(r.chart, m)
	}
	if t := f.leaves(st.spokenOf()); t != ofOther {
		st.topic, st.other = t, false
	}
	if len(f.retracts) > 0 {
		r.retract(f.retracts, f.last)
	}
	r.confirm(f.confirms)
	if b.among {
		st.parts = nil
	}
	if b.dispute {
		// 行政复议4件、行政诉讼2件，维持3件: of which is not said
		st.several = st.last == "dispute" && len(st.disputes) > 0 && len(b.disputes) > 0 && st.disputes[0].name != b.disputes[0].name && !b.among
		st.disputes = b.disputes
	}
	if len(b.documents) > 0 {
		st.document = b.documents
	}
	if len(b.acts) > 0 {
		st.act = b.acts
	}
	from := m.from
	for from < m.to && slices.ContainsFunc(r.at(from), func(h hit) bool { return h.entry.is.has(join) && h.to == from+1 }) {
		from++
	}
	b.from, b.to, b.ragged = from, m.to, m.ragged || r.state.owner == perhaps
	r.count(m, &b)
}

// bag is what a frame took, by kind.
type bag struct {
	counted
	figures      []int
	negation     Span
	none         bool
	dispute      bool
	each, zip    bool
	sum, addsUp  bool // 共; 合计
	among        bool // 其中
	applications bool
	ways         []string
	from, to     int
	ragged       bool
}

func (b *bag) sort(words []taken, r *reader) {
	addLabel := func(list []label, t taken) []label {
		l := t.entry.labels[t.sym]
		if slices.ContainsFunc(list, func(o label) bool { return o.name == l.name }) {
			return list
		}
		return append(list, l)
	}
	lost := true // 败诉: of litigation
	former := 0  // where a figure of last year's ends
	for _, t := range words {
		if t.slot {
			if r.g.role[t.sym] == "former" {
				former = t.to
			}
			continue
		}
		switch t.sym {
		case figure:
			if t.from >= former {
				b.figures = append(b.figures, t.num)
			}
		case outcome:
			b.outcomes = addLabel(b.outcomes, t)
		case applicant:
			b.people = addLabel(b.people, t)
		case dispute:
			b.disputes, b.dispute = addLabel(b.disputes, t), true
		case result:
			b.results = addLabel(b.results, t)
			lost = lost && t.entry.is.has(r.g.symbols["court"])
		case document:
			b.documents = addLabel(b.documents, t)
		case act:
			b.acts = addLabel(b.acts, t)
		default:
			switch r.g.role[t.sym] {
			case "negation":
				b.none, b.negation = true, Span{t.from, t.to}
			case "granted_short":
				b.outcomes = append(b.outcomes, r.g.granted)
			case "other_short":
				b.outcomes = append(b.outcomes, r.g.others)
			case "reviewer":
				b.disputes = r.g.reviewed
			case "court":
				b.disputes = r.g.litigated
			case "each":
				b.each = true
			case "respectively":
				b.zip = true
			case "sum":
				b.sum = true
			case "adds_up":
				b.sum, b.addsUp = true, true
			case "receive":
				r.state.receiving = true
			case "among":
				b.among = true
			case "application":
				b.applications = true
			case "channel":
				b.ways = append(b.ways, string(r.Runes[t.from:t.to]))
			}
		}
	}
	if lost && len(b.results) > 0 && len(b.disputes) == 0 {
		b.disputes = r.g.litigated
	}
	narrow(&b.outcomes)
	narrow(&b.disputes)
	narrow(&b.people)
}

// narrow leaves out labels that others are a part of: in 行政诉讼案件未经复议直接起诉
// only 未经复议直接起诉 is counted.
func narrow(list *[]label) {
	if len(*list) < 2 {
		return
	}
	all := *list
	*list = slices.DeleteFunc(slices.Clone(all), func(l label) bool {
		return slices.ContainsFunc(all, func(p label) bool {
			return len(p.keys) < len(l.keys) && slices.Contains(l.keys, p.keys[0])
		})
	})
}

// scope takes up whose figures of which period a frame speaks of, and returns whose.
func (r *reader) scope(words []taken) whose {
	st := &r.state
	has := func(s symbol) bool {
		return slices.ContainsFunc(words, func(t taken) bool { return !t.slot && t.sym == s })
	}
	w := owner(words, r.Runes, r.name)
	if w != unsaid {
		bodies := has(wholeWord) || has(r.g.symbols["bodies"]) || slices.ContainsFunc(words, func(t taken) bool {
			return !t.slot && t.sym == organ && organization.EndsIn(r.Text(t.from, t.to), organization.Several)
		})
		switch {
		case w == own && st.wide && !bodies && !has(ownWord) && has(organ):
			w = others // 全县收到64件，县政府收到9件
		case w == own && bodies && has(organ) && !has(wholeWord): // 县政府及各部门
			w = perhaps
		}
		st.wide = st.wide || bodies
		st.owner = w
	}
	for _, t := range words {
		switch {
		case !t.slot:
		case r.g.role[t.sym] == "this_period":
			st.period = own
		case r.g.role[t.sym] == "other_period":
			st.period = others
		}
	}
	return w
}

// count makes claims of the figures of a frame, or of its saying that there is none.
func (r *reader) count(m match, b *bag) {
	st := &r.state
	f := m.frame
	strict := !m.ragged && !f.lenient && st.owner != perhaps
	silent := meanings[f.says].rule == "" || st.owner == others || st.period == others && !f.whenever
	if f.says == "result" {
		if len(b.disputes) == 0 {
			b.disputes = st.disputes
			strict = strict && (!st.several || b.none)
		} else {
			st.disputes, st.several = b.disputes, false
		}
	}
	if f.says == "document" {
		if len(b.acts) == 0 {
			b.acts = st.act
		}
		part := len(b.documents) == 0 && st.last == "document" && namesOf(st.counted) == namesOf(b.acts) // 制发8件，其中以县政府名义印发3件
		if len(b.documents) == 0 {
			b.documents = st.document
		}
		st.counted = b.acts
		if part || len(b.documents) == 0 || len(b.acts) == 0 {
			for _, num := range b.figures {
				r.uncompared(num)
			}
			return
		}
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
		if f.says == "received" && len(b.disputes) > 0 {
			for _, d := range b.disputes {
				r.claim(f, b, counted{says: "dispute", disputes: []label{d}}, report.Int(0), b.negation, true)
			}
		}
	case b.zip && len(b.figures) == len(list):
		for i, one := range list {
			r.figure(m, b, one, b.figures[i], silent, strict)
		}
	case b.each && len(list) > 1 && len(b.figures) == 1:
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
	if meanings[f.says].rule != "" && f.says != "sum" {
		st.last = f.says
	}
}

// split takes apart what is counted one by one: 行政复议、行政诉讼各1件.
func (b *bag) split() []counted {
	var list []counted
	each := func(ls []label, set func(*counted, []label)) bool {
		if len(ls) < 2 {
			return false
		}
		for _, l := range ls {
			one := b.counted
			set(&one, []label{l})
			list = append(list, one)
		}
		return true
	}
	switch {
	case each(b.outcomes, func(c *counted, l []label) { c.outcomes = l }):
	case b.says == "result" && b.none:
		list = append(list, b.counted)
	case b.says != "received" && each(b.disputes, func(c *counted, l []label) { c.disputes = l }):
	case each(b.documents, func(c *counted, l []label) { c.documents = l }):
		if len(b.acts) > 1 {
			var both []counted
			for _, c := range list {
				for _, a := range b.acts {
					c.acts = []label{a}
					both = append(both, c)
				}
			}
			list = both
		}
	case each(b.acts, func(c *counted, l []label) { c.acts = l }):
	case each(b.results, func(c *counted, l []label) { c.results = l }):
	case each(b.people, func(c *counted, l []label) { c.people = l }):
	default:
		list = append(list, b.counted)
	}
	return list
}

// figure reads one figure of a frame.
func (r *reader) figure(m match, b *bag, one counted, num int, silent, strict bool) {
	st := &r.state
	n := r.numbers[num]
	f := m.frame
	if n.inexact {
		silent = true
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
	case "条", "项", "个", "部":
		return b.applications || n.unit == r.state.unit || n.unit != "条" && n.unit != "项" && len(b.documents) > 0
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
	r.sumOf(f, b, n, run)
	if (class == "input" || class == "channel" || class == "applicant") && (class == "input" || st.receiving && !st.claimed) {
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

// claim makes the claim of one figure.
func (r *reader) claim(f *frame, b *bag, one counted, value report.Number, focus Span, strict bool) {
	mean := meanings[one.says]
	in := r.g.places[form.Applications]
	switch one.says {
	case "dispute", "result":
		in = r.g.places[form.Disputes]
	case "document":
		in = r.g.places[form.Disclosure]
	}
	c := Claim{Frame: f.id, Rule: mean.rule, Name: mean.name, Table: in.table, Rows: r.g.rows[one.says], Vague: meanings[one.says].vague, Columns: []string{in.total}, Value: value, Focus: focus,
		From: min(b.from, focus.From), To: max(b.to, focus.To), Wide: b.zip || len(b.figures) > 1, says: one.says, ragged: b.ragged, sentence: r.sentence, inAll: b.sum, among: b.among}
	switch one.says {
	case "outcome":
		c.Name, c.Rows = namesOf(one.outcomes), [][]string{keysOf(one.outcomes)}
		if row := r.g.rest[one.outcomes[0].name]; row != "" && len(one.outcomes) == 1 {
			c.Also = [][]string{{row}} // 逾期未补正3件，其他处理4件: those that are in no other row of the group
		}
	case "dispute", "result":
		if len(one.disputes) == 0 {
			return
		}
		c.Name, c.Rows = namesOf(one.disputes), [][]string{keysOf(one.disputes)}
		if !slices.Equal(one.disputes[0].keys, []string{r.g.reconsidered}) {
			c.Rule = "N202"
		}
		if len(one.results) > 0 {
			c.Columns = keysOf(one.results)
			c.Name += "·" + namesOf(one.results)
		}
	case "document":
		c.Rows, c.Columns = [][]string{keysOf(one.documents)}, keysOf(one.acts)
		c.Name = namesOf(one.documents) + "·" + namesOf(one.acts)
	default:
		if len(one.people) > 0 {
			c.Columns = keysOf(one.people)
			c.Name += "·" + namesOf(one.people)
			c.Also = r.g.rows["handled"] // 办结12件，其中自然人10件
		}
	}
	if strict {
		r.out.Claims = append(r.out.Claims, c)
	} else {
		r.out.Lenient = append(r.out.Lenient, c)
	}
}

func namesOf(list []label) string {
	var names []string
	for _, l := range list {
		names = append(names, l.name)
	}
	return strings.Join(names, "＋")
}

func keysOf(list []label) []string {
	var keys []string
	for _, l := range list {
		for _, k := range l.keys {
			if !slices.Contains(keys, k) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// spokenOf is the topic, another matter's sentence being none of ours.
func (st *state) spokenOf() topic {
	if st.other {
		return ofOther
	}
	return st.topic
}

// retract takes back what the sentence has said: all of it, or what is named, or only
// what was said last.
func (r *reader) retract(says []string, last bool) {
	drop := func(c Claim) bool {
		return c.sentence == r.sentence && (len(says) == 0 || slices.Contains(says, c.says) || slices.Contains(says, c.Frame))
	}
	if last {
		if n := len(r.out.Claims); n > 0 && drop(r.out.Claims[n-1]) {
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

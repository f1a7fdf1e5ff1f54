package narrative

import (
	"slices"
	"strings"

	"nianbao/convert/prose"
	"nianbao/convert/report"
)

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
	before   []label // and just before them
	several  bool    // and others just before them
	// Of the sentence.
	other     bool // it speaks of another matter
	owner     whose
	wide      bool  // all of a county were spoken of
	period    whose // others: another year, or a part of this one
	unit      string
	last      string // what the last figure counted
	seen      int    // the last figure, whatever it counts
	seenAs    string
	future    bool // it speaks of what is to come
	total     report.Number
	totalAt   int // where the total of 收到 is said
	claimed   bool
	receiving bool // it says how many came in
	parts     []part
	document  []label
	act       []label
	acted     []label // the acts that were spoken of last
	counted   []label // the acts that were counted last
	parted    bool    // and its parts follow
	unsureOf  bool    // whose disputes were counted
	among     bool    // parts follow
	parting   bool    // and no semicolon has ended them
	closed    bool    // a semicolon stands behind the last dispute
	headed    bool    // a heading stands before
	first     whose   // its owner at its beginning
	unsure    bool    // whether its outcomes are of applications
	byWay     bool    // what was answered is told by the way of answering
	named     int     // where the body is called by its name, behind 0
	aside     bool    // a part of the other outcomes was counted by itself
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
	wide     bool // the paragraph speaks of all of a county
	state    state
	sentence int
	depth    int // of brackets
	clause   Span
	out      Reading
}

// Read finds what a paragraph of the named organization's report says.
func (g *Grammar) Read(p prose.Prose, year int, name string) Reading {
	l := g.lattice(p.Runes, year)
	defer lattices.Put(l)
	if !g.counts(l) {
		return Reading{}
	}
	r := &reader{chart: newChart(g, l), Prose: p, name: name}
	defer charts.Put(r.chart)
	has := r.symbols(0, len(p.Runes))
	r.wide = has.has(wholeWord)
	start := 0
	for i := 0; i <= len(p.Runes); i++ {
		end := i == len(p.Runes)
		if !end {
			if r.close[i] > 0 {
				i = r.close[i]
				continue
			}
			if isHan(p.Runes[i]) || !strings.ContainsRune(",;:。!?", p.Runes[i]) && !fullStop(p.Runes, i) || p.Runes[i] == ',' && i+1 < len(p.Runes) && i > 0 && isDigit(p.Runes[i-1]) && thousands(p.Runes, i) ||
				p.Runes[i] == ':' && r.skips1(i) {
				if i > start && p.Spaced(i) && r.isHeading(start, i) {
					r.clauseOf(start, i)
					start = i
				}
				continue
			}
		}
		r.clauseOf(start, i)
		start = i + 1
		if !end && p.Runes[i] == ';' {
			r.state.closed, r.state.parting = true, false
		}
		if !end && p.Runes[i] == ';' && r.state.owner == others && r.state.first == own {
			r.state.owner = own // 全县收到73件，其中县直28件，乡镇45件；办结70件
		}
		if !end && (strings.ContainsRune("。!?", p.Runes[i]) || fullStop(p.Runes, i)) {
			r.endSentence(start)
		}
	}
	r.dropHandledBefore()
	r.doubtContradictions()
	return r.out
}

// longestHeading is how many runes a heading has at most.
const longestHeading = 24

// isHeading reports whether what stands before white space is a heading that begins a
// sentence: （二）依申请公开情况 2024年收到申请3件.
func (r *reader) isHeading(from, to int) bool {
	if to-from > longestHeading || from > 0 && !strings.ContainsRune("。!?", r.Runes[from-1]) {
		return false
	}
	s := r.Runes[from:to]
	behind := strings.TrimLeft(strings.TrimLeft(string(s), "("), "0123456789"+ChineseRunes) // its number
	return strings.IndexAny(behind, listMarks) == 0 && strings.TrimLeft(behind, listMarks) != "" && !r.hasFigure(from, to)
}

// listMarks stand behind the number of a heading or before it.
const listMarks = ")、.•●■◆▪·"

func (r *reader) hasFigure(from, to int) bool {
	return slices.ContainsFunc(r.hits[r.first[from]:r.first[to]], func(h hit) bool { return h.num >= 0 })
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
	if next < len(r.Runes) && r.startsWith(next, "among") {
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
	r.state.future = r.state.future || r.startsWith(from, "future")
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
				r.state.seen, r.state.seenAs = h.num, ""
				if r.state.topic == noTopic {
					r.state.topic = ofOther // unknown figures: what follows may be theirs
					if has := r.symbols(r.clause.From, r.clause.To); has.has(r.g.symbols["application"]) {
						r.state.topic = ofApplications // or, where it names them, of applications
					}
				}
				r.state.parts = append(r.state.parts, part{})
				r.state.total = report.Number{}
				i = h.to - 1
				break
			}
		}
	}
}

// startsWith reports whether a word of the class begins the clause.
func (r *reader) startsWith(from int, class string) bool {
	return slices.ContainsFunc(r.at(from), func(h hit) bool { return h.entry.is.has(r.g.symbols[class]) })
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
	if r.state.period == others && outside.period != others && !r.hasFigure(from, to) { // (1—10月数据)
		r.retract(nil, false)
	}
	total, topic := r.state.total, r.state.topic
	r.state, r.clause = outside, clause
	if outside.topic == noTopic && topic == ofApplications {
		r.state.topic = topic // 应办12件（新收10件、上年结转2件）
	}
	if total.Blank() {
		r.state.total = total
	}
}

func (r *reader) uncompared(num int) {
	n := r.numbers[num]
	switch r.state.topic {
	case ofApplications, ofDisputes, ofDocuments:
		if !r.state.other && n.unit != "" && n.unit != "次" {
			from, to := r.clause.From, r.clause.To
			r.out.Uncompared = append(r.out.Uncompared, Figure{n.value, Span{n.from, n.to}, from, to})
		}
	}
}

// spokenOf is the topic, another matter's sentence being none of ours.
func (st *state) spokenOf() topic {
	if st.other {
		return ofOther
	}
	return st.topic
}

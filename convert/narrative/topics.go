package narrative

import (
	"slices"
	"strings"

	"nianbao/convert/report"
)

// topics is what a piece of a clause speaks of: its words, sorted by kind.
type topics struct {
	words      map[kind][]token
	restricted bool // text in no list narrows what is counted: 涉及征地的申请
}

// subjects are the kinds of word that say what is counted. What stands before the
// first of them is the subject of the sentence; what stands behind narrows it.
var subjects = []kind{receive, handle, outcome, carry, applicant, dispute, result, document, act}

// objects are what can be counted; with a verb before the number they may follow it.
var objects = []kind{application, dispute, document}

// sortTopics sorts the words around a number. Without a subject before it, those
// behind count: 2件申请结转下年度.
func sortTopics(before, after []token) topics {
	tp := topics{words: map[kind][]token{}}
	isSubject := func(t token) bool { return slices.Contains(subjects, t.kind) }
	first := slices.IndexFunc(before, isSubject)
	governs := first // 因不服答复而申请行政复议: what stands before a dispute is its story
	if i := slices.IndexFunc(before, func(t token) bool { return t.kind == dispute }); i >= 0 {
		governs = i
	}
	for i, t := range before {
		tp.add(t)
		if t.kind == unknown && first >= 0 && i > governs {
			tp.restricted = true
		}
	}
	last := -1 // subject behind the number
	for i, t := range after {
		if isSubject(t) || slices.Contains(objects, t.kind) {
			last = i
		}
	}
	for i, t := range after {
		switch {
		case first < 0, t.kind == nextYear && tp.has(carry), // 结转3件到2025年
			slices.Contains(objects, t.kind) && !tp.has(dispute, document): // 收到12封申请
			tp.add(t)
		}
		if t.kind == unknown && i < last {
			tp.restricted = true
		}
	}
	if first < 0 && slices.ContainsFunc(before, func(t token) bool { return t.kind == unknown }) {
		tp.restricted = true
	}
	for _, k := range []kind{outcome, dispute, applicant} {
		tp.narrow(k)
	}
	return tp
}

// add keeps a word, once for each thing that it names.
func (tp topics) add(t token) {
	if t.kind == unknown || t.kind == filler || t.name != "" && tp.named(t.kind, t.name) {
		return
	}
	tp.words[t.kind] = append(tp.words[t.kind], t)
}

// narrow leaves out words that others are a part of: in 行政诉讼案件未经复议直接起诉
// only 未经复议直接起诉 is counted.
func (tp topics) narrow(k kind) {
	list := tp.words[k]
	if len(list) < 2 {
		return
	}
	tp.words[k] = slices.DeleteFunc(slices.Clone(list), func(t token) bool {
		return slices.ContainsFunc(list, func(p token) bool {
			return len(p.keys) < len(t.keys) && slices.Contains(t.keys, p.keys[0])
		})
	})
}

func (tp topics) has(kinds ...kind) bool {
	for _, k := range kinds {
		if len(tp.words[k]) > 0 {
			return true
		}
	}
	return false
}

// named reports whether a word of the kind has the given name.
func (tp topics) named(k kind, name string) bool {
	return slices.ContainsFunc(tp.words[k], func(t token) bool { return t.name == name })
}

// keys are the rows or columns of all words of a kind, each once.
func (tp topics) keys(k kind) []string {
	var keys []string
	for _, t := range tp.words[k] {
		for _, key := range t.keys {
			if !slices.Contains(keys, key) {
				keys = append(keys, key)
			}
		}
	}
	return keys
}

// label names all words of a kind: 予以公开＋部分公开.
func (tp topics) label(k kind) string {
	var names []string
	for _, t := range tp.words[k] {
		if !slices.Contains(names, t.name) {
			names = append(names, t.name)
		}
	}
	return strings.Join(names, "＋")
}

// only is the topics with one word of a kind that has several.
func (tp topics) only(k kind, t token) topics {
	one := topics{words: map[kind][]token{}, restricted: tp.restricted}
	for kk, list := range tp.words {
		one.words[kk] = list
	}
	one.words[k] = []token{t}
	return one
}

// split takes apart topics that are counted one by one: 行政复议、行政诉讼各1件.
func (tp topics) split() []topics {
	for _, k := range []kind{outcome, dispute, document, act, result, applicant} {
		if len(tp.words[k]) < 2 {
			continue
		}
		var list []topics
		for _, t := range tp.words[k] {
			list = append(list, tp.only(k, t))
		}
		return list
	}
	return []topics{tp}
}

// direction says whether what is carried comes from last year or goes to next
// year; "" when that is not said.
func (tp topics) direction() string {
	for _, t := range tp.words[carry] {
		if t.name != "" {
			return t.name
		}
	}
	fromLast, toNext := tp.has(lastYear), tp.has(nextYear)
	toThis := slices.ContainsFunc(tp.words[thisYear], func(y token) bool { return y.From > tp.words[carry][0].From })
	switch {
	case fromLast && toNext:
		return ""
	case toNext:
		return out
	case fromLast, toThis:
		return in
	}
	return ""
}

// Claim is a figure of the text that a figure of the tables, or of the text
// itself, should agree with.
type Claim struct {
	Rule    string
	Name    string // what is counted, in the form's words
	Table   string
	Rows    [][]string // sums of rows; agreeing with one of them will do
	Columns []string
	Parts   []report.Number // that the text itself adds up, for N402
	Value   report.Number
	Focus   token // the number, or the word that says there is none
	From    int   // what to quote for it
	To      int
	Wide    bool // which has other figures in it
	inAll   bool // 共
	among   bool // 其中
}

// The sums of rows that 收到 and 办理 may mean.
var (
	received      = [][]string{{newReceived}, {newReceived, CarriedIn}}
	handledEither = [][]string{{processedTotal}, {newReceived}, {newReceived, CarriedIn}}
)

// claimOf says which figure of the tables the topics are about, in what context.
func (tp topics) claimOf(c context) (Claim, bool) {
	ours := c.object == application || tp.has(application)
	columns := []string{totalColumn}
	if tp.has(applicant) {
		columns = tp.keys(applicant)
	}
	apply := func(rule, name string, rows ...[]string) (Claim, bool) {
		if tp.has(applicant) {
			name += "·" + tp.label(applicant)
		}
		return Claim{Rule: rule, Name: name, Table: Applications, Rows: rows, Columns: columns}, true
	}
	switch {
	case tp.restricted || tp.has(foreign):
		return Claim{}, false
	case tp.has(dispute), tp.has(result) && c.object == dispute && !tp.has(outcome, carry, receive):
		return tp.disputeClaim(c)
	case tp.has(document), tp.has(act) && c.object == document && !tp.has(outcome, carry, receive, handle, application):
		return tp.documentClaim(c)
	case (c.object == foreign || c.object == document) && !tp.has(application):
		return Claim{}, false
	case tp.has(carry) && tp.has(outcome), tp.has(carry) && c.object == dispute && !tp.has(application):
		return Claim{}, false
	case tp.has(carry) && tp.named(receive, onlyNew):
		return apply("N101", "新收＋上年结转", []string{newReceived, CarriedIn})
	case tp.has(carry):
		switch tp.direction() {
		case in:
			return apply("N102", "上年结转", []string{CarriedIn})
		case out:
			return apply("N105", "结转下年度", []string{CarriedOut})
		case "":
			if tp.has(lastYear, nextYear) {
				return Claim{}, false // from last year to next: part of either
			}
		}
		return apply("N105", "结转", []string{CarriedOut}, []string{CarriedIn})
	case tp.has(outcome):
		return apply("N103", tp.label(outcome), tp.keys(outcome))
	case tp.has(result):
		return Claim{}, false
	case !ours:
		return Claim{}, false
	case tp.has(handle) && tp.has(receive):
		return apply("N101", "收到", handledEither...)
	case tp.named(handle, strictly):
		return apply("N104", "办结", []string{processedTotal})
	case tp.has(handle):
		return apply("N104", "办理", handledEither...)
	case tp.named(receive, onlyNew):
		return apply("N101", "新收", []string{newReceived})
	case tp.has(receive), tp.has(applicant) && (c.receiving || tp.has(application)):
		return apply("N101", "收到", received...)
	case tp.has(application) && !tp.has(applicant) && !tp.named(application, area) && !tp.has(among) && !c.claimed:
		return apply("N101", "收到", received...)
	}
	return Claim{}, false
}

// reconsideration is the label of the one dispute that is no litigation.
const reconsideration = "行政复议"

func (tp topics) disputeClaim(c context) (Claim, bool) {
	list := tp
	if !tp.has(dispute) {
		list = topics{words: map[kind][]token{dispute: c.words}}
	}
	// An organ that reviews others' decisions handles cases that are not about
	// its own disclosure.
	if (tp.has(handle) || tp.named(receive, toDecide)) && c.object != application && c.object != dispute && !tp.has(application, because) {
		return Claim{}, false
	}
	cl := Claim{Rule: "N202", Name: list.label(dispute), Table: disputes, Rows: [][]string{list.keys(dispute)}, Columns: []string{totalColumn}}
	if list.words[dispute][0].name == reconsideration {
		cl.Rule = "N201"
	}
	if tp.has(result) {
		cl.Columns = tp.keys(result)
		cl.Name += "·" + tp.label(result)
	}
	return cl, true
}

func (tp topics) documentClaim(c context) (Claim, bool) {
	list := tp
	if !tp.has(document) {
		list = topics{words: map[kind][]token{document: c.words}}
	}
	if !tp.has(act) {
		return Claim{}, false
	}
	return Claim{Rule: "N301", Name: list.label(document) + "·" + tp.label(act), Table: Disclosure,
		Rows: [][]string{list.keys(document)}, Columns: tp.keys(act)}, true
}

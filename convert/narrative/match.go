package narrative

import (
	"cmp"
	"slices"
	"strings"
)

// mostInstead is how many frames may count one instead of the other.
const mostInstead = 4

// match makes of a frame what it says.
func (r *reader) match(m match) {
	st := &r.state
	words := m.words
	f := m.frame
	before := *st
	whose := r.scope(words)
	if f.says == "heading" { // 对1990年以来全县的规范性文件进行清理，废止12件
		st.period, st.wide = before.period, before.wide
	}
	headed := st.headed
	st.headed = st.headed && f.says == "scope"
	var b bag
	b.sort(f, words, r)
	if trace != nil && slices.Contains([]string{"scope", "heading", "not_ours", "other", "aside"}, f.says) {
		trace(r.chart, m)
	}
	switch f.says {
	case "scope", "heading":
		st.parting = st.parting || b.among
		if f.says == "heading" {
			st.topic, st.other, st.headed = f.sets, false, true
			if b.dispute {
				st.disputes, st.several = b.disputes, false
			}
			if len(b.documents) > 0 {
				st.document, st.acted = b.documents, b.acts
			}
		}
		return
	case "not_ours":
		r.retract(f.retracts, f.last)
		st.other = true
		return
	case "aside":
		return
	case "other":
		for _, num := range b.figures {
			st.parts = append(st.parts, part{value: r.numbers[num].value, class: f.part, from: r.numbers[num].from})
		}
		st.parting = st.parting || b.among
		if st.parting && st.topic == ofApplications && st.last != "" && st.last != "other" {
			return // 收到申请31件，其中征地批复类19件: parts of the applications
		}
		st.other, st.last = true, "other"
		if st.topic == noTopic {
			st.topic = ofOther // what follows may be of that matter too
		}
		return
	}
	met := func(f *frame) bool {
		last := cmp.Or(st.last, "start")
		if f.repeats {
			last = st.seenAs
		}
		return len(f.after) == 0 || headed && slices.Contains(f.after, "heading") || slices.Contains(f.after, last) || whose != unsaid && !f.repeats
	}
	for n := 0; !met(f) && f.otherwise != nil && n < mostInstead; n++ {
		f = f.otherwise
		b = bag{}
		b.sort(f, words, r)
		m.frame = f
	}
	b.behind, b.was = st.seenAs, st.topic
	for _, num := range b.figures {
		st.seen, st.seenAs = num, f.says
	}
	st.aside = st.aside || f.says == "nothing" && len(b.figures) > 0 && slices.ContainsFunc(words, func(t taken) bool {
		return t.entry != nil && t.entry.is.has(r.g.symbols["of_others"])
	})
	if !met(f) {
		for _, num := range b.figures {
			r.uncompared(num)
			st.parts = append(st.parts, part{value: r.numbers[num].value, class: f.part, from: m.from})
		}
		return
	}
	if trace != nil && !m.ragged {
		trace(r.chart, m)
	}
	if t := f.leaves[st.spokenOf()]; t != ofOther {
		st.topic, st.other = t, false
	}
	if len(f.retracts) > 0 {
		r.retract(f.retracts, f.last)
	}
	r.confirm(f.confirms)
	if b.among {
		st.parts, st.parting = nil, true
	}
	if b.dispute {
		// 行政复议4件、行政诉讼2件，维持3件: of which is not said
		st.before = st.disputes
		st.several = st.last == "dispute" && len(st.disputes) > 0 && len(b.disputes) > 0 && st.disputes[0].name != b.disputes[0].name && !b.among && !st.closed && !r.saidNone()
		st.closed = false
		st.disputes = b.disputes
	}
	if len(b.documents) > 0 {
		st.document = b.documents
	}
	if len(b.acts) > 0 {
		st.act, st.acted = b.acts, b.acts
	}
	from := m.from
	for from < m.to && slices.ContainsFunc(r.at(from), func(h hit) bool { return h.entry.is.has(join) && h.to == from+1 }) {
		from++
	}
	if slices.ContainsFunc(words, func(t taken) bool { return !t.slot && r.g.role[t.sym] == "other_short" }) && r.saidOf(namesOf(b.outcomes)) {
		for _, num := range b.figures { // 其他处理8件，其中逾期未补正3件，其他5件: of the 8
			r.uncompared(num)
		}
		return
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
	inPart       bool   // 以县政府名义
	works        bool   // 办理
	short        bool   // 公开, not 予以公开
	behind       string // what the figure before it was
	was          topic  // and what was spoken of
	handles      bool   // 办结
	inTime       bool   // 按时办结
	exact        bool   // the act is named in the form's word: 废止, not 宣布失效
	sum, addsUp  bool   // 共; 合计
	among        bool   // 其中
	applications bool
	ways         []string
	from, to     int
	ragged       bool
}

func (b *bag) sort(f *frame, words []taken, r *reader) {
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
			switch r.g.role[t.sym] {
			case "former", "formers":
				former = max(former, t.to)
			case "in_part":
				b.inPart = true
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
			b.exact = b.exact || strings.Contains(string(r.Runes[t.from:t.to]), t.entry.labels[act].name)
		default:
			switch r.g.role[t.sym] {
			case "negation":
				b.none, b.negation = true, Span{t.from, t.to}
			case "granted_short":
				b.short = true
				b.outcomes = append(b.outcomes, r.g.granted)
			case "other_short":
				switch f.says {
				case "applicant":
					b.people = append(b.people, r.g.otherApplicants)
				case "result":
					b.results, lost = append(b.results, r.g.otherResults), false
				default:
					b.outcomes = append(b.outcomes, r.g.others)
				}
			case "reviewer":
				b.disputes = r.g.reviewed
			case "court":
				b.disputes = r.g.litigated
			case "each":
				b.each = true
			case "respectively":
				b.zip = true
			case "sum", "of_these":
				b.sum = true
			case "adds_up":
				b.sum, b.addsUp = true, true
			case "receive":
				r.state.receiving = true
			case "among":
				b.among = true
			case "work":
				b.works, b.handles = true, true
			case "handle":
				b.handles = true
				b.inTime = b.inTime || t.entry.is.has(r.g.symbols["in_time"])
			case "application", "plain_application":
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

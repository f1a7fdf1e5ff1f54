package narrative

import (
	"slices"
	"strings"

	"nianbao/convert/form"
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
	exact    bool // in the form's own word
	inTime   bool // 按时办结
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
		From: min(b.from, focus.From), To: max(b.to, focus.To), Wide: b.zip || len(b.figures) > 1, says: one.says, ragged: b.ragged, sentence: r.sentence, inAll: b.sum, among: b.among, exact: b.exact, inTime: b.inTime}
	switch one.says {
	case "outcome":
		if len(one.outcomes) == 0 {
			return
		}
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
		}
		c.Also = r.g.rows[mean.also] // 办结12件，其中自然人10件
	}
	if slices.ContainsFunc(r.out.Claims, func(o Claim) bool {
		if o.sentence == c.sentence && o.Name == c.Name && o.Value.Equal(c.Value) {
			return true
		}
		return o.Focus == c.Focus && (o.Name == c.Name || o.says == "outcome" && c.says == "outcome" && contains(c.Rows[0], o.Rows[0]))
	}) {
		return // said already: 可以公开的13件全部予以公开, 4件本机关不掌握，无法提供
	}
	if strict {
		r.out.Claims = append(r.out.Claims, c)
	} else {
		r.out.Lenient = append(r.out.Lenient, c)
	}
}

// contains reports whether all keys of a part are in the whole.
func contains(whole, part []string) bool {
	return !slices.ContainsFunc(part, func(key string) bool { return !slices.Contains(whole, key) })
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

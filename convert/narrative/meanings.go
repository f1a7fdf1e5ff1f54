package narrative

import (
	"slices"
	"strings"

	"nianbao/convert/form"
)

// What frames can say, bound to the rows and columns of the form. This is the only
// place that asks the form for them.

// meaning is what a frame says: a count of the tables, or nothing that is in them.
type meaning struct {
	rule  string
	name  string           // in the form's words; labels that the frame takes are added
	rows  [][]form.Meaning // sums of rows; agreeing with one of them will do
	vague bool             // its words may as well mean a part
	also  string           // what its words may mean as well, but not for certain
}

// What 收到 and 办理 may mean: new ones, or with those carried in.
var (
	received      = [][]form.Meaning{{form.Received}, {form.Received, form.CarriedIn}}
	handledEither = [][]form.Meaning{{form.Handled}, {form.Received}, {form.Received, form.CarriedIn}}
)

var meanings = map[string]meaning{
	"received":     {"N101", "收到", received, true, ""},
	"answered":     {"N101", "收到", handledEither, true, ""}, // 收到并答复
	"new":          {"N101", "新收", [][]form.Meaning{{form.Received}}, false, ""},
	"all_incoming": {"N101", "新收＋上年结转", [][]form.Meaning{{form.Received, form.CarriedIn}}, false, ""},
	"applicant":    {"N101", "收到", received, false, "handled"},
	"carried_in":   {"N102", "上年结转", [][]form.Meaning{{form.CarriedIn}}, false, ""},
	"outcome":      {"N103", "", nil, false, ""},
	"handled":      {"N104", "办结", [][]form.Meaning{{form.Handled}}, true, ""},
	"worked":       {"N104", "办理", handledEither, true, ""},
	"carried_over": {rule: "N105", name: "结转下年度", rows: [][]form.Meaning{{form.CarriedOut}}, also: "carried_in"},
	"carried_out":  {"N105", "结转下年度", [][]form.Meaning{{form.CarriedOut}}, false, ""},
	"dispute":      {"N201", "", nil, false, ""}, // N202 of litigation
	"result":       {"N201", "", nil, false, ""},
	"document":     {"N301", "", nil, false, ""},
	"sum":          {"N402", "合计", nil, false, ""},

	"several": {"N101", "", nil, false, ""}, // counts of several kinds, one by one

	"scope":    {}, // whose figures, of which period, follow
	"heading":  {}, // what follows is about
	"channel":  {}, // by which way applications came
	"bare":     {}, // a figure by itself: of others, or it is not known of what
	"pending":  {}, // is not answered yet
	"quantity": {}, // of which a later clause has the figure: 申请量大幅增加，由15件增至48件
	"aside":    {}, // by how much it grew, or of how many it is a share
	"requests": {}, // applications, but it is not known which
	"nothing":  {}, // of our matter, but no row of the tables
	"other":    {}, // of another matter, and so is what follows
	"not_ours": {}, // what was said before is not about disclosure
}

// place is a table of the form and its column of totals.
type place struct{ table, total string }

// bind looks up the tables and the rows that are no labels of a group or an outcome.
func (g *Grammar) bind(f *form.Form) {
	g.places = map[form.Meaning]place{}
	for _, m := range []form.Meaning{form.Applications, form.Disputes, form.Disclosure} {
		if t := f.TableOf(m); t != nil {
			g.places[m] = place{t.Key, t.ColumnOf(form.Total)}
		}
	}
	g.rows = map[string][][]string{}
	for says, m := range meanings {
		for _, sum := range m.rows {
			var keys []string
			for _, row := range sum {
				keys = append(keys, f.TableOf(form.Applications).RowOf(row))
			}
			g.rows[says] = append(g.rows[says], keys)
		}
	}
	g.reconsidered = f.TableOf(form.Disputes).RowOf(form.Reconsideration)
}

func sayings() []string {
	var list []string
	for s := range meanings {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}

// addForm adds the form's own labels as words, with other words for them.
func (g *Grammar) addForm(f *form.Form, synonyms, acts map[string]string) {
	add := func(s symbol, l label) {
		if len([]rune(l.name)) > 2 || s == document { // 其他 says too little
			g.addLabel(l.name, s, l)
		}
		for _, w := range strings.Fields(synonyms[l.name]) {
			g.addLabel(w, s, l)
		}
	}
	t := f.TableOf(form.Applications)
	g.rest = map[string]string{}
	for _, row := range t.RowsOf(form.OtherOutcome) {
		if n := len(row.Parents); n > 0 && strings.HasPrefix(core(row.Parents[n-1]), core(row.Label)) {
			g.rest[core(row.Parents[n-1])] = row.Key
		}
	}
	handled, total := t.RowOf(form.Handled), t.ColumnOf(form.Total)
	for _, b := range t.Blocks {
		eachLabel(b.Stub, func(name string, rows []string, depth int) {
			if depth > 0 && !slices.Contains(rows, handled) { // 0 is the whole of the outcomes
				l := label{name, rows}
				switch m := t.RowsOf(form.OtherOutcome); {
				case len(rows) == 1 && rows[0] == t.RowOf(form.Granted):
					g.granted = l
				case len(m) > 0 && len(rows) == len(m) && rows[0] == m[0].Key:
					g.others = l
				}
				add(outcome, l)
			}
		}, func(n form.Node) string { return n.Row })
		eachLabel(b.Head, func(name string, columns []string, depth int) {
			if depth > 0 && !slices.Contains(columns, total) {
				l := label{name, columns}
				if len(columns) == 1 && len([]rune(name)) <= 2 { // 其他
					g.otherApplicants = l
				}
				add(applicant, l)
			}
		}, func(n form.Node) string { return n.Column })
	}
	t = f.TableOf(form.Disputes)
	for _, b := range t.Blocks {
		eachLabel(b.Head, func(name string, rows []string, _ int) {
			if len(rows) > 0 {
				l := label{name, rows}
				add(dispute, l)
				switch {
				case slices.Equal(rows, []string{g.reconsidered}):
					g.reviewed = []label{l}
				case len(rows) > 1:
					g.litigated = []label{l}
				}
			}
		}, func(n form.Node) string { return n.Row })
	}
	for _, c := range t.Rows()[0].Columns {
		if c.Means != form.Total {
			l := label{core(c.Label), []string{c.Key}}
			if strings.HasPrefix(l.name, g.otherApplicants.name) {
				g.otherResults = l
			}
			add(result, l)
		}
	}
	t = f.TableOf(form.Disclosure)
	rows := append(t.RowsOf(form.Regulations), t.RowsOf(form.Documents)...)
	for _, row := range rows {
		add(document, label{core(row.Label), []string{row.Key}})
		for _, c := range row.Columns {
			for name, list := range acts {
				if strings.Contains(c.Label, name) {
					if c.Means == form.Issued {
						g.issued = label{name, []string{c.Key}}
					}
					for _, w := range strings.Fields(list) {
						g.addLabel(w, act, label{name, []string{c.Key}})
					}
				}
			}
		}
	}
}

// eachLabel visits the nodes with the keys that they and those under them name.
func eachLabel(nodes []form.Node, visit func(label string, keys []string, depth int), key func(form.Node) string) {
	var walk func(nodes []form.Node, depth int) []string
	walk = func(nodes []form.Node, depth int) []string {
		var all []string
		for _, n := range nodes {
			var keys []string
			if k := key(n); k != "" {
				keys = append(keys, k)
			}
			keys = append(keys, walk(n.Items, depth+1)...)
			visit(core(n.Label), keys, depth)
			all = append(all, keys...)
		}
		return all
	}
	walk(nodes, 0)
}

// core is a label as a text would say it: without numbering, without what stands
// in brackets behind it, without 属于.
func core(label string) string {
	if i := strings.Index(label, "）"); i >= 0 && strings.HasPrefix(label, "（") {
		label = label[i+len("）"):]
	}
	if i := strings.IndexAny(label, ".、"); i == 1 || i == len("一") && strings.HasPrefix(label[i:], "、") {
		label = strings.TrimLeft(label[i:], ".、")
	}
	if i := strings.Index(label, "（"); i > 0 {
		label = label[:i]
	}
	return strings.TrimPrefix(label, "属于")
}

package narrative

import (
	"slices"
	"strings"

	"nianbao/convert/form"
)

// What frames can say, bound to the rows and columns of the form. This is the only
// place that names rows.

// The tables that the text speaks of, and their rows and columns that no label of a
// group or an outcome gives.
const (
	Applications = "applications"
	disputes     = "disputes"
	Disclosure   = "disclosure"

	newReceived    = "new_received"
	CarriedIn      = "carried_in"
	processedTotal = "processed_total"
	CarriedOut     = "carried_out"
	granted        = "granted"
	totalColumn    = "total"
)

// meaning is what a frame says: a count of the tables, or nothing that is in them.
type meaning struct {
	rule string
	name string // in the form's words; labels that the frame takes are added
	rows [][]string
}

// What 收到 and 办理 may mean: new ones, or with those carried in.
var (
	received      = [][]string{{newReceived}, {newReceived, CarriedIn}}
	handledEither = [][]string{{processedTotal}, {newReceived}, {newReceived, CarriedIn}}
)

var meanings = map[string]meaning{
	"received":     {"N101", "收到", received},
	"answered":     {"N101", "收到", handledEither}, // 收到并答复
	"new":          {"N101", "新收", [][]string{{newReceived}}},
	"all_incoming": {"N101", "新收＋上年结转", [][]string{{newReceived, CarriedIn}}},
	"applicant":    {"N101", "收到", received},
	"carried_in":   {"N102", "上年结转", [][]string{{CarriedIn}}},
	"outcome":      {"N103", "", nil},
	"handled":      {"N104", "办结", [][]string{{processedTotal}}},
	"worked":       {"N104", "办理", handledEither},
	"carried_out":  {"N105", "结转下年度", [][]string{{CarriedOut}}},
	"carried":      {"N105", "结转", [][]string{{CarriedOut}, {CarriedIn}}},
	"dispute":      {"N201", "", nil},
	"result":       {"N201", "", nil},
	"document":     {"N301", "", nil},
	"sum":          {"N402", "合计", nil},

	"scope":    {}, // whose figures, of which period, follow
	"heading":  {}, // what follows is about
	"channel":  {}, // by which way applications came
	"nothing":  {}, // of our matter, but no row of the tables
	"other":    {}, // of another matter, and so is what follows
	"not_ours": {}, // what was said before is not about disclosure
}

func sayings() []string {
	var list []string
	for s := range meanings {
		list = append(list, s)
	}
	slices.Sort(list)
	return list
}

// reconsideration is the label of the one dispute that is no litigation.
const reconsideration = "行政复议"

// addForm adds the form's own labels as words, with other words for them.
func (g *Grammar) addForm(f *form.Form, synonyms, acts map[string]string) {
	add := func(s symbol, l label) {
		if s == outcome && slices.Equal(l.keys, []string{granted}) {
			g.granted = l
		}
		if len([]rune(l.name)) > 2 || l.name == "规章" { // 其他 says too little
			g.addLabel(l.name, s, l)
		}
		for _, w := range strings.Fields(synonyms[l.name]) {
			g.addLabel(w, s, l)
		}
	}
	if t := f.Table(Applications); t != nil {
		for _, b := range t.Blocks {
			eachLabel(b.Stub, func(name string, rows []string, depth int) {
				if depth > 0 && !slices.Contains(rows, processedTotal) { // 0 is the whole of the outcomes
					add(outcome, label{name, rows})
				}
			}, func(n form.Node) string { return n.Row })
			eachLabel(b.Head, func(name string, columns []string, depth int) {
				if depth > 0 && !slices.Contains(columns, totalColumn) {
					add(applicant, label{name, columns})
				}
			}, func(n form.Node) string { return n.Column })
		}
	}
	if t := f.Table(disputes); t != nil {
		for _, b := range t.Blocks {
			eachLabel(b.Head, func(name string, rows []string, _ int) {
				if len(rows) > 0 {
					add(dispute, label{name, rows})
				}
			}, func(n form.Node) string { return n.Row })
		}
		for _, c := range t.Rows()[0].Columns {
			if c.Key != totalColumn {
				add(result, label{core(c.Label), []string{c.Key}})
			}
		}
	}
	if t := f.Table(Disclosure); t != nil {
		for _, row := range t.Blocks[0].Rows() { // 第二十条第（一）项
			add(document, label{core(row.Label), []string{row.Key}})
		}
		for _, c := range t.Blocks[0].Rows()[0].Columns {
			for name, list := range acts {
				if strings.Contains(c.Label, name) {
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

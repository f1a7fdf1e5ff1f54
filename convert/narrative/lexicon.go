package narrative

import (
	"cmp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"nianbao/convert/form"
	"nianbao/convert/prose"
)

// The tables that the text speaks of, and their rows and columns that no label
// of a group or an outcome gives.
const (
	Applications = "applications"
	disputes     = "disputes"
	Disclosure   = "disclosure"

	newReceived    = "new_received"
	CarriedIn      = "carried_in"
	processedTotal = "processed_total"
	CarriedOut     = "carried_out"
	totalColumn    = "total"
)

// word is what the vocabulary knows of a word.
type word struct {
	kind  kind
	name  string   // the form's label, or what tells words of a kind apart
	table string   // of a row or column
	keys  []string // the rows or columns that it stands for
}

// The names of words that differ from the others of their kind.
const (
	onlyNew  = "new"    // receive: not what was carried in
	toDecide = "decide" // receive: in order to decide
	strictly = "strict" // handle: finished, not only worked on
	in       = "in"     // carry: from last year
	out      = "out"    // carry: to next year
	area     = "area"   // application: the field of work
)

type entry struct {
	runes []rune
	word  word
}

// Lexicon finds the longest word at the start of a text.
type Lexicon map[rune][]entry

func (l Lexicon) longest(s []rune) (word, int) {
	for _, e := range l[s[0]] {
		if len(e.runes) <= len(s) && slices.Equal(e.runes, s[:len(e.runes)]) {
			return e.word, len(e.runes)
		}
	}
	return word{}, 0
}

// add makes the text a word, unless it is one already.
func (l Lexicon) add(text string, w word) {
	r := prose.Normalized(text).Runes
	if len(r) == 0 || slices.ContainsFunc(l[r[0]], func(e entry) bool { return slices.Equal(e.runes, r) }) {
		return
	}
	l[r[0]] = append(l[r[0]], entry{r, w})
}

var lexicons sync.Map // of Lexicon by *form.Form

// LexiconFor is the vocabulary in terms of the form's rows and columns.
func LexiconFor(f *form.Form) Lexicon {
	if l, ok := lexicons.Load(f); ok {
		return l.(Lexicon)
	}
	l := Lexicon{}
	l.addForm(f)
	for k, list := range words {
		for _, text := range list {
			l.add(text, word{kind: k})
		}
	}
	for _, special := range []struct {
		kind kind
		name string
		list []string
	}{{receive, onlyNew, receiveNew}, {receive, toDecide, receiveOpen}, {handle, strictly, handleStrict}, {handle, "", handleLoose}, {carry, "", carryWords}} {
		for _, text := range special.list {
			l.add(text, word{kind: special.kind, name: special.name})
		}
	}
	for _, year := range words[nextYear] {
		l.add("转"+year, word{kind: carry, name: out}) // 转下年度, where 转 alone says too little
	}
	for _, text := range bareArea {
		l.set(text, word{kind: application, name: area})
	}
	for _, bucket := range l {
		slices.SortFunc(bucket, func(a, b entry) int { return cmp.Compare(len(b.runes), len(a.runes)) })
	}
	lexicons.Store(f, l)
	return l
}

// set changes what a word means.
func (l Lexicon) set(text string, w word) {
	r := []rune(text)
	for i, e := range l[r[0]] {
		if slices.Equal(e.runes, r) {
			l[r[0]][i].word = w
		}
	}
}

// addForm adds the form's own labels, with their synonyms.
func (l Lexicon) addForm(f *form.Form) {
	add := func(w word) {
		if utf8.RuneCountInString(w.name) > 2 || w.name == "规章" { // 其他 says too little
			l.add(w.name, w)
		}
		for _, s := range synonyms[w.name] {
			l.add(s, w)
		}
	}
	if t := f.Table(Applications); t != nil {
		for _, b := range t.Blocks {
			eachLabel(b.Stub, func(label string, rows []string, depth int) {
				if depth > 0 && !slices.Contains(rows, processedTotal) { // 0 is the whole of the outcomes
					add(word{outcome, label, t.Key, rows})
				}
			}, func(n form.Node) string { return n.Row })
			eachLabel(b.Head, func(label string, columns []string, depth int) {
				if depth > 0 && !slices.Contains(columns, totalColumn) {
					add(word{applicant, label, t.Key, columns})
				}
			}, func(n form.Node) string { return n.Column })
		}
	}
	if t := f.Table(disputes); t != nil {
		for _, b := range t.Blocks {
			eachLabel(b.Head, func(label string, rows []string, _ int) {
				if len(rows) > 0 {
					add(word{dispute, label, t.Key, rows})
				}
			}, func(n form.Node) string { return n.Row })
		}
		for _, c := range t.Rows()[0].Columns {
			if c.Key != totalColumn {
				add(word{result, core(c.Label), t.Key, []string{c.Key}})
			}
		}
	}
	if t := f.Table(Disclosure); t != nil {
		for _, row := range t.Blocks[0].Rows() { // 第二十条第（一）项
			add(word{document, core(row.Label), t.Key, []string{row.Key}})
		}
		for _, c := range t.Blocks[0].Rows()[0].Columns {
			for label, list := range acts {
				if strings.Contains(c.Label, label) {
					for _, text := range list {
						l.add(text, word{act, label, t.Key, []string{c.Key}})
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

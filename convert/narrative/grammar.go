// Package narrative reads what a report's text says of its tables: [Grammar.Read]
// finds in a paragraph the claims that it makes, such as that 27 applications were
// received, each with the rows and columns of the form that it is about, and the
// figures that no claim takes. Whether they agree with the tables is for package
// check to say.
//
// What a sentence may look like is not in the code but in templates/narrative.yaml:
// words, slots (phrases that may stand in a sentence) and frames (sentences). The
// package cuts a text into all words that it could be made of (tokens.go), finds the
// frames that cover a clause best (chart.go) and makes claims of them (claims.go).
// Text that no frame takes says nothing: a false alarm costs the clerk as much as a
// missed error.
package narrative

import (
	"fmt"
	"math/bits"
	"strings"

	"nianbao/convert/form"
)

// Grammar is templates/narrative.yaml in terms of a form's rows and columns. It does
// not change once it is loaded and may be used by many at a time.
type Grammar struct {
	words               dictionary
	slots               [mostSymbols]*pattern
	slotNumber          [mostSymbols]int
	nSlots              int // and names
	isWord              symbolSet
	hides               symbol
	frames              []*frame
	counting, speaking  []readable      // their patterns: those that need a figure, and the others
	keeps               map[string]bool // what is remembered from one sentence to the next
	symbols             map[string]symbol
	places              map[form.Meaning]place
	rows                map[string][][]string // of what is said
	rest                map[string]string     // of a group of outcomes: its row of those that are in no other
	others              label                 // what 其他 is short for behind other outcomes
	otherApplicants     label                 // and behind other applicants
	otherResults        label                 // and behind other results of disputes
	issued              label                 // what is meant where nothing is said to be done with documents
	reviewed, litigated []label               // the disputes that a reviewing organ decides, and a court
	reconsidered        string                // the row of the one dispute that is no litigation
	granted             label                 // what 公开 is short for in 公开和部分公开
	role                [mostSymbols]string   // of a symbol that the code knows by its name
}

// symbol is a class of words, a slot or a literal.
type symbol uint16

// mostSymbols is how many there can be.
const mostSymbols = 384

// The symbols that the code gives out: what it reads of numbers and marks, and what
// the form's labels are.
const (
	skip           symbol = iota // between any two words
	figure                       // a number with its unit
	percentage                   // 33.9%
	yearOfReport                 // 2024年
	yearBefore                   // 2023年
	yearEarlier                  // 2019年
	yearAfter                    // 2025年
	yearUnknown                  // when the report's year is
	months                       // 3月, 1—10月: not the whole year
	wholeYear                    // 1—12月
	day                          // 6月30日
	lastDay                      // 12月31日, 12月底
	outcome                      // a label of the form, as are the next six
	applicant                    //
	dispute                      //
	result                       //
	document                     //
	act                          //
	join                         // 、和及
	barrier                      // what no name has in it
	organ                        // what a name ends in
	weakOrgan                    // if a word follows
	several                      // what a name of several bodies ends in
	ownWord                      // what a body calls itself
	wholeWord                    // 全县
	shortWord                    // 县局机关: of the body if its name has both
	heads                        // 18名
	firstOfGrammar               // the grammar's own
)

var builtIn = []string{"skip", "N", "percent", "report_year", "year_before", "earlier_year", "year_after", "some_year", "months", "whole_year", "day", "last_day",
	"outcome", "applicant", "dispute", "result", "document", "act", "join", "barrier", "organ", "weak_organ", "several", "own", "whole", "short", "heads"}

// symbolSet is a set of symbols.
type symbolSet [mostSymbols / 64]uint64

func (s *symbolSet) add(x symbol)      { s[x>>6] |= 1 << (x & 63) }
func (s *symbolSet) has(x symbol) bool { return s[x>>6]&(1<<(x&63)) != 0 }
func (s *symbolSet) meets(t *symbolSet) bool {
	return s[0]&t[0]|s[1]&t[1]|s[2]&t[2]|s[3]&t[3]|s[4]&t[4]|s[5]&t[5] != 0
}

// single is the only symbol of a set of one.
func (s *symbolSet) single() (symbol, bool) {
	n, at := 0, symbol(0)
	for i, w := range s {
		n += bits.OnesCount64(w)
		if w != 0 {
			at = symbol(i*64 + bits.TrailingZeros64(w))
		}
	}
	return at, n == 1
}

// label is a row or column of the form, or several, as a word of the text names it.
type label struct {
	name string
	keys []string
}

// entry is a word of the vocabulary with all that it can be.
type entry struct {
	is     symbolSet
	labels map[symbol]label // of a symbol that stands for a label
}

// frame is a clause, or a part of one, and what it says.
type frame struct {
	id        string
	says      string
	patterns  []*pattern
	reads     [nTopics]bool  // in which topics it can be read
	leaves    [nTopics]topic // and the topic behind it
	sets      topic          // of a heading
	after     []string       // what the clause before has to say
	otherwise *frame         // that counts instead
	part      string         // a list that a sum can follow
	retracts  []string       // what was said before it in the sentence, and is not so
	last      bool           // only the last of it
	confirms  []string       // what was lenient before it in the sentence, and holds
	lenient   bool
	whenever  bool // it speaks of this year though the sentence speaks of another
	ends      bool // it reaches to the end of the clause
	repeats   bool // its figure is the last of the sentence: 收到3件，均予以公开
	zero      bool // it counts only where its figures are 0
	cost      int
}

// dictionary is a trie of words.
type dictionary struct {
	ids   map[rune]uint16
	low   [0x10000]uint16 // the same, for most runes
	nodes []trieNode
	root  []int32 // of each rune's id: the node behind it
}

type trieNode struct {
	next  []trieEdge
	entry *entry
}

type trieEdge struct {
	id   uint16
	node int32
}

func (d *dictionary) id(r rune) uint16 {
	if r >= 0 && r < 0x10000 {
		return d.low[r]
	}
	return 0
}

func (n *trieNode) child(id uint16) int32 {
	for i := range n.next {
		if n.next[i].id == id {
			return n.next[i].node
		}
	}
	return -1
}

// add makes the text a word, unless it is one, and returns it.
func (d *dictionary) add(text []rune) *entry {
	at := int32(0)
	for _, r := range text {
		if r >= 0x10000 {
			continue
		}
		if d.low[r] == 0 {
			d.low[r] = uint16(len(d.ids) + 1)
			d.ids[r] = d.low[r]
		}
		next := d.nodes[at].child(d.low[r])
		if next < 0 {
			next = int32(len(d.nodes))
			d.nodes = append(d.nodes, trieNode{})
			d.nodes[at].next = append(d.nodes[at].next, trieEdge{d.low[r], next})
		}
		at = next
	}
	if d.nodes[at].entry == nil {
		d.nodes[at].entry = &entry{}
	}
	return d.nodes[at].entry
}

// find is the word that a text is, if it is one.
func (d *dictionary) find(text []rune) *entry {
	at := int32(0)
	for _, r := range text {
		id := d.id(r)
		if id == 0 {
			return nil
		}
		if at = d.nodes[at].child(id); at < 0 {
			return nil
		}
	}
	return d.nodes[at].entry
}

// finish makes the first step of a look-up fast.
func (d *dictionary) finish() {
	d.root = make([]int32, len(d.ids)+1)
	for i := range d.root {
		d.root[i] = -1
	}
	for _, e := range d.nodes[0].next {
		d.root[e.id] = e.node
	}
}

func (g *Grammar) addWord(text string, s symbol) {
	for _, w := range strings.Fields(text) {
		g.words.add(plainRunes(w)).is.add(s)
	}
}

func (g *Grammar) addLabel(text string, s symbol, l label) {
	e := g.words.add(plainRunes(text))
	if e.labels == nil {
		e.labels = map[symbol]label{}
	}
	if _, ok := e.labels[s]; ok {
		return
	}
	e.is.add(s)
	e.labels[s] = l
}

// For is the grammar in terms of the form's rows and columns.
func For(f *form.Form) *Grammar {
	if g, ok := grammars.Load(f); ok {
		return g.(*Grammar)
	}
	g, err := load(source(), f)
	if err != nil {
		panic(fmt.Sprintf("narrative: %v", err)) // the templates are part of the program, and tested
	}
	grammars.Store(f, g)
	return g
}

package narrative

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/templates"
)

// file is templates/narrative.yaml, which explains its parts at its head.
type file struct {
	Words  map[string]string
	Labels map[string]string
	Acts   map[string]string
	Slots  map[string]string
	Keeps  []string
	Frames []fileFrame
}

type fileFrame struct {
	ID        string
	Says      string
	Patterns  []string
	In        []string
	Sets      string
	After     []string
	Part      string
	Retracts  []string
	Last      bool
	Confirms  []string
	Whenever  bool
	Ends      bool
	Repeats   bool
	Zero      bool
	Otherwise string
	Tier      string
	Cost      int
}

var grammars sync.Map // of *Grammar by *form.Form

func source() []byte { return templates.Narrative }

// load reads the grammar strictly: what is not known, not used or not defined is an
// error that names the word, slot or frame.
func load(src []byte, f *form.Form) (*Grammar, error) {
	var y file
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	if err := dec.Decode(&y); err != nil {
		return nil, err
	}
	g := &Grammar{nSlots: 1, symbols: map[string]symbol{}, keeps: map[string]bool{}}
	g.words.ids = map[rune]uint16{}
	g.words.nodes = make([]trieNode, 1)
	for i, name := range builtIn {
		g.symbols[name] = symbol(i)
		g.isWord.add(symbol(i))
	}
	for _, k := range y.Keeps {
		g.keeps[k] = true
	}
	if err := g.addWords(y); err != nil {
		return nil, err
	}
	g.bind(f)
	g.addForm(f, y.Labels, y.Acts)
	if err := g.addSlots(y); err != nil {
		return nil, err
	}
	for _, ff := range y.Frames {
		fr, err := g.newFrame(ff, y.Slots)
		if err != nil {
			return nil, fmt.Errorf("frame %q: %w", ff.ID, err)
		}
		if slices.ContainsFunc(g.frames, func(o *frame) bool { return o.id == fr.id }) {
			return nil, fmt.Errorf("two frames %q", fr.id)
		}
		g.frames = append(g.frames, fr)
	}
	for i, f := range g.frames {
		if name := y.Frames[i].Otherwise; name != "" {
			k := slices.IndexFunc(g.frames, func(o *frame) bool { return o.id == name })
			if k < 0 || k == i {
				return nil, fmt.Errorf("frame %q: there is no other frame %q", f.id, name)
			}
			f.otherwise = g.frames[k]
		}
		for _, name := range f.retracts {
			if _, ok := meanings[name]; !ok && !slices.ContainsFunc(g.frames, func(o *frame) bool { return o.id == name }) {
				return nil, fmt.Errorf("frame %q: there is nothing %q to retract", f.id, name)
			}
		}
	}
	for _, f := range g.frames {
		for _, p := range f.patterns {
			if p.all.has(figure) {
				g.counting = append(g.counting, readable{f, p})
			} else {
				g.speaking = append(g.speaking, readable{f, p})
			}
		}
	}
	g.hides = g.symbols["hides"]
	g.words.finish()
	return g, g.unused(y)
}

func (g *Grammar) newSymbol(name string) (symbol, error) {
	if s, ok := g.symbols[name]; ok {
		return s, nil
	}
	if len(g.symbols) == mostSymbols {
		return 0, errors.New("too many words, slots and literals")
	}
	s := symbol(len(g.symbols))
	g.symbols[name] = s
	if readByCode[name] {
		g.role[s] = name
	}
	return s, nil
}

func (g *Grammar) addWords(y file) error {
	for _, class := range sorted(y.Words) {
		s, err := g.newSymbol(class)
		if err != nil {
			return err
		}
		if len(strings.Fields(y.Words[class])) == 0 {
			return fmt.Errorf("words %q: none", class)
		}
		g.isWord.add(s)
		g.addWord(y.Words[class], s)
	}
	return nil
}

func (g *Grammar) addSlots(y file) error {
	for _, name := range sorted(y.Slots) {
		if _, ok := g.symbols[name]; ok {
			return fmt.Errorf("slot %q: words have that name", name)
		}
		if _, err := g.newSymbol(name); err != nil {
			return err
		}
	}
	for _, name := range sorted(y.Slots) {
		if err := g.addSlot(name, y.Slots); err != nil {
			return err
		}
	}
	return nil
}

// addSlot compiles a slot, and before it those that it is made of.
func (g *Grammar) addSlot(name string, slots map[string]string) error {
	s := g.symbols[name]
	switch {
	case g.slots[s] == nil:
	case g.slots[s] == beingCompiled:
		return fmt.Errorf("slot %q is a part of itself", name)
	default:
		return nil
	}
	g.slots[s] = beingCompiled
	p, err := g.compile(slots[name], slots)
	if err != nil {
		return fmt.Errorf("slot %q: %w", name, err)
	}
	g.slots[s] = p
	g.slotNumber[s] = g.nSlots
	g.nSlots++
	return nil
}

var beingCompiled = &pattern{}

func sorted(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func (g *Grammar) newFrame(y fileFrame, slots map[string]string) (*frame, error) {
	f := &frame{id: y.ID, says: y.Says, after: y.After, part: y.Part, retracts: y.Retracts, last: y.Last, confirms: y.Confirms, whenever: y.Whenever, ends: y.Ends, repeats: y.Repeats, zero: y.Zero, cost: y.Cost, lenient: y.Tier == "lenient"}
	if y.ID == "" || len(y.Patterns) == 0 {
		return nil, errors.New("has no id or no patterns")
	}
	if _, ok := meanings[y.Says]; !ok {
		return nil, fmt.Errorf("says %q, which is none of %s", y.Says, strings.Join(sayings(), " "))
	}
	if y.Tier != "" && y.Tier != "strict" && y.Tier != "lenient" {
		return nil, fmt.Errorf("tier %q is neither strict nor lenient", y.Tier)
	}
	for _, a := range slices.Concat(y.After, y.Confirms) {
		if _, ok := meanings[a]; !ok && a != "start" {
			return nil, fmt.Errorf("%q is none of %s", a, strings.Join(sayings(), " "))
		}
	}
	for _, name := range append(slices.Clone(y.In), y.Sets) {
		i := slices.Index(topicNames, name)
		if name != "" && i < 0 {
			return nil, fmt.Errorf("topic %q is none of %s", name, strings.Join(topicNames, " "))
		}
	}
	f.topics(y)
	for _, text := range y.Patterns {
		p, err := g.compile(text, slots)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", text, err)
		}
		f.patterns = append(f.patterns, p)
	}
	return f, nil
}

// topics sets in which topics the frame is read, and which it leaves.
func (f *frame) topics(y fileFrame) {
	f.sets = topic(max(0, slices.Index(topicNames, y.Sets)))
	for i, name := range topicNames {
		t := topic(i)
		f.reads[t] = len(y.In) == 0 || slices.Contains(y.In, name)
		switch {
		case y.Says == "other", y.Says == "not_ours":
			f.leaves[t] = ofOther
		case y.Says == "heading", y.Sets != "" && (t != ofOther || len(y.In) == 0):
			f.leaves[t] = f.sets
		default:
			f.leaves[t] = t
		}
	}
}

// unused finds words and slots that nothing refers to.
func (g *Grammar) unused(y file) error {
	var used strings.Builder
	for _, p := range y.Slots {
		used.WriteString(" " + p + " ")
	}
	for _, f := range y.Frames {
		used.WriteString(" " + strings.Join(f.Patterns, " ") + " ")
	}
	names := strings.FieldsFunc(used.String(), func(r rune) bool { return strings.ContainsRune(" (){}/|?*+~!,\n", r) })
	for _, name := range append(sorted(y.Words), sorted(y.Slots)...) {
		if !slices.Contains(names, name) && !slices.Contains(builtIn, name) && !readByCode[name] {
			return fmt.Errorf("%q is used nowhere", name)
		}
	}
	return nil
}

// plainRunes is a word as it stands in a text that is made plain.
func plainRunes(text string) []rune { return prose.Normalized(text).Runes }

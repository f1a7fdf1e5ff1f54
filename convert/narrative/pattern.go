package narrative

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// pattern is a compiled pattern of a slot or a frame.
type pattern struct {
	op    operator
	kids  []*pattern
	sym   symbol
	slot  int       // of a slot: its number among them; 0 are names
	empty bool      // it fits no text as well
	first symbolSet // the words that it can begin with
	free  bool      // or with any text
	most  int       // runes of a gap
	least int
	lists bool      // a gap in which 、 and titles may stand
	must  int       // of any order: how many of the parts there have to be, the first
	stops symbolSet // words that a gap cannot run over
	// What a clause must have for the pattern to fit: one of these, if any is named.
	needs []symbolSet
	all   symbolSet // and all of these
}

type operator uint8

const (
	opSequence operator = iota
	opChoice
	opOptional // ?
	opRepeat   // * and, in a sequence with itself, +
	opWord
	opSlot
	opGap
	opName
	opAnyOrder // { }
)

// compile reads the notation that the head of narrative.yaml explains.
func (g *Grammar) compile(text string, slots map[string]string) (*pattern, error) {
	c := &compiler{g, slots, tokenize(text)}
	p, err := c.choice()
	if err != nil {
		return nil, err
	}
	if len(c.rest) > 0 {
		return nil, fmt.Errorf("unexpected %q", c.rest[0])
	}
	for _, n := range g.needs(p) {
		if s, ok := n.single(); ok {
			p.all.add(s)
		} else {
			p.needs = append(p.needs, n)
		}
	}
	g.begin(p)
	return p, nil
}

// begin sets for all parts of a pattern how they can begin, and whether they fit no
// text as well.
func (g *Grammar) begin(p *pattern) {
	for _, k := range p.kids {
		g.begin(k)
	}
	take := func(k *pattern) {
		for i := range p.first {
			p.first[i] |= k.first[i]
		}
		p.free = p.free || k.free
	}
	switch p.op {
	case opWord:
		p.first.add(p.sym)
	case opSlot:
		take(g.slots[p.sym])
		p.empty = g.slots[p.sym].empty
	case opGap:
		p.free, p.empty = true, p.least == 0
	case opName:
		p.free = true
	case opAnyOrder:
		for _, k := range p.kids {
			take(k)
		}
	case opSequence:
		p.empty = true
		for _, k := range p.kids {
			if p.empty {
				take(k)
				p.empty = k.empty
			}
		}
	default:
		p.empty = p.op != opChoice
		for _, k := range p.kids {
			take(k)
			p.empty = p.empty || k.empty
		}
	}
}

// tokenize cuts a pattern at spaces and operators.
func tokenize(text string) []string {
	var list []string
	word := ""
	flush := func() {
		if word != "" {
			list = append(list, word)
		}
		word = ""
	}
	for _, r := range text {
		switch {
		case unicode.IsSpace(r):
			flush()
		case strings.ContainsRune("(){}/|?*+", r):
			flush()
			list = append(list, string(r))
		default:
			word += string(r)
		}
	}
	flush()
	return list
}

type compiler struct {
	g     *Grammar
	slots map[string]string
	rest  []string
}

func (c *compiler) next() string {
	if len(c.rest) == 0 {
		return ""
	}
	return c.rest[0]
}

func (c *compiler) choice() (*pattern, error) {
	var list []*pattern
	for {
		p, err := c.sequence()
		if err != nil {
			return nil, err
		}
		list = append(list, p)
		if c.next() != "|" {
			break
		}
		c.rest = c.rest[1:]
	}
	if len(list) == 1 {
		return list[0], nil
	}
	return &pattern{op: opChoice, kids: list}, nil
}

func (c *compiler) sequence() (*pattern, error) {
	p := &pattern{op: opSequence}
	for c.next() != "" && !slices.Contains([]string{"|", ")", "}", "/"}, c.next()) {
		kid, err := c.term()
		if err != nil {
			return nil, err
		}
		switch c.next() {
		case "?":
			kid = &pattern{op: opOptional, kids: []*pattern{kid}}
			c.rest = c.rest[1:]
		case "*":
			kid = &pattern{op: opRepeat, kids: []*pattern{kid}}
			c.rest = c.rest[1:]
		case "+":
			p.kids = append(p.kids, kid)
			kid = &pattern{op: opRepeat, kids: []*pattern{kid}}
			c.rest = c.rest[1:]
		}
		p.kids = append(p.kids, kid)
	}
	if len(p.kids) == 0 {
		return nil, errors.New("nothing to read")
	}
	return p, nil
}

func (c *compiler) term() (*pattern, error) {
	t := c.rest[0]
	c.rest = c.rest[1:]
	switch {
	case t == "(":
		p, err := c.choice()
		if err != nil {
			return nil, err
		}
		if c.next() != ")" {
			return nil, errors.New("a bracket is not closed")
		}
		c.rest = c.rest[1:]
		return p, nil
	case t == "{":
		return c.anyOrder()
	case strings.HasPrefix(t, "~"):
		return c.gap(t[1:])
	case t == "name":
		return &pattern{op: opName}, nil
	case strings.ContainsAny(t[:1], "abcdefghijklmnopqrstuvwxyzN_"):
		return c.named(t)
	case t[0] < 0x80:
		return nil, fmt.Errorf("unexpected %q", t)
	}
	s, err := c.g.newSymbol(t) // a literal
	if err != nil {
		return nil, err
	}
	c.g.addWord(t, s)
	return &pattern{op: opWord, sym: s}, nil
}

// mostParts is how many parts in any order there may be, and how many of those that
// there have to be.
const mostParts = 24

// anyOrder reads {verb object N / adverb}: in any order, each of the first once, and
// of the others any, and any number.
func (c *compiler) anyOrder() (*pattern, error) {
	p := &pattern{op: opAnyOrder}
	must, err := c.sequence()
	if err != nil {
		return nil, err
	}
	p.kids, p.must = must.kids, len(must.kids)
	if c.next() == "/" {
		c.rest = c.rest[1:]
		may, err := c.sequence()
		if err != nil {
			return nil, err
		}
		p.kids = slices.Concat(p.kids, may.kids)
	}
	if c.next() != "}" {
		return nil, errors.New("a bracket is not closed")
	}
	c.rest = c.rest[1:]
	if len(p.kids) > mostParts || p.must > 8 {
		return nil, errors.New("too many parts in any order")
	}
	return p, nil
}

// named is a class of words or a slot, which is compiled when first met.
func (c *compiler) named(name string) (*pattern, error) {
	s, ok := c.g.symbols[name]
	switch {
	case !ok:
		return nil, fmt.Errorf("%q is neither words nor a slot", name)
	case c.g.isWord.has(s):
		return &pattern{op: opWord, sym: s}, nil
	}
	if err := c.g.addSlot(name, c.slots); err != nil {
		return nil, err
	}
	return &pattern{op: opSlot, sym: s, slot: c.g.slotNumber[s]}, nil
}

// gap reads ~12!field,organ: up to twelve runes that none of these words begin in, and
// ~、12, in which 、 and titles may stand.
func (c *compiler) gap(t string) (*pattern, error) {
	p := &pattern{op: opGap, most: 8}
	size, stops, _ := strings.Cut(t, "!")
	size, p.lists = strings.CutPrefix(size, "、")
	if least, most, ok := strings.Cut(size, "-"); ok {
		n, err := strconv.Atoi(least)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no length of a gap", least)
		}
		p.least, size = n, most
	}
	if size != "" {
		n, err := strconv.Atoi(size)
		if err != nil || n < 1 {
			return nil, fmt.Errorf("%q is no length of a gap", size)
		}
		p.most = n
	}
	for _, name := range strings.FieldsFunc(stops, func(r rune) bool { return r == ',' }) {
		s, ok := c.g.symbols[name]
		if !ok || !c.g.isWord.has(s) {
			return nil, fmt.Errorf("%q are no words", name)
		}
		p.stops.add(s)
	}
	return p, nil
}

// needs are the words without which the pattern fits nothing: one of each set.
func (g *Grammar) needs(p *pattern) []symbolSet {
	switch p.op {
	case opWord:
		var s symbolSet
		s.add(p.sym)
		return []symbolSet{s}
	case opSlot:
		slot := g.slots[p.sym]
		all := slices.Clone(slot.needs)
		for s := range symbol(mostSymbols) {
			if slot.all.has(s) {
				var one symbolSet
				one.add(s)
				all = append(all, one)
			}
		}
		return all
	case opSequence, opAnyOrder:
		var all []symbolSet
		kids := p.kids
		if p.op == opAnyOrder {
			kids = kids[:p.must]
		}
		for _, k := range kids {
			for _, n := range g.needs(k) {
				if !slices.Contains(all, n) {
					all = append(all, n)
				}
			}
		}
		return all
	case opChoice: // one of what any of them needs first
		var one symbolSet
		for _, k := range p.kids {
			n := g.needs(k)
			if len(n) == 0 {
				return nil
			}
			for i := range one {
				one[i] |= n[0][i]
			}
		}
		return []symbolSet{one}
	}
	return nil
}

package pdf

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// measure says how a paragraph is filled into lines. Lengths are in points.
type measure struct {
	width    float64 // of a line
	indent   float64 // of the first line
	size     float64 // of the type
	tracking float64 // added to the width of each character
	ragged   bool    // gaps are not spread; for narrow cells
}

// line is a line of a paragraph.
type line struct {
	chars []char
	x     float64 // where it starts, from the left edge of the measure
	gap   float64 // added between chars that stretch, to justify it; see stretches
	every bool    // the gap is added within words and numbers, too
	width float64 // natural width, without gaps

	label *label // what stands before the line, or nil
}

// label stands before a line: 附件：1.
type label struct {
	chars []char
	x     float64
}

// What a line may cost. A gap of looseGap costs as much as the worst that is still
// good; beyond maxGap a line is left ragged instead.
const (
	looseGap   = 0.12 // em
	maxGap     = 0.25 // em
	lineCost   = 1    // of each line
	tightCost  = 2    // of all marks losing their blank halves
	raggedCost = 10
	wordGap    = 0.08 // em, of a line that is spread within its words and numbers, too
	wordCost   = 4    // of the widest such gap
	partedCost = 6    // of a break within an address or number: more than any gap, less than a ragged line
	stubCost   = 8    // of a last line of one character (孤字不成行)
	shortCost  = 0.5  // of one of two characters
	forcedCost = 100  // of a break that only a run longer than a line has to suffer
)

// fill breaks a paragraph into lines, all of which are chosen together: of all ways
// to set it the one that costs least. The chars are used up: marks that lose their
// blank half are changed in place.
func fill(chars []char, m measure) []line {
	if m.ragged {
		return fillRagged(chars, m)
	}
	n := len(chars)
	// steps[i] is the last line of the cheapest way to set the chars before i.
	buffer := stepBuffers.Get().(*[]step)
	defer stepBuffers.Put(buffer)
	if *buffer = append((*buffer)[:0], step{}); cap(*buffer) <= n {
		*buffer = make([]step, n+1, 2*n+2)
	}
	steps := (*buffer)[:n+1]
	for i := 1; i <= n; i++ {
		steps[i].total = math.Inf(1)
	}
	for start := range n {
		if steps[start].total < math.Inf(1) {
			relax(chars, start, m, steps)
		}
	}
	ends := make([]int, 0, n/20+2)
	for end := n; end > 0; end = steps[end].from {
		ends = append(ends, end)
	}
	slices.Reverse(ends)
	var lines []line
	for i, end := range ends {
		st := steps[end]
		if st.begin == end {
			continue // nothing but spaces
		}
		indent := 0.0
		if i == 0 {
			indent = m.indent
		}
		l := finishLine(chars, st.begin, st.candidate, m, m.width-indent)
		l.x = indent
		lines = append(lines, l)
	}
	return lines
}

// stepBuffers spare every paragraph its own.
var stepBuffers = sync.Pool{New: func() any { return new([]step) }}

// step is a line of a paragraph with what all lines up to it cost.
type step struct {
	candidate
	from  int // where the line before it ends
	begin int // its first char, behind the spaces that a break left over
	total float64
}

// candidate is a place to end a line.
type candidate struct {
	end    int     // index behind the last char
	over   float64 // natural width beyond the line's, which its marks have to give up
	spread bool    // whether the rest of the line is spread over its gaps
	every  bool    // over all of them, see line
	cost   float64
}

// relax goes through the lines that may begin at start, and keeps those that are the
// cheapest way to where they end. A ragged line counts only where no other is to be had.
func relax(chars []char, start int, m measure, steps []step) {
	const slack = 1e-6
	em := m.size / 1000
	width := m.width
	if start == 0 {
		width -= m.indent
	}
	before := steps[start].total
	keep := func(begin int, c candidate) {
		if total := before + c.cost + lineCost; total < steps[c.end].total {
			steps[c.end] = step{c, start, begin, total}
		}
	}
	begin := start
	for begin < len(chars) && chars[begin].kind&isSpace != 0 {
		begin++
	}
	if begin == len(chars) {
		keep(begin, candidate{end: begin, cost: -lineCost})
		return
	}
	var (
		natural  float64 // of chars[begin:i+1]
		trailing float64 // of the spaces at its end
		gaps     int     // places to spread
		inner    int     // those before the spaces
		letters  int     // and all places between chars before them
		wide     int     // marks to squeeze
		ragged   candidate
		found    bool
	)
	// For a run longer than a line: after a break of UAX #14 within the run, else
	// between any two characters that may part, else anywhere.
	fallback, hard, any := 0, 0, begin+1
	for i := begin; i < len(chars); i++ {
		c := &chars[i]
		w := float64(c.width)*em + m.tracking
		natural += w
		if c.kind&isSpace != 0 {
			trailing += w
		} else {
			trailing, inner, letters = 0, gaps, i-begin
		}
		net := natural - trailing
		if net-float64(wide)*m.size/2 > width+slack {
			break
		}
		if net <= width+slack {
			any = max(any, i+1)
			if i+1 < len(chars) && parts(c, &chars[i+1]) {
				hard = i + 1
			}
			if c.after != never {
				fallback = i + 1
			}
		}
		if c.after >= costly {
			switch got := weigh(chars, i+1, net, inner, letters, wide, m, width+slack); {
			case math.IsInf(got.cost, 1):
			case got.spread || got.over > 0 || got.end == len(chars) || net > width-slack:
				if got.end == len(chars) {
					got.cost += stub(chars[begin:])
				}
				found = true
				keep(begin, got)
			case ragged.end == 0 || got.cost < ragged.cost:
				ragged = got
			}
		}
		if i+1 < len(chars) && stretches(c, &chars[i+1]) {
			gaps++
		}
		if c.squeezable() && i > begin {
			wide++
		}
	}
	switch {
	case found:
	case ragged.end > 0:
		keep(begin, ragged)
	default:
		keep(begin, candidate{end: cmp.Or(fallback, hard, any), cost: forcedCost})
	}
}

// stub is what a paragraph's last line costs for being short.
func stub(chars []char) float64 {
	n := 0
	for i := range chars {
		if chars[i].kind&(isCloser|isSpace) == 0 {
			if n++; n > 2 {
				return 0
			}
		}
	}
	if n == 2 {
		return shortCost
	}
	return stubCost
}

// weigh says what it costs to end a line before text[end], which has so many gaps
// to spread, places between chars and marks to squeeze.
func weigh(text []char, end int, net float64, gaps, chars, wide int, m measure, width float64) candidate {
	c := candidate{end: end}
	if text[end-1].after == costly {
		c.cost = partedCost
	}
	if c.over = max(0, net-width); c.over > 0 {
		blank := float64(wide) * m.size / 2
		if c.over > blank {
			c.cost = math.Inf(1)
			return c
		}
		c.cost += c.over / blank * c.over / blank * tightCost
		net = width
	}
	if end == len(text) {
		return c
	}
	gap := (width - net) / max(float64(gaps), 1)
	letter := (width - net) / max(float64(chars), 1) / (wordGap * m.size)
	switch {
	case gap > maxGap*m.size && letter <= 1: // an address takes most of the line
		c.spread, c.every = true, true
		c.cost += wordCost * (1 + letter*letter)
	case gap > maxGap*m.size:
		c.cost += raggedCost + gap
	default:
		c.spread = gaps > 0
		loose := gap / (looseGap * m.size)
		c.cost += loose * loose
	}
	return c
}

// fillRagged breaks a label into lines one after the other, each as full as it may be,
// or ending behind a bracket or comma where that is about as good.
func fillRagged(chars []char, m measure) []line {
	var lines []line
	for start := 0; start < len(chars); {
		if chars[start].kind&isSpace != 0 { // a space that a break left over
			start++
			continue
		}
		end := raggedEnd(chars, start, m)
		lines = append(lines, finishLine(chars, start, candidate{end: end}, m, m.width))
		start = end
	}
	return lines
}

// raggedEnd is where the line of a label that starts with chars[start] ends.
func raggedEnd(chars []char, start int, m measure) int {
	const slack = 1e-6
	natural, cheapest := 0.0, math.Inf(1)
	best, fallback, hard, any := 0, 0, 0, start+1
	for i := start; i < len(chars); i++ {
		c := &chars[i]
		if natural += float64(c.width)*m.size/1000 + m.tracking; c.kind&isSpace == 0 && natural > m.width+slack {
			break
		}
		any = max(any, i+1)
		if i+1 < len(chars) && parts(c, &chars[i+1]) {
			hard = i + 1
		}
		if c.after != never {
			fallback = i + 1
		}
		if c.after != allowed {
			continue
		}
		if i+1 == len(chars) {
			return i + 1
		}
		cost := m.width - natural
		if c.kind&isCloser != 0 { // a label parts best behind a bracket or comma
			cost -= 1.5 * m.size
		}
		if cost < cheapest {
			best, cheapest = i+1, cost
		}
	}
	return cmp.Or(best, fallback, hard, any)
}

// finishLine makes the line that was chosen.
func finishLine(chars []char, start int, c candidate, m measure, width float64) line {
	end := c.end
	for end > start+1 && chars[end-1].kind&isSpace != 0 {
		end--
	}
	if c.over > 0 {
		tighten(chars[start+1:end-1], c.over*1000/m.size)
	}
	l := line{chars: chars[start:end]}
	gaps := 0
	for i, ch := range l.chars {
		l.width += float64(ch.width)*m.size/1000 + m.tracking
		if i > 0 && (c.every || stretches(&l.chars[i-1], &ch)) {
			gaps++
		}
	}
	if c.spread && gaps > 0 {
		l.gap, l.every = (width-l.width)/float64(gaps), c.every
	}
	return l
}

// tighten takes so many thousandths of an em from the blank halves of marks, from
// all of them alike.
func tighten(chars []char, over float64) {
	marks := 0
	for i := range chars {
		if chars[i].squeezable() {
			marks++
		}
	}
	level := int(math.Ceil(over / float64(marks) / squeezeStep))
	for i := range chars {
		if chars[i].squeezable() {
			chars[i].squeeze(min(level, squeezeMost))
		}
	}
}

// parts reports whether two neighbours may stand on different lines, if need be.
func parts(a, b *char) bool {
	return a.kind&isOpener == 0 && b.kind&(isCloser|isMark) == 0 && a.kind&b.kind&isDash == 0
}

// stretches reports whether a gap may be spread between two neighbours: not
// within a word or number, a dash, or before a mark that stands on a character.
func stretches(a, b *char) bool {
	switch {
	case a.kind&b.kind&(isASCII|isDigit|isDash) != 0, b.kind&isMark != 0, b.kind&isSpace != 0 && a.kind&isSpace != 0:
		return false
	}
	return true
}

// countLines counts the lines that fillRagged would make of chars.
func countLines(chars []char, m measure) int {
	n := 0
	for start := 0; start < len(chars); n++ {
		start = raggedEnd(chars, start, m)
	}
	return n
}

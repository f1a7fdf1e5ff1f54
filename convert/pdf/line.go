package pdf

import (
	"cmp"
	"math"
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
	width float64 // natural width, without gaps
}

// What justifying a line may cost. A gap of looseGap costs as much as the worst
// that is still good; beyond maxGap a line is left ragged instead.
const (
	looseGap   = 0.12 // em
	maxGap     = 0.25 // em
	tightCost  = 2    // of all marks losing their blank halves
	stubCost   = 0.6  // of leaving a single character for the paragraph's last line
	raggedCost = 10
)

// fill breaks a paragraph into lines. The chars are used up: marks that lose
// their blank half are changed in place.
func fill(chars []char, m measure) []line {
	var lines []line
	indent := m.indent
	for start := 0; start < len(chars); {
		if chars[start].kind&isSpace != 0 { // a space that a break left over
			start++
			continue
		}
		l, next := fillLine(chars, start, m, m.width-indent)
		l.x = indent
		lines = append(lines, l)
		start, indent = next, 0
	}
	return lines
}

// candidate is a place to end a line.
type candidate struct {
	end    int     // index behind the last char
	over   float64 // natural width beyond the line's, which its marks have to give up
	spread bool    // whether the rest of the line is spread over its gaps
	cost   float64
}

// fillLine chooses the end of the line that starts with chars[start] and is
// width wide: of all permitted ends the one that needs the least spreading or squeezing.
func fillLine(chars []char, start int, m measure, width float64) (line, int) {
	const slack = 1e-6
	em := m.size / 1000
	best := candidate{cost: math.Inf(1)}
	var natural float64  // of chars[start:i+1]
	var trailing float64 // of the spaces at its end
	gaps, wide := 0, 0   // places to spread, marks to squeeze
	inner := 0           // places to spread before those spaces
	// For a run longer than a line: after a break of UAX #14 within the run, else
	// between any two characters that may part, else anywhere.
	fallback, hard, any := 0, 0, start+1
	for i := start; i < len(chars); i++ {
		c := &chars[i]
		w := float64(c.width)*em + m.tracking
		natural += w
		if c.kind&isSpace != 0 {
			trailing += w
		} else {
			trailing, inner = 0, gaps
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
		if c.after == allowed {
			if got := weigh(chars, i+1, net, inner, wide, m, width+slack); got.cost < best.cost {
				best = got
			}
		}
		if i+1 < len(chars) && stretches(c, &chars[i+1]) {
			gaps++
		}
		if c.squeezable() && i > start {
			wide++
		}
	}
	if best.end == 0 {
		best.end = cmp.Or(fallback, hard, any)
	}
	return finishLine(chars, start, best, m, width), best.end
}

// weigh says what it costs to end a line before chars[end].
func weigh(chars []char, end int, net float64, gaps, wide int, m measure, width float64) candidate {
	c := candidate{end: end}
	if c.over = max(0, net-width); c.over > 0 {
		blank := float64(wide) * m.size / 2
		if m.ragged || c.over > blank {
			c.cost = math.Inf(1)
			return c
		}
		c.cost = c.over / blank * c.over / blank * tightCost
		net = width
	}
	if end == len(chars) {
		c.cost -= 1 // no line is better than another line
		return c
	}
	if m.ragged {
		c.cost += width - net
		if chars[end-1].kind&isCloser != 0 { // a label parts best behind a bracket or comma
			c.cost -= 1.5 * m.size
		}
		return c
	}
	gap := (width - net) / max(float64(gaps), 1)
	if gap > maxGap*m.size {
		c.cost += raggedCost + gap
	} else {
		c.spread = gaps > 0
		loose := gap / (looseGap * m.size)
		c.cost += loose * loose
	}
	if rest := chars[end:]; len(rest) == 1 || len(rest) == 2 && rest[1].kind&isCloser != 0 {
		c.cost += stubCost
	}
	return c
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
		if i > 0 && stretches(&l.chars[i-1], &ch) {
			gaps++
		}
	}
	if c.spread && gaps > 0 {
		l.gap = (width - l.width) / float64(gaps)
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

// countLines counts the lines that fill would make of chars in ragged cells.
func countLines(chars []char, m measure) int {
	n := 0
	for start := 0; start < len(chars); n++ {
		_, start = fillLine(chars, start, m, m.width)
	}
	return n
}

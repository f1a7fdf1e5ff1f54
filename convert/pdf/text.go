package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"nianbao/convert/pdf/font"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// char is a character as it is printed.
type char struct {
	char    rune
	missing bool // no face has it: 〓 is drawn
	face    *font.Face
	glyph   uint16
	variant font.Variant
	width   int // thousandths of an em, of the variant
	kind    kind
	after   permission // whether the line may break behind it
}

// kind says how a character behaves in a line.
type kind uint8

const (
	isOpener  kind = 1 << iota // opens a bracket or quotation: never last in a line
	isCloser                   // closes one, or is a stop: never first in a line
	isSpace                    // dropped at a line's end
	isASCII                    // of a word, number or address
	isDigit                    // full-width ones, too
	isMark                     // stands on the character before
	isDash                     // of a — or … run, which has no gaps
	isWideTwo                  // full-width mark whose other half is blank
)

// permission says whether a line may break.
type permission uint8

const (
	never     permission = iota
	emergency            // only in a run that is longer than a line
	costly               // within an address or telephone number, rather than leave the line ragged
	allowed
)

// The characters that no line starts with, and that none ends with: GB/T 15834
// (punctuation), JIS X 4051 for those it does not name.
const (
	notFirst = "。，、；：？！.,;:?!）)》〉】〗］]〕」』｝}”’%％‰℃°′″…·・～~-–—‐／/﹏ー々"
	notLast  = "（(《〈【〖［[〔「『｛{“‘￥¥$＄№＃#@"

	blankLeft  = "（《〈【〖［〔「『｛“‘"
	blankRight = "。，、；：）》〉】〗］〕」』｝”’" // ？！ stand in the middle in some faces
)

// span is a part of a paragraph set in the face of one role.
type span struct {
	role role
	text string
}

// missing collects the characters that no face has, in the order they are met.
type missing struct {
	notes []report.Note
	index map[rune]int
}

const maxMissingCells = 20 // of one character

func (m *missing) add(char rune, cell report.Cell) {
	i, ok := m.index[char]
	if !ok {
		if m.index == nil {
			m.index = map[rune]int{}
		}
		i = len(m.notes)
		m.index[char] = i
		m.notes = append(m.notes, report.Note{Kind: report.MissingGlyph, Text: string(char), Read: string(geta)})
	}
	cells := &m.notes[i].Cells
	if n := len(*cells); !cell.IsZero() && n < maxMissingCells && (n == 0 || (*cells)[n-1] != cell) {
		*cells = append(*cells, cell)
	}
}

const geta = '〓' // printed for a character that no face has

// shaper makes chars of text.
type shaper struct {
	chains  *chains
	missing missing
	images  []pageImage
	cache   [roleCount]map[rune]char
}

// shape makes chars of the cleaned text of one paragraph. cell is where the
// text stands in the workbook.
func (s *shaper) shape(cell report.Cell, spans ...span) []char {
	n := 0
	for _, sp := range spans {
		n += len(sp.text)
	}
	chars := make([]char, 0, n/2+1)
	var text strings.Builder
	text.Grow(n)
	for _, sp := range spans {
		text.WriteString(sp.text)
		for _, r := range sp.text {
			chars = append(chars, s.char(sp.role, r, cell))
		}
	}
	permitBreaks(chars, text.String())
	return joinDashes(squeezePairs(chars))
}

func (s *shaper) char(r role, c rune, cell report.Cell) char {
	if s.cache[r] == nil {
		s.cache[r] = make(map[rune]char, 256)
	}
	if ch, ok := s.cache[r][c]; ok {
		if ch.missing {
			s.missing.add(c, cell)
		}
		return ch
	}
	if ch, ok := s.script(r, c); ok {
		s.cache[r][c] = ch
		return ch
	}
	f, g, ok := s.chains.find(r, c)
	if !ok && c == '\u00A0' {
		f, g, ok = s.chains.find(r, ' ')
	}
	if !ok { // the glyph of 〓, which is copied as the character that it stands for
		s.missing.add(c, cell)
		f, g, _ = s.chains.find(r, geta)
	}
	ch := char{char: c, missing: !ok, face: f, glyph: g, width: f.Width(g), kind: kindOf(c)}
	if ch.kind&(isOpener|isCloser) != 0 && ch.width < 900 {
		ch.kind &^= isWideTwo // a proportional quotation mark has no blank half
	}
	s.cache[r][c] = ch
	return ch
}

// The super- and subscript digits, by the digit that they are.
const (
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	subscripts   = "₀₁₂₃₄₅₆₇₈₉"
)

// scriptScale, scriptRise and scriptFall are how a digit is drawn as a super- or a
// subscript, in thousandths of an em.
const (
	scriptScale = 600
	scriptRise  = 380
	scriptFall  = -140
)

// script makes a super- or subscript digit of an ordinary one: few faces have them all.
func (s *shaper) script(r role, c rune) (char, bool) {
	rise := scriptRise
	n := utf8.RuneCountInString(superscripts[:max(0, strings.IndexRune(superscripts, c))])
	if !strings.ContainsRune(superscripts, c) {
		if !strings.ContainsRune(subscripts, c) {
			return char{}, false
		}
		rise = scriptFall
		n = utf8.RuneCountInString(subscripts[:strings.IndexRune(subscripts, c)])
	}
	f, g, ok := s.chains.find(r, '0'+rune(n))
	if !ok {
		return char{}, false
	}
	width := f.Width(g) * scriptScale / 1000
	return char{char: c, face: f, glyph: g, width: width, kind: isASCII,
		variant: font.Variant{Rise: int16(rise), Scale: scriptScale, Advance: int16(width)}}, true
}

func kindOf(r rune) kind {
	var k kind
	if strings.ContainsRune(notLast, r) {
		k |= isOpener
	}
	if strings.ContainsRune(notFirst, r) {
		k |= isCloser
	}
	if strings.ContainsRune(blankLeft, r) || strings.ContainsRune(blankRight, r) {
		k |= isWideTwo
	}
	switch {
	case r == ' ' || r == '\u3000':
		k |= isSpace
	case r > ' ' && r < 0x7F || r >= 0xA1 && r < 0x250 && r != '·':
		k |= isASCII
		if r >= '0' && r <= '9' {
			k |= isDigit
		}
	case r >= '０' && r <= '９':
		k |= isDigit
	case r == '—' || r == '…' || r == '─':
		k |= isDash
	case unicode.In(r, unicode.Mn, unicode.Me):
		k |= isMark
	}
	return k
}

// sided gives quotation marks a side. UAX #14 breaks no line at “ and ”, which
// may be either side of a quotation; in Chinese they are as one-sided as 《 and 》.
var sided = strings.NewReplacer("“", "《", "”", "》", "‘", "《", "’", "》")

// permitBreaks says behind which chars a line may break: where UAX #14 says so,
// unless the rules of Chinese or of numbers forbid it.
func permitBreaks(chars []char, text string) {
	text = sided.Replace(text)
	runes := []rune(text)
	state, rest, at := -1, text, 0
	for len(rest) > 0 {
		var segment string
		segment, rest, _, state = uniseg.FirstLineSegmentInString(rest, state)
		at += utf8.RuneCountInString(segment)
		if at > 0 && at <= len(chars) {
			chars[at-1].after = allowed
		}
	}
	for i := range len(chars) - 1 {
		a, b := &chars[i], &chars[i+1]
		switch {
		case b.kind&isMark != 0, a.kind&isOpener != 0, b.kind&isCloser != 0:
			a.after = never
		case a.kind&b.kind&isDash != 0:
			a.after = never
		case a.after == allowed && a.kind&b.kind&(isASCII|isDigit) != 0:
			a.after = emergency
		}
	}
	keepNumbers(chars, runes)
	partAddresses(chars)
	if n := len(chars); n > 0 {
		chars[n-1].after = allowed
	}
}

// partAddresses lets a line break within an address behind / . ? & = - _ @ and within
// a number behind a hyphen, at a cost.
func partAddresses(chars []char) {
	for start := 0; start < len(chars); start++ {
		if chars[start].kind&isASCII == 0 {
			continue
		}
		end := start
		for end < len(chars) && chars[end].kind&isASCII != 0 {
			end++
		}
		partAddress(chars[start:end])
		start = end
	}
}

// partAddress does so within a run without spaces and Chinese characters.
func partAddress(run []char) {
	const scheme = 8 // characters of https://
	letters, dots := false, 0
	for i := range run {
		switch c := run[i].char; {
		case c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z':
			letters = true
		case strings.ContainsRune("./@", c):
			dots++
		}
	}
	for i := 1; i+1 < len(run); i++ {
		a, b := &run[i], &run[i+1]
		if b.kind&isCloser != 0 || strings.ContainsRune("./@", b.char) {
			continue
		}
		hyphen := a.char == '-' && run[i-1].kind&b.kind&isDigit != 0
		address := letters && dots > 0 && len(run) > scheme && (i >= scheme || a.char != '/') && strings.ContainsRune("/.?&=-_@", a.char)
		if hyphen || address {
			a.after = costly
		}
	}
}

// keepNumbers keeps a number and its unit on one line: 26件, 3.5万元, 第20条.
func keepNumbers(chars []char, runes []rune) {
	tie := func(i int) {
		if chars[i].after == allowed {
			chars[i].after = emergency
		}
	}
	for i := range len(chars) - 1 {
		digit, next := chars[i].kind&isDigit != 0, chars[i+1].kind&isDigit != 0
		if !digit && next && runes[i] == '第' {
			tie(i)
		}
		if !digit || next {
			continue
		}
		if n := unitLength(runes[i+1:]); n > 0 {
			for j := range n {
				tie(i + j)
			}
		}
	}
}

// unitLength counts the runes of the unit that a text starts with.
func unitLength(runes []rune) int {
	for _, u := range prose.Units {
		n := 0
		for _, r := range u {
			if n >= len(runes) || runes[n] != r {
				n = -1
				break
			}
			n++
		}
		if n > 0 {
			return n
		}
	}
	return 0
}

// squeezePairs takes the blank half from a mark where two marks meet, as in 。” or 》（.
func squeezePairs(chars []char) []char {
	for i := range len(chars) - 1 {
		a, b := &chars[i], &chars[i+1]
		if a.kind&b.kind&isWideTwo == 0 {
			continue
		}
		switch {
		case a.kind&isCloser != 0:
			a.squeeze(squeezeMost)
		case b.kind&isOpener != 0:
			b.squeeze(squeezeMost)
		}
	}
	return chars
}

// A full-width mark is squeezed by up to squeezeMost steps of squeezeStep
// thousandths of an em.
const (
	squeezeMost = 10
	squeezeStep = 50
)

// squeezable reports whether the character is a full-width mark with all of its
// blank half.
func (c *char) squeezable() bool { return c.kind&isWideTwo != 0 && c.variant == font.Variant{} }

// squeeze takes so many steps from the blank half of a mark, if it has it.
func (c *char) squeeze(steps int) {
	if !c.squeezable() {
		return
	}
	taken := steps * squeezeStep
	c.width -= taken
	c.variant.Advance = int16(c.width)
	if c.kind&isOpener != 0 {
		c.variant.Shift = int16(-taken)
	}
}

const twoEmDash = '⸺'

// joinDashes makes one char of each —— of a face whose dash is narrower than an
// em, so that it is one stroke two ems wide.
func joinDashes(chars []char) []char {
	out := chars[:0]
	for i := 0; i < len(chars); i++ {
		c := chars[i]
		if c.char == '—' && c.width < 1000 && i+1 < len(chars) && chars[i+1].char == '—' && chars[i+1].face == c.face {
			if g := c.face.Glyph(twoEmDash); g != 0 {
				shift := (2000 - c.face.Width(g)) / 2
				c.char, c.glyph, c.variant, c.width = twoEmDash, g, font.Variant{Shift: int16(shift), Advance: 2000}, 2000
				c.after = chars[i+1].after
				i++
			}
		}
		out = append(out, c)
	}
	return out
}

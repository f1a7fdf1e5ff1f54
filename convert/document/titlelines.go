package document

import (
	"strings"
	"unicode"
)

// Ems is how wide a text is, in full-width characters: those of Latin text are half as
// wide in the faces that the standard asks for.
func Ems(text string) float64 {
	n := 0.0
	for _, r := range text {
		switch {
		case r < 0x250, r >= 0x2070 && r < 0x20A0: // the latter are super- and subscripts
			n += 0.5
		default:
			n++
		}
	}
	return n
}

// longestTitle is how many lines a title has; what is longer is none.
const longestTitle = 8

// TitleLines are the lines of the title where a line holds so many full-width characters.
func (d *Document) TitleLines(measure float64) []string {
	if Ems(d.Title) > longestTitle*measure {
		return []string{d.Title}
	}
	runes := []rune(d.Title)
	s := Setting{Widths: make([]float64, len(runes)), May: make([]bool, len(runes)), Measure: measure, Em: 1}
	for i, r := range runes {
		s.Widths[i], s.May[i] = Ems(string(r)), i+1 == len(runes) || mayPart(r, runes[i+1])
	}
	ends := PartTitle(s, d.Title, d.Organization)
	if ends == nil {
		return []string{d.Title}
	}
	lines := make([]string, len(ends))
	start := 0
	for i, end := range ends {
		lines[i], start = string(runes[start:end]), end
	}
	return lines
}

// mayPart reports whether a line of a title may end between two characters: not within
// a word or a number, nor between a year and its 年, nor before a mark or behind one that
// opens.
func mayPart(a, b rune) bool {
	half := func(r rune) bool { return r < 0x250 && r != ' ' }
	opens := func(r rune) bool { return strings.ContainsRune("（《“〔【", r) }
	switch {
	case half(a) && half(b), unicode.IsDigit(a) && b == '年', opens(a):
		return false
	}
	return opens(b) || !unicode.IsPunct(b)
}

// Package prose brings text to one width, once for all who compare text: [Fold] for
// labels and names, [Normalized] for running text that is to be quoted as it stood. For
// who prints it there are [Clean], [Lines] and [Punctuated].
package prose

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Prose is a text made plain: no white space, half width. It knows where each
// rune stood.
type Prose struct {
	Runes  []rune
	at     []int // byte offset of each rune in the original
	spaces []int // runes that white space stood before
}

// Spaced reports whether white space stood before a rune.
func (p Prose) Spaced(i int) bool {
	_, ok := slices.BinarySearch(p.spaces, i)
	return ok
}

// Normalized is a text made plain. Of Chinese stops 。 and 、 keep their width: they part
// what , and . do not.
func Normalized(text string) Prose {
	n := utf8.RuneCountInString(text)
	p := Prose{Runes: make([]rune, 0, n), at: make([]int, 0, n)}
	for i, r := range text {
		if plain(r) {
			p.Runes, p.at = append(p.Runes, r), append(p.at, i)
			continue
		}
		if unicode.IsSpace(r) {
			if at := len(p.Runes); at > 0 && (len(p.spaces) == 0 || p.spaces[len(p.spaces)-1] != at) {
				p.spaces = append(p.spaces, at)
			}
			continue
		}
		if unicode.Is(unicode.Cf, r) {
			continue
		}
		if r > unicode.MaxLatin1 {
			if f := width.LookupRune(r).Folded(); f != 0 && r != '。' && r != '、' {
				r = f
			}
		}
		p.Runes = append(p.Runes, r)
		p.at = append(p.at, i)
	}
	return p
}

// Text is the plain text of the runes from the one to before the other.
func (p Prose) Text(from, to int) string { return string(p.Runes[from:to]) }

// Quote is what stands in the original, which p was made of, for the runes from from to
// before to, on one line. A long one is cut around focus, the rune that it is quoted for.
func (p Prose) Quote(original string, from, to, focus int) string {
	const most = 60
	ellipsis := func(cut bool) string {
		if cut {
			return "…"
		}
		return ""
	}
	a, b := from, to
	if b-a > most {
		a = max(from, min(focus-most/2, to-most))
		b = min(to, a+most)
	}
	end := len(original)
	if b < len(p.at) {
		end = p.at[b]
	}
	return ellipsis(a > from) + strings.Join(strings.Fields(original[p.at[a]:end]), "") + ellipsis(b < to)
}

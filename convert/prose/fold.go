package prose

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Fold brings a label to one width, without white space, quotes and characters
// that do not show, and with one shape for each bracket and stop.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range s {
		switch r = FoldRune(r); {
		case r == 0:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Blank reports whether there is nothing left of a text when it is folded. It reads no more
// of it than it must: many cells may share a long text.
func Blank(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return FoldRune(r) != 0 })
}

// FoldRune folds one character; 0 drops it.
func FoldRune(r rune) rune {
	if plain(r) {
		return r
	}
	if n := width.LookupRune(r).Folded(); n != 0 {
		r = n
	}
	switch r {
	case '“', '”', '„', '‟', '"', '‘', '’', '‛', '\'', '「', '」', '『', '』', '`', '″', '′':
		return 0
	case '〔', '【', '[', '{', '〈', '《', '⟨', '﹙':
		return '('
	case '〕', '】', ']', '}', '〉', '》', '⟩', '﹚':
		return ')'
	case '、', '､':
		return ','
	case '。', '｡', '·', '•', '‧', '・':
		return '.'
	case '—', '–', '−', '―', '‐', '‑', '─', '－':
		return '-'
	case '〇', '○':
		return '〇'
	}
	if unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Mn, r) || r == '\uFFFD' {
		return 0
	}
	return r
}

// plain reports whether a character is one of those that texts mostly are of and that have
// one width and one shape: of Chinese, Arabic figures and Latin letters.
func plain(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
}

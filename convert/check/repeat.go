package check

import (
	"strings"
	"unicode"

	"nianbao/convert/narrative"
	"nianbao/convert/prose"
)

// shingle is the length of the pieces that texts are compared by.
const shingle = 6

// bareWords is a text without numbers, punctuation and white space: what is left
// when last year's text is handed in with this year's figures.
func bareWords(text string) []rune {
	all := prose.Normalized(text).Runes
	w := all[:0]
	for _, r := range all {
		if unicode.IsLetter(r) && !strings.ContainsRune(narrative.ChineseRunes, r) {
			w = append(w, r)
		}
	}
	return w
}

// shareIn is how much of a text is made of pieces of another.
func shareIn(w []rune, pieces map[[shingle]rune]bool) float64 {
	n := 0
	for i := 0; i+shingle <= len(w); i++ {
		if pieces[[shingle]rune(w[i:])] {
			n++
		}
	}
	return float64(n) / float64(len(w)-shingle+1)
}

// standardOpening reports whether a paragraph is the one that every report begins
// with, every year: 根据《中华人民共和国政府信息公开条例》……编制本报告.
func standardOpening(w []rune) bool {
	s := string(w)
	return strings.Contains(s, "条例") && (strings.Contains(s, "编制") || strings.Contains(s, "现将") || strings.Contains(s, "公布")) && len(w) < 300
}

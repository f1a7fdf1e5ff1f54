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
		if !numerals[r] && (r >= 0x4E00 && r <= 0x9FFF || unicode.IsLetter(r)) {
			w = append(w, r)
		}
	}
	return w
}

// numerals are those that Chinese writes.
var numerals = func() map[rune]bool {
	m := map[rune]bool{}
	for _, r := range narrative.ChineseRunes {
		m[r] = true
	}
	return m
}()

// pieces are the pieces of texts, each as a number that no other is likely to have.
type pieces map[uint64]struct{}

func (p pieces) add(w []rune) {
	for i := 0; i+shingle <= len(w); i++ {
		p[piece(w[i:])] = struct{}{}
	}
}

// piece is the number of the piece that a text begins with.
func piece(w []rune) uint64 {
	const prime = 0x9E3779B97F4A7C15
	h := uint64(0)
	for _, r := range w[:shingle] {
		h = (h ^ uint64(r)) * prime
		h ^= h >> 29
	}
	return h
}

// shareOf is how much of a text is made of the pieces.
func (p pieces) shareOf(w []rune) float64 {
	n := 0
	for i := 0; i+shingle <= len(w); i++ {
		if _, ok := p[piece(w[i:])]; ok {
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

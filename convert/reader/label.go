package reader

import (
	"strings"
	"unicode"

	"nianbao/convert/prose"
)

// Labels are compared in three strengths. Wide and narrow forms, white space,
// quotes and the shape of brackets and of punctuation never matter.
//
//	fold     1.危及“三安全一稳定”              → 1.危及三安全一稳定
//	wording  （二）部分公开（区分处理的，只计…）  → 部分公开(区分处理的只计…)
//	core     （二）部分公开（区分处理的，只计…）  → 部分公开
//
// Two labels mean the same when their cores are equal, and say it in the same
// words when their wordings are.

// wording is the label without its numbering and its punctuation.
func wording(s string) string {
	folded := []rune(prose.Fold(s))
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range folded[numberOf(folded, s):] {
		switch r {
		case ',', '.', ':', ';', '-', '?', '!', '*', '/':
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// core is the wording without the remarks in brackets behind it. A label that is
// nothing but a remark is its own core.
func core(s string) string {
	w := wording(s)
	for strings.HasSuffix(w, ")") {
		i := openingBracket(w)
		if i <= 0 {
			break
		}
		w = w[:i]
	}
	return w
}

// openingBracket is the index of the bracket that the last character closes, or -1.
func openingBracket(s string) int {
	depth := 0
	for i := len(s) - 1; i >= 0; i-- {
		switch s[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

const chineseDigits = "〇零一二三四五六七八九十百"

// numberOf is how many characters of a label, folded, are the numbering that it opens
// with: 一、 （一） (1) 1. 1、 ① 第一， and a bare number that white space or, if its digits are
// Arabic, text follows. A label that is only a number has none.
func numberOf(folded []rune, label string) int {
	n := numbering(folded)
	if n == 0 && len(folded) > 0 && strings.ContainsRune(chineseDigits, folded[0]) && spacedNumber(label) {
		n = 1
	}
	if n == len(folded) {
		return 0
	}
	return n
}

// numbering is how many characters of a folded label are its numbering.
func numbering(r []rune) int {
	at := func(i int) rune {
		if i < len(r) {
			return r[i]
		}
		return 0
	}
	digit := func(c rune) bool { return c >= '0' && c <= '9' }
	i := 0
	bracket := at(0) == '('
	if bracket {
		i++
	}
	if at(i) == '第' {
		i++
	}
	first := i
	for digit(at(i)) || at(i) != 0 && strings.ContainsRune(chineseDigits, at(i)) {
		i++
	}
	circled := i == first && (at(i) >= '①' && at(i) <= '⒛' || at(i) >= '㈠' && at(i) <= '㈩')
	if circled {
		i++
	}
	mark := at(i) == ',' || at(i) == '.' || at(i) == ':' || at(i) == ')'
	switch {
	case i == first, bracket && at(i) != ')':
		return 0
	case !mark && !circled && !digit(at(i-1)):
		return 0
	}
	for at(i) == ',' || at(i) == '.' || at(i) == ':' || at(i) == ')' {
		i++
	}
	return i
}

// spacedNumber reports whether the label opens with a single Chinese digit that
// white space follows: 一 总体情况, as the names of sheets are written.
func spacedNumber(s string) bool {
	r := []rune(strings.TrimLeftFunc(s, unicode.IsSpace))
	return len(r) > 2 && strings.ContainsRune(chineseDigits, r[0]) && unicode.IsSpace(r[1])
}

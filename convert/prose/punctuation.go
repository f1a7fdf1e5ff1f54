package prose

import (
	"slices"
	"strings"
	"unicode"
)

// fullWidth are the marks that people type half-width between Chinese characters, and
// what GB/T 15834 has there.
var fullWidth = map[rune]rune{',': '，', ';': '；', ':': '：', '?': '？', '!': '！', '(': '（', ')': '）'}

const halfMarks = ",;:?!()"

// Punctuated is a text with the half-width marks between its Chinese characters set
// full-width, as GB/T 15834 asks, and how many there were. Marks in numbers, times,
// Latin words and addresses stay as they are.
func Punctuated(text string) (string, int) {
	if !strings.ContainsAny(text, halfMarks) || !strings.ContainsFunc(text, chinese) {
		return text, 0
	}
	runes := []rune(text)
	change := make([]bool, len(runes))
	n := 0
	for i, r := range runes {
		switch r {
		case ',', ';', ':', '?', '!':
			change[i] = chinese(neighbour(runes, i, -1)) || chinese(neighbour(runes, i, 1))
		}
	}
	brackets(runes, change)
	for i := range runes { // behind a mark that becomes full-width, as in (一):
		if r := runes[i]; r != '(' && r != ')' && fullWidth[r] != 0 && i > 0 && change[i-1] {
			change[i] = true
		}
		if change[i] {
			n++
		}
	}
	if n == 0 {
		return text, 0
	}
	var b strings.Builder
	for i, r := range runes {
		switch {
		case change[i]:
			b.WriteRune(fullWidth[r])
		case r == ' ' && (i > 0 && change[i-1] && runes[i-1] != ')' || i+1 < len(runes) && change[i+1] && runes[i+1] == '('):
			// the blank of the full-width mark stands for it
		default:
			b.WriteRune(r)
		}
	}
	return b.String(), n
}

// brackets finds the pairs that belong to Chinese text: there is some within them, or
// right before or behind them.
func brackets(runes []rune, change []bool) {
	var open []int
	for i, r := range runes {
		switch r {
		case '(', '（':
			open = append(open, i)
		case ')', '）':
			if len(open) == 0 {
				continue
			}
			from := open[len(open)-1]
			open = open[:len(open)-1]
			before := neighbour(runes, from, -1)
			latin := before < unicode.MaxLatin1 && (unicode.IsLetter(before) || unicode.IsDigit(before))
			behind := i+1 < len(runes) && chinese(runes[i+1])
			if within := runes[from+1 : i]; chinese(before) || behind && !latin || slices.ContainsFunc(within, chinese) {
				change[from], change[i] = runes[from] == '(', r == ')'
			}
		}
	}
}

// neighbour is the rune before or behind a place, a space between left out; 0 if there
// is none.
func neighbour(runes []rune, i, step int) rune {
	for i += step; i >= 0 && i < len(runes); i += step {
		if runes[i] != ' ' {
			return runes[i]
		}
	}
	return 0
}

// chinese reports whether a rune is a Chinese character or a mark of Chinese text.
func chinese(r rune) bool {
	return unicode.Is(unicode.Han, r) || strings.ContainsRune("，。；：？！、（）《》〈〉【】〔〕「」『』“”％", r)
}

package narrative

import (
	"strings"

	"nianbao/convert/report"
)

const (
	chineseDigits = "零一二三四五六七八九"
	ChineseRunes  = chineseDigits + "〇两十百千"
)

// chineseNumeral reads a whole number below ten thousand written in Chinese
// numerals: 二十七, 一百零三, 两, 二〇.
func chineseNumeral(s []rune) (int64, bool) {
	if len(s) == 0 || len(s) > 8 {
		return 0, false
	}
	var sum, digit int64
	plain := true // digits only, read one by one: 二〇
	for _, r := range s {
		if strings.ContainsRune("十百千", r) {
			plain = false
		}
	}
	for i, r := range s {
		d := int64(strings.IndexRune(chineseDigits, r) / len("零"))
		switch {
		case r == '〇':
			d = 0
		case r == '两':
			d = 2
		}
		unit := map[rune]int64{'十': 10, '百': 100, '千': 1000}[r]
		switch {
		case unit == 10 && i == 0:
			sum += 10
		case unit > 0:
			sum, digit = sum+max(digit, 0)*unit, 0
		case plain:
			sum = sum*10 + d
		default:
			digit = d
		}
	}
	return sum + digit, true
}

// digitRun reads an Arabic number at the start of s, with thousands separators
// and a fraction, and returns how many runes it takes.
func digitRun(s []rune) (report.Number, int) {
	var b strings.Builder
	i := 0
	fraction := false
	for i < len(s) {
		switch c := s[i]; {
		case isDigit(c):
			b.WriteRune(c)
		case c == ',' && !fraction && thousands(s, i):
		case c == '.' && !fraction && i > 0 && i+1 < len(s) && isDigit(s[i+1]):
			fraction = true
			b.WriteRune(c)
		default:
			n, err := report.ParseNumber(b.String())
			if err != nil {
				return report.Number{}, i
			}
			return n, i
		}
		i++
	}
	n, err := report.ParseNumber(b.String())
	if err != nil {
		return report.Number{}, i
	}
	return n, i
}

// thousands reports whether the comma at i stands before exactly three digits
// and after one to three: 3,607 but not 线上4，2024年.
func thousands(s []rune, i int) bool {
	before := 0
	for before < 4 && i-before-1 >= 0 && isDigit(s[i-before-1]) {
		before++
	}
	after := 0
	for after < 4 && i+after+1 < len(s) && isDigit(s[i+after+1]) {
		after++
	}
	return before > 0 && before < 4 && after == 3
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

func isChineseNumeral(r rune) bool {
	switch r {
	case '零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '〇', '两', '十', '百', '千':
		return true
	}
	return false
}

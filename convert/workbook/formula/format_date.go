package formula

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// dateFormat writes a day with the time that has passed of it.
func (e *Evaluator) dateFormat(v Value, section string, found []part, numerals int) (string, Value) {
	day, part, bad := e.dayNumber(v)
	if bad.Kind == Error {
		return "", errValue
	}
	seconds := int(part.Mul(decimal.NewFromInt(24 * 60 * 60)).Round(0).IntPart())
	if seconds == 24*60*60 {
		day, seconds = day+1, 0
	}
	year, month, dayOfMonth := civil(day)
	var b strings.Builder
	write := func(n, width int) {
		s := strconv.Itoa(n)
		switch {
		case numerals == 0:
			fmt.Fprintf(&b, "%0*d", width, n)
		case width >= 4:
			for i := 0; i < len(s); i++ {
				b.WriteString(chineseDigits[numerals-1][s[i]-'0'])
			}
		default:
			s = chineseNumber(s, numerals)
			if numerals == 1 {
				s = strings.TrimPrefix(s, "一十")
				if n >= 10 && n < 20 {
					s = "十" + s
				}
			}
			b.WriteString(s)
		}
	}
	last := "" // letter before
	for i, p := range found {
		if p.literal {
			b.WriteString(p.text)
			continue
		}
		letter := p.text[:1]
		switch n := len(p.text); {
		case letter == "y" && n > 2, letter == "e":
			write(year, 4)
		case letter == "y":
			write(year%100, 2)
		case letter == "m" && n <= 2 && (last == "h" || nextLetter(found[i+1:]) == "s"):
			write(seconds/60%60, n)
		case letter == "m" && n <= 2:
			write(month, n)
		case letter == "d" && n <= 2:
			write(dayOfMonth, n)
		case p.text == "aaa":
			b.WriteString(weekday(day))
		case p.text == "aaaa":
			b.WriteString("星期" + weekday(day))
		case letter == "h" && n <= 2:
			write(seconds/3600, n)
		case letter == "s" && n <= 2:
			write(seconds%60, n)
		case letter == ".":
			b.WriteByte('.')
			continue
		default:
			e.refuse("TEXT " + section)
			return "", unknown
		}
		last = letter
	}
	return b.String(), Value{}
}

func nextLetter(found []part) string {
	for _, p := range found {
		if !p.literal {
			return p.text[:1]
		}
	}
	return ""
}

func weekday(day int) string { return []string{"六", "日", "一", "二", "三", "四", "五"}[day%7] }

package formula

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/shopspring/decimal"
)

// The function TEXT: a value in a number format. Formats that forms use are known: digits
// with grouping, decimals and per cent, dates and times in figures, weekdays in Chinese,
// texts around them, up to four sections, and the Chinese numerals of [DBNum1] and
// [DBNum2]. Others are refused.

// format writes a value in a format.
func (e *Evaluator) format(v Value, code string) (string, Value) {
	sections, ok := splitSections(code)
	if !ok || len(sections) > 4 || len(code) > 255 {
		e.refuse("TEXT " + code)
		return "", unknown
	}
	if v.Kind == Bool {
		return toText(v), Value{}
	}
	if v.Kind == Text {
		d, isNumber := numberInText(v.Text, e.book.From1904)
		if !isNumber || code == "@" {
			section := "@"
			if last := sections[len(sections)-1]; len(sections) == 4 || strings.Contains(last, "@") {
				section = last
			}
			return e.section(v, section)
		}
		v = number(d)
	}
	if v.Kind == Blank {
		v = integer(0)
	}
	section, negative := sections[0], v.Number.IsNegative()
	switch {
	case code == "":
		return "", Value{}
	case strings.Contains(section, "@"):
		return e.section(text(toText(v)), section)
	case negative && len(sections) > 1 && !strings.Contains(sections[1], "@"):
		section, negative, v.Number = sections[1], false, v.Number.Neg()
	case v.Number.IsZero() && len(sections) > 2 && !strings.Contains(sections[2], "@"):
		section = sections[2]
	}
	if !negative {
		return e.section(v, section)
	}
	s, bad := e.section(number(v.Number.Neg()), section)
	if strings.Trim(s, "0.,% ") == "" && strings.ContainsAny(section, "0#?") { // -0 is 0
		return s, bad
	}
	if isDate(section) {
		return "", errValue
	}
	return "-" + s, bad
}

// splitSections cuts a format at its semicolons.
func splitSections(code string) ([]string, bool) {
	var sections []string
	start := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '"':
			j := strings.IndexByte(code[i+1:], '"')
			if j < 0 {
				return nil, false
			}
			i += j + 1
		case '[':
			j := strings.IndexByte(code[i+1:], ']')
			if j < 0 {
				return nil, false
			}
			i += j + 1
		case '\\', '_', '*', '!':
			i++
		case ';':
			sections = append(sections, code[start:i])
			start = i + 1
		}
	}
	return append(sections, code[start:]), true
}

// part is a piece of a section: text, a digit's place (0 # ?), or a letter of a date.
type part struct {
	literal bool
	text    string
}

// parts takes a section apart. It reports how numerals are written and whether all of it is known.
func parts(section string) (found []part, numerals int, ok bool) {
	for i := 0; i < len(section); {
		r, n := utf8.DecodeRuneInString(section[i:])
		switch {
		case r == '"':
			j := strings.IndexByte(section[i+1:], '"')
			found = append(found, part{true, section[i+1 : i+1+j]})
			i += j + 2
			continue
		case r == '[':
			j := strings.IndexByte(section[i:], ']')
			inner := section[i+1 : i+j]
			switch upper := strings.ToUpper(inner); {
			case upper == "DBNUM1":
				numerals = 1
			case upper == "DBNUM2":
				numerals = 2
			case strings.HasPrefix(upper, "$"):
				symbol, _, _ := strings.Cut(inner[1:], "-")
				found = append(found, part{true, symbol})
			default:
				return nil, 0, false
			}
			i += j + 1
			continue
		case r == '\\' || r == '!':
			if i += n; i < len(section) {
				r, n = utf8.DecodeRuneInString(section[i:])
				found = append(found, part{true, string(r)})
			}
		case r == '_' || r == '*':
			if r == '_' {
				found = append(found, part{true, " "})
			}
			if i += n; i < len(section) {
				_, n = utf8.DecodeRuneInString(section[i:])
			} else {
				n = 0
			}
		case strings.ContainsRune("ymdhsaeg", r|0x20) && r < 0x80:
			j := i
			for j < len(section) && section[j]|0x20 == section[i]|0x20 {
				j++
			}
			if strings.HasPrefix(strings.ToLower(section[i:]), "general") {
				j = i + len("general")
			} else if strings.HasPrefix(section[i:], "G/通用格式") {
				j = i + len("G/通用格式")
			}
			found = append(found, part{false, strings.ToLower(section[i:j])})
			i = j
			continue
		case strings.ContainsRune("0#?.,%@", r):
			found = append(found, part{false, string(r)})
		case strings.ContainsRune("$-+/():^&'~{}<>= ", r) || r >= 0x80:
			found = append(found, part{true, string(r)})
		default:
			return nil, 0, false
		}
		i += n
	}
	return found, numerals, true
}

func isDate(section string) bool {
	found, _, _ := parts(section)
	for _, p := range found {
		if !p.literal && strings.ContainsAny(p.text[:1], "ymdhsae") {
			return true
		}
	}
	return false
}

// section writes a text, or a number that is not negative.
func (e *Evaluator) section(v Value, section string) (string, Value) {
	found, numerals, ok := parts(section)
	if !ok {
		e.refuse("TEXT " + section)
		return "", unknown
	}
	var b strings.Builder
	if v.Kind == Text {
		for _, p := range found {
			switch {
			case p.literal:
				b.WriteString(p.text)
			case p.text == "@":
				b.WriteString(v.Text)
			}
			if b.Len() > 4*longestText {
				return "", errValue
			}
		}
		return b.String(), Value{}
	}
	if numerals > 0 && len(found) == 0 { // [DBNum2] alone
		found = []part{{false, "general"}}
	}
	if isDate(section) {
		return e.dateFormat(v, section, found, numerals)
	}
	for _, p := range found {
		if p.literal || p.text != "general" && p.text != "g/通用格式" {
			continue
		}
		for _, p := range found {
			switch {
			case p.literal:
				b.WriteString(p.text)
			case p.text == "general" || p.text == "g/通用格式":
				if s := general(v.Number); numerals == 0 {
					b.WriteString(s)
				} else {
					b.WriteString(chineseNumber(s, numerals))
				}
			default:
				e.refuse("TEXT " + section)
				return "", unknown
			}
		}
		return b.String(), Value{}
	}
	return e.numberFormat(v.Number, section, found, numerals)
}

// numberFormat writes a number that is not negative with digits in their places.
func (e *Evaluator) numberFormat(d decimal.Decimal, section string, found []part, numerals int) (string, Value) {
	places, decimals, firstDigit, lastDigit := 0, 0, -1, -1
	grouped, point, scale, perCent := false, false, 0, 0
	for i, p := range found {
		if p.literal {
			continue
		}
		switch p.text {
		case "0", "#", "?":
			if scale > 0 { // the comma stands between digits
				grouped, scale = true, 0
			}
			if point {
				decimals++
			} else {
				places++
			}
			if firstDigit < 0 {
				firstDigit = i
			}
			lastDigit = i
		case ".":
			if point {
				e.refuse("TEXT " + section)
				return "", unknown
			}
			point = true
		case ",":
			if firstDigit >= 0 && lastDigit == i-1-scale {
				scale++
			} else {
				found[i].literal = true
			}
		case "%":
			perCent++
		default:
			e.refuse("TEXT " + section)
			return "", unknown
		}
	}
	d = shown(d).Shift(int32(2*perCent - 3*scale)).Round(int32(decimals))
	integer, fraction, _ := strings.Cut(d.StringFixed(int32(decimals)), ".")
	if integer == "0" {
		integer = ""
	}
	var b strings.Builder
	digit := func(c byte, following int) { // so many digits of the integer follow
		if numerals > 0 {
			b.WriteString(chineseDigits[numerals-1][c-'0'])
		} else {
			b.WriteByte(c)
		}
		if grouped && following > 0 && following%3 == 0 {
			b.WriteByte(',')
		}
	}
	inFraction := false
	left := places // digit places of the integer that are still to come
	for i, p := range found {
		switch {
		case p.literal:
			b.WriteString(p.text)
		case p.text == ".":
			if places == 0 {
				for k := 0; k < len(integer); k++ {
					digit(integer[k], 0)
				}
			}
			inFraction = true
			b.WriteByte('.')
		case p.text == "%":
			b.WriteByte('%')
		case p.text == ",":
		case inFraction:
			rest := fraction
			fraction = fraction[1:]
			if rest[0] != '0' || p.text == "0" || strings.Trim(rest, "0") != "" || zeroFollows(found[i:]) {
				digit(rest[0], 0)
			} else if p.text == "?" {
				b.WriteByte(' ')
			}
		default:
			padded := len(integer) < left
			for len(integer) >= left && len(integer) > 0 { // digits without a place stand before the first
				digit(integer[0], len(integer)-1)
				integer = integer[1:]
			}
			switch {
			case padded && p.text == "0":
				digit('0', left-1)
			case padded && p.text == "?":
				b.WriteByte(' ')
			}
			left--
		}
	}
	return b.String(), Value{}
}

func zeroFollows(found []part) bool {
	for _, p := range found {
		if !p.literal && p.text == "0" {
			return true
		}
	}
	return false
}

var chineseDigits = [2][10]string{
	{"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"},
	{"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"},
}

var chinesePlaces = [2][4]string{{"", "十", "百", "千"}, {"", "拾", "佰", "仟"}}

// chineseNumber reads a number out: 一百〇五, 壹佰零伍. Text that is not a number stays.
func chineseNumber(s string, numerals int) string {
	integer, fraction, _ := strings.Cut(s, ".")
	if !isDigits(integer) || len(integer) > 16 || fraction != "" && !isDigits(fraction) {
		return s
	}
	digits, placesOf := chineseDigits[numerals-1], chinesePlaces[numerals-1]
	var b strings.Builder
	zero, any := false, false
	for i := 0; i < len(integer); i++ {
		place := len(integer) - 1 - i
		if c := integer[i] - '0'; c == 0 {
			zero = zero || b.Len() > 0
		} else {
			if zero {
				b.WriteString(digits[0])
			}
			zero, any = false, true
			b.WriteString(digits[c] + placesOf[place%4])
		}
		if place%4 == 0 && place > 0 {
			if any {
				b.WriteString([]string{"", "万", "亿", "万亿"}[place/4])
			}
			any = false
		}
	}
	if b.Len() == 0 {
		b.WriteString(digits[0])
	}
	if fraction != "" {
		b.WriteByte('.')
		for i := 0; i < len(fraction); i++ {
			b.WriteString(digits[fraction[i]-'0'])
		}
	}
	return b.String()
}

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

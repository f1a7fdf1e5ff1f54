package formula

import (
	"strings"

	"github.com/shopspring/decimal"
)

// numberShape is what a section says of a number that is written in it.
type numberShape struct {
	places, decimals int  // of digits, before and behind the point
	grouped          bool // with commas between thousands
	scale            int  // how many times it is divided by 1,000
	perCent          int  // how many times it is multiplied by 100
}

// shapeOf reads the shape of a section. A comma that stands neither between digits nor
// behind them becomes text. It is not ok for a section with anything else in it.
func shapeOf(found []part) (s numberShape, ok bool) {
	firstDigit, lastDigit, point := -1, -1, false
	for i, p := range found {
		if p.literal {
			continue
		}
		switch p.text {
		case "0", "#", "?":
			if s.scale > 0 { // the comma stands between digits
				s.grouped, s.scale = true, 0
			}
			if point {
				s.decimals++
			} else {
				s.places++
			}
			if firstDigit < 0 {
				firstDigit = i
			}
			lastDigit = i
		case ".":
			if point {
				return s, false
			}
			point = true
		case ",":
			if firstDigit >= 0 && lastDigit == i-1-s.scale {
				s.scale++
			} else {
				found[i].literal = true
			}
		case "%":
			s.perCent++
		default:
			return s, false
		}
	}
	return s, true
}

// numberFormat writes a number that is not negative with digits in their places.
func (e *Evaluator) numberFormat(d decimal.Decimal, section string, found []part, numerals int) (string, Value) {
	shape, ok := shapeOf(found)
	if !ok {
		e.refuse("TEXT " + section)
		return "", unknown
	}
	d = shown(d).Shift(int32(2*shape.perCent - 3*shape.scale)).Round(int32(shape.decimals))
	integer, fraction, _ := strings.Cut(d.StringFixed(int32(shape.decimals)), ".")
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
		if shape.grouped && following > 0 && following%3 == 0 {
			b.WriteByte(',')
		}
	}
	inFraction := false
	left := shape.places // digit places of the integer that are still to come
	for i, p := range found {
		switch {
		case p.literal:
			b.WriteString(p.text)
		case p.text == ".":
			if shape.places == 0 {
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

package formula

import (
	"strings"
	"unicode/utf8"
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

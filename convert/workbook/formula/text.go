package formula

import (
	"strings"

	"github.com/shopspring/decimal"
)

// numberInText reads a number in a text as Excel does: 1,234.5, 12%, and dates.
func numberInText(s string, from1904 bool) (decimal.Decimal, bool) {
	s = strings.TrimSpace(s)
	if d, ok := ParseNumber(s); ok {
		return d, true
	}
	if bare, ok := strings.CutSuffix(s, "%"); ok {
		d, ok := numberInText(bare, from1904)
		if !ok || strings.HasSuffix(strings.TrimSpace(bare), "%") {
			return decimal.Zero, false
		}
		return d.Shift(-2), true
	}
	if strings.Contains(s, ",") && grouped(s) {
		return ParseNumber(strings.ReplaceAll(s, ",", ""))
	}
	return dateInText(s, from1904)
}

// grouped reports whether the commas of a number stand every three digits.
func grouped(s string) bool {
	integer, _, _ := strings.Cut(strings.TrimLeft(s, "+-"), ".")
	groups := strings.Split(integer, ",")
	for i, g := range groups {
		if !isDigits(g) || i > 0 && len(g) != 3 || i == 0 && len(g) > 3 {
			return false
		}
	}
	return true
}

func concat(e *Evaluator, _ environment, arguments []operand) operand {
	for i, o := range arguments { // cells in their order, those that show nothing too
		if len(o.areas) == 1 && !o.areas[0].single() {
			arguments[i] = operand{array: e.fromArea(o.areas[0])}
		}
	}
	var parts []Value
	var bad Value
	size := 0
	e.each(arguments, func(v Value, n int, _ bool) bool {
		for range min(n, longestText) {
			if v.Kind == Blank {
				break
			}
			e.step(1)
			parts = append(parts, v)
			if size += len(v.Text); size > 4*longestText || len(parts) > longestText {
				bad = errValue
				return false
			}
		}
		return true
	})
	if bad.Kind == Error {
		return operand{value: bad}
	}
	return operand{value: e.concatenate(parts)}
}

// position is an argument that counts characters.
func (e *Evaluator) position(v []Value, i, otherwise, least int) (int, Value) {
	if i >= len(v) {
		return otherwise, Value{}
	}
	d, bad := e.toNumber(v[i])
	if bad.Kind == Error {
		return 0, bad
	}
	n, ok := whole(d)
	if !ok || n < least {
		return 0, errValue
	}
	return n, Value{}
}

// text is the text of a value that is gone through: it may be longer than a cell's.
func (e *Evaluator) text(v Value) string {
	s := toText(v)
	e.step(len(s) / 64)
	return s
}

// characters are those of a value's text. They are Unicode's: one beyond the basic plane
// (𠮷) is one, not two.
func (e *Evaluator) characters(v Value) []rune { return []rune(e.text(v)) }

func left(e *Evaluator, v []Value) Value {
	n, bad := e.position(v, 1, 1, 0)
	if bad.Kind == Error {
		return bad
	}
	r := e.characters(v[0])
	return e.limited(string(r[:min(n, len(r))]))
}

func right(e *Evaluator, v []Value) Value {
	n, bad := e.position(v, 1, 1, 0)
	if bad.Kind == Error {
		return bad
	}
	r := e.characters(v[0])
	return e.limited(string(r[max(0, len(r)-n):]))
}

func middle(e *Evaluator, v []Value) Value {
	start, bad := e.position(v, 1, 1, 1)
	if bad.Kind == Error {
		return bad
	}
	n, bad := e.position(v, 2, 0, 0)
	if bad.Kind == Error {
		return bad
	}
	r := e.characters(v[0])
	r = r[min(start-1, len(r)):]
	return e.limited(string(r[:min(n, len(r))]))
}

func length(e *Evaluator, v []Value) Value {
	return integer(len(e.characters(v[0])))
}

// trim takes away spaces at both ends and all but one between words.
func trim(e *Evaluator, v []Value) Value {
	words := strings.FieldsFunc(e.text(v[0]), func(r rune) bool { return r == ' ' })
	return e.limited(strings.Join(words, " "))
}

func substitute(e *Evaluator, v []Value) Value {
	s, old, replacement := e.text(v[0]), toText(v[1]), toText(v[2])
	nth := 0
	if len(v) == 4 {
		n, bad := e.position(v, 3, 0, 1)
		if bad.Kind == Error {
			return bad
		}
		nth = n
	}
	if old == "" {
		return e.limited(s)
	}
	n := strings.Count(s, old)
	if nth == 0 {
		if len(s)+n*(len(replacement)-len(old)) > 4*longestText {
			return errValue
		}
		return e.limited(strings.ReplaceAll(s, old, replacement))
	}
	if nth > n {
		return e.limited(s)
	}
	at := 0
	for ; nth > 1; nth-- {
		at += strings.Index(s[at:], old) + len(old)
	}
	at += strings.Index(s[at:], old)
	return e.limited(s[:at] + replacement + s[at+len(old):])
}

func asText(e *Evaluator, v []Value) Value {
	code := toText(v[1])
	s, bad := e.format(v[0], code)
	if bad.Kind == Error {
		return bad
	}
	return e.limited(s)
}

package formula

import (
	"strings"

	"github.com/shopspring/decimal"
)

// criterion is a condition as SUMIF and its kind take it: 5, ">5", "<>", "县*".
type criterion struct {
	operator string
	value    Value
	empty    bool   // the text of the condition has nothing after its operator, or is empty
	bare     bool   // it has no operator
	pattern  []rune // of a text with wildcards, in lower case
}

func (e *Evaluator) criterion(v Value) criterion {
	c := criterion{operator: "=", value: v, bare: true}
	switch v.Kind {
	case Blank:
		c.value = integer(0)
		return c
	case Text:
	default:
		return c
	}
	s := v.Text
	for _, o := range []string{"<>", "<=", ">=", "=", "<", ">"} {
		if rest, ok := strings.CutPrefix(s, o); ok {
			c.operator, s, c.bare = o, rest, false
			break
		}
	}
	c.value = text(s)
	if s == "" {
		c.empty = true
		return c
	}
	if d, ok := numberInText(s, e.book.From1904); ok {
		c.value = number(d)
	} else if b, bad := toBool(c.value); bad.Kind != Error {
		c.value = boolean(b)
	} else if strings.HasPrefix(s, "#") {
		c.value = failure(strings.ToUpper(s))
	} else if strings.ContainsAny(s, "*?~") {
		c.pattern = []rune(folded(s))
	}
	return c
}

// meets reports whether a cell's value meets the condition.
func (e *Evaluator) meets(v Value, c criterion) bool {
	if c.empty {
		switch {
		case c.operator == "=" && c.bare:
			return v.Kind == Blank || v.Kind == Text && v.Text == ""
		case c.operator == "=":
			return v.Kind == Blank
		case c.operator == "<>":
			return v.Kind != Blank
		}
		return false
	}
	switch c.operator {
	case "=":
		return e.equals(v, c)
	case "<>":
		return !e.equals(v, c)
	}
	return v.Kind == c.value.Kind && v.Kind != Error && holds(c.operator, e.compare(v, c.value, c.operator))
}

func (e *Evaluator) equals(v Value, c criterion) bool {
	if v.Kind == Text && c.value.Kind == Number {
		d, ok := numberInText(v.Text, e.book.From1904)
		return ok && shown(d).Equal(shown(c.value.Number))
	}
	if v.Kind != c.value.Kind {
		return false
	}
	switch {
	case v.Kind == Error:
		return v.Text == c.value.Text
	case c.pattern != nil:
		return e.matches(v.Text, c.pattern)
	}
	return e.compare(v, c.value, "=") == 0
}

// matches reports whether a text is like a pattern in lower case: * is any text, ? any
// character, and ~ before them takes them as they are.
func (e *Evaluator) matches(s string, pattern []rune) bool {
	r := []rune(folded(s))
	i, p := 0, 0
	starAt, starFrom := -1, 0
	for i < len(r) {
		e.step(1)
		if e.failed != nil {
			return false
		}
		literal := p+1 < len(pattern) && pattern[p] == '~' && strings.ContainsRune("*?~", pattern[p+1])
		switch {
		case literal && pattern[p+1] == r[i]:
			i, p = i+1, p+2
		case !literal && p < len(pattern) && pattern[p] == '*':
			starAt, starFrom = p, i
			p++
		case !literal && p < len(pattern) && (pattern[p] == '?' || pattern[p] == r[i]):
			i, p = i+1, p+1
		case starAt >= 0:
			starFrom++
			i, p = starFrom, starAt+1
		default:
			return false
		}
	}
	for p < len(pattern) && pattern[p] == '*' {
		p++
	}
	return p == len(pattern)
}

// conditional finds for each combination of conditions the cells where all ranges meet
// theirs; arguments are ranges and conditions by turns.
func (e *Evaluator) conditional(env environment, arguments []operand, sums *operand) operand {
	if len(arguments)%2 == 1 {
		e.refuse("SUMIFS")
		return operand{value: unknown}
	}
	var ranges []*array
	var conditions []operand
	for i := 0; i < len(arguments); i += 2 {
		if len(arguments[i].areas) != 1 {
			return operand{value: errValue}
		}
		a := e.fromArea(arguments[i].areas[0])
		if len(ranges) > 0 && (a.rows != ranges[0].rows || a.columns != ranges[0].columns) {
			return operand{value: errValue}
		}
		ranges = append(ranges, a)
		conditions = append(conditions, arguments[i+1])
	}
	var added *array
	if sums != nil {
		if len(sums.areas) != 1 {
			return operand{value: errValue}
		}
		added = e.fromArea(sums.areas[0])
		if added.rows != ranges[0].rows || added.columns != ranges[0].columns {
			return operand{value: errValue}
		}
	}
	return e.lift(env, conditions, func(v []Value) Value {
		criteria := make([]criterion, len(v))
		for i := range v {
			criteria[i] = e.criterion(v[i])
		}
		return e.tally(ranges, criteria, added)
	})
}

// tally counts the places where all ranges meet their conditions, or adds up what stands
// there.
func (e *Evaluator) tally(ranges []*array, criteria []criterion, added *array) Value {
	heldRows, heldColumns := 0, 0
	for _, a := range ranges {
		heldRows, heldColumns = max(heldRows, a.heldRows), max(heldColumns, a.heldColumns)
	}
	if added != nil {
		heldRows, heldColumns = max(heldRows, added.heldRows), max(heldColumns, added.heldColumns)
	}
	n := 0
	var total decimal.Decimal
	for r := 0; r < heldRows; r++ {
		for c := 0; c < heldColumns; c++ {
			met := true
			for i := 0; i < len(ranges) && met; i++ {
				e.step(1)
				met = e.meets(ranges[i].at(r, c), criteria[i])
			}
			if e.failed != nil {
				return unknown
			}
			if !met {
				continue
			}
			n++
			if added == nil {
				continue
			}
			switch v := added.at(r, c); v.Kind {
			case Error:
				return v
			case Number:
				total = significant(total.Add(v.Number), kept)
			}
		}
	}
	if added != nil {
		return bounded(total)
	}
	met := true
	for _, c := range criteria {
		met = met && e.meets(Value{}, c)
	}
	if met {
		n += ranges[0].rows*ranges[0].columns - heldRows*heldColumns
	}
	return integer(n)
}

// sumIf adds up a range of the size of the one with the condition, wherever it ends.
func sumIf(e *Evaluator, env environment, arguments []operand) operand {
	sums := arguments[0]
	if len(arguments) == 3 {
		sums = arguments[2]
	}
	if len(sums.areas) != 1 || len(arguments[0].areas) != 1 {
		return operand{value: errValue}
	}
	a, size := sums.areas[0], arguments[0].areas[0]
	a.LastRow, a.LastColumn = min(maxRow, a.Row+size.rows()-1), min(maxColumn, a.Column+size.columns()-1)
	if a.rows() != size.rows() || a.columns() != size.columns() { // beyond the end of the sheet
		return operand{value: errValue}
	}
	return e.conditional(env, arguments[:2], &operand{areas: []Area{a}})
}

func sumIfs(e *Evaluator, env environment, arguments []operand) operand {
	return e.conditional(env, arguments[1:], &arguments[0])
}

func countIfs(e *Evaluator, env environment, arguments []operand) operand {
	return e.conditional(env, arguments, nil)
}

// isDigits reports whether a text is made of ASCII digits.
func isDigits(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

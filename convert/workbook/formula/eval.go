package formula

import (
	"strings"

	"github.com/shopspring/decimal"
)

// environment is how a tree is read.
type environment struct {
	sheet         int  // that references without a sheet mean
	rows, columns int  // that the formula stands away from where it was written
	arrays        bool // references to several cells are computed with as arrays
	names         int  // names within names
}

// eval evaluates a tree. Everything that is needed is asked for, so that a formula waits
// once for all its cells; what a condition leaves out is not.
func (e *Evaluator) eval(n *node, env environment) operand {
	if e.step(1); e.failed != nil {
		return operand{value: unknown}
	}
	e.depth++
	defer func() { e.depth-- }()
	if e.depth > mostDepth {
		e.fail(Result{State: OverBudget, At: e.at})
		return operand{value: unknown}
	}
	switch n.operation {
	case literal:
		return operand{value: n.value}
	case areaOf:
		if areas := n.ref.areas(env.sheet, env.rows, env.columns); areas != nil {
			e.pass(areaBytes * len(areas))
			return operand{areas: areas}
		}
		return operand{value: errRef}
	case nameOf:
		return e.name(n, env)
	case call:
		return e.call(n, env)
	case table:
		a := &array{rows: len(n.parts) / n.columns, columns: n.columns, heldRows: len(n.parts) / n.columns, heldColumns: n.columns}
		for _, p := range n.parts {
			a.cells = append(a.cells, p.value)
		}
		e.pass(len(a.cells) * valueBytes)
		return operand{array: a}
	case negate:
		return e.lift(env, e.evalAll(n.parts, env), func(v []Value) Value {
			d, bad := e.toNumber(v[0])
			if bad.Kind == Error {
				return bad
			}
			return number(d.Neg())
		})
	case percent:
		return e.lift(env, e.evalAll(n.parts, env), func(v []Value) Value {
			d, bad := e.toNumber(v[0])
			if bad.Kind == Error {
				return bad
			}
			return bounded(d.Shift(-2))
		})
	case infix:
		return e.lift(env, e.evalAll(n.parts, env), func(v []Value) Value { return e.operate(n.text, v[0], v[1]) })
	case union, intersect:
		return e.combine(n, env)
	}
	e.refuse(n.text)
	return operand{value: unknown}
}

func (e *Evaluator) evalAll(parts []*node, env environment) []operand {
	operands := make([]operand, len(parts))
	for i, p := range parts {
		operands[i] = e.eval(p, env)
	}
	return operands
}

// name evaluates a defined name: one of the sheet goes before one of the workbook.
func (e *Evaluator) name(n *node, env environment) operand {
	sheet := env.sheet
	if n.ref.sheet >= 0 {
		sheet = n.ref.sheet
	}
	name := folded(n.text)
	defined, ok := e.names[nameKey{name, sheet}]
	if !ok {
		if defined, ok = e.names[nameKey{name, -1}]; !ok {
			e.refuse(n.text)
			return operand{value: unknown}
		}
	}
	if env.names++; env.names > deepest {
		e.fail(Result{State: Circular, At: e.at})
		return operand{value: unknown}
	}
	if defined.tree == nil {
		root, nodes, err := parse(defined.text, e.sheet)
		e.step(parseSteps * len(defined.text))
		if err != nil {
			e.refuse(n.text)
			return operand{value: unknown}
		}
		e.hold(nodes * nodeBytes)
		defined.tree = &tree{root, nodes}
	}
	// A name is written for the first cell of the sheet.
	return e.eval(defined.tree.root, environment{sheet: sheet, rows: e.at.Row - 1, columns: e.at.Column - 1, arrays: env.arrays, names: env.names})
}

// combine evaluates references side by side (A1,B2) and the cells that they share (A:A 2:2).
func (e *Evaluator) combine(n *node, env environment) operand {
	left, right := e.eval(n.parts[0], env), e.eval(n.parts[1], env)
	switch {
	case e.waiting():
		return operand{value: unknown}
	case left.areas == nil || right.areas == nil:
		return operand{value: errValue}
	case n.operation == union:
		e.pass(areaBytes * (len(left.areas) + len(right.areas)))
		return operand{areas: append(append([]Area(nil), left.areas...), right.areas...)}
	case len(left.areas) > 1 || len(right.areas) > 1:
		e.refuse(n.text)
		return operand{value: unknown}
	}
	a, b := left.areas[0], right.areas[0]
	shared := Area{a.Sheet, max(a.Row, b.Row), max(a.Column, b.Column), min(a.LastRow, b.LastRow), min(a.LastColumn, b.LastColumn)}
	if a.Sheet != b.Sheet || shared.rows() < 1 || shared.columns() < 1 {
		return operand{value: errNull}
	}
	return operand{areas: []Area{shared}}
}

// operate carries out an operator between two values.
func (e *Evaluator) operate(operator string, a, b Value) Value {
	if a.Kind == Error {
		return a
	}
	if b.Kind == Error {
		return b
	}
	switch operator {
	case "&":
		return e.concatenate([]Value{a, b})
	case "=", "<>", "<", ">", "<=", ">=":
		return boolean(holds(operator, e.compare(a, b, operator)))
	}
	x, bad := e.toNumber(a)
	if bad.Kind == Error {
		return bad
	}
	y, bad := e.toNumber(b)
	if bad.Kind == Error {
		return bad
	}
	switch operator {
	case "+":
		return bounded(x.Add(y))
	case "-":
		return bounded(x.Sub(y))
	case "*":
		return bounded(x.Mul(y))
	case "/":
		return divide(x, y)
	}
	e.step(50)
	return power(x, y)
}

func holds(operator string, order int) bool {
	switch operator {
	case "=":
		return order == 0
	case "<>":
		return order != 0
	case "<":
		return order < 0
	case ">":
		return order > 0
	case "<=":
		return order <= 0
	}
	return order >= 0
}

// compare orders two values: numbers before texts before truths, texts without regard to
// case. A blank is like the empty value of the other's kind. The order of texts that are
// not plain ASCII depends on a language and is refused; whether they are the same is not.
func (e *Evaluator) compare(a, b Value, operator string) int {
	a, b = emptyLike(a, b), emptyLike(b, a)
	if a.Kind != b.Kind {
		return int(a.Kind) - int(b.Kind)
	}
	switch a.Kind {
	case Number:
		return shown(a.Number).Cmp(shown(b.Number))
	case Bool:
		return truth(a.Bool) - truth(b.Bool)
	case Text:
		e.step((len(a.Text) + len(b.Text)) / 64)
		if strings.EqualFold(a.Text, b.Text) {
			return 0
		}
		if operator != "=" && operator != "<>" && !(ascii(a.Text) && ascii(b.Text)) {
			e.refuse(operator)
		}
		if c := strings.Compare(folded(a.Text), folded(b.Text)); c != 0 {
			return c
		}
		return 1
	}
	return 0
}

func emptyLike(v, other Value) Value {
	if v.Kind != Blank {
		return v
	}
	switch other.Kind {
	case Number, Text, Bool:
		return Value{Kind: other.Kind}
	}
	return v
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// toNumber is a value that is computed with; #VALUE! for a text that is no number.
func (e *Evaluator) toNumber(v Value) (decimal.Decimal, Value) {
	switch v.Kind {
	case Number:
		return v.Number, Value{}
	case Bool:
		return decimal.NewFromInt(int64(truth(v.Bool))), Value{}
	case Text:
		if d, ok := numberInText(v.Text, e.book.From1904); ok {
			return d, Value{}
		}
		return decimal.Zero, errValue
	case Error:
		return decimal.Zero, v
	}
	return decimal.Zero, Value{}
}

// toText is a value as it is joined to a text.
func toText(v Value) string {
	switch v.Kind {
	case Number:
		return general(v.Number)
	case Bool:
		return strings.ToUpper(map[bool]string{true: "true", false: "false"}[v.Bool])
	}
	return v.Text
}

// toBool is a value as a condition.
func toBool(v Value) (bool, Value) {
	switch v.Kind {
	case Number:
		return !v.Number.IsZero(), Value{}
	case Bool:
		return v.Bool, Value{}
	case Text:
		if strings.EqualFold(v.Text, "TRUE") || strings.EqualFold(v.Text, "FALSE") {
			return strings.EqualFold(v.Text, "TRUE"), Value{}
		}
		return false, errValue
	case Error:
		return false, v
	}
	return false, Value{}
}

// longestText is how many characters a cell's text has at most.
const longestText = 32_767

// concatenate joins values.
func (e *Evaluator) concatenate(values []Value) Value {
	var b strings.Builder
	for _, v := range values {
		if v.Kind == Error {
			return v
		}
		b.WriteString(toText(v))
		if b.Len() > 4*longestText {
			return errValue
		}
	}
	return e.limited(b.String())
}

// limited is a text as a result, if a cell can hold it.
func (e *Evaluator) limited(s string) Value {
	e.step(len(s) / 64)
	if len(s) > longestText && len([]rune(s)) > longestText {
		return errValue
	}
	return text(s)
}

package formula

import (
	"strings"

	"github.com/shopspring/decimal"
)

// numbers visits the numbers among operands as functions that add up see them: of cells and
// arrays only numbers count, of what is written in the formula also texts and truths that
// can be one. It returns the first error.
func (e *Evaluator) numbers(operands []operand, visit func(d decimal.Decimal, n int)) Value {
	var bad Value
	e.each(operands, func(v Value, n int, written bool) bool {
		switch {
		case v.Kind == Error:
			bad = v
			return false
		case v.Kind == Number:
			visit(v.Number, n)
		case written:
			d, err := e.toNumber(v)
			if err.Kind == Error {
				bad = err
				return false
			}
			visit(d, n)
		}
		return true
	})
	return bad
}

func (e *Evaluator) total(operands []operand) (total decimal.Decimal, n int, bad Value) {
	bad = e.numbers(operands, func(d decimal.Decimal, k int) {
		if k > 1 {
			d = times(d, k)
		}
		total = significant(total.Add(d), kept)
		n += k
	})
	return total, n, bad
}

func sum(e *Evaluator, _ environment, arguments []operand) operand {
	total, _, bad := e.total(arguments)
	if bad.Kind == Error {
		return operand{value: bad}
	}
	return operand{value: bounded(total)}
}

func average(e *Evaluator, _ environment, arguments []operand) operand {
	total, n, bad := e.total(arguments)
	if bad.Kind == Error {
		return operand{value: bad}
	}
	return operand{value: divide(total, decimal.NewFromInt(int64(n)))}
}

func product(e *Evaluator, _ environment, arguments []operand) operand {
	result, n := number(decimal.NewFromInt(1)), 0
	bad := e.numbers(arguments, func(d decimal.Decimal, k int) {
		n += k
		if k > 1 {
			if p := power(d, decimal.NewFromInt(int64(k))); p.Kind == Number {
				d = p.Number
			} else {
				result = p
			}
		}
		if result.Kind == Number {
			result = bounded(result.Number.Mul(d))
		}
	})
	switch {
	case bad.Kind == Error:
		result = bad
	case n == 0:
		result = integer(0)
	}
	return operand{value: result}
}

// extreme is MAX for 1 and MIN for -1.
func extreme(sign int) func(*Evaluator, environment, []operand) operand {
	return func(e *Evaluator, _ environment, arguments []operand) operand {
		var found decimal.Decimal
		any := false
		bad := e.numbers(arguments, func(d decimal.Decimal, _ int) {
			if !any || d.Cmp(found) == sign {
				found, any = d, true
			}
		})
		if bad.Kind == Error {
			return operand{value: bad}
		}
		return operand{value: number(found)}
	}
}

func count(e *Evaluator, _ environment, arguments []operand) operand {
	total := 0
	e.each(arguments, func(v Value, n int, written bool) bool {
		switch {
		case v.Kind == Number:
			total += n
		case written && v.Kind != Error:
			if _, bad := e.toNumber(v); bad.Kind != Error {
				total += n
			}
		}
		return true
	})
	return operand{value: integer(total)}
}

func countFilled(e *Evaluator, _ environment, arguments []operand) operand {
	total := 0
	e.each(arguments, func(v Value, n int, written bool) bool {
		if v.Kind != Blank || written {
			total += n
		}
		return true
	})
	return operand{value: integer(total)}
}

// subtotal leaves out the cells that are subtotals themselves. Whether a row was hidden is
// not known here, so those that ask for it (101 …) are refused.
func subtotal(e *Evaluator, env environment, arguments []operand) operand {
	code := e.scalar(arguments[0])
	if e.waiting() {
		return operand{value: unknown}
	}
	d, bad := e.toNumber(code)
	if bad.Kind == Error {
		return operand{value: bad}
	}
	of := map[string]string{"1": "AVERAGE", "2": "COUNT", "3": "COUNTA", "4": "MAX", "5": "MIN", "6": "PRODUCT", "9": "SUM"}[d.String()]
	if of == "" {
		e.refuse("SUBTOTAL " + d.String())
		return operand{value: unknown}
	}
	kept := &array{columns: 1}
	for _, o := range arguments[1:] {
		if o.areas == nil {
			return operand{value: errValue}
		}
		for _, a := range o.areas {
			e.scan(a, func(at Ref, v Value) bool {
				if f := e.book.Cell(at).Formula; f == nil || !strings.Contains(strings.ToUpper(f.Text), "SUBTOTAL(") {
					e.pass(valueBytes)
					kept.cells = append(kept.cells, v)
				}
				return true
			})
		}
	}
	kept.rows, kept.heldRows, kept.heldColumns = max(1, len(kept.cells)), len(kept.cells), 1
	return functions[of].operands(e, env, []operand{{array: kept}})
}

// sumProduct multiplies arrays of the same size element by element and adds up.
func sumProduct(e *Evaluator, env environment, arguments []operand) operand {
	factors := make([]operand, len(arguments))
	for i, o := range arguments {
		a := e.toArray(o)
		factors[i].array = a
		if first := factors[0].array; a.rows != first.rows || a.columns != first.columns {
			return operand{value: errValue}
		}
	}
	products := e.lift(env, factors, func(v []Value) Value {
		result := number(decimal.NewFromInt(1))
		for _, f := range v {
			switch {
			case f.Kind == Error:
				return f
			case f.Kind != Number: // truths and texts count as 0
				result = integer(0)
			case result.Kind == Number:
				result = bounded(result.Number.Mul(f.Number))
			}
		}
		return result
	})
	return sum(e, env, []operand{products})
}

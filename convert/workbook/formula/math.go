package formula

import "github.com/shopspring/decimal"

// rounding rounds a number to so many places with the given way to round to a whole.
func (e *Evaluator) rounding(v []Value, round func(decimal.Decimal) decimal.Decimal) Value {
	d, bad := e.toNumber(v[0])
	if bad.Kind == Error {
		return bad
	}
	p, bad := e.toNumber(v[1])
	if bad.Kind == Error {
		return bad
	}
	places, ok := whole(p)
	if !ok || places > largest || places < -largest {
		return errNum
	}
	return bounded(round(shown(d).Shift(int32(places))).Shift(int32(-places)))
}

func round(e *Evaluator, v []Value) Value {
	return e.rounding(v, func(d decimal.Decimal) decimal.Decimal { return d.Round(0) })
}

func roundUp(e *Evaluator, v []Value) Value {
	return e.rounding(v, func(d decimal.Decimal) decimal.Decimal { return d.RoundUp(0) })
}

func roundDown(e *Evaluator, v []Value) Value {
	return e.rounding(v, func(d decimal.Decimal) decimal.Decimal { return d.RoundDown(0) })
}

func floor(e *Evaluator, v []Value) Value {
	d, bad := e.toNumber(v[0])
	if bad.Kind == Error {
		return bad
	}
	return bounded(shown(d).Floor())
}

func absolute(e *Evaluator, v []Value) Value {
	d, bad := e.toNumber(v[0])
	if bad.Kind == Error {
		return bad
	}
	return number(d.Abs())
}

// modulo is the remainder with the sign of the divisor.
func modulo(e *Evaluator, v []Value) Value {
	a, bad := e.toNumber(v[0])
	if bad.Kind == Error {
		return bad
	}
	b, bad := e.toNumber(v[1])
	switch {
	case bad.Kind == Error:
		return bad
	case b.IsZero():
		return errDiv0
	}
	a, b = shown(a), shown(b)
	m := a.Mod(b)
	if !m.IsZero() && m.IsNegative() != b.IsNegative() {
		m = m.Add(b)
	}
	return bounded(m)
}

// asNumber is N: a number or a truth as a number, all else 0. Of several cells it is the first.
func asNumber(e *Evaluator, env environment, arguments []operand) operand {
	o := arguments[0]
	if len(o.areas) == 1 && !o.areas[0].single() {
		a := o.areas[0]
		o = operand{areas: []Area{{a.Sheet, a.Row, a.Column, a.Row, a.Column}}}
	}
	return e.lift(env, []operand{o}, func(v []Value) Value {
		switch v[0].Kind {
		case Number, Error:
			return v[0]
		case Bool:
			return integer(truth(v[0].Bool))
		}
		return integer(0)
	})
}

func value(e *Evaluator, v []Value) Value {
	if v[0].Kind == Bool {
		return errValue
	}
	d, bad := e.toNumber(v[0])
	if bad.Kind == Error {
		return bad
	}
	return number(d)
}

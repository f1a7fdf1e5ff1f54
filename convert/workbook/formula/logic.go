package formula

// choose carries a choice between trees over the values of a condition. The trees are
// evaluated only if they are chosen, unless the condition is an array.
func (e *Evaluator) choose(env environment, condition operand, pick func(Value) (tree *node, other Value)) operand {
	if condition.array == nil && !(env.arrays && len(condition.areas) == 1 && !condition.areas[0].single()) {
		v := e.scalar(condition)
		if e.waiting() {
			return operand{value: unknown}
		}
		tree, other := pick(v)
		if tree == nil {
			return operand{value: other}
		}
		return e.eval(tree, env)
	}
	a := e.toArray(condition)
	if e.waiting() {
		return operand{value: unknown}
	}
	env.arrays = true
	// Each tree is evaluated once, with the values of the condition beside it.
	chosen := map[*node]int{}
	operands := []operand{{array: a}}
	note := func(v Value) {
		if tree, _ := pick(v); tree != nil {
			if _, ok := chosen[tree]; !ok {
				chosen[tree] = len(operands)
				operands = append(operands, e.eval(tree, env))
			}
		}
	}
	for _, v := range a.cells {
		note(v)
	}
	if a.filling() > 0 {
		note(a.fill)
	}
	return e.lift(env, operands, func(v []Value) Value {
		tree, other := pick(v[0])
		if tree == nil {
			return other
		}
		return v[chosen[tree]]
	})
}

func ifThen(e *Evaluator, env environment, arguments []*node) operand {
	return e.choose(env, e.eval(arguments[0], env), func(v Value) (*node, Value) {
		yes, bad := toBool(v)
		switch {
		case bad.Kind == Error:
			return nil, bad
		case yes:
			return arguments[1], Value{}
		case len(arguments) == 3:
			return arguments[2], Value{}
		}
		return nil, boolean(false)
	})
}

func ifs(e *Evaluator, env environment, arguments []*node) operand {
	if len(arguments)%2 == 1 {
		e.refuse("IFS")
		return operand{value: unknown}
	}
	if len(arguments) == 0 {
		return operand{value: errNA}
	}
	rest := &node{operation: call, text: "IFS", parts: arguments[2:]}
	return e.choose(env, e.eval(arguments[0], env), func(v Value) (*node, Value) {
		yes, bad := toBool(v)
		switch {
		case bad.Kind == Error:
			return nil, bad
		case yes:
			return arguments[1], Value{}
		case len(rest.parts) == 0:
			return nil, errNA
		}
		return rest, Value{}
	})
}

func ifError(e *Evaluator, env environment, arguments []*node) operand {
	return e.choose(env, e.eval(arguments[0], env), func(v Value) (*node, Value) {
		if v.Kind == Error {
			return arguments[1], Value{}
		}
		return nil, v
	})
}

func every(e *Evaluator, _ environment, arguments []operand) operand {
	return e.truths(arguments, true, func(all, b bool) bool { return all && b })
}

func some(e *Evaluator, _ environment, arguments []operand) operand {
	return e.truths(arguments, false, func(any, b bool) bool { return any || b })
}

// truths joins the truths and numbers among operands; there must be one.
func (e *Evaluator) truths(operands []operand, start bool, join func(a, b bool) bool) operand {
	result, found := start, false
	var bad Value
	e.each(operands, func(v Value, _ int, written bool) bool {
		if v.Kind == Blank && !written || v.Kind == Text && !written {
			return true
		}
		b, err := toBool(v)
		if err.Kind == Error {
			bad = err
			return false
		}
		result, found = join(result, b), true
		return true
	})
	switch {
	case bad.Kind == Error:
		return operand{value: bad}
	case !found:
		return operand{value: errValue}
	}
	return operand{value: boolean(result)}
}

func not(_ *Evaluator, v []Value) Value {
	b, bad := toBool(v[0])
	if bad.Kind == Error {
		return bad
	}
	return boolean(!b)
}

func is(kind Kind) func(*Evaluator, []Value) Value {
	return func(_ *Evaluator, v []Value) Value { return boolean(v[0].Kind == kind) }
}

package formula

// function is how a function is computed: one of values, of operands or of the trees of its
// arguments.
type function struct {
	least, most int // arguments; most -1 for any number

	values   func(e *Evaluator, arguments []Value) Value // carried over arrays; no argument is an error, unless takesErrors
	operands func(e *Evaluator, env environment, arguments []operand) operand
	trees    func(e *Evaluator, env environment, arguments []*node) operand

	arrays      bool // its arguments are computed as arrays
	takesErrors bool
}

// functions are those that are computed; all others are refused. They are set when the
// package is, because they call one another through it.
var functions map[string]function

func init() {
	functions = map[string]function{
		"SUM":        {least: 1, most: -1, operands: sum},
		"PRODUCT":    {least: 1, most: -1, operands: product},
		"SUMPRODUCT": {least: 1, most: -1, operands: sumProduct, arrays: true},
		"COUNT":      {least: 1, most: -1, operands: count},
		"COUNTA":     {least: 1, most: -1, operands: countFilled},
		"AVERAGE":    {least: 1, most: -1, operands: average},
		"MAX":        {least: 1, most: -1, operands: extreme(1)},
		"MIN":        {least: 1, most: -1, operands: extreme(-1)},
		"SUBTOTAL":   {least: 2, most: -1, operands: subtotal},

		"SUMIF":    {least: 2, most: 3, operands: sumIf},
		"SUMIFS":   {least: 3, most: -1, operands: sumIfs},
		"COUNTIF":  {least: 2, most: 2, operands: countIfs},
		"COUNTIFS": {least: 2, most: -1, operands: countIfs},

		"IF":       {least: 2, most: 3, trees: ifThen},
		"IFS":      {least: 2, most: -1, trees: ifs},
		"IFERROR":  {least: 2, most: 2, trees: ifError},
		"AND":      {least: 1, most: -1, operands: every},
		"OR":       {least: 1, most: -1, operands: some},
		"NOT":      {least: 1, most: 1, values: not},
		"TRUE":     {values: func(*Evaluator, []Value) Value { return boolean(true) }},
		"FALSE":    {values: func(*Evaluator, []Value) Value { return boolean(false) }},
		"ISBLANK":  {least: 1, most: 1, values: is(Blank), takesErrors: true},
		"ISNUMBER": {least: 1, most: 1, values: is(Number), takesErrors: true},
		"ISTEXT":   {least: 1, most: 1, values: is(Text), takesErrors: true},
		"ISERROR":  {least: 1, most: 1, values: is(Error), takesErrors: true},

		"ROUND":     {least: 2, most: 2, values: round},
		"ROUNDUP":   {least: 2, most: 2, values: roundUp},
		"ROUNDDOWN": {least: 2, most: 2, values: roundDown},
		"INT":       {least: 1, most: 1, values: floor},
		"ABS":       {least: 1, most: 1, values: absolute},
		"MOD":       {least: 2, most: 2, values: modulo},
		"N":         {least: 1, most: 1, operands: asNumber},
		"VALUE":     {least: 1, most: 1, values: value},

		"TEXT":        {least: 2, most: 2, values: asText},
		"CONCATENATE": {least: 1, most: -1, values: (*Evaluator).concatenate},
		"CONCAT":      {least: 1, most: -1, operands: concat},
		"LEFT":        {least: 1, most: 2, values: left},
		"RIGHT":       {least: 1, most: 2, values: right},
		"MID":         {least: 3, most: 3, values: middle},
		"LEN":         {least: 1, most: 1, values: length},
		"TRIM":        {least: 1, most: 1, values: trim},
		"SUBSTITUTE":  {least: 3, most: 4, values: substitute},

		"DATE":  {least: 3, most: 3, values: date},
		"YEAR":  {least: 1, most: 1, values: partOfDate(0)},
		"MONTH": {least: 1, most: 1, values: partOfDate(1)},
		"DAY":   {least: 1, most: 1, values: partOfDate(2)},

		"VLOOKUP": {least: 3, most: 4, operands: vlookup},
		"INDEX":   {least: 2, most: 3, operands: index},
		"MATCH":   {least: 2, most: 3, operands: match},
	}
}

// call evaluates a function.
func (e *Evaluator) call(n *node, env environment) operand {
	f, ok := functions[n.text]
	if !ok || len(n.parts) < f.least || f.most >= 0 && len(n.parts) > f.most {
		e.refuse(n.text)
		return operand{value: unknown}
	}
	if f.trees != nil {
		return f.trees(e, env, n.parts)
	}
	inner := env
	inner.arrays = env.arrays || f.arrays
	arguments := e.evalAll(n.parts, inner)
	switch {
	case e.failed != nil:
		return operand{value: unknown}
	case f.operands != nil:
		return f.operands(e, inner, arguments)
	}
	return e.lift(inner, arguments, func(v []Value) Value {
		if !f.takesErrors {
			for _, a := range v {
				if a.Kind == Error {
					return a
				}
			}
		}
		return f.values(e, v)
	})
}

package formula

// find is the place, from 0, where a value stands in a row or column of n values that visit
// goes through; -1 if nowhere. How is 0 for the same value, 1 for the last that is not
// larger among values in rising order, -1 for the last that is not smaller among values in
// falling order.
func (e *Evaluator) find(sought Value, how int, visit func(func(i int, v Value) bool)) int {
	c := criterion{operator: "=", value: sought}
	if sought.Kind == Blank {
		c.value = integer(0)
	}
	if how == 0 && sought.Kind == Text {
		if p := []rune(folded(sought.Text)); hasWildcard(p) {
			c.pattern = p
		}
	}
	found := -1
	visit(func(i int, v Value) bool {
		if isUnknown(v) || v.Kind != c.value.Kind {
			return true
		}
		if how == 0 {
			if v.Kind == Text && c.pattern == nil && e.compare(v, c.value, "=") == 0 || (v.Kind != Text || c.pattern != nil) && e.equals(v, c) {
				found = i
				return len(e.missing) > 0
			}
			return true
		}
		order := e.compare(v, c.value, "<")
		if how < 0 {
			order = -order
		}
		if order > 0 {
			return len(e.missing) > 0
		}
		found = i
		return true
	})
	return found
}

func hasWildcard(p []rune) bool {
	for _, r := range p {
		if r == '*' || r == '?' || r == '~' {
			return true
		}
	}
	return false
}

// along visits a row or column of an operand.
func (e *Evaluator) along(o operand) func(func(i int, v Value) bool) {
	return func(visit func(int, Value) bool) {
		if len(o.areas) == 1 {
			a := o.areas[0]
			e.scan(a, func(at Ref, v Value) bool { return visit(at.Row-a.Row+at.Column-a.Column, v) })
			return
		}
		a := e.toArray(o)
		for i, v := range a.cells {
			if e.step(1); !visit(i, v) || e.failed != nil {
				return
			}
		}
	}
}

// size is how many rows and columns an operand has.
func (o operand) size() (rows, columns int) {
	switch {
	case o.array != nil:
		return o.array.rows, o.array.columns
	case len(o.areas) == 1:
		return o.areas[0].rows(), o.areas[0].columns()
	}
	return 1, 1
}

// column is one column of an operand, counted from 1.
func (o operand) column(n int) operand {
	if len(o.areas) == 1 {
		a := o.areas[0]
		a.Column += n - 1
		a.LastColumn = a.Column
		return operand{areas: []Area{a}}
	}
	if o.array == nil {
		return o
	}
	c := &array{rows: o.array.rows, columns: 1, heldRows: o.array.rows, heldColumns: 1}
	for r := range o.array.rows {
		c.cells = append(c.cells, o.array.at(r, n-1))
	}
	return operand{array: c}
}

// cell is one value of an operand, counted from 1.
func (e *Evaluator) cell(o operand, row, column int) Value {
	if len(o.areas) == 1 {
		a := o.areas[0]
		return e.read(Ref{a.Sheet, a.Row + row - 1, a.Column + column - 1})
	}
	return e.toArray(o).at(row-1, column-1)
}

// A table in a formula is an array constant or computed, and small; one with cells that are
// not held is a whole column that was computed with, and refused.
func (e *Evaluator) searchable(o operand) bool {
	if len(o.areas) > 1 {
		return false
	}
	if o.array != nil && o.array.filling() > 0 && len(o.array.cells) > 0 {
		e.refuse("VLOOKUP")
		return false
	}
	return true
}

func vlookup(e *Evaluator, env environment, arguments []operand) operand {
	where := arguments[1]
	if !e.searchable(where) {
		return operand{value: errValue}
	}
	rows, columns := where.size()
	rest := []operand{arguments[0], arguments[2]}
	if len(arguments) == 4 {
		rest = append(rest, arguments[3])
	}
	return e.lift(env, rest, func(v []Value) Value {
		for _, a := range v {
			if a.Kind == Error {
				return a
			}
		}
		d, bad := e.toNumber(v[1])
		if bad.Kind == Error {
			return bad
		}
		n, ok := whole(d)
		switch {
		case !ok || n < 1:
			return errValue
		case n > columns:
			return errRef
		}
		how := 1
		if len(v) == 3 {
			near, bad := toBool(v[2])
			if bad.Kind == Error {
				return bad
			}
			how = truth(near)
		}
		i := e.find(v[0], how, e.along(where.column(1)))
		if i < 0 || i >= rows {
			return errNA
		}
		if e.waiting() {
			return unknown
		}
		return e.cell(where, i+1, n)
	})
}

func match(e *Evaluator, env environment, arguments []operand) operand {
	where := arguments[1]
	rows, columns := where.size()
	if !e.searchable(where) || rows > 1 && columns > 1 {
		return operand{value: errNA}
	}
	rest := []operand{arguments[0]}
	if len(arguments) == 3 {
		rest = append(rest, arguments[2])
	}
	return e.lift(env, rest, func(v []Value) Value {
		for _, a := range v {
			if a.Kind == Error {
				return a
			}
		}
		how := 1
		if len(v) == 2 {
			d, bad := e.toNumber(v[1])
			if bad.Kind == Error {
				return bad
			}
			how = d.Sign()
		}
		if i := e.find(v[0], how, e.along(where)); i >= 0 {
			return integer(i + 1)
		}
		return errNA
	})
}

// index is a reference if it is given one.
func index(e *Evaluator, env environment, arguments []operand) operand {
	from := arguments[0]
	if len(from.areas) > 1 {
		return operand{value: errRef}
	}
	positions := make([]int, 2)
	given := 0
	for i, o := range arguments[1:] {
		v := e.scalar(o)
		if e.waiting() {
			return operand{value: unknown}
		}
		d, bad := e.toNumber(v)
		if bad.Kind == Error {
			return operand{value: bad}
		}
		n, ok := whole(d)
		if !ok || n < 0 {
			return operand{value: errValue}
		}
		positions[i] = n
		given++
	}
	rows, columns := from.size()
	row, column := positions[0], positions[1]
	if given == 1 && rows == 1 { // the place in a row
		row, column = 1, positions[0]
	} else if given == 1 && columns == 1 {
		column = 1
	}
	if row > rows || column > columns {
		return operand{value: errRef}
	}
	if len(from.areas) == 1 {
		a := from.areas[0]
		if row > 0 {
			a.Row += row - 1
			a.LastRow = a.Row
		}
		if column > 0 {
			a.Column += column - 1
			a.LastColumn = a.Column
		}
		return operand{areas: []Area{a}}
	}
	a := e.toArray(from)
	if row > 0 && column > 0 {
		return operand{value: a.at(row-1, column-1)}
	}
	firstRow, lastRow, firstColumn, lastColumn := 0, rows, 0, columns
	if row > 0 {
		firstRow, lastRow = row-1, row
	}
	if column > 0 {
		firstColumn, lastColumn = column-1, column
	}
	part := e.newArray(lastRow-firstRow, lastColumn-firstColumn, lastRow-firstRow, lastColumn-firstColumn)
	for i := range part.cells {
		part.cells[i] = a.at(firstRow+i/part.heldColumns, firstColumn+i%part.heldColumns)
	}
	return operand{array: part}
}

package formula

// operand is what a part of a formula gives: a value, a reference or an array.
type operand struct {
	value Value
	areas []Area
	array *array
}

// array is a rectangle of values. Only its upper left part is held; all others are fill, so
// that a whole column costs no more than what stands in it.
type array struct {
	rows, columns         int
	heldRows, heldColumns int
	cells                 []Value // row by row
	fill                  Value
}

func single(v Value) *array { return &array{rows: 1, columns: 1, fill: v} }

// at is the value in a row and a column counted from 0. A single row, column or value
// stands for any number of them.
func (a *array) at(row, column int) Value {
	if a.rows == 1 {
		row = 0
	}
	if a.columns == 1 {
		column = 0
	}
	switch {
	case row >= a.rows || column >= a.columns:
		return errNA
	case row >= a.heldRows || column >= a.heldColumns:
		return a.fill
	}
	return a.cells[row*a.heldColumns+column]
}

// filling is how many values are fill.
func (a *array) filling() int { return a.rows*a.columns - len(a.cells) }

// newArray makes an array of which so much is held; nil when that is too much.
func (e *Evaluator) newArray(rows, columns, heldRows, heldColumns int) *array {
	n := heldRows * heldColumns
	e.pass(n * valueBytes)
	e.step(n)
	if e.failed != nil {
		return single(unknown)
	}
	return &array{rows: rows, columns: columns, heldRows: heldRows, heldColumns: heldColumns, cells: make([]Value, n)}
}

// fromArea reads an area.
func (e *Evaluator) fromArea(area Area) *array {
	lastRow, lastColumn := e.book.Used(area.Sheet)
	heldRows := max(0, min(lastRow, area.LastRow)-area.Row+1)
	heldColumns := max(0, min(lastColumn, area.LastColumn)-area.Column+1)
	if heldRows == 0 || heldColumns == 0 {
		heldRows, heldColumns = 0, 0
	}
	a := e.newArray(area.rows(), area.columns(), heldRows, heldColumns)
	if e.failed != nil {
		return a
	}
	e.scan(area, func(at Ref, v Value) bool {
		if r, c := at.Row-area.Row, at.Column-area.Column; r < heldRows && c < heldColumns {
			a.cells[r*heldColumns+c] = v
		}
		return true
	})
	return a
}

// toArray is an operand as an array.
func (e *Evaluator) toArray(o operand) *array {
	switch {
	case o.array != nil:
		return o.array
	case len(o.areas) == 1:
		return e.fromArea(o.areas[0])
	case len(o.areas) > 1:
		return single(errValue)
	}
	return single(o.value)
}

// scalar is an operand as a value. Of a reference to several cells it is the one in the
// row or column of the formula, of an array the first.
func (e *Evaluator) scalar(o operand) Value {
	switch {
	case o.array != nil:
		return o.array.at(0, 0)
	case len(o.areas) == 1:
		a := o.areas[0]
		switch {
		case a.single():
		case a.columns() == 1 && a.Row <= e.at.Row && e.at.Row <= a.LastRow:
			a.Row = e.at.Row
		case a.rows() == 1 && a.Column <= e.at.Column && e.at.Column <= a.LastColumn:
			a.Column = e.at.Column
		default:
			return errValue
		}
		return e.read(a.first())
	case len(o.areas) > 1:
		return errValue
	}
	return o.value
}

// lift carries a function of values over operands: over arrays element by element, and
// where arrays are computed with, over references to several cells as well.
func (e *Evaluator) lift(env environment, operands []operand, f func([]Value) Value) operand {
	several := false
	for _, o := range operands {
		several = several || o.array != nil || env.arrays && len(o.areas) == 1 && !o.areas[0].single()
	}
	values := make([]Value, len(operands))
	if !several {
		for i, o := range operands {
			values[i] = e.scalar(o)
		}
		if e.waiting() {
			return operand{value: unknown}
		}
		e.step(1)
		return operand{value: f(values)}
	}
	arrays := make([]*array, len(operands))
	rows, columns := 1, 1
	for i, o := range operands {
		if o.array != nil || env.arrays {
			arrays[i] = e.toArray(o)
		} else {
			arrays[i] = single(e.scalar(o))
		}
		rows, columns = max(rows, arrays[i].rows), max(columns, arrays[i].columns)
	}
	if e.waiting() {
		return operand{value: unknown}
	}
	heldRows, heldColumns := 0, 0
	for _, a := range arrays {
		if a.rows == 1 && a.columns == 1 {
			continue
		}
		if a.rows == rows {
			heldRows = max(heldRows, a.heldRows)
		} else {
			heldRows = rows
		}
		if a.columns == columns {
			heldColumns = max(heldColumns, a.heldColumns)
		} else {
			heldColumns = columns
		}
	}
	result := e.newArray(rows, columns, heldRows, heldColumns)
	for i := 0; i < len(result.cells) && e.failed == nil; i++ {
		for k, a := range arrays {
			values[k] = a.at(i/heldColumns, i%heldColumns)
		}
		e.step(1)
		result.cells[i] = f(values)
		e.pass(len(result.cells[i].Text))
	}
	if result.filling() > 0 && e.failed == nil {
		for k, a := range arrays {
			if values[k] = a.fill; a.rows == 1 && a.columns == 1 {
				values[k] = a.at(0, 0)
			}
		}
		result.fill = f(values)
	}
	return operand{array: result}
}

// each visits the values of operands: those that are not blank of a reference, all of an
// array, with how many times each stands there. Written says that the value is none of a
// cell's: it is written in the formula or computed by it.
func (e *Evaluator) each(operands []operand, visit func(v Value, n int, written bool) bool) {
	going := true
	pass := func(v Value, n int, written bool) bool {
		if going && !isUnknown(v) && n > 0 {
			going = visit(v, n, written)
		}
		return true // go on for the cells that are missing
	}
	for _, o := range operands {
		switch {
		case o.array != nil:
			e.step(len(o.array.cells))
			for _, v := range o.array.cells {
				pass(v, 1, false)
			}
			pass(o.array.fill, o.array.filling(), false)
		case o.areas != nil:
			for _, a := range o.areas {
				e.scan(a, func(_ Ref, v Value) bool { return pass(v, 1, false) && (going || len(e.missing) > 0) })
			}
		default:
			pass(o.value, 1, true)
		}
		if !going || e.failed != nil {
			return
		}
	}
}

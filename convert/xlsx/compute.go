package xlsx

import (
	"cmp"
	"context"
	"errors"

	"nianbao/convert/report"
)

// compute works out a formula that no program has stored a result for. If it has
// none, it also gives what the cell would show: #DIV/0!.
func (b *book) compute(ctx context.Context, at report.Cell) (string, error) {
	if b.calculator == nil {
		f, err := b.openDense(ctx, repacking{})
		if err != nil {
			return "", err
		}
		b.calculator = f
		b.tracer = newTracer(b.grids, b.calculate)
	}
	if err := b.tracer.trace(at); err != nil {
		var broken brokenError
		errors.As(err, &broken)
		return broken.shown, err
	}
	value, err := b.calculate(at)
	if err != nil { // what rests on it need not be computed
		b.tracer.broken[at] = cmp.Or(value, err.Error())
	}
	return value, err
}

// calculate works out a formula that has been traced. A formula that shows nothing
// has the result "".
func (b *book) calculate(at report.Cell) (string, error) {
	value, err := b.calculator.CalcCellValue(at.Sheet, at.Name())
	switch {
	case err != nil && spreadsheetErrors[err.Error()]:
		value = err.Error()
	case err == nil && spreadsheetErrors[value]:
		err = errors.New(value)
	}
	return value, err
}

package workbook

import (
	"cmp"
	"context"
	"errors"

	"nianbao/convert/report"
)

// Compute works out a formula that no program has stored a result for. If it has
// none, it also gives what the cell would show: #DIV/0!.
func (b *Book) Compute(ctx context.Context, at report.Cell) (string, error) {
	if b.calculator == nil {
		f, err := b.OpenDense(ctx, repacking{})
		if err != nil {
			return "", err
		}
		b.calculator = f
		b.tracer = newTracer(b.Sheets, b.calculate)
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
func (b *Book) calculate(at report.Cell) (string, error) {
	value, err := b.calculator.CalcCellValue(at.Sheet, at.Name())
	switch {
	case err != nil && SpreadsheetErrors[err.Error()]:
		value = err.Error()
	case err == nil && SpreadsheetErrors[value]:
		err = errors.New(value)
	}
	return value, err
}

func (b *Book) Close() error {
	if b.calculator == nil {
		return nil
	}
	return b.calculator.Close()
}

package xlsx

import (
	"context"
	"errors"

	"nianbao/convert/report"
)

// compute works out a formula that no program has stored a result for. If it has
// none, it also gives what the cell would show: #DIV/0!.
func (b *book) compute(ctx context.Context, at report.Cell) (string, error) {
	if b.tracer == nil {
		b.tracer = newTracer(b.grids)
	}
	if err := b.tracer.trace(at); err != nil {
		return "", err
	}
	if b.calculator == nil {
		f, err := b.openDense(ctx, repacking{})
		if err != nil {
			return "", err
		}
		b.calculator = f
	}
	value, err := b.calculator.CalcCellValue(at.Sheet, at.Name())
	switch {
	case err != nil && spreadsheetErrors[err.Error()]:
		value = err.Error()
	case err == nil && value == "":
		err = errors.New("no result")
	}
	return value, err
}

package xlsx

import (
	"bytes"
	"errors"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
)

// compute works out a formula that no program has stored a result for. On an
// error it gives what the cell would show: #DIV/0!.
func (b *book) compute(at report.Cell) (string, error) {
	if b.calculator == nil {
		f, err := excelize.OpenReader(bytes.NewReader(b.src), excelize.Options{RawCellValue: true})
		if err != nil {
			return "", err
		}
		b.calculator = f
	}
	value, err := b.calculator.CalcCellValue(at.Sheet, at.Name())
	if err == nil && value == "" {
		err = errors.New("no result")
	}
	return value, err
}

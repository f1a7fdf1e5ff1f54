package xlsx

import (
	"bytes"
	"errors"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
)

// compute works out a formula that no program has stored a result for. If it has
// none, it also gives what the cell would show: #DIV/0!.
func (b *book) compute(at report.Cell) (string, error) {
	if b.calculator == nil {
		f, err := excelize.OpenReader(bytes.NewReader(b.src), excelize.Options{RawCellValue: true})
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

package workbook

import (
	"math"
	"strconv"
	"strings"

	"nianbao/convert/report"
)

// Counted is the number that sums over the cell count, also where it shows as a date or
// as a percentage. It is not ok for a cell that they pass over.
func (b *Book) Counted(c Cell) (n report.Number, ok bool) {
	if c.Kind != NumberCell && c.Kind != dateCell && c.Kind != percentCell {
		return n, false
	}
	n, err := StoredNumber(c.Text)
	if err != nil {
		return n, false
	}
	if c.Kind == dateCell && b.from1904 {
		n = n.Sub(report.Int(days1904))
	}
	return n, true
}

// StoredNumber reads the number that a spreadsheet program stored. Such numbers
// are binary fractions written with up to 17 digits, of which 15 are shown and
// meant: 59237.244899999998 is 59237.2449.
func StoredNumber(s string) (report.Number, error) {
	if !strings.ContainsAny(s, ".eE") && len(s) <= 15 {
		return report.ParseNumber(s)
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return report.Number{}, err
	}
	n, err := report.ParseNumber(strconv.FormatFloat(f, 'g', 15, 64))
	if err != nil && math.Abs(f) < 1 { // what is left of 0.3-0.2-0.1, in the digits that are shown
		return report.ParseNumber(strconv.FormatFloat(f, 'g', 6, 64))
	}
	return n, err
}

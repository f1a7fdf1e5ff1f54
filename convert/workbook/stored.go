package workbook

import (
	"strconv"
	"strings"

	"nianbao/convert/report"
)

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
	return report.ParseNumber(strconv.FormatFloat(f, 'g', 15, 64))
}

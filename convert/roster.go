package convert

import (
	"context"

	"nianbao/convert/check"
	"nianbao/convert/xlsx"
)

// LoadRoster reads the list of organizations that should report: an XLSX workbook
// or a CSV file, UTF-8 or GBK, with a name in each row and aliases behind it.
func LoadRoster(ctx context.Context, name string) (*check.Roster, error) {
	src, err := load(name, xlsx.Limits{}.MostBytes())
	if err != nil {
		return nil, err
	}
	var rows [][]string
	switch xlsx.Sniff(src) {
	case xlsx.Text:
		rows, err = check.RosterRows(src)
	default:
		rows, err = xlsx.Rows(ctx, src, xlsx.Limits{})
	}
	if err != nil {
		return nil, err
	}
	return check.ParseRoster(rows)
}

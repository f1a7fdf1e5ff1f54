package batch

import (
	"context"

	"nianbao/convert/files"
	"nianbao/convert/organization"
	"nianbao/convert/workbook"
)

// LoadRoster reads the list of organizations that should report: an XLSX workbook
// or a CSV file, UTF-8 or GBK, with a name in each row and aliases behind it.
func LoadRoster(ctx context.Context, name string) (*organization.Roster, error) {
	src, err := files.Load(name, workbook.Limits{}.MostBytes())
	if err != nil {
		return nil, err
	}
	var rows [][]string
	switch workbook.Sniff(src) {
	case workbook.Text:
		rows, err = organization.RosterRows(src)
	default:
		rows, err = workbook.Rows(ctx, src, workbook.Limits{})
	}
	if err != nil {
		return nil, err
	}
	return organization.ParseRoster(rows)
}

package batch

import (
	"context"

	"nianbao/convert/files"
	"nianbao/convert/organization"
	"nianbao/convert/workbook"
)

// LoadRoster reads the list of organizations that should report: a workbook, whichever
// of its sheets has it, a document, or a text file, UTF-8 or GBK.
func LoadRoster(ctx context.Context, name string) (*organization.Roster, error) {
	src, err := files.Load(name, workbook.Limits{}.MostBytes())
	if err != nil {
		return nil, err
	}
	if workbook.Sniff(src) == workbook.Text {
		rows, err := organization.RosterRows(src)
		if err != nil {
			return nil, err
		}
		return organization.ParseRoster(rows)
	}
	sheets, err := workbook.Rows(ctx, src, workbook.Limits{})
	if err != nil {
		return nil, err
	}
	return organization.ParseSheets(sheets)
}

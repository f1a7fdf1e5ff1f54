package generate

import (
	"bytes"
	"slices"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
	"nianbao/convert/workbook"
	"nianbao/convert/xlsx"
)

// Together is a workbook with the forms of several bodies: what stands on a sheet of the
// i-th one goes to the sheet that place names, below what is there already; "" leaves it
// out.
func Together(reports []*report.Report, place func(i int, sheet string) string) ([]byte, error) {
	out := excelize.NewFile()
	rows := map[string]int{} // that are taken, by sheet
	for i, r := range reports {
		var b bytes.Buffer
		if err := xlsx.Write(&b, r); err != nil {
			return nil, err
		}
		one, err := excelize.OpenReader(&b)
		if err != nil {
			return nil, err
		}
		for _, sheet := range one.GetSheetList() {
			into := place(i, sheet)
			if into == "" || sheet == workbook.DataSheet {
				continue
			}
			if !slices.Contains(out.GetSheetList(), into) {
				if _, err := out.NewSheet(into); err != nil {
					return nil, err
				}
			}
			n, err := copySheet(one, sheet, out, into, rows[into])
			if err != nil {
				return nil, err
			}
			rows[into] += n + 1
		}
	}
	if err := out.DeleteSheet("Sheet1"); err != nil {
		return nil, err
	}
	b, err := out.WriteToBuffer()
	if err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// copySheet copies what the cells of a sheet hold, and what they are merged over, to so
// many rows further down in another workbook's. It returns how many rows that were.
func copySheet(from *excelize.File, sheet string, to *excelize.File, into string, down int) (int, error) {
	cells, err := from.GetRows(sheet, excelize.Options{RawCellValue: true})
	if err != nil {
		return 0, err
	}
	lower := func(cell string) string {
		column, row, err := excelize.CellNameToCoordinates(cell)
		if err != nil {
			return cell
		}
		cell, _ = excelize.CoordinatesToCellName(column, row+down)
		return cell
	}
	for y, row := range cells {
		for x, value := range row {
			cell, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil || value == "" {
				continue
			}
			kind, err := from.GetCellType(sheet, cell)
			if err != nil {
				return 0, err
			}
			if kind == excelize.CellTypeSharedString || kind == excelize.CellTypeInlineString {
				err = to.SetCellStr(into, lower(cell), value)
			} else {
				err = to.SetCellDefault(into, lower(cell), value)
			}
			if err != nil {
				return 0, err
			}
		}
	}
	merged, err := from.GetMergeCells(sheet)
	if err != nil {
		return 0, err
	}
	for _, m := range merged {
		if err := to.MergeCell(into, lower(m.GetStartAxis()), lower(m.GetEndAxis())); err != nil {
			return 0, err
		}
	}
	return len(cells), nil
}

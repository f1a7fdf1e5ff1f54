package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

const sampleForm = "../../testdata/yingshan-2024.xlsx"

// wrong is a cell whose total is then wrong.
const wrong = "D6"

// filled writes a copy of the sample, with an error if it is to be wrong.
func filled(t *testing.T, name string, isWrong bool) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(sampleForm)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if isWrong {
		for _, sheet := range f.GetSheetList() {
			if strings.HasPrefix(sheet, "三") {
				if err := f.SetCellValue(sheet, wrong, 9999); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	if err := f.SaveAs(name); err != nil {
		t.Fatal(err)
	}
	return name
}

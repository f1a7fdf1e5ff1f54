package reader

import (
	"path/filepath"
	"strings"
	"testing"
)

// The .xls that LibreOffice and, in the format of Excel 95, Gnumeric made of a form
// reads as the form does, every cell by the same name.
func TestReadOldExcel(t *testing.T) {
	names, err := filepath.Glob("../workbook/biff/testdata/*.xls")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		form, _, _ := strings.Cut(filepath.Base(name), ".")
		want := readFile(t, "../../testdata/forms/"+form+".xlsx")
		got := readFile(t, name)
		if w, g := jsonOf(t, want), jsonOf(t, got); w != g {
			t.Errorf("%s: %s\nwant %s", name, g, w)
		}
		for _, n := range got.Notes {
			t.Errorf("%s: %+v", name, n)
		}
	}
}

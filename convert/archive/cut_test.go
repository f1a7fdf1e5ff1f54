package archive

import (
	"archive/zip"
	"bytes"
	"os"
	"testing"

	"nianbao/convert/workbook"
)

// What is left of an archive of workbooks that were not packed ends as one of them does. It
// is damaged, neither that workbook nor an archive of its parts. The whole archive, and
// one that a program has put something before, are read.
func TestOpenOfWhatIsLeft(t *testing.T) {
	form, err := os.ReadFile("../../testdata/forms/web-page.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range []string{"甲.xlsx", "乙.xlsx"} {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(form); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	whole := b.Bytes()
	open := func(src []byte) ([]File, error) {
		return Open(bytes.NewReader(src), int64(len(src)), workbook.Limits{})
	}
	if all, err := open(whole); err != nil || len(all) != 2 {
		t.Fatalf("%d files, %v", len(all), err)
	}
	if all, err := open(append([]byte("#!/bin/sh\n"), whole...)); err != nil || len(all) != 2 {
		t.Errorf("with something in front: %d files, %v", len(all), err)
	}
	for _, cut := range []int{50, 100, 200, len(form) / 2} {
		left := whole[:len(whole)-cut]
		if all, err := open(left); err == nil {
			t.Errorf("without its last %d bytes: %d files", cut, len(all))
		}
		if _, err := workbook.Open(t.Context(), left, workbook.Limits{}.WithDefaults()); err == nil {
			t.Errorf("without its last %d bytes it is a workbook", cut)
		}
	}
}

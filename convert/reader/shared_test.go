package reader

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"testing"

	"nianbao/convert/report"
	"nianbao/convert/xlsx"
)

const sample = "../../testdata/yingshan-2024.xlsx"

func readFile(t testing.TB, name string) *report.Report {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, src)
}

func readBytes(t testing.TB, src []byte) *report.Report {
	t.Helper()
	r, err := Read(context.Background(), src, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func written(t testing.TB, r *report.Report) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := xlsx.Write(&b, r); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jsonOf(t testing.TB, r *report.Report) string {
	t.Helper()
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

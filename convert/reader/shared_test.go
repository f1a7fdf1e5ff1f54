package reader

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
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
	r, err := readOne(context.Background(), src, Options{})
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

// jsonOf is a report's JSON without the cells, in which forms that say the same differ.
func jsonOf(t testing.TB, r *report.Report) string {
	t.Helper()
	whole := *r
	r = &whole
	r.Tables = slices.Clone(r.Tables)
	for i := range r.Tables {
		r.Tables[i].Rows = slices.Clone(r.Tables[i].Rows)
		for j := range r.Tables[i].Rows {
			row := &r.Tables[i].Rows[j]
			row.Figures = slices.Clone(row.Figures)
			for k := range row.Figures {
				row.Figures[k].Cell = report.Cell{}
			}
		}
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(r); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// readOne reads a file with one report in it.
func readOne(ctx context.Context, src []byte, o Options) (*report.Report, error) {
	all, err := Read(ctx, src, o)
	if err != nil {
		return nil, err
	}
	if len(all) != 1 {
		return nil, fmt.Errorf("%d reports", len(all))
	}
	return all[0], nil
}

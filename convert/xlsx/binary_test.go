package xlsx

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/annotation"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
	"nianbao/convert/workbook/biff"
)

const oldExcel = "../workbook/biff/testdata/sheet-a-section.xls"

func loadOld(t testing.TB) []byte {
	t.Helper()
	src, err := os.ReadFile(oldExcel)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

func sheetsOf(t testing.TB, src []byte) []*workbook.Sheet {
	t.Helper()
	b, err := workbook.Open(context.Background(), src, workbook.Limits{}.WithDefaults())
	if err == nil {
		err = b.ReadSheets(context.Background())
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Sheets
}

// A marked copy of an .xls has all that its cells show, where it showed it.
func TestAnnotateOldExcel(t *testing.T) {
	old := loadOld(t)
	src := annotated(t, old, annotation.Mark{Rule: "A101", Error: true, Cells: []report.Cell{{Sheet: applications, Row: 8, Column: 4}}, Marked: 1, Message: "合计不符"})
	want, got := sheetsOf(t, old), sheetsOf(t, src)
	if !got[0].Results() || !strings.Contains(got[0].Cells[1].Text, "没有保留：") {
		t.Errorf("the first sheet says %q", got[0].Cells[1].Text)
	}
	if len(got) != len(want)+1 {
		t.Fatalf("%d sheets of %d", len(got), len(want))
	}
	for i, w := range want {
		g := got[i+1]
		if d := cmp.Diff(w.Cells, g.Cells, cmpopts.IgnoreUnexported(workbook.Cell{})); d != "" || w.Name != g.Name {
			t.Errorf("%s: %s", g.Name, d)
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b, err := biff.Open(context.Background(), old, biff.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	borders := 0
	for _, s := range b.Sheets {
		for _, c := range s.Columns {
			if w, err := f.GetColWidth(s.Name, report.ColumnName(c.First)); err != nil || w != c.Width {
				t.Errorf("%s: column %d is %v wide, want %v", s.Name, c.First, w, c.Width)
			}
		}
		for _, r := range s.Rows {
			if h, err := f.GetRowHeight(s.Name, r.Row); err != nil || h != r.Height {
				t.Errorf("%s: row %d is %v high, want %v", s.Name, r.Row, h, r.Height)
			}
		}
		for _, c := range s.Cells {
			x := b.XFs[c.XF]
			id, err := f.GetCellStyle(s.Name, report.Cell{Row: c.Row, Column: c.Column}.Name())
			if err != nil {
				t.Fatal(err)
			}
			style, err := f.GetStyle(id)
			if err != nil {
				t.Fatal(err)
			}
			font := b.Fonts[x.Font]
			if style.Font.Family != font.Name || style.Font.Size != font.Points || style.Font.Bold != font.Bold || style.Alignment.WrapText != x.Wrap {
				t.Errorf("%s!%d,%d: %+v, want %+v", s.Name, c.Row, c.Column, style.Font, font)
			}
			for _, border := range style.Border {
				if border.Type == "left" && border.Style == x.Left.Style && x.Left.Style > 0 {
					borders++
				}
			}
		}
	}
	if borders < 200 {
		t.Errorf("only %d cells have a border", borders)
	}
	if again := annotated(t, old, annotation.Mark{Rule: "A101", Error: true, Cells: []report.Cell{{Sheet: applications, Row: 8, Column: 4}}, Marked: 1, Message: "合计不符"}); !bytes.Equal(src, again) {
		t.Error("the same submission and marks give other bytes")
	}
}

// What a text's runs say is kept: a digit that is struck out is no digit.
func TestBinaryRuns(t *testing.T) {
	w := &binaryWriter{book: &biff.Book{Fonts: []biff.Font{{Name: "宋体", Points: 12}, {Name: "宋体", Points: 12, Strike: true}}, XFs: []biff.XF{{}}, Palette: [64]biff.RGB{}}}
	runs := w.runs(biff.Cell{Text: "县56", Runs: []biff.Run{{Start: 3, Font: 1}, {Start: 4, Font: 0}}})
	var got []string
	for _, r := range runs {
		struck := ""
		if r.Font.Strike {
			struck = "-"
		}
		got = append(got, r.Text+struck)
	}
	if d := cmp.Diff([]string{"县", "5-", "6"}, got); d != "" {
		t.Error(d)
	}
}

func TestLost(t *testing.T) {
	w := &binaryWriter{book: &biff.Book{Names: 1, Others: []string{"图"}, Sheets: []*biff.Sheet{{Cells: []biff.Cell{{Formula: true}, {}, {Formula: true}, {Formula: true, Kind: biff.Number, Expression: "A1"}}, Pictures: 1, Boxes: []biff.Box{{}}}}}}
	want := "没有保留：图片、图表、宏表、文本框和图形、名称（包括打印区域）。2 个公式换成了计算结果"
	if got := w.lost(); !strings.Contains(got, want) {
		t.Errorf("%s, want %s", got, want)
	}
}

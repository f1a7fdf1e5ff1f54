package workbook

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"nianbao/convert/message"
	"nianbao/convert/workbook/biff"
)

const oldExcel = "biff/testdata/sheet-a-section.xls"

func loadOld(t testing.TB) []byte {
	t.Helper()
	src, err := os.ReadFile(oldExcel)
	if err != nil {
		t.Fatal(err)
	}
	return src
}

// wide is a name as a compound file's directory has it.
func wide(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func TestSniffCompound(t *testing.T) {
	src := loadOld(t)
	named := func(name string) []byte { // with its one stream named otherwise
		from := append(wide("Workbook"), make([]byte, 30)...)
		to := append(wide(name), make([]byte, len(from)-2*len(name))...)
		changed := bytes.Clone(src)
		i := bytes.Index(changed, from)
		copy(changed[i:], to)
		changed[i+64] = byte(2*len(name) + 2)
		return changed
	}
	for _, c := range []struct {
		src    []byte
		format Format
		name   string
	}{
		{src, XLS, ""},
		{named("WORKBOOK"), XLS, ""},
		{named("Book"), XLS, ""},
		{named("WordDocument"), DOC, ""},
		{named("EncryptedPackage"), Encrypted, ""},
		{named("PowerPoint Document"), Other, "PowerPoint (.ppt)"},
		{named("Contents"), Other, ""},
		{append(bytes.Clone(src), wide("WordDocument EncryptedPackage")...), XLS, ""}, // a text may say so
		{src[:600], XLS, ""},
	} {
		if f, name := SniffNamed(c.src); f != c.format || name != c.name {
			t.Errorf("%s %q, want %s %q", f, name, c.format, c.name)
		}
	}
}

func TestOpenBinaryRefuses(t *testing.T) {
	src := loadOld(t)
	locked := bytes.Replace(src, []byte{0x42, 0, 2, 0, 0xB0, 4}, []byte{0x2F, 0, 2, 0, 0, 0}, 1)
	if bytes.Equal(locked, src) {
		t.Fatal("no code page to put a password in place of")
	}
	for _, c := range []struct {
		name   string
		src    []byte
		limits Limits
		key    string
	}{
		{"a password", locked, Limits{}, "read.xls.encrypted"},
		{"cut off", src[:len(src)/2], Limits{}, "read.damaged"},
		{"too long", src, Limits{Unpacked: 1000}, "read.limit.unpacked"},
		{"too many cells", src, Limits{Cells: 100}, "read.limit.cells"},
	} {
		_, err := Open(context.Background(), c.src, c.limits)
		var m *message.Error
		if !errors.As(err, &m) || m.Key != c.key {
			t.Errorf("%s: %v, want %s", c.name, err, c.key)
		}
	}
}

func TestBinaryCell(t *testing.T) {
	b := &Book{styles: []style{{kind: NumberCell}, {kind: dateCell}, {kind: percentCell}, {kind: dateCell}}, binary: &biff.Book{Fonts: []biff.Font{{}, {Strike: true}, {Script: 1}, {Script: 2}}}}
	for _, c := range []struct {
		cell biff.Cell
		want Cell
	}{
		{biff.Cell{Kind: biff.Text, Text: "某县"}, Cell{Text: "某县"}},
		{biff.Cell{Text: "56", Runs: []biff.Run{{Start: 0, Font: 1}, {Start: 1, Font: 0}}}, Cell{Text: "6"}},
		{biff.Cell{Text: "县56", Runs: []biff.Run{{Start: 4, Font: 1}}}, Cell{Text: "县5"}},
		{biff.Cell{Text: "106", Runs: []biff.Run{{Start: 2, Font: 2}}}, Cell{Text: "10⁶"}},
		{biff.Cell{Text: "CO2", Runs: []biff.Run{{Start: 2, Font: 3}}}, Cell{Text: "CO₂"}},
		{biff.Cell{Text: "12", Runs: []biff.Run{{Start: 1, Font: 9}}}, Cell{Text: "12"}},
		{biff.Cell{Kind: biff.Number, Number: 26}, Cell{Kind: NumberCell, Text: "26"}},
		{biff.Cell{Kind: biff.Number, Number: 59237.2449}, Cell{Kind: NumberCell, Text: "59237.2449"}},
		{biff.Cell{Kind: biff.Number, Number: 1e20}, Cell{Kind: NumberCell, Text: "1" + strings.Repeat("0", 20)}},
		{biff.Cell{Kind: biff.Number, Number: 1e300}, Cell{Kind: NumberCell, Text: "1e+300"}},
		{biff.Cell{Kind: biff.Number, Number: 45677, XF: 1}, Cell{Kind: dateCell, Text: "45677"}},
		{biff.Cell{Kind: biff.Number, Number: 45677, XF: 3}, Cell{Kind: dateCell, Text: "45677"}},
		{biff.Cell{Kind: biff.Number, Number: 0.5, XF: 2}, Cell{Kind: percentCell, Text: "0.5"}},
		{biff.Cell{Kind: biff.Number, Number: 1, XF: 9}, Cell{Kind: NumberCell, Text: "1"}},
		{biff.Cell{Kind: biff.Bool, Number: 1}, Cell{Kind: boolCell, Text: "1"}},
		{biff.Cell{Kind: biff.Error, Text: "#REF!"}, Cell{Kind: ErrorCell, Text: "#REF!"}},
		{biff.Cell{Kind: biff.NoResult, Formula: true}, Cell{Kind: NoResult}},
	} {
		if d := cmp.Diff(c.want, b.binaryCell(c.cell), cmpopts.IgnoreUnexported(Cell{})); d != "" {
			t.Errorf("%+v: %s", c.cell, d)
		}
	}
	b.from1904 = true
	if c := b.binaryCell(biff.Cell{Kind: biff.Number, Number: 44215, XF: 1}); Shown(c) != "2025年1月20日" {
		t.Error(Shown(c))
	}
}

func TestRowsOfOldExcel(t *testing.T) {
	rows, err := Rows(context.Background(), loadOld(t), Limits{})
	if err != nil || len(rows[0]) != 3 || rows[0][1][0] != "填报单位" {
		t.Error(rows, err)
	}
}

// A formula without result that was not read is none to be silent about.
func TestUnknownFormula(t *testing.T) {
	b := &Book{binary: &biff.Book{Sheets: []*biff.Sheet{{Name: "S", Cells: []biff.Cell{{Row: 1, Column: 1, Kind: biff.NoResult, Formula: true}}}}}}
	if err := b.ReadSheets(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := b.Compute(context.Background()); err != nil {
		t.Fatal(err)
	}
	c := b.Sheets[0].Cells[0]
	if why := b.Failure(b.Sheets[0].At(c.Area)); c.Kind != NoResult || why.Reason != NotComputed || c.Formula() != "=?" {
		t.Errorf("%+v, %q: %+v", c, c.Formula(), why)
	}
}

// What does not show, and what shows otherwise, is told as in an XLSX workbook.
func TestBinaryShown(t *testing.T) {
	number := func(row, column, xf int, n float64) biff.Cell {
		return biff.Cell{Row: row, Column: column, Kind: biff.Number, XF: xf, Number: n}
	}
	src := &biff.Book{XFs: []biff.XF{{}, {Format: 14}}, Sheets: []*biff.Sheet{
		{Cells: []biff.Cell{number(1, 1, 0, 1), number(1, 3, 0, 1), number(2, 1, 1, 45677)}, Rows: []biff.Row{{Row: 2, Hidden: true}}, Columns: []biff.Columns{{First: 3, Last: 4, Hidden: true}},
			Merges: []biff.Area{{Row: 1, Column: 1, LastRow: 1, LastColumn: 2}}},
		{Cells: []biff.Cell{number(1, 1, 0, 1), number(2, 1, 0, 1)}, RowsHidden: true, Rows: []biff.Row{{Row: 1}}},
	}}
	b := &Book{binary: src}
	if err := b.ReadSheets(context.Background()); err != nil {
		t.Fatal(err)
	}
	var got []Cell
	for _, g := range b.Sheets {
		got = append(got, g.Cells...)
	}
	want := []Cell{
		{Area: Area{1, 1, 1, 2}, Kind: NumberCell, Text: "1"}, {Area: Area{1, 3, 1, 3}, Kind: NumberCell, Hidden: true, Text: "1"}, {Area: Area{2, 1, 2, 1}, Kind: dateCell, Hidden: true, Text: "45677"},
		{Area: Area{1, 1, 1, 1}, Kind: NumberCell, Text: "1"}, {Area: Area{2, 1, 2, 1}, Kind: NumberCell, Hidden: true, Text: "1"},
	}
	if d := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Cell{})); d != "" {
		t.Error(d)
	}
}

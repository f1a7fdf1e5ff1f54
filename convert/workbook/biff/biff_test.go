package biff

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// rec is a record: a number is written in the bytes of its type, a string as it is.
func rec(id int, content ...any) []byte {
	var b []byte
	for _, c := range content {
		switch c := c.(type) {
		case int: // most fields have two bytes
			b = binary.LittleEndian.AppendUint16(b, uint16(c))
		case uint8:
			b = append(b, c)
		case uint32:
			b = binary.LittleEndian.AppendUint32(b, c)
		case float64:
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(c))
		case string:
			b = append(b, c...)
		default:
			panic(fmt.Sprintf("%T", c))
		}
	}
	head := binary.LittleEndian.AppendUint16(nil, uint16(id))
	return append(binary.LittleEndian.AppendUint16(head, uint16(len(b))), b...)
}

func wide(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.LittleEndian.AppendUint16(b, u)
	}
	return string(b)
}

func gbk(t testing.TB, s string) string {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

var eof = rec(recEOF)

// stream is a workbook of one sheet with the records given.
func stream(version int, globals [][]byte, sheet ...[]byte) []byte {
	out := rec(recBOF, version, 5, 0, 0)
	for _, g := range globals {
		out = append(out, g...)
	}
	bound := func(at int) []byte {
		if version == 0x0600 {
			return rec(recBoundSheet, uint32(at), uint8(0), uint8(0), uint8(1), uint8(0), "S")
		}
		return rec(recBoundSheet, uint32(at), uint8(0), uint8(0), uint8(1), "S")
	}
	out = append(out, bound(len(out)+len(bound(0))+len(eof))...)
	out = append(out, eof...)
	out = append(out, rec(recBOF, version, 0x10, 0, 0)...)
	for _, s := range sheet {
		out = append(out, s...)
	}
	return append(out, eof...)
}

func open(t testing.TB, src []byte) *Book {
	t.Helper()
	b, err := read(context.Background(), src, Limits{}.withDefaults())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// sst is a record of shared strings; each is written with its head.
func sst(content ...any) []byte {
	return rec(recSST, append([]any{uint32(9), uint32(9)}, content...)...)
}

// label is a cell A1 with the shared string of a number.
func label(i int) []byte { return rec(recLabelSST, 0, 0, 0, uint32(i)) }

func TestSharedStrings(t *testing.T) {
	for _, c := range []struct {
		name    string
		globals [][]byte
		index   int
		want    Cell
	}{
		{"narrow", [][]byte{sst(3, uint8(0), "abc")}, 0, Cell{Text: "abc"}},
		{"narrow is Latin-1", [][]byte{sst(1, uint8(0), "\xE9")}, 0, Cell{Text: "é"}},
		{"wide", [][]byte{sst(3, uint8(1), wide("营山县"))}, 0, Cell{Text: "营山县"}},
		{"beyond the plane", [][]byte{sst(3, uint8(1), wide("𠮷县"))}, 0, Cell{Text: "𠮷县"}},
		{"half of a pair", [][]byte{sst(2, uint8(1), 0xD842, 0x53BF)}, 0, Cell{Text: "\uFFFD县"}},
		{"empty, then another", [][]byte{sst(0, uint8(0), 1, uint8(0), "x")}, 1, Cell{Text: "x"}},
		{"goes on as it was", [][]byte{sst(4, uint8(1), wide("某县")), rec(recContinue, uint8(1), wide("某局"))}, 0, Cell{Text: "某县某局"}},
		{"goes on narrow", [][]byte{sst(4, uint8(1), wide("某县")), rec(recContinue, uint8(0), "12")}, 0, Cell{Text: "某县12"}},
		{"goes on wide", [][]byte{sst(4, uint8(0), "12"), rec(recContinue, uint8(1), wide("某县"))}, 0, Cell{Text: "12某县"}},
		{"over three records", [][]byte{sst(3, uint8(0), "1"), rec(recContinue, uint8(0), "2"), rec(recContinue, uint8(1), wide("三"))}, 0, Cell{Text: "12三"}},
		{"a pair over two records", [][]byte{sst(2, uint8(1), 0xD842), rec(recContinue, uint8(1), 0xDFB7)}, 0, Cell{Text: "𠮷"}},
		{"the next begins in the next", [][]byte{sst(1, uint8(0), "a"), rec(recContinue, 1, uint8(0), "b")}, 1, Cell{Text: "b"}},
		{"an empty record between", [][]byte{sst(2, uint8(0), "a"), rec(recContinue), rec(recContinue, uint8(0), "b")}, 0, Cell{Text: "ab"}},
		{"runs count characters", [][]byte{sst(4, uint8(9), 2, wide("6𠮷3"), 1, 1, 3, 6)}, 0, Cell{Text: "6𠮷3", Runs: []Run{{1, 1}, {5, 5}}}},
		{"runs go on without a flag", [][]byte{sst(2, uint8(8), 1, "63"), rec(recContinue, 1, 2), rec(recContinue)}, 0, Cell{Text: "63", Runs: []Run{{1, 2}}}},
		{"a run at the end is none", [][]byte{sst(2, uint8(8), 1, "63", 2, 2)}, 0, Cell{Text: "63"}},
		{"runs out of order", [][]byte{sst(3, uint8(8), 2, "632", 2, 2, 1, 1)}, 0, Cell{Text: "632", Runs: []Run{{2, 2}}}},
		{"readings are left out", [][]byte{sst(1, uint8(5), uint32(3), wide("县"), "xyz", 1, uint8(0), "b")}, 1, Cell{Text: "b"}},
		{"readings and runs", [][]byte{sst(1, uint8(0xD), 1, uint32(3), wide("县"), 0, 1, "xyz", 1, uint8(0), "b")}, 1, Cell{Text: "b"}},
		{"readings go on", [][]byte{sst(1, uint8(5), uint32(6), wide("县"), "xyz"), rec(recContinue, "xyz", 1, uint8(0), "b")}, 1, Cell{Text: "b"}},
	} {
		got := open(t, stream(0x0600, c.globals, label(c.index))).Sheets[0].Cells
		c.want.Row, c.want.Column = 1, 1
		if d := cmp.Diff([]Cell{c.want}, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestCells(t *testing.T) {
	text := func(row, column int, s string) Cell { return Cell{Row: row, Column: column, Text: s} }
	number := func(row, column int, n float64) Cell { return Cell{Row: row, Column: column, Kind: Number, Number: n} }
	formula := func(result ...any) []byte {
		return rec(recFormula, append(append([]any{0, 0, 0}, result...), 0, uint32(0), 0)...)
	}
	of := func(c Cell) Cell { c.Formula, c.Row, c.Column = true, 1, 1; return c }
	for _, c := range []struct {
		name  string
		sheet [][]byte
		want  []Cell
	}{
		{"label", [][]byte{rec(recLabel, 2, 3, 0, 2, uint8(1), wide("某县"))}, []Cell{text(3, 4, "某县")}},
		{"label goes on", [][]byte{rec(recLabel, 0, 0, 0, 2, uint8(0), "a"), rec(recContinue, uint8(0), "b")}, []Cell{text(1, 1, "ab")}},
		{"number", [][]byte{rec(recNumber, 0, 0, 0, 59237.2449)}, []Cell{number(1, 1, 59237.2449)}},
		{"rk integer", [][]byte{rec(recRK, 0, 0, 0, uint32(26<<2|2))}, []Cell{number(1, 1, 26)}},
		{"rk negative", [][]byte{rec(recRK, 0, 0, 0, uint32(0xFFFFFFF6))}, []Cell{number(1, 1, -3)}},
		{"rk hundredths", [][]byte{rec(recRK, 0, 0, 0, uint32(1234<<2|3))}, []Cell{number(1, 1, 12.34)}},
		{"rk float", [][]byte{rec(recRK, 0, 0, 0, uint32(math.Float64bits(1.5)>>32))}, []Cell{number(1, 1, 1.5)}},
		{"rk float in hundredths", [][]byte{rec(recRK, 0, 0, 0, uint32(math.Float64bits(150)>>32|1))}, []Cell{number(1, 1, 1.5)}},
		{"several", [][]byte{rec(recMulRk, 1, 2, 0, uint32(1<<2|2), 0, uint32(2<<2|2), 3)}, []Cell{number(2, 3, 1), number(2, 4, 2)}},
		{"true", [][]byte{rec(recBoolErr, 0, 0, 0, uint8(1), uint8(0))}, []Cell{{Row: 1, Column: 1, Kind: Bool, Number: 1}}},
		{"error", [][]byte{rec(recBoolErr, 0, 0, 0, uint8(0x17), uint8(1))}, []Cell{{Row: 1, Column: 1, Kind: Error, Text: "#REF!"}}},
		{"formula", [][]byte{formula(7.0)}, []Cell{of(number(0, 0, 7))}},
		{"formula with a text", [][]byte{formula(0, 0, 0, 0xFFFF), rec(recString, 2, uint8(1), wide("某县"))}, []Cell{of(text(0, 0, "某县"))}},
		{"shared formula with a text", [][]byte{formula(0, 0, 0, 0xFFFF), rec(0x04BC, 0, 0), rec(recString, 1, uint8(0), "x")}, []Cell{of(text(0, 0, "x"))}},
		{"formula whose text is missing", [][]byte{formula(0, 0, 0, 0xFFFF)}, []Cell{of(Cell{Kind: NoResult})}},
		{"a text for no formula", [][]byte{formula(7.0), rec(recString, 1, uint8(0), "x")}, []Cell{of(number(0, 0, 7))}},
		{"formula that is true", [][]byte{formula(1, 1, 0, 0xFFFF)}, []Cell{of(Cell{Kind: Bool, Number: 1})}},
		{"formula in error", [][]byte{formula(2, 7, 0, 0xFFFF)}, []Cell{of(Cell{Kind: Error, Text: "#DIV/0!"})}},
		{"formula that is empty", [][]byte{formula(3, 0, 0, 0xFFFF)}, []Cell{of(Cell{})}},
		{"out of order", [][]byte{rec(recNumber, 1, 0, 0, 2.0), rec(recNumber, 0, 1, 0, 1.0)}, []Cell{number(1, 2, 1), number(2, 1, 2)}},
		{"twice in one place", [][]byte{rec(recNumber, 0, 0, 0, 1.0), rec(recNumber, 0, 0, 0, 2.0)}, []Cell{number(1, 1, 2)}},
		{"a chart's own are none", [][]byte{rec(recBOF, 0x0600, 0x20), rec(recNumber, 0, 0, 0, 1.0), eof, rec(recNumber, 1, 0, 0, 2.0)}, []Cell{number(2, 1, 2)}},
	} {
		got := open(t, stream(0x0600, nil, c.sheet...)).Sheets[0].Cells
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

func TestFormulas(t *testing.T) {
	u := func(b ...uint8) string { return string(b) }
	ref := u(0x44, 4, 0, 1, 0xC0)                        // B5, both of which move
	area := u(0x25, 2, 0, 5, 0, 1, 0xC0, 3, 0xC0)        // B3:D6
	fixed := u(0x44, 4, 0, 1, 0)                         // $B$5
	one, two := u(0x1E, 1, 0), u(0x1E, 2, 0)             //
	sum, paren := u(0x19, 0x10, 0, 0), u(0x15)           //
	sheet, gone := u(0x3A, 0, 0, 4, 0, 1, 0xC0), u(0x3A) //
	for _, c := range []struct{ tokens, want string }{
		{ref, "B5"}, {fixed, "$B$5"}, {area, "B3:D6"}, {area + sum, "SUM(B3:D6)"}, {area + u(0x22, 1, 4, 0), "SUM(B3:D6)"},
		{ref + one + u(3), "B5+1"}, {one + ref + two + u(5, 3), "1+B5*2"}, {one + two + u(3) + paren + ref + u(5), "(1+2)*B5"},
		{one + two + u(3) + ref + u(5), "(1+2)*B5"}, {one + two + ref + u(4, 4), "1-(2-B5)"}, {one + two + u(4) + ref + u(4), "1-2-B5"},
		{one + u(0x13) + u(0x14), "-1%"}, {ref + one + u(0x0B), "B5=1"}, {ref + u(0x17, 2, 1) + wide("某县") + u(8), "B5&\"某县\""}, {u(0x17, 1, 0) + "\"", "\"\"\"\""},
		{ref + one + u(0x16) + u(0x42, 3, 1, 0), "IF(B5,1,)"}, {ref + two + u(0x41, 27, 0), "ROUND(B5,2)"}, {u(0x1D, 1), "TRUE"}, {u(0x1C, 0x17), "#REF!"},
		{u(0x1F, 0, 0, 0, 0, 0, 0, 0xF8, 0x3F), "1.5"}, {u(0x2A, 0, 0, 0, 0), "#REF!"}, {sheet, "'S'!B5"}, {u(0x44, 4, 0, 0xFF, 0), "$IV$5"}, {u(0x44, 4, 0, 26, 0), "$AA$5"},
		// What is not read: another workbook, names, functions of an addin, what breaks off.
		{u(0x3A, 1, 0, 4, 0, 1, 0xC0), ""}, {u(0x3A, 2, 0, 4, 0, 1, 0xC0), ""}, {u(0x3A, 9, 0, 4, 0, 1, 0xC0), ""}, {u(0x43, 1, 0, 0, 0), ""}, {one + u(0x42, 1, 0xFF, 0), ""},
		{gone, ""}, {u(3), ""}, {one + u(3), ""}, {one + two, ""}, {u(0x22, 9, 4, 0), ""}, {"", ""}, {one + u(0x30), ""}, {strings.Repeat(u(0x13), 3000), ""},
		{one + strings.Repeat(u(0x12), 2000), strings.Repeat("+", 2000) + "1"},
	} {
		cell := rec(recFormula, 0, 0, 0, 7.0, 0, uint32(0), len(c.tokens), c.tokens)
		globals := [][]byte{rec(recSupBook, 1, 0x0401), rec(recSupBook, 1, 1), rec(recExternSheet, 3, 0, 0, 0, 1, 0, 0, 0, 0, 1)}
		got := open(t, stream(0x0600, globals, cell)).Sheets[0].Cells[0]
		if got.Expression != c.want || got.Number != 7 || !got.Formula {
			t.Errorf("%x: %+v, want %q", c.tokens, got, c.want)
		}
	}
}

// Cells that share a formula have it each for its own place.
func TestSharedFormulas(t *testing.T) {
	cell := func(row int) []byte {
		return rec(recFormula, row, 4, 0, 7.0, 8, uint32(0), 5, uint8(1), 2, 4)
	}
	// Two to the left and one up, the first row of column A, and C$1.
	tokens := string([]byte{0x4C, 0xFF, 0xFF, 0xFE, 0xC0, 0x4C, 0, 0, 2, 0x00, 3, 0x4C, 0, 0, 2, 0x80, 3})
	b := open(t, stream(0x0600, nil, cell(2), rec(recShrFmla, 2, 3, uint8(4), uint8(4), uint8(0), uint8(2), len(tokens), tokens), cell(3), cell(4),
		rec(recFormula, 9, 4, 0, 7.0, 8, uint32(0), 5, uint8(1), 8, 4)))
	var got []string
	for _, c := range b.Sheets[0].Cells {
		got = append(got, c.Expression)
	}
	if d := cmp.Diff([]string{"C2+$C$1+$C3", "C3+$C$1+$C4", "C4+$C$1+$C5", ""}, got); d != "" {
		t.Error(d)
	}
}

func TestCodePage(t *testing.T) {
	s := gbk(t, "营山县")
	for _, c := range []struct {
		name string
		page int
		cell []byte
		want Cell
	}{
		{"GBK", 936, rec(recLabel, 0, 0, 0, 6, s), Cell{Text: "营山县"}},
		{"GBK of a Mac", 10008, rec(recLabel, 0, 0, 0, 6, s), Cell{Text: "营山县"}},
		{"Big5", 950, rec(recLabel, 0, 0, 0, 2, "\xBF\xA4"), Cell{Text: "縣"}},
		{"runs count bytes", 936, rec(recRString, 0, 0, 0, 6, s, uint8(1), uint8(4), uint8(6)), Cell{Text: "营山县", Runs: []Run{{6, 5}}}},
		{"runs out of order", 936, rec(recRString, 0, 0, 0, 6, s, uint8(2), uint8(4), uint8(6), uint8(2), uint8(6)), Cell{Text: "营山县", Runs: []Run{{6, 5}}}},
		{"a run in a character", 936, rec(recRString, 0, 0, 0, 2, "\xA1\xE3", uint8(1), uint8(1), uint8(6)), Cell{Text: "°"}},
		{"runs that break off", 936, rec(recRString, 0, 0, 0, 6, s, uint8(3)), Cell{Text: "营山县"}},
		{"unknown", 77, rec(recLabel, 0, 0, 0, 1, "\xE9"), Cell{Text: "é"}},
		{"result", 936, append(rec(recFormula, 0, 0, 0, 0, 0, 0, 0xFFFF, 0, uint32(0), 0), rec(recString, 2, gbk(t, "县"))...), Cell{Text: "县", Formula: true}},
	} {
		b := open(t, stream(0x0500, [][]byte{rec(recCodePage, c.page)}, c.cell))
		c.want.Row, c.want.Column = 1, 1
		if d := cmp.Diff([]Cell{c.want}, b.Sheets[0].Cells); d != "" || b.Version != 5 {
			t.Errorf("%s: %s", c.name, d)
		}
	}
}

// TestLooks reads all that says how a sheet looks.
func TestLooks(t *testing.T) {
	font := func(name string, flags, weight int) []byte {
		return rec(recFont, 240, flags, 10, weight, 0, uint8(0), uint8(0), uint8(134), uint8(0), uint8(len(utf16.Encode([]rune(name)))), uint8(1), wide(name))
	}
	b := open(t, stream(0x0600, [][]byte{
		rec(recDate1904, 1), rec(recPalette, 1, uint8(1), uint8(2), uint8(3), uint8(0)),
		font("宋体", 0, 400), font("a", 0, 400), font("b", 0, 400), font("c", 0, 400), font("黑体", 8, 700),
		rec(recFormat, 164, 4, uint8(0), "0.00"), rec(recFormat, 165, 9, uint8(0), "0"),
		rec(recXF, 5, 164, 0, uint8(0x1A), uint8(90), uint8(2), uint8(0), uint32(0x2211|10<<16|11<<23), uint32(12|13<<7|1<<26), 14|15<<7),
	},
		rec(recSetup, 9, 80, 1, 1, 0, 0), rec(recWsBool, 0x100), rec(recHCenter, 1), rec(recLeftMargin+2, 0.5), rec(recHeader), rec(recFooter, 1, uint8(0), "x"),
		rec(recDefaultRowHeight, 2, 270), rec(recDefColWidth, 8), rec(recStandardWidth, 2200),
		rec(recColInfo, 1, 2, 2560, 0, 1), rec(recColInfo, maxColumn-1, maxColumn, 2560, 0, 0), rec(recColInfo, maxColumn, maxColumn, 2560, 0, 0), rec(recRow, 4, 0, 9, 600, 0, 0, 0x60, 0),
		rec(recBlank, 0, 1, 3), rec(recMulBlank, 1, 0, 4, 5, 1),
		rec(recMergeCells, 2, 0, 1, 0, 6, 3, 3, 2, 4),
		rec(recObj, 0x15, 0x12, 0x19, 7, 0, 0, 0), rec(recTxO, 0, 0, 0, 0, 0, 2, 8, 0, 0), rec(recContinue, uint8(1), wide("批注")), rec(recContinue, 0, 0, 0, 0),
		rec(recMsoDrawing, 0xF, 0xF004, uint32(26), 0, 0xF010, uint32(18), 0, 2, 0, 6, 0, 0, 0, 0, 0), rec(recObj, 0x15, 0x12, 6, 8, 0, 0, 0),
		rec(recTxO, 0, 0, 0, 0, 0, 2, 8, 0, 0), rec(recContinue, uint8(1), wide("说明")),
		rec(recObj, 0x15, 0x12, 8, 9, 0, 0, 0), rec(recHLink), rec(recNote, 5, 6, 0, 7, 2, uint8(1), wide("某人")),
	))
	want := &Sheet{
		Name: "S", Blanks: []Blank{{1, 2, 3}, {2, 1, 4}, {2, 2, 5}}, Merges: []Area{{1, 1, 2, 7}, {4, 3, 4, 5}},
		Columns: []Columns{{2, 3, 10, true}, {maxColumn, maxColumn, 10, false}}, Rows: []Row{{5, 30, true, true}}, DefaultWidth: 2200.0 / 256, DefaultHeight: 13.5, RowsHidden: true,
		Page:  Page{Paper: 9, Scale: 80, Landscape: true, Fit: true, FitWidth: 1, Margins: [4]float64{0, 0, 0.5, 0}, CentreAcross: true, HeadOrFoot: true},
		Boxes: []Box{{7, 3, "说明"}}, Comments: []Comment{{6, 7, "某人", "批注"}}, Pictures: 1, Links: 1,
	}
	if d := cmp.Diff(want, b.Sheets[0]); d != "" {
		t.Error(d)
	}
	x := XF{Font: 4, Format: 164, Horizontal: 2, Wrap: true, Vertical: 1, Rotation: 90, Indent: 2, Pattern: 1, Fore: 14, Back: 15,
		Left: Border{1, 10}, Right: Border{1, 11}, Top: Border{2, 12}, Bottom: Border{2, 13}}
	if d := cmp.Diff([]XF{x}, b.XFs); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(Font{Name: "黑体", Points: 12, Bold: true, Strike: true, Colour: 10}, b.Fonts[4]); d != "" {
		t.Error(d)
	}
	if own, ok := b.Colour(8); !ok || own.String() != "010203" || !b.From1904 || b.FormatOf(164) != "0.00" || b.FormatOf(165) != "" {
		t.Errorf("colour %s, 1904 %t, format %q, broken format %q", own, b.From1904, b.FormatOf(164), b.FormatOf(165))
	}
	if _, ok := b.Colour(0x7FFF); ok {
		t.Error("the system's colour is one of the palette")
	}
}

func TestSheets(t *testing.T) {
	bound := func(at int, state, kind uint8, name string) []byte {
		return rec(recBoundSheet, uint32(at), state, kind, uint8(len(utf16.Encode([]rune(name)))), uint8(1), wide(name))
	}
	sheet := append(rec(recBOF, 0x0600, 0x10), eof...)
	head := rec(recBOF, 0x0600, 5)
	size := len(head) + 4*len(bound(0, 0, 0, "一")) + len(eof)
	src := head
	for i, state := range []uint8{0, 1, 2} {
		src = append(src, bound(size+i*len(sheet), state, 0, string([]rune("一二三")[i]))...)
	}
	src = append(append(src, bound(size, 0, 2, "图")...), eof...)
	for range 3 {
		src = append(src, sheet...)
	}
	b := open(t, src)
	var got []string
	for _, s := range b.Sheets {
		got = append(got, fmt.Sprint(s.Name, s.Hidden))
	}
	if d := cmp.Diff([]string{"一false", "二true", "三true"}, got); d != "" || len(b.Others) != 1 || b.Others[0] != "图" {
		t.Error(d, b.Others)
	}
}

func TestDamaged(t *testing.T) {
	good := stream(0x0600, nil, rec(recNumber, 0, 0, 0, 1.0))
	bounds := func(n int) []byte { // many sheets at one place
		src := rec(recBOF, 0x0600, 5)
		for range n {
			src = append(src, rec(recBoundSheet, uint32(len(src)), uint8(0), uint8(0), uint8(1), uint8(0), "S")...)
		}
		one := len(src) + len(eof)
		src = rec(recBOF, 0x0600, 5)
		for range n {
			src = append(src, rec(recBoundSheet, uint32(one), uint8(0), uint8(0), uint8(1), uint8(0), "S")...)
		}
		src = append(append(src, eof...), rec(recBOF, 0x0600, 0x10)...)
		for range 100 {
			src = append(src, rec(recNumber, 0, 0, 0, 1.0)...)
		}
		return append(src, eof...)
	}
	many := strings.Repeat("\x00\x00\x00", 50)
	for _, c := range []struct {
		name   string
		src    []byte
		limits Limits
		want   string // part of the error; "" is none
	}{
		{"whole", good, Limits{}, ""},
		{"nothing", nil, Limits{}, "empty"},
		{"no beginning", eof, Limits{}, "begins with"},
		{"BIFF4", rec(0x0409, 0, 0x10), Limits{}, ErrVersion.Error()},
		{"a password", stream(0x0600, [][]byte{rec(recFilePass, 1)}), Limits{}, ErrEncrypted.Error()},
		{"cut off in a record", good[:len(good)-6], Limits{}, "bytes where"},
		{"cut off after a record", good[:len(good)-4], Limits{}, "no end"},
		{"no sheets", append(rec(recBOF, 0x0600, 5), eof...), Limits{}, "no sheets"},
		{"a sheet that is none", stream(0x0600, nil)[:len(stream(0x0600, nil))-16], Limits{}, "does not begin"},
		{"one sheet at one place", bounds(1), Limits{}, ""},
		{"sheets at one place", bounds(9), Limits{}, "lie over"},
		{"a text that is missing", stream(0x0600, [][]byte{sst(1, uint8(0), "a")}, label(1)), Limits{}, "missing"},
		{"a text that breaks off", stream(0x0600, [][]byte{sst(9, uint8(0), "a")}, label(0)), Limits{}, "missing"},
		{"half a character", stream(0x0600, [][]byte{sst(2, uint8(1), "abc"), rec(recContinue, uint8(1), "d")}, label(0)), Limits{}, "missing"},
		{"a cell that breaks off", stream(0x0600, nil, rec(recNumber, 0, 0, 0, 1)), Limits{}, "breaks off"},
		{"cells that break off", stream(0x0600, nil, rec(recMulRk, 0, 0, 0, uint32(2), 0, 9, 1)), Limits{}, "break off"},
		{"far to the right", stream(0x0600, nil, rec(recNumber, 0, 1<<14, 0, 1.0)), Limits{}, "column 16385"},
		{"the last column", stream(0x0600, nil, rec(recNumber, 0, 1<<14-1, 0, 1.0)), Limits{}, ""},
		{"a merged area inside out", stream(0x0600, nil, rec(recMergeCells, 1, 2, 1, 0, 0)), Limits{}, "merged"},
		{"two cells", stream(0x0600, nil, rec(recMulRk, 0, 0, 0, uint32(2), 0, uint32(2), 1)), Limits{Cells: 2}, ""},
		{"three cells", stream(0x0600, nil, rec(recMulRk, 0, 0, 0, uint32(2), 0, uint32(2), 1), rec(recNumber, 1, 1, 0, 1.0)), Limits{Cells: 2}, "more cells than 2"},
		{"many strings", stream(0x0600, [][]byte{sst(many)}), Limits{Cells: 49}, "more cells than 49"},
		{"not as many", stream(0x0600, [][]byte{sst(many)}), Limits{Cells: 50}, ""},
		{"long texts", stream(0x0600, [][]byte{sst(3, uint8(0), "abc", 3, uint8(0), "abc")}), Limits{Text: 5}, "more text than 5"},
		{"merged areas", stream(0x0600, nil, rec(recMergeCells, 2, 0, 0, 0, 1, 1, 1, 0, 1)), Limits{Merges: 1}, "more merges than 1"},
	} {
		_, err := read(context.Background(), c.src, c.limits.withDefaults())
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s: %v; want %q", c.name, err, c.want)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	var cells [][]byte
	for i := range 2000 {
		cells = append(cells, rec(recNumber, i, 0, 0, 1.0))
	}
	if _, err := read(ctx, stream(0x0600, nil, cells...), Limits{}.withDefaults()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func samples(t testing.TB) map[string][]byte {
	t.Helper()
	names, err := filepath.Glob("testdata/*.xls")
	if err != nil || len(names) == 0 {
		t.Fatal("no samples", err)
	}
	all := map[string][]byte{}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		all[filepath.Base(name)] = src
	}
	return all
}

func TestContainer(t *testing.T) {
	for name, src := range samples(t) {
		if b, err := Open(context.Background(), src, Limits{}); err != nil || len(b.Sheets) == 0 {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Open(context.Background(), src, Limits{Stream: 1000}); err == nil || err.Error() != "more stream than 1000" {
			t.Errorf("%s beyond its limit: %v", name, err)
		}
		for n := 0; n < len(src); n += 509 { // cut off anywhere
			b, err := Open(context.Background(), src[:n], Limits{})
			if err == nil {
				whole, _ := Open(context.Background(), src, Limits{})
				if d := cmp.Diff(whole.Sheets, b.Sheets); d != "" {
					t.Errorf("%s cut off after %d bytes reads to something else: %s", name, n, d)
				}
			}
		}
		names, err := Streams(src)
		if err != nil || !strings.Contains(strings.Join(names, " "), "ook") {
			t.Errorf("%s: streams %v, %v", name, names, err)
		}
	}
	if _, err := Open(context.Background(), []byte("PK\x03\x04"), Limits{}); err == nil {
		t.Error("a zip is no compound file")
	}
}

// FuzzOpen opens compound files, and streams of records as they are.
func FuzzOpen(f *testing.F) {
	for _, src := range samples(f) {
		f.Add(src)
	}
	f.Add(stream(0x0600, [][]byte{sst(4, uint8(9), 2, wide("6𠮷3"), 1, 1, 3, 6), rec(recFormat, 164, 4, uint8(0), "0.00")}, label(0), rec(recMergeCells, 1, 0, 0, 0, 1),
		rec(recFormula, 0, 0, 0, 0, 0, 0, 0xFFFF, 0, uint32(0), 0), rec(recString, 2, uint8(1), wide("某县"))))
	f.Add(stream(0x0500, [][]byte{rec(recCodePage, 936)}, rec(recRString, 0, 0, 0, 2, "ab", uint8(1), uint8(1), uint8(6))))
	f.Fuzz(func(t *testing.T, src []byte) {
		limits := Limits{Stream: 1 << 20, Cells: 10_000, Text: 1 << 20, Merges: 1000}
		b, err := Open(context.Background(), src, limits)
		if err != nil {
			b, err = read(context.Background(), src, limits)
		}
		if err != nil {
			return
		}
		n := 0
		for _, s := range b.Sheets {
			n += len(s.Cells)
			for i, c := range s.Cells {
				if c.Row < 1 || c.Column < 1 || c.Column > maxColumn || i > 0 && s.Cells[i-1].Row > c.Row {
					t.Fatalf("cell %d is %+v", i, c)
				}
				for _, r := range c.Runs {
					if r.Start < 0 || r.Start >= len(c.Text) {
						t.Fatalf("%q has a run at %d", c.Text, r.Start)
					}
				}
			}
		}
		if n > limits.Cells {
			t.Fatalf("%d cells", n)
		}
	})
}

func BenchmarkOpen(b *testing.B) {
	for name, src := range samples(b) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(src)))
			for b.Loop() {
				if _, err := Open(context.Background(), src, Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

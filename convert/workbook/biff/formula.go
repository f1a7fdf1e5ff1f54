package biff

import (
	"encoding/binary"
	"math"
	"strconv"
	"strings"
	"unicode/utf16"
)

// Formulas are stored as tokens in the order in which a stack computes them. What forms
// add up with is written out again as it is typed; of a formula that uses anything
// else only the result is read.

// mostTokens is more bytes of tokens than Excel lets a formula of an .xls have.
const mostTokens = 2048

// sharedKey is the cell that formulas which share their tokens name.
type sharedKey struct{ row, column int }

// waiting is a cell whose formula is one that cells share.
type waiting struct {
	key  sharedKey
	cell int // an index into the sheet's cells
}

// formulaOf is the text of a cell's formula, "" if it is not one that is read.
// It notes cells that share a formula: that is said in a later record.
func (r *sheetReader) formulaOf(tokens []byte, row, column int) string {
	if r.book.Version != 8 {
		return ""
	}
	if len(tokens) == 5 && tokens[0] == 0x01 { // PtgExp
		f := fields{left: tokens[1:]}
		r.waiting = append(r.waiting, waiting{sharedKey{f.u16(), f.u16()}, len(r.sheet.Cells)})
		return ""
	}
	return r.book.formulaText(tokens, row, column)
}

// shareFormula keeps the tokens that cells share.
func (r *sheetReader) shareFormula(f *fields) {
	key := sharedKey{row: f.u16()}
	f.u16()
	key.column = f.u8()
	f.take(3)
	tokens := f.take(f.u16())
	if f.short || len(r.shared) >= 1<<16 {
		return
	}
	if r.shared == nil {
		r.shared = map[sharedKey][]byte{}
	}
	r.shared[key] = tokens
}

// resolveShared writes the shared formulas for each of their cells.
func (r *sheetReader) resolveShared() error {
	for i, w := range r.waiting {
		if i%1024 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		c := &r.sheet.Cells[w.cell]
		c.Expression = r.book.formulaText(r.shared[w.key], c.Row-1, c.Column-1)
		if err := r.book.keepText(c.Expression); err != nil {
			return err
		}
	}
	return nil
}

// operator is a binary operator. One of higher rank binds before one of lower.
type operator struct {
	text string
	rank int
}

// operators are the binary operators, by token from 3 on.
var operators = []operator{{"+", 3}, {"-", 3}, {"*", 4}, {"/", 4}, {"^", 5}, {"&", 2}, {"<", 1}, {"<=", 1}, {"=", 1}, {">=", 1}, {">", 1}, {"<>", 1}}

// The ranks of what is no binary operator.
const (
	unary = 6
	whole = 7 // needs no brackets anywhere
)

// mostSpelled is how many bytes are put together for all formulas of a workbook, in
// steps; of those beyond it only the results are read.
const mostSpelled = 256 << 20

// operand is a part of a formula, with the rank of the operator that it was made by.
type operand struct {
	text string
	rank int
}

// within is the operand as it stands beside an operator of the given rank.
func (o operand) within(rank int) string {
	if o.rank < rank {
		return "(" + o.text + ")"
	}
	return o.text
}

// writer writes one formula.
type writer struct {
	book        *Book
	row, column int // of its cell, from 0
	stack       []operand
}

// formulaText writes a formula's tokens out, "" if there is one that is not read.
func (b *Book) formulaText(tokens []byte, row, column int) string {
	if len(tokens) == 0 || len(tokens) > mostTokens {
		return ""
	}
	w := writer{b, row, column, nil}
	f := &fields{left: tokens}
	for len(f.left) > 0 {
		if !w.token(f) || f.short {
			return ""
		}
	}
	if len(w.stack) != 1 {
		return ""
	}
	return w.stack[0].text
}

func (w *writer) pushRanked(s string, rank int) bool {
	if w.book.spelled += len(s); w.book.spelled > mostSpelled {
		return false
	}
	w.stack = append(w.stack, operand{s, rank})
	return true
}

func (w *writer) push(s string) bool { return w.pushRanked(s, whole) }

// pop takes n operands, the first of them first.
func (w *writer) pop(n int) ([]operand, bool) {
	if n > len(w.stack) {
		return nil, false
	}
	at := len(w.stack) - n
	s := w.stack[at:]
	w.stack = w.stack[:at:at]
	return s, true
}

// unary puts something around the last operand.
func (w *writer) unary(before, after string) bool {
	s, ok := w.pop(1)
	return ok && w.pushRanked(before+s[0].within(unary)+after, unary)
}

func (w *writer) binary(o operator) bool {
	s, ok := w.pop(2)
	return ok && w.pushRanked(s[0].within(o.rank)+o.text+s[1].within(o.rank+1), o.rank)
}

// token writes one token; false if it is not one that is read.
func (w *writer) token(f *fields) bool {
	id := f.u8()
	if id >= 0x40 { // the classes of operands differ in nothing that is written
		id = id&0x1F | 0x20
	}
	switch {
	case id >= 0x03 && id <= 0x0E:
		return w.binary(operators[id-3])
	case id == 0x12:
		return w.unary("+", "")
	case id == 0x13:
		return w.unary("-", "")
	case id == 0x14:
		return w.unary("", "%")
	case id == 0x15:
		s, ok := w.pop(1)
		return ok && w.push("("+s[0].text+")")
	case id == 0x16: // an argument left out
		return w.push("")
	case id == 0x17:
		return w.quoted(f)
	case id == 0x19:
		return w.attribute(f)
	case id == 0x1C:
		name := spreadsheetErrors[f.u8()]
		return name != "" && w.push(name)
	case id == 0x1D:
		return w.push(map[bool]string{true: "TRUE", false: "FALSE"}[f.u8() != 0])
	case id == 0x1E:
		return w.push(strconv.Itoa(f.u16()))
	case id == 0x1F:
		n := math.Float64frombits(f.u64())
		return !math.IsNaN(n) && !math.IsInf(n, 0) && w.push(strconv.FormatFloat(n, 'G', -1, 64))
	case id == 0x21:
		known, ok := builtIns[f.u16()]
		return ok && known.arguments >= 0 && w.call(known.name, known.arguments)
	case id == 0x22:
		n := f.u8() & 0x7F
		known, ok := builtIns[f.u16()&0x7FFF]
		return ok && w.call(known.name, n)
	}
	return w.reference(id, f)
}

// quoted writes a text.
func (w *writer) quoted(f *fields) bool {
	n := f.u8()
	wide := f.u8()&1 != 0
	var units []uint16
	if wide {
		b := f.take(2 * n)
		for i := 0; i+1 < len(b); i += 2 {
			units = append(units, binary.LittleEndian.Uint16(b[i:]))
		}
	} else {
		for _, b := range f.take(n) {
			units = append(units, uint16(b))
		}
	}
	return w.push(`"` + strings.ReplaceAll(string(utf16.Decode(units)), `"`, `""`) + `"`)
}

// attribute passes over what only says how to compute or to show a formula, and writes
// the short form of SUM.
func (w *writer) attribute(f *fields) bool {
	flags, n := f.u8(), f.u16()
	switch {
	case flags&0x10 != 0:
		return w.call("SUM", 1)
	case flags&0x04 != 0: // where the cases of CHOOSE begin
		f.take(2 * (n + 1))
	}
	return true
}

func (w *writer) call(name string, n int) bool {
	s, ok := w.pop(n)
	if !ok {
		return false
	}
	arguments := make([]string, n)
	for i, o := range s {
		arguments[i] = o.text
	}
	return w.push(name + "(" + strings.Join(arguments, ",") + ")")
}

// The references, by token.
const (
	ref       = 0x24
	area      = 0x25
	refBroken = 0x2A
	areaGone  = 0x2B
	refMoved  = 0x2C // as they are shared: counted from the cell
	areaMoved = 0x2D
	ref3d     = 0x3A
	area3d    = 0x3B
)

func (w *writer) reference(id int, f *fields) bool {
	sheet := ""
	if id == ref3d || id == area3d {
		var ok bool
		if sheet, ok = w.book.sheetRange(f.u16()); !ok {
			return false
		}
	}
	switch id {
	case ref, refMoved, ref3d:
		return w.push(sheet + w.cell(f.u16(), f.u16(), id == refMoved))
	case area, areaMoved, area3d:
		row, last, column, lastColumn := f.u16(), f.u16(), f.u16(), f.u16()
		return w.push(sheet + w.cell(row, column, id == areaMoved) + ":" + w.cell(last, lastColumn, id == areaMoved))
	case refBroken:
		f.take(4)
		return w.push("#REF!")
	case areaGone:
		f.take(8)
		return w.push("#REF!")
	}
	return false
}

// cell writes a cell's address. The upper bits of the column say which parts of it are relative and move along
// when the formula is copied; what is shared is counted from the cell, round the sheet.
func (w *writer) cell(row, column int, moved bool) string {
	rowMoves, columnMoves := column&0x8000 != 0, column&0x4000 != 0
	column &= 0x3FFF
	if moved && rowMoves {
		row = (w.row + row) & 0xFFFF
	}
	if moved && columnMoves {
		column = (w.column + column) & 0xFF
	}
	var name []byte
	for n := column + 1; n > 0; n = (n - 1) / 26 {
		name = append([]byte{byte('A' + (n-1)%26)}, name...)
	}
	s := string(name)
	if !columnMoves {
		s = "$" + s
	}
	if !rowMoves {
		s += "$"
	}
	return s + strconv.Itoa(row+1)
}

// sheetRange is what stands before a reference to another sheet of the workbook.
func (b *Book) sheetRange(i int) (string, bool) {
	if i >= len(b.external) {
		return "", false
	}
	e := b.external[i]
	if e.book != b.own || e.first != e.last || e.first >= len(b.bounds) || b.bounds[e.first].kind != worksheet {
		return "", false
	}
	return "'" + strings.ReplaceAll(b.bounds[e.first].name, "'", "''") + "'!", true
}

// external is a sheet, or a row of them, that formulas refer to.
type external struct{ book, first, last int }

func (b *Book) readExternals(c *chain) {
	head := c.bytes(2)
	if head == nil {
		return
	}
	for range int(head[0]) | int(head[1])<<8 {
		e := c.bytes(6)
		if e == nil {
			return
		}
		f := fields{left: e}
		b.external = append(b.external, external{f.u16(), f.u16(), f.u16()})
	}
}

// readExternalBook counts the workbooks that formulas refer to, of which one is this.
func (b *Book) readExternalBook(f *fields) {
	f.u16()
	if f.u16() == 0x0401 {
		b.own = b.externalBooks
	}
	b.externalBooks++
}

// builtIns are functions by their number in [MS-XLS] 2.5.198.17, with how many arguments
// they take; -1 where that varies.
var builtIns = map[int]struct {
	name      string
	arguments int
}{
	0: {"COUNT", -1}, 1: {"IF", -1}, 3: {"ISERROR", 1}, 4: {"SUM", -1}, 5: {"AVERAGE", -1}, 6: {"MIN", -1}, 7: {"MAX", -1}, 24: {"ABS", 1},
	25: {"INT", 1}, 27: {"ROUND", 2}, 29: {"INDEX", -1}, 31: {"MID", 3}, 32: {"LEN", 1}, 33: {"VALUE", 1}, 34: {"TRUE", 0}, 35: {"FALSE", 0},
	36: {"AND", -1}, 37: {"OR", -1}, 38: {"NOT", 1}, 39: {"MOD", 2}, 48: {"TEXT", 2}, 64: {"MATCH", -1}, 65: {"DATE", 3}, 67: {"DAY", 1},
	68: {"MONTH", 1}, 69: {"YEAR", 1}, 102: {"VLOOKUP", -1}, 115: {"LEFT", -1}, 116: {"RIGHT", -1}, 118: {"TRIM", 1}, 120: {"SUBSTITUTE", -1},
	127: {"ISTEXT", 1}, 128: {"ISNUMBER", 1}, 129: {"ISBLANK", 1}, 131: {"N", 1}, 169: {"COUNTA", -1}, 183: {"PRODUCT", -1}, 212: {"ROUNDUP", 2},
	213: {"ROUNDDOWN", 2}, 228: {"SUMPRODUCT", -1}, 336: {"CONCATENATE", -1}, 344: {"SUBTOTAL", -1}, 345: {"SUMIF", -1}, 346: {"COUNTIF", 2},
}

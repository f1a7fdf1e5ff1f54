package biff

import (
	"io"
	"math"
	"unicode/utf8"
)

// sheetReader reads the records of a worksheet.
type sheetReader struct {
	*records
	book  *Book
	sheet *Sheet

	waits    bool // the last cell's result is text that stands in a record to come
	drawing  drawing
	shared   map[sharedKey][]byte // tokens that formulas share
	waiting  []waiting
	standard float64 // the width that StandardWidth gives
}

// maxColumn is the last column that any program has.
const maxColumn = 1 << 14

// read reads the sheet up to its end. Charts lie in it as sheets of their own.
func (r *sheetReader) read() error {
	rec, err := r.next()
	if err == io.EOF || err == nil && rec.id != recBOF {
		return damaged("it does not begin")
	}
	for depth := 1; err == nil && depth > 0; {
		if rec, err = r.next(); err != nil {
			break
		}
		switch {
		case rec.id == recBOF:
			if depth++; depth == 2 {
				r.sheet.Charts++
			}
		case rec.id == recEOF:
			depth--
		case depth == 1:
			err = r.record(rec)
		}
	}
	if err == io.EOF {
		return damaged("it has no end")
	}
	if err != nil {
		return err
	}
	r.comments()
	r.width()
	return r.resolveShared()
}

// record reads one record.
func (r *sheetReader) record(rec record) error {
	f := &fields{left: rec.data}
	s := r.sheet
	switch rec.id {
	case recLabelSST, recLabel, recRString, recRK, recNumber, recBoolErr, recFormula, recFormula3, recFormula4:
		return r.cell(rec.id, f)
	case recMulRk:
		return r.mulRk(f)
	case recString:
		return r.result(f)
	case recShrFmla:
		r.shareFormula(f)
	case recBlank:
		r.blank(f.u16(), f.u16(), f.u16(), f.short)
	case recMulBlank:
		row, column := f.u16(), f.u16()
		for len(f.left) >= 4 {
			r.blank(row, column, f.u16(), false)
			column++
		}
	case recMergeCells:
		return r.merges(f)
	case recRow:
		row := f.u16()
		f.take(4)
		height := f.u16()
		f.take(4)
		flags := f.u16()
		if !f.short {
			s.Rows = append(s.Rows, Row{row + 1, float64(height&0x7FFF) / 20, flags&0x40 != 0, flags&0x20 != 0})
		}
	case recDefaultRowHeight:
		flags := f.u16()
		s.RowsHidden = flags&2 != 0
		s.DefaultHeight = float64(f.u16()) / 20
	case recColInfo:
		first, last, width := f.u16(), f.u16(), f.u16()
		f.u16()
		hidden := f.u16()&1 != 0
		if last = min(last, maxColumn-1); first <= last && len(s.Columns) < maxColumn { // some say one more than there are
			s.Columns = append(s.Columns, Columns{first + 1, last + 1, float64(width) / 256, hidden})
		}
	case recDefColWidth:
		s.DefaultWidth = float64(f.u16())
	case recStandardWidth:
		r.standard = float64(f.u16()) / 256
	case recHLink:
		s.Links++
	case recCondFmt, recCondFmt12:
		s.Conditional++
	case recDV:
		s.Validations++
	case recSetup, recWsBool, recHCenter, recVCenter, recHeader, recFooter, recLeftMargin, recLeftMargin + 1, recLeftMargin + 2, recBottomMargin:
		s.Page.read(rec.id, f)
	case recObj, recMsoDrawing, recTxO, recNote:
		return r.drawn(rec)
	}
	return nil
}

// read reads a record of how the sheet is printed.
func (p *Page) read(id uint16, f *fields) {
	switch id {
	case recSetup:
		paper, scale := f.u16(), f.u16()
		f.u16()
		p.FitWidth, p.FitHeight = f.u16(), f.u16()
		if flags := f.u16(); flags&4 == 0 { // else nothing of it was set
			p.Paper, p.Scale, p.Landscape = paper, scale, flags&2 == 0
		}
	case recWsBool:
		p.Fit = f.u16()&0x100 != 0
	case recHCenter:
		p.CentreAcross = f.u16() == 1
	case recVCenter:
		p.CentreDown = f.u16() == 1
	case recHeader, recFooter:
		p.HeadOrFoot = p.HeadOrFoot || len(f.left) > 0
	default:
		if inches := math.Float64frombits(f.u64()); inches > 0 && inches < 50 {
			p.Margins[id-recLeftMargin] = inches
		}
	}
}

// width takes the standard width of columns, which is the finer one, if there is one.
func (r *sheetReader) width() {
	if r.standard > 0 {
		r.sheet.DefaultWidth = r.standard
	}
}

// keep keeps a cell.
func (r *sheetReader) keep(c Cell) error {
	c.Row++
	c.Column++
	if c.Column > maxColumn {
		return damaged("a cell in column %d", c.Column)
	}
	if r.book.cells++; r.book.cells > r.book.limits.Cells {
		return &LimitError{"cells", int64(r.book.limits.Cells)}
	}
	r.waits = false
	r.sheet.Cells = append(r.sheet.Cells, c)
	return nil
}

// cell reads a record of one cell.
func (r *sheetReader) cell(id uint16, f *fields) error {
	c := Cell{Row: f.u16(), Column: f.u16(), XF: f.u16()}
	waits := false
	switch id {
	case recLabelSST:
		i := f.u32()
		if f.short || int64(i) >= int64(len(r.book.strings)) {
			return damaged("the text of the cell in row %d, column %d is missing", c.Row+1, c.Column+1)
		}
		c.Text, c.Runs = r.book.strings[i].text, r.book.strings[i].runs
	case recLabel, recRString:
		if err := r.label(&c, f, id == recRString); err != nil {
			return err
		}
	case recRK:
		c.Kind, c.Number = Number, rk(f.u32())
	case recNumber:
		c.Kind, c.Number = Number, math.Float64frombits(f.u64())
	case recBoolErr:
		value, isError := f.u8(), f.u8()
		c.boolOrError(value, isError != 0)
	case recFormula, recFormula3, recFormula4:
		c.Formula = true
		waits = c.stored(f.take(8))
		g := *f // the result counts, whatever becomes of the formula
		g.take(6)
		if c.Expression = r.formulaOf(g.take(g.u16()), c.Row, c.Column); c.Expression != "" {
			if err := r.book.keepText(c.Expression); err != nil {
				return err
			}
		}
	}
	if f.short {
		return damaged("the cell in row %d, column %d breaks off", c.Row+1, c.Column+1)
	}
	err := r.keep(c)
	r.waits = waits
	return err
}

// label reads the text that a cell's own record holds, of old programs with runs.
func (r *sheetReader) label(c *Cell, f *fields, runs bool) error {
	if r.book.Version != 8 {
		raw := f.take(f.u16())
		c.Text = r.book.decode(raw)
		if runs && !f.short {
			last := 0
			for range f.u8() {
				start, font := f.u8(), f.u8() // start counts bytes in the code page
				if f.short || start >= len(raw) {
					continue
				}
				at := len(r.book.decode(raw[:start]))
				if at < last || at >= len(c.Text) || !utf8.RuneStart(c.Text[at]) { // out of order, or within a character
					continue
				}
				c.Runs = append(c.Runs, Run{at, fontIndex(font)})
				last = at
			}
			f.short = false // the text is there
		}
		return r.book.keepText(c.Text)
	}
	ch, err := r.continued(f.left)
	if err != nil {
		return err
	}
	head := ch.bytes(2)
	if head == nil {
		f.short = true
		return nil
	}
	s, ok := ch.rich(int(head[0]) | int(head[1])<<8)
	if !ok {
		f.short = true
		return nil
	}
	c.Text, c.Runs = s.text, s.runs
	return r.book.keepText(s.text)
}

// stored reads the stored result of a formula. It reports whether that is text,
// which a later record holds.
func (c *Cell) stored(result []byte) (text bool) {
	if len(result) < 8 {
		return false
	}
	f := fields{left: result}
	if v := f.u64(); v>>48 != 0xFFFF {
		c.Kind, c.Number = Number, math.Float64frombits(v)
		return false
	}
	switch result[0] {
	case 0:
		c.Kind = NoResult // until it comes
		return true
	case 1:
		c.boolOrError(int(result[2]), false)
	case 2:
		c.boolOrError(int(result[2]), true)
	case 3:
		c.Kind = Text // that is empty
	default:
		c.Kind = NoResult
	}
	return false
}

// result reads the text that the formula in hand results in.
func (r *sheetReader) result(f *fields) error {
	if !r.waits || len(r.sheet.Cells) == 0 {
		return nil
	}
	c := &r.sheet.Cells[len(r.sheet.Cells)-1]
	r.waits = false
	c.Kind = Text
	if err := r.label(c, f, false); err != nil {
		return err
	}
	if f.short {
		return damaged("the result in row %d, column %d breaks off", c.Row, c.Column)
	}
	return nil
}

// mulRk reads a record of several numbers side by side.
func (r *sheetReader) mulRk(f *fields) error {
	row, column := f.u16(), f.u16()
	if len(f.left) < 2 || (len(f.left)-2)%6 != 0 {
		return damaged("the cells in row %d break off", row+1)
	}
	for len(f.left) >= 6 {
		if err := r.keep(Cell{Row: row, Column: column, Kind: Number, XF: f.u16(), Number: rk(f.u32())}); err != nil {
			return err
		}
		column++
	}
	return nil
}

// rk is a number in four bytes: an integer or the upper half of a float, perhaps
// in hundredths.
func rk(v uint32) float64 {
	n := math.Float64frombits(uint64(v&^3) << 32)
	if v&2 != 0 {
		n = float64(int32(v) >> 2)
	}
	if v&1 != 0 {
		n /= 100
	}
	return n
}

// boolOrError sets a truth value or an error.
func (c *Cell) boolOrError(value int, isError bool) {
	if !isError {
		c.Kind = Bool
		if value != 0 {
			c.Number = 1
		}
		return
	}
	c.Kind = Error
	if c.Text = spreadsheetErrors[value]; c.Text == "" {
		c.Text = "#N/A"
	}
}

// spreadsheetErrors are what cells show that could not be computed, the BErr of [MS-XLS].
var spreadsheetErrors = map[int]string{
	0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A",
}

// blank keeps an empty cell with a format.
func (r *sheetReader) blank(row, column, xf int, short bool) {
	switch {
	case short || column >= maxColumn:
	case r.book.blanks >= maxBlanks:
		r.sheet.MoreBlanks = true
	default:
		r.book.blanks++
		r.sheet.Blanks = append(r.sheet.Blanks, Blank{row + 1, column + 1, xf})
	}
}

func (r *sheetReader) merges(f *fields) error {
	n := f.u16()
	for range n {
		firstRow, lastRow, first, last := f.u16(), f.u16(), f.u16(), f.u16()
		if f.short || lastRow < firstRow || last < first || last >= maxColumn {
			return damaged("a merged area is none")
		}
		if len(r.sheet.Merges) >= r.book.limits.Merges {
			return &LimitError{"merges", int64(r.book.limits.Merges)}
		}
		r.sheet.Merges = append(r.sheet.Merges, Area{firstRow + 1, first + 1, lastRow + 1, last + 1})
	}
	return nil
}

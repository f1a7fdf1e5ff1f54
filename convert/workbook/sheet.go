package workbook

import (
	"context"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"nianbao/convert/message"
	"nianbao/convert/prose"
)

// sheetReader streams one worksheet into a grid.
type sheetReader struct {
	book        *Book
	grid        *Sheet
	row, column int  // of the cell in hand, from 1
	hidden      bool // the row in hand does not show
	cell        struct {
		kind, style string // attributes t and s
		value       strings.Builder
		formula     strings.Builder
		hasFormula  bool
		hasValue    bool
		inline      string

		formulaKind, formulaRef, sharedIndex string // attributes t, ref and si of the formula
	}
	formulas formulas
}

// ReadSheets reads all worksheets, or the document.
func (b *Book) ReadSheets(ctx context.Context) error {
	if b.document != "" {
		return b.readDocument(ctx)
	}
	if b.binary != nil {
		b.readBinary()
		return nil
	}
	for _, s := range b.sheets {
		g, err := b.readSheet(ctx, s)
		if err != nil {
			return err
		}
		b.Sheets = append(b.Sheets, g)
	}
	return nil
}

// readSheet reads a worksheet's cells that hold something, and its merged areas.
func (b *Book) readSheet(ctx context.Context, s sheetPart) (*Sheet, error) {
	r, err := b.Part(ctx, s.part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	g := &Sheet{Name: s.name, Hidden: s.hidden, part: s.part}
	reader := &sheetReader{book: b, grid: g}
	filter := newEmptyFilter(r)
	defer filter.release()
	if err := reader.read(decoder(filter)); err != nil {
		return nil, b.damaged(ctx, s.part, err)
	}
	g.finish()
	if err := reader.spreadArrays(); err != nil {
		return nil, err
	}
	if err := b.readBoxes(ctx, g); err != nil {
		return nil, err
	}
	return g, b.picturesInCells(ctx, g)
}

func (s *sheetReader) read(d *xml.Decoder) error {
	var into *strings.Builder // where text goes
	inCell, depth := false, 0
	for {
		t, err := d.RawToken()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return message.NewError("read.nested")
			}
			switch t.Name.Local {
			case "col":
				s.hide(t)
			case "row":
				err = s.startRow(t)
			case "c":
				inCell = true
				err = s.startCell(t)
			case "v":
				if inCell {
					into = &s.cell.value
					s.cell.hasValue = true
				}
			case "f":
				if inCell {
					into = &s.cell.formula
					s.startFormula(t)
				}
			case "is":
				if inCell {
					s.cell.inline, err = s.book.richText(d)
					depth--
				}
			case "mergeCell":
				err = s.merge(attr(t, "ref"))
			}
			if err != nil {
				return err
			}
		case xml.EndElement:
			depth--
			into = nil
			if t.Name.Local == "c" {
				inCell = false
				if err := s.endCell(); err != nil {
					return err
				}
			}
		case xml.CharData:
			if into != nil {
				into.Write(t)
				if into.Len()+s.book.text > maxText {
					return TooLarge("text", Mebibytes(maxText))
				}
			}
		}
	}
}

// hide keeps in mind columns that do not show.
func (s *sheetReader) hide(e xml.StartElement) {
	if !isTrue(attr(e, "hidden")) || len(s.grid.hiddenColumns) >= maxColumn {
		return
	}
	first, err1 := strconv.Atoi(attr(e, "min"))
	last, err2 := strconv.Atoi(attr(e, "max"))
	if err1 == nil && err2 == nil && first >= 1 && first <= last {
		s.grid.hiddenColumns = append(s.grid.hiddenColumns, Area{Column: first, LastColumn: last})
	}
}

func (s *sheetReader) startRow(e xml.StartElement) error {
	s.column = 0
	s.row++
	s.hidden = isTrue(attr(e, "hidden"))
	if r := attr(e, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < 1 || n > maxRow {
			return message.NewError("read.coordinates", s.grid.Name, r)
		}
		s.row = n
	}
	if s.row > maxRow {
		return message.NewError("read.coordinates", s.grid.Name, s.row)
	}
	return nil
}

func (s *sheetReader) startCell(e xml.StartElement) error {
	s.column++
	s.cell.kind, s.cell.style, s.cell.inline = "", "", ""
	s.cell.hasFormula, s.cell.hasValue = false, false
	s.cell.value.Reset()
	s.cell.formula.Reset()
	for _, a := range e.Attr {
		switch a.Name.Local {
		case "t":
			s.cell.kind = a.Value
		case "s":
			s.cell.style = a.Value
		case "r":
			row, column, ok := ParseRef(a.Value)
			if !ok {
				return message.NewError("read.coordinates", s.grid.Name, a.Value)
			}
			s.row, s.column = row, column
		}
	}
	if s.column > maxColumn || s.row < 1 {
		return message.NewError("read.coordinates", s.grid.Name, s.column)
	}
	return nil
}

// endCell keeps the cell in hand if it holds something.
func (s *sheetReader) endCell() error {
	into := &s.grid.Cells
	c := Cell{Area: Area{s.row, s.column, s.row, s.column}, Hidden: s.hidden, Text: s.cell.value.String(), formula: s.formula()}
	style := s.book.style(s.cell.style)
	if c.formula != nil {
		c.shown, c.scaled = style.kind, style.scaled
	}
	switch s.cell.kind {
	case "s":
		i := indexIn(c.Text, len(s.book.strings))
		if i < 0 {
			if c.Text == "" {
				return nil
			}
			return message.NewError("read.sharedstring", s.grid.At(c.Area))
		}
		c.Text = s.book.strings[i]
	case "inlineStr":
		c.Text = s.cell.inline
	case "str":
		c.Text = unescape(c.Text)
	case "b":
		c.Kind = boolCell
	case "e":
		c.Kind = ErrorCell
	case "d":
		c.Kind = dateCell
	default:
		c.Text = strings.TrimSpace(c.Text)
		if _, err := strconv.ParseFloat(c.Text, 64); err == nil {
			if c.Kind, c.scaled = style.kind, style.scaled; c.Kind == dateCell && s.book.from1904 {
				c.Text = since1900(c.Text)
			}
		}
	}
	if s.cell.hasFormula && c.Text == "" && !(s.cell.kind == "str" && s.cell.hasValue) {
		c.Kind = NoResult
	} else if prose.Blank(c.Text) {
		if c.formula == nil && c.Text == "" {
			return nil
		}
		into = &s.grid.quiet
	}
	if c.Kind == TextCell && s.cell.kind != "s" && s.cell.kind != "inlineStr" {
		s.book.text += len(c.Text)
	}
	if s.book.cells++; s.book.cells > s.book.limits.Cells {
		return TooLarge("cells", s.book.limits.Cells)
	}
	*into = append(*into, c)
	return nil
}

func (s *sheetReader) merge(ref string) error {
	if !strings.Contains(ref, ":") {
		return nil
	}
	a, ok := parseArea(ref)
	if !ok {
		return message.NewError("read.coordinates", s.grid.Name, ref)
	}
	if s.book.merges++; s.book.merges > maxMerges {
		return TooLarge("merges", maxMerges)
	}
	s.grid.merges = append(s.grid.merges, a)
	return nil
}

// parseArea reads the address of an area: D5:E7.
func parseArea(ref string) (a Area, ok bool) {
	from, to, _ := strings.Cut(ref, ":")
	var ok1, ok2 bool
	a.Row, a.Column, ok1 = ParseRef(from)
	a.LastRow, a.LastColumn, ok2 = ParseRef(to)
	return a, ok1 && ok2 && a.LastRow >= a.Row && a.LastColumn >= a.Column
}

// indexIn reads an index into n things; -1 when it is none.
func indexIn(s string, n int) int {
	i, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || i < 0 || i >= n {
		return -1
	}
	return i
}

// ParseRef reads a cell's address: D5, $D$5.
func ParseRef(ref string) (row, column int, ok bool) {
	i := 0
	skip := func() {
		if i < len(ref) && ref[i] == '$' {
			i++
		}
	}
	skip()
	for ; i < len(ref); i++ {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		if column = column*26 + int(c-'A') + 1; column > maxColumn {
			return 0, 0, false
		}
	}
	skip()
	for ; i < len(ref); i++ {
		if ref[i] < '0' || ref[i] > '9' {
			return 0, 0, false
		}
		if row = row*10 + int(ref[i]-'0'); row > maxRow {
			return 0, 0, false
		}
	}
	return row, column, row > 0 && column > 0
}

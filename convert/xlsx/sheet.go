package xlsx

import (
	"context"
	"encoding/xml"
	"io"
	"strconv"
	"strings"

	"nianbao/convert/message"
)

// sheetReader streams one worksheet into a grid.
type sheetReader struct {
	book        *book
	grid        *grid
	row, column int // of the cell in hand, from 1
	cell        struct {
		kind, style string // attributes t and s
		value       strings.Builder
		formula     strings.Builder
		hasFormula  bool
		hasValue    bool
		inline      string
	}
}

// readSheets reads all worksheets.
func (b *book) readSheets(ctx context.Context) error {
	for _, s := range b.sheets {
		g, err := b.readSheet(ctx, s)
		if err != nil {
			return err
		}
		b.grids = append(b.grids, g)
	}
	return nil
}

// readSheet reads a worksheet's cells that hold something, and its merged areas.
func (b *book) readSheet(ctx context.Context, s sheetPart) (*grid, error) {
	r, err := b.open(ctx, s.part)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	g := &grid{name: s.name, hidden: s.hidden, part: s.part}
	filter := newEmptyFilter(r, 0, 0)
	if err := (&sheetReader{book: b, grid: g}).read(decoder(filter)); err != nil {
		return nil, b.damaged(ctx, s.part, err)
	}
	g.emptyRow, g.emptyColumn = filter.lastRow, filter.lastColumn
	g.finish()
	return g, b.readBoxes(ctx, g)
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
					s.cell.hasFormula = true
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
					return tooLarge("text", mebibytes(maxText))
				}
			}
		}
	}
}

func (s *sheetReader) startRow(e xml.StartElement) error {
	s.column = 0
	s.row++
	if r := attr(e, "r"); r != "" {
		n, err := strconv.Atoi(r)
		if err != nil || n < 1 || n > maxRow {
			return message.NewError("read.coordinates", s.grid.name, r)
		}
		s.row = n
	}
	if s.row > maxRow {
		return message.NewError("read.coordinates", s.grid.name, s.row)
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
			row, column, ok := parseRef(a.Value)
			if !ok {
				return message.NewError("read.coordinates", s.grid.name, a.Value)
			}
			s.row, s.column = row, column
		}
	}
	if s.column > maxColumn || s.row < 1 {
		return message.NewError("read.coordinates", s.grid.name, s.column)
	}
	return nil
}

// endCell keeps the cell in hand if it holds something.
func (s *sheetReader) endCell() error {
	c := gridCell{area: area{s.row, s.column, s.row, s.column}, text: s.cell.value.String(), formula: s.cell.formula.String()}
	switch s.cell.kind {
	case "s":
		i := indexIn(c.text, len(s.book.strings))
		if i < 0 {
			if c.text == "" {
				return nil
			}
			return message.NewError("read.sharedstring", s.grid.at(c.area))
		}
		c.text = s.book.strings[i]
	case "inlineStr":
		c.text = s.cell.inline
	case "str":
		c.text = unescape(c.text)
	case "b":
		c.kind = boolCell
	case "e":
		c.kind = errorCell
	case "d":
		c.kind = dateCell
	default:
		c.text = strings.TrimSpace(c.text)
		if _, err := strconv.ParseFloat(c.text, 64); err == nil {
			if c.kind = s.book.shownAs(s.cell.style); c.kind == dateCell && s.book.from1904 {
				c.text = since1900(c.text)
			}
		}
	}
	if s.cell.hasFormula && c.text == "" && !(s.cell.kind == "str" && s.cell.hasValue) {
		c.kind = unknownValue
	} else if fold(c.text) == "" {
		return nil
	}
	if c.kind == textCell && s.cell.kind != "s" && s.cell.kind != "inlineStr" {
		s.book.text += len(c.text)
	}
	if s.book.cells++; s.book.cells > s.book.limits.Cells {
		return tooLarge("cells", s.book.limits.Cells)
	}
	s.grid.cells = append(s.grid.cells, c)
	return nil
}

func (s *sheetReader) merge(ref string) error {
	from, to, ok := strings.Cut(ref, ":")
	if !ok {
		return nil
	}
	var a area
	var ok1, ok2 bool
	a.row, a.column, ok1 = parseRef(from)
	a.lastRow, a.lastColumn, ok2 = parseRef(to)
	if !ok1 || !ok2 || a.lastRow < a.row || a.lastColumn < a.column {
		return message.NewError("read.coordinates", s.grid.name, ref)
	}
	if len(s.grid.merges) >= maxMerges {
		return tooLarge("merges", maxMerges)
	}
	s.grid.merges = append(s.grid.merges, a)
	return nil
}

// indexIn reads an index into n things; -1 when it is none.
func indexIn(s string, n int) int {
	i, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || i < 0 || i >= n {
		return -1
	}
	return i
}

// parseRef reads a cell's address: D5, $D$5.
func parseRef(ref string) (row, column int, ok bool) {
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

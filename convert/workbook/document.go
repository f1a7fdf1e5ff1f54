package workbook

import (
	"context"
	"io"
	"regexp"
	"strconv"
	"strings"

	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook/word"
)

// A document is shown as one sheet, as it reads: each paragraph is a cell in a row of
// its own, each table stands in as many rows as it has, with an empty one behind it.
// So whoever finds a form in a workbook with everything on one sheet finds it here,
// and headings part tables as they do there. Only the names of the cells are the
// document's.

// TableName is the name of the n-th table of a document, as that of a sheet: 表3.
func TableName(n int) string { return "表" + strconv.Itoa(n) }

// origin says what a row of a document's sheet is.
type origin struct {
	table, row int // a table and its row, or
	paragraph  int // a paragraph; none of both: nothing stands there
	column     int // of the table, where the row holds but a part of one cell; else 0
}

// place is the name that a cell has in the document.
func (o origin) place(column int) report.Cell {
	switch {
	case o.paragraph > 0:
		return report.Cell{Row: o.paragraph}
	case o.table == 0:
		return report.Cell{}
	case o.column > 0:
		column = o.column
	}
	return report.Cell{Sheet: TableName(o.table), Row: o.row, Column: column}
}

// Document reads the document that was opened, without the page with findings of a
// marked copy, and says which part it stands in; nil if it is a workbook.
func (b *Book) Document(ctx context.Context) (d *word.Document, part string, err error) {
	if b.document == "" {
		return nil, "", nil
	}
	parts, closeAll, err := b.documentParts(ctx)
	if err != nil {
		return nil, "", err
	}
	defer closeAll()
	if d, err = word.Read(ctx, parts, word.Limits{Cells: b.limits.Cells, Text: maxText}); err != nil {
		return nil, "", b.damaged(ctx, b.document, err)
	}
	if d.Chunk {
		return nil, "", message.NewError("read.chunk")
	}
	d.Cut(resultItems(d))
	return d, b.document, nil
}

// readDocument reads a document as a sheet.
func (b *Book) readDocument(ctx context.Context) error {
	d, _, err := b.Document(ctx)
	if err != nil {
		return err
	}
	s := &documentSheet{sheet: &Sheet{origins: []origin{{}}}}
	s.items(d.Body)
	s.sheet.finish()
	if len(s.pictures) > 0 {
		rels, err := b.relations(ctx, b.document)
		if err != nil {
			return err
		}
		for _, p := range s.pictures {
			if err := b.keepPicture(ctx, s.sheet, p.Area, picture{rels.byID[p.Relation].target, p.Width, p.Height}); err != nil {
				return err
			}
		}
	}
	b.Sheets = []*Sheet{s.sheet}
	return nil
}

// documentParts opens the parts that a document is read from.
func (b *Book) documentParts(ctx context.Context) (parts word.Parts, closeAll func(), err error) {
	var opened []io.Closer
	closeAll = func() {
		for _, c := range opened {
			c.Close()
		}
	}
	open := func(part string, into *io.Reader) {
		if err != nil {
			return
		}
		var r io.ReadCloser
		if r, err = b.Part(ctx, part); r != nil {
			opened = append(opened, r)
			*into = r
		}
	}
	rels, err := b.relations(ctx, b.document)
	open(b.document, &parts.Document)
	open(rels.first("styles"), &parts.Styles)
	open(rels.first("numbering"), &parts.Numbering)
	open(rels.first("footnotes"), &parts.Footnotes)
	open(rels.first("endnotes"), &parts.Endnotes)
	if err != nil {
		closeAll()
	}
	return parts, closeAll, err
}

// resultItems is how many items at the start of a document are the page with findings
// of a marked copy.
func resultItems(d *word.Document) int {
	for i, item := range d.Body {
		if item.Table != nil {
			return 0
		}
		if strings.HasPrefix(item.Paragraph.Text, ResultTitle) {
			for k := range d.Body[i:] {
				if d.Body[i+k].Table != nil {
					return i + k + 1
				}
			}
		}
		if item.Paragraph.Number > 0 {
			return 0
		}
	}
	return 0
}

// documentSheet is the sheet of a document while it is filled.
type documentSheet struct {
	sheet    *Sheet
	last     int // row
	pictures []placedPicture
}

// placedPicture is a picture of the document with its cell.
type placedPicture struct {
	Area
	word.Picture
}

// row begins the next row.
func (s *documentSheet) row(o origin) {
	s.last++
	s.sheet.origins = append(s.sheet.origins, o)
}

// text adds a text in the last row.
func (s *documentSheet) text(text string) {
	if strings.TrimSpace(text) != "" {
		s.sheet.Cells = append(s.sheet.Cells, Cell{Area: Area{s.last, 1, s.last, 1}, Text: text})
	}
}

// cell adds a cell of a table that begins in the last row.
func (s *documentSheet) cell(c word.Cell) {
	area := Area{s.last, c.Column, s.last + c.LastRow - c.Row, c.LastColumn}
	if area.LastRow > area.Row || area.LastColumn > area.Column {
		s.sheet.merges = append(s.sheet.merges, area)
	}
	text, kind := c.Text(), TextCell
	if figure.MatchString(strings.TrimSpace(text)) { // a document knows nothing but text
		text, kind = strings.TrimSpace(text), NumberCell
	}
	if strings.TrimSpace(text) != "" {
		s.sheet.Cells = append(s.sheet.Cells, Cell{Area: area, Kind: kind, Text: text})
	}
	for _, i := range c.Items {
		s.beside(c.Column, i.Paragraph)
	}
}

// figure matches a text that is a number and can be nothing else.
var figure = regexp.MustCompile(`^-?[0-9]{1,12}(\.[0-9]{1,6})?$`)

// beside keeps what a paragraph has that is no text of it.
func (s *documentSheet) beside(column int, p *word.Paragraph) {
	area := Area{s.last, column, s.last, column}
	for _, n := range p.Notes {
		s.sheet.Footnotes = append(s.sheet.Footnotes, Cell{Area: area, Text: n})
	}
	for _, pic := range p.Pictures {
		s.pictures = append(s.pictures, placedPicture{area, pic})
	}
}

func (s *documentSheet) items(items []word.Item) {
	for _, i := range items {
		switch {
		case i.Table != nil:
			s.table(i.Table)
		case i.Paragraph.Number > 0:
			s.row(origin{paragraph: i.Paragraph.Number})
			s.text(i.Paragraph.Text)
			s.beside(1, i.Paragraph)
		}
	}
}

// table adds the rows of a table. A row with tables in its cells goes cell by cell,
// each paragraph and each table in rows of its own.
func (s *documentSheet) table(t *word.Table) {
	cells := t.Cells
	for row := 1; row <= t.Rows; row++ {
		n, nested := 0, false
		for n < len(cells) && cells[n].Row == row {
			nested = nested || cells[n].Nested()
			n++
		}
		if !nested {
			s.row(origin{table: t.Number, row: row})
		}
		for _, c := range cells[:n] {
			if nested {
				s.apart(t, c)
			} else {
				s.cell(c)
			}
		}
		cells = cells[n:]
	}
	s.row(origin{})
}

// apart adds what stands in a cell that has tables in it, one below the other.
func (s *documentSheet) apart(t *word.Table, c word.Cell) {
	for _, i := range c.Items {
		switch {
		case i.Table != nil:
			s.table(i.Table)
		case strings.TrimSpace(i.Paragraph.Text) != "", len(i.Paragraph.Pictures) > 0:
			s.row(origin{table: t.Number, row: c.Row, column: c.Column})
			s.text(i.Paragraph.Text)
			s.beside(1, i.Paragraph)
		}
	}
}

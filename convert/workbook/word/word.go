// Package word opens the text of a Word document within limits: its paragraphs and
// tables in order, as one sees them on the page.
//
// A tracked change is read as accepted. What is struck out or hidden, instructions of
// fields, comments, headers, footers and lists of contents are not read; the number
// of a list's paragraph is, and a text box once. Which part of the package holds what
// is not known here; see [Parts].
package word

import (
	"cmp"
	"context"
	"io"
	"slices"
	"strings"

	"nianbao/convert/message"
)

// Parts are the parts of a package that a document is read from. All but the document
// itself may be nil.
type Parts struct {
	Document  io.Reader // word/document.xml
	Styles    io.Reader // word/styles.xml
	Numbering io.Reader // word/numbering.xml
	Footnotes io.Reader
	Endnotes  io.Reader
}

// Limits bound what a document may hold. A zero field means the default.
type Limits struct {
	Cells int // cells of all tables; default 2 million
	Text  int // bytes of text; default 64 MiB
}

// Limits that nobody needs to set: no document that a person wrote comes near.
const (
	maxDepth   = 200   // of elements
	maxColumns = 1000  // of the grid of a table; Word knows 63 columns
	maxItems   = 1e6   // paragraphs, however short, and pictures
	maxStyles  = 20000 // styles, and lists
)

// Document is a document as it is read.
type Document struct {
	Body  []Item // paragraphs and tables in order; a text box's behind what it is anchored in
	Front []Item // what [Document.Cut] took out in front of them
	Chunk bool   // it has a foreign document in it (altChunk), which only Word shows
}

// Item is a paragraph or a table: one of the two is nil.
type Item struct {
	Paragraph *Paragraph
	Table     *Table
}

// Span is where an element stands in its part, in bytes, both tags included. It holds
// for a part in UTF-8.
type Span struct{ From, To int64 }

// Paragraph is a paragraph.
type Paragraph struct {
	Span
	Number   int    // as one counts those outside of tables that show something, from 1; else 0
	Text     string // the number of the list in front; lines are parted by \n
	Pictures []Picture
	Notes    []string // the texts of its footnotes and endnotes, which are in no Text
	Boxed    bool     // it stands in a text box

	joined bool // its end is deleted: the next one continues it
}

// Picture is a picture, a chart or an embedded object.
type Picture struct {
	Relation      string  // the id of the relation to its file; "" where there is none to a picture
	Width, Height float64 // in points; 0 when the document does not say
}

// Table is a table.
type Table struct {
	Span
	Number  int // as one counts them, from 1; a nested one comes behind the one that it is in. Tables that only lay the page out are none
	Rows    int
	Columns int
	Cells   []Cell // by row, then column
}

// Cell is a cell of a table with the area that it was merged over. Rows and columns
// are counted from 1 as one counts them on the page: an edge of the table's grid that
// no cell has, and one that is a hair beside another, part no columns.
type Cell struct {
	Span
	Row, Column, LastRow, LastColumn int
	Items                            []Item
}

// Nested reports whether there is a table in the cell.
func (c Cell) Nested() bool {
	return slices.ContainsFunc(c.Items, func(i Item) bool { return i.Table != nil })
}

// Text is the text of the cell's paragraphs, parted by \n, without nested tables.
func (c Cell) Text() string {
	var lines []string
	for _, i := range c.Items {
		if i.Paragraph != nil {
			lines = append(lines, i.Paragraph.Text)
		}
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// Read reads a document. Its error is a [message.Error] where the document is beyond
// the limits, else the XML decoder's.
func Read(ctx context.Context, parts Parts, limits Limits) (*Document, error) {
	limits.Cells = cmp.Or(limits.Cells, 2_000_000)
	limits.Text = cmp.Or(limits.Text, 64<<20)
	r := &reader{ctx: ctx, limits: limits, notes: map[string]string{}}
	var err error
	if r.styles, err = r.readStyles(parts.Styles); err != nil {
		return nil, err
	}
	if r.lists, err = r.readLists(parts.Numbering); err != nil {
		return nil, err
	}
	if err := r.readNotes("footnote", parts.Footnotes); err != nil {
		return nil, err
	}
	if err := r.readNotes("endnote", parts.Endnotes); err != nil {
		return nil, err
	}
	r.lists.begin()
	d := &Document{}
	err = r.part(parts.Document, func(e element) error {
		if e.name != "body" {
			return r.children(func(e element) error { return r.skip() })
		}
		items, err := r.block()
		d.Body = append(d.Body, flat(items)...)
		return err
	})
	if err != nil {
		return nil, err
	}
	d.Chunk = r.chunk
	d.number()
	return d, nil
}

// flat takes apart the tables that lay a page out and are none to who sees it: those
// of one column, and those with tables in every row. What they hold stands in their
// place.
func flat(items []Item) []Item {
	var all []Item
	for _, i := range items {
		if i.Table == nil || !i.Table.isLayout() {
			all = append(all, i)
			continue
		}
		for _, c := range i.Table.Cells {
			all = append(all, flat(c.Items)...)
		}
	}
	return all
}

func (t *Table) isLayout() bool {
	nested := map[int]bool{}
	for _, c := range t.Cells {
		for row := c.Row; row <= c.LastRow && c.Nested(); row++ {
			nested[row] = true
		}
	}
	return t.Columns == 1 || len(nested) == t.Rows
}

// Cut takes the first n items out of a document: they are not counted.
func (d *Document) Cut(n int) {
	d.Front, d.Body = d.Body[:n], d.Body[n:]
	d.number()
}

// number numbers what is counted.
func (d *Document) number() {
	paragraphs, tables := 0, 0
	var visit func(items []Item, nested bool)
	visit = func(items []Item, nested bool) {
		for _, i := range items {
			if p := i.Paragraph; p != nil {
				if p.Number = 0; !nested && p.shows() {
					paragraphs++
					p.Number = paragraphs
				}
			}
			if i.Table == nil {
				continue
			}
			tables++
			i.Table.Number = tables
			for _, c := range i.Table.Cells {
				visit(c.Items, true)
			}
		}
	}
	visit(d.Body, false)
}

// shows reports whether there is anything to see of the paragraph.
func (p *Paragraph) shows() bool { return strings.TrimSpace(p.Text) != "" || len(p.Pictures) > 0 }

func tooLarge(what string, limit any) error { return message.NewError("read.limit."+what, limit) }

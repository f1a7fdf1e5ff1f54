package workbook

import (
	"context"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/message"
)

// readBoxes reads what lies on the sheet: text boxes, each as a cell where its top left
// corner is, for some write a section's text into one, and pictures.
func (b *Book) readBoxes(ctx context.Context, g *Sheet) error {
	rels, err := b.relations(ctx, g.part)
	if err != nil {
		return err
	}
	for _, r := range rels.all {
		if r.kind != "drawing" {
			continue
		}
		media, err := b.relations(ctx, r.target)
		if err != nil {
			return err
		}
		d := &drawingReader{ctx: ctx, book: b, sheet: g, media: media}
		if err := b.elements(ctx, r.target, d.visit); err != nil {
			return err
		}
		if err := d.keepAnchor(); err != nil {
			return err
		}
	}
	g.sortBoxes()
	return nil
}

// drawingReader reads a drawing, one anchor after the other. An anchor holds a shape, or
// a group of them: their texts are one box, their pictures several.
type drawingReader struct {
	ctx   context.Context
	book  *Book
	sheet *Sheet
	media relations // by which pictures are found

	// Of the anchor in hand:
	box        Cell
	text       strings.Builder
	paragraphs int
	picture    picture // the last one
	hasPicture bool
}

func (r *drawingReader) visit(e xml.StartElement, d *xml.Decoder) (done bool, err error) {
	switch e.Name.Local {
	case "twoCellAnchor", "oneCellAnchor", "absoluteAnchor":
		if err := r.keepAnchor(); err != nil {
			return false, err
		}
		r.box, r.paragraphs = Cell{Area: Area{Row: 1, Column: 1}}, 0
		return false, r.book.count()
	case "blip":
		if err := r.keepPicture(); err != nil {
			return false, err
		}
		r.picture.part, r.hasPicture = r.media.byID[attr(e, "embed")].target, true
	case "ext":
		r.picture.size(e)
	case "from":
		r.box.Row, r.box.Column, err = anchorOf(d)
		return true, err
	case "Fallback": // of mc:AlternateContent: the same once more, for old programs
		return true, skipElement(d)
	case "br":
		r.text.WriteByte('\n')
	case "p":
		if r.paragraphs++; r.paragraphs > 1 {
			r.text.WriteByte('\n')
		}
	case "t":
		s, err := textOf(d)
		if r.text.WriteString(s); err == nil && r.text.Len() > MaxNarrative {
			err = TooLarge("narrative", Mebibytes(MaxNarrative))
		}
		if err == nil {
			err = r.book.countText(len(s))
		}
		return true, err
	}
	return false, nil
}

// keepAnchor keeps what the anchor in hand holds.
func (r *drawingReader) keepAnchor() error {
	box := r.box
	if box.Text = strings.TrimSpace(r.text.String()); box.Text != "" && box.Row <= maxRow && box.Column <= maxColumn {
		box.LastRow, box.LastColumn = box.Row, box.Column
		r.sheet.Boxes = append(r.sheet.Boxes, box)
	}
	r.text.Reset()
	err := r.keepPicture()
	r.picture = picture{} // the size may be that of a text box
	return err
}

// keepPicture keeps the last picture, if there is one: of a linked one that it is there.
func (r *drawingReader) keepPicture() error {
	kept, has := r.picture, r.hasPicture
	if !has {
		return nil
	}
	r.picture, r.hasPicture = picture{}, false
	return r.book.keepPicture(r.ctx, r.sheet, r.box.Area, kept)
}

func (g *Sheet) sortBoxes() {
	slices.SortStableFunc(g.Boxes, byPlace)
}

// anchorOf reads the corner of an anchor, up to its end, as row and column from 1.
func anchorOf(d *xml.Decoder) (row, column int, err error) {
	for {
		t, err := d.RawToken()
		if err != nil {
			return 0, 0, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			s, err := textOf(d)
			if err != nil {
				return 0, 0, err
			}
			n, _ := strconv.Atoi(strings.TrimSpace(s)) // 0 is the first
			switch t.Name.Local {
			case "row":
				row = max(n, 0) + 1
			case "col":
				column = max(n, 0) + 1
			}
		case xml.EndElement:
			return row, column, nil
		}
	}
}

// textOf reads the text of an element without others in it, up to its end.
func textOf(d *xml.Decoder) (string, error) {
	var b strings.Builder
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.CharData:
			b.Write(t)
		case xml.StartElement:
			if err := d.Skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		}
	}
}

// skipElement reads to the end of an element.
func skipElement(d *xml.Decoder) error {
	for depth := 1; depth > 0; {
		t, err := d.RawToken()
		if err != nil {
			return err
		}
		switch t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return message.NewError("read.nested")
			}
		case xml.EndElement:
			depth--
		}
	}
	return nil
}

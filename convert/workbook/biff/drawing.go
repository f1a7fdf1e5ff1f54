package biff

import "encoding/binary"

// drawing is the object in hand while a sheet's drawing is read.
type drawing struct {
	row, column int // of the anchor seen last, from 0
	kind, id    int // of the object seen last
	texts       map[int]string
	notes       []note
}

// note says which object holds the text of a cell's comment.
type note struct {
	row, column, id int
	author          string
}

// The kinds of object that are told apart.
const (
	objectButton  = 0x07
	objectPicture = 0x08
	objectPolygon = 0x09
	objectDrop    = 0x14 // the last control: they are the button and those behind the polygon
	objectNote    = 0x19
)

// drawn reads a record of the sheet's drawing: where an object lies, what it is, its
// text, or whose comment it holds. Before BIFF8 objects are only counted as unread.
func (r *sheetReader) drawn(rec record) error {
	d := &r.drawing
	f := &fields{left: rec.data}
	if r.book.Version != 8 {
		if rec.id == recObj {
			r.sheet.Unread++
		}
		return nil
	}
	switch rec.id {
	case recMsoDrawing:
		d.anchor(rec.data)
	case recObj:
		f.take(4)
		d.kind, d.id = f.u16(), f.u16()
		switch {
		case d.kind == objectPicture:
			r.sheet.Pictures++
		case d.isControl():
			r.sheet.Controls++
		}
	case recTxO:
		return r.objectText(f)
	case recNote:
		n := note{row: f.u16(), column: f.u16()}
		f.u16()
		n.id = f.u16()
		author, err := r.book.shortString(f, 2)
		if _, limited := err.(*LimitError); limited {
			return err
		}
		n.author = author
		d.notes = append(d.notes, n)
	}
	return nil
}

func (d *drawing) isControl() bool {
	return d.kind > objectPolygon && d.kind <= objectDrop || d.kind == objectButton
}

// objectText reads the text of the object in hand.
func (r *sheetReader) objectText(f *fields) error {
	d := &r.drawing
	f.take(10)
	n := f.u16()
	c, err := r.continued(nil)
	if err != nil || n == 0 {
		return err
	}
	text, err := r.book.unicodeString(c, n)
	switch err.(type) {
	case nil:
	case *DamagedError: // the cells do not depend on it
		r.sheet.Unread++
		return nil
	default:
		return err
	}
	switch {
	case d.kind == objectNote:
		if d.texts == nil {
			d.texts = map[int]string{}
		}
		d.texts[d.id] = text
	case !d.isControl():
		r.sheet.Boxes = append(r.sheet.Boxes, Box{d.row + 1, min(d.column, maxColumn-1) + 1, text})
	}
	return nil
}

// anchor finds the last place that a part of the drawing gives for a shape. The part
// is a tree of records of [MS-ODRAW]; what a container holds follows its head.
func (d *drawing) anchor(data []byte) {
	const clientAnchor = 0xF010
	for len(data) >= 8 {
		head := binary.LittleEndian.Uint16(data)
		kind := binary.LittleEndian.Uint16(data[2:])
		size := binary.LittleEndian.Uint32(data[4:])
		data = data[8:]
		if head&0xF == 0xF {
			continue
		}
		if kind == clientAnchor && size >= 18 && len(data) >= 18 {
			f := fields{left: data}
			f.u16()
			d.column = f.u16()
			f.u16()
			d.row = f.u16()
		}
		if uint64(size) > uint64(len(data)) {
			return
		}
		data = data[size:]
	}
}

// comments joins the comments' cells with their texts.
func (r *sheetReader) comments() {
	for _, n := range r.drawing.notes {
		if n.column < maxColumn {
			r.sheet.Comments = append(r.sheet.Comments, Comment{n.row + 1, n.column + 1, n.author, r.drawing.texts[n.id]})
		}
	}
}

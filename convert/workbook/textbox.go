package workbook

import (
	"cmp"
	"context"
	"encoding/xml"
	"errors"
	"nianbao/convert/message"
	"slices"
	"strconv"
	"strings"
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
		var box Cell
		var shown picture
		var text strings.Builder
		paragraphs := 0
		keep := func() {
			if box.Text = strings.TrimSpace(text.String()); box.Text != "" && box.Row <= maxRow && box.Column <= maxColumn {
				box.LastRow, box.LastColumn = box.Row, box.Column
				g.Boxes = append(g.Boxes, box)
			}
			text.Reset()
			if shown.part != "" {
				err = errors.Join(err, b.keepPicture(ctx, g, box.Area, shown))
				shown = picture{}
			}
		}
		failed := b.elements(ctx, r.target, func(e xml.StartElement, d *xml.Decoder) (bool, error) {
			switch e.Name.Local {
			case "twoCellAnchor", "oneCellAnchor", "absoluteAnchor":
				keep()
				if err := b.count(); err != nil {
					return false, err
				}
				box, paragraphs = Cell{Area: Area{Row: 1, Column: 1}}, 0
			case "blip":
				shown.part = media.byID[attr(e, "embed")].target
			case "ext":
				shown.size(e)
			case "from":
				row, column, err := anchorOf(d)
				box.Row, box.Column = row, column
				return true, err
			case "Fallback": // of mc:AlternateContent: the same once more, for old programs
				return true, skipElement(d)
			case "br":
				text.WriteByte('\n')
			case "p":
				if paragraphs++; paragraphs > 1 {
					text.WriteByte('\n')
				}
			case "t":
				s, err := textOf(d)
				if text.WriteString(s); err == nil && text.Len() > MaxNarrative {
					err = TooLarge("narrative", Mebibytes(MaxNarrative))
				}
				if err == nil {
					err = b.countText(len(s))
				}
				return true, err
			}
			return false, nil
		})
		if failed != nil {
			return failed
		}
		if keep(); err != nil {
			return err
		}
	}
	g.sortBoxes()
	return nil
}

func (g *Sheet) sortBoxes() {
	slices.SortStableFunc(g.Boxes, func(a, b Cell) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) })
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

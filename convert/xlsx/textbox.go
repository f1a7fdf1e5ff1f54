package xlsx

import (
	"cmp"
	"context"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"
)

// readBoxes reads the text boxes that lie on the sheet, each as a cell where its top
// left corner is: some write a section's text into one.
func (b *book) readBoxes(ctx context.Context, g *grid) error {
	rels, err := b.relations(ctx, g.part)
	if err != nil {
		return err
	}
	for _, r := range rels {
		if r.kind != "drawing" {
			continue
		}
		var box gridCell
		var text strings.Builder
		paragraphs := 0
		keep := func() {
			if box.text = strings.TrimSpace(text.String()); box.text != "" && box.row <= maxRow && box.column <= maxColumn {
				box.lastRow, box.lastColumn = box.row, box.column
				g.boxes = append(g.boxes, box)
			}
			text.Reset()
		}
		err := b.elements(ctx, r.target, func(e xml.StartElement, d *xml.Decoder) (bool, error) {
			switch e.Name.Local {
			case "twoCellAnchor", "oneCellAnchor", "absoluteAnchor":
				keep()
				box, paragraphs = gridCell{area: area{row: 1, column: 1}}, 0
			case "from":
				row, column, err := anchorOf(d)
				box.row, box.column = row, column
				return true, err
			case "p":
				if paragraphs++; paragraphs > 1 {
					text.WriteByte('\n')
				}
			case "t":
				s, err := textOf(d)
				if text.WriteString(s); err == nil && text.Len() > maxNarrative {
					err = tooLarge("narrative", mebibytes(maxNarrative))
				}
				return true, err
			}
			return false, nil
		})
		if err != nil {
			return err
		}
		keep()
	}
	slices.SortStableFunc(g.boxes, func(a, b gridCell) int { return cmp.Or(a.row-b.row, a.column-b.column) })
	return nil
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

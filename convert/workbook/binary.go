package workbook

import (
	"context"
	"errors"
	"math"
	"strconv"

	"nianbao/convert/message"
	"nianbao/convert/prose"
	"nianbao/convert/workbook/biff"
	"nianbao/convert/workbook/formula"
)

// OpenBinary opens an .xls or .et workbook with all that it holds, as package biff
// has it.
func OpenBinary(ctx context.Context, src []byte, limits Limits) (*biff.Book, error) {
	limits = limits.WithDefaults()
	b, err := biff.Open(ctx, src, biff.Limits{Stream: limits.Unpacked, Cells: limits.Cells, Text: maxText, Merges: maxMerges})
	var limit *biff.LimitError
	switch {
	case err == nil, ctx.Err() != nil:
		return b, err
	case errors.Is(err, biff.ErrEncrypted):
		return nil, &message.Error{Message: message.New("read.xls.encrypted"), Err: err}
	case errors.Is(err, biff.ErrVersion):
		return nil, &message.Error{Message: message.New("read.format.xls"), Err: err}
	case errors.Is(err, biff.ErrNoWorkbook):
		return nil, &message.Error{Message: message.New("read.format.other"), Err: err}
	case errors.As(err, &limit):
		switch limit.What {
		case "stream":
			return nil, TooLarge("unpacked", Mebibytes(limit.Limit))
		case "text":
			return nil, TooLarge("text", Mebibytes(limit.Limit))
		}
		return nil, TooLarge(limit.What, limit.Limit)
	}
	return nil, &message.Error{Message: message.New("read.damaged"), Err: err}
}

// readBinary shows an .xls workbook's sheets.
func (b *Book) readBinary() {
	b.from1904 = b.binary.From1904
	for _, s := range b.binary.Sheets {
		g := &Sheet{Name: s.Name, Hidden: s.Hidden}
		for _, c := range s.Cells {
			switch cell := b.binaryCell(c); {
			case cell.Kind == NoResult, prose.Fold(cell.Text) != "":
				g.Cells = append(g.Cells, cell)
			case cell.formula != nil, cell.Text != "":
				g.quiet = append(g.quiet, cell)
			}
		}
		for _, m := range s.Merges {
			g.merges = append(g.merges, Area(m))
		}
		for _, x := range s.Boxes {
			g.Boxes = append(g.Boxes, Cell{Area: Area{x.Row, x.Column, x.Row, x.Column}, Text: x.Text})
		}
		g.sortBoxes()
		b.Unread += s.Unread
		g.finish()
		b.Sheets = append(b.Sheets, g)
	}
	b.binary = nil // the sheets have it all
}

// binaryCell is a cell as it would stand in an XLSX workbook.
func (b *Book) binaryCell(c biff.Cell) Cell {
	cell := Cell{Area: Area{c.Row, c.Column, c.Row, c.Column}, Text: c.Text}
	shown := NumberCell
	if c.XF < len(b.binary.XFs) {
		format := b.binary.XFs[c.XF].Format
		shown = formatKind(strconv.Itoa(format), b.binary.FormatOf(format))
	}
	if c.Expression != "" {
		cell.shown = shown
		cell.formula = &formula.Formula{Text: c.Expression, Row: c.Row, Column: c.Column}
	}
	switch c.Kind {
	case biff.Number:
		cell.Kind = shown
		cell.Text = numberText(c.Number)
		if cell.Kind == dateCell && b.binary.From1904 {
			cell.Text = since1900(cell.Text)
		}
	case biff.Bool:
		cell.Kind = boolCell
		cell.Text = numberText(c.Number)
	case biff.Error:
		cell.Kind = ErrorCell
	case biff.NoResult:
		cell.Kind = NoResult
		if cell.formula == nil {
			cell.formula = &formula.Formula{Text: unknownFormula, Row: c.Row, Column: c.Column}
		}
	}
	return cell
}

// unknownFormula stands for a formula that was not read; it cannot be computed.
const unknownFormula = "?"

// numberText is a number as XLSX stores it.
func numberText(n float64) string {
	if math.Abs(n) >= 1e21 {
		return strconv.FormatFloat(n, 'g', -1, 64)
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

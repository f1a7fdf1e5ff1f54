package workbook

import (
	"context"
	"errors"
	"math"
	"strconv"
	"strings"

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
	for _, x := range b.binary.XFs {
		b.addStyle(strconv.Itoa(x.Format), b.binary.FormatOf(x.Format))
	}
	for _, s := range b.binary.Sheets {
		b.Sheets = append(b.Sheets, b.binarySheet(s))
		b.Unread += s.Unread
	}
	b.binary = nil // the sheets have it all
}

// binarySheet is a sheet as it would stand in an XLSX workbook.
func (b *Book) binarySheet(s *biff.Sheet) *Sheet {
	g := &Sheet{Name: s.Name, Hidden: s.Hidden}
	hidden := map[int]bool{}
	for _, r := range s.Rows {
		hidden[r.Row] = r.Hidden
	}
	for _, c := range s.Columns {
		if c.Hidden {
			g.hiddenColumns = append(g.hiddenColumns, Area{Column: c.First, LastColumn: c.Last})
		}
	}
	for _, c := range s.Cells {
		cell := b.binaryCell(c)
		isHidden, said := hidden[c.Row]
		cell.Hidden = isHidden || !said && s.RowsHidden
		switch {
		case cell.Kind == NoResult, !prose.Blank(cell.Text):
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
	g.finish()
	return g
}

// binaryCell is a cell as it would stand in an XLSX workbook.
func (b *Book) binaryCell(c biff.Cell) Cell {
	cell := Cell{Area: Area{c.Row, c.Column, c.Row, c.Column}, Text: b.binaryText(c)}
	shown := style{kind: NumberCell}
	if c.XF < len(b.styles) {
		shown = b.styles[c.XF]
	}
	cell.scaled = shown.scaled
	if c.Expression != "" {
		cell.shown = shown.kind
		cell.formula = &formula.Formula{Text: c.Expression, Row: c.Row, Column: c.Column}
	}
	switch c.Kind {
	case biff.Number:
		cell.Kind = shown.kind
		cell.Text = numberText(c.Number)
		if cell.Kind == dateCell && b.from1904 {
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

// binaryText is a cell's text without what is struck out, its raised and lowered digits
// told from others, as richText has them.
func (b *Book) binaryText(c biff.Cell) string {
	if len(c.Runs) == 0 {
		return c.Text
	}
	var text strings.Builder
	text.WriteString(c.Text[:c.Runs[0].Start])
	for i, r := range c.Runs {
		end := len(c.Text)
		if i+1 < len(c.Runs) {
			end = c.Runs[i+1].Start
		}
		var font biff.Font
		if r.Font < len(b.binary.Fonts) {
			font = b.binary.Fonts[r.Font]
		}
		if !font.Strike {
			text.WriteString(shiftDigits(c.Text[r.Start:end], []string{"", raisedDigits, loweredDigits, ""}[font.Script&3]))
		}
	}
	return text.String()
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

package workbook

import (
	"context"

	"nianbao/convert/message"
)

// Rows reads the visible worksheets of a workbook, or a document with its tables, as
// rows of text, without the rows that hold nothing: a list of names, say. It keeps to
// the same limits as [Open]. A sheet that cannot be read ends it, unless one before it
// was read.
func Rows(ctx context.Context, src []byte, limits Limits) ([][][]string, error) {
	if f, name := SniffNamed(src); !f.Readable() {
		return nil, Refuse(f, name)
	}
	b, err := Open(ctx, src, limits.WithDefaults())
	if err != nil {
		return nil, err
	}
	var all [][][]string
	if b.document != "" || b.binary != nil { // these are read as a whole
		if err := b.ReadSheets(ctx); err != nil {
			return nil, err
		}
		for _, g := range b.Sheets {
			if !g.Hidden {
				rows, err := g.texts()
				if err != nil {
					return nil, err
				}
				all = append(all, rows)
			}
		}
		return all, nil
	}
	for _, s := range b.sheets {
		if s.hidden {
			continue
		}
		var rows [][]string
		g, err := b.readSheet(ctx, s)
		if err == nil {
			rows, err = g.texts()
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		switch {
		case err != nil && all == nil:
			return nil, err
		case err != nil:
			return all, nil
		}
		all = append(all, rows)
	}
	return all, nil
}

// mostColumns is more columns than a list of names has.
const mostColumns = 256

// texts is what the cells show, row by row; a cell stands in its column.
func (g *Sheet) texts() ([][]string, error) {
	var rows [][]string
	blank := 0
	for i, c := range g.Cells {
		if c.Column > mostColumns {
			continue
		}
		if rows == nil || i == 0 || c.Row != g.Cells[i-1].Row {
			rows = append(rows, nil)
		}
		row := &rows[len(rows)-1]
		if blank += max(0, c.Column-1-len(*row)); blank > maxBlank {
			return nil, message.NewError("read.apart", g.Name)
		}
		for len(*row) < c.Column-1 {
			*row = append(*row, "")
		}
		*row = append(*row, Shown(c))
	}
	return rows, nil
}

// maxBlank is how many cells without content may stand before others in their rows: a
// remark in the last column of each row would make a list as wide as a sheet.
const maxBlank = 4_000_000

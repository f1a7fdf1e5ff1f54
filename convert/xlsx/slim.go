package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"io"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
)

// excelize keeps a worksheet as rows of cells, from the first to the last in
// each. What it may be given is bounded here, so that no submission can make it
// take more memory than the machine has.

// Empty cells this close to content are kept: they are part of how it looks.
const (
	nearRows    = 100
	nearColumns = 20
)

// mostDense is how many cells a worksheet may have as excelize keeps it, some 110
// bytes each.
const mostDense = 4_000_000

// openDense opens the workbook with excelize, without the empty cells that lie
// far from any content.
func (b *book) openDense(ctx context.Context) (*excelize.File, error) {
	far := map[string]*grid{}
	for _, g := range b.grids {
		if (g.lastRow+nearRows)*(g.lastColumn+nearColumns) > mostDense {
			return nil, message.NewError("read.sparse", g.name)
		}
		if g.emptyRow > g.lastRow+nearRows || g.emptyColumn > g.lastColumn+nearColumns {
			far[g.part] = g
		}
	}
	src := b.src
	if len(far) > 0 {
		var err error
		if src, err = b.without(ctx, far); err != nil {
			return nil, err
		}
	}
	return excelize.OpenReader(bytes.NewReader(src), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: b.limits.Unpacked, UnzipXMLSizeLimit: b.limits.Unpacked,
	})
}

// without is the package without the far empty cells of the given worksheets, by
// part.
func (b *book) without(ctx context.Context, far map[string]*grid) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(b.src), int64(len(b.src)))
	if err != nil {
		return nil, err
	}
	b.left = b.limits.Unpacked
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		g := far[partName("", f.Name)]
		if g == nil {
			if err := w.Copy(f); err != nil {
				return nil, err
			}
			continue
		}
		part, err := b.open(ctx, g.part)
		if err != nil {
			return nil, err
		}
		dst, err := w.Create(f.Name)
		if err == nil {
			_, err = io.Copy(dst, newEmptyFilter(part, g.lastRow+nearRows, g.lastColumn+nearColumns))
		}
		part.Close()
		if err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

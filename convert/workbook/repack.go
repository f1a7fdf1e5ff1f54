package workbook

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

// repacking is what is changed in a package before excelize opens it, by part.
type repacking struct {
	drop map[string]bool
	edit map[string]func([]byte) []byte
	far  map[string]*Sheet // worksheets that lose their far empty cells
}

// OpenDense opens the workbook with excelize, without the empty cells that lie
// far from any content and with the given changes.
func (b *Book) OpenDense(ctx context.Context, changes repacking) (*excelize.File, error) {
	changes.far = map[string]*Sheet{}
	for _, g := range b.Sheets {
		if (g.lastRow+nearRows)*(g.lastColumn+nearColumns) > mostDense {
			return nil, message.NewError("read.sparse", g.Name)
		}
		if g.emptyRow > g.lastRow+nearRows || g.emptyColumn > g.lastColumn+nearColumns {
			changes.far[g.part] = g
		}
	}
	src := b.src
	if len(changes.far)+len(changes.drop)+len(changes.edit) > 0 {
		var err error
		if src, err = b.repack(ctx, changes); err != nil {
			return nil, err
		}
	}
	return excelize.OpenReader(bytes.NewReader(src), excelize.Options{
		RawCellValue: true, UnzipSizeLimit: b.limits.Unpacked, UnzipXMLSizeLimit: b.limits.Unpacked,
	})
}

// repack is the package with the changes made.
func (b *Book) repack(ctx context.Context, changes repacking) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(b.src), int64(len(b.src)))
	if err != nil {
		return nil, err
	}
	b.left = b.limits.Unpacked
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range in.File {
		name := partName("", f.Name)
		g, edit := changes.far[name], changes.edit[name]
		switch {
		case changes.drop[name]:
		case g == nil && edit == nil:
			err = w.Copy(f)
		default:
			err = b.change(ctx, w, f.Name, g, edit)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// change writes one changed part.
func (b *Book) change(ctx context.Context, w *zip.Writer, name string, far *Sheet, edit func([]byte) []byte) error {
	part, err := b.Part(ctx, partName("", name))
	if err != nil {
		return err
	}
	defer part.Close()
	var from io.Reader = part
	if far != nil {
		from = newEmptyFilter(part, far.lastRow+nearRows, far.lastColumn+nearColumns)
	}
	content, err := io.ReadAll(from)
	if err != nil {
		return err
	}
	if edit != nil {
		content = edit(content)
	}
	to, err := w.Create(name)
	if err != nil {
		return err
	}
	_, err = to.Write(content)
	return err
}

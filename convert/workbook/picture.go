package workbook

import (
	"cmp"
	"context"
	"encoding/xml"
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// picture is a picture as a drawing refers to it.
type picture struct {
	part          string
	width, height float64 // points
}

// size takes the size of a shape from its ext element, in English Metric Units.
func (p *picture) size(e xml.StartElement) {
	const perPoint = 12700
	w, err := strconv.ParseFloat(attr(e, "cx"), 64)
	h, err2 := strconv.ParseFloat(attr(e, "cy"), 64)
	if err == nil && err2 == nil && w > 0 && h > 0 {
		p.width, p.height = w/perPoint, h/perPoint
	}
}

// Limits of the pictures of a workbook. One that is beyond them is kept without its bytes.
const (
	maxPictures     = 200      // on a sheet
	maxPictureBytes = 32 << 20 // of all pictures
)

// keepPicture adds a picture to a sheet.
func (b *Book) keepPicture(ctx context.Context, g *Sheet, at Area, p picture) error {
	if len(g.Pictures) >= maxPictures || at.Row > maxRow || at.Column > maxColumn {
		return nil
	}
	at.LastRow, at.LastColumn = max(at.LastRow, at.Row), max(at.LastColumn, at.Column)
	kept := Picture{Area: at, Type: typeNamed(p.part), Width: p.width, Height: p.height}
	r, err := b.Part(ctx, p.part) // none for a picture that is linked
	if err != nil {
		return err
	}
	if r != nil {
		defer r.Close()
		left := maxPictureBytes - b.pictures
		src, err := io.ReadAll(io.LimitReader(r, int64(left)+1))
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err == nil && len(src) <= left:
			kept.Bytes = src
			b.pictures += len(src)
			if kind, ok := strings.CutPrefix(http.DetectContentType(src), "image/"); ok {
				kept.Type = kind
			}
		}
	}
	g.Pictures = append(g.Pictures, kept)
	slices.SortStableFunc(g.Pictures, func(a, b Picture) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) })
	return nil
}

// typeNamed is the type of a picture by its file's name.
func typeNamed(part string) string {
	switch ext := strings.TrimPrefix(path.Ext(part), "."); ext {
	case "jpg":
		return "jpeg"
	default:
		return ext
	}
}

// inCell matches the formula that WPS has for a picture in a cell, with the picture's id.
var inCell = regexp.MustCompile(`^=?(?:_xlfn\.)?DISPIMG\("([^"]*)"`)

// picturesInCells makes pictures of the cells that hold one, as WPS has them: their text
// is a formula that nobody else knows.
func (b *Book) picturesInCells(ctx context.Context, g *Sheet) error {
	kept := g.Cells[:0]
	for _, c := range g.Cells {
		text := c.Text
		if c.formula != nil && !strings.HasPrefix(text, "=") {
			text = c.formula.Text
		}
		m := inCell.FindStringSubmatch(text)
		if m == nil || c.Kind == NumberCell {
			kept = append(kept, c)
			continue
		}
		if b.inCells == nil {
			if err := b.readCellImages(ctx); err != nil {
				return err
			}
		}
		if err := b.keepPicture(ctx, g, c.Area, b.inCells[m[1]]); err != nil {
			return err
		}
	}
	clear(g.Cells[len(kept):])
	g.Cells = kept
	return nil
}

// readCellImages reads the part that names the pictures in cells.
func (b *Book) readCellImages(ctx context.Context) error {
	const part = "xl/cellimages.xml"
	b.inCells = map[string]picture{}
	media, err := b.relations(ctx, part)
	if err != nil {
		return err
	}
	var id string
	return b.elements(ctx, part, func(e xml.StartElement, _ *xml.Decoder) (bool, error) {
		switch e.Name.Local {
		case "cNvPr":
			id = attr(e, "name")
		case "blip":
			b.inCells[id] = picture{part: media.byID[attr(e, "embed")].target}
			return false, b.count()
		case "ext":
			if p := b.inCells[id]; p.part != "" {
				p.size(e)
				b.inCells[id] = p
			}
		}
		return false, nil
	})
}

package reader

import (
	"context"

	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// verifyPictures drops what cannot be printed of the workbook's pictures, once: the sheets
// are read as each form, and for each body.
func verifyPictures(ctx context.Context, sheets []*workbook.Sheet) error {
	for _, g := range sheets {
		for i := range g.Pictures {
			if err := ctx.Err(); err != nil {
				return err
			}
			p := &g.Pictures[i]
			verified := report.Picture{Bytes: p.Bytes, Type: p.Type}
			verified.Verify()
			p.Bytes = verified.Bytes
		}
	}
	return nil
}

// picture notes a picture, which lies in the passage in hand unless it lies in a table.
func (t *textReader) picture(now *passage, p workbook.Picture, tables []workbook.Area) {
	kept := report.Picture{Bytes: p.Bytes, Type: p.Type, Cell: now.page.At(p.Area), Width: p.Width, Height: p.Height}
	if inAny(tables, p.Area) {
		t.tablePictures = append(t.tablePictures, kept)
		return
	}
	kept.After = len(now.paragraphs)
	now.pictures = append(now.pictures, kept)
}

// pictures fills in the pictures: those of the passages that are the report's text, and
// all others, which lie in no section.
func (t *textReader) pictures(r *report.Report) {
	for _, p := range t.passages {
		for _, pic := range p.pictures {
			pic.Section = p.printed
			r.Pictures = append(r.Pictures, pic)
		}
	}
	r.Pictures = append(r.Pictures, t.tablePictures...)
}

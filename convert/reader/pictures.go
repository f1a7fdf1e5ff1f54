package reader

import (
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// picture notes a picture, which lies in the passage in hand unless it lies in a table.
func (t *textReader) picture(now *passage, p workbook.Picture, tables []workbook.Area) {
	kept := report.Picture{Bytes: p.Bytes, Type: p.Type, Cell: now.page.At(p.Area), Width: p.Width, Height: p.Height}
	kept.Verify()
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

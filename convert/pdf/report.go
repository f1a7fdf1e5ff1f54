package pdf

import (
	"strings"

	"nianbao/convert/document"
	"nianbao/convert/report"
)

// body is how the text of a report is filled into lines.
var body = measure{width: areaWidth, indent: 2 * (sizeBody + bodyTracking), size: sizeBody, tracking: bodyTracking}

// items sets what a report prints, in order.
func (s *shaper) items(d *document.Document) []item {
	items := []item{s.title(d.Title, d.Organization)}
	for _, it := range d.Items {
		switch it := it.(type) {
		case *document.Table:
			heading := &items[len(items)-1]
			room := areaHeight - float64(len(heading.lines))*pitch - tableAbove
			items = append(items, item{table: fit(s.cells(it), it, room)})
		case *document.Signature:
			items = s.sign(items, it)
		default:
			items = append(items, s.item(it))
		}
	}
	return items
}

// item sets a paragraph, attachments or a picture.
func (s *shaper) item(it document.Item) item {
	switch it := it.(type) {
	case *document.Paragraph:
		spans := make([]span, len(it.Spans))
		for i, sp := range it.Spans {
			spans[i] = span{roleOf[sp.Style], sp.Text}
		}
		set := s.paragraph(it.Cell, it.Level > 0, spans...)
		if it.Bookmark > 0 {
			set.bookmark, set.level = strings.TrimSuffix(it.Spans[0].Text, "。"), it.Bookmark-1
		}
		return set
	case *document.Attachments:
		return s.attachments(it)
	case *document.Picture:
		return s.picture(it)
	}
	panic("pdf: an item of no kind") // a fault of this program
}

// roleOf is the role of each style. Heads of the third level are as the text.
var roleOf = [...]role{document.Body: roleBody, document.First: roleHei, document.Second: roleKai, document.Third: roleBody}

func (s *shaper) paragraph(cell report.Cell, heading bool, spans ...span) item {
	it := item{lines: fill(s.shape(cell, spans...), body), measure: body, keepTail: 2, keepNext: heading}
	if heading {
		it.keepTail = len(it.lines)
	}
	return it
}

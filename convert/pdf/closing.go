package pdf

import (
	"math"

	"nianbao/convert/document"
	"nianbao/convert/report"
)

// sign adds the signature to the last paragraph, with which it has to stay. Without a
// seal, GB/T 9704—2012 7.3.5.2: a slot below the text the organization, two characters
// in from the right, then the date, whose first character stands two to the right of the
// organization's first, or if it is the longer one ends two characters in. For a seal,
// 7.3.5.1: the date ends four characters in, the organization stands in the middle above
// it. A seal, some 42 mm high, stamped upon both then begins within a line of the text.
func (s *shaper) sign(items []item, end *document.Signature) []item {
	set := setting{size: sizeBody, tracking: bodyTracking}
	const one = sizeBody + bodyTracking
	upper := s.shape(report.Cell{}, span{roleBody, end.Organization})
	lower := s.shape(report.Cell{}, span{roleBody, end.Date})
	upperWidth, lowerWidth := set.width(upper), set.width(lower)
	upperX := areaWidth - 2*one - upperWidth
	lowerX := upperX + 2*one
	signature := []line{{}}
	switch {
	case end.Seal:
		lowerX = areaWidth - 4*one - lowerWidth
		upperX = math.Min(lowerX+(lowerWidth-upperWidth)/2, areaWidth-upperWidth)
		lowerX = upperX + (upperWidth-lowerWidth)/2
	case lowerX+lowerWidth > areaWidth-2*one: // the date is the longer one
		lowerX = areaWidth - 2*one - lowerWidth
		if end.Organization != "" {
			upperX = math.Min(upperX, lowerX-2*one)
		}
	}
	for _, l := range []line{{chars: upper, x: upperX}, {chars: lower, x: lowerX}} {
		if l.x < 0 { // longer than a line: set as a paragraph
			signature = append(signature, fill(l.chars, measure{width: areaWidth, size: sizeBody, tracking: bodyTracking})...)
		} else if len(l.chars) > 0 {
			signature = append(signature, l)
		}
	}
	for _, note := range end.Notes {
		signature = append(signature, s.item(note).lines...)
	}
	last := &items[len(items)-1]
	if last.table != nil || last.slots > 0 || last.keepNext {
		return append(items, item{lines: signature, measure: body, keepTail: len(signature)})
	}
	last.keepTail = min(last.keepTail, len(last.lines)) + len(signature)
	last.lines = append(last.lines, signature...)
	return items
}

// attachments sets the names of attachments, GB/T 9704—2012 7.3.4: a slot below the text
// 附件： two characters in, the numbers below each other, and a name that needs more lines
// below its own first character.
func (s *shaper) attachments(all *document.Attachments) item {
	const one = sizeBody + bodyTracking
	set := setting{size: sizeBody, tracking: bodyTracking}
	it := item{lines: []line{{}}, measure: body}
	text, x := "附件：", 2*one
	for _, a := range all.Names {
		if a.Number != "" {
			text += a.Number + "."
		}
		lead := s.shape(a.Cell, span{roleBody, text})
		indent := x + set.width(lead)
		if a.Number != "" {
			indent = 5*one + set.width(s.shape(a.Cell, span{roleBody, "0. "}))
			if len(a.Number) > 1 {
				indent = max(indent, x+set.width(lead)+one/4)
			}
		}
		lines := fill(s.shape(a.Cell, span{roleBody, a.Name}), measure{width: areaWidth - indent, size: sizeBody, tracking: bodyTracking})
		if len(lines) == 0 {
			lines = []line{{}}
		}
		for i := range lines {
			lines[i].x += indent
		}
		lines[0].label = &label{lead, x}
		it.lines = append(it.lines, lines...)
		text, x = "", 5*one
	}
	it.keepTail = len(it.lines)
	if it.keepTail > linesPerPage/2 {
		it.keepTail = 2
	}
	return it
}

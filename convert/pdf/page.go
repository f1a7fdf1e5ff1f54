package pdf

import (
	"math"
	"strconv"

	"nianbao/convert/report"
)

// item is what stands in the column of text: a paragraph, the title or a table.
type item struct {
	lines    []line
	measure  measure
	slots    int       // of the line grid, when it is not one for each line
	leading  float64   // of lines that share slots; 0 is pitch
	keepTail int       // lines at the end that stay together; 2 avoids a widow
	keepNext bool      // a heading: stays with what follows
	bookmark string    // "" for none
	level    int       // of the bookmark, from 0
	table    *fitTable // a table, or nil
	picture  *placedPicture
}

// pager puts items on pages. Text stands on the line grid, slot below slot.
type pager struct {
	doc    *canvas
	shaper *shaper
	slot   int // next free slot of the page
	draft  []char
}

// place puts all items on pages.
func (p *pager) place(items []item) {
	p.newPage()
	for i := range items {
		it := &items[i]
		if p.slot > 0 && p.slot+p.need(items[i:]) > linesPerPage && !p.tighten(items[i:]) && !p.splits(items[i:]) {
			p.newPage()
		}
		switch {
		case it.table != nil:
			p.placeTable(it.table)
		case it.picture != nil:
			p.drawPicture(it)
		case it.slots > 0:
			p.drawTitle(it)
		default:
			p.placeLines(it)
		}
	}
}

// tighten makes the table that ends a run of headings fit on the rest of the
// page, by taking air from it, and reports whether it could.
func (p *pager) tighten(items []item) bool {
	slot := p.slot
	for i := range items {
		it := &items[i]
		if it.table != nil {
			t := it.table.tighter(float64(linesPerPage-slot)*pitch - tableAbove)
			if t != nil {
				it.table = t
			}
			return t != nil
		}
		if slot += max(it.slots, len(it.lines)); !it.keepNext {
			break
		}
	}
	return false
}

// mostEmpty is how many lines may stay empty at the foot of a page because a table
// follows that could be parted.
const mostEmpty = 6

// splits reports whether the table that ends a run of headings is to be parted between
// its blocks: more lines would stay empty otherwise than may, and its first block fits.
func (p *pager) splits(items []item) bool {
	slot := p.slot
	for i := range items {
		it := &items[i]
		if it.table != nil {
			first := it.table.first()
			if first > 0 && linesPerPage-p.slot > mostEmpty && float64(linesPerPage-slot)*pitch >= tableAbove+first {
				it.table.parted = true
			}
			return it.table.parted
		}
		if slot += max(it.slots, len(it.lines)); !it.keepNext {
			break
		}
	}
	return false
}

// need is how many slots the first item must find on the page, with what it has
// to stay with. It is never more than a page has.
func (p *pager) need(items []item) int {
	it := &items[0]
	n := len(it.lines)
	switch {
	case it.table != nil:
		n = it.table.need()
	case it.slots > 0:
		n = it.slots
	case n > it.keepTail:
		n = max(1, min(2, n-it.keepTail))
	}
	if it.keepNext && len(items) > 1 {
		n += p.need(items[1:])
	}
	return min(n, linesPerPage)
}

func (p *pager) newPage() {
	p.doc.addPage()
	p.slot = 0
	p.drawDraftMark()
	p.drawPageNumber(len(p.doc.pages))
}

// placeLines puts a paragraph on the grid, over as many pages as it takes.
func (p *pager) placeLines(it *item) {
	if it.bookmark != "" {
		p.mark(it.bookmark, it.level)
	}
	for lines := it.lines; len(lines) > 0; {
		n := len(lines)
		if room := linesPerPage - p.slot; n > room {
			n = min(room, n-min(it.keepTail, n-1))
			if p.slot > 0 && n < 1 {
				n = 0
			}
		}
		for _, l := range lines[:n] {
			top := areaTop + float64(p.slot)*pitch
			p.drawLine(l, it.measure, top+(pitch-it.measure.size)/2)
			p.slot++
		}
		if lines = lines[n:]; len(lines) > 0 {
			p.newPage()
		}
	}
}

// drawLine draws a line of text whose em square's top is at y.
func (p *pager) drawLine(l line, m measure, y float64) {
	if l.label != nil {
		p.doc.text(l.label.chars, areaLeft+l.label.x+m.tracking/2, y+ascent*m.size, setting{size: m.size, tracking: m.tracking})
	}
	if len(l.chars) == 0 {
		return
	}
	// The tracking that the last character gives up is shared by both ends.
	x := areaLeft + l.x + m.tracking/2
	p.doc.text(l.chars, x, y+ascent*m.size, setting{size: m.size, tracking: m.tracking, gap: l.gap, every: l.every})
}

// drawTitle draws lines that share slots, in the middle of them.
func (p *pager) drawTitle(it *item) {
	top := areaTop + float64(p.slot)*pitch
	for i, l := range it.lines {
		p.drawLine(l, it.measure, top+float64(i)*it.leading+(it.leading-it.measure.size)/2)
	}
	p.slot += it.slots
}

// mark adds a bookmark for the next slot.
func (p *pager) mark(title string, level int) {
	y := areaTop + float64(p.slot)*pitch
	p.doc.outline = append(p.doc.outline, bookmark{title, level, len(p.doc.pages) - 1, y})
}

// drawPageNumber draws — 1 —: the dashes, a character long each (一字线), with their
// upper edge 7 mm below the type area, one character in from its outer side.
func (p *pager) drawPageNumber(n int) {
	chars := p.shaper.shape(report.Cell{}, span{roleSong, "— " + strconv.Itoa(n) + " —"})
	for i := range chars {
		if chars[i].char == '—' {
			chars[i] = chars[i].fullDash()
		}
	}
	s := setting{size: sizePageNumber}
	x := areaLeft + s.size
	if n%2 == 1 {
		x = areaRight - s.size - s.width(chars)
	}
	edge := float64(chars[0].face.Ink(chars[0].glyph)[3]) // above the baseline
	p.doc.text(chars, x, areaBottom+7*mm+edge*s.size/1000, s)
}

// fullDash is a dash that fills its em: some faces have a shorter one, made for Latin
// text, but a line for tables that is as long as it should be.
func (c char) fullDash() char {
	fills := func(g uint16) bool {
		ink := c.face.Ink(g)
		return c.face.Width(g) == 1000 && ink[2]-ink[0] >= 950
	}
	if g := c.face.Glyph('─'); !fills(c.glyph) && g != 0 && fills(g) {
		c.glyph, c.width = g, 1000
	}
	return c
}

// drawDraftMark draws the mark of a draft along the page's rising diagonal. It
// comes first on a page, so that everything else stands upon it.
func (p *pager) drawDraftMark() {
	if p.draft == nil {
		return
	}
	s := setting{size: 64}
	width := s.width(p.draft)
	angle := math.Atan2(pageHeight, pageWidth)
	sin, cos := math.Sincos(angle)
	// From the page's middle back by half the text, and down by half its height.
	x := pageWidth/2 - width/2*cos + 0.36*s.size*sin
	y := pageHeight/2 - width/2*sin - 0.36*s.size*cos
	d := p.doc
	d.ops("/Artifact BMC q 0.88 g", cos, sin, -sin, cos, x, y, "cm")
	d.text(p.draft, 0, pageHeight, s)
	d.ops("Q EMC")
	d.tracking, d.inFace = 0, -1
}

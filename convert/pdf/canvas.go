package pdf

import (
	"cmp"
	"math"
	"strconv"

	"nianbao/convert/document"
	"nianbao/convert/pdf/font"
)

// The page of GB/T 9704—2012, in points from its top left corner.
const (
	mm         = 72 / 25.4
	pageWidth  = 595.28 // A4
	pageHeight = 841.89
	areaTop    = 37 * mm
	areaLeft   = 28 * mm
	areaWidth  = 156 * mm
	areaHeight = 225 * mm
	areaRight  = areaLeft + areaWidth
	areaBottom = areaTop + areaHeight

	linesPerPage = document.LinesPerPage
	charsPerLine = document.CharsPerLine
	pitch        = areaHeight / linesPerPage

	sizeTitle      = document.SizeTitle
	sizeBody       = document.SizeBody
	sizePageNumber = document.SizePageNumber
	sizeTable      = document.SizeTable
	sizeTableSmall = document.SizeTableSmall

	// 28 characters of 16 pt are wider than the type area: each gives up a little.
	bodyTracking = areaWidth/charsPerLine - sizeBody

	ascent = 0.88 // of the em square of a Chinese face, above the baseline
)

// canvas is the PDF in the making: the content of its pages and the glyphs
// that they use.
type canvas struct {
	pages    [][]byte
	outline  []bookmark
	images   []pageImage    // Im0, Im1, …
	subsets  []*font.Subset // F0, F1, … in the order of their first use
	letter   string         // that the names of the fonts begin with; "" is F
	byFace   map[*font.Face]int
	tracking float64 // what the current page's state has
	inFace   int
	inSize   float64
}

// fontName is what pages call the font of a subset.
func (d *canvas) fontName(i int) string { return cmp.Or(d.letter, "F") + strconv.Itoa(i) }

// addPage starts a page.
func (d *canvas) addPage() {
	d.pages = append(d.pages, make([]byte, 0, 8<<10))
	d.tracking, d.inFace = 0, -1
}

// ops appends operators and their operands to the current page.
func (d *canvas) ops(parts ...any) {
	page := &d.pages[len(d.pages)-1]
	for i, p := range parts {
		if i > 0 {
			*page = append(*page, ' ')
		}
		switch p := p.(type) {
		case string:
			*page = append(*page, p...)
		case float64:
			*page = appendNumber(*page, p)
		}
	}
	*page = append(*page, '\n')
}

// appendNumber writes a number with at most three decimals.
func appendNumber(b []byte, v float64) []byte {
	return strconv.AppendFloat(b, math.Round(v*1000)/1000, 'f', -1, 64)
}

// font is the number of the face's subset in this document.
func (d *canvas) font(f *font.Face) int {
	i, ok := d.byFace[f]
	if !ok {
		if d.byFace == nil {
			d.byFace = map[*font.Face]int{}
		}
		i = len(d.subsets)
		d.subsets = append(d.subsets, font.NewSubset(f))
		d.byFace[f] = i
	}
	return i
}

// setting is how chars are set.
type setting struct {
	size, tracking, gap float64
	every               bool    // gap is added within words and numbers, too
	scale               float64 // horizontally; 0 is 1
}

// text sets chars in a line from x on, on a baseline that is y from the top.
func (d *canvas) text(chars []char, x, y float64, s setting) {
	if s.scale != 0 {
		d.ops(s.scale*100, "Tz")
		defer d.ops("100 Tz")
	}
	for len(chars) > 0 {
		n := 1
		for n < len(chars) && chars[n].face == chars[0].face {
			n++
		}
		d.run(chars[:n], x, y, s)
		for i := range n {
			x += s.advance(chars, i)
		}
		chars = chars[n:]
	}
}

// advance is how far the next char is from chars[i].
func (s setting) advance(chars []char, i int) float64 {
	w := float64(chars[i].width)*s.size/1000 + s.tracking
	if i+1 < len(chars) && (s.every || stretches(&chars[i], &chars[i+1])) {
		w += s.gap
	}
	if s.scale != 0 {
		w *= s.scale
	}
	return w
}

// width is how wide chars are.
func (s setting) width(chars []char) float64 {
	w := 0.0
	for i := range chars {
		w += s.advance(chars, i)
	}
	return w
}

// run sets chars of one face.
func (d *canvas) run(chars []char, x, y float64, s setting) {
	d.ops("BT")
	n := d.font(chars[0].face)
	if n != d.inFace || s.size != d.inSize {
		d.ops("/"+d.fontName(n), s.size, "Tf")
		d.inFace, d.inSize = n, s.size
	}
	if t := s.tracking + s.gap; t != d.tracking {
		d.ops(t, "Tc")
		d.tracking = t
	}
	d.ops(x, pageHeight-y, "Td")
	page := &d.pages[len(d.pages)-1]
	*page = append(*page, "[<"...)
	for i := range chars {
		c := &chars[i]
		id := d.subsets[n].Add(c.char, c.glyph, c.variant)
		*page = appendHex16(*page, id)
		if s.gap != 0 && !s.every && i+1 < len(chars) && !stretches(c, &chars[i+1]) {
			*page = append(*page, '>')
			*page = appendNumber(*page, s.gap*1000/s.size)
			*page = append(*page, '<')
		}
	}
	*page = append(*page, ">]TJ\n"...)
	d.ops("ET")
}

func appendHex16(b []byte, v uint16) []byte {
	const digits = "0123456789abcdef"
	return append(b, digits[v>>12], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}

// rule draws a straight line of the given weight.
func (d *canvas) rule(x1, y1, x2, y2, weight float64) {
	d.ops(weight, "w", x1, pageHeight-y1, "m", x2, pageHeight-y2, "l S")
}

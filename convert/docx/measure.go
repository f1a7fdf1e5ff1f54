package docx

import (
	"math"
	"strconv"

	"nianbao/convert/document"
)

// The page of GB/T 9704—2012. Lengths are in twips, twentieths of a point, as Word has
// them, but for sizes of type, which are in points.
const (
	pageWidth    = 11906 // A4
	pageHeight   = 16838
	marginTop    = 2098 // 37 mm
	marginBottom = 1984 // 35 mm
	marginLeft   = 1587 // 28 mm
	marginRight  = 1474 // 26 mm
	areaWidth    = pageWidth - marginLeft - marginRight
	areaHeight   = pageHeight - marginTop - marginBottom
	marginHeader = 1020 // 18 mm
	marginFooter = 1406 // the page number's dashes then lie 7 mm below the type area

	linesPerPage = document.LinesPerPage
	charsPerLine = document.CharsPerLine
	pitch        = areaHeight / linesPerPage

	sizeTitle      = document.SizeTitle
	sizeBody       = document.SizeBody
	sizePageNumber = document.SizePageNumber
	sizeTable      = document.SizeTable
	sizeTableSmall = document.SizeTableSmall
)

// character is how far one character of the text is from the next: it is a little
// narrower than its type, so that 28 fit a line.
const character = float64(areaWidth) / charsPerLine

// tracking is added to the width of each character of the text, in twips: rounded down,
// so that none of 28 is pushed off a line.
const tracking = areaWidth/charsPerLine - 20*sizeBody

// twips is a length in points as Word writes it.
func twips(points float64) int { return int(math.Round(points * 20)) }

// halves is a size of type in half points.
func halves(points float64) string { return strconv.Itoa(int(math.Round(points * 2))) }

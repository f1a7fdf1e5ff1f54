package pdf

import (
	"bytes"
	"unicode/utf16"

	"github.com/jung-kurt/gofpdf"
)

// contain puts the pages into a PDF file by gofpdf. It is all that gofpdf does
// here, and the only place that knows it: its own fonts are parsed whole for every
// document, take no rune above U+FFFF and copy as other characters than they show,
// and its outlines count wrong, so that fonts and outline are left to finish.
func contain(d *canvas) ([]byte, error) {
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.SetCompression(false) // finish does it, with writers that it reuses
	pdf.SetAutoPageBreak(false, 0)
	pdf.SetPageBox("trim", 0, 0, pageWidth, pageHeight)
	for _, content := range d.pages {
		pdf.AddPage()
		pdf.RawWriteBuf(bytes.NewReader(content))
	}
	var file bytes.Buffer
	if err := pdf.Output(&file); err != nil {
		return nil, err
	}
	return file.Bytes(), nil
}

// utf16BE is a text as PDF writes it, with a byte order mark.
func utf16BE(s string) []byte {
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return b
}

package report

import (
	"bytes"
	"image"
	_ "image/jpeg" // the types that can be printed
	_ "image/png"
)

// Picture is a picture of a submission: one that lies on a sheet or stands in a cell.
// Pictures are printed; JSON and the normalized workbook have none.
type Picture struct {
	Bytes         []byte  // of the file; nil for one that could not be read, is damaged or enormous
	Type          string  // by its contents: png, jpeg; by its name else: emf, gif; "" when nobody knows
	Cell          Cell    // where its top left corner lies, or the cell that it stands in
	Width, Height float64 // as it is shown, in points; 0 when the submission does not say
	Section       string  // the key of the text section that it lies in, or Preamble; "" for one that lies in none
	After         int     // how many of that section's paragraphs stand above it
}

// Preamble is the Section of a picture that lies in the preamble.
const Preamble = "preamble"

// mostPixels of a picture that is kept: 6,000 by 4,000.
const mostPixels = 24_000_000

// Printable reports whether the picture can be printed: it lies in a text and is a PNG
// or a JPEG.
func (p *Picture) Printable() bool {
	return p.Section != "" && p.Bytes != nil && (p.Type == "png" || p.Type == "jpeg")
}

// Verify drops the bytes of a PNG or JPEG that is damaged or enormous.
func (p *Picture) Verify() {
	if p.Type != "png" && p.Type != "jpeg" {
		return
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(p.Bytes))
	if err == nil && kind == p.Type && c.Width > 0 && c.Height > 0 && c.Width <= mostPixels/c.Height {
		if _, _, err = image.Decode(bytes.NewReader(p.Bytes)); err == nil {
			return
		}
	}
	p.Bytes = nil
}

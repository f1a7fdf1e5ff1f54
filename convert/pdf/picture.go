package pdf

import (
	"fmt"
	"image"
	"image/color"
	"strconv"

	"nianbao/convert/document"
)

// placedPicture is a picture with the size that it is printed in, in points.
type placedPicture struct {
	image         int // Im…
	width, height float64
}

// pageImage is a picture as the file has it.
type pageImage struct {
	dict string // of its stream, without /Length
	data []byte
	raw  bool // not compressed yet
}

// picture sets a picture, as large as it is shown in the submission but no larger than
// the type area.
func (s *shaper) picture(p *document.Picture) item {
	shrink := min(1, areaWidth/p.Width, areaHeight/p.Height)
	width, height := p.Width*shrink, p.Height*shrink
	s.images = append(s.images, imageOf(p))
	return item{picture: &placedPicture{len(s.images) - 1, width, height}, slots: slots(height)}
}

// imageOf is a picture as a PDF has it: a JPEG as it is, if a reader of PDF takes it for
// the same colours, all else unpacked to red, green and blue on white paper.
func imageOf(p *document.Picture) pageImage {
	b := p.Image.Bounds()
	dict := func(space, filter string) string {
		return fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /%s /BitsPerComponent 8%s", b.Dx(), b.Dy(), space, filter)
	}
	if p.Type == "jpeg" {
		switch p.Image.(type) {
		case *image.Gray:
			return pageImage{dict: dict("DeviceGray", " /Filter /DCTDecode"), data: p.Bytes}
		case *image.YCbCr:
			return pageImage{dict: dict("DeviceRGB", " /Filter /DCTDecode"), data: p.Bytes}
		}
	}
	data := make([]byte, 0, 3*b.Dx()*b.Dy())
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			c := color.NRGBAModel.Convert(p.Image.At(x, y)).(color.NRGBA)
			a := int(c.A)
			for _, v := range []uint8{c.R, c.G, c.B} {
				data = append(data, uint8((int(v)*a+255*(255-a))/255))
			}
		}
	}
	return pageImage{dict: dict("DeviceRGB", ""), data: data, raw: true}
}

// drawPicture draws a picture in the middle of its slots and of the measure.
func (p *pager) drawPicture(it *item) {
	pic := it.picture
	top := areaTop + float64(p.slot)*pitch + (float64(it.slots)*pitch-pic.height)/2
	left := areaLeft + (areaWidth-pic.width)/2
	p.doc.ops("q", pic.width, "0 0", pic.height, left, pageHeight-top-pic.height, "cm /Im"+strconv.Itoa(pic.image)+" Do Q")
	p.slot += it.slots
}

// addImage adds a picture and gives its object's number.
func (f *pdfFile) addImage(p pageImage) (int, error) {
	if p.raw {
		return f.addCompressed(p.dict, p.data)
	}
	return f.addStream(p.dict, p.data), nil
}

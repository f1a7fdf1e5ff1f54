package docx

import (
	"fmt"
	"math"

	"nianbao/convert/document"
)

// picture writes a picture in a line of its own, as large as it is shown in the
// submission but no larger than the type area.
func (b *body) picture(p *document.Picture, keep bool) {
	const (
		width  = float64(areaWidth) / 20
		height = float64(areaHeight-pitch) / 20 // the line is a little higher than the picture
		emu    = 12700                          // English Metric Units of a point
	)
	shrink := min(1, width/p.Width, height/p.Height)
	cx, cy := max(1, int(math.Floor(p.Width*shrink*emu))), max(1, int(math.Floor(p.Height*shrink*emu)))
	b.pictures = append(b.pictures, p)
	n := len(b.pictures)
	more := ""
	if keep {
		more = `<w:keepNext/>`
	}
	b.open(stylePicture, more)
	about := escaped(p.Description)
	fmt.Fprintf(b, `<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="%[1]d" cy="%[2]d"/><wp:effectExtent l="0" t="0" r="0" b="0"/>`+
		`<wp:docPr id="%[3]d" name="图片 %[3]d" descr="%[4]s"/><wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>`+
		`<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>`+
		`<pic:nvPicPr><pic:cNvPr id="%[3]d" name="图片 %[3]d" descr="%[4]s"/><pic:cNvPicPr/></pic:nvPicPr>`+
		`<pic:blipFill><a:blip r:embed="%[5]s"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>`+
		`<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="%[1]d" cy="%[2]d"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>`+
		`</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`, cx, cy, n, about, pictureID(n))
	b.close()
}

// pictureID is the id of the relation to the n-th picture, from 1.
func pictureID(n int) string { return fmt.Sprintf("picture%d", n) }

// pictureFile is the name of the n-th picture's part in the folder word.
func pictureFile(n int, p *document.Picture) string {
	return fmt.Sprintf("media/image%d.%s", n, p.Type)
}

package document

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/png"
	"slices"

	"nianbao/convert/report"
)

// printable is a picture as it is printed; nil for one that cannot be.
func printable(p *report.Picture) *Picture {
	if !p.Printable() {
		return nil
	}
	decoded, _, err := image.Decode(bytes.NewReader(p.Bytes)) // whole, so that a file cut short is found
	if err != nil {
		return nil
	}
	made := &Picture{Bytes: bare(p.Bytes, p.Type), Type: p.Type, Image: decoded, Width: p.Width, Height: p.Height}
	if made.Bytes == nil { // as no program writes it
		var b bytes.Buffer
		if png.Encode(&b, decoded) != nil {
			return nil
		}
		made.Bytes, made.Type = b.Bytes(), "png"
	}
	if made.Width <= 0 || made.Height <= 0 {
		const pixel = 72.0 / 96
		size := decoded.Bounds().Size()
		made.Width, made.Height = float64(size.X)*pixel, float64(size.Y)*pixel
	}
	return made
}

// bare is a picture's file without what it says of itself beyond the picture: who took
// it, where, when and with what, comments, a small picture of what it was before it was
// cut. It is nil for a file that is not made as it should be.
func bare(src []byte, kind string) []byte {
	if kind == "jpeg" {
		return bareJPEG(src)
	}
	return barePNG(src)
}

// The marks of a JPEG (ITU T.81, B.1) that matter here.
const (
	startOfImage = 0xD8
	endOfImage   = 0xD9
	startOfScan  = 0xDA
	application  = 0xE0 // to 0xEF: APP0 is JFIF
	appProfile   = 0xE2 // colours
	appAdobe     = 0xEE // colours
	comment      = 0xFE
)

func bareJPEG(src []byte) []byte {
	if len(src) < 2 || src[0] != 0xFF || src[1] != startOfImage {
		return nil
	}
	out := append(make([]byte, 0, len(src)), src[:2]...)
	for at := 2; at+1 < len(src); {
		if src[at] != 0xFF {
			return nil
		}
		mark := src[at+1]
		if mark == 0xFF { // fills
			at++
			continue
		}
		if mark == endOfImage {
			return append(out, src[at:at+2]...)
		}
		if at+4 > len(src) {
			return nil
		}
		end := at + 2 + int(binary.BigEndian.Uint16(src[at+2:]))
		if mark == startOfScan { // what is scanned follows, in which FF stands with 00 or a restart behind it
			for end+1 < len(src) && (src[end] != 0xFF || src[end+1] == 0 || src[end+1] >= 0xD0 && src[end+1] <= 0xD7) {
				end++
			}
		}
		if end > len(src) {
			return nil
		}
		if says := mark > application && mark <= application+15 && mark != appProfile && mark != appAdobe || mark == comment; !says {
			out = append(out, src[at:end]...)
		}
		at = end
	}
	return nil
}

// pngChunks are the chunks of a PNG (ISO/IEC 15948) that make the picture.
var pngChunks = []string{"IHDR", "PLTE", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "sBIT", "pHYs", "IDAT", "IEND"}

func barePNG(src []byte) []byte {
	const signature = 8
	if len(src) < signature {
		return nil
	}
	out := append(make([]byte, 0, len(src)), src[:signature]...)
	for at := signature; at+12 <= len(src); {
		length := int(binary.BigEndian.Uint32(src[at:]))
		if length > len(src)-at-12 {
			return nil
		}
		name, end := string(src[at+4:at+8]), at+12+length
		if slices.Contains(pngChunks, name) {
			out = append(out, src[at:end]...)
		}
		if name == "IEND" {
			return out
		}
		at = end
	}
	return nil
}

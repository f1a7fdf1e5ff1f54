package document

import (
	"bytes"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"nianbao/convert/report"
)

// encoded is a picture of a diagonal.
func encoded(t *testing.T, kind string) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 90, 60))
	for i := range 60 {
		img.Set(i, i, color.RGBA{200, 30, 30, 255})
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if kind == "jpeg" {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// segment is a segment of a JPEG.
func segment(mark byte, content string) []byte {
	return append([]byte{0xFF, mark, byte((len(content) + 2) >> 8), byte(len(content) + 2)}, content...)
}

// chunk is a chunk of a PNG.
func chunk(name, content string) []byte {
	b := []byte{byte(len(content) >> 24), byte(len(content) >> 16), byte(len(content) >> 8), byte(len(content))}
	b = append(append(b, name...), content...)
	sum := crc32.ChecksumIEEE(b[4:])
	return append(b, byte(sum>>24), byte(sum>>16), byte(sum>>8), byte(sum))
}

// A picture is printed without what its file says of who took it, where and with what;
// what says how its colours are meant stays.
func TestPicturesSayNothingOfWhoTookThem(t *testing.T) {
	const secret = "Li Si, N 31.1 E 106.5, PHONE-9"
	plainJPEG, plainPNG := encoded(t, "jpeg"), encoded(t, "png")
	insert := func(src []byte, at int, more ...[]byte) []byte {
		return bytes.Join([][]byte{src[:at], bytes.Join(more, nil), src[at:]}, nil)
	}
	const header = 8 + 25 // of a PNG: its signature and IHDR
	profile, colours := segment(0xE2, "ICC_PROFILE\x00\x01\x01"), chunk("gAMA", "\x00\x00\xb1\x8f")
	for _, c := range []struct {
		kind      string
		src, want []byte
	}{
		{"jpeg", plainJPEG, plainJPEG},
		{"png", plainPNG, plainPNG},
		{"jpeg", insert(plainJPEG, 2, segment(0xE1, "Exif\x00\x00"+secret), profile, segment(0xED, secret), segment(0xFE, secret)), insert(plainJPEG, 2, profile)},
		{"jpeg", append(bytes.Clone(plainJPEG), secret...), plainJPEG},
		{"png", insert(plainPNG, header, chunk("tEXt", "Author\x00"+secret), colours, chunk("eXIf", secret), chunk("iTXt", secret)), insert(plainPNG, header, colours)},
		{"png", append(bytes.Clone(plainPNG), secret...), plainPNG},
	} {
		made := printable(&report.Picture{Bytes: c.src, Type: c.kind, Section: "overview"})
		if made == nil || !bytes.Equal(made.Bytes, c.want) {
			t.Errorf("%s of %d bytes: %v", c.kind, len(c.src), made)
			continue
		}
		before, _, _ := image.Decode(bytes.NewReader(c.src))
		after, _, err := image.Decode(bytes.NewReader(made.Bytes))
		if err != nil || before.At(30, 30) != after.At(30, 30) || made.Type != c.kind {
			t.Errorf("%s: %v, %s", c.kind, err, made.Type)
		}
	}
	// What the decoder makes something of although it is not made as it should be is
	// written anew.
	if made := printable(&report.Picture{Bytes: plainJPEG[:len(plainJPEG)-2], Type: "jpeg", Section: "overview"}); made != nil && made.Type != "png" {
		t.Errorf("a JPEG without an end is kept: %s", made.Type)
	}
}

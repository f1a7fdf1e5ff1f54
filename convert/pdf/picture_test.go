package pdf

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert/report"
)

func encoded(t testing.TB, kind string, width, height int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		img.Set(x, height/2, color.NRGBA{200, 0, 0, 128})
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

// A picture stands in the middle of the type area between the paragraphs that it lies
// between, no wider than the area: 28 to 184 mm.
func TestPicturesStandWhereTheyLie(t *testing.T) {
	r := blank(t, "2021")
	r.Title, r.Organization, r.Year = "某县2024年政府信息公开工作年度报告", "某县", 2024
	r.Sections[0].Paragraphs = texts("图前一段文字。", "图后一段文字。")
	const points = 72 / 25.4
	r.Pictures = []report.Picture{
		{Bytes: encoded(t, "png", 100, 50), Type: "png", Width: 100 * points, Height: 50 * points, Section: "overview", After: 1},
		{Bytes: encoded(t, "jpeg", 4000, 100), Type: "jpeg", Section: "overview", After: 2},
		{Bytes: encoded(t, "png", 10, 10), Type: "png"}, // in no section: a near miss
		{Bytes: []byte("GIF89a"), Type: "gif", Section: "overview", After: 2},
	}
	file := written(t, r, Options{})
	pages := readBack(t, file)
	if n := bytes.Count(file, []byte("/Subtype /Image")); n != 2 {
		t.Fatalf("%d pictures in the file", n)
	}
	if !bytes.Contains(file, []byte("/Filter /DCTDecode")) || bytes.Contains(file, []byte("/SMask")) {
		t.Error("a JPEG is not kept as it is, or a picture is see-through")
	}
	before, after := pages[0].find(t, "图前"), pages[0].find(t, "图后")
	placed := regexp.MustCompile(`q ([\d.]+) 0 0 ([\d.]+) ([\d.]+) ([\d.]+) cm /Im(\d) Do Q`).FindAllStringSubmatch(pages[0].raw, -1)
	if len(placed) != 2 {
		t.Fatalf("placed are %v", placed)
	}
	num := func(m []string, i int) float64 {
		v, err := strconv.ParseFloat(m[i], 64)
		if err != nil {
			t.Fatal(err)
		}
		return v / points
	}
	first, second := placed[0], placed[1]
	if w, h, x := num(first, 1), num(first, 2), num(first, 3); !near(w, 100) || !near(h, 50) || !near(x, 28+28) {
		t.Errorf("the first is %.2f by %.2f mm at %.2f", w, h, x)
	}
	bottom := 297.0 - num(first, 4)
	if top := bottom - 50; top < before.y || bottom > after.y-4 {
		t.Errorf("it stands from %.2f to %.2f mm, the texts at %.2f and %.2f", top, bottom, before.y, after.y)
	}
	if w, h, x := num(second, 1), num(second, 2), num(second, 3); !near(w, 156) || !near(h, 3.9) || !near(x, 28) {
		t.Errorf("the second is %.2f by %.2f mm at %.2f", w, h, x)
	}
	if gap := after.y - before.y; !near(gap, 6*stdPitch) { // 50 mm take five lines
		t.Errorf("the texts are %.2f mm apart", gap)
	}
}

func TestTallPictureTakesAPage(t *testing.T) {
	r := blank(t, "2021")
	r.Organization, r.Year = "某县", 2024
	r.Sections[0].Paragraphs = texts("图前一段文字。")
	r.Pictures = []report.Picture{{Bytes: encoded(t, "png", 100, 4000), Type: "png", Section: "overview", After: 1}}
	pages := pagesOf(t, r, Options{})
	if strings.Contains(pages[0].raw, "/Im0 Do") || !strings.Contains(pages[1].raw, "637.795") {
		t.Error("a picture higher than the type area is not shrunk onto a page of its own")
	}
}

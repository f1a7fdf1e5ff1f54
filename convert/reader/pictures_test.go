package reader

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// pictureOf is a small picture, encoded.
func pictureOf(t testing.TB, kind string) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for x := range 40 {
		img.Set(x, 10, color.RGBA{200, 0, 0, 255})
	}
	var b bytes.Buffer
	var err error
	switch kind {
	case "png":
		err = png.Encode(&b, img)
	case "jpeg":
		err = jpeg.Encode(&b, img, nil)
	default:
		err = gif.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Pictures in the text sections know where among the paragraphs they lie; one in a table
// lies in no section, one of another type or damaged is kept but cannot be printed.
func TestPictures(t *testing.T) {
	const file = "../../testdata/forms/sheet-a-section.xlsx"
	plain := readFile(t, file)
	overview := plain.Section("overview")
	table := plain.Table("applications").Cell
	add := func(f *excelize.File, cell report.Cell, ext string, src []byte) {
		if err := f.AddPictureFromBytes(cell.Sheet, cell.Name(), &excelize.Picture{Extension: ext, File: src, Format: &excelize.GraphicOptions{}}); err != nil {
			t.Fatal(err)
		}
	}
	last := overview.Paragraphs[len(overview.Paragraphs)-1].Cell
	below := last
	below.Row += 2
	inside := table
	inside.Row += 5
	r := edit(t, file, func(f *excelize.File) {
		add(f, overview.Paragraphs[0].Cell, ".png", pictureOf(t, "png"))
		add(f, below, ".jpg", pictureOf(t, "jpeg"))
		add(f, inside, ".png", pictureOf(t, "png"))
		below.Row++
		add(f, below, ".gif", pictureOf(t, "gif"))
		below.Row++
		cut := pictureOf(t, "png")
		add(f, below, ".png", cut[:len(cut)-20])
	})
	type brief struct {
		kind, section string
		after         int
		printable     bool
	}
	var got []brief
	for _, p := range r.Pictures {
		got = append(got, brief{p.Type, p.Section, p.After, p.Printable()})
		if p.Type != "gif" && p.Bytes != nil && (p.Width < 25 || p.Width > 35) { // 40 pixels
			t.Errorf("%v is %.1f pt wide", p.Cell, p.Width)
		}
	}
	n := len(overview.Paragraphs)
	want := []brief{{"png", "overview", countIn(overview, overview.Paragraphs[0].Cell), true}, {"jpeg", "overview", n, true}, {"gif", "overview", n, false}, {"png", "overview", n, false}, {"png", "", 0, false}}
	if len(got) != len(want) {
		t.Fatalf("pictures are %v", got)
	}
	for i := range got {
		if got[i] != want[i] {
			t.Errorf("picture %d is %v, want %v", i, got[i], want[i])
		}
	}
}

// countIn counts a section's paragraphs that stand in a cell.
func countIn(s *report.Section, c report.Cell) int {
	n := 0
	for _, p := range s.Paragraphs {
		if p.Cell == c {
			n++
		}
	}
	return n
}

// WPS keeps a picture in a cell as a formula with the picture's id. It is no text.
func TestPictureInACell(t *testing.T) {
	src, err := os.ReadFile("../../testdata/forms/sheet-a-section.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	plain := readFile(t, "../../testdata/forms/sheet-a-section.xlsx")
	overview := plain.Section("overview")
	below := overview.Paragraphs[len(overview.Paragraphs)-1].Cell
	below.Row++
	for _, id := range []string{"ID_1", "ID_2"} { // the second is not there
		f, err := excelize.OpenReader(bytes.NewReader(src))
		if err != nil {
			t.Fatal(err)
		}
		if err := f.SetCellStr(below.Sheet, below.Name(), `=DISPIMG("`+id+`",1)`); err != nil {
			t.Fatal(err)
		}
		f.Pkg.Store("xl/cellimages.xml", []byte(`<etc:cellImages xmlns:etc="e" xmlns:xdr="x" xmlns:a="a" xmlns:r="r"><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="1" name="ID_1"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill><xdr:spPr><a:xfrm><a:ext cx="1270000" cy="635000"/></a:xfrm></xdr:spPr></xdr:pic></etc:cellImage></etc:cellImages>`))
		f.Pkg.Store("xl/_rels/cellimages.xml.rels", []byte(`<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" Target="media/image1.png"/></Relationships>`))
		f.Pkg.Store("xl/media/image1.png", pictureOf(t, "png"))
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		r, err := readOne(context.Background(), b.Bytes(), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Pictures) != 1 || r.Pictures[0].Cell != below || r.Pictures[0].Section != "overview" || r.Pictures[0].Printable() != (id == "ID_1") {
			t.Fatalf("%s: pictures are %+v", id, r.Pictures)
		}
		if id == "ID_1" && (r.Pictures[0].Width != 100 || r.Pictures[0].Height != 50) {
			t.Errorf("it is %v by %v pt", r.Pictures[0].Width, r.Pictures[0].Height)
		}
		for _, p := range r.Section("overview").Paragraphs {
			if strings.Contains(p.Text, "DISPIMG") {
				t.Errorf("it is read as %s", p.Text)
			}
		}
	}
}

// Unpacking pictures ends with the context, however many there are.
func TestPicturesStopWithTheContext(t *testing.T) {
	cut := pictureOf(t, "png")
	cut = cut[:len(cut)-20]
	sheet := func() []*workbook.Sheet {
		return []*workbook.Sheet{{Pictures: []workbook.Picture{{Type: "png", Bytes: pictureOf(t, "png")}, {Type: "png", Bytes: cut}}}}
	}
	ctx, cancel := context.WithCancel(t.Context())
	whole := sheet()
	if err := verifyPictures(ctx, whole); err != nil || whole[0].Pictures[0].Bytes == nil || whole[0].Pictures[1].Bytes != nil {
		t.Errorf("%v, %+v", err, whole[0].Pictures)
	}
	cancel()
	if err := verifyPictures(ctx, sheet()); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

package workbook

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// packageOf makes a package of one sheet; parts replace its own.
func packageOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	all := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="x/styles" Target="styles.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`,
	}
	maps.Copy(all, parts)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, all[name])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheetsOf reads the sheets of a package.
func sheetsOf(t testing.TB, src []byte) []*Sheet {
	t.Helper()
	b, err := Open(t.Context(), src, Limits{}.WithDefaults())
	if err == nil {
		err = b.ReadSheets(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Sheets
}

// Of several relations of a kind that there may be one of, the first counts each time.
func TestRelationsInOrder(t *testing.T) {
	parts := map[string]string{
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData><drawing r:id="d1"/></worksheet>`,
	}
	books := `<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`
	var drawings string
	for i := range 5 {
		books += fmt.Sprintf(`<Relationship Id="s%d" Type="x/sharedStrings" Target="strings%d.xml"/>`, i, i)
		drawings += fmt.Sprintf(`<Relationship Id="d%d" Type="x/drawing" Target="../drawings/%d.xml"/>`, i, i)
		parts[fmt.Sprintf("xl/strings%d.xml", i)] = fmt.Sprintf("<sst><si><t>%d</t></si></sst>", i)
		parts[fmt.Sprintf("xl/drawings/%d.xml", i)] = fmt.Sprintf("<wsDr><absoluteAnchor><sp><t>%d</t></sp></absoluteAnchor></wsDr>", i)
	}
	parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + books + "</Relationships>"
	parts["xl/worksheets/_rels/sheet1.xml.rels"] = "<Relationships>" + drawings + "</Relationships>"
	src := packageOf(t, parts)
	for range 20 {
		g := sheetsOf(t, src)[0]
		boxes := ""
		for _, x := range g.Boxes {
			boxes += x.Text
		}
		if g.Cells[0].Text != "0" || boxes != "01234" {
			t.Fatalf("the text is %q, the boxes are %q", g.Cells[0].Text, boxes)
		}
	}
}

// A group has several pictures, and one that is linked is there, too.
func TestPicturesOfADrawing(t *testing.T) {
	pic := func(link, size string) string {
		return `<pic><blipFill><blip ` + link + `/></blipFill><spPr><xfrm><ext cx="` + size + `" cy="12700"/></xfrm></spPr></pic>`
	}
	at := func(row string, inner string) string {
		return "<twoCellAnchor><from><col>1</col><row>" + row + "</row></from>" + inner + "</twoCellAnchor>"
	}
	drawing := at("0", `<sp><xfrm><ext cx="99" cy="99"/></xfrm><t>框</t></sp>`) +
		at("1", `<grpSp><grpSpPr><ext cx="50000" cy="50000"/></grpSpPr>`+pic(`embed="p1"`, "12700")+pic(`embed="p2"`, "25400")+`</grpSp>`) +
		at("2", `<pic><blip embed="p1"/></pic>`) + at("3", pic(`link="p1"`, "12700"))
	g := sheetsOf(t, packageOf(t, map[string]string{
		"xl/worksheets/_rels/sheet1.xml.rels": `<Relationships><Relationship Id="d1" Type="x/drawing" Target="../drawings/1.xml"/></Relationships>`,
		"xl/drawings/1.xml":                   "<wsDr>" + drawing + "</wsDr>",
		"xl/drawings/_rels/1.xml.rels":        `<Relationships><Relationship Id="p1" Type="x/image" Target="a.png"/><Relationship Id="p2" Type="x/image" Target="b.jpg"/></Relationships>`,
		"xl/drawings/a.png":                   "a", "xl/drawings/b.jpg": "b",
	}))[0]
	var got []string
	for _, p := range g.Pictures {
		got = append(got, fmt.Sprintf("%d %s %q %v", p.Row, p.Type, p.Bytes, p.Width))
	}
	if want := `2 png "a" 1, 2 jpeg "b" 2, 3 png "a" 0, 4  "" 1`; strings.Join(got, ", ") != want || len(g.Boxes) != 1 {
		t.Errorf("%s; want %s", strings.Join(got, ", "), want)
	}
}

func TestDocumentInUTF16(t *testing.T) {
	var document bytes.Buffer
	for _, u := range utf16.Encode([]rune("\uFEFF" + `<?xml version="1.0" encoding="UTF-16"?><w:document><w:body><w:p><w:r><w:t>某县教育局</w:t></w:r></w:p></w:body></w:document>`)) {
		document.Write([]byte{byte(u), byte(u >> 8)})
	}
	g := sheetsOf(t, packageOf(t, map[string]string{
		"_rels/.rels":       `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`,
		"word/document.xml": document.String(),
	}))[0]
	if len(g.Cells) != 1 || g.Cells[0].Text != "某县教育局" {
		t.Errorf("%+v", g.Cells)
	}
}

// What stands behind the cell styles is not needed, but tells whether they are damaged: a
// format decides what a number is.
func TestStylesAreReadToTheEnd(t *testing.T) {
	styles := `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs><cellStyles><cellStyle/></cellStyles>` + strings.Repeat("<dxfs/>", 1000) + `</styleSheet>`
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	plain := packageOf(t, nil)
	in, err := zip.NewReader(bytes.NewReader(plain), int64(len(plain)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range in.File {
		if err := z.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	w, err := z.CreateHeader(&zip.FileHeader{Name: "xl/styles.xml", Method: zip.Store})
	if err == nil {
		_, err = io.WriteString(w, styles)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), b.Bytes(), Limits{}.WithDefaults()); err != nil {
		t.Error(err)
	}
	src := bytes.Replace(b.Bytes(), []byte(`numFmtId="14"`), []byte(`numFmtId="10"`), 1)
	if _, err := Open(t.Context(), src, Limits{}.WithDefaults()); err == nil {
		t.Error("a date has become a percentage without a word")
	}
}

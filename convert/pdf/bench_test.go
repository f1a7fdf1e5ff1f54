package pdf

import (
	"io"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"nianbao/convert/form"
	"nianbao/templates"
)

// BenchmarkWrite typesets the sample.
func BenchmarkWrite(b *testing.B) {
	r := sample(b)
	written(b, r, Options{}) // parses the faces, once per process
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(io.Discard, r, Options{NoSystemFaces: true}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkPlainGofpdf prints the same text in the same four faces with gofpdf
// alone, at whose mercy lines and cells are.
func BenchmarkPlainGofpdf(b *testing.B) {
	r := sample(b)
	f, err := form.Get(r.Form)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		pdf := gofpdf.New("P", "mm", "A4", "")
		pdf.SetMargins(28, 37, 26)
		pdf.AddUTF8FontFromBytes("serif", "", templates.SerifRegular)
		pdf.AddUTF8FontFromBytes("serif", "B", templates.SerifBold)
		pdf.AddUTF8FontFromBytes("sans", "", templates.SansMedium)
		pdf.AddUTF8FontFromBytes("kai", "", templates.KaiRegular)
		pdf.AddPage()
		pdf.SetFont("serif", "B", 22)
		pdf.MultiCell(0, 12, r.Title, "", "C", false)
		pdf.SetFont("serif", "", 16)
		for _, p := range r.Preamble {
			pdf.MultiCell(0, 10, p.Text, "", "J", false)
		}
		for _, s := range f.Sections {
			pdf.SetFont("sans", "", 16)
			pdf.MultiCell(0, 10, s.Label, "", "L", false)
			if s.Table == "" {
				for i, p := range r.Section(s.Key).Paragraphs {
					pdf.SetFont("serif", "", 16)
					if i == 1 {
						pdf.SetFont("kai", "", 16)
					}
					pdf.MultiCell(0, 10, p.Text, "", "J", false)
				}
				continue
			}
			t := f.Table(s.Table)
			layout := t.Layout()
			width := 156 / float64(layout.Columns)
			pdf.SetFont("serif", "", 9)
			y := pdf.GetY()
			for _, c := range layout.Cells {
				text := c.Text
				if c.Role == form.Value {
					text = r.Figure(t.Key, c.RowKey, c.ColumnKey).Value.String()
				}
				pdf.SetXY(28+width*float64(c.Column), min(y+7*float64(c.Row), 260))
				pdf.CellFormat(width*float64(c.ColumnSpan), 7*float64(c.RowSpan), text, "1", 0, "C", false, 0, "")
			}
			pdf.SetXY(28, y+7*float64(layout.Rows))
		}
		if err := pdf.Output(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

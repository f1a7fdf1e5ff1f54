package xlsx

import (
	"math"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// drawing is a workbook in the official layout while it is written. The first
// error stays and makes everything after it do nothing.
type drawing struct {
	*excelize.File
	err    error
	styles map[styleName]int
	fresh  bool // the workbook is new, and its one sheet not yet used

	growing bool // some rows are growingHeight high
}

type styleName string

// The styles that cells are drawn in.
const (
	titleStyle   styleName = "title"
	headingStyle styleName = "heading"
	textStyle    styleName = "text"
	labelStyle   styleName = "label"  // of a table: bordered, centred, wrapped
	rowStyle     styleName = "row"    // like label, to the left
	figureStyle  styleName = "figure" // bordered, centred
	inputStyle   styleName = "input"  // like figure, not locked
	inputText    styleName = "input text"
	totalStyle   styleName = "total" // like figure, tinted: a formula of the empty form
	guideStyle   styleName = "guide"
	linkStyle    styleName = "link" // like row, a link to a cell
)

func newDrawing() *drawing {
	d := &drawing{File: excelize.NewFile(), styles: map[styleName]int{}, fresh: true}
	d.addStyles()
	return d
}

// addStyles adds the styles to the workbook.
func (d *drawing) addStyles() {
	border := []excelize.Border{
		{Type: "left", Style: 1, Color: "000000"}, {Type: "right", Style: 1, Color: "000000"},
		{Type: "top", Style: 1, Color: "000000"}, {Type: "bottom", Style: 1, Color: "000000"},
	}
	centre := &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true}
	left := &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true, Indent: 1}
	top := &excelize.Alignment{Horizontal: "left", Vertical: "top", WrapText: true}
	song := func(size float64) *excelize.Font { return &excelize.Font{Family: "宋体", Size: size} }
	open := &excelize.Protection{Locked: false}
	tint := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	const toFill, computed = "FFF9E5", "F2F2F2"
	var frame []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		frame = append(frame, excelize.Border{Type: side, Style: 1, Color: "BFBFBF"})
	}
	for _, x := range []struct {
		name  styleName
		style excelize.Style
	}{
		{titleStyle, excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 18, Bold: true}, Alignment: centre}},
		{headingStyle, excelize.Style{Font: &excelize.Font{Family: "黑体", Size: 14}, Alignment: &excelize.Alignment{Horizontal: "left", Vertical: "center", WrapText: true}}},
		{textStyle, excelize.Style{Font: song(12), Alignment: top, NumFmt: 49}},
		{labelStyle, excelize.Style{Font: song(10.5), Alignment: centre, Border: border}},
		{rowStyle, excelize.Style{Font: song(10.5), Alignment: left, Border: border}},
		{figureStyle, excelize.Style{Font: song(10.5), Alignment: centre, Border: border}},
		{inputStyle, excelize.Style{Font: song(10.5), Alignment: centre, Border: border, Protection: open, Fill: tint(toFill)}},
		{totalStyle, excelize.Style{Font: song(10.5), Alignment: centre, Border: border, Fill: tint(computed)}},
		{guideStyle, excelize.Style{Font: song(12), Alignment: left}},
		{linkStyle, excelize.Style{Font: &excelize.Font{Family: "宋体", Size: 10.5, Color: "0563C1", Underline: "single"}, Alignment: left, Border: border}},
		{inputText, excelize.Style{Font: song(12), Alignment: top, NumFmt: 49, Protection: open, Fill: tint(toFill), Border: frame}},
	} {
		id, err := d.NewStyle(&x.style)
		d.check(err)
		d.styles[x.name] = id
	}
}

func (d *drawing) check(err error) {
	if d.err == nil {
		d.err = err
	}
}

// addSheet adds a sheet that prints on A4, as wide as the page.
func (d *drawing) addSheet(name string, landscape bool) string {
	name = sheetName(name)
	if d.fresh { // a new workbook has a sheet already
		d.fresh = false
		d.check(d.SetSheetName(d.GetSheetName(0), name))
	} else {
		_, err := d.NewSheet(name)
		d.check(err)
	}
	paper, width, height := 9, 1, 0 // 9 is A4
	orientation := "portrait"
	if landscape {
		orientation = "landscape"
	}
	d.check(d.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation, FitToWidth: &width, FitToHeight: &height}))
	d.fitToPage(name)
	return name
}

// heading gives the heading in a sheet's first row room to what is below.
func (d *drawing) heading(sheet string) { d.check(d.SetRowHeight(sheet, 1, 32)) }

// fitToPage makes the sheet's print set-up hold: excelize forgets it when a
// filter is set.
func (d *drawing) fitToPage(sheet string) {
	fit := true
	d.check(d.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
}

// used says which part of a sheet is used; some programs read no further.
func (d *drawing) used(sheet string, lastRow, lastColumn int) {
	d.check(d.SetSheetDimension(sheet, "A1:"+report.Cell{Row: lastRow, Column: lastColumn}.Name()))
}

// sheetName makes a name that a sheet may have: no more than 31 characters, none
// that spreadsheet programs refuse.
func sheetName(s string) string {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(`[]:*?/\'`, r) {
			return -1
		}
		return r
	}, s)
	if r := []rune(s); len(r) > 31 {
		s = string(r[:31])
	}
	return s
}

// put writes a value into a cell and gives the cell a style.
func (d *drawing) put(sheet string, row, column int, value any, style styleName) string {
	cell := report.Cell{Row: row, Column: column}.Name()
	d.check(d.SetCellValue(sheet, cell, value))
	d.check(d.SetCellStyle(sheet, cell, cell, d.styles[style]))
	return cell
}

// tableLook is how a table is drawn: the width of each of its sheet columns, in
// characters, and the sheet row that it begins in.
type tableLook struct {
	sheet  string
	top    int
	widths []float64
}

// look chooses the widths of a table's columns: those of the stub so that its
// longest labels take two or three lines, the others alike.
func look(sheet string, top int, l form.Layout) tableLook {
	t := tableLook{sheet: sheet, top: top}
	for i := range l.Columns {
		switch {
		case l.StubColumns == 1 && i == 0:
			t.widths = append(t.widths, 24)
		case i < l.StubColumns-1:
			t.widths = append(t.widths, 8+4*float64(i))
		case i < l.StubColumns:
			t.widths = append(t.widths, 32)
		case l.StubColumns == 0:
			t.widths = append(t.widths, 10.5)
		default:
			t.widths = append(t.widths, max(9, 72/float64(l.Columns-l.StubColumns)))
		}
	}
	return t
}

// drawTable draws a table with its labels and calls figure for each figure's
// cell. It returns the row below the table.
func (d *drawing) drawTable(f *form.Form, t tableLook, l form.Layout, figure func(cell string, c form.LayoutCell)) int {
	for i, w := range t.widths {
		col := report.ColumnName(i + 1)
		d.check(d.SetColWidth(t.sheet, col, col, w))
	}
	heights := make([]float64, l.Rows)
	for _, c := range l.Cells {
		at := report.Cell{Row: t.top + c.Row, Column: c.Column + 1}
		to := report.Cell{Row: at.Row + c.RowSpan - 1, Column: at.Column + c.ColumnSpan - 1}
		style := labelStyle
		switch {
		case c.Role == form.Value:
			style = figureStyle
		case c.Role == form.Stub && c.RowSpan == 1:
			style = rowStyle
		}
		d.check(d.SetCellStyle(t.sheet, at.Name(), to.Name(), d.styles[style]))
		if at != to {
			d.check(d.MergeCell(t.sheet, at.Name(), to.Name()))
		}
		width := 0.0
		for _, w := range t.widths[c.Column : c.Column+c.ColumnSpan] {
			width += w
		}
		if c.Role == form.Head || c.Role == form.Corner || c.Role == form.Stub && c.RowSpan > 1 {
			c.Text = broken(c.Text, f.Parts(c.Text), width-3)
		}
		if h := 10 + 15*lines(c.Text, width-2); c.RowSpan == 1 {
			heights[c.Row] = max(heights[c.Row], h)
		} else { // the rows of a tall label share its height
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				heights[r] = max(heights[r], h/float64(c.RowSpan))
			}
		}
		if c.Role == form.Value {
			figure(at.Name(), c)
		} else {
			d.check(d.SetCellStr(t.sheet, at.Name(), c.Text))
		}
	}
	for i, h := range heights {
		d.check(d.SetRowHeight(t.sheet, t.top+i, h))
	}
	d.used(t.sheet, t.top+l.Rows-1, l.Columns)
	return t.top + l.Rows
}

// broken is a label in lines of the given width in narrow characters, broken where its
// form says if it takes more than one.
func broken(label string, parts []string, width float64) string {
	if lines(label, width) < 2 || parts == nil {
		return label
	}
	all, line := "", ""
	for _, p := range parts {
		if line != "" && lines(line+p, width) > 1 {
			all, line = all+line+"\n", ""
		}
		line += p
	}
	return all + line
}

// lines estimates how many lines a text takes in a cell of the given width in
// narrow characters; wide characters count double.
func lines(s string, width float64) float64 {
	n := 0.0
	for line := range strings.SplitSeq(s, "\n") {
		w := 0
		for _, r := range line {
			if w++; utf8.RuneLen(r) > 2 {
				w++
			}
		}
		n += max(1, math.Ceil(float64(w)/width))
	}
	return n
}

// textWidth is the width of the column that text sections are written in.
const textWidth = 72

// maxCellRunes is less than the 32,767 UTF-16 units that a cell can hold.
const maxCellRunes = 16_000

// inCells is a text in pieces that a cell can hold each; one that is longer is continued
// in the next.
func inCells(s string) []string {
	var pieces []string
	text := []rune(s)
	for len(text) > maxCellRunes {
		pieces = append(pieces, string(text[:maxCellRunes]))
		text = text[maxCellRunes:]
	}
	return append(pieces, string(text))
}

// drawText writes paragraphs one below the other and returns the row below.
func (d *drawing) drawText(sheet string, row int, paragraphs []report.Paragraph, style styleName) int {
	d.check(d.SetColWidth(sheet, "A", "A", textWidth))
	for _, p := range paragraphs {
		for _, text := range inCells(p.Text) {
			d.put(sheet, row, 1, text, style)
			d.check(d.SetRowHeight(sheet, row, min(409, 6+17*lines(text, textWidth*0.9))))
			row++
		}
	}
	d.used(sheet, row-1, 1)
	return row
}

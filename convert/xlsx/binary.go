package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"math"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
	"nianbao/convert/workbook/biff"
)

// fromBinary writes an .xls or .et workbook as XLSX, so that it can be marked: what
// its cells show, merged areas, fonts, borders, fills, number formats, widths and
// heights, what is hidden, comments, and formulas of what forms add up with. lost says,
// in Chinese, what else the workbook has; other formulas give way to their results.
func fromBinary(ctx context.Context, src []byte, limits workbook.Limits) (out []byte, lost string, err error) {
	b, err := workbook.OpenBinary(ctx, src, limits)
	if err != nil {
		return nil, "", err
	}
	w := &binaryWriter{File: excelize.NewFile(), book: b, styles: map[biff.XF]int{}}
	defer w.Close()
	if err := w.defaults(); err != nil {
		return nil, "", err
	}
	seen := map[string]bool{}
	for i, s := range b.Sheets {
		name := strings.ToLower(s.Name)
		if seen[name] {
			return nil, "", message.NewError("read.damaged")
		}
		seen[name] = true
		if i == 0 {
			err = w.SetSheetName("Sheet1", s.Name)
		} else {
			_, err = w.NewSheet(s.Name)
		}
		if err != nil {
			return nil, "", &message.Error{Message: message.New("read.damaged"), Err: err}
		}
	}
	for _, s := range b.Sheets {
		if err := w.sheet(ctx, s); err != nil {
			return nil, "", err
		}
	}
	var to bytes.Buffer
	if _, err := w.WriteTo(&to); err != nil {
		return nil, "", err
	}
	out, err = inOrder(to.Bytes())
	return out, w.lost(), err
}

// inOrder puts the parts of a package in the order of their names: excelize writes
// sheets that were streamed in any.
func inOrder(src []byte) ([]byte, error) {
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, err
	}
	slices.SortFunc(z.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, f := range z.File {
		if err := w.Copy(f); err != nil {
			return nil, err
		}
	}
	err = w.Close()
	return out.Bytes(), err
}

// binaryWriter writes the sheets of an .xls workbook as XLSX.
type binaryWriter struct {
	*excelize.File
	book   *biff.Book
	styles map[biff.XF]int
	plain  int // cells whose format was one too many
	cut    int // texts too long for a cell
}

// mostStyles is how many different formats are kept. Excel has as many in an .xls.
const mostStyles = 4_050

// defaults sets what the workbook says of all its sheets.
func (w *binaryWriter) defaults() error {
	if font, ok := w.fontOf(0); ok && w.Styles != nil && len(w.Styles.Fonts.Font) > 0 {
		if err := w.SetDefaultFont(font.Family); err != nil {
			return err
		}
		w.Styles.Fonts.Font[0].Sz.Val = &font.Size
	}
	if w.book.From1904 {
		yes := true
		return w.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &yes})
	}
	return nil
}

// binaryRow is a row while it is put together.
type binaryRow struct {
	cells  []any
	format excelize.RowOpts
}

func (r *binaryRow) put(column int, c excelize.Cell) {
	for len(r.cells) < column {
		r.cells = append(r.cells, nil)
	}
	r.cells[column-1] = c
}

// sheet writes a sheet.
func (w *binaryWriter) sheet(ctx context.Context, s *biff.Sheet) error {
	if err := w.sheetProperties(s); err != nil {
		return err
	}
	to, err := w.NewStreamWriter(s.Name)
	if err != nil {
		return err
	}
	for _, c := range s.Columns {
		last := min(c.Last, excelize.MaxColumns)
		if err := to.SetColWidth(c.First, last, min(c.Width, excelize.MaxColumnWidth)); err != nil {
			return err
		}
		if c.Hidden {
			if err := to.SetColVisible(c.First, last, false); err != nil {
				return err
			}
		}
	}
	formats := map[int]biff.Row{}
	last := 0
	for _, r := range s.Rows {
		formats[r.Row] = r
		last = max(last, r.Row)
	}
	cells, blanks := s.Cells, s.Blanks
	for row := 1; row <= last || len(cells) > 0 || len(blanks) > 0; row++ {
		if row%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if row > excelize.TotalRows {
			break
		}
		var r binaryRow
		for ; len(blanks) > 0 && blanks[0].Row <= row; blanks = blanks[1:] {
			if blanks[0].Row == row { // else they come out of order
				r.put(blanks[0].Column, excelize.Cell{StyleID: w.style(blanks[0].XF)})
			}
		}
		for ; len(cells) > 0 && cells[0].Row == row; cells = cells[1:] {
			r.put(cells[0].Column, w.cell(cells[0]))
		}
		format, known := formats[row]
		if !known && r.cells == nil {
			continue
		}
		if known {
			r.format = excelize.RowOpts{Height: min(format.Height, excelize.MaxRowHeight), Hidden: format.Hidden}
		}
		if err := to.SetRow("A"+report.Cell{Row: row, Column: 1}.Name()[1:], r.cells, r.format); err != nil {
			return err
		}
	}
	for _, m := range s.Merges {
		if m.Row == m.LastRow && m.Column == m.LastColumn {
			continue
		}
		if err := to.MergeCell(report.Cell{Row: m.Row, Column: m.Column}.Name(), report.Cell{Row: m.LastRow, Column: m.LastColumn}.Name()); err != nil {
			return err
		}
	}
	if err := to.Flush(); err != nil {
		return err
	}
	return w.comments(s)
}

// comments writes a sheet's comments: one a cell, as XLSX has them.
func (w *binaryWriter) comments(s *biff.Sheet) error {
	commented := map[string]bool{}
	for _, c := range s.Comments {
		at := report.Cell{Row: c.Row, Column: c.Column}.Name()
		if commented[at] || c.Text == "" {
			continue
		}
		commented[at] = true
		if err := w.AddComment(s.Name, excelize.Comment{Cell: at, Author: c.Author, Text: c.Text}); err != nil {
			return err
		}
	}
	return nil
}

// sheetProperties sets what stands in front of a sheet's cells.
func (w *binaryWriter) sheetProperties(s *biff.Sheet) error {
	var p excelize.SheetPropsOptions
	if s.DefaultWidth > 0 {
		p.DefaultColWidth = &s.DefaultWidth
	}
	if s.DefaultHeight > 0 {
		p.DefaultRowHeight = &s.DefaultHeight
	}
	if s.RowsHidden {
		p.ZeroHeight = &s.RowsHidden
	}
	if s.Page.Fit {
		p.FitToPage = &s.Page.Fit
	}
	if err := w.SetSheetProps(s.Name, &p); err != nil {
		return err
	}
	if s.Hidden {
		if err := w.SetSheetVisible(s.Name, false); err != nil {
			return err
		}
	}
	return w.page(s)
}

// page sets how a sheet is printed.
func (w *binaryWriter) page(s *biff.Sheet) error {
	p := s.Page
	layout := excelize.PageLayoutOptions{FitToWidth: &p.FitWidth, FitToHeight: &p.FitHeight}
	if p.Paper > 0 && p.Paper < 119 {
		layout.Size = &p.Paper
	}
	if scale := uint(p.Scale); scale >= 10 && scale <= 400 {
		layout.AdjustTo = &scale
	}
	orientation := "portrait"
	if p.Landscape {
		orientation = "landscape"
	}
	layout.Orientation = &orientation
	if err := w.SetPageLayout(s.Name, &layout); err != nil {
		return err
	}
	margins := excelize.PageLayoutMarginsOptions{Horizontally: &p.CentreAcross, Vertically: &p.CentreDown}
	for i, to := range []**float64{&margins.Left, &margins.Right, &margins.Top, &margins.Bottom} {
		if p.Margins[i] > 0 {
			*to = &p.Margins[i]
		}
	}
	return w.SetPageMargins(s.Name, &margins)
}

// cell is a cell with its format.
func (w *binaryWriter) cell(c biff.Cell) excelize.Cell {
	to := excelize.Cell{StyleID: w.style(c.XF)}
	switch c.Kind {
	case biff.Number:
		if keepsFormula(c) {
			to.Formula = c.Expression
		}
		if to.Value = c.Number; math.IsNaN(c.Number) || math.IsInf(c.Number, 0) {
			to.Value = "#NUM!"
		}
	case biff.Bool:
		to.Value = c.Number != 0
	case biff.NoResult:
	default:
		if len(c.Text) > excelize.TotalCellChars && len(utf16.Encode([]rune(c.Text))) > excelize.TotalCellChars {
			w.cut++
		}
		if to.Value = c.Text; len(c.Runs) > 0 {
			to.Value = w.runs(c)
		}
	}
	return to
}

// keepsFormula reports whether a cell's formula is written. One whose result is a text
// cannot be, with excelize, beside its result.
func keepsFormula(c biff.Cell) bool { return c.Expression != "" && c.Kind == biff.Number }

// runs are the parts of a text with their fonts.
func (w *binaryWriter) runs(c biff.Cell) []excelize.RichTextRun {
	own := 0
	if c.XF < len(w.book.XFs) {
		own = w.book.XFs[c.XF].Font
	}
	runs := []excelize.RichTextRun{}
	add := func(from, to, font int) {
		if from < to {
			run := excelize.RichTextRun{Text: c.Text[from:to]}
			if f, ok := w.fontOf(font); ok {
				run.Font = &f
			}
			runs = append(runs, run)
		}
	}
	add(0, c.Runs[0].Start, own)
	for i, r := range c.Runs {
		end := len(c.Text)
		if i+1 < len(c.Runs) {
			end = c.Runs[i+1].Start
		}
		add(r.Start, end, r.Font)
	}
	return runs
}

// style is the number of a format.
func (w *binaryWriter) style(xf int) int {
	if xf >= len(w.book.XFs) {
		return 0
	}
	x := w.book.XFs[xf]
	id, ok := w.styles[x]
	if ok {
		return id
	}
	if len(w.styles) >= mostStyles {
		w.plain++
		return 0
	}
	id, err := w.NewStyle(w.styleOf(x))
	if err != nil {
		w.plain++
	}
	w.styles[x] = id
	return id
}

var (
	horizontals = []string{"", "left", "center", "right", "fill", "justify", "centerContinuous", "distributed"}
	verticals   = []string{"top", "center", "", "justify", "distributed"}
)

func (w *binaryWriter) styleOf(x biff.XF) *excelize.Style {
	s := &excelize.Style{NumFmt: x.Format, Alignment: &excelize.Alignment{
		Horizontal: horizontals[x.Horizontal&7], WrapText: x.Wrap, ShrinkToFit: x.Shrink, Indent: x.Indent, TextRotation: x.Rotation,
	}}
	if x.Vertical < len(verticals) {
		s.Alignment.Vertical = verticals[x.Vertical]
	}
	if code := w.book.FormatOf(x.Format); code != "" {
		s.CustomNumFmt = &code
	}
	if font, ok := w.fontOf(x.Font); ok {
		s.Font = &font
	}
	for _, side := range []struct {
		name string
		biff.Border
	}{{"left", x.Left}, {"right", x.Right}, {"top", x.Top}, {"bottom", x.Bottom}} {
		if side.Style > 0 {
			s.Border = append(s.Border, excelize.Border{Type: side.name, Style: side.Style, Color: cmp.Or(w.colour(side.Colour), "000000")})
		}
	}
	if fill := w.colour(x.Fore); x.Pattern > 0 && x.Pattern < 19 && fill != "" {
		s.Fill = excelize.Fill{Type: "pattern", Pattern: x.Pattern, Color: []string{fill}}
	}
	return s
}

// fontOf is a font of the workbook.
func (w *binaryWriter) fontOf(i int) (excelize.Font, bool) {
	if i < 0 || i >= len(w.book.Fonts) {
		return excelize.Font{}, false
	}
	f := w.book.Fonts[i]
	family := []rune(f.Name)
	font := excelize.Font{
		Family: string(family[:min(len(family), excelize.MaxFontFamilyLength)]), Size: min(max(f.Points, excelize.MinFontSize), excelize.MaxFontSize),
		Bold: f.Bold, Italic: f.Italic, Strike: f.Strike, Color: w.colour(f.Colour),
	}
	if f.Underline {
		font.Underline = "single"
	}
	switch f.Script {
	case 1:
		font.VertAlign = "superscript"
	case 2:
		font.VertAlign = "subscript"
	}
	return font, true
}

// colour is a colour of the workbook, or "" for the system's own.
func (w *binaryWriter) colour(i int) string {
	if c, ok := w.book.Colour(i); ok {
		return c.String()
	}
	return ""
}

// lost says what the workbook has that was not written.
func (w *binaryWriter) lost() string {
	var n struct{ formulas, pictures, charts, boxes, controls, links, conditional, validations, blanks, print int }
	for _, s := range w.book.Sheets {
		for _, c := range s.Cells {
			if c.Formula && !keepsFormula(c) {
				n.formulas++
			}
		}
		n.pictures += s.Pictures
		n.charts += s.Charts
		n.boxes += len(s.Boxes) + s.Unread
		n.controls += s.Controls
		n.links += s.Links
		n.conditional += s.Conditional
		n.validations += s.Validations
		if s.Page.HeadOrFoot {
			n.print++
		}
		if s.MoreBlanks {
			n.blanks++
		}
	}
	if w.book.Macros {
		n.controls++
	}
	var all []string
	for _, x := range []struct {
		key   string
		count int
	}{
		{"pictures", n.pictures}, {"charts", n.charts + len(w.book.Others)}, {"boxes", n.boxes}, {"controls", n.controls}, {"links", n.links},
		{"conditional", n.conditional}, {"validations", n.validations}, {"formats", w.plain + n.blanks}, {"cut", w.cut}, {"print", n.print}, {"names", w.book.Names},
	} {
		if x.count > 0 {
			all = append(all, message.New("annotate.lost."+x.key).In(message.Chinese))
		}
	}
	if len(all) == 0 {
		all = []string{message.New("annotate.lost.rest").In(message.Chinese)}
	}
	text := message.New("annotate.old", strings.Join(all, "、")).In(message.Chinese)
	if n.formulas > 0 {
		text += message.New("annotate.old.formulas", n.formulas).In(message.Chinese)
	}
	return text
}

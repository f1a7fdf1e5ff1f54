package xlsx

import (
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// Mark is one finding to be marked in a submission. Its texts are in the language
// of the form's users.
type Mark struct {
	Rule     string
	Error    bool          // else a warning
	Cells    []report.Cell // the cells it rests on, the one to look at first in front
	Marked   int           // how many of Cells, from the first, get a colour and a comment
	Message  string
	Expected string // as it is to be shown: 应为 7, 表中 5; or ""
	Actual   string // likewise: 实为 6, 文字 4
	Advice   string
}

// The colours of marked cells.
const (
	errorFill   = "FF9999"
	warningFill = "FFD966"
)

// Annotate writes a marked copy of a submission: the workbook as it came in, with
// the cells that the marks name filled red or amber, a comment on each, and a
// first sheet 检查结果 that lists the marks with links to their cells. Marks of an
// earlier marked copy that was corrected and sent back are taken out. src is the
// submission's bytes; the same submission and marks give the same bytes. Of an .xls
// workbook the copy is an XLSX one, and the sheet says what that does not keep.
func Annotate(ctx context.Context, w io.Writer, src []byte, marks []Mark, limits workbook.Limits) error {
	lost := ""
	if workbook.Sniff(src) == workbook.XLS {
		var err error
		if src, lost, err = fromBinary(ctx, src, limits); err != nil {
			return err
		}
	}
	b, err := workbook.Open(ctx, src, limits.WithDefaults())
	if err != nil {
		return err
	}
	if err := b.ReadSheets(ctx); err != nil {
		return err
	}
	comments, changes, fixed, err := b.TakeComments(ctx)
	if err != nil {
		return err
	}
	if err := b.DropMacros(ctx, changes); err != nil {
		return err
	}
	f, err := b.OpenDense(ctx, changes)
	if err != nil {
		return err
	}
	defer f.Close()
	a := &annotation{drawing: &drawing{File: f, styles: map[styleName]int{}}, comments: comments, fixed: fixed,
		fills: map[string]int{}, filled: map[filledStyle]int{}}
	marks = slices.Clone(marks)
	slices.SortStableFunc(marks, func(a, b Mark) int { return workbook.Order(!a.Error, !b.Error) })
	a.unmark(b.Sheets)
	a.mark(marks)
	a.writeComments(b.Sheets)
	a.results(marks, b.Sheets, lost)
	if a.err != nil {
		return a.err
	}
	_, err = f.WriteTo(w)
	return err
}

// annotation is a marked copy while it is made.
type annotation struct {
	*drawing
	comments map[string]workbook.Comments // to be written, by sheet
	fixed    map[string]bool              // sheets that comments cannot be added to
	fills    map[string]int               // our colours
	filled   map[filledStyle]int
}

// filledStyle is a style of the submission with a colour of ours.
type filledStyle struct {
	style int
	fill  string
}

// markBegins is what a finding begins with in a comment.
const markBegins = "【"

// unmark takes out the comments and colours of an earlier marked copy; what else a
// comment says stays.
func (a *annotation) unmark(grids []*workbook.Sheet) {
	ours := []string{markBegins + message.New("severity.error").In(message.Chinese), markBegins + message.New("severity.warning").In(message.Chinese)}
	for _, g := range grids {
		for cell, c := range a.comments[g.Name] {
			paragraphs := strings.Split(strings.ReplaceAll(c.Text, "\r", ""), "\n\n")
			n := 0
			for n < len(paragraphs) && (strings.HasPrefix(paragraphs[n], ours[0]) || strings.HasPrefix(paragraphs[n], ours[1])) {
				n++
			}
			if n == 0 {
				continue
			}
			if c.Text = strings.Join(paragraphs[n:], "\n\n"); c.Text == "" {
				delete(a.comments[g.Name], cell)
			} else {
				a.comments[g.Name][cell] = c
			}
			a.unfill(g.Name, cell)
		}
	}
}

// mark fills the marked cells, each once, an error's red before a warning's amber,
// and puts what there is to say of a cell in front of its comment.
func (a *annotation) mark(marks []Mark) {
	texts := map[report.Cell][]string{}
	var cells []report.Cell
	for _, m := range marks { // errors come first
		for i, c := range m.Cells[:min(m.Marked, len(m.Cells))] {
			if texts[c] == nil {
				cells = append(cells, c)
				fill := warningFill
				if m.Error {
					fill = errorFill
				}
				a.fill(c, fill)
			}
			texts[c] = append(texts[c], m.text(i == 0))
		}
	}
	for _, c := range cells {
		if a.comments[c.Sheet] == nil {
			a.comments[c.Sheet] = workbook.Comments{}
		}
		old := a.comments[c.Sheet][c.Name()]
		if old.Text != "" {
			texts[c] = append(texts[c], old.Text)
		}
		a.comments[c.Sheet][c.Name()] = workbook.Comment{Author: author, Text: strings.Join(texts[c], "\n\n")}
	}
}

// writeComments writes all comments, the submission's own among them, in the order
// of their cells.
func (a *annotation) writeComments(grids []*workbook.Sheet) {
	for _, g := range grids {
		if a.fixed[g.Name] {
			continue
		}
		for _, cell := range slices.Sorted(maps.Keys(a.comments[g.Name])) {
			c := a.comments[g.Name][cell]
			lines := strings.Count(c.Text, "\n") + 1 + len([]rune(c.Text))/20
			a.check(a.AddComment(g.Name, excelize.Comment{Cell: cell, Author: c.Author, Text: c.Text, Width: 320, Height: uint(min(400, 24+18*lines))}))
		}
	}
}

// text is what the comment says of one finding. What stands against what is said
// only on the finding's first cell: on the others it would look like their own.
func (m Mark) text(first bool) string {
	severity := message.New("severity.warning")
	if m.Error {
		severity = message.New("severity.error")
	}
	text := fmt.Sprintf("%s%s %s】%s", markBegins, severity.In(message.Chinese), m.Rule, m.Message)
	for _, s := range []string{m.Expected, m.Actual} {
		if first && s != "" {
			text += "\n" + s
		}
	}
	return text
}

// fill colours a cell and leaves the rest of its style as it is.
func (a *annotation) fill(c report.Cell, colour string) {
	if a.err != nil {
		return
	}
	old, err := a.GetCellStyle(c.Sheet, c.Name())
	a.check(err)
	id, ok := a.filled[filledStyle{old, colour}]
	if !ok {
		id = a.styleWithFill(old, a.fillOf(colour))
		a.filled[filledStyle{old, colour}] = id
	}
	a.check(a.SetCellStyle(c.Sheet, c.Name(), c.Name(), id))
}

// fillOf is the number of the fill with one of our colours.
func (a *annotation) fillOf(colour string) int {
	if id, ok := a.fills[colour]; ok {
		return id
	}
	style, err := a.NewStyle(&excelize.Style{Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}})
	a.check(err)
	if a.err != nil {
		return 0
	}
	a.fills[colour] = *a.Styles.CellXfs.Xf[style].FillID
	return a.fills[colour]
}

// styleWithFill adds a copy of a style that differs in its fill alone. (Reading a
// style with GetStyle and adding it again damages its colours.)
func (a *annotation) styleWithFill(style, fill int) int {
	xfs := a.Styles.CellXfs
	if a.err != nil || style >= len(xfs.Xf) {
		return style
	}
	xf, apply := xfs.Xf[style], true
	xf.FillID, xf.ApplyFill = &fill, &apply
	xfs.Xf = append(xfs.Xf, xf)
	xfs.Count = len(xfs.Xf)
	return len(xfs.Xf) - 1
}

// unfill takes our colour from a cell; what it had before is not known, so it has
// none.
func (a *annotation) unfill(sheet, cell string) {
	id, err := a.GetCellStyle(sheet, cell)
	if err != nil {
		return
	}
	style, err := a.GetStyle(id)
	if err != nil || len(style.Fill.Color) != 1 || !slices.Contains([]string{errorFill, warningFill}, style.Fill.Color[0]) {
		return
	}
	a.check(a.SetCellStyle(sheet, cell, cell, a.styleWithFill(id, 0)))
}

// results writes the sheet 检查结果 in front of the others.
func (a *annotation) results(marks []Mark, grids []*workbook.Sheet, lost string) {
	name := workbook.ResultSheet
	for _, g := range grids {
		switch {
		case g.Results(): // of a marked copy sent back
			a.check(a.DeleteSheet(g.Name))
		case strings.EqualFold(g.Name, name):
			name += "2"
		}
	}
	first := a.GetSheetName(0)
	a.addStyles()
	s := a.addSheet(name, true)
	a.check(a.MoveSheet(s, first))
	a.shiftLocalNames()
	for i, w := range []float64{6, 8, 8, 44, 60, 12, 12, 46} {
		col := report.ColumnName(i + 1)
		a.check(a.SetColWidth(s, col, col, w))
	}
	errors := 0
	for _, m := range marks {
		if m.Error {
			errors++
		}
	}
	title, height := workbook.ResultTitle+message.New("annotate.title", errors, len(marks)-errors).In(message.Chinese), 28.0
	if lost != "" {
		title, height = title+"\n"+lost, 64
	}
	a.put(s, 1, 1, title, headingStyle)
	a.check(a.MergeCell(s, "A1", "H1"))
	a.check(a.SetRowHeight(s, 1, height))
	for i, key := range []string{"number", "severity", "rule", "cell", "message", "expected", "actual", "advice"} {
		a.put(s, 2, i+1, message.New("annotate."+key).In(message.Chinese), labelStyle)
	}
	for i, m := range marks {
		a.result(s, 3+i, i+1, m)
	}
	a.check(a.SetPanes(s, &excelize.Panes{Freeze: true, YSplit: 2, TopLeftCell: "A3", ActivePane: "bottomLeft"}))
	a.used(s, 2+len(marks), 8)
	a.SetActiveSheet(0)
}

// result writes one finding into the sheet 检查结果.
func (a *annotation) result(s string, row, number int, m Mark) {
	severity, colour := "severity.warning", warningFill
	if m.Error {
		severity, colour = "severity.error", errorFill
	}
	a.put(s, row, 1, number, labelStyle)
	a.put(s, row, 2, message.New(severity).In(message.Chinese), labelStyle)
	a.fill(report.Cell{Sheet: s, Row: row, Column: 2}, colour)
	a.put(s, row, 3, m.Rule, labelStyle)
	where := a.put(s, row, 4, "", rowStyle)
	if len(m.Cells) > 0 {
		at := m.Cells[0]
		text := at.String()
		if n := len(m.Cells); n > 1 {
			text = message.New("annotate.cells", text, n).In(message.Chinese)
		}
		a.check(a.SetCellStr(s, where, text))
		a.check(a.SetCellHyperLink(s, where, "'"+strings.ReplaceAll(at.Sheet, "'", "''")+"'!"+at.Name(), "Location"))
		a.check(a.SetCellStyle(s, where, where, a.styles[linkStyle]))
	}
	height := 1.0
	for i, x := range []struct {
		text  string
		width float64
		style styleName
	}{{m.Message, 58, rowStyle}, {m.Expected, 10, labelStyle}, {m.Actual, 10, labelStyle}, {m.Advice, 44, rowStyle}} {
		a.put(s, row, 5+i, x.text, x.style)
		height = max(height, lines(x.text, x.width))
	}
	a.check(a.SetRowHeight(s, row, min(409, 6+15*height)))
}

// shiftLocalNames keeps print areas and filters with their sheets, which all come
// one later than they did.
func (a *annotation) shiftLocalNames() {
	if a.WorkBook == nil || a.WorkBook.DefinedNames == nil {
		return
	}
	for i := range a.WorkBook.DefinedNames.DefinedName {
		if id := a.WorkBook.DefinedNames.DefinedName[i].LocalSheetID; id != nil {
			*id++
		}
	}
}

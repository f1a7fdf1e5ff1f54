package xlsx

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Mark is one finding to be marked in a submission. Its texts are in the language
// of the form's users.
type Mark struct {
	Rule     string
	Error    bool          // else a warning
	Cells    []report.Cell // the cells it rests on, the one to look at first in front
	Marked   int           // how many of Cells, from the first, get a colour and a comment
	Message  string
	Expected string
	Actual   string
	Advice   string
}

// resultSheet is the first sheet of a marked copy.
const resultSheet = "检查结果"

// The colours of marked cells.
const (
	errorFill   = "FF9999"
	warningFill = "FFD966"
)

// Annotate writes a marked copy of a submission: the workbook as it came in, with
// the cells that the marks name filled red or amber, a comment on each, and a
// first sheet 检查结果 that lists the marks with links to their cells. src is the
// submission's bytes; the same submission and marks give the same bytes.
func Annotate(ctx context.Context, w io.Writer, src []byte, marks []Mark, limits Limits) error {
	b, err := openBook(ctx, src, limits.withDefaults())
	if err != nil {
		return err
	}
	if err := b.readSheets(ctx); err != nil {
		return err
	}
	f, err := b.openDense(ctx)
	if err != nil {
		return err
	}
	a := &annotation{drawing: &drawing{File: f, styles: map[styleName]int{}}, filled: map[filledStyle]int{}}
	marks = slices.Clone(marks)
	slices.SortStableFunc(marks, func(a, b Mark) int { return order(!a.Error, !b.Error) })
	a.cells(marks)
	a.results(marks)
	defer f.Close()
	if a.err != nil {
		return a.err
	}
	_, err = f.WriteTo(w)
	return err
}

// annotation is a marked copy while it is made.
type annotation struct {
	*drawing
	filled map[filledStyle]int
}

// filledStyle is a style of the submission with a colour of ours.
type filledStyle struct {
	style int
	fill  string
}

// cells fills and comments the marked cells, each once: an error's red wins, and
// one comment holds everything that there is to say of the cell.
func (a *annotation) cells(marks []Mark) {
	var order []report.Cell
	texts := map[report.Cell][]string{}
	fills := map[report.Cell]string{}
	for _, m := range marks {
		for _, c := range m.Cells[:min(m.Marked, len(m.Cells))] {
			if texts[c] == nil {
				order = append(order, c)
				fills[c] = warningFill
			}
			if m.Error {
				fills[c] = errorFill
			}
			texts[c] = append(texts[c], m.text())
		}
	}
	old := map[string]map[string]excelize.Comment{}
	for _, c := range order {
		a.fill(c, fills[c])
		if old[c.Sheet] == nil {
			old[c.Sheet] = a.comments(c.Sheet)
		}
		text := strings.Join(texts[c], "\n\n")
		if o, ok := old[c.Sheet][c.Name()]; ok { // a cell has one comment: keep what was said
			a.check(a.DeleteComment(c.Sheet, c.Name()))
			text += "\n\n" + commentText(o)
		}
		lines := strings.Count(text, "\n") + 1 + len([]rune(text))/20
		a.check(a.AddComment(c.Sheet, excelize.Comment{Cell: c.Name(), Author: author, Text: text, Width: 320, Height: uint(min(400, 24+18*lines))}))
	}
}

// text is what the comment says of one finding.
func (m Mark) text() string {
	var b strings.Builder
	severity := message.New("severity.warning")
	if m.Error {
		severity = message.New("severity.error")
	}
	fmt.Fprintf(&b, "【%s %s】%s", severity.In(message.Chinese), m.Rule, m.Message)
	if m.Expected != "" {
		fmt.Fprintf(&b, "\n%s：%s", message.New("annotate.expected").In(message.Chinese), m.Expected)
	}
	if m.Actual != "" {
		fmt.Fprintf(&b, "\n%s：%s", message.New("annotate.actual").In(message.Chinese), m.Actual)
	}
	return b.String()
}

func commentText(c excelize.Comment) string {
	text := c.Text
	for _, run := range c.Paragraph {
		text += run.Text
	}
	return text
}

// comments are the comments that the submission has on a sheet.
func (a *annotation) comments(sheet string) map[string]excelize.Comment {
	all := map[string]excelize.Comment{}
	list, err := a.GetComments(sheet)
	a.check(err)
	for _, c := range list {
		all[c.Cell] = c
	}
	return all
}

// fill colours a cell and leaves the rest of its style as it is.
func (a *annotation) fill(c report.Cell, colour string) {
	old, err := a.GetCellStyle(c.Sheet, c.Name())
	a.check(err)
	key := filledStyle{old, colour}
	id, ok := a.filled[key]
	if !ok {
		style, err := a.GetStyle(old)
		a.check(err)
		if style == nil {
			style = &excelize.Style{}
		}
		style.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
		id, err = a.NewStyle(style)
		a.check(err)
		a.filled[key] = id
	}
	a.check(a.SetCellStyle(c.Sheet, c.Name(), c.Name(), id))
}

// results writes the sheet 检查结果 in front of the others.
func (a *annotation) results(marks []Mark) {
	if i, _ := a.GetSheetIndex(resultSheet); i >= 0 { // a marked copy sent back
		a.check(a.DeleteSheet(resultSheet))
	}
	first := a.GetSheetName(0)
	a.addStyles()
	s := a.addSheet(resultSheet, true)
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
	a.put(s, 1, 1, message.New("annotate.title", errors, len(marks)-errors).In(message.Chinese), headingStyle)
	a.check(a.MergeCell(s, "A1", "H1"))
	a.check(a.SetRowHeight(s, 1, 28))
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

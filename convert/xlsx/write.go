// Package xlsx writes workbooks: [Write] a report in the official layout, [Template]
// the empty form, [WriteRollup] a sum with its contributors, and [Annotate] a
// submission with what is wrong marked in it. Package reader reads them again.
package xlsx

import (
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// author is who comments and files are said to be from.
const author = "nianbao"

// Write writes the report as a normalized workbook: a cover, one sheet a section
// in the official layout, and a sheet 数据 that lists every figure with the cell
// it came from. A blank figure is written as 0 and a blank total as the sum of
// its parts, each with a comment that says so. A figure that could not be read is
// written as it stood, so that reading the workbook back finds the same fault.
// The same report always gives the same bytes.
func Write(w io.Writer, r *report.Report) error {
	n, err := newNormalized(r)
	if err != nil {
		return err
	}
	n.sheets()
	return n.save(w, r.Title)
}

func newNormalized(r *report.Report) (*normalized, error) {
	f, err := form.Get(r.Form)
	if err != nil {
		return nil, err
	}
	full, filled := f.Fill(r)
	n := &normalized{drawing: newDrawing(), form: f, report: full, filled: map[report.Path]form.Filled{}, unread: map[report.Path]string{}}
	for _, x := range filled {
		n.filled[report.Path{Table: x.Table, Row: x.Row, Column: x.Column}] = x
	}
	for _, note := range r.Notes {
		if note.Kind == report.NotNumber || note.Kind == report.SpreadsheetError {
			n.unread[note.Path] = note.Text
		}
	}
	return n, nil
}

func (n *normalized) sheets() {
	n.cover()
	for _, s := range n.form.Sections {
		n.section(s)
	}
	n.data()
}

// normalized is a normalized workbook while it is written.
type normalized struct {
	*drawing
	form   *form.Form
	report *report.Report
	filled map[report.Path]form.Filled
	unread map[report.Path]string // what stands in figures that could not be read
}

func (n *normalized) cover() {
	s := n.addSheet(workbook.CoverSheet, false)
	n.check(n.SetColWidth(s, "A", "A", 18))
	n.check(n.SetColWidth(s, "B", "B", 66))
	row := 1
	if title := n.titleLine(); title != "" {
		n.put(s, 1, 1, title, titleStyle)
		n.check(n.MergeCell(s, "A1", "B1"))
		n.check(n.SetCellStyle(s, "A1", "B1", n.styles[titleStyle]))
		n.check(n.SetRowHeight(s, 1, 24+24*lines(title, 50)))
	}
	row = 3
	field := func(name, value string) {
		if value != "" {
			n.put(s, row, 1, name, labelStyle)
			n.put(s, row, 2, value, rowStyle)
			n.check(n.SetRowHeight(s, row, 9+15*lines(value, 60)))
			row++
		}
	}
	field("填报单位", n.report.Organization)
	if n.report.Year != 0 {
		n.put(s, row, 1, "年度", labelStyle)
		n.put(s, row, 2, n.report.Year, rowStyle)
		n.check(n.SetRowHeight(s, row, 24))
		row++
	}
	field("填报日期", n.report.Signature.Date)
	if len(n.report.Preamble) > 0 {
		row++
		n.put(s, row, 1, "前言", headingStyle)
		for _, p := range n.report.Preamble {
			for _, text := range inCells(p.Text) {
				row++
				n.put(s, row, 1, text, textStyle)
				a, b := fmt.Sprintf("A%d", row), fmt.Sprintf("B%d", row)
				n.check(n.MergeCell(s, a, b))
				n.check(n.SetRowHeight(s, row, min(409, 6+17*lines(text, textWidth*0.9))))
			}
		}
	}
	n.used(s, row, 2)
}

// titleLine is the report's title or, if it has none, the form's filled in.
func (n *normalized) titleLine() string {
	r := n.report
	if r.Title != "" || r.Organization == "" || r.Year == 0 {
		return r.Title
	}
	return n.form.TitleFor(r.Organization, fmt.Sprint(r.Year))
}

func (n *normalized) section(s form.Section) {
	if s.Table == "" {
		sheet := n.addSheet(s.Label, false)
		n.put(sheet, 1, 1, s.Label, headingStyle)
		n.heading(sheet)
		if sec := n.report.Section(s.Key); sec != nil {
			n.drawText(sheet, 2, sec.Paragraphs, textStyle)
		}
		return
	}
	l := n.form.Table(s.Table).Layout()
	sheet := n.addSheet(s.Label, l.StubColumns == 0)
	n.put(sheet, 1, 1, s.Label, headingStyle)
	t := n.report.Table(s.Table)
	cells := map[report.Path]string{}
	n.drawTable(n.form, look(sheet, 3, l), l, func(cell string, c form.LayoutCell) {
		n.figure(sheet, cell, t, c)
		cells[report.Path{Table: t.Key, Row: c.RowKey, Column: c.ColumnKey}] = cell
	})
	n.redden(sheet, n.form.Table(s.Table), cells)
	n.heading(sheet)
	n.check(n.MergeCell(sheet, "A1", report.ColumnName(l.Columns)+"1"))
}

// figure writes one figure and, where it does not simply stand so in the
// submission, says so in a comment.
func (n *normalized) figure(sheet, cell string, t *report.Table, c form.LayoutCell) {
	path := report.Path{Table: t.Key, Row: c.RowKey, Column: c.ColumnKey}
	fig := t.Row(c.RowKey).Figure(c.ColumnKey)
	if fig == nil || fig.Value.Blank() {
		text, say := n.unread[path], message.New("write.unread")
		switch {
		case text != "":
		case fig == nil || fig.Cell.IsZero():
			text, say = notFound, message.New("write.notfound")
		default:
			say = message.New("write.nototal")
		}
		n.check(n.SetCellStr(sheet, cell, text))
		n.comment(sheet, cell, say)
		return
	}
	n.number(sheet, cell, fig.Value)
	if x, ok := n.filled[path]; ok {
		key := "write.blank"
		if x.Total {
			key = "write.total"
		}
		n.comment(sheet, cell, message.New(key, x.Value, x.Cell))
	}
}

// notFound stands where the submission has no such row or column.
const notFound = "未找到"

// number writes a number.
func (n *normalized) number(sheet, cell string, v report.Number) {
	n.check(n.SetCellValue(sheet, cell, cellNumber(v)))
}

// cellNumber is a number as a cell's value: as text if it has more digits than
// spreadsheet programs keep.
func cellNumber(v report.Number) any {
	if v.Decimal().NumDigits() > 15 {
		return v.String()
	}
	return v.Decimal().InexactFloat64()
}

// comment puts a comment on a cell, in Chinese: the form's users read Chinese
// whatever their computer is set to.
func (d *drawing) comment(sheet, cell string, m message.Message) {
	d.check(d.AddComment(sheet, excelize.Comment{Cell: cell, Author: author, Text: m.In(message.Chinese), Width: 240, Height: 80}))
}

// data lists every figure. Its rows are written at once as they are: most cells of the
// workbook are here.
func (n *normalized) data() {
	s := n.addSheet(workbook.DataSheet, true)
	rows := 1
	for i := range n.form.Tables {
		for _, fr := range n.form.Tables[i].Rows() {
			rows += len(fr.Columns)
		}
	}
	n.check(n.AutoFilter(s, fmt.Sprintf("A1:F%d", rows), nil))
	n.fitToPage(s)
	n.check(n.SetSheetVisible(s, false)) // it is for programs; a hidden sheet is not printed
	n.used(s, rows, len(workbook.DataHead))
	n.SetActiveSheet(0) // reads every sheet, and one that is written so from its XML
	if n.err != nil {
		return
	}
	w, err := n.NewStreamWriter(s)
	if err != nil {
		n.check(err)
		return
	}
	n.check(w.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	for i, width := range dataWidths {
		n.check(w.SetColWidth(i+1, i+1, width))
	}
	var head []any
	for _, h := range workbook.DataHead {
		head = append(head, excelize.Cell{Value: h, StyleID: n.styles[labelStyle]})
	}
	n.check(w.SetRow("A1", head))
	row := 2
	for i := range n.form.Tables {
		ft := &n.form.Tables[i]
		title := ft.Key
		for _, sec := range n.form.Sections {
			if sec.Table == ft.Key {
				title = sec.Label
			}
		}
		for _, fr := range ft.Rows() {
			for _, fc := range fr.Columns {
				n.dataRow(w, row, []string{report.Path{Table: ft.Key, Row: fr.Key, Column: fc.Key}.String(), title, strings.Join(append(fr.Parents, fr.Label), " / "), fc.Label},
					n.report.Table(ft.Key).Row(fr.Key).Figure(fc.Key), n.unread[report.Path{Table: ft.Key, Row: fr.Key, Column: fc.Key}])
				row++
			}
		}
	}
	n.check(w.Flush())
}

// dataWidths are the widths of the columns of the sheet of figures.
var dataWidths = []float64{58, 44, 80, 28, 14, 40}

// dataRow writes a figure with its names, or what stands there that could not be read.
func (n *normalized) dataRow(w *excelize.StreamWriter, row int, names []string, fig *report.Figure, unread string) {
	var cells []any
	high := 1.0
	for c, v := range names {
		cells = append(cells, excelize.Cell{Value: v, StyleID: n.styles[rowStyle]})
		high = max(high, lines(v, dataWidths[c]-2))
	}
	value := excelize.Cell{StyleID: n.styles[figureStyle]}
	switch {
	case !fig.Value.Blank():
		value.Value = cellNumber(fig.Value)
	case unread != "":
		value.Value = unread
	}
	cells = append(cells, value, excelize.Cell{Value: fig.Cell.String(), StyleID: n.styles[rowStyle]})
	n.check(w.SetRow(fmt.Sprintf("A%d", row), cells, excelize.RowOpts{Height: 1 + 15*high})) // not every program makes rows as high as their text
}

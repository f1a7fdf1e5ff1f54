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

// Template writes the empty form to hand out: a cover, one sheet a section in the
// official layout, totals as formulas, figures restricted to the numbers that
// they may hold, and everything but the places to fill in locked, without a
// password. Read reads it back once it is filled in. The same form always gives
// the same bytes.
func Template(w io.Writer, f *form.Form) error {
	e := emptyForm{newDrawing(), f}
	e.cover()
	for _, s := range f.Sections {
		if s.Table == "" {
			e.text(s)
		} else {
			e.table(s)
		}
	}
	e.guide()
	e.SetActiveSheet(0)
	return e.save(w, f.TitleFor("", ""))
}

// emptyForm is an empty form while it is written.
type emptyForm struct {
	*drawing
	form *form.Form
}

// The cover's cells that are filled in.
const (
	organizationCell = "B3"
	yearCell         = "B4"
	dateCellName     = "B5"
)

// emptyParagraphs is how many cells a text section offers to be filled in.
const emptyParagraphs = 60

func (e *emptyForm) cover() {
	s := e.addSheet(workbook.CoverSheet, false)
	e.check(e.SetColWidth(s, "A", "A", 18))
	e.check(e.SetColWidth(s, "B", "B", 66))
	open := func(cell, blank string) string { // ____年 while nothing stands there
		return "\x00IF(LEN(" + cell + `)=0,"` + blank + `",` + cell + ")\x00"
	}
	e.check(e.SetCellFormula(s, "A1", titleFormula(e.form.TitleFor(open(organizationCell, "__________"), open(yearCell, "____")))))
	e.check(e.MergeCell(s, "A1", "B1"))
	e.check(e.SetCellStyle(s, "A1", "B1", e.styles[titleStyle]))
	e.check(e.SetRowHeight(s, 1, 56))
	for i, name := range []string{"填报单位", "年度", "填报日期"} {
		e.put(s, 3+i, 1, name, labelStyle)
		e.put(s, 3+i, 2, nil, inputStyle)
		e.check(e.SetRowHeight(s, 3+i, 24))
	}
	e.check(e.SetCellStyle(s, dateCellName, dateCellName, e.inputDate()))
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(yearCell)
	to := e.form.Years.To
	if to == 0 {
		to = 2099
	}
	e.check(dv.SetRange(e.form.Years.From, to, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
	e.addValidation(s, dv, message.New("write.year", e.form.Years.From))
	e.put(s, 7, 1, "前言", headingStyle)
	e.check(e.SetRowHeight(s, 7, 28))
	for row := 8; row < 12; row++ {
		a, b := fmt.Sprintf("A%d", row), fmt.Sprintf("B%d", row)
		e.check(e.MergeCell(s, a, b))
		e.check(e.SetCellStyle(s, a, b, e.styles[inputText]))
		e.check(e.SetRowHeight(s, row, 110)) // merged cells do not grow with what is typed
	}
	e.hint(s, "A8:B11", "前言", "write.hint.preamble")
	e.used(s, 11, 2)
	e.protect(s)
}

// titleFormula makes a formula of a title in which cells stand between NULs.
func titleFormula(title string) string {
	var parts []string
	for i, p := range strings.Split(title, "\x00") {
		switch {
		case p == "":
		case i%2 == 1:
			parts = append(parts, p)
		default:
			parts = append(parts, `"`+p+`"`)
		}
	}
	return strings.Join(parts, "&")
}

// inputDate is the style of the cover's date: written out, not locked.
func (e *emptyForm) inputDate() int {
	code := `yyyy"年"m"月"d"日"`
	s, err := e.GetStyle(e.styles[inputStyle])
	e.check(err)
	s.CustomNumFmt = &code
	id, err := e.NewStyle(s)
	e.check(err)
	return id
}

func (e *emptyForm) text(s form.Section) {
	sheet := e.addSheet(s.Label, false)
	e.put(sheet, 1, 1, s.Label, headingStyle)
	e.check(e.SetColWidth(sheet, "A", "A", textWidth))
	last := report.Cell{Row: 1 + emptyParagraphs, Column: 1}.Name()
	e.check(e.SetCellStyle(sheet, "A2", last, e.styles[inputText]))
	const high = 12 // rows, more than most sections have paragraphs
	for row := 2; row < 2+high; row++ {
		e.check(e.SetRowHeight(sheet, row, growingHeight))
	}
	e.growing = true
	key := "write.hint"
	switch s.Means {
	case form.Overview:
		key = "write.hint.overview"
	case form.Problems:
		key = "write.hint.problems"
	case form.Others:
		key = "write.hint.others"
	}
	e.hint(sheet, "A2:"+last, s.Label, key)
	e.heading(sheet)
	e.used(sheet, 1+emptyParagraphs, 1)
	e.protect(sheet)
}

// hint shows a text beside the cells while one of them is chosen.
func (e *emptyForm) hint(sheet, cells, title, key string) {
	hint := excelize.NewDataValidation(true)
	hint.SetSqref(cells)
	hint.SetInput(title, message.New(key).In(message.Chinese))
	e.check(e.AddDataValidation(sheet, hint))
}

// guide adds the sheet that says how to fill the form in. It comes last, so that
// nothing else moves.
func (e *emptyForm) guide() {
	s := e.addSheet("填表说明", false)
	e.check(e.SetColWidth(s, "A", "A", textWidth))
	e.put(s, 1, 1, "填表说明", headingStyle)
	e.heading(s)
	texts := []message.Message{message.New("write.guide.colours"), message.New("write.guide.cover"), message.New("write.guide.figures")}
	for i := range e.form.Tables {
		t := &e.form.Tables[i]
		for _, id := range t.Identities {
			if len(id.Left) > 1 {
				texts = append(texts, message.New("write.guide.identity", sides(t, id)))
			}
		}
	}
	texts = append(texts, message.New("write.guide.texts"), message.New("write.guide.aspects"), message.New("write.guide.pictures"), message.New("write.guide.file"))
	for i, m := range texts {
		text := fmt.Sprintf("%d. %s", i+1, m.In(message.Chinese))
		e.put(s, 2+i, 1, text, guideStyle)
		e.check(e.SetRowHeight(s, 2+i, 10+17*lines(text, textWidth-4)))
	}
	e.used(s, 1+len(texts), 1)
	e.protect(s)
}

// sides writes an identity out with the labels of its rows or columns.
func sides(t *form.Table, id form.Identity) string {
	label := func(key string) string {
		for _, r := range t.Rows() {
			if id.Each == form.EachColumn && r.Key == key {
				return "“" + r.Label + "”"
			}
			for _, c := range r.Columns {
				if id.Each == form.EachRow && c.Key == key {
					return "“" + c.Label + "”"
				}
			}
		}
		return key
	}
	side := func(keys []string) string {
		var labels []string
		for _, k := range keys {
			labels = append(labels, label(k))
		}
		return strings.Join(labels, "＋")
	}
	return side(id.Left) + "＝" + side(id.Right)
}

func (e *emptyForm) table(s form.Section) {
	t := e.form.Table(s.Table)
	l := t.Layout()
	sheet := e.addSheet(s.Label, l.StubColumns == 0)
	e.put(sheet, 1, 1, s.Label, headingStyle)
	e.check(e.MergeCell(sheet, "A1", report.ColumnName(l.Columns)+"1"))
	cells := map[report.Path]string{}
	e.drawTable(e.form, look(sheet, 3, l), l, func(cell string, c form.LayoutCell) {
		cells[report.Path{Table: t.Key, Row: c.RowKey, Column: c.ColumnKey}] = cell
	})
	inputs := map[form.Column][]string{}
	var order []form.Column
	for _, row := range t.Rows() {
		for _, c := range row.Columns {
			cell := cells[report.Path{Table: t.Key, Row: row.Key, Column: c.Key}]
			if parts := t.Parts(row.Key, c.Key); parts != nil {
				var of []string
				for _, p := range parts {
					of = append(of, cells[p])
				}
				e.check(e.SetCellFormula(sheet, cell, "SUM("+joinCells(of)+")"))
				e.check(e.SetCellStyle(sheet, cell, cell, e.styles[totalStyle]))
				continue
			}
			e.check(e.SetCellStyle(sheet, cell, cell, e.styles[inputStyle]))
			c.Key, c.Label = "", "" // inputs of one kind share a validation
			if inputs[c] == nil {
				order = append(order, c)
			}
			inputs[c] = append(inputs[c], cell)
		}
	}
	e.redden(sheet, t, cells)
	e.heading(sheet)
	for _, c := range order {
		e.validate(sheet, c, inputs[c])
	}
	e.protect(sheet)
}

// joinCells lists cells for SUM, as a range if they adjoin in a row or a column.
func joinCells(cells []string) string {
	first, last := cells[0], cells[len(cells)-1]
	r1, c1, _ := workbook.ParseRef(first)
	r2, c2, _ := workbook.ParseRef(last)
	if (r1 == r2 || c1 == c2) && r2-r1+c2-c1 == len(cells)-1 {
		return first + ":" + last
	}
	return strings.Join(cells, ",")
}

// validate restricts cells to the numbers that a column of their kind may hold.
func (e *emptyForm) validate(sheet string, c form.Column, cells []string) {
	dv := excelize.NewDataValidation(true)
	dv.SetSqref(strings.Join(cells, " "))
	say := message.New("write.whole")
	switch c.Kind {
	case form.Count:
		e.check(dv.SetRange(0, 999_999_999, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
	case form.Change:
		say = message.New("write.change")
		e.check(dv.SetRange(-999_999_999, 999_999_999, excelize.DataValidationTypeWhole, excelize.DataValidationOperatorBetween))
	case form.Amount:
		say = message.New("write.amount", c.Unit)
		e.check(dv.SetRange(0.0, 999_999_999_999.0, excelize.DataValidationTypeDecimal, excelize.DataValidationOperatorBetween))
	}
	e.addValidation(sheet, dv, say)
}

func (e *emptyForm) addValidation(sheet string, dv *excelize.DataValidation, say message.Message) {
	dv.SetError(excelize.DataValidationErrorStyleStop, message.New("write.invalid").In(message.Chinese), say.In(message.Chinese))
	e.check(e.AddDataValidation(sheet, dv))
}

// protect locks what is not to be filled in. There is no password: the lock is
// against slips, not against people.
func (e *emptyForm) protect(sheet string) {
	e.check(e.ProtectSheet(sheet, &excelize.SheetProtectionOptions{
		SelectLockedCells: true, SelectUnlockedCells: true, FormatRows: true, FormatColumns: true,
	}))
}

package check

import (
	"strconv"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// figures says which figures their column cannot hold: R202 and R203.
func (s *subject) figures() []finding.Finding {
	var found []finding.Finding
	for i := range s.Tables {
		t := &s.Tables[i]
		ft := s.form.Table(t.Key)
		if ft == nil {
			continue
		}
		kinds := ft.Rows()
		for _, row := range t.Rows {
			for _, fig := range row.Figures {
				if fig.Value.Sign() >= 0 && fig.Value.Whole() {
					continue
				}
				kind := columnOf(kinds, row.Key, fig.Column).Kind
				path := report.Path{Table: t.Key, Row: row.Key, Column: fig.Column}
				if len(s.unread) > 0 && s.unread[s.full.At(path)] { // it counts a date or a percentage, which is reported
					continue
				}
				value := shown(fig.Value)
				say := func(rule string) {
					found = append(found, newFinding(rule, path, []report.Cell{fig.Cell}, "", fig.Value,
						message.New(rule, nameOf(s.form, path), at(fig.Cell), value)))
				}
				if fig.Value.Sign() < 0 && kind != form.Change {
					say("R202")
				}
				if !fig.Value.Whole() && kind != form.Amount {
					say("R203")
				}
			}
		}
	}
	return found
}

// shown is a number as spreadsheet programs show it: what is left of 0.3-0.2-0.1 is
// 5.55E-17, and nothing beside a figure.
func shown(n report.Number) string {
	const digits = 10 // after the point that anybody looks at
	if n.Decimal().Exponent() >= -digits {
		return n.String()
	}
	if r := n.Decimal().Round(digits); !r.IsZero() {
		return r.String()
	}
	return strconv.FormatFloat(n.Decimal().InexactFloat64(), 'E', 2, 64)
}

// columnOf is the column of a row, or a column of counts.
func columnOf(rows []form.Row, row, column string) form.Column {
	for _, r := range rows {
		if r.Key != row {
			continue
		}
		for _, c := range r.Columns {
			if c.Key == column {
				return c
			}
		}
	}
	return form.Column{Kind: form.Count}
}

// blanks says which figures were filled in: R204 once for each table, R205 for
// each total.
func (s *subject) blanks() []finding.Finding {
	var found []finding.Finding
	zeros := map[string][]report.Cell{}
	for _, b := range s.filled {
		if !b.Total {
			zeros[b.Table] = append(zeros[b.Table], b.Cell)
			continue
		}
		path := report.Path{Table: b.Table, Row: b.Row, Column: b.Column}
		value := b.Value.String()
		found = append(found, newFinding("R205", path, []report.Cell{b.Cell}, b.Value, "",
			message.New("R205", nameOf(s.form, path), at(b.Cell), value)))
	}
	for _, t := range s.Tables {
		if cells := zeros[t.Key]; len(cells) > 0 {
			found = append(found, newFinding("R204", report.Path{Table: t.Key}, cells, "", "",
				message.New("R204", tableName(s.form, t.Key), strconv.Itoa(len(cells)), placeList(cells))))
		}
	}
	return found
}

// readAsNumbers says which figures are not as they were typed: R207 and R208.
// A whole table may be text, so that a table with several makes one finding.
func (s *subject) readAsNumbers() []finding.Finding {
	var found []finding.Finding
	for _, k := range []struct {
		kind report.NoteKind
		rule string
	}{{report.Computed, "R207"}, {report.TextNumber, "R208"}} {
		for _, t := range s.Tables {
			var notes []report.Note
			var cells []report.Cell
			for _, n := range s.Notes {
				if n.Kind == k.kind && n.Path.Table == t.Key && n.Path.Row != "" {
					notes = append(notes, n)
					cells = append(cells, n.Cells...)
				}
			}
			switch len(notes) {
			case 0:
			case 1:
				n := notes[0]
				found = append(found, newFinding(k.rule, n.Path, cells, "", n.Text,
					message.New(k.rule, nameOf(s.form, n.Path), placeList(cells), n.Text, n.Read)))
			default:
				found = append(found, newFinding(k.rule, report.Path{Table: t.Key}, cells, "", "",
					message.New(k.rule+".several", tableName(s.form, t.Key), strconv.Itoa(len(notes)), placeList(cells), notes[0].Text, notes[0].Read)))
			}
		}
	}
	return found
}

// outdated says which formulas have stored results that are not what they give: R209,
// once for a report.
func (s *subject) outdated() []finding.Finding {
	var found []finding.Finding
	for _, k := range []struct {
		kind report.NoteKind
		key  string
	}{{report.Outdated, "R209"}, {report.Recalculated, "R209.recalculated"}} {
		var cells []report.Cell
		var first report.Note
		for _, n := range s.Notes {
			if n.Kind == k.kind {
				if cells = append(cells, n.Cells...); len(cells) == 1 {
					first = n
				}
			}
		}
		if len(cells) == 0 {
			continue
		}
		var path report.Path
		expected, actual := "", ""
		if len(cells) == 1 {
			path, expected, actual = first.Path, first.Read, first.Text
		}
		found = append(found, newFinding("R209", path, cells, expected, actual,
			message.New(k.key, strconv.Itoa(len(cells)), placeList(cells), first.Cells[0].Name(), quoted(first.Text), quoted(first.Read))))
	}
	return found
}

// quoted is a result in a message: a figure as it is, the beginning of a text in quotes.
func quoted(s string) string {
	if _, err := report.ParseNumber(s); err == nil && s != "" {
		return s
	}
	const most = 20 // characters that tell one text from another
	if r := []rune(s); len(r) > most {
		s = string(r[:most]) + "…"
	}
	return "“" + s + "”"
}

// figureRules are the rules on single figures.
var figureRules = []finding.Rule{
	{
		ID: "R201", Severity: finding.Error, Since: "0.1", Clause: form2021,
		Title:   message.Both("未填阿拉伯数字", "Not a number"),
		Text:    message.Both("应填数字的格里是无法识别为数字的文字、日期或百分比。该格不参加任何计算。", "A figure's cell holds text that is no number, a date or a percentage. It takes part in no sum."),
		Advice:  message.Both("改填阿拉伯数字；没有则填0。", "Type the number; 0 when there is none."),
		Example: message.Both("“予以公开·自然人”填了“约6”。", "“予以公开·自然人” says “约6” (about 6)."),
	},
	{
		ID: "R202", Severity: finding.Error, Since: "0.1", Clause: form2021,
		Title:   message.Both("数字为负", "A figure is negative"),
		Text:    message.Both("件数和金额不能为负数，“增/减”列除外。", "Counts and amounts cannot be negative; only a change can."),
		Advice:  message.Both("核对原始台账后改正。", "Correct it from the records."),
		Example: message.Both("“结转下年度继续办理”填了-1。", "“结转下年度继续办理” is -1."),
	},
	{
		ID: "R203", Severity: finding.Error, Since: "0.1", Clause: form2021,
		Title:   message.Both("件数不是整数", "A count is not whole"),
		Text:    message.Both("件数应为整数，只有金额可以带小数。", "Counts are whole; only amounts may have a fraction."),
		Advice:  message.Both("核对台账，改填整数；金额误填在件数列的，件数另行核实。", "Check the records and type a whole number; where an amount was typed into a count, find out the count."),
		Example: message.Both("“行政处罚·本年处理决定数量”填了12.5。", "“行政处罚·本年处理决定数量” is 12.5."),
	},
	{
		ID: "R204", Severity: finding.Warning, Since: "0.1", Clause: form2021,
		Title:   message.Both("空白格按0处理", "Blank figures count as 0"),
		Text:    message.Both("空白不等于0：可能是没有，也可能是漏填；填“/”“—”“无”的同样。求和时按0计，输出文件填0并加批注。每张表报一次，列出所有空白格。", "Blank is not 0: there may be none, or it was forgotten; so too a figure that says “/”, “—” or “无”. It counts as 0 in sums and is written as 0 with a comment. One finding a table lists the cells."),
		Advice:  message.Both("确认确实没有后填0，漏填的补上。", "Type 0 where there is none, and the number where it was forgotten."),
		Example: message.Both("“科研机构”一列全部空白。", "The column “科研机构” is blank."),
	},
	{
		ID: "R205", Severity: finding.Warning, Since: "0.1", Clause: form2021,
		Title:   message.Both("总计空白，已代为求和", "A blank total was filled in"),
		Text:    message.Both("总计格空白而各分项有数时，按分项之和补上并加批注。总计填了但不对的，不作改动。", "A blank total whose parts are there is filled with their sum, with a comment. A total that is there but wrong is never changed."),
		Advice:  message.Both("核对补上的总计。", "See that the total is right."),
		Example: message.Both("“（七）总计·自然人”空白，各项办理结果相加为25，补为25。", "“（七）总计·自然人” is blank; the outcomes add up to 25, which was filled in."),
	},
	{
		ID: "R206", Severity: finding.Error, Since: "0.1", Clause: form2021,
		Title:   message.Both("单元格公式出错", "A cell holds a spreadsheet error"),
		Text:    message.Both("单元格显示#REF!、#DIV/0!等错误，多因删除行列后公式失效；或者公式没有保存结果而本程序不能计算：公式循环引用，或用了本程序不计算的函数（如 TODAY、OFFSET）。", "The cell shows #REF!, #DIV/0! or the like, mostly because rows or columns that its formula named were deleted; or a formula has no stored result and cannot be computed here: it rests on itself, or uses a function that this program does not compute (TODAY, OFFSET …)."),
		Advice:  message.Both("先改正公式所引用的出错的格；公式本身已失效或循环引用的，直接填数字；没有保存结果的，在 Excel 或 WPS 中打开后重新保存。", "First correct the cell that the formula takes its error from; where the formula itself is broken or rests on itself, type the number; where no result is stored, open the file in Excel or WPS and save it again."),
		Example: message.Both("“总计”格显示#REF!。", "The total shows #REF!."),
	},
	{
		ID: "R210", Severity: finding.Warning, Since: "0.2", Clause: form2021,
		Title:   message.Both("显示的数与实际存储的数不同", "A number format shows another value than the cell holds"),
		Text:    message.Both("单元格的数字格式会把数缩小显示（如按千、按万显示），看到的和存储的不是一个数。按存储的数读取。", "The cell's format divides what it shows, by a thousand or ten thousand: what one sees is not what is stored. The stored number was read."),
		Advice:  message.Both("确认哪一个数是对的；格式改为“常规”，再填上正确的数。", "See which is right; set the format to General and type that."),
		Example: message.Both("“行政事业性收费”显示为59.2，存储的是592372。", "The fees show 59.2 and are stored as 592372."),
	},
	{
		ID: "R211", Severity: finding.Warning, Since: "0.2", Clause: form2021,
		Title:   message.Both("有看不见的数", "Values that nobody sees"),
		Text:    message.Both("合并单元格下面、隐藏的行或列里还留有数。有看得见的数时，以看得见的为准。", "There are values left under merged cells or in hidden rows and columns. Where something shows, that counts."),
		Advice:  message.Both("取消合并或隐藏，看一看这些数，没有用的删去。", "Unmerge or unhide the cells, look at the values, and delete what is of no use."),
		Example: message.Both("合并单元格I28:J28显示6，J28下面还留有99。", "The merged cell I28:J28 shows 6, and 99 is left in J28 under it."),
	},
	{
		ID: "R207", Severity: finding.Info, Since: "0.1", Clause: form2021,
		Title:   message.Both("公式由本程序计算", "A formula was computed"),
		Text:    message.Both("单元格有公式但文件未保存结果（常见于由程序生成、未用表格软件打开过的文件），读取时已计算。", "The file stores no result for a formula, as when a program wrote it and no spreadsheet ever opened it. It was computed when read."),
		Advice:  message.Both("一般无需处理。", "Nothing need be done."),
		Example: message.Both("“总计”为=SUM(D5:I5)，文件中没有保存结果，自动计算为26。", "The total is =SUM(D5:I5) without a result; 26 was computed."),
	},
	{
		ID: "R208", Severity: finding.Info, Since: "0.1", Clause: form2021,
		Title:   message.Both("数字按文本格式填写", "Text was read as a number"),
		Text:    message.Both("单元格里的数字是文本（全角数字、带千分位或单位等），按数字计。", "A figure is text: full-width digits, thousands separators, a unit. It was read as a number."),
		Advice:  message.Both("一般无需处理；有合计因此不符的，改为只填数字，让公式重新合计。", "Mostly nothing need be done; where sums lack it, type the number alone, so that formulas add it up."),
		Example: message.Both("“5件”按5计。", "“5件” was read as 5."),
	},
	{
		ID: "R209", Severity: finding.Warning, Since: "0.2", Clause: form2021,
		Title:   message.Both("公式结果已过期", "A stored result is out of date"),
		Text:    message.Both("文件里保存的公式结果与重新计算的不一致，多因数据改动后没有重新计算就保存。文件要求打开时重新计算的，按重新计算的结果处理；否则按保存的结果处理。本程序不计算的公式不作比较。", "The result that the file stores for a formula is not what the formula gives, mostly because figures were changed and the file was saved without computing anew. The computed result counts if the file asks for that when it is opened, else the stored one. Formulas that this program does not compute are not compared."),
		Advice:  message.Both("在 Excel 或 WPS 中打开，按 F9 重新计算，核对后保存。", "Open the file in Excel or WPS, press F9, check it and save it."),
		Example: message.Both("“总计”为=SUM(D5:I5)，保存的结果是0，重新计算为26。", "The total is =SUM(D5:I5); 0 is stored, and 26 was computed."),
	},
}

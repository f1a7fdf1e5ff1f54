package check

import (
	"cmp"
	"slices"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// reading is what the rules R say: what the reader could not find, could not
// read or had to guess at, and which parts of the report are missing.
func (s *subject) reading() []finding.Finding {
	var found []finding.Finding
	for _, n := range s.Notes {
		if f, ok := s.fromNote(n); ok {
			found = append(found, f)
		}
	}
	found = append(found, s.severalOrganizations()...)
	found = append(found, s.readAsNumbers()...)
	found = append(found, s.outdated()...)
	found = append(found, s.figures()...)
	found = append(found, s.blanks()...)
	found = append(found, s.heading()...)
	found = append(found, s.sections()...)
	found = append(found, s.field()...)
	found = append(found, s.punctuation()...)
	found = append(found, s.pictures()...)
	slices.SortStableFunc(found, func(a, b finding.Finding) int {
		if c := cmp.Compare(a.Rule, b.Rule); c != 0 {
			return c
		}
		p, q := position(s.form, a.Path), position(s.form, b.Path)
		return slices.Compare(p[:], q[:])
	})
	return found
}

// fromNote turns a note into the finding that it alone makes.
func (s *subject) fromNote(n report.Note) (finding.Finding, bool) {
	var name any = n.Text
	if !n.Path.IsZero() {
		name = nameOf(s.form, n.Path)
	}
	var first report.Cell
	if len(n.Cells) > 0 {
		first = n.Cells[0]
	}
	missing := func(rule string) (finding.Finding, bool) {
		if n.Read != "" {
			return newFinding(rule, n.Path, n.Cells, n.Text, n.Read, message.New(rule+".like", name, first.Name(), n.Read)), true
		}
		if len(n.Cells) > 0 {
			return newFinding(rule, n.Path, n.Cells, "", "", message.New(rule+".ambiguous", name, placeList(n.Cells))), true
		}
		return newFinding(rule, n.Path, nil, "", "", message.New(rule, name, s.tableOf(n.Path))), true
	}
	switch n.Kind {
	case report.MissingTable:
		return missing("R101")
	case report.MissingRow:
		return missing("R102")
	case report.MissingColumn:
		return missing("R103")
	case report.DoubleTable:
		return newFinding("R104", n.Path, n.Cells, "", "", message.New("R104", name, first.String(), placesFrom(first.Sheet, n.Cells[min(1, len(n.Cells)):]))), true
	case report.StrayFigure:
		return newFinding("R105", n.Path, n.Cells, "", "", message.New("R105", name, placeList(n.Cells))), true
	case report.Wording:
		return newFinding("R106", n.Path, n.Cells, n.Read, n.Text, message.New("R106", n.Text, at(first), n.Read)), true
	case report.NotNumber:
		return newFinding("R201", n.Path, n.Cells, "", n.Text, s.notNumber(n, name)), true
	case report.SpreadsheetError:
		return newFinding("R206", n.Path, n.Cells, "", n.Text, s.noResult(n, name)), true
	case report.Disagreement:
		return newFinding("R304", n.Path, n.Cells, n.Read, n.Text, message.New("R304."+n.Path.Table, n.Text, n.Read)), true
	case report.Scaled:
		return newFinding("R210", n.Path, n.Cells, "", n.Read, message.New("R210", name, at(first), n.Text, n.Read)), true
	case report.Unseen:
		return newFinding("R211", n.Path, n.Cells, "", "", message.New("R211", name, placeList(n.Cells), n.Text)), true
	case report.SecondSet:
		read, not := n.Cells[:len(n.Cells)/2], n.Cells[len(n.Cells)/2:]
		return newFinding("R107", report.Path{}, n.Cells, "", "", message.New("R107.set", placesFrom("", read), placesFrom("", not))), true
	case report.LeftOut:
		return newFinding("R110", report.Path{}, n.Cells, "", "", message.New("R110", placeList(n.Cells))), true
	case report.OneOfSeveral:
		return newFinding("R108", report.Path{}, n.Cells, "", "", message.New("R108", n.Read, n.Text, s.Part)), true
	case report.Converted:
		if n.Read == "" {
			return newFinding("R109", report.Path{}, nil, "", n.Text, message.New("R109.unread", n.Text)), true
		}
		return newFinding("R109", report.Path{}, nil, "", n.Text, message.New("R109", n.Text, n.Read)), true
	}
	return finding.Finding{}, false
}

// severalOrganizations is R107: one finding that says which sheets name whom.
func (s *subject) severalOrganizations() []finding.Finding {
	var cells []report.Cell
	var bodies []string
	for _, n := range s.Notes {
		if n.Kind != report.SeveralOrganizations {
			continue
		}
		var places []string
		for _, c := range n.Cells {
			places = append(places, c.String())
		}
		cells = append(cells, n.Cells...)
		bodies = append(bodies, "“"+n.Text+"”（"+strings.Join(places, "、")+"）")
	}
	if bodies == nil {
		return nil
	}
	return []finding.Finding{newFinding("R107", ofOrganization, cells, "", "", message.New("R107", strings.Join(bodies, "、")))}
}

// tableOf is the label of the table that a path leads into.
func (s *subject) tableOf(path report.Path) string {
	if s.form.Table(path.Table) == nil {
		return ""
	}
	return tableName(s.form, path.Table)
}

// readingRules are the rules on what was found of the form.
var readingRules = []finding.Rule{
	{
		ID: "R101", Severity: finding.Error, Since: "0.1", Clause: form2021,
		Title:   message.Both("缺少表格", "A table is missing"),
		Text:    message.Both("全国统一格式有三张表。表格按表头文字查找，位置不限；整张表都找不到时，其数据无从读取，报告应退回。", "The national form has three tables. They are found by their labels, wherever they stand; when one is not found, its figures are unknown and the report must go back."),
		Advice:  message.Both("请填报单位用下发的表样重新填写，不要删除或改写表头。", "Ask for the report on the form that was handed out, with its labels left as they are."),
		Example: message.Both("工作簿里只有第二、三部分的表，没有行政复议、行政诉讼情况表。", "The workbook has the tables of sections two and three, but none on reconsideration and litigation."),
	},
	{
		ID: "R102", Severity: finding.Error, Since: "0.1", Clause: form2021,
		Title:   message.Both("缺少行", "A row is missing"),
		Text:    message.Both("表中每一行都是统一格式规定的，不得增删。某行的项目名称找不到，或有两行都像是它而无法确定时，该行数据未读取。", "Every row is prescribed by the form. When a row's label is not found, or two labels could be it, the row's figures were not read."),
		Advice:  message.Both("请填报单位在下发的表样上补上这一行；行在而文字不同的，改回统一格式的文字。", "Ask for the row, on the form that was handed out; a row that is there in other words gets the form's wording."),
		Example: message.Both("“8.属于行政查询事项”一行被删除。", "The row “8.属于行政查询事项” was deleted."),
	},
	{
		ID: "R103", Severity: finding.Error, Since: "0.1", Clause: form2021,
		Title:   message.Both("缺少列", "A column is missing"),
		Text:    message.Both("表中每一列都是统一格式规定的，不得增删。某列的项目名称找不到，或有两列都像是它而无法确定时，该列数据未读取。", "Every column is prescribed by the form. When a column's label is not found, or two labels could be it, the column's figures were not read."),
		Advice:  message.Both("补上缺少的列，或把项目名称改回统一格式的文字。", "Put the column back, or give its label the form's wording."),
		Example: message.Both("申请表没有“社会公益组织”一列。", "The applications table has no column “社会公益组织”."),
	},
	{
		ID: "R104", Severity: finding.Warning, Since: "0.1", Clause: form2021,
		Title:   message.Both("同一表格出现两次", "A table stands twice"),
		Text:    message.Both("同一张表在工作簿中出现不止一次时只读取其中一张，常见于保留了旧表或样表。", "When a table stands in the workbook more than once, one is read. Often an old copy or the sample was left in."),
		Advice:  message.Both("核对读取的是不是正式数据，删去多余的表。", "See that the right one was read, and delete the other."),
		Example: message.Both("“Sheet1”是本年数据，“Sheet2”还留着去年的同一张表。", "“Sheet1” has this year's figures, “Sheet2” still has last year's table."),
	},
	{
		ID: "R105", Severity: finding.Warning, Since: "0.1", Clause: form2021,
		Title:   message.Both("表格以外的数字未采用", "Figures outside the form's rows and columns"),
		Text:    message.Both("表格旁边或下方有数字，不属于统一格式的任何行列（如自加的小计、备注），没有读取。", "Figures beside or below a table that belong to no row or column of the form, such as a subtotal or remarks, were not read."),
		Advice:  message.Both("请核实这些数字是否本应填在表内，是的填进去；只是小计、备注的，可不处理。", "See whether they belong into the table, and put them there; a subtotal or remark may stay."),
		Example: message.Both("“总计”右边自加了一列“其中线上”。", "A column “其中线上” was added right of “总计”."),
	},
	{
		ID: "R106", Severity: finding.Info, Since: "0.1", Clause: form2021,
		Title:   message.Both("项目名称与统一格式不同", "A label is worded differently"),
		Text:    message.Both("项目名称的写法与统一格式不一致，但能认出是哪一项。输出文件使用统一格式的文字。", "A label differs from the form's wording but was recognised. The outputs use the form's wording."),
		Advice:  message.Both("不影响读取；如要原表规范，改回统一格式的文字。", "Nothing need be done; use the form's wording to have the original in order too."),
		Example: message.Both("“总计”写成“合计”。", "“总计” was written “合计”."),
	},
	{
		ID: "R107", Severity: finding.Error, Since: "0.1", Clause: article50,
		Title:   message.Both("文件中有几份分不开的报告", "Several reports that cannot be told apart"),
		Text:    message.Both("一个文件里有几个单位的报告时，按各张表自己写的单位、表名的后缀和先后次序把它们分开，各读各的（见 R108）。分不清哪张表、哪段文字是谁的，读出的报告可能混有两家的内容，就不能使用。各张表都有第二套、数字不同、又没有写明是谁的，也是如此。全称与简称算同一单位；填报说明、样表、往年的表和隐藏的表不计。", "Where a file holds the reports of several bodies they are told apart by the names that sheets bear, by the suffixes of the sheets' names and by their order, and each is read by itself (see R108). Where it is not certain whose a table or a text is, what was read may be a mixture. So it may where all tables stand again with other figures and nothing says whose. A full name and a short one are the same organization; guides, samples, sheets of other years and hidden sheets do not count."),
		Advice:  message.Both("每个单位单独存为一个文件；其实是同一单位的，把各张表上的单位名称改成一致，只留要报的一套表。", "Save each organization's sheets as a file of its own; if it is one organization, write its name alike on all sheets and leave only the set that is to be reported."),
		Example: message.Both("“封面”是县教育局的，“四”这张表却写着县卫生健康局。", "“封面” is of 县教育局, while the sheet “四” names 县卫生健康局."),
	},
	{
		ID: "R108", Severity: finding.Info, Since: "0.2", Clause: article50,
		Title:   message.Both("文件中有几份报告", "The file holds several reports"),
		Text:    message.Both("一个文件里有几个单位的报告，能确定哪些表、哪些文字是谁的：每份单独读取、检查和输出，输出文件名后加单位名称。", "The file holds the reports of several bodies, and it is certain whose each table and text is: each is read, checked and written by itself, with the body's name behind that of the file."),
		Advice:  message.Both("核对份数和单位是否齐全。", "See that all bodies are there."),
		Example: message.Both("一个工作簿里十二个乡镇各占一张工作表。", "A workbook with a sheet for each of twelve townships."),
	},
	{
		ID: "R109", Severity: finding.Info, Since: "0.1", Clause: form2021,
		Title:   message.Both("由其他格式转换后读取", "Converted from another format"),
		Text:    message.Both("报送的不是 .xlsx 文件。OpenDocument 表格和旧版 Word、WPS 文字先由本机的 LibreOffice 转换再读取，单元格位置与原表相同；旧版 Excel 文件直接读取，其中有未读取的对象时说明。", "The submission was no .xlsx workbook. LibreOffice on this machine converts OpenDocument and old Word documents first; cells have the same addresses as in the original. Old Excel is read as it is; objects in it that are not read are named."),
		Advice:  message.Both("不影响读取；今后请直接报送 .xlsx 文件。", "Nothing need be done; ask for .xlsx in future."),
		Example: message.Both("报送了 .ods 文件。", "An .ods workbook was sent."),
	}, {
		ID: "R110", Severity: finding.Info, Since: "0.1", Clause: form2021,
		Title:   message.Both("各部分之外的文字未收入", "Text outside the text sections was left out"),
		Text:    message.Both("表格所在部分的附注，以及填报人、联系电话等栏目，不属于统一格式的内容，PDF 和规范表中没有。", "Notes in the sections of the tables, and fields such as who filled in the form and a telephone number, are no part of the form; the PDF and the normalized workbook do not have them."),
		Advice:  message.Both("需要公布的说明，请写进第一、五、六部分的文字里。", "Put what is to be published into the text of section one, five or six."),
		Example: message.Both("第三部分表格下方写有“注：含网上申请2件”。", "Below the table of section three stands “注：含网上申请2件”."),
	},
}

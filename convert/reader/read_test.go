package reader

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestReadSample(t *testing.T) {
	got := jsonOf(t, readFile(t, sample))
	const golden = "../../testdata/yingshan-2024.json"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Error(d)
	}
}

// The same figures and texts, whatever shape they were sent in.
func TestReadShapes(t *testing.T) {
	want := readFile(t, sample)
	want.Preamble, want.Signature = nil, report.Signature{} // only the sample has them
	files, _ := filepath.Glob("../../testdata/forms/*.xlsx")
	if len(files) == 0 {
		t.Fatal("no forms")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			r := readFile(t, file)
			if d := cmp.Diff(jsonOf(t, want), jsonOf(t, r)); d != "" {
				t.Error(d)
			}
			for _, n := range r.Notes {
				t.Errorf("note %+v", n)
			}
			for _, tab := range r.Tables {
				for _, row := range tab.Rows {
					if row.Label.IsZero() && row.Figures[0].Cell.IsZero() {
						t.Errorf("%s.%s has no cell", tab.Key, row.Key)
					}
				}
			}
		})
	}
}

func TestFiguresNameTheirCells(t *testing.T) {
	r := readFile(t, "../../testdata/forms/web-page.xlsx")
	for _, c := range []struct{ table, row, column, cell string }{
		{"applications", "new_received", "natural_person", "Sheet1!I26"},
		{"applications", "other_rest", "total", "Sheet1!Y48"},
		{"disputes", "reconsideration", "total", "Sheet1!H55"},
		{"disputes", "litigation_after_reconsideration", "upheld", "Sheet1!R55"},
		{"disclosure", "normative_documents", "in_force", "Sheet1!U11"},
		{"disclosure", "coercive_measures", "decisions", "Sheet1!G18"},
	} {
		if got := r.Figure(c.table, c.row, c.column).Cell.String(); got != c.cell {
			t.Errorf("%s.%s.%s was read from %s, want %s", c.table, c.row, c.column, got, c.cell)
		}
	}
}

// edit changes a copy of a form and reads it.
func edit(t *testing.T, file string, change func(f *excelize.File)) *report.Report {
	t.Helper()
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	change(f)
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, b.Bytes())
}

const (
	pageSheet    = "../../testdata/forms/sheet-a-section.xlsx"
	applications = "三 收到和处理政府信息公开申请情况"
	disclosure   = "二 主动公开政府信息情况"
	disputes     = "四 政府信息公开行政复议 行政诉讼情况"
)

func TestReadNotes(t *testing.T) {
	set := func(sheet, cell string, v any) func(*excelize.File) {
		return func(f *excelize.File) {
			if err := f.SetCellValue(sheet, cell, v); err != nil {
				panic(err)
			}
		}
	}
	at := func(sheet string, cells ...string) []report.Cell {
		var all []report.Cell
		for _, c := range cells {
			row, column, _ := workbook.ParseRef(c)
			all = append(all, report.Cell{Sheet: sheet, Row: row, Column: column})
		}
		return all
	}
	styled := func(cell string, v any, format int) func(*excelize.File) {
		return func(f *excelize.File) {
			id, _ := f.NewStyle(&excelize.Style{NumFmt: format})
			f.SetCellValue(applications, cell, v)
			f.SetCellStyle(applications, cell, cell, id)
		}
	}
	for _, c := range []struct {
		name   string
		change func(*excelize.File)
		want   []report.Note
		value  string // of applications.granted.natural_person, D8
	}{
		{"text as number", set(applications, "D8", "６件"), []report.Note{{Kind: report.TextNumber, Path: path("applications.granted.natural_person"), Cells: at(applications, "D8"), Text: "６件", Read: "6"}}, "6"},
		{"words", set(applications, "D8", "六"), []report.Note{{Kind: report.NotNumber, Path: path("applications.granted.natural_person"), Cells: at(applications, "D8"), Text: "六"}}, ""},
		{"a date", styled("D8", 45000, 14), []report.Note{{Kind: report.NotNumber, Path: path("applications.granted.natural_person"), Cells: at(applications, "D8"), Text: "2023年3月15日", Read: "45000"}}, ""},
		{"a percentage", styled("D8", 0.06, 9), []report.Note{{Kind: report.NotNumber, Path: path("applications.granted.natural_person"), Cells: at(applications, "D8"), Text: "6%", Read: "0.06"}}, ""},
		{"blank", set(applications, "D8", nil), nil, ""},
		{"dash", set(applications, "D8", "—"), nil, ""},
		{"none", set(applications, "D8", "无"), nil, ""},
		{"formula without result", func(f *excelize.File) {
			f.SetCellValue(applications, "D8", nil)
			f.SetCellFormula(applications, "D8", "2*3")
		}, []report.Note{{Kind: report.Computed, Path: path("applications.granted.natural_person"), Cells: at(applications, "D8"), Text: "=2*3", Read: "6"}}, "6"},
		{"formula that fails", func(f *excelize.File) {
			f.SetCellValue(applications, "D8", nil)
			f.SetCellFormula(applications, "D8", "1/0")
		}, []report.Note{{Kind: report.SpreadsheetError, Path: path("applications.granted.natural_person"), Cells: at(applications, "D8"), Text: "=1/0", Read: "#DIV/0!"}}, ""},
		{"a row renamed", set(applications, "B8", "（一）全部给看"), []report.Note{
			{Kind: report.MissingRow, Path: path("applications.granted"), Text: "（一）予以公开", Cells: at(applications, "B8"), Read: "（一）全部给看"}}, ""},
		{"a row misspelt", set(applications, "B8", "（一）予已公开"), []report.Note{
			{Kind: report.Wording, Path: path("applications.granted"), Cells: at(applications, "B8"), Text: "（一）予已公开", Read: "（一）予以公开"}}, "6"},
		{"a row taken out, a subtotal in its place", func(f *excelize.File) {
			f.SetCellValue(applications, "C10", "小计")
		}, []report.Note{
			{Kind: report.MissingRow, Path: path("applications.denied_state_secret"), Text: "1.属于国家秘密", Cells: at(applications, "C10"), Read: "小计"}}, "6"},
		{"two rows renamed", func(f *excelize.File) {
			f.SetCellValue(applications, "C10", "秘密")
			f.SetCellValue(applications, "C11", "禁止")
		}, []report.Note{
			{Kind: report.MissingRow, Path: path("applications.denied_state_secret"), Text: "1.属于国家秘密"},
			{Kind: report.MissingRow, Path: path("applications.denied_by_law"), Text: "2.其他法律行政法规禁止公开"},
			{Kind: report.StrayFigure, Path: path("applications"), Cells: append(rowOfFigures(10), rowOfFigures(11)...), Text: strings.TrimSpace(strings.Repeat("0 ", 14))}}, "6"},
		{"title and cover disagree", func(f *excelize.File) {
			f.SetCellValue("封面", "A1", "某县教育局2023年政府信息公开工作年度报告")
		}, []report.Note{
			{Kind: report.Disagreement, Path: path("organization"), Cells: at("封面", "A1", "B3"), Text: "某县教育局", Read: "营山县人民政府办公室"},
			{Kind: report.Disagreement, Path: path("year"), Cells: at("封面", "A1", "B4"), Text: "2023", Read: "2024"}}, "6"},
		{"a column renamed", set(applications, "E5", "公司"), []report.Note{
			{Kind: report.MissingColumn, Path: path("applications.*.business"), Text: "商业企业", Cells: at(applications, "E5"), Read: "公司"}}, "6"},
		{"a column misspelt", set(applications, "D4", "自然入"), []report.Note{
			{Kind: report.Wording, Path: path("applications.*.natural_person"), Cells: at(applications, "D4"), Text: "自然入", Read: "自然人"}}, "6"},
		{"two columns renamed", func(f *excelize.File) {
			f.SetCellValue(applications, "E5", "公司")
			f.SetCellValue(applications, "F5", "研究所")
		}, []report.Note{
			{Kind: report.MissingColumn, Path: path("applications.*.business"), Text: "商业企业"},
			{Kind: report.MissingColumn, Path: path("applications.*.research"), Text: "科研机构"},
			{Kind: report.StrayFigure, Path: path("applications"), Cells: columns(applications, 6, 30, "E", "F"), Text: strings.TrimSpace(strings.Repeat("0 ", 50))}}, "6"},
		{"a group renamed", set(disputes, "K4", "复议之后"), []report.Note{
			{Kind: report.MissingColumn, Path: path("disputes.litigation_after_reconsideration.upheld"), Text: "结果维持"},
			{Kind: report.MissingColumn, Path: path("disputes.litigation_after_reconsideration.corrected"), Text: "结果纠正"},
			{Kind: report.MissingColumn, Path: path("disputes.litigation_after_reconsideration.other"), Text: "其他结果"},
			{Kind: report.MissingColumn, Path: path("disputes.litigation_after_reconsideration.pending"), Text: "尚未审结"},
			{Kind: report.MissingColumn, Path: path("disputes.litigation_after_reconsideration.total"), Text: "总计"},
			{Kind: report.StrayFigure, Path: path("disputes"), Cells: at(disputes, "K6", "L6", "M6", "N6", "O6"), Text: "0 0 0 0 0"}}, "6"},
		{"a label twice", set(applications, "C22", "1.信访举报投诉类申请"), []report.Note{
			{Kind: report.MissingRow, Path: path("applications.rejected_petition"), Text: "1.信访举报投诉类申请", Cells: at(applications, "C21", "C22")},
			{Kind: report.MissingRow, Path: path("applications.rejected_duplicate"), Text: "2.重复申请"},
			{Kind: report.StrayFigure, Path: path("applications"), Cells: append(rowOfFigures(21), rowOfFigures(22)...), Text: strings.TrimSpace(strings.Repeat("0 ", 14))}}, "6"},
		{"other words", set(applications, "A30", "四、结转下一年度继续办理"), []report.Note{
			{Kind: report.Wording, Path: path("applications.carried_out"), Cells: at(applications, "A30"), Text: "四、结转下一年度继续办理", Read: "四、结转下年度继续办理"}}, "6"},
		{"spaced out", set(applications, "J4", "总　 计\n（件）"), []report.Note{
			{Kind: report.Wording, Path: path("applications.*.total"), Cells: at(applications, "J4"), Text: "总　 计\n（件）", Read: "总计"}}, "6"},
		{"brackets and quotes", set(applications, "C12", "3、危及\"三安全一稳定\""), nil, "6"},
		{"an amount of another unit", func(f *excelize.File) {
			f.SetCellValue(disclosure, "B15", "本年收费金额（单位：元）")
			f.SetCellValue(disclosure, "B16", 5923)
		}, []report.Note{
			{Kind: report.NotNumber, Path: path("disclosure.fees.amount"), Cells: at(disclosure, "B16"), Text: "5923元", Read: "5923"},
			{Kind: report.Wording, Path: path("disclosure.*.amount"), Cells: at(disclosure, "B15"), Text: "本年收费金额（单位：元）", Read: "本年收费金额（单位：万元）"}}, "6"},
		{"figures beside and below", func(f *excelize.File) {
			f.SetCellValue(applications, "K8", 7)
			f.SetCellValue(applications, "A31", "核对")
			f.SetCellValue(applications, "D31", 99)
			f.SetCellValue(applications, "A34", "电话")
			f.SetCellValue(applications, "D34", 8221234)
		}, []report.Note{{Kind: report.StrayFigure, Path: path("applications"), Cells: at(applications, "K8", "D31"), Text: "7 99"},
			{Kind: report.LeftOut, Cells: at(applications, "A31", "D34"), Text: "核对"}}, "6"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := edit(t, pageSheet, c.change)
			if d := cmp.Diff(c.want, r.Notes); d != "" {
				t.Error(d)
			}
			if got := r.Figure("applications", "granted", "natural_person").Value.String(); got != c.value {
				t.Errorf("granted by natural persons is %q, want %q", got, c.value)
			}
		})
	}
}

func columns(sheet string, from, to int, letters ...string) []report.Cell {
	var cells []report.Cell
	for r := from; r <= to; r++ {
		for _, l := range letters {
			_, n, _ := workbook.ParseRef(l + "1")
			cells = append(cells, report.Cell{Sheet: sheet, Row: r, Column: n})
		}
	}
	return cells
}

func rowOfFigures(row int) []report.Cell {
	var cells []report.Cell
	for c := 4; c <= 10; c++ {
		cells = append(cells, report.Cell{Sheet: applications, Row: row, Column: c})
	}
	return cells
}

// The year and the organization are read from wherever a title or a cover has them.
func TestReadCover(t *testing.T) {
	for _, c := range []struct {
		name               string
		rows               [][]string // of the cover
		organization, date string
		title              string
	}{
		{"one line", [][]string{{"某县教育局2024年政府信息公开工作年度报告"}}, "某县教育局", "", "某县教育局2024年政府信息公开工作年度报告"},
		{"organization above", [][]string{{"某县教育局"}, {"2024年政府信息公开工作年度报告"}}, "某县教育局", "", "某县教育局2024年政府信息公开工作年度报告"},
		{"organization below", [][]string{{"关于2024年政府信息公开工作年度报告"}, {"某县教育局"}}, "某县教育局", "", "某县教育局关于2024年政府信息公开工作年度报告"},
		{"three lines", [][]string{{"某县教育局"}, {"政府信息公开工作年度报告"}, {"（2024年度）"}}, "某县教育局", "", "某县教育局政府信息公开工作年度报告（2024年度）"},
		{"an attachment", [][]string{{"附件1"}, {"某县教育局2024年政府信息公开工作年度报告"}}, "某县教育局", "", "某县教育局2024年政府信息公开工作年度报告"},
		{"broken in the middle", [][]string{{"某县教育局"}, {"2024年政府信息公开"}, {"工作年度报告"}}, "某县教育局", "", "某县教育局2024年政府信息公开工作年度报告"},
		{"broken behind the year", [][]string{{"某县教育局2024年"}, {"政府信息公开工作年度报告。"}}, "某县教育局", "", "某县教育局2024年政府信息公开工作年度报告。"},
		{"no colon", [][]string{{"2024年政府信息公开工作年度报告"}, {"填报单位 某县教育局（章） 填报日期：2025年1月10日 10:30"}}, "某县教育局", "2025年1月10日 10:30", "某县教育局2024年政府信息公开工作年度报告"},
		{"year beside", [][]string{{"政府信息公开工作年度报告", "2024年度"}, {"单位：某县教育局", "填报时间：2025.1.10"}}, "某县教育局", "2025年1月10日", "某县教育局政府信息公开工作年度报告（2024年度）"},
		{"fields in one cell", [][]string{{"2024年政府信息公开工作年度报告"}, {"填报单位（盖章）：某县教育局　　填 报 日 期：2025年1月10日　联系电话：0817：1234"}}, "某县教育局", "2025年1月10日", "某县教育局2024年政府信息公开工作年度报告"},
		{"a field that nobody filled in", [][]string{{"2024年政府信息公开工作年度报告"}, {"填报单位", "请填写单位全称"}}, "", "", "2024年政府信息公开工作年度报告"},
		{"fields and values", [][]string{{"填报单位：", "某县教育局", "年度", "2024"}, {"单位：件"}}, "某县教育局", "", ""},
	} {
		r := edit(t, pageSheet, func(f *excelize.File) {
			f.RemoveRow("封面", 4)
			f.RemoveRow("封面", 3)
			f.RemoveRow("封面", 1)
			for i, row := range c.rows {
				for k, v := range row {
					f.SetCellValue("封面", report.Cell{Row: i + 1, Column: k + 1}.Name(), v)
				}
			}
		})
		if r.Organization != c.organization || r.Year != 2024 || r.Signature.Date != c.date || r.Title != c.title {
			t.Errorf("%s: %q, %d, %+v, title %q", c.name, r.Organization, r.Year, r.Signature, r.Title)
		}
	}
}

// Some workbooks count the days from 1904.
func TestReadDatesFrom1904(t *testing.T) {
	r := edit(t, pageSheet, func(f *excelize.File) {
		f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: new(true)})
		id, _ := f.NewStyle(&excelize.Style{NumFmt: 14})
		f.SetCellValue("封面", "A5", "填报日期")
		f.SetCellValue("封面", "B5", 44200)
		f.SetCellStyle("封面", "B5", "B5", id)
	})
	if r.Signature.Date != "2025年1月5日" {
		t.Errorf("the date was read as %q", r.Signature.Date)
	}
}

func TestReadMissingTable(t *testing.T) {
	r := edit(t, pageSheet, func(f *excelize.File) { f.DeleteSheet(disputes) })
	want := []report.Note{{Kind: report.MissingTable, Path: path("disputes")}}
	if d := cmp.Diff(want, r.Notes); d != "" {
		t.Error(d)
	}
}

func TestReadOptionsAreTheLastResort(t *testing.T) {
	f, err := excelize.OpenFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	read := func() *report.Report {
		b, _ := f.WriteToBuffer()
		r, err := readOne(context.Background(), b.Bytes(), Options{Organization: "某镇", Year: 2022})
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	if r := read(); r.Organization != "营山县人民政府办公室" || r.Year != 2024 {
		t.Errorf("the title's %s and %d were overruled", r.Organization, r.Year)
	}
	f.SetCellValue("封面", "A1", "年度报告")
	f.SetCellValue("封面", "B3", "某局")
	if r := read(); r.Organization != "某局" || r.Year != 2024 || r.Title != "" {
		t.Errorf("cover read as %q, %d, title %q", r.Organization, r.Year, r.Title)
	}
	f.DeleteSheet("封面")
	if r := read(); r.Organization != "某镇" || r.Year != 2022 {
		t.Errorf("options not used: %q, %d", r.Organization, r.Year)
	}
}

func TestReadRefuses(t *testing.T) {
	valid, err := os.ReadFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	unrelated := excelize.NewFile()
	unrelated.SetCellValue("Sheet1", "A1", "通讯录")
	other, _ := unrelated.WriteToBuffer()
	for _, c := range []struct {
		name string
		src  []byte
		key  string
	}{
		{"empty", nil, "read.format.empty"},
		{"png", []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), "read.format.named"},
		{"pdf", []byte("%PDF-1.4\n"), "read.format.named"},
		{"html as xls", []byte("<html><table>"), "read.format.named"},
		{"csv", []byte("单位,年度\n某局,2024\n"), "read.format.text"},
		{"old excel, damaged", []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + strings.Repeat("\x00", 600)), "read.damaged"},
		{"truncated", valid[:len(valid)/2], "read.damaged"},
		{"noise", []byte(strings.Repeat("\x00\xff", 300)), "read.format.other"},
		{"no tables", other.Bytes(), "read.notables"},
	} {
		r, err := readOne(context.Background(), c.src, Options{})
		var m *message.Error
		if r != nil || !errors.As(err, &m) || m.Key != c.key {
			t.Errorf("%s: report %v, error %v; want %s", c.name, r != nil, err, c.key)
		}
	}
}

func TestReadStopsWithTheContext(t *testing.T) {
	src, err := os.ReadFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := readOne(ctx, src, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// Looking for headings in millions of cells ends with the context, too.
func TestHeadingsStopWithTheContext(t *testing.T) {
	p := &page{Sheet: &workbook.Sheet{}}
	for i := range 3000 {
		p.cells = append(p.cells, newCell(&workbook.Cell{Area: workbook.Area{Row: i + 1}, Text: "一、总体情况"}))
	}
	x := indexes()[0]
	ctx, cancel := context.WithCancel(t.Context())
	if h := x.headingsOf(ctx, []*page{p}); len(h.numbered) != 1 || len(h.rows(ctx, p)) != 3000 {
		t.Errorf("%d numbered, %d rows", len(h.numbered), len(h.rows(ctx, p)))
	}
	cancel()
	if h := x.headingsOf(ctx, []*page{p}); len(h.numbered) != 0 || len(h.rows(ctx, p)) != 0 {
		t.Errorf("out of time: %d numbered, %d rows", len(h.numbered), len(h.rows(ctx, p)))
	}
}

func BenchmarkRead(b *testing.B) {
	src, err := os.ReadFile(sample)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		readBytes(b, src)
	}
}

// Of a table that stands twice the complete one is read, and the other is named.
func TestReadDoubleTable(t *testing.T) {
	last := func(f *excelize.File, name string, blank ...string) {
		from, _ := f.GetSheetIndex(applications)
		to, err := f.NewSheet(name)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.CopySheet(from, to); err != nil {
			t.Fatal(err)
		}
		for _, cell := range blank {
			f.SetCellValue(name, cell, nil)
		}
	}
	for _, c := range []struct {
		name   string
		change func(f *excelize.File)
		read   string // the sheet that is read
		other  string
	}{
		{"a copy that lacks a row", func(f *excelize.File) { last(f, "旧表", "C22") }, applications, "旧表"},
		{"a copy with blanks", func(f *excelize.File) { last(f, "旧表", "D6", "E6", "F6") }, applications, "旧表"},
		{"the first lacks a row", func(f *excelize.File) { last(f, "新表"); f.SetCellValue(applications, "C22", "") }, "新表", applications},
		{"a copy of last year in front", func(f *excelize.File) {
			last(f, "2023年")
			if err := f.MoveSheet("2023年", "封面"); err != nil {
				t.Fatal(err)
			}
		}, applications, "2023年"},
		{"a hidden copy", func(f *excelize.File) { last(f, "旧表"); f.SetSheetVisible("旧表", false) }, applications, "旧表"},
		{"last year's beside it", func(f *excelize.File) {
			rows, _ := f.GetRows(applications)
			for i, row := range rows {
				for k, v := range row {
					f.SetCellValue(applications, report.Cell{Row: i + 1, Column: k + 15}.Name(), v)
				}
			}
		}, applications, applications},
		{"a guide's example in front", func(f *excelize.File) {
			last(f, "填写示例")
			f.SetCellValue(applications, "D6", nil)
			if err := f.MoveSheet("填写示例", "封面"); err != nil {
				t.Fatal(err)
			}
		}, applications, "填写示例"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := edit(t, pageSheet, c.change)
			if got := r.Table("applications").Cell.Sheet; got != c.read {
				t.Errorf("%s was read", got)
			}
			var doubles []report.Note
			for _, n := range r.Notes {
				if n.Kind == report.DoubleTable && n.Path == path("applications") {
					doubles = append(doubles, n)
				}
			}
			if len(doubles) != 1 || len(doubles[0].Cells) != 2 || doubles[0].Cells[0].Sheet != c.read || doubles[0].Cells[1].Sheet != c.other {
				t.Errorf("doubles: %+v", doubles)
			}
			if bad := faults(r); len(bad) > 0 {
				t.Errorf("%+v", bad)
			}
		})
	}
}

// What is to be believed counts before what is complete.
func TestReadBelieves(t *testing.T) {
	copied := func(f *excelize.File, name string) {
		from, _ := f.GetSheetIndex(applications)
		to, _ := f.NewSheet(name)
		if err := f.CopySheet(from, to); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		name   string
		change func(f *excelize.File)
		read   string
	}{
		{"this year's lacks a row", func(f *excelize.File) { copied(f, "2023年"); f.SetCellValue(applications, "C22", "") }, applications},
		{"that lacks a column, and an example does not", func(f *excelize.File) { copied(f, "填报示例"); f.SetCellValue(applications, "H5", "律师") }, applications},
		{"that lacks a row, and a hidden one does not", func(f *excelize.File) {
			copied(f, "数")
			f.SetSheetVisible("数", false)
			f.SetCellValue(applications, "C22", "")
		}, applications},
		{"three years in order", func(f *excelize.File) {
			copied(f, "2023年")
			copied(f, "2024年")
			f.SetSheetName(applications, "2022年")
		}, "2024年"},
		{"an empty one in front", func(f *excelize.File) {
			copied(f, "填好的")
			for row := 6; row <= 30; row++ {
				for col := 'D'; col <= 'J'; col++ {
					f.SetCellValue(applications, fmt.Sprintf("%c%d", col, row), nil)
				}
			}
		}, "填好的"},
		{"a sum behind its parts", func(f *excelize.File) { copied(f, "汇总") }, "汇总"},
	} {
		r := edit(t, pageSheet, c.change)
		if got := r.Table("applications").Cell.Sheet; got != c.read {
			t.Errorf("%s: %s was read", c.name, got)
		}
	}
}

// Of two years' columns that share their labels the report's are read.
func TestReadYearsSideBySide(t *testing.T) {
	r := edit(t, pageSheet, func(f *excelize.File) {
		f.UnmergeCell(applications, "D3", "J3")
		for k, label := range []string{"自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"} {
			f.SetCellValue(applications, fmt.Sprintf("%c5", 'K'+k), label)
			for row := 6; row <= 30; row++ {
				from, to := fmt.Sprintf("%c%d", 'D'+k, row), fmt.Sprintf("%c%d", 'K'+k, row)
				v, _ := f.GetCellValue(applications, from)
				f.SetCellValue(applications, to, v)
				f.SetCellValue(applications, from, 999)
			}
		}
		f.SetCellValue(applications, "D3", "2023年申请人情况")
		f.SetCellValue(applications, "K3", "2024年申请人情况")
	})
	if got := r.Figure("applications", "granted", "natural_person"); got.Value.String() != "6" || got.Cell.Name() != "K8" {
		t.Errorf("%s was read from %s", got.Value, got.Cell)
	}
	if i := slices.IndexFunc(r.Notes, func(n report.Note) bool { return n.Kind == report.DoubleTable }); i < 0 {
		t.Error("nothing tells of the other year's")
	}
}

// Figures that two cells could give are given by none.
func TestReadNeverGuesses(t *testing.T) {
	set := func(cells map[string]any) func(*excelize.File) {
		return func(f *excelize.File) {
			for cell, v := range cells {
				f.SetCellValue(applications, cell, v)
			}
		}
	}
	for _, c := range []struct {
		name   string
		change func(*excelize.File)
		path   string
		kind   report.NoteKind
	}{
		{"two columns with the same label", set(map[string]any{"E5": "自然人（上年）"}), "applications.*.natural_person", report.MissingColumn},
		{"another total", set(map[string]any{"F5": "合计"}), "applications.*.total", report.MissingColumn},
		{"two rows with the same label", set(map[string]any{"C19": "1.本机关不掌握相关政府信息"}), "applications.unavailable_not_held", report.MissingRow},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := edit(t, pageSheet, c.change)
			found := false
			for _, n := range r.Notes {
				found = found || n.Kind == c.kind && n.Path.String() == c.path && len(n.Cells) == 2
			}
			if !found {
				t.Errorf("no note that names both: %+v", r.Notes)
			}
		})
	}
}

// What reads like the heading of a section within another one is none.
func TestReadHeadings(t *testing.T) {
	const overview = "一 总体情况"
	for _, c := range []struct {
		name  string
		lines []string
		want  map[string]string // the sections' paragraphs, joined by |
	}{
		{"sub-headings", []string{"一、总体情况", "（一）主动公开情况", "发布信息9条。", "（二）依申请公开情况", "收到申请3件。", "（五）存在问题及改进情况", "无。"},
			map[string]string{"overview": "（一）主动公开情况|发布信息9条。|（二）依申请公开情况|收到申请3件。|（五）存在问题及改进情况|无。"}},
		{"in one cell", []string{"一、总体情况\n（一）主动公开情况\n发布信息9条。\n五、存在的主要问题及改进情况\n人手不足。\n六、其他需要报告的事项：无。"},
			map[string]string{"overview": "（一）主动公开情况|发布信息9条。", "problems": "人手不足。", "other": "无。"}},
		{"two of them in one cell, with colons", []string{"一、总体情况", "发布信息9条。", "五、存在的主要问题及改进情况：\n人手不足。\n六、其他需要报告的事项：无。"},
			map[string]string{"overview": "发布信息9条。", "problems": "人手不足。", "other": "无。"}},
		{"other words", []string{"一、年度总体情况", "发布信息9条。", "五、存在的主要问题和下一步工作打算", "人手不足。", "六、其他事项", "无。"},
			map[string]string{"overview": "发布信息9条。", "problems": "人手不足。", "other": "无。"}},
		{"one numbered otherwise", []string{"1.总体情况", "（一）主动公开情况", "发布信息9条。", "五、存在的主要问题及改进情况", "人手不足。", "六、其他需要报告的事项", "无。"},
			map[string]string{"overview": "（一）主动公开情况|发布信息9条。", "problems": "人手不足。", "other": "无。"}},
		{"numbered in brackets", []string{"（一）总体情况", "发布信息9条。", "（五）存在的主要问题及改进情况", "人手不足。"},
			map[string]string{"overview": "发布信息9条。", "problems": "人手不足。"}},
	} {
		r := edit(t, pageSheet, func(f *excelize.File) {
			for _, s := range []string{overview, "五 存在的主要问题及改进情况", "六 其他需要报告的事项"} {
				f.DeleteSheet(s)
			}
			for _, s := range []string{disclosure, applications, disputes} {
				f.SetCellValue(s, "A1", nil)
				f.SetSheetName(s, "表"+s[:3])
			}
			f.NewSheet("文字")
			for i, l := range c.lines {
				f.SetCellValue("文字", fmt.Sprintf("A%d", i+1), l)
			}
		})
		for _, s := range r.Sections {
			var all []string
			for _, p := range s.Paragraphs {
				all = append(all, p.Text)
			}
			if got := strings.Join(all, "|"); got != c.want[s.Key] {
				t.Errorf("%s: %s is %q, want %q", c.name, s.Key, got, c.want[s.Key])
			}
		}
	}
}

// A text box is text where it lies.
func TestReadTextBox(t *testing.T) {
	const overview = "一 总体情况"
	r := edit(t, pageSheet, func(f *excelize.File) {
		rows, _ := f.GetRows(overview)
		for i := range rows {
			f.RemoveRow(overview, len(rows)-i)
		}
		f.SetCellValue(overview, "A1", "一、总体情况")
		if err := f.AddShape(overview, &excelize.Shape{Cell: "B3", Type: "rect", Paragraph: []excelize.RichTextRun{{Text: "发布信息9条。"}, {Text: "收到申请3件。"}}}); err != nil {
			t.Fatal(err)
		}
	})
	want := report.Cell{Sheet: overview, Row: 3, Column: 2}
	text := ""
	for _, p := range r.Section("overview").Paragraphs {
		text += p.Text
		if p.Cell != want {
			t.Errorf("%q stands at %s", p.Text, p.Cell)
		}
	}
	if text != "发布信息9条。收到申请3件。" {
		t.Errorf("the overview is %q", text)
	}
}

// path is the path that a test writes as text.
func path(s string) report.Path {
	p, err := report.ParsePath(s)
	if err != nil {
		panic(err)
	}
	return p
}

package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

func TestReading(t *testing.T) {
	cell := func(sheet string, row, column int) report.Cell {
		return report.Cell{Sheet: sheet, Row: row, Column: column}
	}
	note := func(kind report.NoteKind, at, text, read string, cells ...report.Cell) func(r *report.Report) {
		return func(r *report.Report) {
			r.Notes = append(r.Notes, report.Note{Kind: kind, Path: path(at), Text: text, Read: read, Cells: cells})
		}
	}
	d := func(s string) report.Number {
		n, err := report.ParseNumber(s)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for _, c := range []struct {
		name   string
		change func(r *report.Report)
		want   []brief
	}{
		{"missing table", note(report.MissingTable, "disputes", "", ""),
			[]brief{{"R101", finding.Error, "disputes", "", "", ""}}},
		{"ambiguous table", note(report.MissingTable, "disputes", "", "", cell("S", 3, 1), cell("T", 9, 1)),
			[]brief{{"R101", finding.Error, "disputes", "S!A3 T!A9", "", ""}}},
		{"missing row", func(r *report.Report) {
			row := r.Table("applications").Row("denied_query")
			for i := range row.Figures {
				row.Figures[i] = report.Figure{Column: row.Figures[i].Column}
			}
			note(report.MissingRow, "applications.denied_query", "8.属于行政查询事项", "")(r)
		}, []brief{{"R102", finding.Error, "applications.denied_query", "", "", ""}}},
		{"ambiguous row", note(report.MissingRow, "applications.denied_query", "8.属于行政查询事项", "", cell("S", 3, 1), cell("S", 9, 1)),
			[]brief{{"R102", finding.Error, "applications.denied_query", "S!A3 S!A9", "", ""}}},
		{"missing column", note(report.MissingColumn, "applications.*.research", "科研机构", ""),
			[]brief{{"R103", finding.Error, "applications.*.research", "", "", ""}}},
		{"ambiguous column of a group", note(report.MissingColumn, "disputes.reconsideration.upheld", "结果维持", "", cell("S", 3, 1), cell("S", 3, 2)),
			[]brief{{"R103", finding.Error, "disputes.reconsideration.upheld", "S!A3 S!B3", "", ""}}},
		{"double table", note(report.DoubleTable, "applications", "", "", cell("S", 3, 1), cell("T", 9, 2)),
			[]brief{{"R104", finding.Warning, "applications", "S!A3 T!B9", "", ""}}},
		{"stray figures", note(report.StrayFigure, "applications", "", "", cell("S", 3, 9)),
			[]brief{{"R105", finding.Warning, "applications", "S!I3", "", ""}}},
		{"wording", note(report.Wording, "applications.*.total", "合计", "总计", cell("S", 3, 9)),
			[]brief{{"R106", finding.Info, "applications.*.total", "S!I3", "总计", "合计"}}},
		{"not a number", func(r *report.Report) {
			c := set(t, r, "applications", "granted", "natural_person", report.Number{})
			note(report.NotNumber, "applications.granted.natural_person", "约6", "", c)(r)
		}, []brief{{"R201", finding.Error, "applications.granted.natural_person", "applications!B4", "", "约6"}}},
		{"negative", func(r *report.Report) {
			set(t, r, "disclosure", "penalties", "decisions", report.Int(-4))
		}, []brief{{"R202", finding.Error, "disclosure.penalties.decisions", "disclosure!B5", "", "-4"}}},
		{"negative amount", func(r *report.Report) {
			set(t, r, "disclosure", "fees", "amount", d("-0.5"))
		}, []brief{{"R202", finding.Error, "disclosure.fees.amount", "disclosure!B7", "", "-0.5"}}},
		{"not whole", func(r *report.Report) {
			set(t, r, "disclosure", "penalties", "decisions", d("12.5"))
		}, []brief{{"R203", finding.Error, "disclosure.penalties.decisions", "disclosure!B5", "", "12.5"}}},
		{"negative and not whole", func(r *report.Report) {
			set(t, r, "disclosure", "penalties", "decisions", d("-12.5"))
		}, []brief{
			{"R202", finding.Error, "disclosure.penalties.decisions", "disclosure!B5", "", "-12.5"},
			{"R203", finding.Error, "disclosure.penalties.decisions", "disclosure!B5", "", "-12.5"},
		}},
		{"an amount may have a fraction", func(r *report.Report) {
			set(t, r, "disclosure", "fees", "amount", d("59237.2449"))
		}, nil},
		{"6.0 is whole", func(r *report.Report) {
			set(t, r, "disclosure", "penalties", "decisions", d("6.0"))
		}, nil},
		{"blank figures, one finding a table", func(r *report.Report) {
			set(t, r, "applications", "granted", "business", report.Number{})
			set(t, r, "applications", "granted", "research", report.Number{})
			set(t, r, "disclosure", "licences", "decisions", report.Number{})
		}, []brief{
			{"R204", finding.Warning, "disclosure", "disclosure!B4", "", ""},
			{"R204", finding.Warning, "applications", "applications!C4 applications!D4", "", ""},
		}},
		{"blank totals", func(r *report.Report) {
			set(t, r, "applications", "granted", "total", report.Number{})
			set(t, r, "applications", "processed_total", "natural_person", report.Number{})
		}, []brief{
			{"R205", finding.Warning, "applications.granted.total", "applications!H4", "6", ""},
			{"R205", finding.Warning, "applications.processed_total.natural_person", "applications!B25", "25", ""},
		}},
		{"a total that is there is not filled", func(r *report.Report) {
			set(t, r, "disputes", "reconsideration", "upheld", report.Number{})
			set(t, r, "disputes", "reconsideration", "total", report.Int(0))
		}, []brief{{"R204", finding.Warning, "disputes", "disputes!B2", "", ""}}},
		{"spreadsheet error", func(r *report.Report) {
			c := set(t, r, "disputes", "litigation_direct", "total", report.Number{})
			note(report.SpreadsheetError, "disputes.litigation_direct.total", "#REF!", "", c)(r)
		}, []brief{{"R206", finding.Error, "disputes.litigation_direct.total", "disputes!F3", "", "#REF!"}}},
		{"computed formula", note(report.Computed, "disputes.litigation_direct.total", "=SUM(B3:E3)", "1", cell("disputes", 3, 6)),
			[]brief{{"R207", finding.Info, "disputes.litigation_direct.total", "disputes!F3", "", "=SUM(B3:E3)"}}},
		{"computed formulas, one finding a table", func(r *report.Report) {
			note(report.Computed, "disputes.reconsideration.total", "=SUM(B2:E2)", "2", cell("disputes", 2, 6))(r)
			note(report.Computed, "disputes.litigation_direct.total", "=SUM(B3:E3)", "1", cell("disputes", 3, 6))(r)
		}, []brief{{"R207", finding.Info, "disputes", "disputes!F2 disputes!F3", "", ""}}},
		{"texts read as numbers, one finding a table", func(r *report.Report) {
			note(report.TextNumber, "disputes.reconsideration.upheld", "2件", "2", cell("disputes", 2, 2))(r)
			note(report.TextNumber, "disputes.reconsideration.total", "２", "2", cell("disputes", 2, 6))(r)
			note(report.TextNumber, "disclosure.licences.decisions", "/", "0", cell("disclosure", 4, 2))(r)
		}, []brief{
			{"R208", finding.Info, "disclosure.licences.decisions", "disclosure!B4", "", "/"},
			{"R208", finding.Info, "disputes", "disputes!B2 disputes!F2", "", ""},
		}},
		{"a row in other words", func(r *report.Report) {
			r.Notes = append(r.Notes, report.Note{Kind: report.MissingRow, Path: path("applications.denied_query"), Text: "8.属于行政查询事项", Read: "8.查询类", Cells: []report.Cell{cell("S", 3, 1)}})
		}, []brief{{"R102", finding.Error, "applications.denied_query", "S!A3", "8.属于行政查询事项", "8.查询类"}}},
		{"title and cover name two years", note(report.Disagreement, "year", "2023", "2024", cell("S", 1, 1), cell("S", 4, 2)),
			[]brief{{"R304", finding.Warning, "year", "S!A1 S!B4", "2024", "2023"}}},
		{"title and cover name two organizations", note(report.Disagreement, "organization", "云溪县教育局", "云溪县水务局", cell("S", 1, 1), cell("S", 3, 2)),
			[]brief{{"R304", finding.Warning, "organization", "S!A1 S!B3", "云溪县水务局", "云溪县教育局"}}},
		{"sheets name two organizations", func(r *report.Report) {
			note(report.SeveralOrganizations, "organization", "云溪县教育局", "", cell("S", 1, 1), cell("T", 1, 1))(r)
			note(report.SeveralOrganizations, "organization", "云溪县水务局", "", cell("U", 3, 2))(r)
		}, []brief{{"R107", finding.Error, "organization", "S!A1 T!A1 U!B3", "", ""}}},
		{"all tables twice", func(r *report.Report) {
			note(report.SecondSet, "", "", "", cell("S", 1, 1), cell("T", 1, 1))(r)
		}, []brief{{"R107", finding.Error, "", "S!A1 T!A1", "", ""}}},
		{"no year", func(r *report.Report) { r.Year = 0 },
			[]brief{{"R301", finding.Error, "year", "", "", ""}}},
		{"no organization", func(r *report.Report) { r.Organization = " " },
			[]brief{{"R302", finding.Warning, "organization", "", "", ""}}},
		{"year before any form", func(r *report.Report) { r.Year = 2010 },
			[]brief{{"R303", finding.Warning, "year", "", "", "2021"}}},
		{"year of another form", func(r *report.Report) { r.Year = 2020 },
			[]brief{{"R303", finding.Warning, "year", "", "2019", "2021"}}},
		{"section not found", func(r *report.Report) { *r.Section("other") = report.Section{Key: "other"} },
			[]brief{{"R401", finding.Warning, "other", "", "", ""}}},
		{"section empty", func(r *report.Report) { setText(r, "overview", "", "  ") },
			[]brief{{"R401", finding.Warning, "overview", "overview!A1", "", ""}}},
		{"no problems", func(r *report.Report) { setText(r, "problems", "", "无。") },
			[]brief{{"R402", finding.Warning, "problems", "problems!A3", "", "无"}}},
		{"converted", note(report.Converted, "", ".ods", "LibreOffice"),
			[]brief{{"R109", finding.Info, "", "", "", ".ods"}}},
		{"missing glyph", note(report.MissingGlyph, "", "𬒈", "", cell("overview", 2, 1)),
			[]brief{{"P101", finding.Warning, "", "overview!A2", "", "𬒈"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := sample(t)
			c.change(r)
			if diff := cmp.Diff(c.want, briefs(t, Run(r))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// An amount in another unit is said in the column's, unless the unit is none that is known.
func TestAmountsOfOtherUnits(t *testing.T) {
	for _, c := range []struct{ text, key, amount string }{
		{"5千元", "R201.unit", "0.5"}, {"12,000元", "R201.unit", "1.2"}, {"3亿元", "R201.unit", "30000"},
		{"5百元", "R201.unit.unknown", ""}, {"约5千元", "R201.unit.unknown", ""}, {"约5万元", "R201", ""},
	} {
		r := sample(t)
		cell := set(t, r, "disclosure", "fees", "amount", report.Number{})
		r.Notes = append(r.Notes, report.Note{Kind: report.NotNumber, Path: path("disclosure.fees.amount"), Text: c.text, Cells: []report.Cell{cell}})
		found := Run(r)
		if len(found) != 1 || found[0].Message.Key != c.key {
			t.Errorf("%s: %v", c.text, found)
			continue
		}
		if said := found[0].Message.In(message.English); c.amount != "" && !strings.HasSuffix(said, "it should be "+c.amount) {
			t.Errorf("%s: %s, want %s", c.text, said, c.amount)
		}
	}
}

func TestSectionFiveSaysNothing(t *testing.T) {
	for text, want := range map[string]bool{
		"无": true, "无。": true, "没有": true, "暂无。": true, "没有问题": true, "本年度暂无存在的主要问题。": true,
		"本单位不存在主要问题及改进情况": true, "目前，我镇未发现明显问题。": true, "（无）": true,
		"无专职人员，下一步将配备。":  false,
		"没有及时更新专栏，已改正。":  false,
		"存在更新不及时的问题。":    false,
		"无障碍浏览建设不够，将改进。": false,
	} {
		r := sample(t)
		setText(r, "problems", text)
		got := len(Run(r)) == 1 && Run(r)[0].Rule == "R402"
		if got != want {
			t.Errorf("%s: R402 is %v", text, got)
		}
	}
}

func TestPlaceList(t *testing.T) {
	cell := func(sheet string, row, column int) report.Cell {
		return report.Cell{Sheet: sheet, Row: row, Column: column}
	}
	var many []report.Cell
	for i := range 20 {
		many = append(many, cell("S", 2*i+1, 1))
	}
	for _, c := range []struct {
		cells []report.Cell
		want  string
	}{
		{nil, ""},
		{[]report.Cell{cell("S", 2, 3)}, "C2"},
		{[]report.Cell{cell("S", 2, 3), cell("S", 3, 3), cell("S", 4, 3), cell("S", 4, 4)}, "C2:C4 D4"},
		{[]report.Cell{cell("S", 2, 3), cell("S", 2, 4), cell("S", 2, 5), cell("S", 3, 6), {}, cell("T", 3, 7)}, "C2:E2 F3 T!G3"},
		{many, "A1 A3 A5 A7 A9 A11 A13 A15 A17 A19 A21 A23 …"},
	} {
		if got := placeList(c.cells); got != c.want {
			t.Errorf("%v: %q, want %q", c.cells, got, c.want)
		}
	}
}

func TestReadingMessages(t *testing.T) {
	const amount, granted = "disclosure.fees.amount", "applications.granted.business"
	for _, c := range []struct {
		kind             report.NoteKind
		path, text, read string
		want             string
	}{
		{report.NotNumber, "applications.other_rest.business", "若干", "", "“（六）其他处理·3.其他”一行“商业企业”（C24）填的是“若干”，未填阿拉伯数字"},
		{report.NotNumber, amount, "125000元", "", "“行政事业性收费”一行“本年收费金额（单位：万元）”（B7）填的是“125000元”，而本栏单位是万元，应填12.5"},
		{report.NotNumber, amount, "1，234.56 元", "", "“行政事业性收费”一行“本年收费金额（单位：万元）”（B7）填的是“1，234.56 元”，而本栏单位是万元，应填0.123456"},
		{report.NotNumber, amount, "十二亿元", "", "“行政事业性收费”一行“本年收费金额（单位：万元）”（B7）填的是“十二亿元”，而本栏单位是万元，请换算后只填数字"},
		{report.NotNumber, amount, "1e999999999元", "", "“行政事业性收费”一行“本年收费金额（单位：万元）”（B7）填的是“1e999999999元”，而本栏单位是万元，请换算后只填数字"},
		{report.NotNumber, amount, "约3万元", "", "“行政事业性收费”一行“本年收费金额（单位：万元）”（B7）填的是“约3万元”，未填阿拉伯数字"},
		{report.NotNumber, granted, "300元", "", "“（一）予以公开”一行“商业企业”（C4）填的是“300元”，未填阿拉伯数字"},
		{report.NotNumber, granted, "2024年1月9日", "", "“（一）予以公开”一行“商业企业”（C4）是日期“2024年1月9日”：单元格设成了日期格式，请改为“常规”后重新填数"},
		{report.NotNumber, granted, "9（含2023年6月的）", "", "“（一）予以公开”一行“商业企业”（C4）填的是“9（含2023年6月的）”，未填阿拉伯数字"},
		{report.SpreadsheetError, granted, "#REF!", "#REF!", "“（一）予以公开”一行“商业企业”（C4）公式出错，显示为#REF!"},
		{report.SpreadsheetError, granted, "=1/0", "#DIV/0!", "“（一）予以公开”一行“商业企业”（C4）的公式=1/0结果是#DIV/0!"},
		{report.SpreadsheetError, granted, "=VLOOKUP(1,A1:B2,2,0)", "",
			"“（一）予以公开”一行“商业企业”（C4）的公式没有存储结果，本程序不计算这样的公式：=VLOOKUP(1,A1:B2,2,0)；请在 Excel 或 WPS 中打开后重新保存，或直接填数"},
		{report.SpreadsheetError, granted, "=TODAY()", "TODAY", "“（一）予以公开”一行“商业企业”（C4）的公式没有保存结果，其中的TODAY本程序不计算：=TODAY()；请在 Excel 或 WPS 中打开后重新保存，或直接填数"},
	} {
		r := sample(t)
		keys := strings.Split(c.path, ".")
		cell := set(t, r, keys[0], keys[1], keys[2], report.Number{})
		n := report.Note{Kind: c.kind, Path: path(c.path), Cells: []report.Cell{cell}, Text: c.text, Read: c.read}
		if c.kind == report.SpreadsheetError && c.read != "" && c.read[0] != '#' {
			n.Why = report.NotComputed
		}
		r.Notes = append(r.Notes, n)
		found := Run(r)
		briefs(t, found)
		if got := found[0].Message.In(message.Chinese); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

// A total is not to be typed over when the figure at fault is one of its parts.
func TestTotalOfUnreadFigures(t *testing.T) {
	r := sample(t)
	for _, f := range []struct{ column, formula, result string }{{"business", "#N/A", "#N/A"}, {"research", "=X()", ""}, {"total", "=SUM(B4:G4)", ""}} {
		cell := set(t, r, "applications", "granted", f.column, report.Number{})
		r.Notes = append(r.Notes, report.Note{Kind: report.SpreadsheetError, Path: path("applications.granted." + f.column), Cells: []report.Cell{cell}, Text: f.formula, Read: f.result})
	}
	found := Run(r)
	want := "“（一）予以公开”一行“总计”（H4）算不出结果（=SUM(B4:G4)），因为它所加的C4:D4有错；改正那里即可"
	if len(found) != 3 || found[1].Message.In(message.Chinese) != want {
		t.Errorf("%v, want %s", found, want)
	}
}

func TestNoteMessages(t *testing.T) {
	r := sample(t)
	place := func(sheet string, row int) report.Cell { return report.Cell{Sheet: sheet, Row: row, Column: 1} }
	r.Notes = []report.Note{
		{Kind: report.MissingRow, Path: path("applications.denied_query"), Text: "8.属于行政查询事项", Read: "8.查询类", Cells: []report.Cell{place("S", 17)}},
		{Kind: report.MissingRow, Path: path("applications.granted"), Text: "（一）予以公开", Cells: []report.Cell{place("S", 8), place("S", 9)}},
		{Kind: report.DoubleTable, Path: path("applications"), Cells: []report.Cell{place("S", 3), place("S", 40), place("T", 3)}},
		{Kind: report.Disagreement, Path: path("year"), Text: "2023", Read: "2024", Cells: []report.Cell{place("S", 1), place("S", 4)}},
	}
	want := []string{
		"有几行都像“（一）予以公开”（A8:A9），未读取",
		"没有找到“（三）不予公开·8.属于行政查询事项”一行；A17写的是“8.查询类”，如就是这一行，请改回统一格式的文字",
		"“三、收到和处理政府信息公开申请情况”出现不止一次：读取了S!A3处的，未读取A40 T!A3处的",
		"标题写的是2023年度，封面写的是2024年度，按2023年度处理",
	}
	var got []string
	for _, f := range Run(r) {
		got = append(got, f.Message.In(message.Chinese))
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// Why a formula has no result, where that lies in another cell too.
func TestFormulasWithoutResult(t *testing.T) {
	for _, c := range []struct {
		why  report.Why
		read string
		rest []report.Cell
		want string
	}{
		{report.Circular, "", nil, "“（一）予以公开”一行“商业企业”（C4）的公式=Z1循环引用，算不出结果；请改正公式，或直接填数"},
		{report.Circular, "", []report.Cell{{Sheet: "applications", Row: 1, Column: 26}}, "“（一）予以公开”一行“商业企业”（C4）的公式=Z1与Z1循环引用，算不出结果；请改正公式，或直接填数"},
		{report.TooMuch, "", nil, "“（一）予以公开”一行“商业企业”（C4）的公式=Z1没有保存结果，且计算量过大，未作计算；请在 Excel 或 WPS 中打开后重新保存，或直接填数"},
		{report.NotComputed, "RAND", []report.Cell{{Sheet: "Hidden", Row: 1, Column: 26}}, "“（一）予以公开”一行“商业企业”（C4）的公式=Z1没有保存结果，它所引用的Hidden!Z1中的RAND本程序不计算；请在 Excel 或 WPS 中打开后重新保存，或直接填数"},
		{report.NotComputed, "=Z1", nil, "“（一）予以公开”一行“商业企业”（C4）的公式没有存储结果，本程序不计算这样的公式：=Z1；请在 Excel 或 WPS 中打开后重新保存，或直接填数"},
	} {
		r := sample(t)
		at := set(t, r, "applications", "granted", "business", report.Number{})
		r.Notes = append(r.Notes, report.Note{Kind: report.SpreadsheetError, Path: path("applications.granted.business"), Cells: append([]report.Cell{at}, c.rest...), Text: "=Z1", Read: c.read, Why: c.why})
		if got := Run(r)[0].Message.In(message.Chinese); got != c.want {
			t.Errorf("%s, want %s", got, c.want)
		}
	}
}

func TestOutdatedResults(t *testing.T) {
	outdated := func(kind report.NoteKind, n int) *report.Report {
		r := sample(t)
		for i := range n {
			r.Notes = append(r.Notes, report.Note{Kind: kind, Path: path("disputes.reconsideration.total"), Cells: []report.Cell{{Sheet: "disputes", Row: 2 + i, Column: 6}}, Text: "0", Read: "26"})
		}
		return r
	}
	for _, c := range []struct {
		report *report.Report
		want   []brief
		text   string
	}{
		{outdated(report.Outdated, 1), []brief{{"R209", finding.Warning, "disputes.reconsideration.total", "disputes!F2", "26", "0"}},
			"1个公式保存的结果与重新计算的不一致，现按保存的结果处理：F2（如F2保存的是0，重新计算为26）；请在 Excel 或 WPS 中打开，核对后重新保存"},
		{outdated(report.Recalculated, 2), []brief{{"R209", finding.Warning, "", "disputes!F2 disputes!F3", "", ""}},
			"2个公式保存的结果已经过期，现按重新计算的结果处理：F2:F3（如F2保存的是0，重新计算为26）"},
	} {
		found := Run(c.report)
		if d := cmp.Diff(c.want, briefs(t, found)); d != "" {
			t.Error(d)
		}
		if got := found[0].Message.In(message.Chinese); got != c.text {
			t.Errorf("%s, want %s", got, c.text)
		}
	}
}

package summary

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// hostile are names that programs could take for something else than text.
var hostile = []string{`=HYPERLINK("http://x","点我")`, "+1+1", "-2", "@SUM(A1)", `<script>document.title="bad"</script>`, "a_x0041_b", "tab\tand\x01control", "  两端空格  "}

// records are what became of a few submissions with such names.
func records(t *testing.T) []*Record {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	var all []*Record
	for i, name := range hostile {
		r := f.Blank()
		row := r.Table("applications").Row("new_received")
		for k := range row.Figures {
			row.Figures[k].Value = report.Int(int64(10*i + k))
		}
		r.Table("disclosure").Row("fees").Figure("amount").Value, _ = report.ParseNumber("59237.2449")
		all = append(all, &Record{Input: fmt.Sprintf("%02d %s.xlsx", i, name), Status: Good, Organization: name, Year: 2024, Form: "2021",
			Outputs: []string{fmt.Sprintf("%02d 甲#乙%%.pdf", i)}, Findings: []finding.JSON{}, Figures: r.Figures(), Run: "0"})
	}
	all[1].Status, all[1].Errors = Wrong, 1
	all[1].Findings = []finding.JSON{{Rule: "R208", Severity: "info", Message: "提示"}, {Rule: "A101", Severity: "error", Cells: []string{"Sheet1!D5"}, Message: "=1+1"}}
	all = append(all, &Record{Input: "坏.xlsx", Status: Failed, Error: "文件已损坏", Findings: []finding.JSON{}, Outputs: []string{}})
	return all
}

// totalsOf are the totals of records whose bodies are on the roster, as are others.
func totalsOf(t *testing.T, all []*Record, missing ...string) *Totals {
	t.Helper()
	var sent []organization.Sent
	var names [][]string
	for _, r := range all {
		sent = append(sent, r.Sent())
		if r.Organization != "" {
			names = append(names, []string{r.Organization})
		}
	}
	for _, name := range missing {
		names = append(names, []string{name})
	}
	var roster *organization.Roster
	if missing != nil {
		var err error
		if roster, err = organization.ParseRoster(names); err != nil {
			t.Fatal(err)
		}
	}
	totals := NewTotals(sent, organization.Senders(sent, roster, 0))
	totals.Planned = len(all)
	for _, r := range all {
		totals.Add(r)
	}
	totals.Finish(nil, true, message.Chinese)
	return totals
}

// written is the summary of the records.
func written(t *testing.T, all []*Record) (*Writer, string) {
	t.Helper()
	dir := t.TempDir()
	var b bytes.Buffer
	totals := totalsOf(t, all, "=未报")
	for _, r := range all {
		b.Write(r.Line())
	}
	name := filepath.Join(dir, Results(""))
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	w := &Writer{Results: name, Totals: totals, Lang: message.Chinese, Rule: func(id string) (string, string) { return id + "的名称", "改正" }}
	if err := w.Workbook(filepath.Join(dir, Workbook(""))); err != nil {
		t.Fatal(err)
	}
	if err := w.Page(filepath.Join(dir, Page(""))); err != nil {
		t.Fatal(err)
	}
	return w, dir
}

func TestWorkbook(t *testing.T) {
	all := records(t)
	_, dir := written(t, all)
	f, err := excelize.OpenFile(filepath.Join(dir, Workbook("")))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if d := cmp.Diff([]string{"汇总", "报送清单", "问题清单", "未报送及重复报送", "数据 2021表"}, f.GetSheetList()); d != "" {
		t.Error(d)
	}
	// Names stand as text, whatever they look like.
	for i, want := range hostile {
		for _, sheet := range []string{"报送清单", "数据 2021表"} {
			cell := fmt.Sprintf("A%d", i+2)
			got, _ := f.GetCellValue(sheet, cell)
			formula, _ := f.GetCellFormula(sheet, cell)
			if want = strings.ReplaceAll(want, "\x01", "\uFFFD"); got != want || formula != "" {
				t.Errorf("%s!%s: %q, formula %q; want %q", sheet, cell, got, formula, want)
			}
		}
	}
	for cell, want := range map[string]string{"A2": "+1+1", "D2": "A101", "E2": "Sheet1!D5", "F2": "=1+1", "I2": "改正", "B3": "坏.xlsx", "F3": "文件已损坏"} {
		if got, _ := f.GetCellValue("问题清单", cell); got != want {
			t.Errorf("finding %s: %q, want %q", cell, got, want)
		}
	}
	if got, _ := f.GetCellValue("未报送及重复报送", "A2"); got != "=未报" {
		t.Errorf("missing: %q", got)
	}
	// Links to the outputs, with what a link cannot hold escaped.
	if got, _ := f.GetCellFormula("报送清单", "H2"); got != `HYPERLINK("00 甲%23乙%25.pdf","PDF")` {
		t.Errorf("link %q", got)
	}
	// A row a report, a column a key, blank as nothing.
	figures, err := f.GetRows("数据 2021表")
	if err != nil {
		t.Fatal(err)
	}
	if len(figures) != 1+len(hostile) || len(figures[0]) != 3+columnsOf(t, "2021") {
		t.Fatalf("%d rows, %d columns", len(figures), len(figures[0]))
	}
	row := map[string]string{}
	for i, head := range figures[0] {
		if _, key, ok := strings.Cut(head, "\n"); ok && i < len(figures[3]) {
			row[key] = figures[3][i]
		}
	}
	for key, want := range map[string]string{"applications.new_received.total": "26", "disclosure.fees.amount": "59237.2449", "applications.granted.total": ""} {
		if row[key] != want {
			t.Errorf("%s is %q, want %q", key, row[key], want)
		}
	}
	for _, sheet := range []string{"报送清单", "问题清单", "数据 2021表"} {
		if p, err := f.GetPanes(sheet); err != nil || !p.Freeze {
			t.Errorf("%s: its heads do not stay in sight", sheet)
		}
	}
	names := f.GetDefinedName()
	for _, n := range []string{"_xlnm.Print_Titles", "_xlnm._FilterDatabase"} {
		found := 0
		for _, d := range names {
			if d.Name == n {
				found++
			}
		}
		if found != 4 {
			t.Errorf("%d sheets have %s", found, n)
		}
	}
}

func columnsOf(t *testing.T, id string) int {
	f, err := form.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	keys := map[string]bool{}
	cols := columns(f)
	for _, c := range cols {
		keys[c.key] = true
	}
	if len(keys) != len(cols) {
		t.Errorf("form %s: %d columns have %d keys", id, len(cols), len(keys))
	}
	return len(cols)
}

func TestPage(t *testing.T) {
	_, dir := written(t, records(t))
	b, err := os.ReadFile(filepath.Join(dir, Page("")))
	if err != nil {
		t.Fatal(err)
	}
	page := string(b)
	if strings.Contains(page, `<script>document.title`) || !strings.Contains(page, `&lt;script&gt;document.title`) {
		t.Error("a name is not shown as text")
	}
	for _, want := range []string{`href="00%20%E7%94%B2%23%E4%B9%99%25.pdf"`, `<html lang="zh-CN">`, `<svg `, `data-status="failed"`, "文件已损坏", "=未报"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, not := range []string{"http://", "https://", "ZgotmplZ", " src="} {
		if i := strings.Index(strings.ReplaceAll(page, "http://x", ""), not); i >= 0 {
			t.Errorf("%s in the page: it needs something else than itself", not)
		}
	}
}

// More than a browser can show: those that need work are shown, first.
func TestPageOfMany(t *testing.T) {
	all := make([]*Record, mostOnPage+10)
	for i := range all {
		all[i] = &Record{Input: fmt.Sprintf("%05d.xlsx", i), Status: Good}
	}
	all[len(all)-1].Status = Failed
	_, dir := written(t, all)
	b, err := os.ReadFile(filepath.Join(dir, Page("")))
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(b, []byte("<tr data-status=")); n != mostOnPage {
		t.Errorf("%d rows", n)
	}
	if !bytes.Contains(b, []byte(all[len(all)-1].Input)) || !bytes.Contains(b, []byte("另有 10 份未列出")) {
		t.Error("the one that failed is not shown, or nothing says what is not")
	}
}

// The last line of a file, when it was not written to its end, has no text.
func TestLines(t *testing.T) {
	name := filepath.Join(t.TempDir(), "x")
	long := strings.Repeat("长", 100_000)
	if err := os.WriteFile(name, []byte("a\n"+long+"\nb\ntorn"), 0o666); err != nil {
		t.Fatal(err)
	}
	var got []string
	var at []int64
	for l, err := range Lines(name) {
		if err != nil {
			t.Fatal(err)
		}
		got, at = append(got, string(l.Text)), append(at, l.Offset)
	}
	if d := cmp.Diff([]string{"a\n", long + "\n", "b\n", ""}, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]int64{0, 2, 300_003, 300_005}, at); d != "" {
		t.Error(d)
	}
}

func TestLayouts(t *testing.T) {
	for _, f := range form.All() {
		l := layoutOf(f)
		var labels []string
		for _, o := range l.outcomes {
			labels = append(labels, o.label)
		}
		if d := cmp.Diff([]string{"予以公开", "部分公开", "不予公开", "无法提供", "不予处理", "其他处理"}, labels); d != "" {
			t.Errorf("form %s: %s", f.ID, d)
		}
		if l.received != "applications.new_received.total" || len(l.parts[l.received]) != 6 {
			t.Errorf("form %s: %v", f.ID, l.received)
		}
	}
}

// A blank total counts as the sum of its parts; a report with errors does not count.
func TestBlankTotalCounts(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	r := f.Blank()
	r.Figure("applications", "new_received", "natural_person").Value = report.Int(7)
	record := &Record{Input: "a.xlsx", Organization: "甲局", Status: Warned, Year: 2024, Form: "2021", Figures: r.Figures()}
	totals := totalsOf(t, []*Record{record})
	s := totals.Season
	if got := s.Totals.At("applications.new_received.total").String(); totals.Received.String() != "7" || got != "7" || s.Counted != 1 || s.Due != 0 {
		t.Errorf("received %s, total %s, %d counted, %d due", totals.Received, got, s.Counted, s.Due)
	}
	record.Status, record.Errors = Wrong, 1
	record.Findings = []finding.JSON{{Rule: "R201", Severity: "error", Path: "applications.new_received.business"}}
	totals = totalsOf(t, []*Record{record})
	if got := totals.Season.Totals.At("applications.new_received.total").String(); got != "0" || totals.Counted != 0 || totals.Season.Organizations[0].Status != Wrong {
		t.Errorf("received %s from a report with errors, %d counted", got, totals.Counted)
	}
}

func TestThousands(t *testing.T) {
	for in, want := range map[string]string{"0": "0", "999": "999", "1000": "1,000", "-1234567": "-1,234,567", "59237.2449": "59,237.2449", "91.2%": "91.2%", "": ""} {
		if got := thousands(in); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
}

// The page begins with what is asked first, and leaves out nobody who is missing.
func TestPageLead(t *testing.T) {
	all := records(t)[:3]
	for i, name := range []string{"安平县教育局", "安平县水务局", "安平县财政局"} {
		all[i].Organization = name
	}
	var missing []string
	for i := range 9 {
		missing = append(missing, fmt.Sprintf("安平县第%d中心", i))
	}
	totals := totalsOf(t, all, missing...)
	w := &Writer{Totals: totals, Lang: message.Chinese}
	var got []string
	for _, f := range w.lead() {
		got = append(got, f.Value)
	}
	if d := cmp.Diff([]string{"12", "3", "25.0%", "2"}, got); d != "" {
		t.Error(d)
	}
	if totals.county() != "安平县" {
		t.Errorf("county %q", totals.county())
	}
	sent := w.attentions()
	if len(sent) != 2 || sent[0].Kind != "missing" || len(sent[0].Who) != 9 || sent[1].Kind != "errors" || len(sent[1].Who) != 1 {
		t.Errorf("%v", sent)
	}
}

// No spreadsheet program takes a text of the tables for a formula, and figures stay
// figures.
func TestTablesHoldNoFormula(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	r := f.Blank()
	r.Table("disclosure").Row("fees").Figure("amount").Value, _ = report.ParseNumber("-59237.2449")
	r.Table("applications").Row("new_received").Figure("total").Value = report.Int(-3)
	record := &Record{Input: "@in/a.xlsx", Organization: `=HYPERLINK("http://example.org","县教育局")`, Part: "'甲", Form: "2021", Year: 2024, Figures: r.Figures(),
		Findings: []finding.JSON{{Rule: "R304", Severity: finding.Warning, Cells: []string{"-表!A1", "表!B2"}, Expected: finding.Words("+1"), Actual: finding.Figure(report.Int(-4)), Message: "\t=1"},
			{Rule: "R304", Expected: finding.Words("1-2"), Actual: finding.Words("＝1"), Message: " =1"}}}
	var figures, findings bytes.Buffer
	tables, err := NewTables(&figures, &findings)
	if err != nil {
		t.Fatal(err)
	}
	tables.Add(record, organization.Report, true)
	if err := tables.Flush(); err != nil {
		t.Fatal(err)
	}
	const whose = `2024,"'=HYPERLINK(""http://example.org"",""县教育局"")",''甲,'@in/a.xlsx,report,true,`
	for _, want := range []string{
		whose + "disclosure.fees.amount,行政事业性收费 · 本年收费金额（单位：万元）,-59237.2449\n",
		whose + "applications.new_received.total,本年新收政府信息公开申请数量 · 总计,-3.0\n",
		whose + "applications.carried_in.total,上年结转政府信息公开申请数量 · 总计,\n",
	} {
		if !strings.Contains(figures.String(), want) {
			t.Errorf("%q is not in\n%s", want, figures.String())
		}
	}
	_, rows, _ := strings.Cut(findings.String(), "message\n")
	want := whose + "R304,warning,,'-表!A1 | 表!B2,'+1,-4,'\t=1\n" + whose + "R304,,,,1-2,'＝1,\" =1\"\n"
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
}

// What follows from a problem stands beneath it on the page and in the workbook, and is no
// problem of its own among the most frequent.
func TestConsequences(t *testing.T) {
	because := &finding.Because{Rule: "R208", Path: "applications"}
	all := records(t)[:1]
	all[0].Status, all[0].Errors, all[0].Warnings = Wrong, 2, 1
	all[0].Findings = []finding.JSON{{Rule: "N401", Severity: "warning", Message: "没有说明"},
		{Rule: "R208", Severity: "info", Path: "applications", Cells: []string{"三!D8"}, Message: "三件是文字"},
		{Rule: "A101", Severity: "error", Cells: []string{"三!J8"}, Message: "一行不符", Because: because},
		{Rule: "A102", Severity: "error", Cells: []string{"三!D29"}, Message: "一列不符", Because: because}}
	if got := all[0].Problem(); got != "三件是文字" {
		t.Errorf("problem %q", got)
	}
	w, dir := written(t, all)
	if d := cmp.Diff(map[string]int{"N401": 1, "R208": 1}, w.Totals.Rules); d != "" {
		t.Error(d)
	}
	page, err := os.ReadFile(filepath.Join(dir, "summary.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), `三件是文字<div class="soft follows">由此引起2处：A101 J8、A102 D29</div>`) {
		t.Error("the page does not say what follows")
	}
	b, err := excelize.OpenFile(filepath.Join(dir, "summary.xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer b.Close()
	rows, err := b.GetRows(message.New("summary.sheet.findings").In(message.Chinese))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, r := range rows {
		if len(r) > 8 && strings.Contains("R208 A101 A102 N401", r[3]) {
			got = append(got, r[2]+" "+r[3]+" "+r[5]+" "+r[8])
		}
	}
	want := []string{"提示 R208 三件是文字 ", "错误 A101 　└ 一行不符 由R208（三!D8）引起，改正后即消除", "错误 A102 　└ 一列不符 由R208（三!D8）引起，改正后即消除", "警告 N401 没有说明 "}
	for i := range want {
		if i >= len(got) || !strings.HasPrefix(got[i], want[i]) {
			t.Errorf("%q", got)
			break
		}
	}
}

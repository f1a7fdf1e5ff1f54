package batch

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert"
	"nianbao/convert/generate"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
	"nianbao/convert/summary"
)

// season is a county's season while it is made up, with what must come of it, counted
// by itself.
type season struct {
	t        *testing.T
	form     *generate.Form
	in, last string
	roster   [][]string
	status   map[string]summary.Status // by body
	file     map[string]string
	kinds    map[string]organization.Kind // by file
	received report.Number                // of what counts
	counted  int
	minutes  int
}

// report is the n-th report, of a body and a year.
func (s *season) report(n int, body string, year int) *report.Report {
	r := s.form.Report(n)
	r.Organization, r.Year = body, year
	r.Title = fmt.Sprintf("%s%d年政府信息公开工作年度报告", body, year)
	for _, f := range r.Table("disclosure").Row("regulations").Figures { // which no county can make
		r.Figure("disclosure", "regulations", f.Column).Value = report.Int(0)
	}
	return r
}

func (s *season) fill(r *report.Report, spoil func(*excelize.File)) []byte {
	s.t.Helper()
	b, err := s.form.Fill(r, spoil)
	if err != nil {
		s.t.Fatal(err)
	}
	return b
}

// send puts a file into the inbox, a minute after the one before.
func (s *season) send(file string, content []byte, kind organization.Kind) {
	s.t.Helper()
	s.write(filepath.Join(s.in, file), content)
	s.kinds[file] = kind
}

func (s *season) write(name string, content []byte) {
	s.t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		s.t.Fatal(err)
	}
	if err := os.WriteFile(name, content, 0o666); err != nil {
		s.t.Fatal(err)
	}
	s.minutes++
	at := time.Date(2025, 1, 10, 8, s.minutes, 0, 0, time.UTC)
	if err := os.Chtimes(name, at, at); err != nil {
		s.t.Fatal(err)
	}
}

// touch changes the time of a file in the inbox.
func (s *season) touch(file string, by time.Duration) {
	s.t.Helper()
	name := filepath.Join(s.in, file)
	info, err := os.Stat(name)
	if err == nil {
		err = os.Chtimes(name, time.Time{}, info.ModTime().Add(by))
	}
	if err != nil {
		s.t.Fatal(err)
	}
}

// together sends several bodies' reports in one workbook.
func (s *season) together(file string, all ...*report.Report) {
	s.t.Helper()
	b, err := generate.Together(all, func(i int, sheet string) string { return fmt.Sprintf("%d%s", i+1, sheet) })
	if err != nil {
		s.t.Fatal(err)
	}
	s.send(file, b, organization.Report)
	for _, r := range all {
		s.counts(r.Organization, file, r)
	}
}

// counts says that a report is the one that counts.
func (s *season) counts(body, file string, r *report.Report) {
	s.status[body], s.file[body] = summary.Good, file
	s.received = s.received.Add(r.Figure("applications", "new_received", "total").Value)
	s.counted++
}

func (s *season) wrong(body, file string) { s.status[body], s.file[body] = summary.Wrong, file }

func setCell(sheet, cell string, value any) func(*excelize.File) {
	return func(f *excelize.File) {
		for _, name := range f.GetSheetList() {
			if strings.HasPrefix(name, sheet) {
				if err := f.SetCellValue(name, cell, value); err != nil {
					panic(err)
				}
			}
		}
	}
}

// What really arrives in a county of 80 bodies: summary.json names each with its right
// status, adds up one report a body and says of every file what it counts as.
func TestSeason(t *testing.T) {
	dir := t.TempDir()
	form, err := generate.NewForm("2021")
	if err != nil {
		t.Fatal(err)
	}
	s := &season{t: t, form: form, in: filepath.Join(dir, "收件"), last: filepath.Join(dir, "去年"), status: map[string]summary.Status{}, file: map[string]string{}, kinds: map[string]organization.Kind{}}
	s.roster = append(s.roster, []string{"序号", "单位名称", "原名称", "是否计入", "联系人", "电话", "所属"})
	bodies := make([]string, 80)
	for i := range bodies {
		bodies[i] = fmt.Sprintf("%s镇人民政府", [...]string{"清河", "永安", "青山", "白云", "长乐", "东湖", "西岭", "南桥", "北塔", "金沙"}[i%10]+[...]string{"东", "西", "南", "北", "上", "下", "前", "后"}[i/10])
		if i >= 60 {
			bodies[i] = fmt.Sprintf("县%s局", [...]string{"教育", "水务", "财政", "民政", "司法", "审计", "林业", "信访", "统计", "商务", "公安", "交通运输", "农业农村", "文化和旅游", "卫生健康", "应急管理", "医疗保障", "退役军人事务", "乡村振兴", "发展和改革"}[i-60])
		}
		row := []string{fmt.Sprint(i + 1), bodies[i], "", "", "", "", ""}
		switch i {
		case 12:
			row[2] = "清河旧镇人民政府"
		case 13:
			row[3] = "否"
		case 17: // which sends nothing
			row[4], row[5], row[6] = "王某", "8220001", "县政府"
		}
		s.roster = append(s.roster, row)
		s.status[bodies[i]] = summary.NothingSent
	}
	s.mishaps(bodies)
	for i := 20; i < 58; i++ { // nothing went wrong
		r := s.report(i, bodies[i], 2024)
		if i%3 == 0 {
			r = s.report(i, "安平县"+bodies[i], 2024)
		}
		file := fmt.Sprintf("%02d %s.xlsx", i, bodies[i])
		s.send(file, s.fill(r, nil), organization.Report)
		s.counts(bodies[i], file, r)
	}

	roster, err := organization.ParseRoster(s.roster)
	if err != nil {
		t.Fatal(err)
	}
	priors, err := LoadPriors(t.Context(), s.last, roster, convert.FileOptions{}, func(name string, err error) { t.Error(name, err) })
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	o := Options{FileOptions: convert.FileOptions{Out: out, To: []convert.Format{convert.JSON}}, Roster: roster, Priors: priors, Lang: message.Chinese}
	result, err := Run(t.Context(), []string{s.in}, o)
	if err != nil {
		t.Fatal(err)
	}
	got := readSeason(t, result.JSON)
	s.compare(got)
	if got.Due != 80 || got.Counted != s.counted || got.Year != 2024 || got.Form != "2021" || got.Since != nil {
		t.Errorf("due %d, counted %d, year %d, form %s, since %v; want 80, %d, 2024, 2021", got.Due, got.Counted, got.Year, got.Form, got.Since, s.counted)
	}
	if n := got.Totals.At("applications.new_received.total"); !n.Equal(s.received) || !result.Received.Equal(s.received.Decimal()) {
		t.Errorf("received %s, in the headline %s, want %s", n, result.Received, s.received)
	}

	s.front(result.Workbook)
	s.called(result.Workbook, []string{bodies[17], "未报送", "", "王某", "8220001", "县政府"})

	// The sum of the same folder is of the same reports.
	sum := filepath.Join(dir, "全县合计.xlsx")
	added, err := Rollup(t.Context(), sum, []string{s.in}, RollupOptions{Parent: "安平县", Roster: roster, IncludeChosen: true})
	if err != nil {
		t.Fatal(err)
	}
	reread, err := convert.Check(t.Context(), sum, convert.FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]string{}
	for _, x := range reread[0].Report.Sum.Missing() {
		missing[x.Organization] = x.Why
	}
	s.leftOut(bodies, missing)
	if !slices.ContainsFunc(added.LeftOut, func(x LeftOut) bool { return x.File == "02副本.xlsx" }) { // as in the summary
		t.Errorf("the sum has the copy instead of the original: %v", added.LeftOut)
	}
	if mark := reread[0].Draft(); mark != "草稿 文字未齐" {
		t.Errorf("the sum is marked %q", mark)
	}
	// What is wrong with 7 and 12 is found only beside last year's reports.
	want := s.received
	for _, i := range []int{7, 12} {
		want = want.Add(s.report(i, bodies[i], 2024).Figure("applications", "new_received", "total").Value)
	}
	if got := added.Report.Figure("applications", "new_received", "total").Value; added.Parts != s.counted+2 || !got.Equal(want) {
		t.Errorf("%d added up to %s, want %d and %s", added.Parts, got, s.counted+2, want)
	}

	// The folder grows: what is new and what was corrected is said once.
	late := s.report(79, bodies[79], 2024)
	s.send("县发展和改革局补报.xlsx", s.fill(late, nil), organization.Report)
	fixed := s.report(1, bodies[1], 2024)
	s.send("01 改正.xlsx", s.fill(fixed, nil), organization.Report)
	o.Roster = nil // that of the first run is kept
	if result, err = Run(t.Context(), []string{s.in}, o); err != nil {
		t.Fatal(err)
	}
	got = readSeason(t, result.JSON)
	if d := cmp.Diff(&summary.Since{New: []string{bodies[79]}, Corrected: []string{bodies[1]}}, got.Since); d != "" || got.Due != 80 || !result.RosterKept {
		t.Errorf("due %d: %s", got.Due, d)
	}
}

// mishaps are what arrives of bodies 0 to 19 and 60 to 79.
func (s *season) mishaps(bodies []string) {
	const table = "三、"
	wrongTotal := setCell(table, "J6", 99999)
	good := func(i int, name, file string, kind organization.Kind) *report.Report {
		r := s.report(i, name, 2024)
		s.send(file, s.fill(r, nil), kind)
		return r
	}
	// 0: a marked copy that came back corrected
	r := s.report(0, bodies[0], 2024)
	s.send("00.xlsx", s.fill(r, wrongTotal), organization.Superseded)
	marked := s.marked(r, wrongTotal, r.Figure("applications", "new_received", "total").Value)
	s.send("00.annotated.xlsx", marked, organization.Returned)
	s.counts(bodies[0], "00.annotated.xlsx", r)
	// 1: errors; its marked copy lies beside it, unchanged
	r = s.report(1, bodies[1], 2024)
	s.send("01.xlsx", s.fill(r, wrongTotal), organization.Report)
	s.send("01.annotated.xlsx", s.marked(r, wrongTotal, report.Int(99999)), organization.OwnOutput)
	s.wrong(bodies[1], "01.xlsx")
	// 2: the same twice
	r = good(2, bodies[2], "02.xlsx", organization.Report)
	good(2, bodies[2], "02副本.xlsx", organization.Duplicate)
	s.counts(bodies[2], "02.xlsx", r)
	// 3: the final version was sent before the draft
	r = good(3, bodies[3], "终稿/03.xlsx", organization.Report)
	good(103, bodies[3], "初稿/03.xlsx", organization.Superseded)
	s.counts(bodies[3], "终稿/03.xlsx", r)
	// 4: two of the same name, the later counts
	good(104, bodies[4], "甲/04.xlsx", organization.Superseded)
	r = good(4, bodies[4], "乙/04.xlsx", organization.Report)
	s.counts(bodies[4], "乙/04.xlsx", r)
	// 5: the later one has errors
	r = good(5, bodies[5], "05.xlsx", organization.Report)
	s.send("05-2.xlsx", s.fill(s.report(105, bodies[5], 2024), wrongTotal), organization.Superseded)
	s.counts(bodies[5], "05.xlsx", r)
	// 6: only last year's; 8: last year's, too
	s.send("06.xlsx", s.fill(s.report(6, bodies[6], 2023), nil), organization.OtherYear)
	s.status[bodies[6]] = summary.OtherYearOnly
	s.send("08旧.xlsx", s.fill(s.report(8, bodies[8], 2023), nil), organization.OtherYear)
	r = good(8, bodies[8], "08.xlsx", organization.Report)
	s.counts(bodies[8], "08.xlsx", r)
	// 7, 12: last year's report says otherwise; that of 12 under its old name
	for _, i := range []int{7, 12} {
		old := bodies[i]
		if i == 12 {
			old = "清河旧镇人民政府"
		}
		last := s.report(i, old, 2023)
		now := s.report(i, bodies[i], 2024)
		if i == 12 { // what 7 carried out is something else anyway
			last.Figure("applications", "carried_out", "natural_person").Value = report.Int(7777)
		}
		s.write(filepath.Join(s.last, fmt.Sprintf("%d.xlsx", i)), s.fill(last, nil))
		if i == 7 { // and a later one with errors, which is not the one to compare with
			last := s.report(i, old, 2023)
			before(last, now)
			s.write(filepath.Join(s.last, "7-2.xlsx"), s.fill(last, wrongTotal))
		}
		file := fmt.Sprintf("%02d.xlsx", i)
		s.send(file, s.fill(now, nil), organization.Report)
		s.wrong(bodies[i], file) // Y101
	}
	// 9: a scan; 10: a document beside the form; 11: an archive in its folder
	s.send("扫描/"+bodies[9]+"年报.pdf", []byte("%PDF-1.7\n"), organization.OtherFormat)
	s.status[bodies[9]] = summary.OtherFormat
	r = good(10, bodies[10], "10.xlsx", organization.Report)
	s.send(bodies[10]+"盖章.jpg", []byte("\xFF\xD8\xFF"), organization.Attachment)
	s.send(bodies[10]+"说明.docx", []byte("PK\x05\x06"), organization.Attachment)
	s.counts(bodies[10], "10.xlsx", r)
	s.send(bodies[11]+"/年报.rar", []byte("Rar!\x1A\x07\x01\x00"), organization.OtherFormat)
	s.status[bodies[11]] = summary.OtherFormat
	// a note of nobody's, and what is no document although it is called one
	s.send("说明.txt", []byte("请查收"), organization.OtherFormat)
	// 13: on the roster, and not to be added up
	good(13, bodies[13], "13.xlsx", organization.Report)
	s.status[bodies[13]], s.file[bodies[13]] = summary.Good, "13.xlsx"
	// 14: cannot be read; 15: cannot be read, and then sent again
	s.send(bodies[14]+".xlsx", []byte("PK\x03\x04"), organization.Failed)
	s.status[bodies[14]] = summary.Failed
	s.send(bodies[15]+".xlsx", nil, organization.Failed)
	r = good(15, bodies[15], "15.xlsx", organization.Report)
	s.counts(bodies[15], "15.xlsx", r)
	// 16: a form without a name, in a folder that has it
	noName := func(f *excelize.File) {
		setCell("封面", "B3", nil)(f)
		setCell("封面", "A1", "2024年政府信息公开工作年度报告")(f)
	}
	s.send(bodies[16]+"/表.xlsx", s.fill(s.report(16, bodies[16], 2024), noName), organization.Report)
	s.status[bodies[16]], s.file[bodies[16]] = summary.Warned, bodies[16]+"/表.xlsx"
	s.received = s.received.Add(s.report(16, bodies[16], 2024).Figure("applications", "new_received", "total").Value)
	s.counted++
	// 17, 18, 19 sent nothing; of the bureaus the last one, too
	// 60 to 78: bureaus, two under short names; a body that is not on the roster; a sum
	for i := 60; i < 79; i++ {
		name := map[int]string{73: "县文旅局", 74: "县卫健局"}[i]
		if name == "" {
			name = bodies[i]
		}
		file := fmt.Sprintf("各局/%s.xlsx", name)
		switch i {
		case 61, 62, 63: // 改, 定稿 and v2 elsewhere
			good(100+i, name, file, organization.Superseded)
			later := map[int]string{61: "改/" + name + ".xlsx", 62: name + "（定稿）.xlsx", 63: "重发/" + name + "v2.xlsx"}[i]
			if r = good(i, name, later, organization.Report); i == 62 { // sent before the other one
				s.touch(later, -time.Hour)
			}
			s.counts(bodies[i], later, r)
		case 76: // a scan in a folder with its short name
			s.send("县医保局/扫描001.jpg", []byte("\xFF\xD8\xFF"), organization.OtherFormat)
			s.status[bodies[i]] = summary.OtherFormat
		case 77: // a letter in WPS's format
			s.send("退役军人事务局.wps", []byte("\xD0\xCF\x11\xE0"), organization.OtherFormat)
			s.status[bodies[i]] = summary.OtherFormat
		default:
			r = good(i, name, file, organization.Report)
			s.counts(bodies[i], file, r)
		}
	}
	// 75: an archive in its folder, beside the form elsewhere
	s.send(bodies[75]+"/附件.rar", []byte("Rar!"), organization.Attachment)
	// 58, 59: in one workbook
	s.together("58、59.xlsx", s.report(58, bodies[58], 2024), s.report(59, bodies[59], 2024))
	good(200, "外县招商中心", "外县.xlsx", organization.Report)
	s.counts("外县招商中心", "外县.xlsx", s.report(200, "外县招商中心", 2024))
	s.status["外县招商中心"] = summary.NotListed
	sum := filepath.Join(s.t.TempDir(), "sum.xlsx")
	if _, err := Rollup(s.t.Context(), sum, []string{filepath.Join(s.in, "各局")}, RollupOptions{Parent: "安平县"}); err != nil {
		s.t.Fatal(err)
	}
	content, err := os.ReadFile(sum)
	if err != nil {
		s.t.Fatal(err)
	}
	s.send("全县.xlsx", content, organization.Sum)
}

// marked is the marked copy of a spoilt report, with a value in the cell that was wrong.
func (s *season) marked(r *report.Report, spoil func(*excelize.File), value report.Number) []byte {
	s.t.Helper()
	results, err := convert.Read(s.t.Context(), convert.Source{Name: "x.xlsx", Bytes: s.fill(r, spoil)}, convert.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	var b bytes.Buffer
	if err := results[0].Write(s.t.Context(), &b, convert.Annotated); err != nil {
		s.t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		s.t.Fatal(err)
	}
	n, _ := value.Decimal().Float64()
	setCell("三、", "J6", n)(f)
	out, err := f.WriteToBuffer()
	if err != nil {
		s.t.Fatal(err)
	}
	return out.Bytes()
}

// front compares what the workbook of the summary begins with.
func (s *season) front(workbook string) {
	s.t.Helper()
	f, err := excelize.OpenFile(workbook)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows(f.GetSheetList()[0])
	if err != nil {
		s.t.Fatal(err)
	}
	arrived := 0
	for _, status := range s.status {
		if status == summary.Good || status == summary.Warned || status == summary.Wrong {
			arrived++
		}
	}
	want := [][]string{{"应报单位", "80"}, {"已报单位", fmt.Sprint(arrived)}, {"报送率", fmt.Sprintf("%d.%d%%", arrived*1000/80/10, arrived*1000/80%10)}, {"计入汇总的单位", fmt.Sprint(s.counted)}}
	if d := cmp.Diff(want, rows[4:8]); d != "" || !strings.HasPrefix(rows[0][0], "安平县政府信息公开") {
		s.t.Errorf("the front of the workbook, %s: %s", rows[0][0], d)
	}
}

// called asks that the summary's workbook has this among what is to be seen to.
func (s *season) called(workbook string, want []string) {
	s.t.Helper()
	f, err := excelize.OpenFile(workbook)
	if err != nil {
		s.t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("未报送及重复报送")
	if err != nil {
		s.t.Fatal(err)
	}
	if !slices.ContainsFunc(rows, func(row []string) bool { return slices.Equal(row, want) }) {
		s.t.Errorf("%q is not among %q", want, rows[:min(3, len(rows))])
	}
}

// leftOut compares who a sum says that it leaves out, and why, with who sent nothing
// that it can add up.
func (s *season) leftOut(bodies []string, got map[string]string) {
	s.t.Helper()
	want := map[string]string{bodies[1]: "有2个错误", bodies[6]: "是2023年的报告，本次为2024年", bodies[9]: "报送的不是填报表（pdf）",
		bodies[11]: "报送的压缩包（rar）未解压", bodies[13]: "名单注明不计入", bodies[14]: "文件无法读取",
		bodies[76]: "报送的不是填报表（jpg）", bodies[77]: "报送的不是填报表（wps）", "安平县": "本身是汇总表，不与它汇总的单位重复计入"}
	for body, status := range s.status {
		if status == summary.NothingSent {
			want[body] = "未报送"
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		s.t.Errorf("left out of the sum: %s", d)
	}
}

func readSeason(t *testing.T, name string) *summary.Season {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	s := new(summary.Season)
	if err := json.Unmarshal(src, s); err != nil {
		t.Fatal(err)
	}
	return s
}

// compare compares what was said with what is so.
func (s *season) compare(got *summary.Season) {
	s.t.Helper()
	statuses, files := map[string]summary.Status{}, map[string]string{}
	counted := 0
	for _, b := range got.Organizations {
		statuses[b.Organization] = b.Status
		if b.File != "" {
			files[b.Organization] = b.File
		}
		if b.Counted {
			counted++
		}
		if b.Files == nil || b.Counted && !slices.Contains(b.Files, b.File) {
			s.t.Errorf("%s counts %s of %v", b.Organization, b.File, b.Files)
		}
	}
	if d := cmp.Diff(s.status, statuses); d != "" {
		s.t.Errorf("statuses: %s", d)
	}
	if d := cmp.Diff(s.file, files); d != "" {
		s.t.Errorf("files that count: %s", d)
	}
	if counted != s.counted {
		s.t.Errorf("%d count, want %d", counted, s.counted)
	}
	kinds := map[string]organization.Kind{}
	for _, f := range got.Files {
		kinds[f.File] = f.Kind
		if f.Kind != organization.Report && f.Why == "" {
			s.t.Errorf("%s: nothing says why it is %s", f.File, f.Kind)
		}
	}
	if d := cmp.Diff(s.kinds, kinds); d != "" {
		s.t.Errorf("kinds: %s", d)
	}
}

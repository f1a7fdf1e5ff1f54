package xlsx

import (
	"archive/zip"
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

func template(t *testing.T, id string) (*excelize.File, *form.Form) {
	t.Helper()
	f, err := form.Get(id)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Template(&b, f); err != nil {
		t.Fatal(err)
	}
	e, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return e, f
}

// The title of an empty form says where year and organization go, and they are not
// taken for them.
func TestTitleOfTheEmptyForm(t *testing.T) {
	e, _ := template(t, "2021")
	read := func() *report.Report {
		var b bytes.Buffer
		if _, err := e.WriteTo(&b); err != nil {
			t.Fatal(err)
		}
		return readBytes(t, b.Bytes())
	}
	calc := func() string {
		s, err := e.CalcCellValue("封面", "A1")
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	if got := calc(); got != "______________年政府信息公开工作年度报告" {
		t.Errorf("the title is %q", got)
	}
	if r := read(); r.Organization != "" || r.Year != 0 {
		t.Errorf("an empty form is %q's of %d", r.Organization, r.Year)
	}
	e.SetCellStr("封面", organizationCell, "安平县教育局")
	if r := read(); r.Organization != "安平县教育局" || r.Year != 0 || strings.Contains(r.Title, "_") {
		t.Errorf("a form without a year is %q's of %d: %s", r.Organization, r.Year, r.Title)
	}
	e.SetCellInt("封面", yearCell, 2024)
	if got := calc(); got != "安平县教育局2024年政府信息公开工作年度报告" {
		t.Errorf("the title is %q", got)
	}
	if r := read(); r.Year != 2024 || r.Title != "安平县教育局2024年政府信息公开工作年度报告" {
		t.Errorf("it reads %d, %s", r.Year, r.Title)
	}
}

// Figures turn red while they are typed, where and only where a sum does not hold.
func TestLiveChecks(t *testing.T) {
	e, f := template(t, "2021")
	const sheet = "三、收到和处理政府信息公开申请情况"
	formats, err := e.GetConditionalFormats(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e.WriteTo(&b)
	r := readBytes(t, b.Bytes())
	at := func(row, column string) string { return r.Figure("applications", row, column).Cell.Name() }
	// red asks each rule on a cell what it gives.
	red := func(cell string) bool {
		for ref, rules := range formats {
			if !slices.Contains(strings.Fields(ref), cell) {
				continue
			}
			for _, rule := range rules {
				e.SetCellFormula(sheet, "Z99", rule.Criteria)
				if got, err := e.CalcCellValue(sheet, "Z99"); err != nil {
					t.Fatal(err)
				} else if got == "TRUE" {
					return true
				}
			}
		}
		return false
	}
	four := []string{at("new_received", "natural_person"), at("carried_in", "natural_person"), at("processed_total", "natural_person"), at("carried_out", "natural_person")}
	marks := func() (n int) {
		for _, c := range four {
			if red(c) {
				n++
			}
		}
		return n
	}
	if n := marks(); n != 0 {
		t.Errorf("an empty form has %d red figures", n)
	}
	e.SetCellInt(sheet, four[0], 5)
	if n := marks(); n != 4 {
		t.Errorf("5 received and nothing done: %d figures are red, want 4", n)
	}
	e.SetCellInt(sheet, at("granted", "natural_person"), 3)
	e.SetCellInt(sheet, four[3], 2)
	if n := marks(); n != 0 {
		t.Errorf("3 granted, 2 carried out: %d figures are red", n)
	}
	if red(at("new_received", "business")) {
		t.Error("another column is red")
	}
	total := at("granted", "total") // typed over, as in an unlocked copy
	if red(total) {
		t.Error("a right total is red")
	}
	e.SetCellFormula(sheet, total, "")
	e.SetCellInt(sheet, total, 4)
	if !red(total) {
		t.Error("a wrong total is not red")
	}
	// The same rules stand on every total of both tables.
	for _, table := range []string{"applications", "disputes"} {
		for _, row := range f.Table(table).Rows() {
			cell := r.Figure(table, row.Key, "total").Cell
			of, err := e.GetConditionalFormats(cell.Sheet)
			if err != nil {
				t.Fatal(err)
			}
			found := false
			for ref := range of {
				found = found || slices.Contains(strings.Fields(ref), cell.Name())
			}
			if !found {
				t.Errorf("%v has no rule", cell)
			}
		}
	}
}

// What is to be filled in is tinted and framed, has hints, and nothing of the layout
// has moved: the first figure and the first paragraph stand where they always did.
func TestEmptyFormIsFilledInEasily(t *testing.T) {
	e, f := template(t, "2021")
	fill := func(sheet, cell string) excelize.Style {
		id, err := e.GetCellStyle(sheet, cell)
		if err != nil {
			t.Fatal(err)
		}
		s, err := e.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		return *s
	}
	const figures = "三、收到和处理政府信息公开申请情况"
	if s := fill(figures, "D7"); len(s.Fill.Color) == 0 || s.Fill.Color[0] != "FFF9E5" || s.Protection == nil || s.Protection.Locked {
		t.Errorf("the first figure D7 is %+v", s)
	}
	if s := fill(figures, "J7"); len(s.Fill.Color) == 0 || s.Fill.Color[0] != "F2F2F2" {
		t.Errorf("a total is %+v", s.Fill)
	}
	if s := fill("一、总体情况", "A2"); len(s.Border) != 4 || len(s.Fill.Color) == 0 {
		t.Errorf("the first paragraph is %+v", s)
	}
	for _, sec := range f.Sections {
		if sec.Table != "" {
			continue
		}
		dvs, err := e.GetDataValidations(sheetName(sec.Label))
		if err != nil || len(dvs) != 1 || dvs[0].Prompt == nil || *dvs[0].Prompt == "" {
			t.Errorf("%s has no hint: %v", sec.Label, err)
		}
	}
	sheets := e.GetSheetList()
	if sheets[len(sheets)-1] != "填表说明" || len(sheets) != len(f.Sections)+2 {
		t.Errorf("sheets are %q", sheets)
	}
	// Rows of text hold five lines from the start, and grow.
	var b bytes.Buffer
	if err := Template(&b, f); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	sheet, err := fs.ReadFile(z, "xl/worksheets/sheet2.xml")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(sheet, []byte(`<row r="2" ht="85.05">`)) || !bytes.Contains(sheet, []byte(`<row r="1" ht="32" customHeight="true">`)) {
		t.Errorf("rows are %.900s", sheet)
	}
	if h, err := e.GetRowHeight("封面", 8); err != nil || h < 100 {
		t.Errorf("a paragraph of the preamble has %v pt: %v", h, err)
	}
}

// The sheet 数据 is for programs: it is hidden, so that it is not printed.
func TestDataIsNotPrinted(t *testing.T) {
	e, err := excelize.OpenReader(bytes.NewReader(written(t, readFile(t, sample))))
	if err != nil {
		t.Fatal(err)
	}
	for _, sheet := range e.GetSheetList() {
		if shown, err := e.GetSheetVisible(sheet); err != nil || shown == (sheet == "数据") {
			t.Errorf("%s is shown: %v, %v", sheet, shown, err)
		}
	}
}

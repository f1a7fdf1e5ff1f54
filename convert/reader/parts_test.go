package reader_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/generate"
	"nianbao/convert/reader"
	"nianbao/convert/report"
)

// townships are reports of bodies of their own, all different.
func townships(t testing.TB, n int) []*report.Report {
	t.Helper()
	f, err := generate.NewForm("2021")
	if err != nil {
		t.Fatal(err)
	}
	names := []string{"白云镇", "青山镇", "东湖街道", "西岭乡", "南桥镇", "北塔镇", "金沙镇", "龙泉乡", "凤鸣镇", "石门镇", "大安镇", "长乐镇"}
	var all []*report.Report
	for i := range n {
		r := f.Report(2*i + 1)
		r.Organization = "安平县" + names[i] + "人民政府"
		r.Title = r.Organization + "2024年政府信息公开工作年度报告"
		all = append(all, r)
	}
	return all
}

// a layout says on which sheet what stands on a sheet of the i-th body goes.
type layout func(i int, sheet string) string

func setsBehind(i int, sheet string) string {
	if i > 0 {
		sheet += fmt.Sprintf("(%d)", i+1)
	}
	return sheet
}

func sheetEach(i int, _ string) string { return fmt.Sprintf("表%c", 'A'+i) }

func oneBelow(int, string) string { return "年报" }

// Several bodies in one file, and what is just not.
func TestParts(t *testing.T) {
	set := func(sheet, cell string, value any) func(*excelize.File) {
		return func(f *excelize.File) { f.SetCellValue(sheet, cell, value) }
	}
	blank := func(sheets ...string) func(*excelize.File) {
		return func(f *excelize.File) {
			for _, s := range sheets {
				rows, _ := f.GetRows(s)
				for y, row := range rows {
					for x := range row {
						cell, _ := excelize.CoordinatesToCellName(x+1, y+1)
						if v, _ := f.GetCellValue(s, cell); v != "" && strings.Trim(v, "0123456789.-") == "" || len(v) > 200 {
							f.SetCellValue(s, cell, nil)
						}
					}
				}
			}
		}
	}
	rename := func(from, to string) func(*excelize.File) {
		return func(f *excelize.File) { f.SetSheetName(from, to) }
	}
	all := func(edits ...func(*excelize.File)) func(*excelize.File) {
		return func(f *excelize.File) {
			for _, e := range edits {
				e(f)
			}
		}
	}
	removeTitles := func(sheets ...string) func(*excelize.File) {
		return func(f *excelize.File) {
			for _, s := range sheets {
				for _, cell := range []string{"A1", "A3", "B3"} {
					f.SetCellValue(s, cell, nil)
				}
			}
		}
	}
	twelve := townships(t, 12)
	// The sheets one by one: 封面, 封面(2), 一, 一(2) …
	interleaved := func(f *excelize.File) {
		names := f.GetSheetList()
		for i := range len(names) / 2 {
			f.MoveSheet(names[len(names)/2+i], names[min(i+1, len(names)/2-1)])
		}
	}
	for _, c := range []struct {
		name    string
		bodies  int
		layout  layout
		edit    func(*excelize.File)
		reports int  // that are read
		mixture bool // the one that is read may be one: R107
	}{
		{"one body", 1, setsBehind, nil, 1, false},
		{"two sets of sheets", 2, setsBehind, nil, 2, false},
		{"three sets, called after their bodies", 3, func(i int, s string) string { return fmt.Sprintf("%s-%c镇", s[:3], "甲乙丙"[3*i]) + fmt.Sprint(i) }, nil, 3, false},
		{"a sheet each, called anything", 12, sheetEach, nil, 12, false},
		{"one below the other", 3, oneBelow, nil, 3, false},
		{"two sets, sheets by turns", 2, setsBehind, interleaved, 2, false},
		{"a sheet each, with the county's cover", 12, sheetEach, func(f *excelize.File) {
			f.NewSheet("封面")
			f.SetCellValue("封面", "A1", "安平县2024年政府信息公开工作年度报告汇编")
			f.SetCellValue("封面", "A3", "安平县人民政府办公室")
		}, 12, false},
		{"a sheet each, one of which says no name", 12, sheetEach, removeTitles("表E"), 12, false},
		{"a sheet each that says no name but is called after its body", 3, func(i int, _ string) string { return twelve[i].Organization }, func(f *excelize.File) {
			removeTitles(f.GetSheetList()...)(f)
		}, 3, false},
		{"a sheet each and one with nothing but figures under its name", 4, sheetEach, func(f *excelize.File) {
			rows, _ := f.GetRows("表B")
			for y, row := range rows[4:] {
				for x, v := range row {
					if cell, _ := excelize.CoordinatesToCellName(x+1, y+5); strings.Trim(v, "0123456789.") != "" {
						f.SetCellValue("表B", cell, nil)
					}
				}
			}
		}, 4, false},

		{"sheets in order, without anything in common", 2, setsBehind, func(f *excelize.File) {
			for i, s := range f.GetSheetList() {
				f.SetSheetName(s, fmt.Sprintf("Sheet%d", i+1))
			}
		}, 2, false},
		{"sheets of two bodies mixed up", 2, setsBehind, func(f *excelize.File) {
			interleaved(f)
			for i, s := range f.GetSheetList() {
				f.SetSheetName(s, fmt.Sprintf("第%c页", "甲乙丙丁戊己庚辛壬癸子丑寅卯"[3*i]))
			}
		}, 1, true},
		{"one sheet of a set says another's name", 1, setsBehind, set("四、政府信息公开行政复议、行政诉讼情况", "A2", "安平县青山镇人民政府2024年政府信息公开工作年度报告"), 1, true},
		{"one set and half of another, in order", 2, setsBehind, func(f *excelize.File) {
			for i, s := range f.GetSheetList() {
				if strings.HasPrefix(s, "四") && strings.HasSuffix(s, "(2)") {
					f.DeleteSheet(s)
					continue
				}
				f.SetSheetName(s, fmt.Sprintf("第%c页", "甲乙丙丁戊己庚辛壬癸子丑寅卯"[3*i]))
			}
		}, 1, true},

		{"one body's form and last year's", 2, setsBehind, all(
			set("封面(2)", "A1", twelve[0].Organization+"2023年政府信息公开工作年度报告"), set("封面(2)", "B3", twelve[0].Organization), set("封面(2)", "B4", 2023)), 1, false},
		{"one body's form and last year's, when it was called otherwise", 2, sheetEach, func(f *excelize.File) {
			set("表B", "A1", "安平县白云乡人民政府2023年政府信息公开工作年度报告")(f)
			set("表B", "B3", "安平县白云乡人民政府")(f)
			set("表B", "B4", 2023)(f)
		}, 1, false},
		{"one body's form and an empty one", 2, setsBehind, func(f *excelize.File) {
			for _, s := range f.GetSheetList() {
				if strings.HasSuffix(s, "(2)") {
					blank(s)(f)
				}
			}
			removeTitles("封面(2)")(f)
		}, 1, false},
		{"one body's form and an empty one that says ××县××局", 2, setsBehind, func(f *excelize.File) {
			for _, s := range f.GetSheetList() {
				if strings.HasSuffix(s, "(2)") {
					blank(s)(f)
				}
			}
			set("封面(2)", "A1", "××县××局2024年政府信息公开工作年度报告")(f)
			set("封面(2)", "B3", "××县××局")(f)
		}, 1, false},
		{"one body twice, with other figures", 2, sheetEach, func(f *excelize.File) {
			set("表B", "A1", twelve[0].Title)(f)
			set("表B", "B3", twelve[0].Organization)(f)
		}, 1, true},
		{"two sets, the second without a cover", 2, setsBehind, func(f *excelize.File) { f.DeleteSheet("封面(2)") }, 1, true},
		{"the second set lacks a table, too", 2, setsBehind, func(f *excelize.File) {
			f.DeleteSheet("封面(2)")
			for _, s := range f.GetSheetList() {
				if strings.HasPrefix(s, "四") && strings.HasSuffix(s, "(2)") {
					f.DeleteSheet(s)
				}
			}
		}, 1, false},
		{"the second set is a hidden one", 2, setsBehind, func(f *excelize.File) {
			f.DeleteSheet("封面(2)")
			for _, s := range f.GetSheetList() {
				if strings.HasSuffix(s, "(2)") {
					f.SetSheetVisible(s, false)
				}
			}
		}, 1, false},
		{"the second set has the same figures", 1, setsBehind, func(f *excelize.File) {
			for _, s := range f.GetSheetList()[1:] {
				from, _ := f.GetSheetIndex(s)
				to, _ := f.NewSheet(s + "(2)")
				f.CopySheet(from, to)
			}
		}, 1, false},
		{"two bodies, one of them twice", 3, sheetEach, func(f *excelize.File) {
			set("表B", "A1", twelve[0].Title)(f)
			set("表B", "B3", twelve[0].Organization)(f)
		}, 2, true},
		{"a guide for another body", 2, setsBehind, func(f *excelize.File) {
			for i, s := range f.GetSheetList() {
				if strings.HasSuffix(s, "(2)") {
					f.SetSheetName(s, fmt.Sprintf("填报示例%d", i))
				}
			}
		}, 1, false},
		{"three sheets of one body", 1, func(_ int, s string) string {
			return map[string]string{"封": "一", "一": "一", "二": "二", "三": "二", "四": "二"}[s[:3]] + map[string]string{"五": "三", "六": "三"}[s[:3]]
		}, nil, 1, false},
		{"a name on a list", 1, setsBehind, func(f *excelize.File) {
			f.NewSheet("名单")
			f.SetSheetCol("名单", "A1", &[]string{"填报单位：" + twelve[1].Organization, "填报单位：" + twelve[2].Organization})
		}, 1, false},
		{"renamed", 1, setsBehind, rename("封面", "白云镇"), 1, false},
	} {
		src, err := generate.Together(twelve[:c.bodies], c.layout)
		if err != nil {
			t.Fatal(err)
		}
		if c.edit != nil {
			f, err := excelize.OpenReader(bytes.NewReader(src))
			if err != nil {
				t.Fatal(err)
			}
			c.edit(f)
			b, err := f.WriteToBuffer()
			if err != nil {
				t.Fatal(err)
			}
			src = b.Bytes()
		}
		got, err := reader.Read(t.Context(), src, reader.Options{})
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		mixture := noted(got[0], report.SeveralOrganizations) || noted(got[0], report.SecondSet)
		if len(got) != c.reports || mixture != c.mixture {
			t.Errorf("%s: %d reports, may be a mixture: %v", c.name, len(got), mixture)
		}
		parts := map[string]bool{}
		for _, r := range got {
			if (r.Part != "") != (c.reports > 1) || parts[r.Part] || noted(r, report.OneOfSeveral) != (c.reports > 1) {
				t.Errorf("%s: part %q", c.name, r.Part)
			}
			parts[r.Part] = true
			if c.reports > 1 {
				isWhole(t, c.name, r, twelve)
			}
		}
	}
}

// isWhole checks that all that was read is of one body.
func isWhole(t *testing.T, name string, got *report.Report, all []*report.Report) {
	t.Helper()
	text := func(r *report.Report) string {
		s := ""
		for _, section := range r.Sections {
			for _, p := range section.Paragraphs {
				s += strings.TrimSpace(strings.ReplaceAll(p.Text, "　", "")) + "\n"
			}
		}
		return s
	}
	if !got.Tables[0].Found && !got.Tables[1].Found && !got.Tables[2].Found {
		return // the broken one
	}
	for _, want := range all {
		if figures(want) == figures(got) {
			if d := cmp.Diff(text(want), text(got)); d != "" && got.Organization != "" {
				t.Errorf("%s: the figures of %s with another's text: %s", name, want.Organization, d)
			}
			if got.Organization != want.Organization && got.Organization != "" {
				t.Errorf("%s: the figures of %s, as %s's", name, want.Organization, got.Organization)
			}
			return
		}
	}
	t.Errorf("%s: the figures of %s are nobody's", name, got.Organization)
}

func noted(r *report.Report, kind report.NoteKind) bool {
	for _, n := range r.Notes {
		if n.Kind == kind {
			return true
		}
	}
	return false
}

func figures(r *report.Report) string {
	s := ""
	for _, path := range r.Figures().Paths() {
		s += path + "=" + r.Figures().At(path).String() + "\n"
	}
	return s
}

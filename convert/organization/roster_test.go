package organization

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Rosters as offices keep them: each holds the same four bodies.
func TestRosterShapes(t *testing.T) {
	const want = "县教育局 县发展和改革局 温泉镇人民政府 城关街道办事处"
	for name, sheets := range map[string][][][]string{
		"lists side by side":            {{{"附件1 报送单位名单"}, {"序号", "单位", "序号", "单位"}, {"1", "县教育局", "3", "温泉镇人民政府"}, {"2", "县发展和改革局", "4", "城关街道办事处"}}},
		"side by side without headings": {{{"1", "县教育局", "3", "温泉镇人民政府"}, {"2", "县发展和改革局", "4", "城关街道办事处"}}},
		"the second list is shorter":    {{{"单位", "", "单位"}, {"县教育局", "", "城关街道办事处"}, {"县发展和改革局"}, {"温泉镇人民政府"}}},
		"the second sheet":              {{{"请各单位按时报送。"}, {"联系人：王某"}}, {{"单位名称"}, {"县教育局"}, {"县发展和改革局"}, {"温泉镇人民政府"}, {"城关街道办事处"}}},
		"numbers in the cells":          {{{"1. 县教育局 "}, {"2.县发展和改革局"}, {"3、温泉镇人民政府"}, {"（4）城关街道办事处"}}},
		"joined":                        {{{"县教育局、县发展和改革局、温泉镇人民政府、城关街道办事处"}}},
		"broken over lines":             {{{"单位名称"}, {"县教育局"}, {"县发展和\n改革局"}, {"温泉镇\n人民政府"}, {"城关街道办事处"}}},
		"sections":                      {{{"序号", "单位名称"}, {"一、县直部门（2个）"}, {"1", "县教育局"}, {"2", "县发展和改革局"}, {"二、乡镇街道"}, {"1", "温泉镇人民政府"}, {"2", "城关街道办事处"}}},
		"joined beside others":          {{{"序号", "单位", "联系人"}, {"1", "县教育局、县发展和改革局", "王某"}, {"2", "温泉镇人民政府", ""}, {"3", "城关街道办事处", ""}}},
		"headings repeated":             {{{"单位名称"}, {"县教育局"}, {"县发展和改革局"}, {"单位名称"}, {"温泉镇人民政府"}, {"城关街道办事处"}}},
	} {
		r, err := ParseSheets(sheets)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := r.Names()
		if name == "the second list is shorter" {
			got = []string{got[0], got[1], got[2], got[3]}
		}
		if got := strings.Join(got, " "); got != want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func TestRosterEntries(t *testing.T) {
	r, err := ParseRoster([][]string{
		{"序号", "单位名称", "原名称", "联系人", "联系电话", "是否计入", "所属"},
		{"一、县直部门"},
		{"1", "县教育局（本级）", "县教育体育局", "王某", "8220001", "是", ""},
		{"2", "县招生办公室", "", "李某", "8220002", "否", "县教育局"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]Entry{
		{Section: "县直部门", Contact: "王某", Phone: "8220001"},
		{Section: "县直部门", Parent: "县教育局", Contact: "李某", Phone: "8220002", Uncounted: true},
	}, []Entry{r.Entry(0), r.Entry(1)}); d != "" {
		t.Error(d)
	}
	for name, want := range map[string]string{"安平县教育局": "县教育局（本级）", "县教育体育局": "县教育局（本级）", "王某": "", "8220002": "", "县招生办": ""} {
		if got, _ := r.Find(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestFindFile(t *testing.T) {
	r, err := ParseRoster([][]string{{"县教育局"}, {"县发展和改革局"}, {"县公安局"}, {"县公安局交警大队"}, {"温泉镇人民政府"}})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"县教育局2024年报.pdf":        "县教育局",
		"02教育局（盖章）.jpg":         "县教育局",
		"收件/安平县公安局交警大队/扫描件.pdf": "县公安局交警大队",
		"收件/县公安局.zip":           "县公安局",
		"温泉镇.docx":              "温泉镇人民政府",
		"年报.docx":               "",
		"县体育馆.pdf":              "",
	} {
		if got := r.FindFile(file); got != want {
			t.Errorf("%s: %q, want %q", file, got, want)
		}
	}
}

// A cell is of several bodies only where all of its parts are names.
func TestNamesIn(t *testing.T) {
	for cell, want := range map[string]int{"县教育局、县水务局": 2, "1.县教育局、2.县水务局、城关镇": 3, "县教育局": 0, "县委、县政府办公室": 0, "老城、新城街道办事处": 0} {
		if got := namesIn(cell); len(got) != want {
			t.Errorf("%s: %q", cell, got)
		}
	}
}

func TestFindAlike(t *testing.T) {
	r, err := ParseRoster([][]string{{"县医疗保障局"}, {"县卫生健康局"}, {"县文化和旅游局"}, {"县人力资源和社会保障局"}})
	if err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"县医保局/扫描001.jpg":   "县医疗保障局 县医保局",
		"03 卫健局2024年报.pdf": "县卫生健康局 卫健局",
		"县保局.pdf":          " ", // of two
		"扫描001.jpg":        " ",
		"县体育馆/扫描.jpg":      " ",
	} {
		if name, short := r.findAlike(file); name+" "+short != want {
			t.Errorf("%s: %q for %q, want %q", file, name, short, want)
		}
	}
}

package organization

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/message"
)

func TestVersion(t *testing.T) {
	for _, c := range []struct {
		earlier, later string // the names of two versions; the same twice where nothing is said
	}{
		{"县教育局初稿.xlsx", "县教育局.xlsx"},
		{"县教育局.xlsx", "县教育局（改）.xlsx"},
		{"县教育局（改）.xlsx", "县教育局终稿.xlsx"},
		{"县教育局.xlsx", "定稿/县教育局.xlsx"},
		{"县教育局v2.xlsx", "县教育局V3.xlsx"},
		{"县教育局.xlsx", "县教育局 v2.xlsx"},
		{"县教育局.xlsx", "县教育局-改2.xlsx"},
		{"县教育局.xlsx", "县教育局第二版.xlsx"},
		{"草稿/县教育局.xlsx", "县教育局.xlsx"},
		{"县教育局/年报.xlsx", "县教育局/改/年报.xlsx"},
		{"初稿/县教育局v2.xlsx", "终稿/县教育局v1.xlsx"},
		{"终稿/县教育局草稿.xlsx", "初稿/县教育局.xlsx.终稿.xlsx"},
	} {
		if version(c.earlier).compare(version(c.later)) >= 0 {
			t.Errorf("%s %v is not before %s %v", c.earlier, version(c.earlier), c.later, version(c.later))
		}
	}
	for _, name := range []string{"县发改局.xlsx", "县发展和改革局.xlsx", "县城市改建办.xlsx", "ABv2x局.xlsx", "县教育局2024.xlsx", "整改办.xlsx", "整改/县教育局.xlsx"} {
		if v := version(name); v != (versionOf{}) {
			t.Errorf("%s is a version: %v", name, v)
		}
	}
}

func TestAlike(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"县发改局", "县发展和改革局", true},
		{"安平县人社局", "县人力资源和社会保障局", true},
		{"县市场监管局", "县市场监督管理局", true},
		{"县教育局", "县教育体育局", true},
		{"城关街道", "城关街道办事处", false}, // the same, when the roster is asked
		{"县公安局", "县公安局交通管理局", false},
		{"县公安局", "县公安局交警大队", false},
		{"县水务局", "县税务局", false},
		{"县民政局", "县人民防空办公室", false},
		{"县林业局", "县农业局", false},
		{"县局", "县教育局", false},
		{"县财局", "县财政局", true}, // two characters behind the place are enough
		{"", "县教育局", false},
	} {
		if got := Alike(c.a, c.b); got != c.want {
			t.Errorf("%s, %s: %v", c.a, c.b, got)
		}
	}
}

func TestSenders(t *testing.T) {
	roster, err := ParseRoster([][]string{{"县教育局"}, {"县水务局"}, {"县发展和改革局"}, {"县民政局"}, {"县财政局"}, {"县司法局"}, {"县林业局"}, {"县信访局"}, {"县统计局"}})
	if err != nil {
		t.Fatal(err)
	}
	at := func(minutes int) time.Time { return time.Unix(int64(60*minutes), 0) }
	sent := []Sent{
		{File: "县教育局.xlsx", Organization: "安平县教育局", Year: 2024, Hash: "a", Time: at(9)},
		{File: "县教育局 - 副本.xlsx", Organization: "安平县教育局", Year: 2024, Hash: "a", Time: at(10)},
		{File: "县水务局.annotated.xlsx", Organization: "县水务局", Year: 2024, Marked: "县水务局.xlsx", Time: at(1)},
		{File: "县水务局.xlsx", Organization: "县水务局", Year: 2024, Errors: 2, Time: at(2)},
		{File: "发改.xlsx", Organization: "县发改局", Year: 2024},
		{File: "县民政局初稿.xlsx", Organization: "县民政局", Year: 2024, Time: at(9)},
		{File: "县民政局.xlsx", Organization: "县民政局", Year: 2024, Errors: 1, Time: at(3)},
		{File: "县财政局/年报.pdf", Format: "pdf"},
		{File: "县水务局盖章.pdf", Format: "pdf"},
		{File: "县司法局.xlsx", Failed: true},
		{File: "县林业局.xlsx", Organization: "县林业局", Year: 2023},
		{File: "全县.xlsx", Organization: "安平县", Year: 2024, Sum: true},
		{File: "外地.xlsx", Organization: "外县教育局第二中心", Year: 2024},
		{File: "县统计局/表.xlsx", Year: 2024},
	}
	c := Senders(sent, roster, 0)
	type body struct {
		Name   string
		Report string
		Lacks  Kind
	}
	var got []body
	for _, b := range c.Bodies {
		x := body{Name: b.Organization, Lacks: b.Lacks}
		if b.Report >= 0 {
			x.Report = sent[b.Report].File
		}
		got = append(got, x)
	}
	if d := cmp.Diff([]body{
		{"县教育局", "县教育局.xlsx", ""},
		{"县水务局", "县水务局.annotated.xlsx", ""},
		{"县发展和改革局", "发改.xlsx", ""},
		{"县民政局", "县民政局.xlsx", ""},
		{"县财政局", "", OtherFormat},
		{"县司法局", "", Failed},
		{"县林业局", "", OtherYear},
		{"县信访局", "", Missing},
		{"县统计局", "县统计局/表.xlsx", ""},
		{"外县教育局第二中心", "外地.xlsx", ""},
	}, got); d != "" {
		t.Error(d)
	}
	var kinds []Kind
	for i, f := range c.Files {
		kinds = append(kinds, f.Kind)
		for _, why := range f.Why {
			if why.In(message.Chinese) == why.Key {
				t.Errorf("%s: %s is not in the catalogue", sent[i].File, why.Key)
			}
		}
	}
	if d := cmp.Diff([]Kind{Report, Duplicate, Returned, Superseded, Report, Superseded, Report, OtherFormat, Attachment, Failed, OtherYear, Sum, Report, Report}, kinds); d != "" {
		t.Error(d)
	}
	if c.Year != 2024 || c.Bodies[2].Alike != "县发改局" || c.Misread {
		t.Errorf("year %d, alike %q, misread %v", c.Year, c.Bodies[2].Alike, c.Misread)
	}
}

// Of two years that as many bodies reported the later is the main one.
func TestMainYearOfATie(t *testing.T) {
	var sent []Sent
	for i, year := range []int{2022, 2024, 2021, 2023} {
		name := string([]rune("甲乙丙丁")[i]) + "县教育局"
		sent = append(sent, Sent{File: name + ".xlsx", Organization: name, Year: year})
	}
	for range 20 { // the years are counted in no order
		if c := Senders(sent, nil, 0); c.Year != 2024 {
			t.Fatalf("of four years with a report each %d is the main one", c.Year)
		}
	}
	earlier := append(sent, Sent{File: "戊.xlsx", Organization: "戊县教育局", Year: 2022}) // a near miss
	if c := Senders(earlier, nil, 0); c.Year != 2022 {
		t.Errorf("of two reports for 2022 and one for 2024, %d is the main year", c.Year)
	}
}

// Two characters are too few to know a body by without its place: 医院 may be any.
func TestShortNamesOnTheRoster(t *testing.T) {
	roster, err := ParseRoster([][]string{{"安平县医院"}, {"安平县档案馆"}})
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"档案馆": "安平县档案馆", "县医院": "安平县医院", "医院": ""} {
		if got, _ := roster.Find(name); got != want {
			t.Errorf("%s is found as %q, want %q", name, got, want)
		}
	}
	for file, want := range map[string]string{"档案馆年报.pdf": "安平县档案馆", "安平县医院年报.pdf": "安平县医院", "中医院年报.pdf": ""} {
		if got := roster.FindFile(file); got != want {
			t.Errorf("%s is of %q, want %q", file, got, want)
		}
	}
}

// Sums alone are added up, as a province adds its counties; what is on the roster is
// no sum of others.
func TestSenderSums(t *testing.T) {
	sums := []Sent{{File: "甲县.xlsx", Organization: "甲县", Sum: true}, {File: "乙县.xlsx", Organization: "乙县", Sum: true}}
	if c := Senders(sums, nil, 0); !c.Counts(0) || !c.Counts(1) {
		t.Error("sums alone do not count")
	}
	roster, err := ParseRoster([][]string{{"甲县"}, {"丙县"}})
	if err != nil {
		t.Fatal(err)
	}
	mixed := append(sums, Sent{File: "丙县.xlsx", Organization: "丙县"})
	if c := Senders(mixed, roster, 0); !c.Counts(0) || c.Counts(1) || !c.Counts(2) {
		t.Error("of sums among reports only that on the roster counts")
	}
}

func TestMisread(t *testing.T) {
	roster, err := ParseRoster([][]string{{"张三"}, {"李四"}, {"县教育局"}})
	if err != nil {
		t.Fatal(err)
	}
	var sent []Sent
	for _, name := range []string{"县教育局", "甲局", "乙局", "丙局", "丁局", "戊局", "己局", "庚局"} {
		sent = append(sent, Sent{File: name + ".xlsx", Organization: name})
	}
	if c := Senders(sent, roster, 0); !c.Misread {
		t.Error("a roster of people was read as one of bodies")
	}
	if c := Senders(sent[:4], roster, 0); c.Misread {
		t.Error("four submissions say nothing of a roster")
	}
}

// A marked copy with errors that its original has not is of an earlier one; where both
// have errors it is what came back.
func TestStaleMarkedCopy(t *testing.T) {
	for _, c := range []struct {
		original, copied int // errors
		want             string
	}{{0, 1, "a.xlsx"}, {1, 1, "a.annotated.xlsx"}, {2, 0, "a.annotated.xlsx"}, {0, 0, "a.annotated.xlsx"}} {
		sent := []Sent{{File: "a.annotated.xlsx", Organization: "县水务局", Year: 2024, Marked: "a.xlsx", Errors: c.copied}, {File: "a.xlsx", Organization: "县水务局", Year: 2024, Errors: c.original}}
		if got := sent[Senders(sent, nil, 0).Bodies[0].Report].File; got != c.want {
			t.Errorf("%d errors in the original, %d in the copy: %s counts, want %s", c.original, c.copied, got, c.want)
		}
	}
}

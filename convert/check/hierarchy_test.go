package check

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// child is sample under another name, with natural persons' applications granted.
func child(t testing.TB, name string, granted int64) *report.Report {
	r := sample(t)
	r.Organization = name
	set(t, r, "applications", "granted", "natural_person", report.Int(granted))
	return r
}

// parentOf adds its children up, figure by figure.
func parentOf(t testing.TB, children ...*report.Report) *report.Report {
	r := sample(t)
	for _, tab := range r.Tables {
		for _, row := range tab.Rows {
			for _, f := range row.Figures {
				var sum report.Number
				for _, c := range children {
					sum = sum.Add(c.Figure(tab.Key, row.Key, f.Column).Value)
				}
				set(t, r, tab.Key, row.Key, f.Column, sum)
			}
		}
	}
	return r
}

func sentAs(file string, r *report.Report) organization.Sent {
	return organization.Sent{File: file, Organization: r.Organization, Year: r.Year}
}

func TestFiguresOfChildren(t *testing.T) {
	one, two := child(t, "甲局", 6), child(t, "乙局", 9)
	three, four := child(t, "丙镇", 0), child(t, "丁镇", 9)
	var c Children
	for _, r := range []*report.Report{one, two, three, four} {
		c.Add(sentAs(r.Organization+".xlsx", r), r)
	}
	parent := parentOf(t, one, two, three, four)
	if found := c.Figures(parent); len(found) > 0 {
		t.Errorf("%v", briefs(t, found))
	}
	set(t, parent, "applications", "granted", "natural_person", report.Int(40))
	set(t, parent, "disclosure", "licences", "decisions", report.Int(2))
	found := c.Figures(parent)
	if d := cmp.Diff([]brief{
		{"H101", finding.Error, "disclosure.licences.decisions", "disclosure!B4", "0", "2"},
		{"H101", finding.Error, "applications.granted.natural_person", "applications!B4", "24", "40"},
	}, briefs(t, found)); d != "" {
		t.Fatal(d)
	}
	want := "“（一）予以公开”一行“自然人”（B4）为40，各单位4份报告合计为24，相差16；数量较大的单位：乙局 9、丁镇 9、甲局 6"
	if got := found[1].Message.In(message.Chinese); got != want {
		t.Errorf("%s, want %s", got, want)
	}

	// Blank here, or not known there, is no difference.
	set(t, parent, "disclosure", "licences", "decisions", report.Number{})
	unknown := child(t, "戊局", 0)
	cell := set(t, unknown, "applications", "granted", "natural_person", report.Number{})
	unknown.Notes = append(unknown.Notes, report.Note{Kind: report.NotNumber, Path: path("applications.granted.natural_person"), Cells: []report.Cell{cell}, Text: "几件"})
	c.Add(sentAs("戊局.xlsx", unknown), unknown)
	for _, f := range c.Figures(parent) {
		if f.Path == path("applications.granted.natural_person") || f.Path == path("disclosure.licences.decisions") {
			t.Errorf("%s: %s", f.Path, f.Message.In(message.English))
		}
	}
}

// Of two submissions of one name, which are told apart by their files, one is added up.
func TestContributorsOfOneName(t *testing.T) {
	one, two, three := child(t, "县水务局", 6), child(t, "县 水务局", 9), child(t, "乙局", 2)
	var c Children
	c.Add(sentAs("各单位/水务局.xlsx", one), one)
	c.Add(sentAs("各单位/水务局（改）.xlsx", two), two)
	c.Add(sentAs("各单位/乙局.xlsx", three), three)
	parent := parentOf(t, two, three)
	if found := c.Figures(parent); len(found) > 0 {
		t.Errorf("%v", briefs(t, found))
	}
	found := c.Figures(parentOf(t, one, two, three))
	want := "“（一）予以公开”一行“自然人”（B4）为17，各单位2份报告合计为11，相差6；数量较大的单位：县 水务局（各单位/水务局（改）.xlsx） 9、乙局 2"
	if len(found) == 0 {
		t.Fatal("a body that was counted twice is not found")
	}
	for _, f := range found {
		if got := f.Message.In(message.Chinese); f.Path == path("applications.granted.natural_person") && got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

// A total that a child added up without what could not be read is not known.
func TestPartialTotalsOfChildren(t *testing.T) {
	one := child(t, "甲局", 6)
	parent := parentOf(t, one)
	cell := set(t, one, "applications", "granted", "natural_person", report.Number{})
	set(t, one, "applications", "granted", "total", report.Int(0))
	one.Notes = append(one.Notes, report.Note{Kind: report.NotNumber, Path: path("applications.granted.natural_person"), Cells: []report.Cell{cell}, Text: "六"})
	var c Children
	c.Add(sentAs("甲局.xlsx", one), one)
	if found := c.Figures(parent); len(found) > 0 {
		t.Errorf("%v", briefs(t, found))
	}
}

// A child's blank total is its parts', its blank figure 0.
func TestBlankFiguresOfChildren(t *testing.T) {
	one := child(t, "甲局", 6)
	parent := parentOf(t, one)
	set(t, one, "applications", "granted", "total", report.Number{})
	set(t, one, "applications", "granted", "business", report.Number{})
	var c Children
	c.Add(sentAs("甲局.xlsx", one), one)
	if found := c.Figures(parent); len(found) > 0 {
		t.Errorf("%v", briefs(t, found))
	}
}

func TestSubmissions(t *testing.T) {
	roster, err := organization.ParseRoster([][]string{{"安平县教育局"}, {"县水务局", "县水利局"}, {"柳河镇"}, {"城关镇"}})
	if err != nil {
		t.Fatal(err)
	}
	c := Children{Roster: roster}
	for _, s := range []struct {
		file, name string
		year       int
	}{
		{"a.xlsx", "县教育局", 2024},
		{"b.xlsx", "安平县水利局", 2024},
		{"c.xlsx", "柳河镇人民政府", 2023},
		{"d.xlsx", "安平县 教育局", 2024},
		{"e.xlsx", "", 0},
		{"f.xlsx", "不在名单的单位", 2024},
	} {
		r := sample(t)
		r.Organization, r.Year = s.name, s.year
		c.Add(sentAs(s.file, r), r)
	}
	found := c.Submissions(0)
	if d := cmp.Diff([]brief{
		{"H102", finding.Warning, "", "", "城关镇", ""},
		{"H103", finding.Warning, "", "", "1", "2"},
		{"H104", finding.Warning, "", "", "2024", "2023"},
	}, briefs(t, found)); d != "" {
		t.Error(d)
	}
	if got := found[1].Message.In(message.Chinese); got != "“县教育局”报送了2份：a.xlsx、d.xlsx；计入“d.xlsx”" {
		t.Error(got)
	}
	c.Roster = nil
	c.choice = nil
	for _, f := range c.Submissions(2023) {
		if f.Rule != "H104" || f.Expected.String() != "2023" || f.Actual.String() != "2024" {
			t.Errorf("without a roster: %v", f)
		}
	}
}

func TestNormalizeOrganization(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"柳河镇人民政府", "柳河镇", true},
		{"柳河镇政府", "柳河镇人民政府", true},
		{"县教育局（体育局）", "县 教育局(体育局)", true},
		{"安平县人民政府办公室", "安平县政府办公室", true},
		{"安平县人民政府办公室", "安平县人民政府", false},
		{"ＡＢ中心", "ab中心", true},
		{"县水务局", "县税务局", false},
	} {
		if got := organization.Key(c.a) == organization.Key(c.b); got != c.same {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}

func TestRoster(t *testing.T) {
	roster, err := organization.ParseRoster([][]string{
		{"序号", "单位名称", "别名"}, {"1", "安平县教育局", "县教体局、教育体育局"}, {"2", "安平县水务局", ""}, {}, {"", ""},
		{"3", "江北县水务局"}, {"4", "安平县教育局"}, {"5", "柳河镇", "柳河"}})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"安平县教育局", "安平县水务局", "江北县水务局", "柳河镇"}, roster.Names()); d != "" {
		t.Error(d)
	}
	for name, want := range map[string]string{
		"县教育局": "安平县教育局", "教育局": "安平县教育局", "县教体局": "安平县教育局", "安平县教育体育局": "安平县教育局",
		"水务局": "", // there are two
		"河镇":  "", "柳河镇人民政府": "柳河镇", "柳河": "柳河镇", "县气象局": "", "局": "",
	} {
		if got, ok := roster.Find(name); got != want || ok != (want != "") {
			t.Errorf("%s: %q, %v, want %q", name, got, ok, want)
		}
	}
	for _, c := range []struct {
		rows [][]string
		want string
	}{
		{nil, "no names"},
		{[][]string{{"单位名称"}, {" "}}, "no names"},
		{[][]string{{"甲局", "丙"}, {"乙局", "丙"}}, "丙"},
	} {
		if _, err := organization.ParseRoster(c.rows); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want %q in it", c.rows, err, c.want)
		}
	}
}

// Rosters as they are kept: titles above, running numbers before, people beside.
func TestRosterLayouts(t *testing.T) {
	for _, c := range []struct {
		name    string
		rows    [][]string
		names   string
		aliases map[string]string // what is found by another name
	}{
		{"title and headings", [][]string{{"云溪县2024年应报送单位名单"}, {"序号", "单位", "备注"}, {"1", "云溪县水务局", "已催"}, {"2", "云溪县教育局", "已催"}},
			"云溪县水务局 云溪县教育局", map[string]string{"已催": ""}},
		{"people and telephones", [][]string{{"序号", "单位名称", "联系人", "电话"}, {"1", "云溪县水务局", "张三", "8222222"}, {"2", "云溪县教育局", "张三", "8222222"}},
			"云溪县水务局 云溪县教育局", map[string]string{"张三": "", "8222222": ""}},
		{"people first", [][]string{{"联系人", "单 位 名 称", "简称"}, {"张三", "云溪县发展和改革局", "县发改局"}}, "云溪县发展和改革局", map[string]string{"发改局": "云溪县发展和改革局", "张三": ""}},
		{"a title over three rows", [][]string{{""}, {"附件1", ""}, {"政务公开工作一览表", ""}, {"填报单位：", "负责人"}, {"云溪县水务局", "李四"}}, "云溪县水务局", map[string]string{"李四": ""}},
		{"no headings", [][]string{{"全县各单位", "", ""}, {"1", "水务局", "县水利局"}, {"2", "教育局", "0817-8222222"}, {"3", "财政局", "0817-8222222"}},
			"水务局 教育局 财政局", map[string]string{"县水利局": "水务局"}},
		{"names only", [][]string{{"2024年度应报送单位"}, {"水务局"}, {"火车站广场综合事务专班"}}, "水务局 火车站广场综合事务专班", nil},
		{"a column without a heading", [][]string{{"单位名称", ""}, {"云溪县水务局", "县水利局"}}, "云溪县水务局", map[string]string{"县水利局": "云溪县水务局"}},
	} {
		roster, err := organization.ParseRoster(c.rows)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if got := strings.Join(roster.Names(), " "); got != c.names {
			t.Errorf("%s: %q, want %q", c.name, got, c.names)
		}
		for alias, want := range c.aliases {
			if got, _ := roster.Find(alias); got != want {
				t.Errorf("%s: %s is %q, want %q", c.name, alias, got, want)
			}
		}
	}
}

func TestRosterRows(t *testing.T) {
	const text = "单位名称,别名\r\n安平县教育局,县教体局\r\n柳河镇\r\n"
	want := [][]string{{"单位名称", "别名"}, {"安平县教育局", "县教体局"}, {"柳河镇"}}
	gbk, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, src := range map[string]string{
		"UTF-8": text, "UTF-8 with a byte order mark": "\ufeff" + text, "GBK": gbk, "tabs": strings.ReplaceAll(text, ",", "\t"),
	} {
		got, err := organization.RosterRows([]byte(src))
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%s: %s", name, d)
		}
	}
	if _, err := organization.RosterRows([]byte("PK\x03\x04\xff\xff\xff")); err == nil {
		t.Error("a workbook was read as CSV")
	}
}

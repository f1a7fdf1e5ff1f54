package reader

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/convert/workbook"
)

// FuzzRead feeds the reader damaged packages: whatever the bytes, it returns in
// time, with a report that can be written or an error that says what to do.
func FuzzRead(f *testing.F) {
	files, _ := filepath.Glob("../../testdata/forms/*.xlsx")
	for _, name := range append(files, "../../testdata/word/strict.docx") {
		src, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(src)
		f.Add(src[:len(src)*2/3])
	}
	f.Add(pack(f, data(`<row r="1">`+text("A1", "行政许可")+`</row>`)))
	f.Fuzz(func(t *testing.T, src []byte) {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		r, err := readOne(ctx, src, Options{Limits: workbook.Limits{FileSize: 1 << 20, Unpacked: 8 << 20, Cells: 100_000}})
		if ctx.Err() != nil {
			t.Fatal("too slow")
		}
		if err == nil {
			written(t, r)
		}
	})
}

// FuzzSheet feeds the reader a worksheet of any XML: unlike FuzzRead it gets past
// the package.
func FuzzSheet(f *testing.F) {
	f.Add(data(`<row r="3">` + text("A3", "行政许可") + text("B2", "本年处理决定数量") + `<c r="B3"><v>5</v></c></row>`))
	f.Add(data(`<row><c t="inlineStr"><is><t>自然人</t></is></c></row>`) + `<mergeCells><mergeCell ref="A1:B2"/></mergeCells>`)
	f.Add(data(`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>SUM(A1:C1)</f></c></row>`))
	f.Fuzz(func(t *testing.T, sheet string) {
		if len(sheet) > 1<<20 {
			return
		}
		r, err := readOne(context.Background(), pack(t, sheet), Options{})
		if err == nil {
			written(t, r)
		}
	})
}

// FuzzFigure: what is read as a number is made of the digits that stand there,
// and reads as the same number when it is written out again.
func FuzzFigure(f *testing.F) {
	for _, s := range []string{"5", "５件", "1,234", "1，234.50 万元", "-3", "+14", "增2", "—", "无", "12%", "三", "1,23", "1e9", " 0 ", "٣"} {
		f.Add(s)
	}
	columns := []form.Column{{Kind: form.Count}, {Kind: form.Change}, {Kind: form.Amount, Unit: "万元"}, {Kind: form.Amount}}
	f.Fuzz(func(t *testing.T, s string) {
		for _, c := range columns {
			n, ok := parseFigure(s, c)
			if !ok || n.Blank() {
				if !n.Blank() {
					t.Errorf("%q is no number but %s", s, n)
				}
				continue
			}
			digits := strings.TrimLeft(keep(prose.Fold(s), "0123456789"), "0")
			if got := strings.TrimLeft(keep(n.String(), "0123456789"), "0"); strings.TrimRight(got, "0") != strings.TrimRight(digits, "0") {
				t.Errorf("%q reads as %s", s, n)
			}
			if again, ok := parseFigure(n.String(), c); !ok || !again.Equal(n) {
				t.Errorf("%q reads as %s, and that as %s", s, n, again)
			}
		}
	})
}

func keep(s, chars string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(chars, r) {
			return r
		}
		return -1
	}, s)
}

// FuzzLabel: folding is stable, and a label is the same however it is spaced.
func FuzzLabel(f *testing.F) {
	for _, s := range []string{"（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "总　 计", "3．危及“三安全一稳定”", "一、", "((a)", "1", "第一，", "①其他"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if once := prose.Fold(s); prose.Fold(once) != once {
			t.Errorf("%q folds to %q, and that to %q", s, once, prose.Fold(once))
		}
		core(s)
		parseTitle(s)
		fieldsIn(s)
	})
}

func TestParseFigure(t *testing.T) {
	count := form.Column{Kind: form.Count}
	change := form.Column{Kind: form.Change}
	fee := form.Column{Kind: form.Amount, Unit: "万元"}
	purchase := form.Column{Kind: form.Amount}
	const no = "not a number"
	for _, c := range []struct {
		text   string
		column form.Column
		want   string
	}{
		{"5", count, "5"}, {" ５ 件", count, "5"}, {"１，２３４", count, "1234"}, {"1,234,567件", count, "1234567"}, {"12。", count, "12"}, {"5件次", count, "5"}, {"5人次", count, "5"}, {"5次件", count, no},
		{"", count, ""}, {"/", count, ""}, {"—", count, ""}, {"－－", count, ""}, {"无", count, ""}, {"　", count, ""},
		{"-3", count, "-3"}, {"−3", count, "-3"}, {"+14", change, "14"}, {"增2", change, "2"}, {"减 2", change, "-2"}, {"增2", count, no},
		{"增加14", change, "14"}, {"减少14", change, "-14"}, {"↑14", change, "14"}, {"持平", change, "0"}, {"减-2", change, no},
		{"零", count, "0"}, {"无。", count, ""}, {"没有", count, ""}, {"不涉及", count, ""}, {"N/A", count, ""}, {"。", count, no},
		{"1 234", count, "1234"}, {"12 34", count, no}, {"5\n6", count, no}, {"５　６", count, no}, {"1,23", count, no}, {"12,34", count, no}, {",123", count, no}, {"1,", count, no}, {"1.", count, "1"}, {"5.5", count, "5.5"}, {".5", count, no}, {"1.2.3", count, no},
		{"三", count, no}, {"约5", count, no}, {"5余", count, no}, {"5%", count, no}, {"2024-1-5", count, no}, {"1e9", count, no}, {"O", count, no}, {"5元", count, no}, {"5万元", count, no}, {"--5", count, no},
		{"59237.2449", fee, "59237.2449"}, {"59,237.2449万元", fee, "59237.2449"}, {"5元", fee, no}, {"5件", fee, no},
		{"251000元", purchase, "251000"}, {"25.1万元", purchase, no},
		{"1234567890123456789012345678901234567890", count, no},
	} {
		n, ok := parseFigure(c.text, c.column)
		got := n.String()
		if !ok {
			got = no
		}
		if got != c.want {
			t.Errorf("%q (%s): %q, want %q", c.text, c.column.Kind, got, c.want)
		}
	}
}

func TestStoredNumber(t *testing.T) {
	for _, c := range []struct{ stored, want string }{
		{"26", "26"}, {"59237.244899999998", "59237.2449"}, {"0.1", "0.1"}, {"1E2", "100"}, {"1.0000000000000002", "1"}, {"-0", "0"},
		{"123456789012345", "123456789012345"}, {"1234567890123456", "1234567890123460"}, {"12345678901234567", "12345678901234600"},
	} {
		if n, err := workbook.StoredNumber(c.stored); err != nil || n.String() != c.want {
			t.Errorf("%s: %s, %v; want %s", c.stored, n, err, c.want)
		}
	}
	for _, s := range []string{"1e400", "1e99", "NaN", "x"} {
		if n, err := workbook.StoredNumber(s); err == nil {
			t.Errorf("%s reads as %s", s, n)
		}
	}
}

func TestCore(t *testing.T) {
	for _, c := range []struct{ a, b string }{
		{"（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开"},
		{"一、总体情况", "一　总体情况"}, {"三、总体情况", "三 总体情况"}, {"1.属于国家秘密", "1、属于国家秘密"}, {"１．属于国家秘密", "⑴属于国家秘密"}, {"(1)属于国家秘密", "属于国家秘密"},
		{"总  计", "总\n计（件）"}, {"3.危及“三安全一稳定”", "3．危及\"三安全一稳定\""}, {"本年收费金额（单位：万元）", "本年收费金额"},
		{"四、政府信息公开行政复议、行政诉讼情况", "政府信息公开行政复议,行政诉讼情况"}, {"①重复申请", "2.重复申请"}, {"本年增/减", "本年增／减"},
	} {
		if core(c.a) != core(c.b) {
			t.Errorf("%q is %q, %q is %q", c.a, core(c.a), c.b, core(c.b))
		}
	}
	for _, s := range []string{"三类内部事务信息", "一般情况", "2024", "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"} {
		if n := numberOf([]rune(prose.Fold(s)), s); core(s) == "" || n > 0 {
			t.Errorf("%q lost its start, %d characters", s, n)
		}
	}
}

func TestParseTitle(t *testing.T) {
	for _, c := range []struct {
		line, organization string
		year               int
	}{
		{"营山县人民政府办公室2024年政府信息公开工作年度报告", "营山县人民政府办公室", 2024},
		{"某县教育局\n２０２３年度政府信息公开工作年度报告", "某县教育局", 2023},
		{"2022年某镇人民政府政府信息公开工作年度报告", "某镇人民政府", 2022},
		{"2021年政府信息公开年度报告", "", 2021},
		{"某局二〇二〇年政府信息公开工作报告", "某局", 2020},
		{"《某局2024年政府信息公开年度工作报告》", "某局", 2024},
		{"某局（某工委） 2024 年政府信息公开工作年度报告", "某局（某工委）", 2024},
		{"【某局】2024年政府信息公开工作年度报告", "某局", 2024},
		{"某局关于2024年度政府信息公开工作情况的报告", "某局", 2024},
		{"某局政府信息公开2024年度报告", "某局", 2024},
		{"某局政府信息公开工作2024年度报告", "某局", 2024},
		{"某局\n政府信息公开工作年度报告\n（2024年度）", "某局", 2024},
		{"二O二四年政府信息公开工作年报", "", 2024},
		{"2024年度政府信息公开工作年报——某县教育局", "某县教育局", 2024},
		{"2024年政府信息公开工作年度报告（某县教育局）", "某县教育局", 2024},
		{"某局2024年度政府信息公开工作年度报告（样表）", "某局", 2024},
		{"附件2：某局2024年政府信息公开工作年度报告表", "某局", 2024},
		{"附件 某局2024年度信息公开年报", "某局", 2024},
		{"2024年政务公开工作年度报告", "", 2024},
		{"某县教育局政府信息公开工作年度报告", "某县教育局", 0},
		{"政府信息公开工作年度报告", "", 0},
	} {
		got, ok := parseTitle(c.line)
		if !ok || got.organization != c.organization || got.year != c.year {
			t.Errorf("%q: %+v, %v", c.line, got, ok)
		}
	}
	for _, s := range []string{"关于做好政府信息公开工作年度报告", "2024年政府信息公开工作年度报告编制说明", "2025年1月政府信息公开工作年度报告", "某局2024年党务公开工作报告", "根据要求，现公布某局2024年政府信息公开工作年度报告", "2024年政府信息公开工作要点", "1984年政府信息公开工作年度报告"} {
		if got, ok := parseTitle(s); ok {
			t.Errorf("%q is no title but %+v", s, got)
		}
	}
}

package pdf

import (
	"math/rand/v2"
	"strings"
	"testing"

	"nianbao/convert/pdf/font"
	"nianbao/convert/report"
)

func embeddedShaper() *shaper { return &shaper{chains: newChains([roleCount]*font.Face{})} }

func (l line) String() string {
	var b strings.Builder
	for _, c := range l.chars {
		if c.char == twoEmDash {
			b.WriteString("——")
			continue
		}
		b.WriteRune(c.char)
	}
	return b.String()
}

// randomParagraph strings together words, numbers, quotations, brackets,
// addresses and punctuation as reports do.
func randomParagraph(rnd *rand.Rand) string {
	pick := func(of ...string) string { return of[rnd.IntN(len(of))] }
	words := []string{"政府信息", "公开", "依申请", "办理", "答复", "县", "全年", "其中", "的", "和", "群众", "平台建设", "行政复议", "营山", "工作"}
	var phrase func(depth int) string
	phrase = func(depth int) string {
		switch n := rnd.IntN(12); {
		case n < 6 || depth > 2:
			return pick(words...)
		case n == 6:
			return pick("26", "3.5", "1,207", "59237.2449", "100", "2024", "１２") + pick("件", "万元", "%", "年", "个", "％", "条", "工作日", "")
		case n == 7:
			return "“" + phrase(depth+1) + "”"
		case n == 8:
			return "（" + phrase(depth+1) + pick("", "，", "。") + phrase(depth+1) + "）"
		case n == 9:
			return "《" + phrase(depth+1) + "》"
		case n == 10:
			return pick("App", "PDF/A", "Windows 11", "www.gov.cn", "0817-8222000", "“两微一端”", "‘一网’")
		}
		return pick("——", "……", "阿依古丽·买买提", "A、B", "第3条", "5～8月")
	}
	var b strings.Builder
	for range 1 + rnd.IntN(60) {
		b.WriteString(phrase(0))
		if rnd.IntN(4) == 0 {
			b.WriteString(pick("，", "，", "。", "；", "：", "、", "？", "！", "。”", "），", "；（"))
		}
	}
	return clean(b.String())
}

func TestLinesKeepTheRules(t *testing.T) {
	const (
		neverFirst = "。，、；：？！）》”’】%％·…"
		neverLast  = "（《“‘【"
	)
	s := embeddedShaper()
	rnd := rand.New(rand.NewPCG(2024, 30))
	set := setting{size: sizeBody, tracking: bodyTracking}
	loose := 0
	total := 0
	for range 10000 {
		text := randomParagraph(rnd)
		lines := fill(s.shape(report.Cell{}, span{roleBody, text}), body)
		var again strings.Builder
		for i, l := range lines {
			got := l.String()
			again.WriteString(got)
			runes := []rune(got)
			first, last := runes[0], runes[len(runes)-1]
			if i > 0 && strings.ContainsRune(neverFirst, first) {
				t.Fatalf("%q starts line %d of %q", first, i, text)
			}
			if i < len(lines)-1 && strings.ContainsRune(neverLast, last) {
				t.Fatalf("%q ends line %d of %q", last, i, text)
			}
			if i > 0 {
				before := []rune(lines[i-1].String())
				a, b := before[len(before)-1], first
				if a >= '0' && a <= '9' && (b >= '0' && b <= '9' || strings.ContainsRune("件万年个条%.", b)) {
					t.Fatalf("a number is torn after %q in %q", lines[i-1], text)
				}
			}
			width := set
			width.gap = l.gap
			end := l.x + width.width(l.chars)
			if end > areaWidth+0.001 {
				t.Fatalf("line %q is %.2f pt wide", got, end)
			}
			if i < len(lines)-1 {
				total++
				if end < areaWidth-0.001 {
					loose++
				}
			}
			if l.gap < 0 || l.gap > maxGap*sizeBody+0.001 {
				t.Fatalf("line %q has gaps of %.2f pt", got, l.gap)
			}
		}
		if got, want := strings.ReplaceAll(again.String(), " ", ""), strings.ReplaceAll(text, " ", ""); got != want {
			t.Fatalf("lines hold\n%s\nnot\n%s", got, want)
		}
	}
	if loose*50 > total { // words that are longer than the gaps may grow
		t.Errorf("%d of %d lines are not justified", loose, total)
	}
}

func TestLinesLongerThanALine(t *testing.T) {
	s := embeddedShaper()
	for name, text := range map[string]string{
		"address": "见http://www.example.gov.cn/zfxxgk/fdzdgknr/gfxwj/2024/12/31/" + strings.Repeat("abcdefghij", 12) + ".html。",
		"digits":  strings.Repeat("1234567890", 20),
		"marks":   strings.Repeat("。", 100),
		"openers": strings.Repeat("（", 100),
		"dashes":  strings.Repeat("——", 60),
		"accents": "e" + strings.Repeat("\u0301", 200),
		"spaces":  "年" + strings.Repeat("　", 90) + "报",
	} {
		var got strings.Builder
		for _, l := range fill(s.shape(report.Cell{}, span{roleBody, text}), body) {
			if l.width+l.x > areaWidth+0.001 {
				t.Errorf("%s: a line is %.1f pt wide", name, l.width)
			}
			got.WriteString(l.String())
		}
		if name != "accents" && strings.ReplaceAll(got.String(), "　", "") != strings.ReplaceAll(text, "　", "") {
			t.Errorf("%s: lines hold %q", name, got.String())
		}
	}
}

func TestAddressIsBrokenOnlyWhenLongerThanALine(t *testing.T) {
	s := embeddedShaper()
	address := "http://www.example.gov.cn/zfxxgk/gfxwj/a.html"
	for n := range 28 {
		text := strings.Repeat("公", n) + address + "，电话0817-8222000。"
		var whole bool
		for _, l := range fill(s.shape(report.Cell{}, span{roleBody, text}), body) {
			whole = whole || strings.Contains(l.String(), address)
		}
		if !whole {
			t.Errorf("the address is broken after %d characters", n)
		}
	}
}

func TestMarksMeet(t *testing.T) {
	s := embeddedShaper()
	width := func(text string) float64 {
		return setting{size: 1000}.width(s.shape(report.Cell{}, span{roleBody, text}))
	}
	for text, want := range map[string]float64{
		"好。": 2000, "好。”": 2500, "》（": 1500, "（《": 1500, "、“": 1500, "——": 2000, "好——": 3000,
	} {
		if got := width(text); got != want {
			t.Errorf("%s is %v wide, want %v", text, got, want)
		}
	}
}

func TestTitleParts(t *testing.T) {
	s := embeddedShaper()
	for _, c := range []struct {
		organization, title string
		want                []string
	}{
		{"营山县", "营山县2024年政府信息公开年报", []string{"营山县2024年政府信息公开年报"}},
		{"营山县人民政府办公室", "营山县人民政府办公室2024年政府信息公开工作年度报告",
			[]string{"营山县人民政府办公室", "2024年政府信息公开工作年度报告"}},
		{"四川省南充市营山县人力资源和社会保障局", "四川省南充市营山县人力资源和社会保障局2024年政府信息公开工作年度报告",
			[]string{"四川省南充市营山县人力资源和社会保障局", "2024年政府信息公开工作年度报告"}},
	} {
		var got []string
		for _, l := range s.title(c.title, c.organization).lines {
			got = append(got, l.String())
		}
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("%q is set as %q, want %q", c.title, got, c.want)
		}
	}
}

func TestHeadings(t *testing.T) {
	for _, c := range []struct {
		text  string
		role  role
		head  string
		whole bool
	}{
		{"一、总体情况", roleHei, "一、总体情况", true},
		{"（一）主动公开", roleKai, "（一）主动公开", true},
		{"（一）主动公开情况。全年公开信息36件。", roleKai, "（一）主动公开情况。", false},
		{"(二)依申请公开。共收到1件。", roleKai, "(二)依申请公开。", false},
		{"1.健全制度。修订办法。", roleBold, "1.健全制度。", false},
		{"１．健全制度", roleBold, "１．健全制度", true},
		{"（一）属于国家秘密；", roleBody, "（一）属于国家秘密；", false},
		{"1.5万件", roleBody, "1.5万件", false},
		{"2024年，工作有序。", roleBody, "2024年，工作有序。", false},
		{"（一）全年通过门户网站、新媒体、公开栏等渠道主动公开各类政府信息三千余条，内容涵盖各领域。另有其他。", roleBody,
			"（一）全年通过门户网站、新媒体、公开栏等渠道主动公开各类政府信息三千余条，内容涵盖各领域。另有其他。", false},
	} {
		spans, whole := headed(c.text)
		if spans[0].role != c.role || spans[0].text != c.head || whole != c.whole {
			t.Errorf("%q: got %v %v", c.text, spans, whole)
		}
	}
}

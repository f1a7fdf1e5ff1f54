package pdf

import (
	"math/rand/v2"
	"strings"
	"testing"

	"nianbao/convert/pdf/font"
	"nianbao/convert/prose"
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
	return prose.Clean(b.String())
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

// lacking is how much, in characters, the line that lacks most of the measure lacks,
// the last one left out.
func lacking(lines []line) float64 {
	most := 0.0
	for _, l := range lines[:len(lines)-1] {
		stretched := 0
		for i := range len(l.chars) - 1 {
			if l.every || stretches(&l.chars[i], &l.chars[i+1]) {
				stretched++
			}
		}
		most = max(most, (areaWidth-l.x-l.width-l.gap*float64(stretched))/sizeBody)
	}
	return most
}

// Addresses and telephone numbers leave no line short: they part where an address may,
// and only where the line would be short otherwise.
func TestAddressesLeaveNoLineShort(t *testing.T) {
	s := embeddedShaper()
	const (
		address = "http://www.example.gov.cn/zfxxgk/gfxwj/a.html?id=12&b=3"
		mail    = "zwgk_office@example.gov.cn"
		phone   = "0817-8211701"
	)
	for n := range 28 {
		text := strings.Repeat("公", n) + "（网址：" + address + "，邮箱：" + mail + "，邮编：637700，电话：" + phone + "）。" + strings.Repeat("开", 30)
		lines := fill(s.shape(report.Cell{}, span{roleBody, text}), body)
		if got := lacking(lines); got > 0.1 {
			t.Errorf("after %d characters a line lacks %.1f:\n%v", n, got, lines)
		}
		for i, l := range lines[:len(lines)-1] {
			a, b := l.chars[len(l.chars)-1], lines[i+1].chars[0]
			if a.kind&b.kind&isASCII != 0 && !strings.ContainsRune("/.?&=-_@", a.char) {
				t.Errorf("after %d characters %q is torn from %q", n, l, lines[i+1])
			}
			if b.char == '/' || strings.HasSuffix(l.String(), "http:/") || strings.HasSuffix(l.String(), "http://") {
				t.Errorf("after %d characters a line ends %q", n, l)
			}
		}
	}
	// Near misses: a decimal, an amount and a clause that would fit are left whole.
	for _, whole := range []string{"59237.2449万元", "12.5%", "http://www.example.gov.cn/a.html"} {
		for n := range 14 {
			text := strings.Repeat("公", n) + whole + strings.Repeat("开", 40)
			var found bool
			lines := fill(s.shape(report.Cell{}, span{roleBody, text}), body)
			for _, l := range lines {
				found = found || strings.Contains(l.String(), whole)
			}
			if !found && (len(whole) < 20 || n < 6) {
				t.Errorf("%s is parted after %d characters: %v", whole, n, lines)
			}
		}
	}
}

// A paragraph's last line has more than one character, if gaps of the lines before can
// be had for it: 孤字不成行.
func TestNoSingleCharacterOnTheLastLine(t *testing.T) {
	s := embeddedShaper()
	const end = "所列数据的统计期限自2024年1月1日起至12月31日止。"
	for n := range 60 {
		lines := fill(s.shape(report.Cell{}, span{roleBody, strings.Repeat("文", n) + end}), body)
		last := lines[len(lines)-1].chars
		if len(lines) > 1 && stub(last) >= stubCost {
			t.Errorf("after %d characters the last line is %q", n, lines[len(lines)-1])
		}
		if got := lacking(lines); got > 0.1 {
			t.Errorf("after %d characters a line lacks %.1f: %v", n, got, lines)
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

// The words of a title stay whole, the year begins its line once the name has lines of
// its own, and the lines make a trapezium or a rhombus.
func TestTitlesOfLongNames(t *testing.T) {
	s := embeddedShaper()
	const rest = "2024年政府信息公开工作年度报告"
	for organization, want := range map[string]string{
		"营山县老城片区管理委员会":                        "营山县老城片区管理委员会|" + rest,
		"四川省南充市营山县工业集中区片区管理委员会":               "四川省南充市营山县|工业集中区片区管理委员会|" + rest,
		"南充市公安局交通警察支队高坪区分局直属一大队":              "南充市公安局|交通警察支队高坪区分局直属一大队|" + rest,
		"营山县市场监督管理局综合行政执法大队":                  "营山县市场监督管理局综合行政执法大队|" + rest,
		"国家税务总局南充市经济技术开发区税务局第一分局":             "国家税务总局|南充市经济技术开发区税务局第一分局|" + rest,
		"新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人力资源和社会保障局": "",
	} {
		text := organization + rest
		var got []string
		for _, l := range s.title(text, organization).lines {
			got = append(got, l.String())
			if w := l.width; w > areaWidth {
				t.Errorf("%q is %.0f pt wide", l, w)
			}
		}
		if want != "" && strings.Join(got, "|") != want {
			t.Errorf("%s is set as %q", organization, got)
		}
		if last := got[len(got)-1]; last != rest {
			t.Errorf("%s: the last line is %q", organization, last)
		}
	}
}

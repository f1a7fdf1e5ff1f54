package pdf

import (
	"flag"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert/document"
	"nianbao/convert/report"
)

var update = flag.Bool("update", false, "write the golden files anew")

// pagesOf are the pages of a report as they are read back from the file.
func pagesOf(t *testing.T, r *report.Report, o Options) []sheetOfPaper {
	t.Helper()
	return readBack(t, written(t, r, o))
}

// Every word of the sample's pages has its place, face and size, and every line too:
// x and y of the left end of its baseline, x of its right end.
func TestGeometryOfTheSample(t *testing.T) {
	var got strings.Builder
	for i, p := range pagesOf(t, sample(t), Options{Date: "2025年1月20日"}) {
		got.WriteString("page " + strconv.Itoa(i+1) + "\n" + p.String())
	}
	const path = "testdata/yingshan-2024.geometry.txt"
	if *update {
		if err := os.WriteFile(path, []byte(got.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a, b := strings.Split(got.String(), "\n"), strings.Split(string(want), "\n")
	shown := 0
	for i := range max(len(a), len(b)) {
		var x, y string
		if i < len(a) {
			x = a[i]
		}
		if i < len(b) {
			y = b[i]
		}
		if x != y {
			t.Errorf("line %d\n got %s\nwant %s", i+1, x, y)
			if shown++; shown > 10 {
				t.Fatal("and more")
			}
		}
	}
}

func near(got, want float64) bool { return math.Abs(got-want) < 0.05 }

// GB/T 9704—2012, 5.2 and 7: margins of 37 mm at the top and 28 mm at the left, a type
// area of 156 mm × 225 mm, 22 lines of 28 characters. The figures are the standard's.
func TestTheStandardsMillimetres(t *testing.T) {
	const (
		top, left, width, height = 37.0, 28.0, 156.0, 225.0
		pitch                    = height / 22 // 10.227
		character                = width / 28  // 5.571
		points                   = 25.4 / 72
		em                       = 16 * points // 5.644, of 3号
	)
	r := blank(t, "2021")
	r.Title = ""
	r.Organization, r.Year = "某县", 2024
	for range 40 {
		r.Sections[0].Paragraphs = append(r.Sections[0].Paragraphs, texts(strings.Repeat("字", 54))...) // two lines
	}
	pages := pagesOf(t, r, Options{})
	if len(pages) < 4 {
		t.Fatalf("%d pages", len(pages))
	}
	page := pages[1] // nothing but text
	lines := page.words[:0:0]
	for _, w := range page.words {
		if w.size == 16 {
			lines = append(lines, w)
		}
	}
	if len(lines) != 22 {
		t.Fatalf("%d lines on the page:\n%s", len(lines), page)
	}
	// The first line's square of 16 pt stands in the middle of its slot; a Chinese
	// face's baseline lies 0.88 of it below its top.
	if want := top + (pitch-em)/2 + 0.88*em; !near(lines[0].y, want) {
		t.Errorf("the first baseline is at %.2f mm, want %.2f: a top margin of %.2f mm", lines[0].y, want, top+lines[0].y-want)
	}
	if got := lines[21].y - lines[0].y; !near(got, 21*pitch) {
		t.Errorf("the last line is %.2f mm below the first, want %.2f", got, 21*pitch)
	}
	if lowest := lines[21].y + 0.12*em; lowest > top+height {
		t.Errorf("the last line reaches down to %.2f mm", lowest)
	}
	for i, w := range lines {
		n := len([]rune(w.text))
		start := left
		if n == 26 { // a first line: indented by two characters
			start += 2 * character
		}
		if !near(w.x, start) || !near(w.right, left+width) || !strings.HasPrefix(w.face, "NotoSerif") {
			t.Errorf("line %d: %d characters from %.2f to %.2f mm in %s", i+1, n, w.x, w.right, w.face)
		}
		if n != 26 && n != 28 {
			t.Errorf("line %d has %d characters", i+1, n)
		}
	}
}

// The page number stands 7 mm below the type area in 4号, on odd pages at the right, on
// even ones at the left, one character in: GB/T 9704—2012, 7.5.
func TestPageNumbersStandOutside(t *testing.T) {
	const (
		points    = 25.4 / 72
		character = 14 * points
		left      = 28.0
		right     = 28.0 + 156
	)
	pages := pagesOf(t, sample(t), Options{})
	for i, p := range pages {
		w := p.words[0]
		if want := "— " + strconv.Itoa(i+1) + " —"; w.text != want || w.size != 14 {
			t.Fatalf("page %d begins with %q", i+1, w.text)
		}
		if odd := i%2 == 0; odd && !near(w.right, right-character) || !odd && !near(w.x, left+character) {
			t.Errorf("page %d: its number stands from %.2f to %.2f mm", i+1, w.x, w.right)
		}
		// The dash of the embedded face is a character long; its ink reaches 0.4 em up.
		if below := w.y - 0.4*character - (37 + 225); math.Abs(below-7) > 0.005 {
			t.Errorf("page %d: its dashes are %.3f mm below the type area", i+1, below)
		}
		if dashes := w.right - w.x; dashes < 2*character+1.5 {
			t.Errorf("page %d: its number is %.2f mm wide", i+1, dashes)
		}
	}
	if len(pages) < 3 {
		t.Errorf("%d pages", len(pages))
	}
}

// A table that goes on has its head on each of its pages, first of all.
func TestHeadsOfTablesAreRepeated(t *testing.T) {
	f := madeUp()
	r := f.Blank()
	s := embeddedShaper()
	p := &pager{doc: new(canvas), shaper: s}
	p.place(s.items(document.InForm(f, r, document.Options{})))
	file, err := contain(p.doc)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	if err := finish(&b, file, p.doc, properties{}); err != nil {
		t.Fatal(err)
	}
	pages := readBack(t, []byte(b.String()))
	if len(pages) < 2 {
		t.Fatalf("%d pages", len(pages))
	}
	for i, page := range pages {
		head := page.find(t, "事项")
		for _, label := range []string{"数量", "本年", "上年", "合计"} {
			page.find(t, label)
		}
		for _, w := range page.words[1:] { // behind the page number
			if w.y < head.y-4 && i > 0 && w.text != "续表" {
				t.Errorf("page %d: %q stands above the head", i+1, w.text)
			}
		}
		if i > 0 && head.y > 37+15 {
			t.Errorf("page %d: the head is at %.2f mm", i+1, head.y)
		}
	}
}

const (
	stdLeft, stdWidth = 28.0, 156.0
	stdPitch          = 225.0 / 22
	stdCharacter      = stdWidth / 28
)

// closingOf is the page with a report's closing, whose last section ends in lines.
func closingOf(t *testing.T, o Options, lines ...string) sheetOfPaper {
	t.Helper()
	r := blank(t, "2021")
	r.Title, r.Organization, r.Year = "某县水务局2024年政府信息公开工作年度报告", "某县水务局", 2024
	r.Sections[2].Paragraphs = texts(append([]string{"本年度没有收取信息处理费。"}, lines...)...)
	pages := pagesOf(t, r, o)
	return pages[len(pages)-1]
}

// GB/T 9704—2012, 7.3.5.2: without a seal the name ends two characters from the right
// edge, one line below the text and one free, and the date begins two to its right.
func TestSignatureWithoutSeal(t *testing.T) {
	p := closingOf(t, Options{}, "某县水务局", "2025年01月05日", "（此件公开发布）")
	text, org, date, note := p.find(t, "本年度"), p.find(t, "某县水务局"), p.find(t, "2025年1月5日"), p.find(t, "（此件")
	if !near(org.y-text.y, 2*stdPitch) || !near(date.y-org.y, stdPitch) || !near(note.y-date.y, stdPitch) {
		t.Errorf("lines at %.2f, %.2f, %.2f, %.2f mm", text.y, org.y, date.y, note.y)
	}
	if !near(date.right, stdLeft+stdWidth-2*stdCharacter) {
		t.Errorf("the date, the longer one, ends at %.2f mm", date.right)
	}
	if !near(org.x, date.x-2*stdCharacter) {
		t.Errorf("the name begins at %.2f, the date at %.2f mm", org.x, date.x)
	}
	// 7.3.6: the remark two characters in from the left.
	if !near(note.x, stdLeft+2*stdCharacter) {
		t.Errorf("the remark begins at %.2f mm", note.x)
	}
	// A near miss: lines below the text that are no date and name stay text.
	p = closingOf(t, Options{}, "联系人张某", "电话0817-8211701")
	if w := p.find(t, "电话"); !near(w.x, stdLeft+2*stdCharacter) {
		t.Errorf("text is set at %.2f mm", w.x)
	}
}

// 7.3.5.1: for a seal the date ends four characters from the right edge, the name
// stands in the middle above it.
func TestSignatureForASeal(t *testing.T) {
	for _, organization := range []string{"某县水务局", "四川省南充市营山县经济和信息化局"} {
		p := closingOf(t, Options{Seal: true}, organization, "2025年1月5日")
		text, org, date := p.find(t, "本年度"), p.find(t, organization), p.find(t, "2025年1月5日")
		if want := stdLeft + stdWidth - 4*stdCharacter; len([]rune(organization)) < 15 && !near(date.right, want) {
			t.Errorf("the date ends at %.2f mm, want %.2f", date.right, want)
		}
		if !near((org.x+org.right)/2, (date.x+date.right)/2) {
			t.Errorf("the name's middle is at %.2f, the date's at %.2f mm", (org.x+org.right)/2, (date.x+date.right)/2)
		}
		if org.right > stdLeft+stdWidth+0.05 {
			t.Errorf("the name ends at %.2f mm", org.right)
		}
		// A seal of 42 mm in the middle of both begins within a line of the text.
		if top := (org.y+date.y)/2 - 2 - 21 - text.y; top < 0 || top > stdPitch+0.5 {
			t.Errorf("the seal's top lies %.2f mm below the text", top)
		}
	}
}

// 7.3.4: 附件 two characters in, numbers below each other, a long name below its own
// first character.
func TestAttachments(t *testing.T) {
	p := closingOf(t, Options{}, "附件:1.主动公开基本目录", "2.政府信息公开申请办理情况统计表及其说明（含各片区各园区分项数据）", "某县水务局", "2025年1月5日")
	text, label, second := p.find(t, "本年度"), p.find(t, "附件：1."), p.find(t, "2.")
	if !near(label.x, stdLeft+2*stdCharacter) || !near(label.y-text.y, 2*stdPitch) {
		t.Errorf("附件 at %.2f mm, %.2f below the text", label.x, label.y-text.y)
	}
	if !near(second.x, stdLeft+5*stdCharacter) {
		t.Errorf("the second number at %.2f mm", second.x)
	}
	one, two, three := p.find(t, "主动公开基本"), p.find(t, "政府信息公开申请办理"), p.find(t, "片区各园区")
	if !near(one.x, two.x) || !near(two.x, three.x) || one.x < label.right-0.1 || !near(three.y-two.y, stdPitch) {
		t.Errorf("names at %.2f, %.2f and %.2f mm behind %.2f", one.x, two.x, three.x, label.right)
	}
	if org := p.find(t, "某县水务局"); !near(org.y-three.y, 2*stdPitch) {
		t.Errorf("the signature is %.2f mm below", org.y-three.y)
	}
	// A near miss: a sentence about attachments is text.
	p = closingOf(t, Options{}, "附件所列目录已在网站公布。")
	if w := p.find(t, "附件所列"); !near(w.y-p.find(t, "本年度").y, stdPitch) {
		t.Error("a sentence is set as a list of attachments")
	}
}

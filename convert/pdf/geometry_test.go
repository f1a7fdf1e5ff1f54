package pdf

import (
	"flag"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

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
		if below := w.y - (37 + 225); below < 7 || below > 7+character {
			t.Errorf("page %d: its number's baseline is %.2f mm below the type area", i+1, below)
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
	p := &pager{doc: new(document), shaper: s}
	p.place(s.items(f, r, report.Signature{}))
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
			if w.y < head.y-4 && i > 0 {
				t.Errorf("page %d: %q stands above the head", i+1, w.text)
			}
		}
		if i > 0 && head.y > 37+15 {
			t.Errorf("page %d: the head is at %.2f mm", i+1, head.y)
		}
	}
}

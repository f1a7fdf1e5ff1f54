//go:build interop

package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// These tests read documents back with poppler, qpdf and Ghostscript. They fail
// where a tool is missing.

// run runs a tool and returns what it prints.
func run(t *testing.T, name string, args ...string) string {
	t.Helper()
	var stderr bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, stderr.String())
	}
	if s := strings.TrimSpace(stderr.String()); s != "" {
		t.Errorf("%s says: %s", name, s)
	}
	return string(out)
}

// save writes a report's PDF to a file of the test.
func save(t *testing.T, r *report.Report, o Options) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "report.pdf")
	if err := os.WriteFile(path, written(t, r, o), 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// box is a word as pdftotext places it, in points from the page's top left.
type box struct {
	XMin float64 `xml:"xMin,attr"`
	YMin float64 `xml:"yMin,attr"`
	XMax float64 `xml:"xMax,attr"`
	YMax float64 `xml:"yMax,attr"`
	Text string  `xml:",chardata"`
}

// boxes reads the words of every page.
func boxes(t *testing.T, path string) [][]box {
	t.Helper()
	var doc struct {
		Pages []struct {
			Words []box `xml:"flow>block>line>word"`
		} `xml:"body>doc>page"`
	}
	out := run(t, "pdftotext", "-bbox-layout", path, "-")
	if err := xml.Unmarshal([]byte(out), &doc); err != nil {
		t.Fatal(err)
	}
	var pages [][]box
	for _, p := range doc.Pages {
		pages = append(pages, p.Words)
	}
	return pages
}

var pageNumber = regexp.MustCompile(`^[—\d]+$`)

// checkPages asserts what holds on every page: nothing leaves the type area but
// the page number, which has its place, and no two words overlap.
func checkPages(t *testing.T, pages [][]box) {
	t.Helper()
	for n, words := range pages {
		var number []box
		for i, w := range words {
			if w.YMin > areaBottom && pageNumber.MatchString(w.Text) {
				number = append(number, w)
				continue
			}
			if w.XMin < areaLeft-0.15 || w.XMax > areaRight+0.15 {
				t.Errorf("page %d: %q leaves the type area: %.2f–%.2f", n+1, w.Text, w.XMin, w.XMax)
			}
			middle := (w.YMin + w.YMax) / 2
			if middle < areaTop || middle > areaBottom {
				t.Errorf("page %d: %q stands at %.2f", n+1, w.Text, middle)
			}
			for _, v := range words[:i] {
				if overlap(w, v) {
					t.Errorf("page %d: %q and %q overlap: %v %v", n+1, v.Text, w.Text, v, w)
				}
			}
		}
		checkNumber(t, n+1, number)
	}
}

// overlap leaves out a fifth of each word's height: the boxes are as high as the
// face's tallest glyph, not as the characters that stand there.
func overlap(a, b box) bool {
	ha, hb := (a.YMax-a.YMin)/5, (b.YMax-b.YMin)/5
	return min(a.XMax, b.XMax)-max(a.XMin, b.XMin) > 0.3 && min(a.YMax-ha, b.YMax-hb)-max(a.YMin+ha, b.YMin+hb) > 0
}

func checkNumber(t *testing.T, page int, words []box) {
	t.Helper()
	var text string
	left, right := math.Inf(1), 0.0
	for _, w := range words {
		text += w.Text
		left, right = min(left, w.XMin), max(right, w.XMax)
	}
	if text != fmt.Sprintf("—%d—", page) {
		t.Errorf("page %d: the page number is %q", page, text)
	}
	if page%2 == 1 && math.Abs(right-(areaRight-sizePageNumber)) > 0.1 {
		t.Errorf("page %d: the page number ends at %.2f", page, right)
	}
	if page%2 == 0 && math.Abs(left-(areaLeft+sizePageNumber)) > 0.1 {
		t.Errorf("page %d: the page number starts at %.2f", page, left)
	}
}

// checkGrid asserts that all text of the body's size stands in the slots of the
// grid, and gives how many slots of each page are used.
func checkGrid(t *testing.T, pages [][]box) []int {
	t.Helper()
	var used []int
	for n, words := range pages {
		slots := map[int]bool{}
		for _, w := range words {
			h := w.YMax - w.YMin
			if w.YMin > areaBottom || h < 18 || h > 25 { // 16 pt in the embedded faces
				continue
			}
			slot := (w.YMin + w.YMax - 2*areaTop) / 2 / pitch
			if off := slot - math.Floor(slot); off < 0.3 || off > 0.7 {
				t.Errorf("page %d: %q is off the grid by %.2f of a line", n+1, w.Text, off-0.5)
			}
			slots[int(slot)] = true
		}
		if len(slots) > linesPerPage {
			t.Errorf("page %d has %d lines", n+1, len(slots))
		}
		used = append(used, len(slots))
	}
	return used
}

func TestInteropSamplePages(t *testing.T) {
	path := save(t, sample(t), Options{Date: "2025年1月20日"})
	pages := boxes(t, path)
	checkPages(t, pages)
	checkGrid(t, pages)
	first := pages[0]
	for _, w := range first {
		if strings.HasPrefix(w.Text, "本报告根据") {
			if indent := w.XMin - areaLeft; math.Abs(indent-2*areaWidth/charsPerLine) > 0.3 {
				t.Errorf("the first line is indented by %.2f pt", indent)
			}
		}
	}
	checkTools(t, path)
}

func checkTools(t *testing.T, path string) {
	t.Helper()
	run(t, "qpdf", "--check", path)
	fonts := strings.Split(strings.TrimSpace(run(t, "pdffonts", path)), "\n")[2:]
	for _, f := range fonts {
		if !strings.Contains(f, "yes yes yes") {
			t.Errorf("not embedded, subset or mapped: %s", f)
		}
	}
	if out := run(t, "gs", "-dNOPAUSE", "-dBATCH", "-sDEVICE=nullpage", "-dPDFSTOPONWARNING", path); strings.Contains(out, "rror") {
		t.Error(out)
	}
}

func TestInteropEveryLabelAndFigureExtracts(t *testing.T) {
	for _, f := range form.All() {
		t.Run(f.ID, func(t *testing.T) { labelsAndFigures(t, f) })
	}
}

func labelsAndFigures(t *testing.T, f *form.Form) {
	r := f.Blank()
	r.Organization, r.Year = "某县", f.Years.From
	n := int64(100_000_000)
	var figures []string
	eachFigure(r, func(_, _ string, f *report.Figure) {
		n++
		f.Value = report.Int(n) // nine digits in every cell
		figures = append(figures, f.Value.String())
	})
	path := save(t, r, Options{})
	checkPages(t, boxes(t, path))
	text := strings.Join(strings.Fields(run(t, "pdftotext", path, "-")), "")
	for _, x := range figures {
		if !strings.Contains(text, x) {
			t.Errorf("no %s", x)
		}
	}
	for _, s := range f.Sections {
		if !strings.Contains(text, s.Label) {
			t.Errorf("no %s", s.Label)
		}
	}
	// Labels are read cell by cell in raw order.
	raw := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", path, "-")), "")
	for _, tab := range f.Tables {
		for _, c := range tab.Layout().Cells {
			if !strings.Contains(raw, c.Text) {
				t.Errorf("no %s", c.Text)
			}
		}
	}
}

func TestInteropLongNarrative(t *testing.T) {
	r := sample(t)
	var ps []string
	for i := range 260 {
		ps = append(ps, fmt.Sprintf("（一）第%d个方面。", i)+strings.Join(narrative["problems"][:1+i%2], ""))
		if i%5 == 0 {
			ps = append(ps, "（二）小标题独立成行", "一", strings.Repeat("年", 84))
		}
	}
	r.Sections[0].Paragraphs = texts(ps...)
	pages := boxes(t, save(t, r, Options{}))
	if len(pages) < 40 {
		t.Errorf("%d pages", len(pages))
	}
	checkPages(t, pages)
	used := checkGrid(t, pages)
	for i, n := range used[1 : len(used)-6] {
		if n < linesPerPage-2 {
			t.Errorf("page %d has %d lines", i+2, n)
		}
	}
	for i, words := range pages {
		last := box{}
		for _, w := range words {
			if w.YMax < areaBottom && w.YMax > last.YMax+1 {
				last = w
			}
		}
		if strings.Contains(last.Text, "独立成行") {
			t.Errorf("page %d ends with a heading", i+1)
		}
	}
}

func TestInteropOddReports(t *testing.T) {
	short := blank(t, "2021")
	short.Organization, short.Year = "某局", 2024
	for name, r := range map[string]*report.Report{
		"empty":         short,
		"long title":    {Form: "2021", Title: "某某省某某市某某县人力资源和社会保障局关于二〇二四年度政府信息公开工作情况及二〇二五年度政府信息公开工作安排的年度报告（征求意见稿）第二次修订"},
		"one character": {Form: "2021", Title: "年", Preamble: texts("一", "二")},
		"one paragraph": {Form: "2021", Title: "年报", Preamble: texts(strings.Repeat("天地玄黄，宇宙洪荒。日月盈昃，辰宿列张；", 1500))},
	} {
		t.Run(name, func(t *testing.T) {
			path := save(t, r, Options{})
			pages := boxes(t, path)
			checkPages(t, pages)
			checkGrid(t, pages)
			checkTools(t, path)
		})
	}
}

func TestInteropAllStandardCharactersExtractInOrder(t *testing.T) {
	chars := strings.TrimSpace(standardCharacters)
	r := blank(t, "2021")
	r.Title = "字表"
	r.Preamble = texts(chars)
	path := save(t, r, Options{})
	text := strings.Join(strings.Fields(run(t, "pdftotext", "-raw", path, "-")), "")
	text = regexp.MustCompile(`—\d+—`).ReplaceAllString(text, "")
	if !strings.Contains(text, chars) {
		t.Error("the characters do not extract in order")
	}
	if strings.Contains(text, "〓") {
		t.Error("a character is missing")
	}
	checkTools(t, path)
}

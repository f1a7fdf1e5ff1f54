package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"nianbao/convert/report"
)

// printedSample is a report of so many paragraphs, and its file.
func printedSample(t testing.TB, organization string, paragraphs int) (*Printed, []byte) {
	t.Helper()
	r := sample(t)
	r.Organization, r.Title = organization, ""
	for i := range paragraphs {
		r.Sections[0].Paragraphs = append(r.Sections[0].Paragraphs, report.Paragraph{Text: fmt.Sprintf("第%d次会议研究了政务公开工作，明确了责任分工和时限要求，并在会后逐项督办落实。", i+1)})
	}
	file := written(t, r, Options{})
	p, err := Reopen(file)
	if err != nil {
		t.Fatal(err)
	}
	return p, file
}

func boundVolume(t testing.TB, v Volume) []byte {
	t.Helper()
	var b bytes.Buffer
	pages, err := Bind(&b, v, Options{NoSystemFaces: true})
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("/Count %d\n", pages); !bytes.Contains(b.Bytes(), []byte(want)) {
		t.Errorf("the volume has not the %d pages that Bind says", pages)
	}
	return b.Bytes()
}

// The pages of a volume are those of its reports, with one number more, and the contents
// say where each begins: on a right-hand page, so that its own numbers stand outside.
func TestBind(t *testing.T) {
	var v Volume
	v.Title, v.Note = "安平县2024年政府信息公开工作年度报告汇编", "收录30个单位的年度报告"
	own := map[string][]sheetOfPaper{}
	total := 0
	for i := range 30 {
		name := fmt.Sprintf("安平县第%d中学", i+1)
		if i == 3 {
			name = "安平县城东区望湖街道办事处历史文化名城保护与旧城改造工作领导小组办公室"
		}
		p, file := printedSample(t, name, 20*(i%3))
		v.Reports = append(v.Reports, Bound{name, p})
		own[name] = readBack(t, file)
		if total += p.Pages(); p.Pages() != len(own[name]) {
			t.Fatalf("%s has %d pages, reopened %d", name, len(own[name]), p.Pages())
		}
	}
	file := boundVolume(t, v)
	if !bytes.Equal(file, boundVolume(t, v)) {
		t.Error("the same reports gave other bytes")
	}
	pages := readBack(t, file)
	cover := pages[0].words
	if text := joined(cover); text != v.Title+v.Note {
		t.Errorf("the cover says %q", text)
	}
	begins := contentsOf(t, pages)
	if len(begins) != len(v.Reports) {
		t.Fatalf("the contents list %d reports: %v", len(begins), begins)
	}
	odd, seen := 0, 0
	for _, r := range v.Reports {
		first := begins[r.Name]
		if first%2 != 1 {
			t.Errorf("%s begins on page %d, a left-hand one", r.Name, first)
		}
		if r.Pages()%2 == 1 {
			odd++
		}
		for i, want := range own[r.Name] {
			got := pages[first-1+i].words
			number := got[len(got)-1]
			if number.text != fmt.Sprintf("汇编第 %d 页", first+i) {
				t.Fatalf("%s, page %d: numbered %q", r.Name, i+1, number.text)
			}
			if !slices.Equal(got[:len(got)-1], want.words) || !slices.Equal(pages[first-1+i].strokes, want.strokes) {
				t.Fatalf("%s, page %d is not as it was printed", r.Name, i+1)
			}
			if outer := want.words[0]; number.x < outer.right && outer.x < number.right {
				t.Errorf("%s, page %d: its numbers meet", r.Name, i+1)
			}
			seen++
		}
	}
	if odd == 0 || odd == len(v.Reports) {
		t.Error("no report of an odd number of pages beside one of an even number")
	}
	for i, p := range pages {
		if len(p.words) == 0 {
			seen++
		} else if i > 0 && !slices.ContainsFunc(p.words, func(w word) bool { return w.text == fmt.Sprintf("汇编第 %d 页", i+1) }) {
			t.Errorf("page %d has no number", i+1)
		}
	}
	if front := 3; seen+front != len(pages) { // the cover, two pages of contents
		t.Errorf("%d pages are reports or empty, of %d", seen, len(pages))
	}
	checkVolumeOutline(t, file, &v)
}

// joined is all that words say.
func joined(words []word) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(w.text)
	}
	return b.String()
}

// contentsOf reads where the contents say that each report begins.
func contentsOf(t *testing.T, pages []sheetOfPaper) map[string]int {
	t.Helper()
	line := regexp.MustCompile(`([^…\d][^…]*?)(\d+)?(…+)`)
	begins := map[string]int{}
	for _, p := range pages[2:4] {
		name := ""
		for _, w := range p.words {
			var n int
			switch {
			case strings.HasPrefix(w.text, "目"), strings.HasPrefix(w.text, "汇编第"), line.MatchString(w.text), strings.Trim(w.text, "…") == "":
			case len(w.text) < 4 && w.x > 150:
				if _, err := fmt.Sscan(w.text, &n); err != nil {
					t.Fatal(err)
				}
				begins[name], name = n, ""
			default:
				name += w.text
			}
		}
	}
	return begins
}

func checkVolumeOutline(t *testing.T, file []byte, v *Volume) {
	t.Helper()
	objects, err := splitObjects(file)
	if err != nil {
		t.Fatal(err)
	}
	p := &Printed{objects: objects}
	for _, m := range reference.FindAllSubmatch(objects[pageTree], -1) {
		n, _ := strconv.Atoi(string(m[1]))
		p.pages = append(p.pages, n)
	}
	p.readOutline()
	want := []string{"0 目录"}
	for _, r := range v.Reports {
		want = append(want, "0 "+r.Name)
		for _, m := range r.outline {
			want = append(want, fmt.Sprint(m.level+1, " ", m.title))
		}
	}
	var got []string
	for _, m := range p.outline {
		got = append(got, fmt.Sprint(m.level, " ", m.title))
	}
	if !slices.Equal(got, want) {
		t.Errorf("the outline is %q", got)
	}
}

// What Write did not make, or what was cut or changed, is told and not bound.
func TestReopenOfOtherFiles(t *testing.T) {
	_, file := printedSample(t, "安平县水务局", 0)
	for what, bad := range map[string][]byte{
		"empty":         nil,
		"cut":           file[:len(file)/2],
		"another's":     bytes.Replace(file, []byte(fileHead), []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n.."), 1),
		"page tree":     bytes.Replace(file, []byte("/Kids ["), []byte("/Kidz ["), 1),
		"longer behind": append(slices.Clone(file), "%%EOF\n1 0 obj\n"...),
		"no such page":  bytes.Replace(file, []byte("/Kids [3"), []byte("/Kids [9"), 1),
		"reference":     bytes.Replace(file, []byte("/Contents 4 "), []byte("/Contents 0 "), 1),
	} {
		if _, err := Reopen(bad); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
}

func FuzzReopen(f *testing.F) {
	d := new(canvas)
	d.addPage()
	d.outline = []bookmark{{title: "一、总体情况"}}
	raw, err := contain(d)
	if err != nil {
		f.Fatal(err)
	}
	var file bytes.Buffer
	if err := finish(&file, raw, d, properties{}); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Add(bytes.Replace(file.Bytes(), []byte("f \n0000000"), []byte("f \n-000000"), 1)) // where an object is said to be
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := Reopen(file)
		if err != nil {
			return
		}
		out := &pdfFile{objects: make([][]byte, 3)}
		if _, err := out.take(p, "", make([][]byte, p.Pages())); err != nil {
			t.Error(err)
		}
	})
}

// BenchmarkBind binds 80 reports.
func BenchmarkBind(b *testing.B) {
	_, file := printedSample(b, "安平县水务局", 0)
	b.ReportAllocs()
	for b.Loop() {
		v := Volume{Title: "安平县2024年政府信息公开工作年度报告汇编"}
		for range 80 {
			p, err := Reopen(file)
			if err != nil {
				b.Fatal(err)
			}
			v.Reports = append(v.Reports, Bound{"安平县水务局", p})
		}
		boundVolume(b, v)
	}
}

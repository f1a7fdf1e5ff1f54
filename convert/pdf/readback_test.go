package pdf

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"
)

// What stands on the pages is read back from the finished file, by the file's own
// operators, widths and character maps: nothing here asks the code under test where
// it put something. Lengths are in millimetres from the page's top left corner.

// word is a run of characters of one face on one line.
type word struct {
	x, y, right float64 // its left end, its baseline, its right end
	size        float64 // of the type, in points
	face        string
	text        string
}

// stroke is a straight line or the outline of a box.
type stroke struct{ x1, y1, x2, y2, weight float64 }

// sheetOfPaper is a page as it is read back.
type sheetOfPaper struct {
	words   []word
	strokes []stroke
	raw     string // the operators
}

func (p sheetOfPaper) String() string {
	var b strings.Builder
	for _, w := range p.words {
		fmt.Fprintf(&b, "%7.2f %7.2f %7.2f  %-24s %4.1f  %s\n", w.x, w.y, w.right, w.face, w.size, w.text)
	}
	for _, s := range p.strokes {
		fmt.Fprintf(&b, "%7.2f %7.2f %7.2f %7.2f  line %.2f\n", s.x1, s.y1, s.x2, s.y2, s.weight)
	}
	return b.String()
}

// find is the first word on the page that starts with a text.
func (p sheetOfPaper) find(t *testing.T, text string) word {
	t.Helper()
	i := slices.IndexFunc(p.words, func(w word) bool { return strings.HasPrefix(w.text, text) })
	if i < 0 {
		t.Fatalf("%q is not on the page:\n%s", text, p)
	}
	return p.words[i]
}

// readFont is a font of the file.
type readFont struct {
	name   string
	widths []float64
	text   map[int]string
}

type readFile struct {
	data    []byte
	objects map[int][]byte
}

var (
	reference = regexp.MustCompile(`(\d+) 0 R`)
	number    = regexp.MustCompile(`-?\d+(\.\d+)?`)
)

// dict is an object up to its stream.
func (f *readFile) dict(n int) string {
	head, _, _ := bytes.Cut(f.objects[n], []byte("\nstream\n"))
	return string(head)
}

// stream is an object's stream, unpacked.
func (f *readFile) stream(t *testing.T, n int) []byte {
	t.Helper()
	head, data, _ := bytes.Cut(f.objects[n], []byte("\nstream\n"))
	length, err := strconv.Atoi(regexp.MustCompile(`/Length (\d+)`).FindStringSubmatch(string(head))[1])
	if err != nil {
		t.Fatal(err)
	}
	z, err := zlib.NewReader(bytes.NewReader(data[:length]))
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// ref is the number of the object that a dictionary's key refers to.
func ref(t *testing.T, dict, key string) int {
	t.Helper()
	m := regexp.MustCompile(regexp.QuoteMeta(key) + ` \[?(\d+) 0 R`).FindStringSubmatch(dict)
	if m == nil {
		t.Fatalf("no %s in %s", key, dict)
	}
	n, _ := strconv.Atoi(m[1])
	return n
}

// readBack reads the pages of a file.
func readBack(t *testing.T, file []byte) []sheetOfPaper {
	t.Helper()
	f := &readFile{file, map[int][]byte{}}
	_, tail, _ := bytes.Cut(file, []byte("\nstartxref\n"))
	if i := bytes.LastIndex(file, []byte("startxref\n")); i >= 0 {
		tail = file[i+len("startxref\n"):]
	}
	xref, err := strconv.Atoi(string(tail[:bytes.IndexByte(tail, '\n')]))
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(string(file[xref:]), "\n")[2:] {
		if !strings.HasSuffix(line, " n ") && i > 0 {
			break
		}
		if offset, _ := strconv.Atoi(line[:10]); offset > 0 {
			_, body, _ := bytes.Cut(file[offset:], []byte(" obj\n"))
			f.objects[i] = body
		}
	}
	tree, _, _ := strings.Cut(f.dict(1), "endobj")
	fonts := map[int]map[string]readFont{}
	var pages []sheetOfPaper
	kids := regexp.MustCompile(`/Kids \[([^\]]*)\]`).FindStringSubmatch(tree)[1]
	for _, m := range reference.FindAllStringSubmatch(kids, -1) {
		n, _ := strconv.Atoi(m[1])
		page, _, _ := strings.Cut(f.dict(n), "endobj")
		resources := ref(t, page, "/Resources")
		if fonts[resources] == nil {
			fonts[resources] = f.fonts(t, resources)
		}
		var content []byte
		_, streams, _ := strings.Cut(page, "/Contents ")
		for _, m := range reference.FindAllStringSubmatch(streams, -1) {
			n, _ := strconv.Atoi(m[1])
			content = append(append(content, f.stream(t, n)...), '\n')
		}
		pages = append(pages, readPage(t, content, fonts[resources]))
	}
	return pages
}

// fonts reads the fonts that pages share, by the object of their resources.
func (f *readFile) fonts(t *testing.T, object int) map[string]readFont {
	t.Helper()
	resources, _, _ := strings.Cut(f.dict(object), "endobj")
	fonts := map[string]readFont{}
	for _, m := range regexp.MustCompile(`/([FV]\d+) (\d+) 0 R`).FindAllStringSubmatch(resources, -1) {
		n, _ := strconv.Atoi(m[2])
		top, _, _ := strings.Cut(f.dict(n), "endobj")
		cid, _, _ := strings.Cut(f.dict(ref(t, top, "/DescendantFonts")), "endobj")
		font := readFont{text: map[int]string{}}
		_, font.name, _ = strings.Cut(regexp.MustCompile(`/BaseFont /(\S+)`).FindStringSubmatch(top)[1], "+")
		_, widths, _ := strings.Cut(cid, "/W [0 [")
		for _, w := range number.FindAllString(widths[:strings.IndexByte(widths, ']')], -1) {
			v, _ := strconv.ParseFloat(w, 64)
			font.widths = append(font.widths, v)
		}
		for _, m := range regexp.MustCompile(`<([0-9a-f]{4})> <([0-9a-f]+)>`).FindAllStringSubmatch(string(f.stream(t, ref(t, top, "/ToUnicode"))), -1) {
			id, _ := strconv.ParseInt(m[1], 16, 32)
			var units []uint16
			for i := 0; i+4 <= len(m[2]); i += 4 {
				u, _ := strconv.ParseUint(m[2][i:i+4], 16, 16)
				units = append(units, uint16(u))
			}
			font.text[int(id)] = string(utf16.Decode(units))
		}
		fonts[m[1]] = font
	}
	return fonts
}

const pointsPerMM = 72 / 25.4

// readPage follows the operators of a page.
func readPage(t *testing.T, content []byte, fonts map[string]readFont) sheetOfPaper {
	t.Helper()
	const height = 841.89 // of A4, in points
	var (
		page           sheetOfPaper
		font           readFont
		size, tracking float64
		scale          = 100.0
		x, y           float64
	)
	for line := range strings.Lines(string(content)) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		num := func(back int) float64 { // the operand so many places before the end
			v, err := strconv.ParseFloat(fields[len(fields)-1-back], 64)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			return v
		}
		switch op := fields[len(fields)-1]; {
		case op == "Tf":
			font, size = fonts[fields[0][1:]], num(1)
		case op == "Tc":
			tracking = num(1)
		case op == "Tz":
			scale = num(1)
		case op == "Td":
			x, y = num(2), num(1)
		case op == "S": // weight w, then x y m x y l or x y width height re
			var p []float64
			for _, v := range number.FindAllString(line, -1) {
				f, _ := strconv.ParseFloat(v, 64)
				p = append(p, f)
			}
			x2, y2 := p[3], p[4]
			if fields[len(fields)-2] == "re" {
				x2, y2 = p[1]+p[3], p[2]+p[4]
			}
			page.strokes = append(page.strokes, stroke{p[1] / pointsPerMM, (height - p[2]) / pointsPerMM, x2 / pointsPerMM, (height - y2) / pointsPerMM, p[0]})
		case strings.HasSuffix(op, "]TJ"):
			width, text := 0.0, ""
			for _, part := range regexp.MustCompile(`<[0-9a-f]*>|-?[0-9.]+`).FindAllString(strings.TrimSuffix(line, "TJ\n"), -1) {
				if part[0] != '<' {
					v, _ := strconv.ParseFloat(part, 64)
					width -= v * size / 1000
					continue
				}
				for i := 1; i+4 < len(part); i += 4 {
					id, _ := strconv.ParseInt(part[i:i+4], 16, 32)
					width += font.widths[id]*size/1000 + tracking
					text += font.text[int(id)]
				}
			}
			width = (width - tracking) * scale / 100
			page.words = append(page.words, word{x / pointsPerMM, (height - y) / pointsPerMM, (x + width) / pointsPerMM, size, font.name, text})
		}
	}
	page.raw = string(content)
	return page
}

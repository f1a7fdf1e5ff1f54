package pdf

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// Volume is a bound volume of reports (汇编).
type Volume struct {
	Title   string // on the cover, and of the file
	Note    string // at the foot of the cover, or ""
	Reports []Bound
}

// Bound is one report of a volume.
type Bound struct {
	Name string // of the body, as the contents and the outline have it
	*Printed
}

// Bind writes a volume as one PDF: a cover, the contents, and the reports in their order
// as they were printed. Its pages are numbered through, in the middle of the foot, beside
// the number that each report's page has of its own. A report begins on a right-hand
// page, so that its own numbers stay at the outer edge when the volume is printed on both
// sides. The same reports give the same bytes. It returns how many pages the volume has.
func Bind(w io.Writer, v Volume, o Options) (pages int, err error) {
	c, err := chainsFor(o)
	if err != nil {
		return 0, fmt.Errorf("bind: %w", err)
	}
	b := &binding{volume: v, shaper: &shaper{chains: c}, doc: &canvas{letter: "V"}}
	b.plan()
	b.drawCover()
	b.drawContents()
	front := len(b.doc.pages)
	for i := range v.Reports {
		for page := range v.Reports[i].pages {
			b.doc.addPage()
			b.drawNumber(b.first[i] + page)
		}
	}
	if pages, err = b.write(w, front); err != nil {
		return 0, fmt.Errorf("bind: %w", err)
	}
	return pages, nil
}

// binding is a volume while it is bound.
type binding struct {
	volume  Volume
	shaper  *shaper
	doc     *canvas    // the pages in front, then what is drawn upon each page of the reports
	entries [][]line   // of the contents, by report
	starts  []position // of the entries
	first   []int      // the volume's page, from 1, on which each report begins
	last    int        // page of the contents
	marks   []bookmark
}

// position is where an entry of the contents stands.
type position struct{ page, slot int }

const (
	contentsPage  = 3 // behind the cover and its back
	contentsHead  = 3 // slots
	contentsTitle = "目　录"
	sizeCover     = 36
	sizeVolume    = 10.5 // of the volume's page numbers
)

// contents is how entries are filled into lines; room is left for leaders and a number.
var contents = measure{width: areaWidth - 5*(sizeBody+bodyTracking), size: sizeBody, tracking: bodyTracking}

// plan finds out which page everything is on.
func (b *binding) plan() {
	at := position{contentsPage, contentsHead}
	for _, r := range b.volume.Reports {
		lines := fill(b.shaper.shape(report.Cell{}, span{roleBody, prose.Clean(r.Name)}), contents)
		if at.slot > 0 && at.slot+len(lines) > linesPerPage {
			at = position{at.page + 1, 0}
		}
		b.entries, b.starts = append(b.entries, lines), append(b.starts, at)
		at.slot += len(lines)
	}
	b.last = at.page
	next := b.last + 1
	for _, r := range b.volume.Reports {
		next += 1 - next%2
		b.first = append(b.first, next)
		next += r.Pages()
	}
}

// drawCover draws the cover and its empty back.
func (b *binding) drawCover() {
	b.doc.addPage()
	m := measure{width: areaWidth, size: sizeCover}
	const leading = 60
	title := prose.Clean(b.volume.Title)
	for i, l := range balance(b.shaper.shape(report.Cell{}, span{roleTitle, title}), m, title, "") {
		b.doc.text(l.chars, areaLeft+l.x, areaTop+5*pitch+float64(i)*leading, setting{size: m.size})
	}
	foot := b.shaper.shape(report.Cell{}, span{roleKai, prose.Clean(b.volume.Note)})
	s := setting{size: sizeBody}
	b.doc.text(foot, (pageWidth-s.width(foot))/2, areaBottom-2*pitch, s)
	b.doc.addPage()
}

// drawContents draws the contents: names, leaders and the volume's pages.
func (b *binding) drawContents() {
	s := setting{size: sizeBody, tracking: bodyTracking}
	const em = sizeBody + bodyTracking
	leader := b.shaper.shape(report.Cell{}, span{roleSong, "…"})
	for i, lines := range b.entries {
		at := b.starts[i]
		for len(b.doc.pages) < at.page {
			b.newContentsPage()
		}
		y := areaTop + float64(at.slot)*pitch + (pitch-sizeBody)/2 + ascent*sizeBody
		for k, l := range lines {
			b.doc.text(l.chars, areaLeft+l.x, y+float64(k)*pitch, s)
		}
		last := lines[len(lines)-1]
		y += float64(len(lines)-1) * pitch
		number := b.shaper.shape(report.Cell{}, span{roleSong, strconv.Itoa(b.first[i])})
		left := areaRight - s.width(number)
		b.doc.text(number, left, y, s)
		// The dots of all lines stand below each other.
		end := areaLeft + last.x + s.width(last.chars) + em/2
		for x := areaRight - 3*em; x >= end; x -= em {
			if x+em <= left {
				b.doc.text(leader, x, y, s)
			}
		}
	}
	for len(b.doc.pages) < b.last {
		b.newContentsPage()
	}
	if len(b.doc.pages)%2 == 1 {
		b.doc.addPage() // the back of the last page
	}
}

func (b *binding) newContentsPage() {
	b.doc.addPage()
	page := len(b.doc.pages)
	if page == contentsPage {
		b.marks = append(b.marks, bookmark{title: "目录", page: page - 1, y: areaTop})
		chars := b.shaper.shape(report.Cell{}, span{roleTitle, contentsTitle})
		s := setting{size: sizeTitle}
		b.doc.text(chars, (pageWidth-s.width(chars))/2, areaTop+pitch, s)
	}
	b.drawNumber(page)
}

// drawNumber draws the volume's page number on the line of the report's own, which stands
// at the outer edge.
func (b *binding) drawNumber(n int) {
	chars := b.shaper.shape(report.Cell{}, span{roleSong, "汇编第 " + strconv.Itoa(n) + " 页"})
	s := setting{size: sizeVolume}
	b.doc.ops("/Artifact BMC 0 g 0 Tc 100 Tz")
	b.doc.text(chars, (pageWidth-s.width(chars))/2, areaBottom+7*mm+sizeVolume/2, s)
	b.doc.ops("EMC")
}

// write makes the file: the pages in front as gofpdf holds them, and behind them the
// reports' own objects. It returns how many pages there are.
func (b *binding) write(w io.Writer, front int) (int, error) {
	drawn := b.doc.pages
	d := *b.doc
	d.pages = drawn[:front]
	raw, err := contain(&d)
	if err != nil {
		return 0, err
	}
	out, err := embed(raw, &d)
	if err != nil {
		return 0, err
	}
	fonts := strings.TrimSuffix(strings.TrimPrefix(string(out.objects[resources]), fontsHead), ">>>>")
	var pages []int
	for n, o := range out.objects {
		if bytes.HasPrefix(o, []byte("<</Type /Page\n")) {
			pages = append(pages, n)
		}
	}
	blank := 0
	drawn = drawn[front:]
	for i, r := range b.volume.Reports {
		for len(pages)+1 < b.first[i] {
			if blank == 0 {
				if blank, err = out.addCompressed("", nil); err != nil {
					return 0, err
				}
			}
			pages = append(pages, out.add(fmt.Sprintf("<</Type /Page\n/Parent 1 0 R\n/TrimBox [0 0 %.2f %.2f]\n/Resources 2 0 R\n/Contents %d 0 R>>", pageWidth, pageHeight, blank)))
		}
		b.marks = append(b.marks, bookmark{title: r.Name, page: len(pages), y: 0})
		for _, m := range r.outline {
			b.marks = append(b.marks, bookmark{m.title, m.level + 1, len(pages) + m.page, m.y})
		}
		bound, err := out.take(r.Printed, fonts, drawn[:r.Pages()])
		if err != nil {
			return 0, err
		}
		pages, drawn = append(pages, bound...), drawn[r.Pages():]
	}
	var kids strings.Builder
	for _, n := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", n)
	}
	out.set(pageTree, fmt.Sprintf("<</Type /Pages\n/Kids [%s]\n/Count %d\n/MediaBox [0 0 %.2f %.2f]\n>>", kids.String(), len(pages), pageWidth, pageHeight))
	return len(pages), out.complete(w, b.marks, properties{title: prose.Clean(b.volume.Title), subject: "政府信息公开工作年度报告汇编", keywords: "政府信息公开，年度报告，汇编"})
}

// take adds a report's pages and what they use, with what is drawn upon each of them in
// the given fonts. It gives the numbers of the pages.
func (f *pdfFile) take(p *Printed, fonts string, drawn [][]byte) ([]int, error) {
	number := make([]int, len(p.objects)) // in this file, 0 for what no page uses
	number[pageTree] = pageTree
	for todo := slices.Clone(p.pages); len(todo) > 0; {
		n := todo[len(todo)-1]
		if todo = todo[:len(todo)-1]; number[n] != 0 {
			continue
		}
		number[n] = -1
		for _, m := range objectRef.FindAllSubmatch(dictionary(p.objects[n]), -1) {
			used, _ := strconv.Atoi(string(m[1])) // Reopen saw to it
			todo = append(todo, used)
		}
	}
	next := len(f.objects)
	for n := range number {
		if number[n] < 0 {
			number[n] = next
			next++
		}
	}
	for n, o := range p.objects {
		if n == pageTree || number[n] == 0 {
			continue
		}
		dict := dictionary(o)
		body := objectRef.ReplaceAllFunc(dict, func(ref []byte) []byte {
			old, _ := strconv.Atoi(string(ref[:bytes.IndexByte(ref, ' ')]))
			return fmt.Appendf(nil, "%d 0 R", number[old])
		})
		if n == resources {
			body = append([]byte(fontsHead+fonts), body[len(fontsHead):]...)
		}
		f.objects = append(f.objects, append(body, o[len(dict):]...))
	}
	pages := make([]int, len(p.pages))
	for i, n := range p.pages {
		upon, err := f.addCompressed("", drawn[i])
		if err != nil {
			return nil, err
		}
		pages[i] = number[n]
		page := f.objects[pages[i]]
		at := bytes.LastIndex(page, []byte("/Contents ")) + len("/Contents ")
		f.set(pages[i], fmt.Sprintf("%s[%s %d 0 R]>>", page[:at], bytes.TrimSuffix(page[at:], []byte(">>")), upon))
	}
	return pages, nil
}

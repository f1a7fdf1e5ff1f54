package xlsx

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"

	"nianbao/convert/opc"
)

// A drawing in VML says where the box of each comment lies (ECMA-376 part 4, 19).
// Shapes have numbers; each drawing has blocks of 1,024 numbers of its own.
const blockSize = 1024

// The namespaces of VML.
const (
	vmlSpace    = "urn:schemas-microsoft-com:vml"
	officeSpace = "urn:schemas-microsoft-com:office:office"
	excelSpace  = "urn:schemas-microsoft-com:office:excel"
)

// vmlNumbers are the numbers of shapes that all drawings of a workbook have.
type vmlNumbers struct {
	block int // the last that any has
}

var (
	shapeNumber = regexp.MustCompile(`_x0000_s(\d{1,9})\b`)
	idmapBlocks = regexp.MustCompile(`idmap\b[^>]*?\bdata\s*=\s*["']([\d, ]*)["']`)
)

// numbers finds out which numbers of shapes the workbook's drawings have.
func (m *marking) numbers() {
	m.vml = &vmlNumbers{}
	for _, name := range m.pkg.Names() {
		if !strings.HasSuffix(name, ".vml") && m.pkg.Type(name) != vmlType {
			continue
		}
		src, err := m.pkg.Read(name)
		if err != nil {
			continue // it is none that comments are drawn in: that one is read again
		}
		m.vml.note(src)
	}
}

func (v *vmlNumbers) note(src []byte) {
	for _, s := range shapeNumber.FindAllSubmatch(src, -1) {
		n, _ := strconv.Atoi(string(s[1]))
		v.block = max(v.block, n/blockSize)
	}
	for _, s := range idmapBlocks.FindAllSubmatch(src, -1) {
		for _, b := range strings.Split(string(s[1]), ",") {
			if n, err := strconv.Atoi(strings.TrimSpace(b)); err == nil && n < 1<<20 {
				v.block = max(v.block, n)
			}
		}
	}
}

// boxes is the drawing of one sheet's comments while ours are added to it.
type boxes struct {
	root    *opc.Element
	patch   *opc.Patch
	numbers *vmlNumbers
	next    int // number of a shape; 0 until the first is needed
	left    int // how many follow it in its block
	blocks  []string
	idmap   *opc.Element
	shapes  map[place]*opc.Element
	kind    bool // there is a shapetype for comments
	added   strings.Builder
}

// newBoxes begins a drawing.
func newBoxes(numbers *vmlNumbers) *boxes {
	b, err := readBoxes([]byte(`<xml xmlns:v="`+vmlSpace+`" xmlns:o="`+officeSpace+`" xmlns:x="`+excelSpace+`"></xml>`), numbers)
	if err != nil {
		panic(err) // it is well formed
	}
	return b
}

func readBoxes(src []byte, numbers *vmlNumbers) (*boxes, error) {
	root, err := opc.Parse(src)
	if err != nil {
		return nil, err
	}
	b := &boxes{root: root, patch: opc.NewPatch(src), numbers: numbers, shapes: map[place]*opc.Element{}}
	most := 0
	root.Walk(func(e *opc.Element) bool {
		switch e.Local() {
		case "idmap":
			b.idmap = e
			for _, s := range strings.Split(e.Attr("data"), ",") {
				if s = strings.TrimSpace(s); s != "" {
					b.blocks = append(b.blocks, s)
				}
			}
		case "shapetype":
			b.kind = b.kind || e.Attr("id") == "_x0000_t202"
		case "shape":
			if p, ok := noteAt(e); ok && b.shapes[p] == nil {
				b.shapes[p] = e
			}
		}
		return true
	})
	for _, s := range shapeNumber.FindAllSubmatch(src, -1) {
		n, _ := strconv.Atoi(string(s[1]))
		most = max(most, n)
	}
	if len(b.blocks) > 0 && most > 0 && b.blocks[len(b.blocks)-1] == strconv.Itoa(most/blockSize) {
		b.next, b.left = most+1, blockSize-1-most%blockSize
	}
	return b, nil
}

// noteAt is the cell whose comment a shape is the box of.
func noteAt(shape *opc.Element) (place, bool) {
	for _, e := range shape.Children {
		if e.Local() != "ClientData" || e.Attr("ObjectType") != "Note" {
			continue
		}
		row, err1 := strconv.Atoi(strings.TrimSpace(childText(e, "Row")))
		column, err2 := strconv.Atoi(strings.TrimSpace(childText(e, "Column")))
		return place{row + 1, column + 1}, err1 == nil && err2 == nil
	}
	return place{}, false
}

func childText(e *opc.Element, name string) string {
	if c := e.Child(name); c != nil {
		return c.Text()
	}
	return ""
}

// number is the number of a new shape.
func (b *boxes) number() int {
	if b.left == 0 {
		b.numbers.block++
		b.blocks = append(b.blocks, strconv.Itoa(b.numbers.block))
		b.next, b.left = b.numbers.block*blockSize+1, blockSize-1
	}
	n := b.next
	b.next++
	b.left--
	return n
}

// boxWidth is the width of a comment's box in pixels, lineHeight that of a line and
// runeWidth that of a narrow character.
const (
	boxWidth   = 300
	lineHeight = 17
	runeWidth  = 6.5
	mostHeight = 420
)

func boxHeight(text string, width float64) float64 {
	return min(mostHeight, 14+lineHeight*lines(text, max(10, (width-12)/runeWidth)))
}

// set draws a comment's box, or makes the one that is there large enough.
func (b *boxes) set(p place, text string, s *survey) {
	if e := b.shapes[p]; e != nil {
		b.enlarge(e, text, s)
		return
	}
	v, o, x := "v:", "o:", "x:"
	declared := ""
	for _, n := range []struct {
		prefix *string
		space  string
	}{{&v, vmlSpace}, {&o, officeSpace}, {&x, excelSpace}} {
		if is, ok := b.root.PrefixOf(n.space); ok {
			*n.prefix = is
		} else {
			declared += ` xmlns:` + strings.TrimSuffix(*n.prefix, ":") + `="` + n.space + `"`
		}
	}
	if !b.kind {
		b.kind = true
		fmt.Fprintf(&b.added, `<%[1]sshapetype id="_x0000_t202" coordsize="21600,21600" %[2]sspt="202" path="m,l,21600r21600,l21600,xe"%[3]s><%[1]sstroke joinstyle="miter"/><%[1]spath gradientshapeok="t" %[2]sconnecttype="rect"/></%[1]sshapetype>`, v, o, declared)
	}
	fmt.Fprintf(&b.added, `<%[1]sshape id="_x0000_s%[4]d" type="#_x0000_t202" style="position:absolute;visibility:hidden" fillcolor="#ffffe1" %[2]sinsetmode="auto"%[5]s><%[1]sfill color2="#ffffe1"/><%[1]spath %[2]sconnecttype="none"/><%[1]stextbox/><%[3]sClientData ObjectType="Note"><%[3]sMoveWithCells/><%[3]sSizeWithCells/><%[3]sAnchor>%[6]s</%[3]sAnchor><%[3]sAutoFill>False</%[3]sAutoFill><%[3]sRow>%[7]d</%[3]sRow><%[3]sColumn>%[8]d</%[3]sColumn></%[3]sClientData></%[1]sshape>`,
		v, o, x, b.number(), declared, s.anchor(p, boxWidth, boxHeight(text, boxWidth)), p.row-1, p.column-1)
}

// enlarge lets the box of another's comment reach down until its text fits.
func (b *boxes) enlarge(shape *opc.Element, text string, s *survey) {
	for _, e := range shape.Children {
		anchor := e.Child("Anchor")
		if e.Local() != "ClientData" || anchor == nil {
			continue
		}
		var n [8]int
		fields := strings.Split(anchor.Text(), ",")
		if len(fields) != len(n) {
			return
		}
		for i, f := range fields {
			v, err := strconv.Atoi(strings.TrimSpace(f))
			if err != nil || v < 0 || v > 1<<20 {
				return
			}
			n[i] = v
		}
		if n[4]-n[0] > 200 || n[6]-n[2] > 1000 || n[6] < n[2] || n[4] < n[0] {
			return
		}
		width, height := float64(n[5]-n[1]), float64(n[7]-n[3])
		for c := n[0]; c < n[4]; c++ {
			width += s.columnWidth(c + 1)
		}
		for r := n[2]; r < n[6]; r++ {
			height += s.rowHeight(r + 1)
		}
		if want := boxHeight(text, width); height < want {
			row, offset := s.down(n[2]+1, float64(n[3])+want)
			n[6], n[7] = row-1, offset
			b.patch.Replace(anchor.Inner, anchor.InnerEnd, strings.Trim(strings.Join(strings.Fields(fmt.Sprint(n)), ", "), "[]"))
		}
	}
}

// remove takes out the box of a comment that is gone.
func (b *boxes) remove(p place) {
	if e := b.shapes[p]; e != nil {
		b.patch.Remove(e)
	}
}

// bytes is the drawing with what was changed.
func (b *boxes) bytes() []byte {
	if b.added.Len() > 0 {
		data := strings.Join(b.blocks, ",")
		switch {
		case b.idmap != nil && b.idmap.Attr("data") != data:
			b.patch.SetAttr(b.idmap, "data", data)
		case b.idmap == nil:
			b.patch.Replace(b.root.Inner, b.root.Inner, fmt.Sprintf(`<o:shapelayout xmlns:v="%s" xmlns:o="%s" v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>`, vmlSpace, officeSpace, data))
		}
		b.patch.Append(b.root, b.added.String())
	}
	return b.patch.Bytes()
}

// columnWidth is the width of a column in pixels.
func (s *survey) columnWidth(n int) float64 {
	for _, c := range s.columns {
		if c.first <= n && n <= c.last {
			return c.width
		}
	}
	return s.width
}

func (s *survey) rowHeight(n int) float64 {
	if h, ok := s.heights[n]; ok {
		return h
	}
	return s.height
}

// down goes down from the top of a row: to the row, from 1, and how far into it.
func (s *survey) down(row int, height float64) (int, int) {
	for range 2000 {
		h := s.rowHeight(row)
		if height < h || row >= 1<<20 {
			return row, int(math.Max(0, math.Min(height, h)))
		}
		height -= h
		row++
	}
	return row, 0
}

// anchor is where a box to the right of a cell lies: column and offset, row and
// offset, of its upper left and of its lower right corner.
func (s *survey) anchor(p place, width, height float64) string {
	const gap = 12
	left, offset := p.column+1, gap
	if left > 1<<14-8 { // no room to the right
		left = max(1, p.column-6)
	}
	right, rest := left, float64(offset)+width
	for range 2000 {
		w := s.columnWidth(right)
		if rest < w || right >= 1<<14 {
			break
		}
		rest -= w
		right++
	}
	bottom, below := s.down(p.row, 2+height)
	return fmt.Sprintf("%d, %d, %d, 2, %d, %d, %d, %d", left-1, offset, p.row-1, right-1, int(rest), bottom-1, below)
}

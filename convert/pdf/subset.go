package pdf

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
)

// subset collects the glyphs of a face that one document uses and makes a small
// TrueType font of them. Glyphs are numbered in the order of their first use;
// the PDF addresses them by that number.
type subset struct {
	face *face
	ids  map[shape]uint16
	used []usedGlyph
}

// shape is a way in which a character is drawn.
type shape struct {
	char    rune
	variant variant
}

// variant says how a character is drawn other than by its own glyph.
type variant uint8

// A full-width mark is squeezed by up to squeezeMost steps of squeezeStep
// thousandths of an em.
const (
	squeezeMost = 10
	squeezeStep = 50
)

// The variants. From 1 to squeezeMost, so many steps of the blank at the right
// of 。 are taken; from squeezeMost+1 on, of that at the left of （.
const (
	plain     variant = 0
	emDashTwo variant = 2*squeezeMost + 1 // the two-em dash drawn for ——, two ems wide
)

// squeezed is how many units a variant gives up at its left and right.
func (v variant) squeezed(unitsPerEm int) (left, right int) {
	steps := int(v)
	if v > squeezeMost {
		return (steps - squeezeMost) * squeezeStep * unitsPerEm / 1000, 0
	}
	return 0, steps * squeezeStep * unitsPerEm / 1000
}

// usedGlyph is a glyph of the new font: a glyph of the face, or one moved
// sideways and given another width.
type usedGlyph struct {
	source  uint16
	moved   bool
	dx      int // in units, when moved
	advance int // in units
	text    string
}

func newSubset(f *face) *subset {
	return &subset{
		face: f,
		ids:  make(map[shape]uint16, 256),
		used: append(make([]usedGlyph, 0, 256), usedGlyph{advance: f.advance(0)}),
	}
}

// add returns the number of a character's glyph in the new font.
func (s *subset) add(char rune, glyph uint16, v variant) uint16 {
	key := shape{char, v}
	if id, ok := s.ids[key]; ok {
		return id
	}
	u := usedGlyph{source: glyph, advance: s.face.advance(glyph), text: string(char)}
	em := s.face.unitsPerEm
	switch v {
	case plain:
	case emDashTwo:
		u.moved, u.dx, u.advance, u.text = true, (2*em-u.advance)/2, 2*em, "——"
	default:
		left, right := v.squeezed(em)
		u.moved, u.dx, u.advance = true, -left, u.advance-left-right
	}
	id := uint16(len(s.used))
	s.used = append(s.used, u)
	s.ids[key] = id
	return id
}

// width is a new glyph's width in thousandths of an em.
func (s *subset) width(id int) int {
	return (s.used[id].advance*1000 + s.face.unitsPerEm/2) / s.face.unitsPerEm
}

// Flags of a component of a composite glyph.
const (
	argsAreWords   = 1 << 0
	argsAreXY      = 1 << 1
	haveScale      = 1 << 3
	moreComponents = 1 << 5
	haveXYScale    = 1 << 6
	have2x2        = 1 << 7
)

// font writes the new font, with the tables that a PDF needs.
func (s *subset) font() []byte {
	f := s.face
	glyphs := slices.Clone(s.used)
	plainIDs := make(map[uint16]uint16, len(glyphs)) // unmoved glyph of the face → new number
	for id, u := range glyphs {
		if _, ok := plainIDs[u.source]; !ok && !u.moved {
			plainIDs[u.source] = uint16(id)
		}
	}
	component := func(source uint16) uint16 {
		id, ok := plainIDs[source]
		if !ok {
			id = uint16(len(glyphs))
			glyphs = append(glyphs, usedGlyph{source: source, advance: f.advance(source)})
			plainIDs[source] = id
		}
		return id
	}

	size := 0
	for _, u := range glyphs {
		size += len(f.outline(u.source)) + 20
	}
	glyf := make([]byte, 0, size)
	loca := make([]byte, 0, 4*len(glyphs)+64)
	hmtx := make([]byte, 0, 4*len(glyphs)+64)
	for i := 0; i < len(glyphs); i++ { // grows by the components found
		u := glyphs[i]
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(u.advance))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(f.leftBearing(u.source)+u.dx))
		outline := f.outline(u.source)
		switch {
		case len(outline) == 0:
		case u.moved:
			glyf = appendMoved(glyf, outline, component(u.source), u.dx)
		case outline.i16(0) < 0:
			start := len(glyf)
			glyf = append(glyf, outline...)
			renumber(glyf[start:], component)
		default:
			glyf = append(glyf, outline...)
		}
		for len(glyf)%4 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))

	head := slices.Clone(f.head[:54])
	binary.BigEndian.PutUint32(head[8:], 0)
	binary.BigEndian.PutUint16(head[50:], 1) // long offsets
	hhea := slices.Clone(f.hhea[:36])
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(glyphs)))
	return assemble([]fontTable{
		{"cvt ", f.cvt}, {"fpgm", f.fpgm}, {"glyf", glyf}, {"head", head}, {"hhea", hhea},
		{"hmtx", hmtx}, {"loca", loca}, {"maxp", f.maxpFor(len(glyphs))}, {"prep", f.prep},
	})
}

// maxpFor is the maxp table of a font of n glyphs, some of them composite for
// the first time.
func (f *face) maxpFor(n int) []byte {
	maxp := slices.Clone(f.maxp)
	binary.BigEndian.PutUint16(maxp[4:], uint16(n))
	if len(maxp) >= 32 {
		raise := func(at, to int) {
			binary.BigEndian.PutUint16(maxp[at:], uint16(min(max(table(maxp).u16(at), to), math.MaxUint16)))
		}
		raise(10, f.maxp.u16(6)) // points of a composite glyph: at least those of a simple one
		raise(12, f.maxp.u16(8)) // and contours
		raise(28, 1)             // components
		raise(30, f.maxp.u16(30)+1)
	}
	return maxp
}

// appendMoved appends a composite glyph: another glyph moved right by dx.
func appendMoved(glyf []byte, outline table, glyph uint16, dx int) []byte {
	be := binary.BigEndian
	glyf = be.AppendUint16(glyf, 0xFFFF) // composite
	glyf = be.AppendUint16(glyf, uint16(outline.i16(2)+dx))
	glyf = append(glyf, outline[4:6]...)
	glyf = be.AppendUint16(glyf, uint16(outline.i16(6)+dx))
	glyf = append(glyf, outline[8:10]...)
	glyf = be.AppendUint16(glyf, argsAreWords|argsAreXY)
	glyf = be.AppendUint16(glyf, glyph)
	glyf = be.AppendUint16(glyf, uint16(dx))
	return be.AppendUint16(glyf, 0)
}

// renumber gives the components of a composite glyph their numbers in the new font.
func renumber(outline table, component func(uint16) uint16) {
	for i := 10; i+4 <= len(outline); {
		flags := outline.u16(i)
		binary.BigEndian.PutUint16(outline[i+2:], component(uint16(outline.u16(i+2))))
		i += 6
		if flags&argsAreWords != 0 {
			i += 2
		}
		switch {
		case flags&haveScale != 0:
			i += 2
		case flags&haveXYScale != 0:
			i += 4
		case flags&have2x2 != 0:
			i += 8
		}
		if flags&moreComponents == 0 {
			return
		}
	}
}

type fontTable struct {
	tag  string
	data []byte
}

// assemble writes a font file of the tables that are not empty, which are in
// the order of their tags.
func assemble(tables []fontTable) []byte {
	tables = slices.DeleteFunc(tables, func(t fontTable) bool { return len(t.data) == 0 })
	n := len(tables)
	power, log := 1, 0
	for power*2 <= n {
		power, log = power*2, log+1
	}
	size := 12 + 16*n
	for _, t := range tables {
		size += len(t.data) + 3
	}
	be := binary.BigEndian
	out := make([]byte, 0, size)
	out = be.AppendUint32(out, sigTrueType)
	for _, v := range []int{n, 16 * power, log, 16 * (n - power)} {
		out = be.AppendUint16(out, uint16(v))
	}
	offset := 12 + 16*n
	head := 0
	for _, t := range tables {
		if t.tag == "head" {
			head = offset
		}
		out = append(out, t.tag...)
		out = be.AppendUint32(out, checksum(t.data))
		out = be.AppendUint32(out, uint32(offset))
		out = be.AppendUint32(out, uint32(len(t.data)))
		offset += (len(t.data) + 3) &^ 3
	}
	for _, t := range tables {
		out = append(out, t.data...)
		for len(out)%4 != 0 {
			out = append(out, 0)
		}
	}
	be.PutUint32(out[head+8:], 0xB1B0AFBA-checksum(out))
	return out
}

// checksum is the sum of the table's 32-bit words, the last filled up with zeros.
func checksum(b []byte) uint32 {
	var sum uint32
	for ; len(b) >= 4; b = b[4:] {
		sum += binary.BigEndian.Uint32(b)
	}
	if len(b) > 0 {
		var last [4]byte
		copy(last[:], b)
		sum += binary.BigEndian.Uint32(last[:])
	}
	return sum
}

// tag is the six letters that mark a font as a subset, different for different
// subsets of a face.
func (s *subset) tag() string {
	h := sha256.New()
	for _, u := range s.used {
		h.Write([]byte(u.text))
	}
	sum := h.Sum(nil)
	var tag [6]byte
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag[:])
}

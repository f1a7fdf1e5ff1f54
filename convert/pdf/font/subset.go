package font

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
	"slices"
)

// Subset collects the glyphs of a face that one document uses and makes a small
// TrueType font of them. Glyphs are numbered in the order of their first use;
// the PDF addresses them by that number.
type Subset struct {
	Face *Face
	ids  map[shape]uint16
	used []usedGlyph
}

// shape is a way in which a character is drawn.
type shape struct {
	char    rune
	variant Variant
}

// Variant is a way to draw a glyph other than as it stands: smaller, elsewhere,
// or of another width. The zero Variant is the glyph as it stands.
type Variant struct {
	Shift   int16 // to the right
	Rise    int16 // upwards
	Scale   int16 // of the size, which is 1000; 0 is 1000
	Advance int16 // the width it takes in a line; 0 is its own
}

// usedGlyph is a glyph of the new font: a glyph of the face or one drawn otherwise.
// Lengths are in units.
type usedGlyph struct {
	source  uint16
	moved   bool
	dx, dy  int
	scale   int16 // as of a Variant
	advance int
	char    rune
}

// NewSubset starts a subset of a face, with nothing but the glyph that stands for
// missing ones.
func NewSubset(f *Face) *Subset {
	return &Subset{
		Face: f,
		ids:  make(map[shape]uint16, 256),
		used: append(make([]usedGlyph, 0, 256), usedGlyph{advance: f.advance(0)}),
	}
}

// Add returns the number, in the new font, of a character's glyph drawn as v says.
func (s *Subset) Add(char rune, glyph uint16, v Variant) uint16 {
	key := shape{char, v}
	if id, ok := s.ids[key]; ok {
		return id
	}
	u := usedGlyph{source: glyph, advance: s.Face.advance(glyph), char: char}
	if v != (Variant{}) {
		units := func(milli int16) int { return int(milli) * s.Face.unitsPerEm / 1000 }
		u.moved, u.dx, u.dy, u.scale = true, units(v.Shift), units(v.Rise), v.Scale
		if v.Advance != 0 {
			u.advance = units(v.Advance)
		}
	}
	id := uint16(len(s.used))
	s.used = append(s.used, u)
	s.ids[key] = id
	return id
}

// Len is how many glyphs the subset has, the one for missing ones included.
func (s *Subset) Len() int { return len(s.used) }

// Char is the character that a glyph was added for; 0 for the first glyph.
func (s *Subset) Char(id int) rune { return s.used[id].char }

// Width is a new glyph's width.
func (s *Subset) Width(id int) int {
	return (s.used[id].advance*1000 + s.Face.unitsPerEm/2) / s.Face.unitsPerEm
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

// Program writes the new font, with the tables that a PDF needs.
func (s *Subset) Program() []byte {
	f := s.Face
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
		outline := f.outline(u.source)
		bearing := f.leftBearing(u.source)
		if u.scale != 0 {
			bearing = bearing * int(u.scale) / 1000
		}
		bearing += u.dx
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(u.advance))
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(bearing))
		switch {
		case len(outline) == 0:
		case u.moved:
			glyf = appendMoved(glyf, outline, component(u.source), u)
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
func (f *Face) maxpFor(n int) []byte {
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

// appendMoved appends a composite glyph: another glyph, drawn as u says.
func appendMoved(glyf []byte, outline table, glyph uint16, u usedGlyph) []byte {
	be := binary.BigEndian
	flags, scale := argsAreWords|argsAreXY, 1000
	if u.scale != 0 {
		flags, scale = flags|haveScale, int(u.scale)
	}
	glyf = be.AppendUint16(glyf, 0xFFFF) // composite
	for i, move := range []int{u.dx, u.dy, u.dx, u.dy} {
		glyf = be.AppendUint16(glyf, uint16(outline.i16(2+2*i)*scale/1000+move))
	}
	glyf = be.AppendUint16(glyf, uint16(flags))
	glyf = be.AppendUint16(glyf, glyph)
	glyf = be.AppendUint16(glyf, uint16(u.dx))
	glyf = be.AppendUint16(glyf, uint16(u.dy))
	if u.scale != 0 {
		glyf = be.AppendUint16(glyf, uint16(scale*(1<<14)/1000)) // fixed 2.14
	}
	return glyf
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

// Tag is the six letters that mark a font as a subset, different for different
// subsets of a face.
func (s *Subset) Tag() string {
	h := sha256.New()
	for _, u := range s.used[1:] {
		h.Write([]byte(string(u.char)))
	}
	sum := h.Sum(nil)
	var tag [6]byte
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag[:])
}

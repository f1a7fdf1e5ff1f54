// Package font reads TrueType faces and cuts small ones from them, for a document
// that embeds only the glyphs it shows:
//
//	face, err := font.Parse(data, 0)
//	s := font.NewSubset(face)
//	id := s.Add('年', face.Glyph('年'), font.Variant{})
//	program := s.Program()
//
// It knows no page: what a glyph is set for, and where, is its users' affair.
// Widths and shifts are in thousandths of an em unless they are said to be in the
// face's units.
package font

// Face is a parsed TrueType face. Nothing is unpacked: characters, widths and
// outlines are looked up in the file's bytes, so that parsing costs nothing and
// a face can be shared by every document. All look-ups are safe on a damaged
// file, which gives blank glyphs, not panics.
type Face struct {
	// Where it came from, for people.
	File   string
	Names  Names
	Weight int // from 100, thin, to 900, black; 0 when the face does not say

	unitsPerEm int
	glyphs     int
	hMetrics   int
	longLoca   bool

	head, hhea, hmtx, maxp, loca, glyf table
	cvt, fpgm, prep                    table
	cmap                               table // the subtable in use
	cmapFormat                         int
}

// Parse parses the font at offset in the bytes of a font file. The bytes
// must not change afterwards.
func Parse(data []byte, offset int) (*Face, error) {
	dir, err := tableDirectory(data, offset)
	if err != nil {
		return nil, err
	}
	if err := whole(dir, len(data)); err != nil {
		return nil, err
	}
	get := func(tag string) table { return table(data).from(dir[tag][0], dir[tag][1]) }
	f := &Face{
		head: get("head"), hhea: get("hhea"), hmtx: get("hmtx"), maxp: get("maxp"), loca: get("loca"), glyf: get("glyf"),
		cvt: get("cvt "), fpgm: get("fpgm"), prep: get("prep"),
	}
	if len(f.head) < 54 || len(f.hhea) < 36 || len(f.maxp) < 6 || len(f.hmtx) < 4 {
		return nil, ErrNoFont
	}
	f.unitsPerEm = f.head.u16(18)
	f.longLoca = f.head.u16(50) == 1
	f.glyphs = f.maxp.u16(4)
	f.hMetrics = min(f.hhea.u16(34), len(f.hmtx)/4)
	if f.unitsPerEm == 0 || f.hMetrics == 0 {
		return nil, ErrNoFont
	}
	os2 := get("OS/2")
	f.Weight = os2.u16(4)
	if err := embeddable(os2.u16(8)); err != nil {
		return nil, err
	}
	f.cmap, f.cmapFormat = unicodeMap(get("cmap"))
	if f.cmapFormat == 0 {
		return nil, ErrNoMap
	}
	f.Names = readNames(get("name"))
	return f, nil
}

// embeddable reads OS/2's fsType: restricted, not to be subset, bitmaps only.
func embeddable(fsType int) error {
	if fsType&0xF == 2 || fsType&0x300 != 0 {
		return ErrNoEmbed
	}
	return nil
}

// advance is how wide a glyph is, in units.
func (f *Face) advance(g uint16) int {
	return f.hmtx.u16(4 * min(int(g), f.hMetrics-1))
}

// leftBearing is a glyph's left side bearing, in units.
func (f *Face) leftBearing(g uint16) int {
	if int(g) < f.hMetrics {
		return f.hmtx.i16(4*int(g) + 2)
	}
	return f.hmtx.i16(4*f.hMetrics + 2*(int(g)-f.hMetrics))
}

// Width is how wide a glyph is.
func (f *Face) Width(g uint16) int {
	return (f.advance(g)*1000 + f.unitsPerEm/2) / f.unitsPerEm
}

// Blank reports whether a glyph leaves no ink.
func (f *Face) Blank(g uint16) bool { return len(f.outline(g)) == 0 }

// Ink is the box that holds a glyph: xMin, yMin, xMax, yMax, from its origin; zeros for a
// blank one.
func (f *Face) Ink(g uint16) [4]int {
	o := f.outline(g)
	return [4]int{f.milli(o.i16(2)), f.milli(o.i16(4)), f.milli(o.i16(6)), f.milli(o.i16(8))}
}

// Bounds is the box that holds all glyphs: xMin, yMin, xMax, yMax.
func (f *Face) Bounds() [4]int {
	return [4]int{f.milli(f.head.i16(36)), f.milli(f.head.i16(38)), f.milli(f.head.i16(40)), f.milli(f.head.i16(42))}
}

// Ascent is how far the face reaches above the baseline, by its own account.
func (f *Face) Ascent() int { return f.milli(f.hhea.i16(4)) }

// Descent is how far the face reaches below the baseline; negative.
func (f *Face) Descent() int { return f.milli(f.hhea.i16(6)) }

func (f *Face) milli(units int) int { return units * 1000 / f.unitsPerEm }

// outline is a glyph's entry in the glyf table; empty for a blank glyph.
func (f *Face) outline(g uint16) table {
	var start, end int
	if f.longLoca {
		start, end = f.loca.u32(4*int(g)), f.loca.u32(4*int(g)+4)
	} else {
		start, end = 2*f.loca.u16(2*int(g)), 2*f.loca.u16(2*int(g)+2)
	}
	if end <= start {
		return nil
	}
	if o := f.glyf.from(start, end-start); len(o) >= 10 {
		return o
	}
	return nil
}

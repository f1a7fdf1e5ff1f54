package pdf

import (
	"encoding/binary"
	"errors"
	"math"
	"sort"
	"strings"
	"unicode/utf16"
)

// face is a parsed TrueType face. Nothing is unpacked: characters, widths and
// outlines are looked up in the file's bytes, so that parsing costs nothing and
// a face can be shared by every document. All look-ups are safe on a damaged
// file, which gives blank glyphs, not panics.
type face struct {
	file       string // where it came from, for people
	names      faceNames
	unitsPerEm int
	glyphs     int
	hMetrics   int
	longLoca   bool
	weight     int
	bounds     [4]int // xMin, yMin, xMax, yMax of all glyphs, in units
	embolden   bool   // drawn with a stroke, for want of a bold face

	head, hhea, hmtx, maxp, loca, glyf table
	cvt, fpgm, prep                    table
	cmap                               table // the subtable in use
	cmapFormat                         int
}

// table is a table of a font file, read with bounds checks.
type table []byte

func (t table) u16(i int) int {
	if i < 0 || i+2 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint16(t[i:]))
}

func (t table) i16(i int) int { return int(int16(t.u16(i))) }

func (t table) u32(i int) int {
	if i < 0 || i+4 > len(t) {
		return 0
	}
	return int(binary.BigEndian.Uint32(t[i:]))
}

// from is the part of the table from i, at most n bytes long.
func (t table) from(i, n int) table {
	if i < 0 || n < 0 || i > len(t) {
		return nil
	}
	return t[i : i+min(n, len(t)-i)]
}

// Signatures of font files.
const (
	sigTrueType   = 0x00010000
	sigApple      = 0x74727565 // true
	sigCollection = 0x74746366 // ttcf
	sigCFF        = 0x4F54544F // OTTO
)

var (
	errNoTrueType = errors.New("no TrueType outlines")
	errNoEmbed    = errors.New("its maker does not allow it to be embedded")
)

// tableDirectory lists the tables of the font at offset in a file: for each tag
// its place in the file and length.
func tableDirectory(f table, offset int) (map[string][2]int, error) {
	switch f.u32(offset) {
	case sigTrueType, sigApple:
	case sigCFF:
		return nil, errNoTrueType
	default:
		return nil, errors.New("no font file")
	}
	dir := map[string][2]int{}
	for i := range f.u16(offset + 4) {
		rec := f.from(offset+12+16*i, 16)
		if len(rec) < 16 {
			return nil, errors.New("font file cut short")
		}
		dir[string(rec[:4])] = [2]int{rec.u32(8), rec.u32(12)}
	}
	return dir, nil
}

// collection lists where the fonts of a file start: one, or those of a
// collection (.ttc).
func collection(f table) []int {
	if f.u32(0) != sigCollection {
		return []int{0}
	}
	var offsets []int
	for i := range min(f.u32(8), 64) {
		offsets = append(offsets, f.u32(12+4*i))
	}
	return offsets
}

// parseFace parses the font at offset in the bytes of a font file. The bytes
// must not change afterwards.
func parseFace(data []byte, offset int) (*face, error) {
	dir, err := tableDirectory(data, offset)
	if err != nil {
		return nil, err
	}
	get := func(tag string) table { return table(data).from(dir[tag][0], dir[tag][1]) }
	f := &face{
		head: get("head"), hhea: get("hhea"), hmtx: get("hmtx"), maxp: get("maxp"), loca: get("loca"), glyf: get("glyf"),
		cvt: get("cvt "), fpgm: get("fpgm"), prep: get("prep"),
	}
	if len(f.head) < 54 || len(f.hhea) < 36 || len(f.maxp) < 6 || len(f.glyf) == 0 || len(f.hmtx) < 4 {
		return nil, errNoTrueType
	}
	f.unitsPerEm = f.head.u16(18)
	f.bounds = [4]int{f.head.i16(36), f.head.i16(38), f.head.i16(40), f.head.i16(42)}
	f.longLoca = f.head.u16(50) == 1
	f.glyphs = f.maxp.u16(4)
	f.hMetrics = min(f.hhea.u16(34), len(f.hmtx)/4)
	if f.unitsPerEm == 0 || f.hMetrics == 0 {
		return nil, errNoTrueType
	}
	os2 := get("OS/2")
	f.weight = os2.u16(4)
	if err := embeddable(os2.u16(8)); err != nil {
		return nil, err
	}
	f.cmap, f.cmapFormat = unicodeMap(get("cmap"))
	if f.cmapFormat == 0 {
		return nil, errors.New("no Unicode character map")
	}
	f.names = readNames(get("name"))
	return f, nil
}

// embeddable reads OS/2's fsType: restricted, not to be subset, bitmaps only.
func embeddable(fsType int) error {
	if fsType&0xF == 2 || fsType&0x300 != 0 {
		return errNoEmbed
	}
	return nil
}

// unicodeMap chooses the widest Unicode map of a cmap table that is of format
// 4 or 12; the format is 0 when there is none.
func unicodeMap(t table) (table, int) {
	var best table
	format := 0
	for i := range t.u16(2) {
		platform, encoding := t.u16(4+8*i), t.u16(6+8*i)
		if platform != 0 && !(platform == 3 && (encoding == 1 || encoding == 10)) {
			continue
		}
		sub := t.from(t.u32(8+8*i), len(t))
		if f := sub.u16(0); (f == 4 || f == 12) && f > format {
			best, format = sub, f
		}
	}
	return best, format
}

// faceNames are what a face calls itself.
type faceNames struct {
	families   []string // in every language
	full       []string // with the weight: Noto Serif SC Bold; in every language
	postScript string   // fit for a PDF
}

// readNames reads a name table.
func readNames(t table) faceNames {
	var n faceNames
	text := t.from(t.u16(4), len(t))
	for i := range t.u16(2) {
		rec := t.from(6+12*i, 12)
		id := rec.u16(6)
		raw := text.from(rec.u16(10), rec.u16(8))
		var s string
		switch platform := rec.u16(0); {
		case platform == 0 || platform == 3:
			units := make([]uint16, len(raw)/2)
			for j := range units {
				units[j] = uint16(raw.u16(2 * j))
			}
			s = string(utf16.Decode(units))
		case id == 6 || rec.u16(2) == 0: // Macintosh, Roman
			s = string(raw)
		}
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		switch id {
		case 1, 16:
			n.families = append(n.families, s)
		case 4:
			n.full = append(n.full, s)
		case 6:
			n.postScript = s
		}
	}
	n.postScript = pdfName(n.postScript)
	return n
}

// pdfName keeps of a PostScript name what a PDF name may hold unescaped.
func pdfName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r == '-' || r == '_' {
			return r
		}
		return -1
	}, s)
	if s == "" {
		return "Font"
	}
	return s[:min(len(s), 63)]
}

// glyph is the glyph of a character; 0 when the face has none.
func (f *face) glyph(r rune) uint16 {
	if f.cmapFormat == 12 {
		return f.glyph12(int(r))
	}
	if r > 0xFFFF {
		return 0
	}
	return f.glyph4(int(r))
}

func (f *face) glyph12(r int) uint16 {
	n := min(f.cmap.u32(12), len(f.cmap)/12)
	i := sort.Search(n, func(i int) bool { return f.cmap.u32(16+12*i+4) >= r })
	group := 16 + 12*i
	if i == n || f.cmap.u32(group) > r {
		return 0
	}
	return f.valid(f.cmap.u32(group+8) + r - f.cmap.u32(group))
}

func (f *face) glyph4(r int) uint16 {
	t := f.cmap
	size := t.u16(6) // twice the number of segments
	ends, starts, deltas, offsets := 14, 16+size, 16+2*size, 16+3*size
	i := 2 * sort.Search(size/2, func(i int) bool { return t.u16(ends+2*i) >= r })
	start := t.u16(starts + i)
	if i >= size || start > r {
		return 0
	}
	if t.u16(offsets+i) == 0 {
		return f.valid((r + t.u16(deltas+i)) & 0xFFFF)
	}
	g := t.u16(offsets + i + t.u16(offsets+i) + 2*(r-start))
	if g == 0 {
		return 0
	}
	return f.valid((g + t.u16(deltas+i)) & 0xFFFF)
}

func (f *face) valid(g int) uint16 {
	if g < 0 || g >= f.glyphs || g > math.MaxUint16 {
		return 0
	}
	return uint16(g)
}

// advance is how wide a glyph is, in units.
func (f *face) advance(g uint16) int {
	return f.hmtx.u16(4 * min(int(g), f.hMetrics-1))
}

// leftBearing is a glyph's left side bearing, in units.
func (f *face) leftBearing(g uint16) int {
	if int(g) < f.hMetrics {
		return f.hmtx.i16(4*int(g) + 2)
	}
	return f.hmtx.i16(4*f.hMetrics + 2*(int(g)-f.hMetrics))
}

// milli is how wide a glyph is, in thousandths of an em.
func (f *face) milli(g uint16) int {
	return (f.advance(g)*1000 + f.unitsPerEm/2) / f.unitsPerEm
}

// outline is a glyph's entry in the glyf table; empty for a blank glyph.
func (f *face) outline(g uint16) table {
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

// name is the face's name for people: the Chinese one where there is one.
func (f *face) name() string {
	for _, s := range f.names.full {
		if strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4E00 }) {
			return s
		}
	}
	if len(f.names.full) > 0 {
		return f.names.full[0]
	}
	return f.names.postScript
}

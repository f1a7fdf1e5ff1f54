package font

import (
	"math"
	"sort"
)

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

// Glyph is the glyph of a character; 0 when the face has none.
func (f *Face) Glyph(r rune) uint16 {
	if f.cmapFormat == 12 {
		return f.glyph12(int(r))
	}
	if r > 0xFFFF {
		return 0
	}
	return f.glyph4(int(r))
}

func (f *Face) glyph12(r int) uint16 {
	n := min(f.cmap.u32(12), len(f.cmap)/12)
	i := sort.Search(n, func(i int) bool { return f.cmap.u32(16+12*i+4) >= r })
	group := 16 + 12*i
	if i == n || f.cmap.u32(group) > r {
		return 0
	}
	return f.valid(f.cmap.u32(group+8) + r - f.cmap.u32(group))
}

func (f *Face) glyph4(r int) uint16 {
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

func (f *Face) valid(g int) uint16 {
	if g < 0 || g >= f.glyphs || g > math.MaxUint16 {
		return 0
	}
	return uint16(g)
}

package font

import (
	"encoding/binary"
	"errors"
)

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

// Why a font serves nobody.
var (
	ErrNoFont   = errors.New("no font file")
	ErrCut      = errors.New("font file cut short")
	ErrOutlines = errors.New("no TrueType outlines")
	ErrNoEmbed  = errors.New("its maker does not allow it to be embedded")
	ErrNoMap    = errors.New("no Unicode character map")
	ErrTooLarge = errors.New("larger than any font that is read")
)

// needed are the tables without which there is nothing to show.
var needed = []string{"head", "hhea", "hmtx", "maxp", "loca", "glyf"}

// tableDirectory lists the tables of the font at offset in a file: for each tag
// its place in the file and length.
func tableDirectory(f table, offset int) (map[string][2]int, error) {
	switch f.u32(offset) {
	case sigTrueType, sigApple:
	case sigCFF:
		return nil, ErrOutlines
	default:
		return nil, ErrNoFont
	}
	dir := map[string][2]int{}
	for i := range f.u16(offset + 4) {
		rec := f.from(offset+12+16*i, 16)
		if len(rec) < 16 {
			return nil, ErrCut
		}
		dir[string(rec[:4])] = [2]int{rec.u32(8), rec.u32(12)}
	}
	return dir, nil
}

// whole says what is wrong with the tables of a font in a file of that size: glyphs of
// one that was cut would be blank.
func whole(dir map[string][2]int, size int) error {
	for _, tag := range needed {
		switch at, ok := dir[tag]; {
		case !ok || at[1] == 0:
			return ErrOutlines
		case at[0] > size || at[1] > size-at[0]:
			return ErrCut
		}
	}
	return nil
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

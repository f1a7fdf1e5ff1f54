package font

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"nianbao/templates"
)

func TestSubsetHoldsTheSameOutlines(t *testing.T) {
	f := parsed(t, templates.SerifRegular)
	s := NewSubset(f)
	var sources []uint16
	for _, c := range "营山县𬭎Äé。" {
		g := f.Glyph(c)
		if g == 0 {
			t.Fatalf("no %c", c)
		}
		if id := s.Add(c, g, Variant{}); int(id) != len(sources)+1 {
			t.Fatalf("%c has number %d", c, id)
		}
		sources = append(sources, g)
	}
	if s.Add('营', f.Glyph('营'), Variant{}) != 1 {
		t.Error("a glyph was added twice")
	}
	half := s.Add('。', f.Glyph('。'), Variant{Advance: 500})
	open := s.Add('（', f.Glyph('（'), Variant{Shift: -500, Advance: 500})
	sub := reparse(t, s.Program())
	for i, g := range sources {
		if id := uint16(i + 1); f.outline(g).i16(0) >= 0 && !bytes.Equal(sub.outline(id)[:len(f.outline(g))], f.outline(g)) || sub.advance(id) != f.advance(g) {
			t.Errorf("glyph %d differs", i+1)
		}
	}
	if sub.advance(half) != 500 || sub.outline(half).i16(0) != -1 {
		t.Errorf("the squeezed stop is %d wide", sub.advance(half))
	}
	if o := sub.outline(open); sub.advance(open) != 500 || o.i16(2) != f.outline(f.Glyph('（')).i16(2)-500 || o.u16(12) >= sub.glyphs {
		t.Errorf("the squeezed bracket is at %d, %d wide", o.i16(2), sub.advance(open))
	}
	if sum := checksum(s.Program()); sum != 0xB1B0AFBA {
		t.Errorf("checksum %x", sum)
	}
}

// parsed parses the bytes of a font file.
func parsed(t *testing.T, data []byte) *Face {
	t.Helper()
	f, err := Parse(data, 0)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// reparse reads a subset, which has no character map.
func reparse(t *testing.T, data []byte) *Face {
	t.Helper()
	dir, err := tableDirectory(data, 0)
	if err != nil {
		t.Fatal(err)
	}
	get := func(tag string) table { return table(data).from(dir[tag][0], dir[tag][1]) }
	f := &Face{unitsPerEm: 1000, head: get("head"), hhea: get("hhea"), hmtx: get("hmtx"), maxp: get("maxp"), loca: get("loca"), glyf: get("glyf"), longLoca: true}
	f.glyphs, f.hMetrics = f.maxp.u16(4), f.hhea.u16(34)
	for tag, at := range dir {
		if sum := checksum(get(tag)); tag != "head" && sum != uint32(table(data).u32(slices.Index(tags(data), tag)*16+12+4)) {
			t.Errorf("checksum of %s at %v", tag, at)
		}
	}
	return f
}

func tags(data []byte) []string {
	var out []string
	for i := range table(data).u16(4) {
		out = append(out, string(data[12+16*i:16+16*i]))
	}
	return out
}

// composite is an outline of a composite glyph, by the fields that the format names.
func composite(fields ...int) []byte {
	b := []byte{0xFF, 0xFF, 0, 0, 0, 0, 0, 100, 0, 100}
	for _, f := range fields {
		b = binary.BigEndian.AppendUint16(b, uint16(f))
	}
	return b
}

// A composite glyph names its parts by their numbers in the face, which are others
// in a subset. Whatever stands between two parts' numbers must be stepped over exactly.
func TestPartsOfCompositeGlyphs(t *testing.T) {
	simple := func(mark byte) []byte { return []byte{0, 1, 0, 0, 0, 0, 0, 100, 0, 100, 0, 0, 0, 0, 1, mark} }
	const (
		bytes2 = argsAreXY                // offsets of a byte each
		words  = argsAreXY | argsAreWords // of two
		more   = moreComponents
	)
	outlines := map[int][]byte{
		1: simple(1), 2: simple(2), 3: simple(3), 4: simple(4), 5: simple(5),
		// Each kind of scale once, followed by a part whose number is right only if it was stepped over.
		6: composite(bytes2|more, 5, 0x0102, words|haveScale|more, 4, 7, 8, 0x4000, bytes2|haveXYScale|more, 3, 0x0101, 0x2000, 0x3000,
			words|have2x2|more, 2, 1, 1, 0x4000, 0, 0, 0x4000, bytes2, 1, 0),
		// A composite of a composite, and what lies behind its last part: instructions, no part.
		7: composite(bytes2, 6, 0, 5, 5),
	}
	var loca, glyf table
	for g := range 9 {
		loca = binary.BigEndian.AppendUint32(loca, uint32(len(glyf)))
		glyf = append(glyf, outlines[g]...)
	}
	f := &Face{unitsPerEm: 1000, glyphs: 8, hMetrics: 1, longLoca: true, loca: loca, glyf: glyf, hmtx: make(table, 4),
		head: make(table, 54), hhea: make(table, 36), maxp: make(table, 32)}
	s := NewSubset(f)
	s.Add('x', 7, Variant{})
	s.Add('y', 7, Variant{Shift: 40})
	sub := reparse(t, s.Program())

	// parts lists the simple glyphs that a glyph is made of, by the mark in each.
	var parts func(g int) []byte
	parts = func(g int) []byte {
		o := sub.outline(uint16(g))
		if o.i16(0) >= 0 {
			return []byte{o[15]}
		}
		var all []byte
		step := map[int]int{bytes2: 6, words: 8, words | haveScale: 10, bytes2 | haveXYScale: 10, words | have2x2: 16}
		for at := 10; ; {
			flags := o.u16(at)
			all = append(all, parts(o.u16(at+2))...)
			if flags&more == 0 {
				return all
			}
			at += step[flags&^more]
		}
	}
	for id := 1; id <= 2; id++ {
		if got := parts(id); !bytes.Equal(got, []byte{5, 4, 3, 2, 1}) {
			t.Errorf("glyph %d is made of %v", id, got)
		}
	}
	for g := range 9 {
		if o := sub.outline(uint16(g)); len(o) == 20 && o.i16(0) < 0 && o.u16(10) == bytes2 && (o.u16(16) != 5 || o.u16(18) != 5) {
			t.Errorf("what lies behind the last part was changed: %v", o)
		}
	}
	if o := sub.outline(2); o.u16(14) != 40 || o.i16(2) != 40 {
		t.Errorf("the moved glyph is at %d, its box at %d", o.u16(14), o.i16(2))
	}
}

// A digit drawn as a superscript is a smaller one, higher up.
func TestSmallerGlyphs(t *testing.T) {
	f := parsed(t, templates.SerifRegular)
	s := NewSubset(f)
	two := f.Glyph('2')
	id := s.Add('²', two, Variant{Rise: 350, Scale: 600, Advance: 330})
	o := reparse(t, s.Program()).outline(id)
	const half = 1 << 14
	if o.u16(10) != argsAreWords|argsAreXY|haveScale || o.i16(14) != 0 || o.i16(16) != 350 || o.u16(18) != half*6/10 {
		t.Errorf("it is drawn as %v", o)
	}
	if top := f.outline(two).i16(8)*6/10 + 350; o.i16(8) != top || s.Width(int(id)) != 330 {
		t.Errorf("it reaches up to %d, %d wide", o.i16(8), s.Width(int(id)))
	}
}

func TestDamagedFontsDoNotPanic(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	whole := templates.SansMedium
	use := func(data []byte) {
		f, err := Parse(data, 0)
		if err != nil {
			return
		}
		s := NewSubset(f)
		for _, c := range "年报Aé。𬭎" {
			f.Width(f.Glyph(c))
			s.Add(c, f.Glyph(c), Variant{})
			s.Add(c, f.Glyph(c), Variant{Shift: -500, Rise: 300, Scale: 600, Advance: 500})
		}
		s.Program()
		f.Names.Name()
	}
	for range 50 {
		use(whole[:rnd.IntN(len(whole))])
		broken := slices.Clone(whole)
		for range 20 {
			broken[rnd.IntN(2000)] = byte(rnd.Uint32())
		}
		use(broken)
	}
}

func TestCollections(t *testing.T) {
	// A collection of one font: its tables lie as far behind as the header is long.
	const header = 16
	single := slices.Clone(templates.SansMedium)
	for i := range table(single).u16(4) {
		at := single[12+16*i+8:]
		binary.BigEndian.PutUint32(at, binary.BigEndian.Uint32(at)+header)
	}
	file := append([]byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x01\x00\x00\x00\x10"), single...)
	path := filepath.Join(t.TempDir(), "fonts.ttc")
	if err := os.WriteFile(path, file, 0o644); err != nil {
		t.Fatal(err)
	}
	fonts, _ := fontsIn(path)
	if len(fonts) != 1 || fonts[0].offset != header || !slices.Contains(fonts[0].Names.Full, "Noto Sans SC Medium") {
		t.Fatalf("fonts are %+v", fonts)
	}
	f, err := fonts[0].Load()
	if err != nil {
		t.Fatal(err)
	}
	if own := parsed(t, templates.SansMedium); f.Glyph('年') != own.Glyph('年') || !bytes.Equal(f.outline(f.Glyph('年')), own.outline(own.Glyph('年'))) {
		t.Error("another glyph")
	}
}

func TestEmbedding(t *testing.T) {
	for fsType, want := range map[int]bool{0: true, 2: false, 4: true, 8: true, 0x100: false, 0x200: false} {
		if got := embeddable(fsType) == nil; got != want {
			t.Errorf("fsType %#x: %v", fsType, got)
		}
	}
}

// A table may say that it is longer than an int of 32 bits tells.
func TestEnormousTables(t *testing.T) {
	for _, tag := range []string{"OS/2", "name"} {
		data := slices.Clone(templates.SerifBold)
		i := slices.Index(tags(data), tag)
		for k := range 8 {
			data[12+16*i+8+k] = 0xFF
		}
		path := filepath.Join(t.TempDir(), "a.ttf")
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if fonts, err := fontsIn(path); len(fonts) != 1 && err == nil {
			t.Errorf("%s: neither a font nor a fault", tag)
		}
	}
}

func TestSystemFolders(t *testing.T) {
	env := func(name string) string { return map[string]string{"HOME": "/home/u", "WINDIR": "/win"}[name] }
	for system, want := range map[string]string{
		"windows": "/win/Fonts", "darwin": "/home/u/Library/Fonts", "linux": "/home/u/.local/share/fonts",
	} {
		if got := filepath.ToSlash(systemFolders(system, env)[0]); got != want {
			t.Errorf("%s: %s", system, got)
		}
	}
}

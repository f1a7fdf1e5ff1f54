package pdf

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"nianbao/convert/report"
	"nianbao/templates"
)

func TestSubsetHoldsTheSameOutlines(t *testing.T) {
	f := embedded()[roleBody]
	s := newSubset(f)
	var sources []uint16
	for _, c := range "营山县𬭎Äé。" {
		g := f.glyph(c)
		if g == 0 {
			t.Fatalf("no %c", c)
		}
		if id := s.add(c, g, plain); int(id) != len(sources)+1 {
			t.Fatalf("%c has number %d", c, id)
		}
		sources = append(sources, g)
	}
	if s.add('营', f.glyph('营'), plain) != 1 {
		t.Error("a glyph was added twice")
	}
	half := s.add('。', f.glyph('。'), squeezeMost)
	open := s.add('（', f.glyph('（'), 2*squeezeMost)
	sub := reparse(t, s.font())
	for i, g := range sources {
		if id := uint16(i + 1); f.outline(g).i16(0) >= 0 && !bytes.Equal(sub.outline(id)[:len(f.outline(g))], f.outline(g)) || sub.advance(id) != f.advance(g) {
			t.Errorf("glyph %d differs", i+1)
		}
	}
	if sub.advance(half) != 500 || sub.outline(half).i16(0) != -1 {
		t.Errorf("the squeezed stop is %d wide", sub.advance(half))
	}
	if o := sub.outline(open); sub.advance(open) != 500 || o.i16(2) != f.outline(f.glyph('（')).i16(2)-500 || o.u16(12) >= sub.glyphs {
		t.Errorf("the squeezed bracket is at %d, %d wide", o.i16(2), sub.advance(open))
	}
	if sum := checksum(s.font()); sum != 0xB1B0AFBA {
		t.Errorf("checksum %x", sum)
	}
}

// reparse reads a subset, which has no character map.
func reparse(t *testing.T, data []byte) *face {
	t.Helper()
	dir, err := tableDirectory(data, 0)
	if err != nil {
		t.Fatal(err)
	}
	get := func(tag string) table { return table(data).from(dir[tag][0], dir[tag][1]) }
	f := &face{head: get("head"), hhea: get("hhea"), hmtx: get("hmtx"), maxp: get("maxp"), loca: get("loca"), glyf: get("glyf"), longLoca: true}
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

func TestDamagedFontsDoNotPanic(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	whole := templates.SansMedium
	use := func(data []byte) {
		f, err := parseFace(data, 0)
		if err != nil {
			return
		}
		s := newSubset(f)
		for _, c := range "年报Aé。𬭎" {
			f.milli(f.glyph(c))
			s.add(c, f.glyph(c), plain)
			s.add(c, f.glyph(c), squeezeMost)
		}
		s.font()
		f.name()
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
	fonts := namesIn(path)
	if len(fonts) != 1 || fonts[0].offset != header || !slices.Contains(fonts[0].names.full, "Noto Sans SC Medium") {
		t.Fatalf("fonts are %+v", fonts)
	}
	f, err := fonts[0].load()
	if err != nil {
		t.Fatal(err)
	}
	if own := embedded()[roleHei]; f.glyph('年') != own.glyph('年') || !bytes.Equal(f.outline(f.glyph('年')), own.outline(own.glyph('年'))) {
		t.Error("another glyph")
	}
}

func TestBoldOfAFaceWithoutOne(t *testing.T) {
	c := newChains([roleCount]*face{roleBody: embedded()[roleKai]})
	if len(c[roleBold]) != 3 || !c[roleBold][0].embolden || c[roleBody][0].embolden {
		t.Fatalf("the chain for bold is %v", c[roleBold])
	}
	s := &shaper{chains: c}
	d := new(document)
	d.addPage()
	d.text(s.shape(report.Cell{}, span{roleBold, "1.年"}), 0, 0, setting{size: 16})
	if !bytes.Contains(d.pages[0], []byte("2 Tr")) || !bytes.Contains(d.pages[0], []byte("0 Tr")) {
		t.Errorf("it is drawn without a stroke:\n%s", d.pages[0])
	}
}

func TestEmbedding(t *testing.T) {
	for fsType, want := range map[int]bool{0: true, 2: false, 4: true, 8: true, 0x100: false, 0x200: false} {
		if got := embeddable(fsType) == nil; got != want {
			t.Errorf("fsType %#x: %v", fsType, got)
		}
	}
}

func TestProfileIsWellFormed(t *testing.T) {
	p := table(sRGB())
	if p.u32(0) != len(p) || string(p[36:40]) != "acsp" {
		t.Fatal("no ICC profile")
	}
	for i := range p.u32(128) {
		tag := p.from(132+12*i, 12)
		if at, n := tag.u32(4), tag.u32(8); at%4 != 0 || at+n > len(p) {
			t.Errorf("%s lies outside", tag[:4])
		}
	}
	// White is the sum of the primaries.
	var sum [3]int32
	for i := range 3 {
		at := p.from(132+12*(3+i), 12).u32(4)
		for j := range 3 {
			sum[j] += int32(binary.BigEndian.Uint32(p[at+8+4*j:]))
		}
	}
	for j, want := range []int32{63190, 65536, 54061} {
		if d := sum[j] - want; d < -32 || d > 32 {
			t.Errorf("white is %v", sum)
		}
	}
}

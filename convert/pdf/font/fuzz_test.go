package font

import (
	"os"
	"testing"
)

// A damaged font gives blank glyphs, no panic and no program that is larger than it.
func FuzzParse(f *testing.F) {
	src, err := os.ReadFile("../../../templates/fonts/NianbaoKai-Regular.ttf")
	if err != nil {
		f.Fatal(err)
	}
	face, err := Parse(src, 0)
	if err != nil {
		f.Fatal(err)
	}
	small := NewSubset(face)
	for _, r := range "年报0" {
		small.Add(r, face.Glyph(r), Variant{})
	}
	program := small.Program()
	f.Add(program)
	f.Fuzz(func(t *testing.T, src []byte) {
		face, err := Parse(src, 0)
		if err != nil {
			return
		}
		s := NewSubset(face)
		for _, r := range "年报0A" {
			g := face.Glyph(r)
			face.Width(g)
			face.Ink(g)
			s.Add(r, g, Variant{})
		}
		if n := len(s.Program()); n > 8*len(src)+64<<10 {
			t.Errorf("%d bytes of a font of %d", n, len(src))
		}
	})
}

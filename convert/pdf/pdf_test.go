package pdf

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"nianbao/convert/document"
	"nianbao/convert/message"
	"nianbao/convert/pdf/font"
	"nianbao/convert/report"
	"nianbao/templates"
)

func TestSameReportSameBytes(t *testing.T) {
	r := sample(t)
	want := written(t, r, Options{Draft: document.DraftMark(true, true)})
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			if got := written(t, r, Options{Draft: document.DraftMark(true, true)}); !bytes.Equal(got, want) {
				t.Error("bytes differ")
			}
		})
	}
	wg.Wait()
	if len(want) > 200_000 {
		t.Errorf("the sample takes %d bytes", len(want))
	}
}

func TestEveryStandardCharacterHasAGlyph(t *testing.T) {
	chars := strings.TrimSpace(standardCharacters)
	if n := utf8.RuneCountInString(chars); n != 8105 {
		t.Fatalf("%d characters", n)
	}
	c := newChains([roleCount]*font.Face{})
	geta := map[*font.Face]uint16{}
	for r, chain := range c.of {
		for _, f := range chain {
			geta[f] = f.Glyph('〓')
		}
		for _, char := range chars {
			f, g, ok := c.find(role(r), char)
			if !ok || g == geta[f] || f.Blank(g) {
				t.Fatalf("%s has no %c (%U)", roleNames[r], char, char)
			}
		}
	}
	faces, err := Faces(Options{NoSystemFaces: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faces {
		if len(f.Lacks) > 0 || !f.Embedded {
			t.Errorf("%s: %+v", f.Role, f)
		}
	}
}

func TestAnyTextPrints(t *testing.T) {
	for _, text := range []string{
		"", " ", "\x00\x01\x1f\x7f", "\xff\xfe坏\xc3", "👍🏽👨‍👩‍👧‍👦🇨🇳", "e\u0301\u0302\u20dd", "\u202e反\u200f\u2066", "𠮷𪚥𬭎𫖯", "\U0010ffff\ue000\ufffe",
		"\u2028\u2029\r\n\n\t", "\ufeff首", "字\ufe0f\U000e0100", "ก็กรุงเทพ عربي हिन्दी", "\u00ad\u00a0a\u00a0b", "(\\)\r(", strings.Repeat("\u0301", 40),
		strings.Repeat("字", 30000),
	} {
		r := blank(t, "2021")
		r.Title, r.Organization = text, text
		r.Signature = report.Signature{Organization: text, Date: text}
		r.Preamble = texts(text)
		for i := range r.Sections {
			r.Sections[i].Paragraphs = texts(text, "（一）"+text, text+"。"+text)
		}
		written(t, r, Options{})
	}
}

func TestMissingCharactersAreReported(t *testing.T) {
	r := blank(t, "2021")
	cell := report.Cell{Sheet: "总体情况", Row: 2, Column: 1}
	r.Sections[0].Paragraphs = []report.Paragraph{{Text: "好👍好👍", Cell: cell}, {Text: "👍\U0001F600", Cell: report.Cell{Sheet: "总体情况", Row: 3, Column: 1}}}
	notes, err := Write(&bytes.Buffer{}, r, Options{NoSystemFaces: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(notes) != 2 || notes[0].Text != "👍" || notes[0].Kind != report.MissingGlyph || notes[1].Text != "\U0001F600" {
		t.Fatalf("notes are %+v", notes)
	}
	if len(notes[0].Cells) != 2 || notes[0].Cells[0] != cell {
		t.Errorf("cells are %v", notes[0].Cells)
	}
}

func TestUnknownForm(t *testing.T) {
	if _, err := Write(&bytes.Buffer{}, &report.Report{Form: "1999"}, Options{}); err == nil {
		t.Error("no error")
	}
}

func TestFontFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "more"), 0o755); err != nil {
		t.Fatal(err)
	}
	// A face whose file name says nothing, one that is cut short, and no font.
	for name, data := range map[string][]byte{
		"more/x1.TTF": templates.KaiRegular, "a.ttf": templates.KaiRegular[:5000], "b.ttf": []byte("no font"), "c.ttc": []byte("ttcf\x00\x01"),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	faces, err := Faces(Options{FontDir: dir, NoSystemFaces: true})
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(faces, func(f Face) bool { return f.Role == "楷体" })
	if f := faces[i]; f.Embedded || f.File != filepath.Join(dir, "more/x1.TTF") || f.Name != "Nianbao Kai" {
		t.Errorf("楷体 is %+v", f)
	}
	if !faces[roleBody].Embedded {
		t.Errorf("仿宋 is %+v", faces[roleBody])
	}
	_, err = Faces(Options{FontDir: filepath.Join(dir, "none")})
	var said *message.Error
	if !errors.As(err, &said) || !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestRanks(t *testing.T) {
	for _, c := range []struct {
		role   role
		family string
		serves bool
	}{
		{roleBody, "FangSong", true}, {roleBody, "方正仿宋_GBK", true}, {roleSong, "方正小标宋_GBK", false},
		{roleTitle, "方正小标宋简体", true}, {roleHei, "思源宋体", false}, {roleKai, "Kaiti SC", true},
	} {
		if got := chosenRank(c.role, c.family) >= 0; got != c.serves {
			t.Errorf("%s as %s: %v", c.family, roleNames[c.role], got)
		}
	}
	if officialRank(roleBody, "方正仿宋_GBK") >= 0 {
		t.Error("a face of the system that was not chosen counts as official")
	}
}

package font

import (
	"strings"
	"unicode/utf16"
)

// Names are what a face calls itself.
type Names struct {
	Families   []string // in every language
	Full       []string // with the weight: Noto Serif SC Bold; in every language
	PostScript string   // fit for a PDF
}

// readNames reads a name table.
func readNames(t table) Names {
	var n Names
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
			n.Families = append(n.Families, s)
		case 4:
			n.Full = append(n.Full, s)
		case 6:
			n.PostScript = s
		}
	}
	n.PostScript = pdfName(n.PostScript)
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

// Name is the face's name for people: the Chinese one where there is one.
func (n Names) Name() string {
	for _, s := range n.Full {
		if strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4E00 }) {
			return s
		}
	}
	if len(n.Full) > 0 {
		return n.Full[0]
	}
	return n.PostScript
}

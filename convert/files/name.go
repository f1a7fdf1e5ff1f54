package files

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// LongestName is how many bytes the name of a folder or of a stem may have, so
// that with the longest suffix no system refuses it.
const LongestName = 200

// forbidden are the characters that Windows allows in no name, and what stands
// for them: the full-width form, which reads the same.
var forbidden = map[rune]rune{'<': '＜', '>': '＞', ':': '：', '"': '＂', '/': '／', '\\': '＼', '|': '｜', '?': '？', '*': '＊'}

// SafeName makes of a file's or folder's name one that every system takes and that
// is no other place than a name in its folder.
func SafeName(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch wide, ok := forbidden[r]; {
		case ok:
			b.WriteRune(wide)
		case r < 0x20 || r == 0x7F || r == utf8.RuneError:
			b.WriteByte('_')
		default:
			b.WriteRune(r)
		}
	}
	safe := b.String()
	if cut := strings.TrimRight(safe, ". "); cut != safe { // Windows drops these
		safe = cut + "_"
	}
	if safe == "" || reserved(safe) {
		safe = "_" + safe
	}
	if len(safe) > LongestName {
		sum := sha256.Sum256([]byte(name))
		n := LongestName - 9
		for !utf8.RuneStart(safe[n]) {
			n--
		}
		safe = safe[:n] + "~" + hex.EncodeToString(sum[:4])
	}
	return safe
}

// reserved reports whether Windows takes the name for a device, whatever its
// extension.
func reserved(name string) bool {
	stem, _, _ := strings.Cut(name, ".")
	switch stem = strings.ToUpper(strings.TrimRight(stem, " ")); stem {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, ok := strings.CutPrefix(stem, "COM")
	if !ok {
		port, ok = strings.CutPrefix(stem, "LPT")
	}
	return ok && utf8.RuneCountInString(port) == 1 && strings.Contains("0123456789¹²³", port)
}

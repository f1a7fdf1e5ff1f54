package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"nianbao/convert"
	"nianbao/convert/summary"
)

// longestName is how many bytes the name of a folder or of a stem may have, so
// that with the longest suffix no system refuses it.
const longestName = 200

// forbidden are the characters that Windows allows in no name, and what stands
// for them: the full-width form, which reads the same.
var forbidden = map[rune]rune{'<': '＜', '>': '＞', ':': '：', '"': '＂', '/': '／', '\\': '＼', '|': '｜', '?': '？', '*': '＊'}

// safeName makes of a file's or folder's name one that every system takes and that
// is no other place than a name in its folder.
func safeName(name string) string {
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
	if len(safe) > longestName {
		sum := sha256.Sum256([]byte(name))
		n := longestName - 9
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

// names gives each input a place in the output folder that no other has, also
// where names that differ only in case are the same. Inputs must come in order,
// for the first keeps its name.
type names struct {
	taken   map[uint64]bool   // hashes of folded paths
	folders map[string]string // folders of inputs and where their outputs go
	fold    cases.Caser
}

func newNames() *names {
	n := &names{taken: map[uint64]bool{}, folders: map[string]string{".": ""}, fold: cases.Fold()}
	for _, name := range summary.Names("") {
		n.take(name)
	}
	return n
}

// stem is the slash path under the output folder, without suffix, for an input.
func (n *names) stem(rel string) string {
	dir, base := path.Split(rel)
	base = strings.TrimSuffix(base, path.Ext(base))
	return n.place(n.folder(path.Clean(dir)), safeName(base), convert.OutputNames)
}

// folder is where the outputs of a folder's inputs go.
func (n *names) folder(dir string) string {
	if out, ok := n.folders[dir]; ok {
		return out
	}
	parent, base := path.Split(dir)
	out := n.place(n.folder(path.Clean(parent)), safeName(base), func(p string) []string { return []string{p} })
	n.folders[dir] = out
	return out
}

// place takes a name in a folder, with a number behind it if it is not free. What
// is taken for it is for files to say.
func (n *names) place(dir, name string, files func(string) []string) string {
	for i := 1; ; i++ {
		p := path.Join(dir, name)
		if i > 1 {
			p += fmt.Sprintf(" (%d)", i)
		}
		all := files(p)
		free := true
		for _, f := range all {
			free = free && !n.taken[n.key(f)]
		}
		if free {
			for _, f := range all {
				n.take(f)
			}
			return p
		}
	}
}

func (n *names) take(p string) { n.taken[n.key(p)] = true }

// key is the same for paths that some system takes for the same.
func (n *names) key(p string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(norm.NFC.String(n.fold.String(p))))
	return h.Sum64()
}

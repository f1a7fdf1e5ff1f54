package batch

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/fnv"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"nianbao/convert"
	"nianbao/convert/files"
	"nianbao/convert/summary"
)

// names gives each input a place in the output folder that no other has, also
// where names that differ only in case are the same. Inputs must come in order,
// for the first keeps its name.
type names struct {
	taken   map[uint64]bool   // hashes of folded paths
	folders map[string]string // folders of inputs and where their outputs go
	packed  map[string]bool   // those of them that are archives
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
	return n.place(n.folder(path.Clean(dir)), files.SafeName(base), func(stem string) []string { return convert.OutputNames(rel, stem) })
}

// unpack says which folders are archives: the outputs of what is in one go to a folder of
// its name, without the extension.
func (n *names) unpack(archives []string) {
	n.packed = map[string]bool{}
	for _, a := range archives {
		n.packed[validName(a)] = true
		delete(n.folders, validName(a))
	}
}

// folder is where the outputs of a folder's inputs go.
func (n *names) folder(dir string) string {
	if out, ok := n.folders[dir]; ok {
		return out
	}
	parent, base := path.Split(dir)
	if n.packed[dir] {
		base = strings.TrimSuffix(base, path.Ext(base))
	}
	out := n.place(n.folder(path.Clean(parent)), files.SafeName(base), func(p string) []string { return []string{p} })
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

// keepApart sees to it that the outputs of several reports in a file, which have names
// behind its own, are none of other inputs': 名册-县教育局.xlsx beside 名册.xlsx. Which
// reports there are is not known before they are read.
func keepApart(inputs []input) {
	fold := cases.Fold()
	var stems []string
	for _, in := range inputs {
		stems = append(stems, norm.NFC.String(fold.String(in.stem)))
	}
	slices.Sort(stems)
	for i := range inputs {
		behind := norm.NFC.String(fold.String(inputs[i].stem)) + "-"
		if k, _ := slices.BinarySearch(stems, behind); k < len(stems) && strings.HasPrefix(stems[k], behind) {
			sum := sha256.Sum256([]byte(inputs[i].rel))
			inputs[i].apart = "~" + hex.EncodeToString(sum[:4])
		}
	}
}

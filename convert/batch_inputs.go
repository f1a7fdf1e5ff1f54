package convert

import (
	"cmp"
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/bmatcuk/doublestar/v4"

	"nianbao/convert/message"
	"nianbao/convert/summary"
)

// input is one submission of a batch.
type input struct {
	file string // to open
	rel  string // slash path that it is known by: under what all inputs have in common
	stem string // slash path of its outputs under the output folder, without suffix
	err  error  // why it, or the folder it names, cannot be read
}

// spreadsheets are the extensions that are taken from a folder.
var spreadsheets = []string{".xlsx", ".xlsm", ".xls", ".et", ".ods"}

// finder collects the inputs of a batch.
type finder struct {
	include, exclude []string // patterns, in lower case
	out              string   // absolute; not searched
	inputs           []input
	passedOver       int // files in folders that are no spreadsheets
}

// findInputs lists the submissions that the paths name, in order of their relative
// paths, each with a place for its outputs.
func findInputs(paths []string, out string, include, exclude []string) ([]input, int, error) {
	f := finder{include: lower(include), exclude: lower(exclude)}
	for _, p := range slices.Concat(f.include, f.exclude) {
		if !doublestar.ValidatePattern(p) {
			return nil, 0, message.NewError("batch.pattern", p)
		}
	}
	var err error
	if f.out, err = filepath.Abs(out); err != nil {
		return nil, 0, err
	}
	flat := loose(paths)
	var all []string
	base := ""
	for i, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, 0, err
		}
		all = append(all, abs)
		if !isFolder(abs) {
			abs = filepath.Dir(abs)
		}
		if i == 0 {
			base = abs
		}
		base = common(base, abs)
	}
	for _, p := range all {
		rel := relTo(base, p)
		if flat {
			rel = filepath.Base(p)
		}
		f.path(p, rel)
	}
	slices.SortFunc(f.inputs, func(a, b input) int { return cmp.Or(cmp.Compare(a.rel, b.rel), cmp.Compare(a.file, b.file)) })
	f.inputs = slices.CompactFunc(f.inputs, func(a, b input) bool { return a.file == b.file })
	n := newNames()
	for i := range f.inputs {
		f.inputs[i].stem = n.stem(f.inputs[i].rel)
	}
	return f.inputs, f.passedOver, nil
}

func lower(patterns []string) []string {
	var all []string
	for _, p := range patterns {
		all = append(all, strings.ToLower(filepath.ToSlash(p)))
	}
	return all
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// mostLoose is more files than anybody names one by one.
const mostLoose = 1000

// loose reports whether the paths are single files with names of their own: their
// outputs then go side by side, wherever the files are from.
func loose(paths []string) bool {
	if len(paths) > mostLoose {
		return false
	}
	stems := map[string]bool{}
	for _, p := range paths {
		stem := strings.ToLower(strings.TrimSuffix(filepath.Base(p), filepath.Ext(p)))
		if stems[stem] || isFolder(p) {
			return false
		}
		stems[stem] = true
	}
	return true
}

// common is the innermost folder that both folders are in.
func common(a, b string) string {
	for !within(a, b) {
		parent := filepath.Dir(a)
		if parent == a {
			break // another volume
		}
		a = parent
	}
	return a
}

func within(dir, name string) bool {
	return name == dir || strings.HasPrefix(name, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}

// relTo is the slash path of name under base; of another volume the whole path.
func relTo(base, name string) string {
	if name == base {
		return "."
	}
	if within(base, name) {
		name = strings.TrimPrefix(name[len(base):], string(filepath.Separator))
	}
	return strings.TrimLeft(filepath.ToSlash(name), "/")
}

// path adds a file, or what is in a folder, that the user named.
func (f *finder) path(name, rel string) {
	switch {
	case isFolder(name):
		f.folder(name, rel)
	case !matches(f.exclude, rel):
		f.inputs = append(f.inputs, input{file: name, rel: rel})
	}
}

// folder adds the submissions in a folder and in those below it. Hidden files, the
// locks of open workbooks, and our own outputs beside their inputs are none.
func (f *finder) folder(dir, rel string) {
	if dir == f.out && rel != "." {
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		f.inputs = append(f.inputs, input{file: dir, rel: rel, err: &message.Error{Message: message.New("batch.folder", cause(err)), Err: err}})
		return
	}
	for _, e := range entries {
		name := e.Name()
		if strings.HasPrefix(name, ".") || strings.HasPrefix(name, "~$") || name == "__MACOSX" {
			continue
		}
		file, at := filepath.Join(dir, name), path.Join(rel, name)
		switch {
		case e.IsDir():
			if !matches(f.exclude, at) {
				f.folder(file, at)
			}
		case e.Type()&fs.ModeSymlink != 0 && isFolder(file): // it may lead in a circle
			f.passedOver++
		case !f.wanted(at) || ours(entries, name) || dir == f.out && summary.Is(name):
			f.passedOver++
		case !matches(f.exclude, at):
			f.inputs = append(f.inputs, input{file: file, rel: at})
		}
	}
}

// wanted reports whether a file in a folder is taken: by the patterns to include,
// or any spreadsheet where there are none.
func (f *finder) wanted(rel string) bool {
	if len(f.include) > 0 {
		return matches(f.include, rel)
	}
	return slices.Contains(spreadsheets, strings.ToLower(path.Ext(rel)))
}

// matches reports whether a pattern matches the path, or its last element if the
// pattern has no slash.
func matches(patterns []string, rel string) bool {
	rel = strings.ToLower(rel)
	for _, p := range patterns {
		name := rel
		if !strings.Contains(p, "/") {
			name = path.Base(rel)
		}
		if ok, _ := doublestar.Match(p, name); ok {
			return true
		}
	}
	return false
}

// ours reports whether a file is an output of a submission beside it.
func ours(entries []os.DirEntry, name string) bool {
	for _, f := range []Format{XLSX, Annotated} {
		stem, ok := strings.CutSuffix(name, suffixes[f])
		if !ok {
			continue
		}
		for _, ext := range spreadsheets {
			_, found := slices.BinarySearchFunc(entries, stem+ext, func(e os.DirEntry, name string) int { return cmp.Compare(e.Name(), name) })
			if found {
				return true
			}
		}
	}
	return false
}

// Shard is a part of a batch that one of several machines does.
type Shard struct{ K, N int } // the K-th of N, from 0; the zero Shard is everything

// has reports whether the input with the relative path belongs to the shard, which
// depends on nothing but that path.
func (s Shard) has(rel string) bool {
	if s.N <= 1 {
		return true
	}
	h := fnv.New64a()
	h.Write([]byte(rel))
	return h.Sum64()%uint64(s.N) == uint64(s.K)
}

// ListedPaths are the paths of a list, one a line.
func ListedPaths(list string) []string {
	var paths []string
	for line := range strings.Lines(strings.TrimPrefix(list, "\uFEFF")) {
		if p := strings.TrimRight(line, "\r\n"); strings.TrimSpace(p) != "" {
			paths = append(paths, p)
		}
	}
	return paths
}

// DefaultOut is where a batch over one folder writes when nothing is said: beside
// the folder, for who drops it on the program.
func DefaultOut(folder string) (string, error) {
	abs, err := filepath.Abs(folder)
	if err != nil {
		return "", err
	}
	if filepath.Dir(abs) == abs {
		return "", message.NewError("batch.noout")
	}
	return abs + "-结果", nil
}

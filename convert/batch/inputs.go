package batch

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"nianbao/convert/archive"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/summary"
	"nianbao/convert/workbook"
)

// found is what paths name.
type found struct {
	inputs     []input
	passedOver int                 // files that are no spreadsheets, or outputs of others
	others     []organization.Sent // those in folders that say who sent what
	archives   []string            // the rels of those whose files are inputs
}

// submissions are the extensions that are taken from a folder, or from an archive in it.
var submissions = workbook.Extensions()

// finder collects the inputs of a batch.
type finder struct {
	include, exclude []string        // patterns, in lower case
	out              string          // not searched, unless ""
	named            map[string]bool // the files that the user named, in lower case
	limits           workbook.Limits // of an archive
	found
}

// findInputs lists the submissions that the paths name, in order of their relative
// paths, each with a place for its outputs. The folder out is not searched, unless it
// is named.
func findInputs(paths []string, out string, include, exclude []string, limits workbook.Limits) (*found, error) {
	f := finder{include: lower(include), exclude: lower(exclude), out: out, named: map[string]bool{}, limits: limits}
	for _, p := range slices.Concat(f.include, f.exclude) {
		if !doublestar.ValidatePattern(p) {
			return nil, message.NewError("batch.pattern", p)
		}
	}
	flat := loose(paths)
	var all []string
	base := ""
	for i, p := range paths {
		abs, err := filepath.Abs(p)
		if err != nil {
			return nil, err
		}
		all = append(all, abs)
		if !isFolder(abs) {
			f.named[strings.ToLower(abs)] = true
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
	for i := range f.inputs {
		f.inputs[i].rel = validName(f.inputs[i].rel)
	}
	slices.SortFunc(f.inputs, func(a, b input) int { return cmp.Or(cmp.Compare(a.rel, b.rel), cmp.Compare(a.file, b.file)) })
	f.inputs = slices.CompactFunc(f.inputs, func(a, b input) bool { return a.file == b.file && a.rel == b.rel })
	n := newNames()
	for _, packed := range []bool{false, true} { // a folder keeps its name also beside an archive of that name
		if packed {
			n.unpack(f.archives)
		}
		for i := range f.inputs {
			if in := &f.inputs[i]; packed == (in.packed != "") {
				in.stem = n.stem(in.rel)
			}
		}
	}
	keepApart(f.inputs)
	return &f.found, nil
}

// validName is the name with the bytes that are no UTF-8 as %FF: in records, which are
// JSON, names that differ in them alone would be one.
func validName(name string) string {
	if utf8.ValidString(name) {
		return name
	}
	var b strings.Builder
	for i, r := range name {
		if _, n := utf8.DecodeRuneInString(name[i:]); r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, "%%%02X", name[i])
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
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
	of := outputOf(name, name, f.named)
	switch {
	case isFolder(name):
		f.folder(name, rel, true, false)
	case of != "" && !matches(f.exclude, rel):
		f.inputs = append(f.inputs, input{file: name, rel: rel, marked: beside(rel, of)})
	case of != "" || summary.Ours(name) || printedOf(name, strings.ToLower(name), f.named) != "": // of a pattern that the shell expanded
		f.passedOver++
	case matches(f.exclude, rel):
	case isZip(name):
		f.archive(name, rel)
	default:
		f.inputs = append(f.inputs, input{file: name, rel: rel})
	}
}

// folder adds the submissions in a folder and in those below it. Hidden files, the
// locks of open workbooks, and our own outputs are none: those beside their inputs
// and, where a batch has written to the folder or one above it, all. The folder of the
// outputs is searched only if it was named as one to search.
func (f *finder) folder(dir, rel string, named, written bool) {
	if !named && f.out != "" && files.Same(dir, f.out) {
		return
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		f.inputs = append(f.inputs, input{file: dir, rel: rel, err: &message.Error{Message: message.New("batch.folder", files.Cause(err)), Err: err}})
		return
	}
	names := map[string]bool{}
	for _, e := range entries {
		names[strings.ToLower(e.Name())] = true
		_, _, _, results := summary.ParseResults(e.Name())
		written = written || results
	}
	for _, e := range entries {
		name := e.Name()
		if archive.Litter(name) {
			continue
		}
		file, at := filepath.Join(dir, name), path.Join(rel, name)
		of := ""
		if !e.IsDir() {
			of = outputOf(file, name, names)
		}
		switch {
		case e.IsDir():
			if !matches(f.exclude, at) {
				f.folder(file, at, false, written)
			}
		case e.Type()&fs.ModeSymlink != 0 && isFolder(file): // it may lead in a circle
			f.passedOver++
		case isZip(name) && of == "":
			if !matches(f.exclude, at) {
				f.archive(file, at)
			}
		case of != "" && f.wanted(at) && !matches(f.exclude, at):
			f.inputs = append(f.inputs, input{file: file, rel: at, marked: beside(at, of)})
		case !f.wanted(at) || of != "" || printedBeside(file, names) || written && ours(file):
			f.passedOver++
			f.other(file, at, of != "" || ours(file) || printedBeside(file, names))
		case !matches(f.exclude, at):
			f.inputs = append(f.inputs, input{file: file, rel: at})
		}
	}
}

// beside is the slash path of a file in the folder of another.
func beside(rel, file string) string { return path.Join(path.Dir(rel), filepath.Base(file)) }

// other takes note of a file that is no form, or that we made: a scan says that its body
// has sent something. What was not asked for, and what no person made, says nothing.
func (f *finder) other(file, rel string, ours bool) {
	if len(f.include) > 0 || matches(f.exclude, rel) || summary.Is(path.Base(rel)) || litter[strings.ToLower(path.Base(rel))] {
		return
	}
	f.others = append(f.others, other(rel, ours, input{file: file}.changed()))
}

// other is a file that is no form, by its name.
func other(rel string, ours bool, changed time.Time) organization.Sent {
	return organization.Sent{File: rel, Output: ours, Format: cmp.Or(strings.TrimPrefix(strings.ToLower(path.Ext(rel)), "."), "?"),
		Packed: !ours && archive.Named(rel), Time: changed}
}

// litter are files that systems leave in folders.
var litter = map[string]bool{"thumbs.db": true, "desktop.ini": true, "ehthumbs.db": true}

// without are the inputs but for the named file, which may lie among them.
func without(inputs []input, name string) []input {
	return slices.DeleteFunc(inputs, func(in input) bool {
		return name != "" && strings.EqualFold(filepath.Base(in.file), filepath.Base(name)) && files.Same(in.file, name)
	})
}

// wanted reports whether a file in a folder is taken: by the patterns to include,
// or any spreadsheet where there are none.
func (f *finder) wanted(rel string) bool {
	if len(f.include) > 0 {
		return matches(f.include, rel)
	}
	return workbook.Named(rel)
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

// ListedPaths are the paths of a list, one a line, in UTF-8, UTF-16 with its mark or,
// as Windows writes it in China, GBK.
func ListedPaths(list []byte) []string {
	decoder := unicode.BOMOverride(encoding.Nop.NewDecoder())
	if text, _, err := transform.Bytes(decoder, list); err == nil {
		list = text
	}
	if !utf8.Valid(list) {
		if text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(list); err == nil {
			list = text
		}
	}
	var paths []string
	for line := range strings.Lines(string(list)) {
		if p := strings.TrimRight(line, "\r\n"); strings.TrimSpace(p) != "" {
			paths = append(paths, p)
		}
	}
	return paths
}

// DefaultOut is where a batch over one folder writes when nothing is said: beside
// the folder, for users who drop it on the program.
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

package batch

import (
	"context"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"nianbao/convert"
	"nianbao/convert/archive"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/workbook"
)

// input is one submission of a batch.
type input struct {
	file   string // to open
	packed string // the file in it, if it is an archive, else ""
	rel    string // slash path that it is known by: under what all inputs have in common
	stem   string // slash path of its outputs under the output folder, without suffix
	err    error  // why it, or the folder it names, cannot be read

	modified time.Time // of a file in an archive

	apart  string // behind the names of the outputs of the reports in it, if there are several; mostly ""
	marked string // the rel of the input that this is a marked copy of, or ""
}

// name is the input's, as one would look for it.
func (in input) name() string {
	if in.packed == "" {
		return in.file
	}
	return in.file + "/" + in.packed
}

// load is the input's content.
func (in input) load(ctx context.Context, limits workbook.Limits) ([]byte, error) {
	if in.err != nil {
		return nil, in.err
	}
	if in.packed == "" {
		return files.Load(in.file, limits.MostBytes())
	}
	all, closeFile, err := openArchive(in.file, limits)
	if err != nil {
		return nil, err
	}
	if closeFile == nil { // it was an archive when the batch began
		return nil, message.NewError("file.missing")
	}
	defer closeFile()
	i := slices.IndexFunc(all, func(f archive.File) bool { return f.Name == in.packed })
	if i < 0 { // and had this file
		return nil, message.NewError("file.missing")
	}
	return all[i].Read(ctx)
}

// changed is when the input was last changed; zero if that is not known.
func (in input) changed() time.Time {
	if in.packed != "" {
		return in.modified
	}
	info, err := os.Stat(in.file)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// check reads and checks the input, whose results are named as it is known.
func (in input) check(ctx context.Context, o convert.FileOptions) ([]*convert.Result, error) {
	return in.read(ctx, o, convert.CheckSource)
}

func (in input) read(ctx context.Context, o convert.FileOptions, how reading) ([]*convert.Result, error) {
	src, err := in.load(ctx, o.Limits)
	if err != nil {
		return nil, err
	}
	return how(ctx, convert.Source{Name: in.rel, Bytes: src}, o)
}

// openArchive lists what is in an archive. It is nil for a file that is none, whatever it
// is called.
func openArchive(name string, limits workbook.Limits) (all []archive.File, closeFile func() error, err error) {
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		return nil, nil, nil // loading it says what is wrong
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, &message.Error{Message: message.New("file.unreadable", files.Cause(err)), Err: err}
	}
	defer func() {
		if closeFile == nil {
			f.Close()
		}
	}()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, &message.Error{Message: message.New("file.unreadable", files.Cause(err)), Err: err}
	}
	head := make([]byte, 4)
	if n, _ := f.ReadAt(head, 0); n < 4 || string(head) != "PK\x03\x04" && string(head) != "PK\x05\x06" {
		return nil, nil, nil
	}
	if all, err = archive.Open(f, info.Size(), limits); err != nil || archive.IsPackage(all) {
		return nil, nil, err
	}
	return all, f.Close, nil
}

// SeveralIn reports whether the named file is an archive with several forms, which is
// like a folder.
func SeveralIn(name string, limits workbook.Limits) bool {
	if !isZip(name) {
		return false
	}
	all, closeFile, err := openArchive(name, limits)
	if closeFile == nil || err != nil {
		return false
	}
	defer closeFile()
	return len(archive.Forms(all)) > 1
}

// PackedIn are the archives within the named one, which are not unpacked, as one names what
// is in an archive: a.zip/b.rar. There are none in what is no archive.
func PackedIn(name string, limits workbook.Limits) []string {
	if !isZip(name) {
		return nil
	}
	all, closeFile, err := openArchive(name, limits)
	if closeFile == nil || err != nil {
		return nil
	}
	defer closeFile()
	var packed []string
	for _, f := range all {
		if archive.Named(f.Name) {
			packed = append(packed, name+"/"+f.Name)
		}
	}
	return packed
}

func isZip(name string) bool { return strings.EqualFold(filepath.Ext(name), ".zip") }

// archive adds the forms in an archive as those of a folder, or the file itself where it
// is none, whatever it is called.
func (f *finder) archive(name, rel string) {
	all, closeFile, err := openArchive(name, f.limits)
	if closeFile == nil {
		if len(f.include) == 0 || matches(f.include, rel) || f.named[strings.ToLower(name)] {
			f.inputs = append(f.inputs, input{file: name, rel: rel, err: err})
		}
		return
	}
	defer closeFile()
	f.archives = append(f.archives, rel)
	folders := map[string]map[string]bool{} // names of the files in each, in lower case
	for _, x := range all {
		dir, base := path.Split(x.Name)
		if folders[dir] == nil {
			folders[dir] = map[string]bool{}
		}
		folders[dir][strings.ToLower(base)] = true
	}
	var taken []archive.File
	first := len(f.inputs)
	seen := map[string]int{}
	for _, x := range all {
		at := path.Join(rel, x.Name)
		if archive.Litter(x.Name) || f.excluded(rel, x.Name) {
			continue
		}
		of := madeOf(path.Base(x.Name), folders[dirOf(x.Name)])
		in := input{file: name, packed: x.Name, rel: at, modified: x.Modified, err: x.Err}
		if seen[at]++; seen[at] > 1 {
			in.rel = fmt.Sprintf("%s (%d)", at, seen[at])
		}
		switch {
		case of != "" && f.wanted(at):
			in.marked = beside(at, of)
		case !f.wanted(at):
			f.passedOver++
			f.otherPacked(x, at, submissionOf(outputStem(x.Name), strings.ToLower(path.Base(x.Name)), true, folders[dirOf(x.Name)]) != "")
			continue
		}
		f.inputs = append(f.inputs, in)
		taken = append(taken, x)
	}
	if err := archive.Unpacked(taken, f.limits); err != nil {
		f.inputs = append(f.inputs[:first], input{file: name, rel: rel, err: err})
	}
	if _, err := archive.Only(all); len(archive.Forms(all)) == 0 && f.named[strings.ToLower(name)] { // who named it wants to know
		f.inputs = append(f.inputs, input{file: name, rel: rel, err: err})
	}
}

// outputStem is the stem of an output's name, in lower case; what no name begins with for
// one that is none.
func outputStem(name string) string {
	stem, _, ok := convert.CutSuffix(strings.ToLower(path.Base(name)))
	if !ok {
		return "\x00"
	}
	return stem
}

func dirOf(name string) string { dir, _ := path.Split(name); return dir }

// excluded reports whether a file in an archive, or a folder that it is in there, is to be
// left out.
func (f *finder) excluded(rel, name string) bool {
	at := rel
	for part := range strings.SplitSeq(name, "/") {
		if at = path.Join(at, part); matches(f.exclude, at) {
			return true
		}
	}
	return false
}

// otherPacked is other for a file in an archive.
func (f *finder) otherPacked(x archive.File, rel string, ours bool) {
	if len(f.include) > 0 || litter[strings.ToLower(path.Base(rel))] {
		return
	}
	f.others = append(f.others, other(rel, ours, x.Modified))
}

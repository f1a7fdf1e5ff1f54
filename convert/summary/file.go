package summary

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"nianbao/convert/files"
	"nianbao/convert/message"
)

// WriteFile writes a file of a summary under another name and renames it when it is
// complete. It replaces no file that others made.
func WriteFile(name string, write func(io.Writer) error) error {
	switch state, err := stateOf(name); {
	case err != nil:
		return err
	case state == foreign:
		return message.NewError("file.foreign", name)
	}
	f, err := files.CreateTemp(filepath.Dir(name))
	if err != nil {
		return err
	}
	defer files.Remove(f.Name()) // fails when it was renamed
	w := bufio.NewWriterSize(f, 1<<16)
	if err = write(w); err == nil {
		err = w.Flush()
	}
	if err = errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	return files.Rename(f.Name(), name)
}

// Foreign reports whether something with the name of one of a summary's files is none:
// a submission that is called summary.xlsx, somebody's own page, a link. What cannot
// be read is not known to be.
func Foreign(name string) bool {
	state, _ := stateOf(name)
	return state == foreign
}

// Ours reports whether the file is one of a summary's, by its name and by what is in it.
func Ours(name string) bool {
	state, _ := stateOf(name)
	return Is(filepath.Base(name)) && state == ours
}

// state is whose a file is.
type state int

const (
	nobodys state = iota // there is none, or it is empty
	ours
	foreign
)

// longestHead is how much of a file is read to tell whose it is.
const longestHead = 1 << 12

func stateOf(name string) (state, error) {
	if files.Special(name) {
		return foreign, nil
	}
	f, err := files.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nobodys, nil
	}
	if err != nil {
		return nobodys, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return foreign, nil
	}
	head, err := io.ReadAll(io.LimitReader(f, longestHead))
	switch {
	case err != nil:
		return nobodys, err
	case len(head) == 0:
		return nobodys, nil
	case isOurs(f, filepath.Ext(name), head):
		return ours, nil
	}
	return foreign, nil
}

// recordMarks are how a record begins, of a newer program, too.
var recordMarks = []string{`{"version":1,"input":`, `{"version":2,"input":`, `{"input":`} // the last before records had a version

// seasonMark is how summary.json begins.
const seasonMark = `{"version":1,"year":`

// tableMark is how a CSV table of ours begins.
var tableMark = bom + strings.Join(tablesHead[:4], ",") + ","

// isOurs tells by how a file begins or, of a workbook, by its properties.
func isOurs(f *os.File, ext string, head []byte) bool {
	switch ext {
	case ".html":
		return bytes.Contains(head, []byte("<title>")) && hasTitle(head)
	case ".json":
		n := min(len(head), len(seasonMark))
		return string(head[:n]) == seasonMark[:n]
	case ".csv":
		return strings.HasPrefix(string(head), tableMark)
	case ".xlsx":
		properties := coreProperties(f)
		return bytes.Contains(properties, []byte("<dc:creator>nianbao</dc:creator>")) && hasTitle(properties)
	}
	return slices.ContainsFunc(recordMarks, func(mark string) bool {
		n := min(len(head), len(mark)) // the first record may not have been written to its end
		return string(head[:n]) == mark[:n]
	})
}

// hasTitle reports whether the title of a summary is there, in any language.
func hasTitle(b []byte) bool {
	title := message.New("summary.title")
	return bytes.Contains(b, []byte(title.In(message.Chinese))) || bytes.Contains(b, []byte(title.In(message.English)))
}

// coreProperties is where a workbook has its title and its author; nil if it has none.
func coreProperties(f *os.File) []byte {
	info, err := f.Stat()
	if err != nil {
		return nil
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return nil
	}
	for _, part := range z.File {
		if part.Name != "docProps/core.xml" {
			continue
		}
		r, err := part.Open()
		if err != nil {
			return nil
		}
		defer r.Close()
		b, _ := io.ReadAll(io.LimitReader(r, longestHead)) // what is damaged is not ours
		return b
	}
	return nil
}

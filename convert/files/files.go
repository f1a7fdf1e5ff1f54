// Package files loads inputs and saves outputs. An output is written under another
// name first and renamed when all that belong together are complete; no input and
// no file that others made is ever replaced. What the system says of a failure is
// put into the user's words.
package files

import (
	"bytes"
	"cmp"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"nianbao/convert/message"
)

// Load reads a file of no more than so many bytes.
func Load(name string, most int64) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, message.NewError("file.missing")
	case err != nil:
		return nil, &message.Error{Message: message.New("file.unreadable", Cause(err)), Err: err}
	case info.IsDir():
		return nil, message.NewError("file.folder")
	case !info.Mode().IsRegular():
		return nil, message.NewError("file.special")
	}
	if info.Size() > most {
		return nil, TooLarge(most)
	}
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, &message.Error{Message: message.New("file.unreadable", Cause(err)), Err: err}
	}
	return src, nil
}

// ReadAll reads what has no size beforehand, such as a pipe, and no more than so many
// bytes of it.
func ReadAll(r io.Reader, most int64) ([]byte, error) {
	src, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(src)) > most {
		err = TooLarge(most)
	}
	return src, err
}

// TooLarge is the error of a file of more than so many bytes.
func TooLarge(most int64) error { return message.NewError("read.limit.file", (most+1<<20-1)>>20) }

// File is an output that is ready to be written.
type File struct {
	Name    string
	Content []byte
}

// Save writes the files that were made of an input: each under another name first,
// in the folder temp or, if that is "", beside where it goes, and renamed when all are
// complete. If that fails for one of them, none is left that was not there before. It
// refuses to replace the input, and files that others made.
func Save(input, temp string, files []File) error {
	var temps []string
	defer func() {
		for _, t := range temps {
			os.Remove(t) // fails for those that were renamed
		}
	}()
	for _, f := range files {
		if Same(input, f.Name) {
			return message.NewError("file.overwrites", f.Name)
		}
		if Foreign(f.Name) {
			return message.NewError("file.foreign", f.Name)
		}
		dir := filepath.Dir(f.Name)
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return Unwritable(f.Name, err)
		}
		t, err := WriteTemp(cmp.Or(temp, dir), f.Content)
		if t != "" {
			temps = append(temps, t)
		}
		if err != nil {
			return Unwritable(f.Name, err)
		}
	}
	var added []string
	for i, f := range files {
		_, old := os.Lstat(f.Name)
		if err := os.Rename(temps[i], f.Name); err != nil {
			for _, name := range added {
				os.Remove(name)
			}
			return Unwritable(f.Name, err)
		}
		if errors.Is(old, fs.ErrNotExist) {
			added = append(added, f.Name)
		}
	}
	return nil
}

// WriteTemp writes a file with a name of its own and returns the name, also if it
// could not be completed.
func WriteTemp(dir string, content []byte) (string, error) {
	f, err := os.CreateTemp(dir, ".nianbao-*.tmp")
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	return f.Name(), errors.Join(err, f.Chmod(0o644), f.Close())
}

// Same reports whether both names are of one existing file.
func Same(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// marks of our own files: the producer of a PDF, and how our JSON begins.
var (
	pdfMark     = []byte("/Producer <FEFF006E00690061006E00620061006F") // nianbao
	jsonMark    = []byte(`{"version":1,"form":`)
	oldJSONMark = []byte(`{"form":`) // before it had a version
)

// Special reports whether what stands at the name is neither a file nor a folder but a
// link, a pipe, a device. None of them is ever ours: a link might lead out of the folder
// of the outputs, and who opens a pipe waits for its other end.
func Special(name string) bool {
	const special = fs.ModeSymlink | fs.ModeNamedPipe | fs.ModeSocket | fs.ModeDevice
	info, err := os.Lstat(name)
	return err == nil && info.Mode()&special != 0
}

// Open opens a file that we wrote, unless something else has taken its place.
func Open(name string) (*os.File, error) {
	if Special(name) {
		return nil, message.NewError("file.foreign", name)
	}
	return os.Open(name)
}

// Foreign reports whether there is something with the name of a submission's output
// that is not one of ours: somebody's own 年报.pdf. Our workbooks have names that nobody
// else gives.
func Foreign(name string) bool {
	if Special(name) {
		return true
	}
	switch filepath.Ext(name) {
	case ".pdf":
		old, err := os.ReadFile(name)
		return err == nil && len(old) > 0 && !bytes.Contains(old, pdfMark)
	case ".json":
		old, err := os.ReadFile(name)
		return err == nil && len(old) > 0 && !bytes.HasPrefix(old, jsonMark) && !bytes.HasPrefix(old, oldJSONMark)
	}
	return false
}

// Unwritable is the error of an output that could not be written. One that says so
// already stays as it is.
func Unwritable(name string, err error) error {
	var m *message.Error
	if errors.As(err, &m) {
		return err
	}
	return &message.Error{Message: message.New("file.unwritable", name, Cause(err)), Err: err}
}

// Cause is what the system says, without the path that it adds, and in the user's
// language where it is something that users meet.
func Cause(err error) any {
	var known *message.Error
	switch {
	case errors.As(err, &known):
		return known
	case isInUse(err):
		return message.New("cause.inuse")
	case errors.Is(err, fs.ErrPermission):
		return message.New("cause.permission")
	case errors.Is(err, fs.ErrNotExist):
		return message.New("cause.missing")
	case isFull(err):
		return message.New("cause.full")
	case errors.Is(err, syscall.EROFS):
		return message.New("cause.readonly")
	case errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.ENOTDIR):
		return message.New("cause.folder")
	}
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &l):
		return l.Err.Error()
	}
	return err.Error()
}

// Package files loads inputs and saves outputs. An output is written under another
// name first and renamed when all that belong together are complete; no input and
// no file that others made is ever replaced. What the system says of a failure is
// put into the user's words.
package files

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
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
		if Foreign(f.Name) && !remains(f) {
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
// could not be completed. The file is on the disk when it returns.
func WriteTemp(dir string, content []byte) (string, error) {
	f, err := CreateTemp(dir)
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	return f.Name(), errors.Join(err, f.Sync(), f.Close())
}

// CreateTemp creates a file with a name of its own. Unlike that of os.CreateTemp it is
// meant for others, too, as far as the user's mask lets them read.
func CreateTemp(dir string) (*os.File, error) {
	for {
		name := filepath.Join(dir, fmt.Sprintf(".nianbao-%08x.tmp", rand.Uint32()))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
}

// Digest tells whether a file is still the one that was written.
type Digest struct {
	Size int64  `json:"size"`
	Hash string `json:"hash"` // sha256:…
}

// DigestOf is the digest of a file with that content.
func DigestOf(content []byte) Digest {
	sum := sha256.Sum256(content)
	return Digest{int64(len(content)), "sha256:" + hex.EncodeToString(sum[:])}
}

// Holds reports whether the named file is still the one with that digest.
func (d Digest) Holds(name string) bool {
	info, err := os.Lstat(name)
	if err != nil || !info.Mode().IsRegular() || info.Size() != d.Size {
		return false
	}
	content, err := os.ReadFile(name)
	return err == nil && DigestOf(content) == d
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

// marks of our own files: how our PDFs begin, their producer, and how our JSON begins.
var (
	pdfHead   = []byte("%PDF-1.7\n%年报\n")
	pdfMark   = []byte("/Producer <FEFF006E00690061006E00620061006F")        // nianbao
	jsonMarks = [][]byte{[]byte(`{"version":1,"form":`), []byte(`{"form":`)} // the second before it had a version
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
	mark := marks[filepath.Ext(name)]
	if mark == nil {
		return false
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular() && info.Size() > 0 && !mark(f, info.Size())
}

// marks tell our own files, by extension, from a part of what they hold: what others
// made may be of any size.
var marks = map[string]func(io.ReaderAt, int64) bool{
	".pdf": func(r io.ReaderAt, size int64) bool {
		head := part(r, 0, longestPart)
		return bytes.HasPrefix(head, pdfHead) || bytes.Contains(head, pdfMark) || bytes.Contains(part(r, max(0, size-longestPart), longestPart), pdfMark)
	},
	".json": func(r io.ReaderAt, _ int64) bool {
		head := part(r, 0, longestPart)
		return slices.ContainsFunc(jsonMarks, func(mark []byte) bool { return bytes.HasPrefix(head, mark) })
	},
}

const longestPart = 64 << 10

func part(r io.ReaderAt, at, n int64) []byte {
	b := make([]byte, n)
	got, _ := r.ReadAt(b, at)
	return b[:got]
}

// remains reports whether what stands in the place of an output is what is left of it:
// cut, or zeros, as a full disk or a failure of power leaves files.
func remains(f File) bool {
	info, err := os.Lstat(f.Name)
	if err != nil || !info.Mode().IsRegular() || info.Size() > int64(len(f.Content)) {
		return false
	}
	old, err := os.ReadFile(f.Name)
	return err == nil && (bytes.HasPrefix(f.Content, old) || len(bytes.Trim(old, "\x00")) == 0)
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

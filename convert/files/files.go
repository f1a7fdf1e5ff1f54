// Package files loads inputs and saves outputs. An output is written under another
// name first and renamed when all that belong together are complete; no input and
// no file that others made is ever replaced. What the system says of a failure is
// put into the user's words.
package files

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
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
	var src []byte
	err = again(isInUse, func() (err error) {
		src, err = os.ReadFile(name)
		return err
	})
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
func Open(name string) (f *os.File, err error) {
	if Special(name) {
		return nil, message.NewError("file.foreign", name)
	}
	err = again(isInUse, func() error {
		f, err = os.Open(name)
		return err
	})
	return f, err
}

// Foreign reports whether there is something with the name of a submission's output
// that is not one of ours, as far as can be told: somebody's own 年报.pdf, or our 年报.docx
// with somebody's changes. Marked copies in Word, and workbooks that are encrypted, have
// names that nobody else gives.
func Foreign(name string) bool {
	is, err := foreign(name)
	return is || err != nil
}

// foreign is Foreign, with the error if what stands there cannot be read.
func foreign(name string) (bool, error) {
	mark := marks[filepath.Ext(name)]
	if mark == nil || Special(name) || markedDocument.MatchString(name) {
		return Special(name), nil
	}
	f, err := Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	return err == nil && info.Mode().IsRegular() && info.Size() > 0 && !mark(f, info.Size()), err
}

// markedDocument matches the name of a marked copy in Word.
var markedDocument = regexp.MustCompile(`(?i)\.annotated\.docx$`)

// marks tell our own files, by extension, from a part of what they hold: what others
// made may be of any size.
var marks = map[string]func(io.ReaderAt, int64) bool{
	".pdf": func(r io.ReaderAt, size int64) bool {
		head := part(r, 0, longestPart)
		return bytes.HasPrefix(head, pdfHead) || bytes.Contains(head, pdfMark) || bytes.Contains(part(r, max(0, size-longestPart), longestPart), pdfMark)
	},
	".docx": func(r io.ReaderAt, size int64) bool { // programs that change it put their own name in
		z, err := zip.NewReader(r, size)
		return err == nil && bytes.Contains(packed(z, "docProps/app.xml"), []byte(docxMark))
	},
	".html": func(r io.ReaderAt, _ int64) bool { return bytes.Contains(part(r, 0, longestPart), []byte(htmlMark)) },
	".json": func(r io.ReaderAt, _ int64) bool {
		head := part(r, 0, longestPart)
		return slices.ContainsFunc(jsonMarks, func(mark []byte) bool { return bytes.HasPrefix(head, mark) })
	},
	".xlsx": func(r io.ReaderAt, size int64) bool {
		z, err := zip.NewReader(r, size)
		if err != nil {
			return !bytes.HasPrefix(part(r, 0, 4), []byte("PK"))
		}
		return slices.ContainsFunc(workbookMarks, func(mark []byte) bool { return bytes.Contains(packed(z, "xl/workbook.xml"), mark) })
	},
}

// workbookMarks are sheets that only our workbooks have: the first is of a normalized
// one or a sum, the second of a marked copy. Programs that save them again keep them.
var workbookMarks = [][]byte{[]byte(`name="数据"`), []byte(`name="检查结果`)}

// packed is a part of a package; nil where there is none. What is damaged has no mark.
func packed(z *zip.Reader, name string) []byte {
	f, err := z.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	b, _ := io.ReadAll(io.LimitReader(f, longestPart))
	return b
}

const (
	docxMark    = "<Application>nianbao</Application>"
	htmlMark    = `<meta name="generator" content="nianbao">`
	longestPart = 64 << 10
)

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
	switch {
	case errors.As(err, &m):
		return err
	case isInUse(err):
		return &message.Error{Message: message.New("file.inuse", name), Err: err}
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
	case systemCause(err) != "":
		return message.New(systemCause(err))
	case errors.Is(err, errReadOnly):
		return message.New("cause.readonlyfile")
	case errors.Is(err, fs.ErrPermission):
		return message.New("cause.permission")
	case errors.Is(err, fs.ErrNotExist):
		return message.New("cause.missing")
	case errors.Is(err, syscall.EISDIR), errors.Is(err, syscall.ENOTDIR):
		return message.New("cause.folder")
	}
	return bare(err).Error()
}

// errReadOnly is the error of a file that somebody has marked as one to be kept.
var errReadOnly = errors.New("the file is read-only")

// bare is the error without the path that the system adds, and pathOf is that path.
func bare(err error) error {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err
	case errors.As(err, &l):
		return l.Err
	}
	return err
}

func pathOf(err error) string {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Path
	case errors.As(err, &l):
		return l.New
	}
	return ""
}

// Package archive opens the zip archives that submissions are sent in, within limits,
// one level deep. [Open] lists what there is, [File.Read] unpacks one file of it.
//
//	files, err := archive.Open(r, size, limits)
//	…
//	src, err := files[0].Read(ctx)
//
// What cannot be unpacked is listed with the reason: it is encrypted, a link, leads out
// of the archive by its name. Nothing is written to disk. Archives of other kinds, and
// those within archives, are not unpacked; see [Named].
package archive

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/convert/message"
	"nianbao/convert/workbook"
)

// File is a file in an archive.
type File struct {
	Name     string    // slash path in it, which stays in it
	Modified time.Time // as the archive says; zero where it does not
	Size     int64     // of its bytes, as the archive says
	Err      error     // why it cannot be read, or nil

	packed *zip.File
	limits workbook.Limits
}

// Open reads the directory of an archive. Folders are left out; of files with one name
// the first is read.
func Open(r io.ReaderAt, size int64, limits workbook.Limits) ([]File, error) {
	limits = limits.WithDefaults()
	d := &directory{r, mostDirectory}
	z, err := zip.NewReader(d, size)
	if d.left < 0 || err == nil && len(z.File) > workbook.MaxPacked {
		return nil, workbook.TooLarge("packed", workbook.MaxPacked)
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, damaged(err)
	}
	d.left = math.MaxInt64
	if workbook.CutOff(r, z) {
		return nil, damaged(errors.New("the first entry is in no directory"))
	}
	var all []File
	seen := map[string]bool{}
	for _, f := range z.File {
		name, inside := nameIn(f)
		if f.Mode().IsDir() || strings.HasSuffix(name, "/") {
			continue
		}
		file := File{Name: name, Modified: f.Modified, Size: int64(min(f.UncompressedSize64, 1<<62)), packed: f, limits: limits}
		switch {
		case !inside:
			file.Err = message.NewError("archive.name")
		case seen[name]:
			file.Err = message.NewError("archive.twice", name)
		case f.Mode()&fs.ModeType != 0:
			file.Err = message.NewError("archive.link")
		case f.Flags&1 != 0:
			file.Err = message.NewError("archive.encrypted")
		case f.Method != zip.Store && f.Method != zip.Deflate:
			file.Err = message.NewError("archive.method")
		case f.UncompressedSize64 > uint64(limits.FileSize):
			file.Err = workbook.TooLarge("file", workbook.Mebibytes(limits.FileSize))
		case f.UncompressedSize64 > workbook.RatioFrom && f.UncompressedSize64/workbook.MaxRatio > f.CompressedSize64:
			file.Err = message.NewError("archive.ratio", workbook.MaxRatio)
		}
		seen[name] = true
		all = append(all, file)
	}
	return all, nil
}

// mostDirectory is more bytes than the directory of an archive takes. What is kept of an
// entry takes more memory than it has bytes in the file.
const mostDirectory = workbook.MaxPacked * 400

// directory is the file while its directory is read: so many bytes of it, and no more.
type directory struct {
	io.ReaderAt
	left int64
}

var errLong = errors.New("directory too long")

func (d *directory) ReadAt(p []byte, at int64) (int, error) {
	if d.left -= int64(len(p)); d.left < 0 {
		return 0, errLong
	}
	return d.ReaderAt.ReadAt(p, at)
}

func damaged(err error) error {
	return &message.Error{Message: message.New("archive.damaged"), Err: err}
}

// Unpacked is how many bytes files take, and the error where that is more than may be
// unpacked of one archive.
func Unpacked(all []File, limits workbook.Limits) error {
	limits = limits.WithDefaults()
	left := limits.Unpacked
	for _, f := range all {
		if f.Err == nil {
			if left -= f.Size; left < 0 {
				return workbook.TooLarge("unpacked", workbook.Mebibytes(limits.Unpacked))
			}
		}
	}
	return nil
}

// Read unpacks the file.
func (f File) Read(ctx context.Context) ([]byte, error) {
	if f.Err != nil {
		return nil, f.Err
	}
	r, err := f.packed.Open()
	if err != nil {
		return nil, damaged(err)
	}
	defer r.Close()
	src, err := io.ReadAll(io.LimitReader(inTime{ctx, r}, f.limits.FileSize+1))
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, damaged(err)
	case int64(len(src)) > f.limits.FileSize:
		return nil, workbook.TooLarge("file", workbook.Mebibytes(f.limits.FileSize))
	}
	return src, nil
}

// inTime is a reader that ends with its context.
type inTime struct {
	ctx context.Context
	io.Reader
}

func (r inTime) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.Reader.Read(p)
}

// nameIn is the slash path of an entry in its archive, and whether it says a place there.
// One that leads out is brought back.
func nameIn(f *zip.File) (name string, inside bool) {
	name = decoded(f)
	slashes := strings.ReplaceAll(name, `\`, "/")
	folder := strings.HasSuffix(slashes, "/")
	inside = fs.ValidPath(strings.TrimSuffix(path.Clean(slashes), "/")) && !slices.Contains(strings.Split(slashes, "/"), "..") &&
		!strings.HasPrefix(slashes, "/") && !strings.ContainsRune(slashes, 0) && !(len(slashes) > 1 && slashes[1] == ':')
	name = strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(slashes, "\x00", "_")), "/")
	if name == "" {
		name, inside = "_", false
	}
	if folder {
		name += "/"
	}
	return name, inside
}

// decoded is the name of an entry. One that does not say that it is UTF-8 may be all the
// same, or have its name in UTF-8 beside it; else it is in GBK, as Windows writes them in
// China.
func decoded(f *zip.File) string {
	if !f.NonUTF8 || utf8.ValidString(f.Name) {
		return cmp.Or(unicodeName(f), f.Name)
	}
	if name := unicodeName(f); name != "" {
		return name
	}
	name, err := simplifiedchinese.GB18030.NewDecoder().String(f.Name)
	if err != nil {
		return strings.ToValidUTF8(f.Name, "_")
	}
	return name
}

// unicodeName is what the extra field for a name in UTF-8 says, if it is of the name that
// the entry has.
func unicodeName(f *zip.File) string {
	const unicodePath = 0x7075
	for extra := f.Extra; len(extra) >= 4; {
		id, n := int(extra[0])|int(extra[1])<<8, int(extra[2])|int(extra[3])<<8
		if extra = extra[4:]; n > len(extra) {
			return ""
		}
		if field := extra[:n]; id == unicodePath && n > 5 && field[0] == 1 {
			sum := uint32(field[1]) | uint32(field[2])<<8 | uint32(field[3])<<16 | uint32(field[4])<<24
			if sum == crc32.ChecksumIEEE([]byte(f.Name)) && utf8.Valid(field[5:]) {
				return string(field[5:])
			}
		}
		extra = extra[n:]
	}
	return ""
}

// IsPackage reports whether what was opened is no archive of files but one: a workbook, a
// document.
func IsPackage(all []File) bool {
	var names []string
	for _, f := range all {
		names = append(names, f.Name)
	}
	format, _ := workbook.SniffParts(names)
	return format != workbook.Archive
}

// Litter reports whether a file is what systems leave in folders and archives: hidden,
// the lock of an open workbook, what a Mac adds.
func Litter(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "/"), func(s string) bool {
		return strings.HasPrefix(s, ".") || strings.HasPrefix(s, "~$") || s == "__MACOSX"
	})
}

// Forms are the files that may be forms, by their names.
func Forms(all []File) []File {
	return slices.DeleteFunc(slices.Clone(all), func(f File) bool { return Litter(f.Name) || !workbook.Named(f.Name) })
}

// Named reports whether a file is an archive by its name, zip or another.
func Named(name string) bool {
	return slices.Contains([]string{".zip", ".rar", ".7z", ".gz", ".tar", ".tgz"}, strings.ToLower(path.Ext(name)))
}

// Only is the form of an archive with one. Its error says what there is instead.
func Only(all []File) (File, error) {
	forms := Forms(all)
	switch {
	case len(forms) == 1:
		return forms[0], nil
	case len(forms) > 1:
		return File{}, message.NewError("archive.several", len(forms), fmt.Sprintf("%s、%s", forms[0].Name, forms[1].Name))
	case slices.ContainsFunc(all, func(f File) bool { return Named(f.Name) }):
		return File{}, message.NewError("archive.nested")
	}
	return File{}, message.NewError("archive.none", len(all))
}

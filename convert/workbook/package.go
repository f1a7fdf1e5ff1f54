package workbook

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"sync"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"nianbao/convert/message"
)

// openPackage reads the directory of a package. What an entry takes in memory is some
// ten times what it takes in the file, so they are counted before.
func openPackage(src []byte) (*zip.Reader, error) {
	if bytes.Count(src, []byte("PK\x01\x02")) > maxParts {
		return nil, TooLarge("parts", maxParts)
	}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, &message.Error{Message: message.New("read.damaged"), Err: err}
	}
	if CutOff(bytes.NewReader(src), z) {
		return nil, message.NewError("read.damaged")
	}
	return z, nil
}

// CutOff reports whether a zip file is what is left of a longer one: its first entry is in
// no directory. An archive that holds workbooks unpacked, cut behind one of them, ends as
// that workbook does and would be taken for it, without the others.
func CutOff(r io.ReaderAt, z *zip.Reader) bool {
	const fixed = 30 // bytes of an entry's head, before its name and what is extra
	head := make([]byte, fixed)
	if n, _ := r.ReadAt(head, 0); n < fixed || string(head[:4]) != "PK\x03\x04" {
		return false
	}
	data := fixed + int64(binary.LittleEndian.Uint16(head[26:])) + int64(binary.LittleEndian.Uint16(head[28:]))
	for _, f := range z.File {
		if at, err := f.DataOffset(); err == nil && at == data {
			return false
		}
	}
	return true
}

// partName resolves a relationship's target against the folder of its source.
func partName(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", dir, target)
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
}

// buffers are kept for the next part.
var buffers = sync.Pool{New: func() any { return bufio.NewReader(nil) }}

// errEnough ends the reading of a part: what follows is not needed.
var errEnough = errors.New("enough")

// elements calls visit for each element of a part, until it returns errEnough. If visit
// read the element from d, its end included, it reports true. A part that the package does
// not have has no elements.
func (b *Book) elements(ctx context.Context, part string, visit func(xml.StartElement, *xml.Decoder) (bool, error)) error {
	r, err := b.Part(ctx, part)
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	buffered := buffers.Get().(*bufio.Reader)
	buffered.Reset(r)
	defer func() { buffered.Reset(nil); buffers.Put(buffered) }()
	d := decoder(buffered)
	depth := 0
	for {
		t, err := d.RawToken()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err != nil {
			return b.damaged(ctx, part, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			done, err := visit(t, d)
			if errors.Is(err, errEnough) {
				if _, err = io.Copy(io.Discard, buffered); err == nil { // only its end tells whether it is damaged
					return nil
				}
			}
			if err != nil {
				return b.damaged(ctx, part, err)
			}
			if !done {
				depth++
			}
			if depth > maxDepth {
				return message.NewError("read.nested")
			}
		case xml.EndElement:
			depth--
		}
	}
}

// damaged says that a part could not be read, unless the error says better why.
func (b *Book) damaged(ctx context.Context, part string, err error) error {
	var known *message.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		return err
	case b.exceeded != nil: // the decoder only saw a character that was cut
		return b.exceeded
	}
	return &message.Error{Message: message.New("read.damaged"), Err: fmt.Errorf("%s: %w", part, err)}
}

func decoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") { // Part has brought it to UTF-8
			return input, nil
		}
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(input), nil
	}
	return d
}

// Part opens a part for reading within the limits; nil when there is none.
func (b *Book) Part(ctx context.Context, part string) (io.ReadCloser, error) {
	f := b.parts[part]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, b.damaged(ctx, part, err)
	}
	return inUTF8(&limitedPart{ctx, b, 0, r}), nil
}

// inUTF8 brings a part that is in UTF-16, as its byte order mark says, to UTF-8. There is
// no mark in front of what it gives, so that places in it are those in the text.
func inUTF8(r io.ReadCloser) io.ReadCloser {
	head := make([]byte, 3)
	n, err := io.ReadFull(r, head)
	whole := io.MultiReader(bytes.NewReader(head[:n]), r)
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		whole = transform.NewReader(whole, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		whole = r
	}
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		whole = io.MultiReader(bytes.NewReader(head[:n]), failing{err})
	}
	return struct {
		io.Reader
		io.Closer
	}{whole, r}
}

// failing is a reader that has failed.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// limitedPart counts what is unpacked against the book's limit and stops when
// the context does.
type limitedPart struct {
	ctx   context.Context
	book  *Book
	token int // bytes since the last tag began, which a decoder keeps
	io.ReadCloser
}

func (p *limitedPart) Read(buf []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.ReadCloser.Read(buf)
	if i := bytes.LastIndexByte(buf[:n], '<'); i >= 0 {
		p.token = n - i
	} else if p.token += n; p.token > maxToken {
		p.book.exceeded = TooLarge("text", Mebibytes(maxToken))
	}
	if p.book.left -= int64(n); p.book.left < 0 {
		p.book.exceeded = TooLarge("unpacked", Mebibytes(p.book.limits.Unpacked))
	}
	if p.book.exceeded != nil {
		return 0, p.book.exceeded
	}
	return n, err
}

// attr is the value of the attribute with the given local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// Package opc changes single parts of a package as Office Open XML has it (ECMA-376
// part 2, Open Packaging Conventions) and leaves everything else as it is, byte for
// byte. It knows parts, their types and their relations, and nothing of what is in
// them.
//
//	p, err := opc.Open(ctx, src, limit)
//	part, err := p.Read("xl/workbook.xml")
//	p.Set("xl/workbook.xml", changed)
//	err = p.Write(w)
package opc

import (
	"archive/zip"
	"bufio"
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"nianbao/convert/message"
)

// Package is a package that is being changed. Its parts have names in lower case,
// without a slash in front, as relations are compared.
type Package struct {
	ctx     context.Context
	files   []*zip.File
	parts   map[string]*zip.File
	removed map[string]bool
	set     map[string][]byte  // new content
	rewrite map[string]Rewrite // or how it comes about
	added   []string           // as they are to be written, in order
	meant   map[string]bool    // what relations lead to, be it there or not

	types     *types
	relations map[string]*relations // by the part that they are of
}

// Rewrite copies a part from r to w and changes it on the way. Both are UTF-8,
// whatever the part is.
type Rewrite func(r io.Reader, w io.Writer) error

// maxPart is how many bytes of a part are read at once.
const maxPart = 64 << 20

// Open opens a package whose parts unpack to no more than limit bytes.
func Open(ctx context.Context, src []byte, limit int64) (*Package, error) {
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, &message.Error{Message: message.New("read.damaged"), Err: err}
	}
	p := &Package{ctx: ctx, parts: make(map[string]*zip.File, len(z.File)), removed: map[string]bool{},
		set: map[string][]byte{}, rewrite: map[string]Rewrite{}, relations: map[string]*relations{}, meant: map[string]bool{}}
	left := uint64(limit)
	for _, f := range z.File {
		if f.UncompressedSize64 > left {
			return nil, message.NewError("read.limit.unpacked", (limit+1<<20-1)>>20)
		}
		left -= f.UncompressedSize64
		name := Resolve("", f.Name)
		if p.parts[name] == nil {
			p.parts[name] = f
			p.files = append(p.files, f)
		}
	}
	return p, p.readTypes()
}

// Resolve is the name of the part that a relation of a part in the folder dir means.
func Resolve(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", dir, target)
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
}

// Has reports whether there is a part of that name.
func (p *Package) Has(name string) bool {
	return !p.removed[name] && (p.parts[name] != nil || p.set[name] != nil)
}

// Names are the names of all parts, in the order of the package.
func (p *Package) Names() []string {
	var names []string
	for _, f := range p.files {
		if name := Resolve("", f.Name); !p.removed[name] {
			names = append(names, name)
		}
	}
	for _, name := range p.added {
		names = append(names, Resolve("", name))
	}
	return names
}

// Free is a name of which there is no part yet, nor a relation read so far that leads
// to one: form with the first number that makes it one.
func (p *Package) Free(form string) string {
	for i := 1; ; i++ {
		name := fmt.Sprintf(form, i)
		if key := strings.ToLower(name); p.parts[key] == nil && p.set[key] == nil && !p.meant[key] {
			return name
		}
	}
}

// Scan calls do with a part as UTF-8.
func (p *Package) Scan(name string, do func(io.Reader) error) error {
	return p.with(name, func(r io.Reader, _ charset) error { return do(r) })
}

// Read is a part as UTF-8.
func (p *Package) Read(name string) ([]byte, error) {
	if src, ok := p.set[name]; ok {
		return src, nil
	}
	var src []byte
	err := p.Scan(name, func(r io.Reader) (err error) {
		if src, err = io.ReadAll(io.LimitReader(r, maxPart+1)); err == nil && len(src) > maxPart {
			err = message.NewError("read.limit.unpacked", maxPart>>20)
		}
		return err
	})
	return src, err
}

// Tree is a part with the tree of its elements.
func (p *Package) Tree(name string) ([]byte, *Element, error) {
	src, err := p.Read(name)
	if err != nil {
		return nil, nil, err
	}
	root, err := Parse(src)
	if err != nil {
		return nil, nil, damaged(name, err)
	}
	return src, root, nil
}

// Set gives a part new content, UTF-8; a part that there was none of is added.
func (p *Package) Set(name string, content []byte) {
	key := Resolve("", name)
	if _, ok := p.set[key]; !ok && p.parts[key] == nil {
		p.added = append(p.added, name)
	}
	p.set[key] = content
	delete(p.removed, key)
}

// Rewrite has a part changed while it is written.
func (p *Package) Rewrite(name string, do Rewrite) { p.rewrite[name] = do }

// Remove removes a part with its relations and its type.
func (p *Package) Remove(name string) {
	p.removed[name] = true
	p.removed[relationsOf(name)] = true
	delete(p.relations, name)
	p.types.forget(name)
}

// charset writes a part as it was encoded.
type charset func(io.Writer) (io.WriteCloser, error)

// with opens a part and calls do with its content as UTF-8.
func (p *Package) with(name string, do func(io.Reader, charset) error) error {
	f := p.parts[name]
	if f == nil {
		return damaged(name, errors.New("there is no such part"))
	}
	r, err := f.Open()
	if err != nil {
		return damaged(name, err)
	}
	defer r.Close()
	buffered := bufio.NewReaderSize(&stoppable{p.ctx, r}, 1<<16)
	head, err := buffered.Peek(512)
	if err != nil && err != io.EOF {
		return damaged(name, err)
	}
	e, mark := charsetOf(head)
	mark = slices.Clone(mark)
	content, err := decoded(buffered, e, mark)
	if err == nil {
		err = do(content, func(w io.Writer) (io.WriteCloser, error) { return encoded(w, e, mark) })
	}
	return damaged(name, err)
}

// stoppable stops reading when the context is done.
type stoppable struct {
	ctx context.Context
	io.Reader
}

func (s *stoppable) Read(b []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(b)
}

// damaged says in which part something is wrong, unless the error says better.
func damaged(part string, err error) error {
	var known *message.Error
	if err == nil || errors.As(err, &known) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return &message.Error{Message: message.New("read.damaged"), Err: fmt.Errorf("%s: %w", part, err)}
}

// Write writes the package. Parts that were not changed are copied as they are
// packed.
func (p *Package) Write(w io.Writer) error {
	p.writeRelations()
	p.writeTypes()
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestSpeed) })
	if name := typesPart; p.parts[name] == nil && p.set[name] != nil { // it comes first
		if err := p.create(z, "[Content_Types].xml", name); err != nil {
			return err
		}
	}
	for _, f := range p.files {
		name := Resolve("", f.Name)
		var err error
		switch {
		case p.removed[name]:
		case p.set[name] != nil:
			err = p.create(z, f.Name, name)
		case p.rewrite[name] != nil:
			err = p.stream(z, f.Name, name)
		default:
			err = z.Copy(f)
		}
		if err != nil {
			return err
		}
	}
	for _, name := range p.added {
		if Resolve("", name) == typesPart {
			continue
		}
		if err := p.create(z, name, Resolve("", name)); err != nil {
			return err
		}
	}
	if err := p.ctx.Err(); err != nil {
		return err
	}
	return z.Close()
}

// create writes a part whose content is new, in the encoding that it had.
func (p *Package) create(z *zip.Writer, file, name string) error {
	to, err := z.Create(file)
	if err != nil {
		return err
	}
	if p.parts[name] == nil || p.parts[name].UncompressedSize64 == 0 {
		_, err = to.Write(p.set[name])
		return err
	}
	return p.with(name, func(_ io.Reader, c charset) error { return c.write(to, p.set[name]) })
}

func (c charset) write(w io.Writer, content []byte) error {
	out, err := c(w)
	if err != nil {
		return err
	}
	if _, err := out.Write(content); err != nil {
		return err
	}
	return out.Close()
}

// stream writes a part that changes on the way.
func (p *Package) stream(z *zip.Writer, file, name string) error {
	to, err := z.Create(file)
	if err != nil {
		return err
	}
	return p.with(name, func(r io.Reader, c charset) error {
		out, err := c(to)
		if err != nil {
			return err
		}
		buffered := bufio.NewWriterSize(out, 1<<16)
		if err := p.rewrite[name](r, buffered); err != nil {
			return err
		}
		if err := buffered.Flush(); err != nil {
			return err
		}
		return out.Close()
	})
}

// Err is the error of the context that the package was opened with.
func (p *Package) Err() error { return p.ctx.Err() }

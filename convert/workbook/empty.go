package workbook

import (
	"bufio"
	"bytes"
	"io"
	"sync"
)

// emptyFilter passes a worksheet's XML on without its empty cells and rows: those
// that have an address and nothing but a format. People format whole columns, and
// some programs then write a million rows of nothing, which a byte scan skips ten
// times as fast as an XML decoder reads.
type emptyFilter struct {
	in   *bufio.Reader
	out  []byte // ready to be read
	read int    // of out
	row  []byte // a row's start tag, while nothing in it is worth keeping
	cell []byte // a cell's start tag, while nothing in it is worth keeping
	raw  bool   // pass on everything: there is markup that only a decoder understands
	cut  bool   // in the middle of a text or a tag that is longer than the buffer
	err  error

	lostRow, lostCell []byte // the last row and cell that were dropped, while what comes next may count from them
}

// emptyFilters are kept for the next worksheet, with their buffers.
var emptyFilters = sync.Pool{New: func() any { return &emptyFilter{in: bufio.NewReaderSize(nil, 1<<14)} }}

// newEmptyFilter filters a worksheet's XML. Who is done with it calls release.
func newEmptyFilter(r io.Reader) *emptyFilter {
	f := emptyFilters.Get().(*emptyFilter)
	f.begin(r)
	return f
}

// begin forgets all that was read before, but keeps the buffers.
func (f *emptyFilter) begin(r io.Reader) {
	f.in.Reset(r)
	*f = emptyFilter{in: f.in, out: f.out[:0], row: f.row[:0], cell: f.cell[:0], lostRow: f.lostRow[:0], lostCell: f.lostCell[:0]}
}

// release keeps the buffers, none of which grows beyond that of what is read.
func (f *emptyFilter) release() {
	f.in.Reset(nil)
	emptyFilters.Put(f)
}

func (f *emptyFilter) Read(p []byte) (int, error) {
	if err := f.ready(); err != nil {
		return 0, err
	}
	n := copy(p, f.out[f.read:])
	f.read += n
	return n, nil
}

// ReadByte spares the XML decoder a buffer of its own.
func (f *emptyFilter) ReadByte() (byte, error) {
	if f.read == len(f.out) {
		if err := f.ready(); err != nil {
			return 0, err
		}
	}
	f.read++
	return f.out[f.read-1], nil
}

// ready sees to it that there is something to read.
func (f *emptyFilter) ready() error {
	for f.read == len(f.out) {
		if f.err != nil {
			return f.err
		}
		f.out, f.read = f.out[:0], 0
		f.fill()
	}
	return nil
}

// fill reads on until something is worth keeping.
func (f *emptyFilter) fill() {
	var chunk []byte
	chunk, f.err = f.in.ReadSlice('>')
	whole := f.err == nil && !f.cut
	f.cut = f.err == bufio.ErrBufferFull
	if f.cut {
		f.err = nil
	}
	if f.raw || !whole {
		f.keep(chunk)
		return
	}
	i := bytes.IndexByte(chunk, '<')
	if i < 0 || bytes.Count(chunk[i:], []byte{'"'})%2 == 1 {
		f.keep(chunk)
		return
	}
	text, tag := chunk[:i], chunk[i:]
	blank := len(bytes.TrimSpace(text)) == 0
	switch {
	case bytes.HasPrefix(tag, []byte("<!")):
		f.raw = true
		f.keep(chunk)
	case !blank:
		f.keep(chunk)
	case isTag(tag, "row"):
		f.lostCell = f.lostCell[:0]
		if !hasAddress(tag) {
			f.restore(&f.lostRow)
		}
		switch {
		case !placed(tag):
			f.lostRow = f.lostRow[:0]
			f.keep(chunk)
		case !selfClosed(tag):
			f.keep(nil)
			f.row = append(f.row, tag...)
		default:
			f.lose(&f.lostRow, tag)
		}
	case isTag(tag, "c") && len(f.cell) == 0:
		if !hasAddress(tag) {
			f.restore(&f.lostCell)
		}
		switch {
		case !placed(tag):
			f.lostCell = f.lostCell[:0]
			f.keep(chunk)
		case !selfClosed(tag):
			f.cell = append(f.cell, tag...)
		default:
			f.lose(&f.lostCell, tag)
		}
	case len(f.cell) > 0 && bytes.Equal(tag, []byte("</c>")):
		f.lose(&f.lostCell, f.cell)
		f.cell = f.cell[:0]
	case len(f.row) > 0 && len(f.cell) == 0 && bytes.Equal(tag, []byte("</row>")):
		f.lose(&f.lostRow, f.row)
		f.row = f.row[:0]
	default:
		f.keep(chunk)
	}
}

// keep passes on the chunk and the start tags that it stands in. What comes next counts
// from these.
func (f *emptyFilter) keep(chunk []byte) {
	if len(f.row) > 0 {
		f.lostRow = f.lostRow[:0]
	}
	if len(f.cell) > 0 {
		f.lostCell = f.lostCell[:0]
	}
	f.out = append(append(append(f.out, f.row...), f.cell...), chunk...)
	f.row, f.cell = f.row[:0], f.cell[:0]
}

// lose keeps in mind the start tag of a row or cell that was dropped.
func (f *emptyFilter) lose(last *[]byte, tag []byte) {
	*last = append((*last)[:0], bytes.TrimSuffix(bytes.TrimSuffix(tag, []byte(">")), []byte("/"))...)
}

// restore passes on a row or cell that was dropped after all, empty: what comes next
// has no address and counts from it.
func (f *emptyFilter) restore(last *[]byte) {
	if len(*last) > 0 {
		f.keep(append(*last, "/>"...))
		*last = (*last)[:0]
	}
}

func isTag(tag []byte, name string) bool {
	rest, ok := bytes.CutPrefix(tag, []byte("<"+name))
	return ok && len(rest) > 0 && (rest[0] == ' ' || rest[0] == '>' || rest[0] == '/' || rest[0] == '\t' || rest[0] == '\n' || rest[0] == '\r')
}

func hasAddress(tag []byte) bool { return bytes.Contains(tag, []byte(` r="`)) }

// placed reports whether the row or cell that the tag opens has an address on a sheet.
// Without one it counts by its place among the others, and the reader refuses what is
// beyond the sheet.
func placed(tag []byte) bool {
	_, address, ok := bytes.Cut(tag, []byte(` r="`))
	if !ok {
		return false
	}
	address, _, ok = bytes.Cut(address, []byte{'"'})
	if !ok {
		return false
	}
	row, column := 0, 0
	for _, c := range address {
		switch {
		case c >= 'A' && c <= 'Z':
			column = column*26 + int(c-'A') + 1
		case c >= '0' && c <= '9':
			row = row*10 + int(c-'0')
		default:
			return false
		}
		if row > maxRow || column > maxColumn {
			return false
		}
	}
	return true
}

func selfClosed(tag []byte) bool { return bytes.HasSuffix(tag, []byte("/>")) }

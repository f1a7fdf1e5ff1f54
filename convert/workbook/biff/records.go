package biff

import (
	"context"
	"encoding/binary"
	"io"
)

// The records that are read, by the names that [MS-XLS] gives them.
const (
	recFormula          = 0x0006
	recFormula3         = 0x0206 // some programs write the numbers of BIFF3 and 4
	recFormula4         = 0x0406
	recEOF              = 0x000A
	recHeader           = 0x0014
	recFooter           = 0x0015
	recExternSheet      = 0x0017
	recName             = 0x0018
	recNote             = 0x001C
	recDate1904         = 0x0022
	recLeftMargin       = 0x0026 // and right, top, bottom
	recBottomMargin     = 0x0029
	recFilePass         = 0x002F
	recFont             = 0x0031
	recContinue         = 0x003C
	recCodePage         = 0x0042
	recDefColWidth      = 0x0055
	recObj              = 0x005D
	recColInfo          = 0x007D
	recWsBool           = 0x0081
	recHCenter          = 0x0083
	recVCenter          = 0x0084
	recBoundSheet       = 0x0085
	recPalette          = 0x0092
	recStandardWidth    = 0x0099
	recSetup            = 0x00A1
	recMulRk            = 0x00BD
	recMulBlank         = 0x00BE
	recRString          = 0x00D6
	recXF               = 0x00E0
	recMergeCells       = 0x00E5
	recMsoDrawing       = 0x00EC
	recSST              = 0x00FC
	recLabelSST         = 0x00FD
	recCondFmt          = 0x01B0
	recSupBook          = 0x01AE
	recTxO              = 0x01B6
	recHLink            = 0x01B8
	recDV               = 0x01BE
	recBlank            = 0x0201
	recNumber           = 0x0203
	recLabel            = 0x0204
	recBoolErr          = 0x0205
	recString           = 0x0207
	recRow              = 0x0208
	recDefaultRowHeight = 0x0225
	recRK               = 0x027E
	recFormat           = 0x041E
	recShrFmla          = 0x04BC
	recBOF              = 0x0809
	recCondFmt12        = 0x0879
)

// record is a record as it stands in the stream.
type record struct {
	id   uint16
	data []byte
}

// records goes through the records of a stream.
type records struct {
	ctx    context.Context
	book   *Book
	stream []byte
	at     int
	count  int
}

// next is the record at hand; io.EOF where the stream ends.
func (r *records) next() (record, error) {
	if r.count++; r.count%1024 == 0 {
		if err := r.ctx.Err(); err != nil {
			return record{}, err
		}
	}
	left := r.stream[r.at:]
	if len(left) < 4 {
		return record{}, io.EOF
	}
	rec := record{id: binary.LittleEndian.Uint16(left)}
	size := int(binary.LittleEndian.Uint16(left[2:]))
	if rec.id == 0 && size == 0 { // what a stream is filled up with
		return record{}, io.EOF
	}
	if size > len(left)-4 {
		return record{}, damaged("a record of %d bytes where %d are left", size, len(left)-4)
	}
	rec.data = left[4 : 4+size]
	r.at += 4 + size
	if r.book.walked += 4 + size; r.book.walked > len(r.stream) {
		return record{}, damaged("sheets lie over one another")
	}
	return rec, nil
}

// continued is a record with those that continue it.
func (r *records) continued(first []byte) (*chain, error) {
	c := &chain{parts: [][]byte{first}}
	for {
		if left := r.stream[r.at:]; len(left) < 4 || binary.LittleEndian.Uint16(left) != recContinue {
			return c, nil
		}
		rec, err := r.next()
		if err != nil {
			return nil, err
		}
		c.parts = append(c.parts, rec.data)
	}
}

// fields reads the fields of a record one after another. Beyond its end all are 0
// and short is set.
type fields struct {
	left  []byte
	short bool
}

func (f *fields) take(n int) []byte {
	if n < 0 || n > len(f.left) {
		f.short, f.left = true, nil
		return nil
	}
	b := f.left[:n]
	f.left = f.left[n:]
	return b
}

func (f *fields) u8() int {
	if b := f.take(1); b != nil {
		return int(b[0])
	}
	return 0
}

func (f *fields) u16() int {
	if b := f.take(2); b != nil {
		return int(binary.LittleEndian.Uint16(b))
	}
	return 0
}

func (f *fields) u32() uint32 {
	if b := f.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (f *fields) u64() uint64 {
	if b := f.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

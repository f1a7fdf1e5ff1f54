package report

import (
	"encoding/binary"
	"slices"

	"github.com/shopspring/decimal"
)

// Pack makes of a report, all but its pictures, some kilobytes without pointers: who
// holds the reports of a hundred thousand bodies packs them, so that neither the memory
// nor the garbage collector feels them.
func Pack(r *Report) []byte {
	c := codec{}
	c.report(r)
	return slices.Clip(c.packed)
}

// Unpack makes a report of what [Pack] made, and of nothing else. All its strings are parts
// of one.
func Unpack(packed []byte) *Report {
	c := codec{text: string(packed), packed: packed, reads: true}
	r := &Report{}
	c.report(r)
	return r
}

// codec walks over a report and writes or reads all that it meets, so that both agree.
type codec struct {
	packed []byte // so far, or what is left
	text   string // of all that is read: its strings are parts of it
	reads  bool
	sheet  string // of the cell before
}

func (c *codec) report(r *Report) {
	c.string(&r.Form)
	c.int(&r.Year)
	c.string(&r.Organization)
	c.string(&r.Part)
	c.string(&r.Title)
	c.paragraphs(&r.Preamble)
	list(c, &r.Sections, func(s *Section) {
		c.string(&s.Key)
		c.cell(&s.Heading)
		c.bool(&s.Found)
		c.paragraphs(&s.Paragraphs)
	})
	list(c, &r.Tables, func(t *Table) {
		c.string(&t.Key)
		c.bool(&t.Found)
		c.cell(&t.Cell)
		list(c, &t.Rows, func(row *Row) {
			c.string(&row.Key)
			c.cell(&row.Label)
			list(c, &row.Figures, func(f *Figure) {
				c.string(&f.Column)
				c.number(&f.Value)
				c.cell(&f.Cell)
			})
		})
	})
	c.string(&r.Signature.Organization)
	c.string(&r.Signature.Date)
	sum := r.Sum != nil
	if c.bool(&sum); sum {
		if c.reads {
			r.Sum = &Sum{}
		}
		list(c, &r.Sum.Bodies, c.string)
		list(c, &r.Sum.LeftOut, func(x *Excluded) {
			c.string(&x.Organization)
			c.string(&x.File)
			c.string(&x.Why)
		})
	}
	list(c, &r.Notes, func(n *Note) {
		c.int((*int)(&n.Kind))
		c.string(&n.Path.Table)
		c.string(&n.Path.Row)
		c.string(&n.Path.Column)
		list(c, &n.Cells, c.cell)
		c.string(&n.Text)
		c.string(&n.Read)
		c.int((*int)(&n.Why))
	})
}

func (c *codec) paragraphs(ps *[]Paragraph) {
	list(c, ps, func(p *Paragraph) {
		c.string(&p.Text)
		c.cell(&p.Cell)
	})
}

// list walks over the elements of a list. One that is nil stays nil.
func list[T any](c *codec, all *[]T, one func(*T)) {
	n := 0
	if *all != nil {
		n = len(*all) + 1
	}
	if c.int(&n); c.reads && n > 0 {
		*all = make([]T, n-1)
	}
	for i := range *all {
		one(&(*all)[i])
	}
}

func (c *codec) int(n *int) {
	if !c.reads {
		c.packed = binary.AppendVarint(c.packed, int64(*n))
		return
	}
	v, size := binary.Varint(c.packed)
	*n, c.packed = int(v), c.packed[size:]
}

func (c *codec) bool(b *bool) {
	n := 0
	if *b {
		n = 1
	}
	c.int(&n)
	*b = n == 1
}

func (c *codec) string(s *string) {
	n := len(*s)
	if c.int(&n); !c.reads {
		c.packed = append(c.packed, *s...)
		return
	}
	at := len(c.text) - len(c.packed)
	*s, c.packed = c.text[at:at+n], c.packed[n:]
}

// cell does not repeat the sheet of the cell before.
func (c *codec) cell(cell *Cell) {
	same := cell.Sheet == c.sheet
	if c.bool(&same); same {
		cell.Sheet = c.sheet
	} else {
		c.string(&cell.Sheet)
	}
	c.sheet = cell.Sheet
	c.int(&cell.Row)
	c.int(&cell.Column)
}

// number writes short whole numbers as such, and others by their value.
func (c *codec) number(v *Number) {
	const blank, whole, other = 0, 1, 2
	kind, n := blank, 0
	switch {
	case !v.ok:
	case v.d.Exponent() == 0 && v.d.NumDigits() < 10:
		kind, n = whole, int(v.d.IntPart())
	default:
		kind = other
	}
	switch c.int(&kind); kind {
	case whole:
		if c.int(&n); c.reads {
			*v = Int(int64(n))
		}
	case other:
		s := ""
		if !c.reads {
			s = v.d.String()
		}
		if c.string(&s); c.reads {
			*v = Decimal(decimal.RequireFromString(s))
		}
	}
}

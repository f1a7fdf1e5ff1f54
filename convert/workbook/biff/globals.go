package biff

import "io"

// boundSheet is what the workbook says of a sheet.
type boundSheet struct {
	name   string
	at     int // where in the stream its records begin
	hidden bool
	kind   int
}

// worksheet is the kind of a sheet that has cells.
const worksheet = 0

// Font is a font as a cell or a part of its text is shown in.
type Font struct {
	Name      string
	Points    float64
	Bold      bool
	Italic    bool
	Underline bool
	Strike    bool
	Script    int // 1 raised, 2 lowered
	Colour    int // an index; see Book.Colour
}

// Border is a line at a side of a cell.
type Border struct {
	Style  int // 0 none, 1 thin, 2 medium … as [MS-XLS] numbers them and OOXML orders them
	Colour int // an index; see Book.Colour
}

// XF is the format of a cell.
type XF struct {
	Font                     int // an index into Book.Fonts
	Format                   int // the number of its number format; see Book.FormatOf
	Horizontal               int // 0 general, 1 left, 2 centre, 3 right, 4 fill, 5 justify, 6 centre across, 7 distributed
	Vertical                 int // 0 top, 1 centre, 2 bottom, 3 justify, 4 distributed
	Wrap                     bool
	Shrink                   bool
	Indent                   int
	Rotation                 int // degrees upwards, 91 and more downwards, 255 stacked
	Left, Right, Top, Bottom Border
	Pattern                  int // 0 none, 1 solid …
	Fore, Back               int // colours of the pattern, indexes; a solid one shows Fore
}

// FormatOf is the number format with a number: its code, or "" where it is one of
// those built into the program, which the number says.
func (b *Book) FormatOf(format int) (code string) { return b.formats[format] }

// begin reads the record that a workbook begins with, which says its version.
func (b *Book) begin(r *records) error {
	rec, err := r.next()
	if err == io.EOF {
		return damaged("the workbook is empty")
	}
	if err != nil {
		return err
	}
	if rec.id != recBOF {
		switch rec.id {
		case 0x0009, 0x0209, 0x0409:
			return ErrVersion
		}
		return damaged("it begins with record %#x", rec.id)
	}
	b.Version = 8
	if f := (fields{left: rec.data}); f.u16() != 0x0600 {
		b.Version = 5
	}
	return nil
}

// readGlobals reads what stands in front of the sheets.
func (b *Book) readGlobals(r *records) error {
	if err := b.begin(r); err != nil {
		return err
	}
	var bounds [][]byte
	for {
		rec, err := r.next()
		if err == io.EOF {
			break
		}
		if err != nil {
			return err
		}
		f := &fields{left: rec.data}
		switch rec.id {
		case recEOF:
			return b.readBounds(bounds)
		case recFilePass:
			return ErrEncrypted
		case recCodePage:
			b.decode = codePage(f.u16())
		case recDate1904:
			b.From1904 = f.u16() == 1
		case recBoundSheet:
			bounds = append(bounds, rec.data)
		case recName:
			b.Names++
		case recSupBook:
			b.readExternalBook(f)
		case recExternSheet:
			var c *chain
			if c, err = r.continued(rec.data); err == nil {
				b.readExternals(c)
			}
		case recFont:
			err = b.readFont(f)
		case recFormat:
			err = b.readFormat(f)
		case recXF:
			b.readXF(f)
		case recPalette:
			for i := range min(f.u16(), 56) {
				if c := f.take(4); c != nil {
					b.Palette[8+i] = RGB{c[0], c[1], c[2]}
				}
			}
		case recSST:
			var c *chain
			if c, err = r.continued(rec.data); err == nil {
				err = b.readStrings(c)
			}
		}
		if err != nil {
			return err
		}
	}
	return b.readBounds(bounds)
}

// readBounds reads the list of sheets, last, when the code page is known.
func (b *Book) readBounds(all [][]byte) error {
	for _, data := range all {
		f := &fields{left: data}
		at, state, kind := f.u32(), f.u8(), f.u8()
		name, err := b.shortString(f, 1)
		if err != nil {
			return err
		}
		if int64(at) > int64(b.limits.Stream) {
			return damaged("sheet %s begins beyond the end", name)
		}
		b.bounds = append(b.bounds, boundSheet{name, int(at), state&3 != 0, kind})
	}
	if len(b.bounds) == 0 {
		return damaged("the workbook has no sheets")
	}
	return nil
}

func (b *Book) readFont(f *fields) error {
	height, flags, colour, weight, script, underline := f.u16(), f.u16(), f.u16(), f.u16(), f.u16(), f.u8()
	f.take(3)
	name, err := b.lookString(f, 1)
	b.Fonts = append(b.Fonts, Font{
		Name: name, Points: float64(height) / 20, Bold: weight >= 600, Italic: flags&2 != 0, Strike: flags&8 != 0,
		Underline: underline != 0, Script: script, Colour: colour,
	})
	return err
}

// lookString reads a string that only says how a cell looks; one that breaks off, as
// some programs write them, is none.
func (b *Book) lookString(f *fields, size int) (string, error) {
	s, err := b.shortString(f, size)
	if _, broken := err.(*DamagedError); broken {
		return "", nil
	}
	return s, err
}

// fontIndex is the place of the font that a file gives a number: there is no fourth.
func fontIndex(n int) int {
	if n > 4 {
		return n - 1
	}
	return n
}

func (b *Book) readFormat(f *fields) error {
	number, size := f.u16(), 1
	if b.Version == 8 {
		size = 2
	}
	code, err := b.lookString(f, size)
	if err == nil && code != "" {
		b.formats[number] = code
	}
	return err
}

// bits are n bits of a field from the given one on.
func bits(v uint32, from, n int) int { return int(v >> from & (1<<n - 1)) }

func (b *Book) readXF(f *fields) {
	x := XF{Font: fontIndex(f.u16()), Format: f.u16()}
	f.u16() // protection, and the style that it is after
	align := uint32(f.u8())
	x.Horizontal, x.Wrap, x.Vertical = bits(align, 0, 3), bits(align, 3, 1) == 1, bits(align, 4, 3)
	if b.Version == 8 {
		x.Rotation = f.u8()
		indent := uint32(f.u8())
		x.Indent, x.Shrink = bits(indent, 0, 4), bits(indent, 4, 1) == 1
		f.u8() // which of these differ from the style's
		sides, more, colours := f.u32(), f.u32(), uint32(f.u16())
		x.Left = Border{bits(sides, 0, 4), bits(sides, 16, 7)}
		x.Right = Border{bits(sides, 4, 4), bits(sides, 23, 7)}
		x.Top = Border{bits(sides, 8, 4), bits(more, 0, 7)}
		x.Bottom = Border{bits(sides, 12, 4), bits(more, 7, 7)}
		x.Pattern, x.Fore, x.Back = bits(more, 26, 6), bits(colours, 0, 7), bits(colours, 7, 7)
	} else {
		x.Rotation = []int{0, 255, 90, 180}[f.u8()&3]
		area, sides := f.u32(), f.u32()
		x.Fore, x.Back, x.Pattern = bits(area, 0, 7), bits(area, 7, 7), bits(area, 16, 6)
		x.Bottom = Border{bits(area, 22, 3), bits(area, 25, 7)}
		x.Top = Border{bits(sides, 0, 3), bits(sides, 9, 7)}
		x.Left = Border{bits(sides, 3, 3), bits(sides, 16, 7)}
		x.Right = Border{bits(sides, 6, 3), bits(sides, 23, 7)}
	}
	b.XFs = append(b.XFs, x)
}

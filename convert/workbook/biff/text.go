package biff

import (
	"unicode/utf16"
	"unicode/utf8"
)

// chain is a record with those that continue it. Characters that go on in the next
// record have their width said anew there; other bytes just go on.
type chain struct {
	parts [][]byte
	part  int // the one at hand
	units []uint16
}

// more goes to the next part that holds something; false at the end.
func (c *chain) more() bool {
	for c.part < len(c.parts) && len(c.parts[c.part]) == 0 {
		c.part++
	}
	return c.part < len(c.parts)
}

// bytes takes n bytes; nil where there are not so many left.
func (c *chain) bytes(n int) []byte {
	if !c.more() {
		return nil
	}
	if p := c.parts[c.part]; len(p) >= n {
		c.parts[c.part] = p[n:]
		return p[:n]
	}
	var b []byte
	for len(b) < n {
		if !c.more() {
			return nil
		}
		p := c.parts[c.part]
		k := min(n-len(b), len(p))
		b = append(b, p[:k]...)
		c.parts[c.part] = p[k:]
	}
	return b
}

// skip passes over n bytes, or what is left.
func (c *chain) skip(n int64) {
	for n > 0 && c.more() {
		p := c.parts[c.part]
		k := min(n, int64(len(p)))
		c.parts[c.part] = p[k:]
		n -= k
	}
}

// chars takes n characters, as UTF-16 counts them, of two bytes each or, if they are
// not wide, of the low byte alone.
func (c *chain) chars(n int, wide bool) ([]uint16, bool) {
	c.units = c.units[:0]
	for n > 0 {
		if c.part < len(c.parts) && len(c.parts[c.part]) == 0 {
			if c.part++; !c.more() {
				return nil, false
			}
			wide = c.parts[c.part][0]&1 != 0
			c.parts[c.part] = c.parts[c.part][1:]
			continue
		}
		if c.part >= len(c.parts) {
			return nil, false
		}
		p := c.parts[c.part]
		if !wide {
			k := min(n, len(p))
			for _, b := range p[:k] {
				c.units = append(c.units, uint16(b))
			}
			c.parts[c.part], n = p[k:], n-k
			continue
		}
		k := min(n, len(p)/2)
		if k == 0 { // half a character
			return nil, false
		}
		for i := range k {
			c.units = append(c.units, uint16(p[2*i])|uint16(p[2*i+1])<<8)
		}
		c.parts[c.part], n = p[2*k:], n-k
	}
	return c.units, true
}

// The flags of a string.
const (
	wideFlag     = 1 << 0 // two bytes a character
	phoneticFlag = 1 << 2 // how it is read follows
	richFlag     = 1 << 3 // runs of fonts follow
)

// shared is a string with its runs.
type shared struct {
	text string
	runs []Run
}

// rich takes a string of n characters with its flags, its runs and, which is not
// kept, how it is read aloud. False where it breaks off.
func (c *chain) rich(n int) (shared, bool) {
	head := c.bytes(1)
	if head == nil {
		return shared{}, false
	}
	flags, runs, phonetic := head[0], 0, int64(0)
	if flags&richFlag != 0 {
		b := c.bytes(2)
		if b == nil {
			return shared{}, false
		}
		runs = int(b[0]) | int(b[1])<<8
	}
	if flags&phoneticFlag != 0 {
		b := c.bytes(4)
		if b == nil {
			return shared{}, false
		}
		phonetic = int64(b[0]) | int64(b[1])<<8 | int64(b[2])<<16 | int64(b[3])<<24
	}
	units, ok := c.chars(n, flags&wideFlag != 0)
	if !ok {
		return shared{}, false
	}
	s := shared{text: string(utf16.Decode(units))}
	if runs > 0 {
		s.runs = c.runs(runs, units)
	}
	c.skip(phonetic)
	return s, true
}

// runs takes the runs of a text.
func (c *chain) runs(n int, units []uint16) []Run {
	var runs []Run
	unit, at := 0, 0
	for range n {
		b := c.bytes(4)
		if b == nil {
			break
		}
		start, font := int(b[0])|int(b[1])<<8, int(b[2])|int(b[3])<<8
		if start < unit || start >= len(units) { // out of order, or for the text's end
			continue
		}
		for unit < start {
			r := rune(units[unit])
			if unit++; utf16.IsSurrogate(r) {
				r = utf8.RuneError
				if unit < len(units) {
					if pair := utf16.DecodeRune(rune(units[unit-1]), rune(units[unit])); pair != utf8.RuneError {
						r = pair
						unit++
					}
				}
			}
			at += utf8.RuneLen(r)
		}
		runs = append(runs, Run{at, fontIndex(font)})
	}
	return runs
}

// unicodeString is the string of n characters that a record ends with, and what follows it.
func (b *Book) unicodeString(c *chain, n int) (string, error) {
	s, ok := c.rich(n)
	if !ok {
		return "", damaged("a string breaks off")
	}
	return s.text, b.keepText(s.text)
}

// shortString reads the string at the end of a record that begins with its
// length, of size 1 or 2: in characters with flags or, before BIFF8, in bytes.
func (b *Book) shortString(f *fields, size int) (string, error) {
	n := 0
	if size == 1 {
		n = f.u8()
	} else {
		n = f.u16()
	}
	if b.Version == 8 {
		return b.unicodeString(&chain{parts: [][]byte{f.left}}, n)
	}
	s := b.decode(f.take(n))
	if f.short {
		return "", damaged("a string breaks off")
	}
	return s, b.keepText(s)
}

// readStrings reads the shared strings. How many there are said to be is not relied
// on: a cell whose string is missing says so.
func (b *Book) readStrings(c *chain) error {
	c.skip(8) // how often they are used, how many there are
	for c.more() {
		head := c.bytes(2)
		if head == nil {
			break
		}
		s, ok := c.rich(int(head[0]) | int(head[1])<<8)
		if !ok {
			break
		}
		if err := b.keepText(s.text); err != nil {
			return err
		}
		if len(b.strings) >= b.limits.Cells {
			return &LimitError{"cells", int64(b.limits.Cells)}
		}
		b.strings = append(b.strings, s)
	}
	return nil
}

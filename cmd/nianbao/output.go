package main

import (
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// output is where results are printed. It knows whether they all arrived: what is cut
// off must not pass for all there is. Of the names and texts of others it prints no
// character that a terminal would obey.
type output struct {
	io.Writer
	err error // of the first write that failed; nothing is written after it
}

func (o *output) Write(p []byte) (int, error) {
	if _, err := o.raw(visible(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// raw writes the bytes as they are: of a PDF, say.
func (o *output) raw(p []byte) (int, error) {
	if o.err != nil {
		return 0, o.err
	}
	n, err := o.Writer.Write(p)
	o.err = err
	return n, err
}

// rawOutput writes to an output as it is.
type rawOutput struct{ *output }

func (o rawOutput) Write(p []byte) (int, error) { return o.raw(p) }

// escape stands in our own texts for what begins a colour: names hold no NUL.
const escape = "\x00"

// visible is a text with the characters written out that move the cursor, turn the
// direction of writing or end a line where none ends: as JSON writes them, so that JSON
// stays what it is. The colours are ours.
func visible(p []byte) []byte {
	if isPlain(p) {
		return p
	}
	out := make([]byte, 0, len(p)+32)
	for len(p) > 0 {
		r, n := utf8.DecodeRune(p)
		switch {
		case r == utf8.RuneError && n == 1:
			out = fmt.Appendf(out, `\x%02x`, p[0])
		case string(p[:n]) == escape:
			out = append(out, '\x1b')
		case obeyed(r):
			out = fmt.Appendf(out, `\u%04x`, r)
		default:
			out = append(out, p[:n]...)
		}
		p = p[n:]
	}
	return out
}

// isPlain reports whether nothing needs to be written out, as is so mostly.
func isPlain(p []byte) bool {
	for len(p) > 0 {
		r, n := utf8.DecodeRune(p)
		if r == utf8.RuneError && n == 1 || obeyed(r) {
			return false
		}
		p = p[n:]
	}
	return true
}

// obeyed reports whether a terminal obeys a character instead of showing it.
func obeyed(r rune) bool {
	switch {
	case r == '\n', r == '\t':
		return false
	case unicode.IsControl(r), r == 0x2028, r == 0x2029:
		return true
	}
	return unicode.Is(unicode.Bidi_Control, r)
}

// oneLine is a name with its line ends written out, as a file's may have some.
func oneLine(name string) string {
	return strings.NewReplacer("\n", `\n`, "\r", `\r`).Replace(name)
}

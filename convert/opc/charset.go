package opc

import (
	"bytes"
	"io"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// charsetOf is the encoding that a part begins in and its byte order mark; nil is
// UTF-8.
func charsetOf(head []byte) (e encoding.Encoding, mark []byte) {
	little := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	big := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	for _, c := range []struct {
		begin string
		mark  int
		e     encoding.Encoding
	}{{"\xEF\xBB\xBF", 3, nil}, {"\xFF\xFE", 2, little}, {"\xFE\xFF", 2, big}, {"<\x00", 0, little}, {"\x00<", 0, big}} {
		if bytes.HasPrefix(head, []byte(c.begin)) {
			return c.e, head[:c.mark]
		}
	}
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return nil, nil
	}
	n := markup(head)
	if n == 0 {
		return nil, nil
	}
	named := Tag(head[:n]).Attr("encoding")
	if len(named) == 0 || bytes.HasPrefix(bytes.ToLower(named), []byte("utf")) {
		return nil, nil
	}
	e, err := htmlindex.Get(string(named))
	if err != nil {
		return nil, nil
	}
	return e, nil
}

// decoded reads a part as UTF-8, without its byte order mark.
func decoded(r io.Reader, e encoding.Encoding, mark []byte) (io.Reader, error) {
	if _, err := io.CopyN(io.Discard, r, int64(len(mark))); err != nil {
		return nil, err
	}
	if e == nil {
		return r, nil
	}
	return transform.NewReader(r, e.NewDecoder()), nil
}

// encoded writes a part as it was encoded, byte order mark first. What the encoding
// lacks becomes a character reference.
func encoded(w io.Writer, e encoding.Encoding, mark []byte) (io.WriteCloser, error) {
	if _, err := w.Write(mark); err != nil {
		return nil, err
	}
	if e == nil {
		return nopCloser{w}, nil
	}
	return transform.NewWriter(w, encoding.HTMLEscapeUnsupported(e.NewEncoder())), nil
}

type nopCloser struct{ io.Writer }

func (nopCloser) Close() error { return nil }

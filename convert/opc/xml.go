package opc

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

// Split is a [bufio.SplitFunc] that cuts XML into its markup, each piece from < to
// >, and the text between, which may come in several pieces. Put together again,
// the pieces are the XML byte for byte.
func Split(data []byte, atEOF bool) (advance int, token []byte, err error) {
	if len(data) == 0 {
		return 0, nil, nil
	}
	if data[0] != '<' {
		i := bytes.IndexByte(data, '<')
		if i < 0 {
			i = len(data)
		}
		return i, data[:i], nil
	}
	n := markup(data)
	switch {
	case n > 0:
		return n, data[:n:n], nil
	case atEOF:
		return 0, nil, io.ErrUnexpectedEOF
	}
	return 0, nil, nil
}

// markup is the length of the markup that data begins with, 0 when it does not end
// in it.
func markup(data []byte) int {
	for _, m := range []struct{ begin, end string }{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		switch {
		case bytes.HasPrefix(data, []byte(m.begin)):
			if i := bytes.Index(data[len(m.begin):], []byte(m.end)); i >= 0 {
				return len(m.begin) + i + len(m.end)
			}
			return 0
		case data[1:] != nil && len(data) < len(m.begin) && strings.HasPrefix(m.begin, string(data)):
			return 0
		}
	}
	inside := 0 // brackets of a document type
	for i := 1; i < len(data); i++ {
		switch c := data[i]; {
		case c == '>' && inside <= 0:
			return i + 1
		case c == '"' || c == '\'':
			k := bytes.IndexByte(data[i+1:], c)
			if k < 0 {
				return 0
			}
			i += k + 1
		case data[1] == '!' && c == '[':
			inside++
		case data[1] == '!' && c == ']':
			inside--
		}
	}
	return 0
}

// Tag is a piece of markup as it stands in the XML: a start tag, an end tag, or the
// tag of an element without content.
type Tag []byte

// IsTag reports whether a piece of XML is a tag and neither text nor a comment or
// the like.
func IsTag(piece []byte) bool {
	return len(piece) > 2 && piece[0] == '<' && piece[1] != '!' && piece[1] != '?'
}

// Ends reports whether it is an end tag.
func (t Tag) Ends() bool { return t[1] == '/' }

// Empty reports whether it is the tag of an element without content.
func (t Tag) Empty() bool { return len(t) > 2 && t[len(t)-2] == '/' && t[1] != '/' }

// Name is the element's name with its prefix.
func (t Tag) Name() []byte {
	i := 1
	if t[1] == '/' {
		i = 2
	}
	k := i
	for k < len(t) && !space(t[k]) && t[k] != '>' && t[k] != '/' {
		k++
	}
	return t[i:k]
}

// Local is the element's name without its prefix.
func (t Tag) Local() []byte { return local(t.Name()) }

// Prefix is what stands before the element's local name, its colon included.
func (t Tag) Prefix() []byte {
	n := t.Name()
	return n[:len(n)-len(local(n))]
}

func local(name []byte) []byte { return name[bytes.IndexByte(name, ':')+1:] }

func space(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// attribute is where an attribute stands in its tag: name, and value without its
// quotation marks.
type attribute struct{ name, nameEnd, value, valueEnd int }

// next finds the attribute that follows from i on.
func (t Tag) next(i int) (a attribute, ok bool) {
	for i < len(t) && space(t[i]) {
		i++
	}
	a.name = i
	for i < len(t) && !space(t[i]) && t[i] != '=' && t[i] != '>' && t[i] != '/' {
		i++
	}
	a.nameEnd = i
	for i < len(t) && space(t[i]) {
		i++
	}
	if i >= len(t) || t[i] != '=' || a.name == a.nameEnd {
		return a, false
	}
	for i++; i < len(t) && space(t[i]); i++ {
	}
	if i >= len(t) || t[i] != '"' && t[i] != '\'' {
		return a, false
	}
	k := bytes.IndexByte(t[i+1:], t[i])
	if k < 0 {
		return a, false
	}
	a.value, a.valueEnd = i+1, i+1+k
	return a, true
}

func (t Tag) find(name string) (attribute, bool) {
	for i := 1 + len(t.Name()); ; {
		a, ok := t.next(i)
		if !ok || string(local(t[a.name:a.nameEnd])) == name && !bytes.HasPrefix(t[a.name:], []byte("xmlns")) {
			return a, ok
		}
		i = a.valueEnd + 1
	}
}

// Attr is the value of the attribute with the given local name, as it stands in the
// XML; nil when there is none.
func (t Tag) Attr(name string) []byte {
	a, ok := t.find(name)
	if !ok {
		return nil
	}
	return t[a.value:a.valueEnd:a.valueEnd]
}

// PrefixOf is the prefix, with its colon, that the tag declares for a namespace.
func (t Tag) PrefixOf(space string) (prefix string, ok bool) {
	for i := 1 + len(t.Name()); ; {
		a, ok := t.next(i)
		if !ok {
			return "", false
		}
		if name := string(t[a.name:a.nameEnd]); strings.HasPrefix(name, "xmlns:") && Unescape(string(t[a.value:a.valueEnd])) == space {
			return name[len("xmlns:"):] + ":", true
		}
		i = a.valueEnd + 1
	}
}

// With is the tag with an attribute of the given local name set. value is text.
func (t Tag) With(name, value string) Tag {
	value = Escape(value)
	if a, ok := t.find(name); ok {
		return Tag(string(t[:a.value]) + value + string(t[a.valueEnd:]))
	}
	end := len(t) - 1
	if t.Empty() {
		end--
	}
	for space(t[end-1]) {
		end--
	}
	return Tag(string(t[:end]) + " " + name + `="` + value + `"` + string(t[end:]))
}

// Without is the tag without the attribute.
func (t Tag) Without(name string) Tag {
	a, ok := t.find(name)
	if !ok {
		return t
	}
	from := a.name
	for space(t[from-1]) {
		from--
	}
	return Tag(string(t[:from]) + string(t[a.valueEnd+1:]))
}

// Opened is the tag of an element without content as a start tag.
func (t Tag) Opened() Tag {
	if !t.Empty() {
		return t
	}
	return Tag(string(t[:len(t)-2]) + ">")
}

// Escape makes XML of a text; what no XML can hold becomes a replacement character.
func Escape(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' || strings.ContainsRune(`<>&"`, r) }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\n':
			b.WriteString("&#10;")
		case r == '\r', r == '\t', r >= ' ' && r != 0xFFFE && r != 0xFFFF:
			b.WriteRune(r)
		default:
			b.WriteRune(utf8.RuneError)
		}
	}
	return b.String()
}

// Unescape is the text that a piece of XML without markup stands for. References
// that XML does not know stay as they are.
func Unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '&')
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		k := strings.IndexByte(s[:min(len(s), 12)], ';')
		if k < 0 {
			b.WriteByte('&')
			s = s[1:]
			continue
		}
		if r, err := reference(s[1:k]); err == nil {
			b.WriteRune(r)
		} else {
			b.WriteString(s[:k+1])
		}
		s = s[k+1:]
	}
	return b.String() + s
}

func reference(name string) (rune, error) {
	switch name {
	case "lt":
		return '<', nil
	case "gt":
		return '>', nil
	case "amp":
		return '&', nil
	case "quot":
		return '"', nil
	case "apos":
		return '\'', nil
	}
	digits, base := strings.TrimPrefix(name, "#"), rune(10)
	if strings.HasPrefix(digits, "x") {
		digits, base = digits[1:], 16
	}
	var r rune
	for _, c := range strings.ToLower(digits) {
		d := strings.IndexRune("0123456789abcdef", c)
		if r = r*base + rune(d); d < 0 || rune(d) >= base || r > utf8.MaxRune {
			return 0, errReference
		}
	}
	if digits == "" || len(digits) == len(name) || !utf8.ValidRune(r) {
		return 0, errReference
	}
	return r, nil
}

var errReference = errors.New("no such reference")

package opc

import (
	"errors"
	"fmt"
	"strings"
)

// Element is an element of a part with the place where it stands.
type Element struct {
	Name     string // with its prefix
	Space    string // its namespace
	Children []*Element
	// The element reaches from Start to End, its content from Inner to InnerEnd: for
	// an element without content both are End.
	Start, Inner, InnerEnd, End int

	src    []byte
	parent *Element
	spaces map[string]string // that the element itself declares, by prefix
}

// The bounds of what is parsed into a tree.
const (
	maxDepth    = 200
	maxElements = 4_000_000
)

var (
	errNested   = errors.New("nested too deeply")
	errElements = errors.New("too many elements")
)

// Parse reads XML into a tree and returns its root. Of an element that was never
// closed it is forgiving, as VML asks for: it ends where the one around it does.
func Parse(src []byte) (*Element, error) {
	var root, now *Element
	depth, n := 0, 0
	for at := 0; at < len(src); {
		size, piece, err := Split(src[at:], true)
		if err != nil {
			return nil, err
		}
		from := at
		at += size
		if !IsTag(piece) {
			continue
		}
		t := Tag(piece)
		if t.Ends() {
			open := now
			for open != nil && open.Name != string(t.Name()) {
				open = open.parent
			}
			if open == nil {
				continue
			}
			for ; now != open; now = now.parent {
				now.InnerEnd, now.End = from, from
				depth--
			}
			now.InnerEnd, now.End = from, at
			now = now.parent
			depth--
			continue
		}
		e := &Element{Name: string(t.Name()), Start: from, Inner: at, InnerEnd: at, End: at, src: src, parent: now}
		e.declare(t)
		e.Space = e.namespace(string(t.Prefix()))
		switch {
		case now != nil:
			now.Children = append(now.Children, e)
		case root == nil:
			root = e
		default:
			return nil, errors.New("more than one root")
		}
		if n++; n > maxElements {
			return nil, errElements
		}
		if !t.Empty() {
			now = e
			if depth++; depth > maxDepth {
				return nil, errNested
			}
		}
	}
	switch {
	case root == nil:
		return nil, errors.New("no element")
	case now != nil:
		return nil, fmt.Errorf("%s is not closed", now.Name)
	}
	return root, nil
}

// declare keeps the namespaces that a tag declares.
func (e *Element) declare(t Tag) {
	for i := 1 + len(t.Name()); ; {
		a, ok := t.next(i)
		if !ok {
			return
		}
		if name := string(t[a.name:a.nameEnd]); name == "xmlns" || strings.HasPrefix(name, "xmlns:") {
			if e.spaces == nil {
				e.spaces = map[string]string{}
			}
			prefix := ""
			if name != "xmlns" {
				prefix = name[6:] + ":"
			}
			e.spaces[prefix] = Unescape(string(t[a.value:a.valueEnd]))
		}
		i = a.valueEnd + 1
	}
}

func (e *Element) namespace(prefix string) string {
	for ; e != nil; e = e.parent {
		if s, ok := e.spaces[prefix]; ok {
			return s
		}
	}
	return ""
}

// PrefixOf is the prefix, with its colon, that stands for a namespace in an
// element's attributes.
func (e *Element) PrefixOf(space string) (prefix string, ok bool) {
	for o := e; o != nil; o = o.parent {
		best := ""
		for p, s := range o.spaces {
			if s == space && p != "" && e.namespace(p) == space && (best == "" || p < best) {
				best = p
			}
		}
		if best != "" {
			return best, true
		}
	}
	return "", false
}

// Tag is the element's start tag.
func (e *Element) Tag() Tag { return Tag(e.src[e.Start:e.Inner:e.Inner]) }

// Source is the element as it stands in the XML.
func (e *Element) Source() []byte { return e.src[e.Start:e.End:e.End] }

// Local is the element's name without its prefix.
func (e *Element) Local() string { return e.Name[strings.IndexByte(e.Name, ':')+1:] }

// Prefix is what stands before the element's local name, its colon included.
func (e *Element) Prefix() string { return e.Name[:strings.IndexByte(e.Name, ':')+1] }

// Attr is the value of the attribute with the given local name, "" when there is
// none.
func (e *Element) Attr(name string) string { return Unescape(string(e.Tag().Attr(name))) }

// Child is the first child of the given local name in the element's own namespace,
// or nil. A nil element has none.
func (e *Element) Child(name string) *Element {
	if e != nil {
		for _, c := range e.Children {
			if c.is(name, e) {
				return c
			}
		}
	}
	return nil
}

// All are the children of the given local name in the element's own namespace.
func (e *Element) All(name string) []*Element {
	var all []*Element
	if e != nil {
		for _, c := range e.Children {
			if c.is(name, e) {
				all = append(all, c)
			}
		}
	}
	return all
}

func (e *Element) is(name string, parent *Element) bool {
	return e.Local() == name && e.Space == parent.Space
}

// Walk calls visit for the element and everything in it, and leaves out what is in
// an element for which visit reports false.
func (e *Element) Walk(visit func(*Element) bool) {
	if visit(e) {
		for _, c := range e.Children {
			c.Walk(visit)
		}
	}
}

// Text is the text in the element, without markup.
func (e *Element) Text() string {
	if len(e.Children) == 0 {
		return text(e.src[e.Inner:e.InnerEnd])
	}
	var b strings.Builder
	from := e.Inner
	for _, c := range e.Children {
		b.WriteString(text(e.src[from:c.Start]))
		b.WriteString(c.Text())
		from = c.End
	}
	b.WriteString(text(e.src[from:e.InnerEnd]))
	return b.String()
}

// text is the text of XML without elements: it may hold comments and CDATA.
func text(src []byte) string {
	var b strings.Builder
	for len(src) > 0 {
		n, piece, err := Split(src, true)
		switch {
		case err != nil:
			return b.String()
		case piece[0] != '<':
			b.WriteString(Unescape(string(piece)))
		case strings.HasPrefix(string(piece), "<![CDATA["):
			b.Write(piece[len("<![CDATA[") : len(piece)-len("]]>")])
		}
		src = src[n:]
	}
	return b.String()
}

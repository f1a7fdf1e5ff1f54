package opc

import (
	"slices"
)

// Patch is a part that changes here and there and keeps all its other bytes.
type Patch struct {
	src   []byte
	edits []edit
}

type edit struct {
	from, to int
	text     string
}

// NewPatch begins to change a part.
func NewPatch(src []byte) *Patch { return &Patch{src: src} }

// Replace replaces the bytes from from to to. What is inserted at one place stands
// in the order in which it was.
func (p *Patch) Replace(from, to int, text string) { p.edits = append(p.edits, edit{from, to, text}) }

// Remove removes an element.
func (p *Patch) Remove(e *Element) { p.Replace(e.Start, e.End, "") }

// SetAttr sets an attribute of an element. An element's tag may be changed once.
func (p *Patch) SetAttr(e *Element, name, value string) {
	p.Replace(e.Start, e.Inner, string(e.Tag().With(name, value)))
}

// Append adds XML behind the last child of an element, whose tag it may change.
func (p *Patch) Append(e *Element, xml string) { p.AppendTo(e, e.Tag(), xml) }

// AppendTo is Append for an element whose tag becomes t.
func (p *Patch) AppendTo(e *Element, t Tag, xml string) {
	if e.Tag().Empty() {
		p.Replace(e.Start, e.End, string(t.Opened())+xml+"</"+e.Name+">")
		return
	}
	if string(t) != string(e.Tag()) {
		p.Replace(e.Start, e.Inner, string(t))
	}
	p.Replace(e.InnerEnd, e.InnerEnd, xml)
}

// Changed reports whether there is anything to change.
func (p *Patch) Changed() bool { return len(p.edits) > 0 }

// Bytes is the part as changed. Of edits that overlap the one that begins first
// counts, and of those that begin together the longest.
func (p *Patch) Bytes() []byte {
	slices.SortStableFunc(p.edits, func(a, b edit) int {
		if a.from != b.from {
			return a.from - b.from
		}
		if (a.from == a.to) != (b.from == b.to) { // insertions first
			return a.to - b.to
		}
		return b.to - a.to
	})
	size := len(p.src)
	for _, e := range p.edits {
		size += len(e.text)
	}
	out := make([]byte, 0, size)
	at := 0
	for _, e := range p.edits {
		if e.from < at {
			continue
		}
		out = append(append(out, p.src[at:e.from]...), e.text...)
		at = e.to
	}
	return append(out, p.src[at:]...)
}

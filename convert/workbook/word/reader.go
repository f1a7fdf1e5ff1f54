package word

import (
	"context"
	"encoding/xml"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"nianbao/convert/message"
)

// reader goes through the parts of a document.
type reader struct {
	ctx    context.Context
	limits Limits
	d      *xml.Decoder // of the part in hand
	depth  int
	tokens int
	from   int64 // where the token in hand begins

	styles styles
	lists  lists
	notes  map[string]string // texts of footnotes and endnotes, by kind and id

	text  int // bytes read
	cells int
	items int
	chunk bool

	fields   []field // those that are open, the innermost last
	contents bool    // the paragraph in hand is a line of a list of contents
	inCell   int     // how many tables deep
	boxes    []Item  // text boxes read and not yet given a place
	boxed    bool    // in one
}

// element is the start of an element. Names are told apart without their namespaces:
// a document's strict and its transitional form differ in nothing else.
type element struct {
	name string
	attr []xml.Attr
	from int64 // where its start tag begins
}

func (e element) get(name string) string {
	i := slices.IndexFunc(e.attr, func(a xml.Attr) bool { return a.Name.Local == name })
	if i < 0 {
		return ""
	}
	return e.attr[i].Value
}

// number is the attribute's whole number; 0 if it has none.
func (e element) number(name string) int {
	n, _ := strconv.Atoi(strings.TrimSpace(e.get(name)))
	return n
}

// on reports whether a property that is on or off is on.
func (e element) on() bool {
	switch e.get("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

// part visits the children of a part's root element; none if the part is nil.
func (r *reader) part(from io.Reader, visit func(element) error) error {
	if from == nil {
		return nil
	}
	r.d = xml.NewDecoder(from)
	r.d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") { // the decoder could not have read so far
			return input, nil
		}
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(input), nil
	}
	r.depth = 0
	for {
		t, err := r.token()
		if err != nil {
			return err
		}
		if _, ok := t.(xml.StartElement); ok {
			return r.children(visit)
		}
	}
}

func (r *reader) token() (xml.Token, error) {
	if r.tokens++; r.tokens%4096 == 0 && r.ctx.Err() != nil {
		return nil, r.ctx.Err()
	}
	r.from = r.d.InputOffset()
	t, err := r.d.RawToken()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, err
	}
	switch t.(type) {
	case xml.StartElement:
		if r.depth++; r.depth > maxDepth {
			return nil, message.NewError("read.nested")
		}
	case xml.EndElement:
		r.depth--
	}
	return t, nil
}

// plain visits the children of the element in hand, up to its end. visit reads each up
// to its end.
func (r *reader) plain(visit func(element) error) error {
	for {
		t, err := r.token()
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := visit(element{t.Name.Local, t.Attr, r.from}); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// children visits the children that the document shows: those of the elements that
// only wrap others as if they stood here, and nothing that is deleted.
func (r *reader) children(visit func(element) error) error {
	return r.plain(func(e element) error {
		switch e.name {
		case "ins", "moveTo", "smartTag", "customXml", "hyperlink", "dir", "bdo", "ruby", "rubyBase", "sdtContent":
			return r.children(visit)
		case "fldSimple":
			r.contents = r.contents || pageOfHeading.MatchString(e.get("instr"))
			return r.children(visit)
		case "del", "moveFrom", "rt", "rubyPr", "smartTagPr", "customXmlPr":
			return r.skip()
		case "sdt":
			return r.control(visit)
		case "AlternateContent":
			return r.alternate(visit)
		}
		if strings.HasSuffix(e.name, "Change") { // what a property was before
			return r.skip()
		}
		return visit(e)
	})
}

func (r *reader) skip() error {
	return r.plain(func(element) error { return r.skip() })
}

// control reads a content control, except placeholder text.
func (r *reader) control(visit func(element) error) error {
	placeholder := false
	return r.plain(func(e element) error {
		switch {
		case e.name == "sdtPr":
			return r.plain(func(e element) error {
				placeholder = placeholder || e.name == "showingPlcHdr" && e.on()
				return r.skip()
			})
		case e.name == "sdtContent" && !placeholder:
			return r.children(visit)
		}
		return r.skip()
	})
}

// alternate reads the first of the choices that programs have of how to show something.
func (r *reader) alternate(visit func(element) error) error {
	chosen := false
	return r.plain(func(e element) error {
		if chosen || e.name != "Choice" && e.name != "Fallback" {
			return r.skip()
		}
		chosen = true
		return r.children(visit)
	})
}

// characters is the text of the element in hand, up to its end.
func (r *reader) characters() (string, error) {
	var b strings.Builder
	for {
		t, err := r.token()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if err := r.skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		case xml.CharData:
			if err := r.count(len(t)); err != nil {
				return "", err
			}
			b.Write(t)
		}
	}
}

// count counts bytes of text against the limit.
func (r *reader) count(n int) error {
	if r.text += n; r.text > r.limits.Text {
		return tooLarge("text", (r.limits.Text+1<<20-1)>>20)
	}
	return nil
}

// block reads the paragraphs and tables of the element in hand.
func (r *reader) block() ([]Item, error) {
	return r.blockOf(func(element) (bool, error) { return false, nil })
}

// blockOf reads the paragraphs and tables of the element in hand, except the children
// that properties reads.
func (r *reader) blockOf(properties func(element) (bool, error)) ([]Item, error) {
	var items []Item
	err := r.children(func(e element) error {
		if done, err := properties(e); done || err != nil {
			return err
		}
		var i Item
		var err error
		switch e.name {
		case "p":
			i.Paragraph, err = r.paragraph(e)
		case "tbl":
			if i.Table, err = r.table(e); i.Table.Rows == 0 {
				i.Table = nil
			}
		case "altChunk":
			r.chunk = true
			return r.skip()
		default:
			return r.skip()
		}
		if err != nil {
			return err
		}
		if i != (Item{}) {
			items = appendItem(items, i)
		}
		if r.inCell == 0 {
			items = append(items, r.boxes...)
			r.boxes = nil
		}
		return r.item()
	})
	return items, err
}

// item counts a thing that is kept of the document and may hold no text.
func (r *reader) item() error {
	if r.items++; r.items > maxItems {
		return tooLarge("text", (r.limits.Text+1<<20-1)>>20)
	}
	return nil
}

// appendItem appends an item. A paragraph whose end is deleted goes on in the next.
func appendItem(items []Item, i Item) []Item {
	n := len(items) - 1
	if n < 0 || items[n].Paragraph == nil || !items[n].Paragraph.joined || i.Paragraph == nil {
		return append(items, i)
	}
	i.Paragraph.continues(items[n].Paragraph)
	items[n] = i
	return items
}

// continues puts the text of a paragraph whose end is deleted in front of the next.
func (p *Paragraph) continues(first *Paragraph) {
	p.Text = first.Text + p.Text
	p.Pictures = append(first.Pictures, p.Pictures...)
	p.Notes = append(first.Notes, p.Notes...)
}

// readNotes reads the texts of footnotes or endnotes.
func (r *reader) readNotes(kind string, from io.Reader) error {
	return r.part(from, func(e element) error {
		if e.name != kind {
			return r.skip()
		}
		items, err := r.block()
		r.notes[kind+e.get("id")] = strings.TrimSpace(Cell{Items: items}.Text())
		return err
	})
}

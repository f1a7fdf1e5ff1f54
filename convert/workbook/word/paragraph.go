package word

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// field is a complex field: an instruction, then its result.
type field struct {
	instruction string
	result      bool // its result is being read
}

// pageOfHeading matches the field in a line of a list of contents that is the number
// of a page.
var pageOfHeading = regexp.MustCompile(`PAGEREF\s+_Toc`)

// paragraphReader reads what a paragraph shows.
type paragraphReader struct {
	*reader
	*Paragraph
	text  strings.Builder
	style string
}

// paragraph reads a paragraph; nil if it is a line of a list of contents, for what that
// lists stands in the document itself.
func (r *reader) paragraph(e element) (*Paragraph, error) {
	p := &paragraphReader{reader: r, Paragraph: &Paragraph{Span: Span{From: e.from}, Boxed: r.boxed}, style: r.styles.paragraph}
	r.contents = false
	var list listed
	err := r.children(func(e element) error {
		if e.name == "pPr" {
			return p.properties(&list)
		}
		return p.visit(e)
	})
	if err != nil {
		return nil, err
	}
	p.To = r.d.InputOffset()
	for n := len(r.fields); n > 0 && !r.fields[n-1].result; n-- { // an instruction ends with its paragraph
		r.fields = r.fields[:n-1]
	}
	if r.contents || r.styles.contents(p.style) {
		r.contents = false
		return nil, nil
	}
	p.Text = p.text.String()
	if p.joined && strings.TrimSpace(p.Text) == "" { // it is deleted whole
		return p.Paragraph, nil
	}
	number := r.lists.next(r.styles.listed(list, p.style))
	p.Text = join(number, p.Text)
	return p.Paragraph, r.count(len(number))
}

// join puts the number of a list in front of a text, with a space between them only
// where they would read as one: 1.2024年.
func join(number, text string) string {
	last, _ := utf8.DecodeLastRuneInString(number)
	first, _ := utf8.DecodeRuneInString(text)
	if number != "" && last < utf8.RuneSelf && first > ' ' && first < utf8.RuneSelf {
		return number + " " + text
	}
	return number + text
}

// properties reads the properties of the paragraph.
func (p *paragraphReader) properties(list *listed) error {
	return p.plain(func(e element) error {
		switch e.name {
		case "pStyle":
			p.style = e.get("val")
		case "numPr":
			return p.readListed(list)
		case "rPr": // of its end
			return p.plain(func(e element) error {
				p.joined = p.joined || e.name == "del" || e.name == "moveFrom"
				return p.skip()
			})
		}
		return p.skip()
	})
}

// visit reads what may stand in a paragraph.
func (p *paragraphReader) visit(e element) error {
	switch e.name {
	case "r":
		return p.run()
	case "oMath", "oMathPara":
		return p.formula()
	}
	return p.skip()
}

// formula reads the characters of a mathematical formula, in a line.
func (p *paragraphReader) formula() error {
	return p.children(func(e element) error {
		if e.name != "t" {
			return p.formula()
		}
		s, err := p.characters()
		p.write(s, look{})
		return err
	})
}

// look is how a run looks, as far as that matters.
type look struct {
	struck, doublyStruck, hidden bool
	raised                       bool
}

// run reads a run.
func (p *paragraphReader) run() error {
	l := p.styles.look(p.style)
	return p.children(func(e element) error {
		switch e.name {
		case "rPr":
			return p.look(&l)
		case "r": // in the base of a ruby
			return p.run()
		case "t":
			s, err := p.characters()
			if e.get("space") != "preserve" {
				s = strings.Trim(s, " \t\r\n")
			}
			p.write(brokenLines.Replace(s), l)
			return err
		case "tab", "ptab":
			p.write("\t", l)
		case "br", "cr":
			p.write("\n", l)
		case "noBreakHyphen":
			p.write("-", l)
		case "sym":
			p.write(symbol(e.get("font"), e.get("char")), l)
		case "fldChar":
			p.fieldChar(e.get("fldCharType"))
		case "instrText":
			s, err := p.characters()
			if n := len(p.fields); n > 0 && !p.fields[n-1].result {
				p.fields[n-1].instruction += s
			}
			return err
		case "footnoteReference", "endnoteReference":
			if note := p.notes[strings.TrimSuffix(e.name, "Reference")+e.get("id")]; note != "" {
				p.Notes = append(p.Notes, note)
			}
		case "drawing", "pict", "object":
			return p.drawn()
		}
		return p.skip()
	})
}

// brokenLines: a line that is broken in the XML is not on the page.
var brokenLines = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// look reads the properties of a run.
func (p *paragraphReader) look(l *look) error {
	return p.plain(func(e element) error {
		if e.name == "rStyle" {
			s := p.styles.look(e.get("val"))
			l.struck, l.doublyStruck, l.hidden = l.struck || s.struck, l.doublyStruck || s.doublyStruck, l.hidden || s.hidden
		}
		l.set(e)
		return p.skip()
	})
}

// set sets what a property says.
func (l *look) set(e element) {
	switch e.name {
	case "strike":
		l.struck = e.on()
	case "dstrike":
		l.doublyStruck = e.on()
	case "vanish":
		l.hidden = e.on()
	case "vertAlign":
		l.raised = e.get("val") == "superscript"
	}
}

// write adds to the paragraph's text what a run with such a look shows, unless it is
// the instruction of a field.
func (p *paragraphReader) write(s string, l look) {
	if l.struck || l.doublyStruck || l.hidden {
		return
	}
	for _, f := range p.fields {
		if !f.result {
			return
		}
	}
	if l.raised {
		s = raisedDigits.Replace(s)
	}
	p.text.WriteString(s)
}

// raisedDigits keep a figure with a digit above the line from being read as another.
var raisedDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

// fieldChar reads a mark of a field.
func (p *paragraphReader) fieldChar(kind string) {
	n := len(p.fields)
	switch {
	case kind == "begin" && n < maxDepth:
		p.fields = append(p.fields, field{})
	case kind == "separate" && n > 0:
		p.fields[n-1].result = true
		p.contents = p.contents || pageOfHeading.MatchString(p.fields[n-1].instruction)
	case kind == "end" && n > 0:
		p.fields = p.fields[:n-1]
	}
}

// drawn reads what is drawn: pictures, and the text in boxes, which gets a place behind
// the paragraph.
func (p *paragraphReader) drawn() error {
	had, size := len(p.Pictures), Picture{}
	var visit func(element) error
	visit = func(e element) error {
		var err error
		switch e.name {
		case "txbxContent":
			return p.textBox()
		case "extent":
			size = Picture{Width: float64(e.number("cx")) / perPoint, Height: float64(e.number("cy")) / perPoint}
		case "blip":
			err = p.picture(Picture{e.get("embed"), size.Width, size.Height})
		case "imagedata":
			err = p.picture(Picture{Relation: e.get("id")})
		case "OLEObject", "chart", "relIds": // an object has a picture of itself in front
			if len(p.Pictures) == had {
				err = p.picture(Picture{})
			}
		}
		if err != nil {
			return err
		}
		return p.children(visit)
	}
	return p.children(visit)
}

func (p *paragraphReader) picture(shown Picture) error {
	p.Pictures = append(p.Pictures, shown)
	return p.item()
}

// perPoint is how many English Metric Units are a point.
const perPoint = 12700

// textBox reads the text in a box.
func (p *paragraphReader) textBox() error {
	fields, boxes, inCell, contents, boxed := p.fields, p.boxes, p.inCell, p.contents, p.boxed
	p.fields, p.boxes, p.inCell, p.boxed = nil, nil, 0, true
	items, err := p.block()
	p.fields, p.boxes, p.inCell, p.contents, p.boxed = fields, append(boxes, items...), inCell, contents, boxed
	return err
}

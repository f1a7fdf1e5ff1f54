package docx

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"strings"

	"nianbao/convert/document"
)

// body is the document's main part in the making, with the pictures that it shows.
type body struct {
	bytes.Buffer
	pictures []*document.Picture
}

// document writes all of a report.
func (b *body) document(d *document.Document) {
	b.WriteString(`<w:document ` + namespaces + `><w:body>`)
	b.title(d)
	for i, it := range d.Items {
		b.item(it, signed(d.Items[i+1:]))
	}
	b.WriteString(section(d.Draft != ""))
	b.WriteString(`</w:body></w:document>`)
}

// signed reports whether the signature comes next: it has to stay with what it signs.
func signed(rest []document.Item) bool {
	if len(rest) == 0 {
		return false
	}
	_, ok := rest[0].(*document.Signature)
	return ok
}

// item writes an item, which stays on a page with the next one if it is to.
func (b *body) item(it document.Item, keep bool) {
	switch it := it.(type) {
	case *document.Paragraph:
		b.paragraph(it, keep)
	case *document.Attachments:
		b.attachments(it, keep)
	case *document.Picture:
		b.picture(it, keep)
	case *document.Table:
		b.table(it)
	case *document.Signature:
		b.sign(it)
	}
}

// paragraph writes a heading or a paragraph of text.
func (b *body) paragraph(p *document.Paragraph, keep bool) {
	style, more := styleText, ""
	if keep {
		more = `<w:keepNext/>`
	}
	if p.Level > 0 {
		if style = styleOf(p.Level); p.Rank != p.Level {
			more += fmt.Sprintf(`<w:outlineLvl w:val="%d"/>`, min(p.Rank, 9)-1)
		}
	}
	b.open(style, more)
	for i, s := range p.Spans {
		properties := ""
		if p.Level == 0 && i == 0 && s.Style != document.Body {
			properties = `<w:rStyle w:val="` + runIn[s.Style] + `"/>`
		}
		b.run(properties, s.Text)
	}
	b.close()
}

// open begins a paragraph. more are properties in their order.
func (b *body) open(style, more string) {
	b.WriteString(`<w:p><w:pPr><w:pStyle w:val="` + style + `"/>` + more + `</w:pPr>`)
}

func (b *body) close() { b.WriteString(`</w:p>`) }

// run writes a text with the given properties.
func (b *body) run(properties, text string) {
	b.WriteString(`<w:r>`)
	if properties != "" {
		b.WriteString(`<w:rPr>` + properties + `</w:rPr>`)
	}
	b.WriteString(`<w:t xml:space="preserve">`)
	b.text(text)
	b.WriteString(`</w:t></w:r>`)
}

// text writes a text. What no XML may hold becomes U+FFFD.
func (b *body) text(s string) { xml.EscapeText(b, []byte(s)) } // a buffer takes everything

// escaped is a text as an attribute has it.
func escaped(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(s))
	return b.String()
}

// title writes the title, in lines of its own if one does not hold it.
func (b *body) title(d *document.Document) {
	lines := d.TitleLines(float64(areaWidth)/20/sizeTitle - 0.5) // programs put a little between digits and characters
	more := ""
	if n := len(lines); n > 1 {
		more = fmt.Sprintf(`<w:spacing w:after="%d"/>`, belowTitle(n))
	}
	b.open(styleTitle, more)
	for i, line := range lines {
		if i > 0 {
			b.WriteString(`<w:r><w:br/></w:r>`)
		}
		b.run("", line)
	}
	b.close()
}

// titleLead is the line pitch of the title, in twips.
const titleLead = 720

// belowTitle is the room below a title of so many lines, a line and what brings the text
// onto the grid, in twips.
func belowTitle(lines int) int {
	high := lines * titleLead
	return (high+pitch-1)/pitch*pitch + pitch - high
}

// characters is an indent or the like of so many characters, in twips and, for programs
// that go by the type, in hundredths of a character.
func characters(attribute string, n float64) string {
	return fmt.Sprintf(` w:%[1]sChars="%[2]d" w:%[1]s="%[3]d"`, attribute, int(math.Round(n*100)), int(math.Round(n*character)))
}

// lineAbove leaves a line free above a paragraph.
var lineAbove = fmt.Sprintf(`<w:spacing w:beforeLines="100" w:before="%d"/>`, pitch)

// attachments writes the names of attachments, GB/T 9704—2012 7.3.4: below a free line
// 附件： two characters in, the numbers below each other, and a name that needs more lines
// below its own first character.
func (b *body) attachments(all *document.Attachments, keep bool) {
	text, x := "附件：", 2.0
	for i, a := range all.Names {
		if a.Number != "" {
			text += a.Number + "."
		}
		more := ""
		if keep || len(all.Names) <= linesPerPage/2 && i+1 < len(all.Names) {
			more = `<w:keepNext/>`
		}
		if i == 0 {
			more += lineAbove
		}
		b.open(styleAttachments, more+`<w:ind`+characters("left", x+document.Ems(text))+characters("hanging", document.Ems(text))+`/>`)
		b.run("", text+a.Name)
		b.close()
		text, x = "", 5
	}
}

// sign writes the signature. Without a seal, GB/T 9704—2012 7.3.5.2: a line below the
// text the organization, two characters in from the right, then the date, whose first
// character stands two to the right of the organization's first, or if it is the longer
// one ends two characters in. For a seal, 7.3.5.1: the date ends four characters in, the
// organization stands in the middle above it.
func (b *body) sign(s *document.Signature) {
	upper, lower := document.Ems(s.Organization), document.Ems(s.Date)
	upperX := charsPerLine - 2 - upper
	lowerX := upperX + 2
	switch {
	case s.Seal:
		lowerX = charsPerLine - 4 - lower
		upperX = min(lowerX+(lower-upper)/2, charsPerLine-upper)
		lowerX = upperX + (upper-lower)/2
	case lowerX+lower > charsPerLine-2: // the date is the longer one
		lowerX = charsPerLine - 2 - lower
		upperX = min(upperX, lowerX-2)
	}
	above := lineAbove
	for _, line := range []struct {
		style, text string
		right       float64
	}{{styleSignature, s.Organization, charsPerLine - upperX - upper}, {styleDate, s.Date, charsPerLine - lowerX - lower}} {
		if line.text == "" {
			continue
		}
		more := ""
		if len(s.Notes) > 0 {
			more = `<w:keepNext/>`
		}
		b.open(line.style, more+above+`<w:ind`+characters("right", max(0, line.right))+`/>`)
		b.run("", line.text)
		b.close()
		above = ""
	}
	for i, note := range s.Notes {
		b.item(note, i+1 < len(s.Notes))
	}
}

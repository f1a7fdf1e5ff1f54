package html

import (
	"encoding/base64"
	"fmt"
	"strconv"

	"nianbao/convert/document"
	"nianbao/convert/report"
)

// item writes an item.
func (p *page) item(it document.Item) {
	switch it := it.(type) {
	case *document.Paragraph:
		p.paragraph(it)
	case *document.Attachments:
		p.attachments(it)
	case *document.Picture:
		p.picture(it)
	case *document.Table:
		p.table(it)
	case *document.Signature:
		p.sign(it)
	}
}

// look is the class of each style.
var look = [...]string{document.Body: "", document.First: "first", document.Second: "second", document.Third: "third"}

// paragraph writes a heading, by its rank, or a paragraph of text.
func (p *page) paragraph(t *document.Paragraph) {
	if t.Level > 0 {
		const lowest = 6
		tag := "h" + strconv.Itoa(min(t.Rank+1, lowest))
		p.put("<", tag, ` class="`, look[t.Spans[0].Style], `">`, escaped(t.Text()), "</", tag, ">\n")
		return
	}
	p.put("<p>")
	for _, s := range t.Spans {
		if s.Style == document.Body {
			p.put(escaped(s.Text))
		} else {
			p.put(`<b class="`, look[s.Style], `">`, escaped(s.Text), "</b>")
		}
	}
	p.put("</p>\n")
}

// attachments writes the names of attachments, with the numbers that they have.
func (p *page) attachments(all *document.Attachments) {
	p.put(`<ul class="attachments">`, "\n")
	lead := "附件："
	for _, a := range all.Names {
		if a.Number != "" {
			lead += a.Number + "."
		}
		p.put("<li>", escaped(lead+a.Name), "</li>\n")
		lead = ""
	}
	p.put("</ul>\n")
}

// picture writes a picture, which is part of the page, as large as it is shown in the
// submission if there is room.
func (p *page) picture(t *document.Picture) {
	const pixel = 72.0 / 96
	fmt.Fprintf(p, `<figure><img alt="%s" width="%.0f" height="%.0f" src="data:image/%s;base64,`, escaped(t.Description), max(1, t.Width/pixel), max(1, t.Height/pixel), t.Type)
	e := base64.NewEncoder(base64.StdEncoding, p)
	e.Write(t.Bytes) // a buffer takes everything
	e.Close()
	p.put(`"></figure>`, "\n")
}

// sign writes the signature and what stands below it.
func (p *page) sign(s *document.Signature) {
	class := "signature"
	if s.Seal {
		class += " seal"
	}
	p.put(`<div class="`, class, `">`, "\n")
	if s.Organization != "" {
		p.put("<p>", escaped(s.Organization), "</p>\n")
	}
	if iso := (report.Signature{Date: s.Date}).ISO(); iso != "" {
		p.put(`<p class="date"><time datetime="`, iso, `">`, escaped(s.Date), "</time></p>\n")
	} else if s.Date != "" {
		p.put(`<p class="date">`, escaped(s.Date), "</p>\n")
	}
	p.put("</div>\n")
	for _, note := range s.Notes {
		p.item(note)
	}
}

// Package html writes a report as one page for a portal, which needs nothing else and runs
// nothing:
//
//	err := html.Write(w, r, document.Options{})
//
// What there is to write comes from package document; nothing here knows a form. body.go
// writes what stands below the title, table.go the tables, page.css says how it looks: on
// a telephone of 390 pixels, on a wide screen, and on paper, there after GB/T 9704—2012.
//
// The page is accessible: headings of ranks without gaps, tables with captions, whose
// figures name their heads, descriptions of pictures, the language. Figures have no
// separators. Nothing of the machine or its user is in it; the same report gives the same
// bytes. Write is safe for concurrent use.
package html

import (
	"bytes"
	_ "embed"
	"fmt"
	"html"
	"io"
	"strings"

	"nianbao/convert/document"
	"nianbao/convert/report"
)

//go:embed page.css
var style string

// producer is the program that a page names as the one that wrote it.
const producer = "nianbao"

// Write writes the report as a page. Figures are those of [form.Form.Fill], the report is
// not changed.
func Write(w io.Writer, r *report.Report, o document.Options) error {
	d, err := document.Of(r, o)
	if err != nil {
		return fmt.Errorf("write html: %w", err)
	}
	p := new(page)
	p.document(d)
	_, err = w.Write(p.Bytes())
	return err
}

// page is the page in the making.
type page struct {
	bytes.Buffer
	tables int // so far
}

// document writes all of a report. That nothing is loaded or run is also the browser's to
// see to.
func (p *page) document(d *document.Document) {
	p.put(`<!DOCTYPE html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="generator" content="`, producer, `">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>`, escaped(d.Title), `</title>
`)
	if d.Organization != "" {
		p.put(`<meta name="author" content="`, escaped(d.Organization), `">`, "\n")
	}
	p.put(`<meta name="keywords" content="`, escaped(d.Keywords()), `">
<style>
`, style, `</style>
</head>
`)
	if d.Draft != "" {
		p.put(`<body class="draft" data-mark="`, escaped(d.Draft), `">
<main>
<p class="mark"><strong>`, escaped(d.Draft), `</strong></p>
`)
	} else {
		p.put("<body>\n<main>\n")
	}
	p.put("<h1>")
	for _, line := range d.TitleLines(titleMeasure) {
		p.put("<span>", escaped(line), "</span>")
	}
	p.put("</h1>\n")
	for _, it := range d.Items {
		p.item(it)
	}
	p.put("</main>\n</body>\n</html>\n")
}

// titleMeasure is how many characters of the title a line of the page holds, on paper.
const titleMeasure = 20

// put writes marked up text.
func (p *page) put(parts ...string) {
	for _, s := range parts {
		p.WriteString(s)
	}
}

// escaped is a text as a page has it, also in an attribute.
func escaped(s string) string { return html.EscapeString(strings.ToValidUTF8(s, "\uFFFD")) }

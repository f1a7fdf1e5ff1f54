// Package pdf typesets a report as a document on A4 after GB/T 9704—2012, the
// standard for official documents:
//
//	notes, err := pdf.Write(w, r, pdf.Options{})
//
// What there is to print comes from package document; nothing here knows a form. The way
// is: report.go sets the items, text.go makes characters of text and says where lines may
// break, line.go fills lines, table.go measures tables, page.go and drawtable.go put
// all on pages, container.go has gofpdf make a file of them, and finish.go adds
// fonts and metadata. Inside, lengths are in points and y grows downwards.
//
// [Bind] makes one volume of many such files: reopen.go reads them, volume.go adds cover,
// contents and page numbers.
//
// Fonts cost most: package font parses a face once per process without unpacking
// it, and cuts from it the glyphs of one document. Write is safe for
// concurrent use, and gives the same bytes for the same report and the same faces.
package pdf

import (
	"fmt"
	"io"

	"nianbao/convert/document"
	"nianbao/convert/report"
)

// Options say how a report is printed. The zero Options print it with the
// system's official faces where there are any, else with the embedded ones.
type Options struct {
	// Draft is put on every page as a pale mark, see [document.DraftMark]; "" is none.
	Draft string
	// FontDir is a folder of fonts that come before all others, or "".
	FontDir string
	// NoSystemFaces leaves out the faces installed on the system, so that the
	// same report gives the same bytes on every machine.
	NoSystemFaces bool
	// Date is the date of the signature (落款) as it is to be printed. With "" it is the
	// submission's; where there is neither a date nor a signing organization,
	// there is no signature.
	Date string
	// Seal places the signature for a seal to be stamped on it.
	Seal bool
}

// Write typesets the report as a PDF. Figures are printed as [form.Form.Fill]
// gives them, the report is not changed. It returns a note of kind
// [report.MissingGlyph] for each character that no face has, printed as 〓.
func Write(w io.Writer, r *report.Report, o Options) ([]report.Note, error) {
	d, err := document.Of(r, o.document())
	if err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	c, err := chainsFor(o)
	if err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	notes, err := typeset(w, d, c)
	if err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	return notes, nil
}

// document are the options that are no matter of the page.
func (o Options) document() document.Options {
	return document.Options{Draft: o.Draft, Date: o.Date, Seal: o.Seal}
}

// typeset prints a document in the given faces.
func typeset(w io.Writer, d *document.Document, c *chains) ([]report.Note, error) {
	s := &shaper{chains: c}
	p := &pager{doc: new(canvas), shaper: s}
	if d.Draft != "" {
		p.draft = s.shape(report.Cell{}, span{roleHei, d.Draft})
	}
	p.place(s.items(d))
	p.doc.images = s.images

	file, err := contain(p.doc)
	if err != nil {
		return nil, err
	}
	err = finish(w, file, p.doc, properties{title: d.Title, author: d.Organization, subject: document.Subject, keywords: d.Keywords()})
	return s.missing.notes, err
}

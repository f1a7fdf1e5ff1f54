// Package pdf typesets a report as a document on A4 after GB/T 9704—2012, the
// standard for official documents:
//
//	notes, err := pdf.Write(w, r, pdf.Options{Draft: true})
//
// Text and tables come from the report and its form; nothing here knows a form.
// The way is: text.go makes characters of text and says where lines may break,
// line.go fills lines, table.go measures tables, page.go and drawtable.go put
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
	"cmp"
	"fmt"
	"io"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Options say how a report is printed. The zero Options print it with the
// system's official faces where there are any, else with the embedded ones.
type Options struct {
	// Draft puts the pale mark 草稿 校验未通过 on every page.
	Draft bool
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
	f, err := form.Get(r.Form)
	if err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	c, err := chainsFor(o)
	if err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	notes, err := typeset(w, f, r, c, o)
	if err != nil {
		return nil, fmt.Errorf("write pdf: %w", err)
	}
	return notes, nil
}

// typeset prints a report of the given form in the given faces.
func typeset(w io.Writer, f *form.Form, r *report.Report, c *chains, o Options) ([]report.Note, error) {
	full, end := printed(f, r, o)
	s := &shaper{chains: c}
	p := &pager{doc: new(document), shaper: s}
	if o.Draft {
		p.draft = s.shape(report.Cell{}, span{roleHei, draftText})
	}
	p.place(s.items(f, full, end))
	p.doc.images = s.images

	file, err := contain(p.doc)
	if err != nil {
		return nil, err
	}
	title := titleOf(f, full)
	err = finish(w, file, p.doc, properties{
		title:    title,
		author:   clean(full.Organization),
		subject:  "政府信息公开工作年度报告",
		keywords: keywords(full),
	})
	return s.missing.notes, err
}

// printed returns the parts of a report that are printed: with blank figures filled, and its
// signature by itself.
func printed(f *form.Form, r *report.Report, o Options) (*report.Report, closing) {
	full, _ := f.Fill(r)
	end := cutClosing(f, full)
	if end.Date = cmp.Or(o.Date, end.Date); end.Date != "" {
		end.Organization = cmp.Or(end.Organization, full.Organization)
	}
	end.seal = o.Seal
	return full, end
}

func keywords(r *report.Report) string {
	k := "政府信息公开，年度报告"
	if r.Year != 0 {
		k += fmt.Sprintf("，%d年", r.Year)
	}
	return k
}

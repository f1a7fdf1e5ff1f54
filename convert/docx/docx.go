// Package docx writes a report as a Word document that is edited and passed round before
// it is printed, in the typography of GB/T 9704—2012:
//
//	err := docx.Write(w, r, document.Options{})
//
// What there is to write comes from package document; nothing here knows a form. The way
// is: body.go writes paragraphs, table.go tables and picture.go pictures, each with the
// styles of styles.go, page.go what stands on every page, and package.go puts the parts
// into a file. Elements come in the order of ECMA-376, Transitional, which Word insists on.
//
// Fonts are named and not embedded. There are no macros, no clock, and nothing of the
// machine or its user; the same report gives the same bytes. Write is safe for concurrent
// use.
package docx

import (
	"fmt"
	"io"

	"nianbao/convert/document"
	"nianbao/convert/report"
)

// Write writes the report as a Word document. Figures are those of [form.Form.Fill], the
// report is not changed.
func Write(w io.Writer, r *report.Report, o document.Options) error {
	d, err := document.Of(r, o)
	if err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	b := new(body)
	b.document(d)
	if err := pack(w, d, b); err != nil {
		return fmt.Errorf("write docx: %w", err)
	}
	return nil
}

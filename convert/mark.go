package convert

import (
	"bytes"
	"context"
	"io"

	"nianbao/convert/annotation"
	"nianbao/convert/check"
	"nianbao/convert/docx/mark"
	"nianbao/convert/workbook"
	"nianbao/convert/xlsx"
)

// documentSuffix is the suffix of the marked copy of a Word document.
const documentSuffix = ".annotated.docx"

// annotate writes the marked copy, encrypted if the submission is.
func (r *Result) annotate(ctx context.Context, w io.Writer) error {
	if r.locked == "" {
		return r.mark(ctx, w)
	}
	var b bytes.Buffer
	if err := r.mark(ctx, &b); err != nil {
		return err
	}
	locked, err := workbook.Encrypt(b.Bytes(), r.locked)
	if err != nil {
		return err
	}
	_, err = w.Write(locked)
	return err
}

// mark writes the marked copy, of the kind that the submission is.
func (r *Result) mark(ctx context.Context, w io.Writer) error {
	all := annotation.Of(r.Findings, check.Lookup)
	if r.isDocument() {
		return mark.Annotate(ctx, w, r.source, all, r.options.Limits)
	}
	return xlsx.Annotate(ctx, w, r.source, all, r.options.Limits)
}

// isDocument reports whether the submission is a Word document.
func (r *Result) isDocument() bool { return workbook.Sniff(r.source) == workbook.DOCX }

// suffix is what an output of the result has behind the submission's name.
func (r *Result) suffix(f Format) string {
	if f == Annotated && r.isDocument() {
		return documentSuffix
	}
	return formats[f].suffix
}

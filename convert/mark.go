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

// annotate writes the marked copy of the file, encrypted if the submission is.
func (s *source) annotate(ctx context.Context, w io.Writer) error {
	if s.locked == "" {
		return s.mark(ctx, w)
	}
	var b bytes.Buffer
	if err := s.mark(ctx, &b); err != nil {
		return err
	}
	locked, err := workbook.Encrypt(b.Bytes(), s.locked)
	if err != nil {
		return err
	}
	_, err = w.Write(locked)
	return err
}

// mark writes the marked copy, of the kind that the submission is, with the findings of
// all reports in it.
func (s *source) mark(ctx context.Context, w io.Writer) error {
	var all []annotation.Mark
	for _, r := range s.results {
		all = append(all, annotation.Of(r.Report.Part, r.Findings, check.Lookup)...)
	}
	limits := s.results[0].options.Limits
	if s.isDocument() {
		return mark.Annotate(ctx, w, s.book, all, limits)
	}
	return xlsx.Annotate(ctx, w, s.book, all, limits)
}

// errors counts the findings for which one of the reports must go back.
func (s *source) errors() int {
	n := 0
	for _, r := range s.results {
		n += r.Errors()
	}
	return n
}

// isDocument reports whether the submission is a Word document.
func (s *source) isDocument() bool { return workbook.Sniff(s.book) == workbook.DOCX }

// suffix is what an output of the result has behind the submission's name. A marked copy
// is what the submission is, whatever its name.
func (r *Result) suffix(f Format) string {
	if f == Annotated {
		return formats[f].of(r.of.isDocument())
	}
	return formats[f].of(namedDocument(r.Name))
}

package convert

import (
	"context"
	"encoding/json"
	"io"
	"path/filepath"
	"strings"

	"nianbao/convert/docx"
	"nianbao/convert/files"
	"nianbao/convert/html"
	"nianbao/convert/message"
	"nianbao/convert/pdf"
	"nianbao/convert/xlsx"
)

// Format is a kind of output.
type Format string

// The formats.
const (
	PDF       Format = "pdf"       // to print
	DOCX      Format = "docx"      // to edit: the same page as a Word document
	HTML      Format = "html"      // to publish: the same report as a page for a portal
	XLSX      Format = "xlsx"      // the normalized workbook, in the official layout
	JSON      Format = "json"      // the figures and texts
	Annotated Format = "annotated" // the submission with what is wrong marked in it: of several reports in one file, one copy with all that is wrong
)

// format is what there is to know of a Format.
type format struct {
	suffix   string // added to the submission's name without its extension
	workbook bool   // it may be taken for a submission, and no one else gives such names
	document string // the suffix where the submission is a Word document; "" is the same
	write    func(context.Context, *Result, io.Writer) error
}

// formats are all that can be written. One more is an entry here.
var formats = map[Format]format{
	PDF: {".pdf", false, "", func(_ context.Context, r *Result, w io.Writer) error {
		_, err := pdf.Write(w, r.Report, pdf.Options{Draft: r.Draft(), FontDir: r.options.FontDir, Date: r.options.Date, Seal: r.options.Seal})
		return err
	}},
	DOCX: {".docx", false, ".normalized.docx", func(_ context.Context, r *Result, w io.Writer) error {
		return docx.Write(w, r.Report, r.printing())
	}},
	HTML: {".html", false, "", func(_ context.Context, r *Result, w io.Writer) error {
		return html.Write(w, r.Report, r.printing())
	}},
	XLSX: {".normalized.xlsx", true, "", func(_ context.Context, r *Result, w io.Writer) error {
		return xlsx.Write(w, r.Report)
	}},
	JSON: {".json", false, "", func(_ context.Context, r *Result, w io.Writer) error {
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return e.Encode(r.Report)
	}},
	Annotated: {".annotated.xlsx", true, ".annotated.docx", func(ctx context.Context, r *Result, w io.Writer) error {
		if r.of.book == nil {
			return message.NewError("read.json.unmarked")
		}
		return r.of.annotate(ctx, w)
	}},
}

// Write writes the report in a format. It changes nothing in the result, and what
// is written through w after an error is of no use.
func (r *Result) Write(ctx context.Context, w io.Writer, f Format) error {
	known, ok := formats[f]
	if !ok {
		return unknownFormat(string(f))
	}
	return known.write(ctx, r, w)
}

// ParseFormats reads a list of formats as the command takes it: "pdf,xlsx".
func ParseFormats(list []string) ([]Format, error) {
	var all []Format
	for _, s := range list {
		f := Format(strings.ToLower(strings.TrimSpace(s)))
		if _, ok := formats[f]; !ok {
			return nil, unknownFormat(s)
		}
		all = append(all, f)
	}
	return all, nil
}

// OutputName is the name of the output of the given format for an input, in the
// folder out or, if that is "", beside the input. It goes by the input's name: a
// document that is called .xlsx has another marked copy.
func OutputName(input, out string, f Format) string {
	return Stem(input, out) + formats[f].of(namedDocument(input))
}

// of is the suffix of the format for a submission that is a Word document or is not.
func (f format) of(document bool) string {
	if document && f.document != "" {
		return f.document
	}
	return f.suffix
}

// namedDocument reports whether a submission's name is a Word document's, so that a
// document that is written must have another.
func namedDocument(input string) bool {
	switch strings.ToLower(filepath.Ext(input)) {
	case ".docx", ".docm", ".doc", ".wps":
		return true
	}
	return false
}

// OutputNames are the names of all outputs that there may be of an input under a stem.
func OutputNames(input, stem string) []string {
	all := []string{stem + formats[Annotated].document} // the input is what it is, whatever its name
	for name, f := range formats {
		if name == Annotated {
			all = append(all, stem+f.suffix)
		} else {
			all = append(all, stem+f.of(namedDocument(input)))
		}
	}
	return all
}

// CutSuffix cuts from an output's name what its format adds, in any case. It
// reports whether it is an output's, and whether one's that might be taken for a
// submission but for its name, which no one else gives. Of an output that is called as
// others call their own files, only what is in it tells: see [files.Foreign].
func CutSuffix(output string) (stem string, workbook, ok bool) {
	cut := func(suffix string, own bool) {
		if n := len(output) - len(suffix); suffix != "" && n >= 0 && strings.EqualFold(output[n:], suffix) && (!ok || n < len(stem)) {
			stem, workbook, ok = output[:n], own, true
		}
	}
	for _, f := range formats {
		cut(f.suffix, f.workbook)
		cut(f.document, true)
	}
	return stem, workbook, ok
}

// PartStem is the stem of the outputs of one of several reports in a file whose outputs
// have the stem: 名册-县疾控中心. A part of "" is the only report. What apart is, if it
// is not "", stands behind it.
func PartStem(stem, part, apart string) string {
	if part == "" {
		return stem
	}
	dir, base := filepath.Split(stem)
	return dir + files.SafeName(base+"-"+part+apart)
}

// Stem is the name of an input's outputs without what their formats add, in the
// folder out or, if that is "", beside the input.
func Stem(input, out string) string {
	if out == "" {
		out = filepath.Dir(input)
	}
	base := filepath.Base(input)
	return filepath.Join(out, strings.TrimSuffix(base, filepath.Ext(base)))
}

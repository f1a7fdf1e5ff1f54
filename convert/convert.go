// Package convert takes a filled form all the way: it reads it, checks it and
// writes what was asked for. It is what the command is made of and what a
// program that embeds nianbao should call.
//
//	result, err := convert.File(ctx, "报表.xlsx", convert.Options{Out: "out"})
//	if err != nil {
//		// the file could not be read, or an output not written: see message.Error
//	}
//	for _, f := range result.Findings { … }
//
// Package batch does the same for whole folders and sums up what became of them.
//
// A submission with wrong figures is no error: what is wrong stands in the
// result's findings. The model lies in package report, the forms in form, the
// rules in check; reader finds the form in a workbook, xlsx and pdf write.
package convert

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"nianbao/convert/check"
	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/office"
	"nianbao/convert/pdf"
	"nianbao/convert/reader"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
	"nianbao/convert/xlsx"
)

// Format is a kind of output.
type Format string

// The formats, each with what is added to the input's name without its extension.
const (
	PDF  Format = "pdf"  // .pdf, to print
	XLSX Format = "xlsx" // .normalized.xlsx, the official layout
	JSON Format = "json" // .json, the figures and texts
	// .annotated.xlsx, the submission with what is wrong marked in it
	Annotated Format = "annotated"
)

var Suffixes = map[Format]string{PDF: ".pdf", XLSX: ".normalized.xlsx", JSON: ".json", Annotated: ".annotated.xlsx"}

// ParseFormats reads a list of formats as the command takes it: "pdf,xlsx".
func ParseFormats(list []string) ([]Format, error) {
	var formats []Format
	for _, s := range list {
		f := Format(strings.ToLower(strings.TrimSpace(s)))
		if _, ok := Suffixes[f]; !ok {
			return nil, message.NewError("convert.format", s)
		}
		formats = append(formats, f)
	}
	return formats, nil
}

// Options says what to make of a submission and where to put it. The zero value
// writes a PDF and a normalized workbook beside the input, and a marked copy if
// there are errors to mark.
type Options struct {
	Out          string   // folder for the outputs, made if need be; "" is beside the input
	To           []Format // nil is PDF and XLSX, and Annotated while errors stand
	Organization string   // used when the submission names none
	Year         int      // used when the submission gives none
	Force        bool     // no draft mark although errors stand
	Draft        bool     // the draft mark although none does
	FontDir      string   // a folder of fonts that come before all others, or ""
	Date         string   // of the signature, as printed; "" is the submission's own
	Password     string   // of an encrypted workbook
	Limits       workbook.Limits
	Timeout      time.Duration // for one file; 0 is DefaultTimeout

	Temp string // folder in which outputs are written before they are renamed; "" is beside them
}

// DefaultTimeout is how long one file may take.
const DefaultTimeout = 30 * time.Second

// Result is what became of one submission.
type Result struct {
	File     string // as given
	Report   *report.Report
	Findings []finding.Finding
	Outputs  []string // the files written, in the order asked for
	Drafted  bool     // whether a PDF was written with the draft mark

	Source []byte // the submission as it came in
}

// Errors counts the findings for which the report must go back.
func (r *Result) Errors() int { return finding.Count(r.Findings, finding.Error) }

// Warnings counts the findings that a person must look at.
func (r *Result) Warnings() int { return finding.Count(r.Findings, finding.Warning) }

// Filter leaves out the findings of the rules to ignore.
func (r *Result) Filter(ignore []string) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f finding.Finding) bool { return slices.Contains(ignore, f.Rule) })
}

// Check reads and checks the submission in the named file and writes nothing.
func Check(ctx context.Context, name string, o Options) (*Result, error) {
	return Isolate(ctx, o.Timeout, func(ctx context.Context) (*Result, error) {
		src, err := files.Load(name, o.Limits.MostBytes())
		if err != nil {
			return nil, err
		}
		return checkSource(ctx, name, src, o)
	})
}

// checkSource checks the submission whose bytes are src.
func checkSource(ctx context.Context, name string, src []byte, o Options) (*Result, error) {
	src, converted, err := openable(ctx, src, o)
	if err != nil {
		return nil, err
	}
	r, err := reader.Read(ctx, src, reader.Options{Organization: o.Organization, Year: o.Year, Limits: o.Limits})
	if err != nil {
		return nil, err
	}
	r.Notes = append(r.Notes, converted...)
	return &Result{File: name, Report: r, Findings: check.Run(r), Source: src}, nil
}

// File converts the submission in the named file: it reads and checks it and
// writes the outputs. Each output appears whole or not at all, and none if one of
// them cannot be made. The input is never written to.
func File(ctx context.Context, name string, o Options) (*Result, error) {
	return Isolate(ctx, o.Timeout, func(ctx context.Context) (*Result, error) {
		src, err := files.Load(name, o.Limits.MostBytes())
		if err != nil {
			return nil, err
		}
		return ConvertSource(ctx, name, src, outputStem(name, o.Out), o)
	})
}

// ConvertSource converts the submission whose bytes are src. The outputs' names
// are stem with what each format adds.
func ConvertSource(ctx context.Context, name string, src []byte, stem string, o Options) (*Result, error) {
	result, err := checkSource(ctx, name, src, o)
	if err != nil {
		return nil, err
	}
	corrected := false
	if o.To == nil {
		o.To = []Format{PDF, XLSX}
		if corrected = result.Errors() == 0; !corrected {
			o.To = append(o.To, Annotated)
		}
	}
	outputs := make([]bytes.Buffer, len(o.To))
	for i, f := range o.To {
		if err := result.write(ctx, &outputs[i], f, o); err != nil {
			return nil, fmt.Errorf("%s: %w", f, err)
		}
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var named []files.File
	for i, f := range o.To {
		named = append(named, files.File{Name: stem + Suffixes[f], Content: outputs[i].Bytes()})
	}
	if err := files.Save(name, o.Temp, named); err != nil {
		return nil, err
	}
	if corrected { // an earlier marked copy is of errors that are gone
		os.Remove(stem + Suffixes[Annotated])
	}
	for _, f := range named {
		result.Outputs = append(result.Outputs, f.Name)
	}
	return result, nil
}

// openable makes of a file's bytes those of an XLSX workbook: it decrypts an
// encrypted one and has LibreOffice, if there is one, convert other spreadsheets,
// which it notes.
func openable(ctx context.Context, src []byte, o Options) ([]byte, []report.Note, error) {
	switch f := workbook.Sniff(src); f {
	case workbook.Encrypted:
		src, err := workbook.Decrypt(ctx, src, o.Password)
		return src, nil, err
	case workbook.XLS, workbook.ODS:
		program := office.Program()
		if program == "" {
			break // reading it says what to do
		}
		src, err := office.ToXLSX(ctx, program, src, string(f))
		return src, []report.Note{{Kind: report.Converted, Text: "." + string(f), Read: "LibreOffice"}}, err
	}
	return src, nil, nil
}

// OutputName is the name of the output of the given format for an input, in the
// folder out or, if that is "", beside the input.
func OutputName(input, out string, f Format) string { return outputStem(input, out) + Suffixes[f] }

func outputStem(input, out string) string {
	if out == "" {
		out = filepath.Dir(input)
	}
	base := filepath.Base(input)
	return filepath.Join(out, strings.TrimSuffix(base, filepath.Ext(base)))
}

// write writes one output. The PDF may find what no check could know: characters
// that no face can print.
func (r *Result) write(ctx context.Context, w io.Writer, f Format, o Options) error {
	switch f {
	case PDF:
		r.Drafted = o.Draft || r.Errors() > 0 && !o.Force
		notes, err := pdf.Write(w, r.Report, pdf.Options{Draft: r.Drafted, FontDir: o.FontDir, Date: o.Date})
		if len(notes) > 0 {
			r.Report.Notes = append(r.Report.Notes, notes...)
			r.Findings = append(r.Findings, check.Printing(r.Report)...)
		}
		return err
	case XLSX:
		return xlsx.Write(w, r.Report)
	case Annotated:
		return xlsx.Annotate(ctx, w, r.Source, xlsx.Marks(r.Findings, check.Advice), o.Limits)
	default:
		e := json.NewEncoder(w)
		e.SetEscapeHTML(false)
		return e.Encode(r.Report)
	}
}

// ParseDate reads the date of a signature and writes it as a document does:
// 2025年1月20日. "" is no date.
func ParseDate(s string) (string, error) {
	if s == "" {
		return "", nil
	}
	for _, layout := range []string{"2006年1月2日", "2006-1-2", "2006/1/2", "2006.1.2"} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return t.Format("2006年1月2日"), nil
		}
	}
	return "", message.NewError("cmd.date", s)
}

// Template writes the empty form to the named file, which must not exist: it may
// be a form that is filled in already.
func Template(name string, f *form.Form) error {
	if _, err := os.Lstat(name); err == nil {
		return message.NewError("file.exists")
	}
	var b bytes.Buffer
	if err := xlsx.Template(&b, f); err != nil {
		return err
	}
	return files.Save("", "", []files.File{{Name: name, Content: b.Bytes()}})
}

// Package convert takes a submission all the way: it reads the filled form, checks
// it and writes what is asked for. It is what a program that embeds nianbao calls,
// with bytes and writers of its own:
//
//	results, err := convert.Read(ctx, convert.Source{Name: "年报.xlsx", Bytes: src}, convert.Options{})
//	if err != nil {
//		// it could not be read: message.Localize says why
//	}
//	for _, r := range results { // mostly one: a file may hold several reports
//		for _, f := range r.Findings { … }
//		err = r.Write(ctx, w, convert.PDF)
//	}
//
// A submission with wrong figures is no error: what is wrong stands in the
// findings. [File] does the same for a named file and saves the outputs beside it,
// [Convert] for bytes whose outputs have a place; both see to it that one
// submission costs no more than its time. Package batch does it for folders.
//
// The model lies in package report, the forms in form, the rules in check; reader
// finds the form in a workbook or a document, and xlsx, pdf, docx and html write.
package convert

import (
	"bytes"
	"cmp"
	"context"
	"slices"

	"nianbao/convert/archive"
	"nianbao/convert/check"
	"nianbao/convert/document"
	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/office"
	"nianbao/convert/pdf"
	"nianbao/convert/reader"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// Source is a submission as it came in.
type Source struct {
	Name  string // for messages and for the names of outputs: 县教育局.xlsx
	Bytes []byte // of the file; never changed
}

// Options say what a submission does not say itself, how it is to be printed and
// what it may cost. The zero value is right for most.
type Options struct {
	Organization string // used when the submission names none
	Year         int    // used when the submission gives none
	Password     string // of an encrypted workbook
	Limits       workbook.Limits
	Force        bool   // no draft mark although errors stand or a sum's texts are missing
	Draft        bool   // the draft mark although none does
	FontDir      string // a folder of fonts that come before all others, or ""
	Date         string // of the signature, as printed; "" is the submission's own
	Seal         bool   // the signature is placed for a seal

	// Last gives last year's report of the same body to compare with, or nil; it must be
	// safe to be called from several goroutines. A nil Last compares with nothing.
	Last func(*report.Report) *report.Report
}

// Result is one report that was read from a submission, with what is wrong with it.
// The findings are final: [Result.Write] adds none.
type Result struct {
	Name     string // of the submission
	Hash     string // of its bytes, sha256:…, from CheckSource and LoadSource
	Report   *report.Report
	Findings []finding.Finding
	Outputs  []string       // the files that [File] or [Convert] wrote, in the order asked for
	Written  []files.Digest // of each of the Outputs
	Unmarked error          // why [File] or [Convert] made no marked copy although it was to be made, or nil

	options Options
	of      *source
}

// source is what all results of a file have in common.
type source struct {
	book    []byte    // the submission, not encrypted, as it was read; nil for JSON
	locked  string    // the password that it came with; "" is none
	results []*Result // of all reports in it
}

// Errors counts the findings for which the report must go back.
func (r *Result) Errors() int { return finding.Count(r.Findings, finding.Error) }

// Warnings counts the findings that a person must look at.
func (r *Result) Warnings() int { return finding.Count(r.Findings, finding.Warning) }

// Draft is the mark on what is printed, "" for none: while errors stand, while the texts of a sum
// are still to be written, or as the options say.
func (r *Result) Draft() string {
	errors := r.Errors() > 0 && !r.options.Force
	texts := r.Report.Sum != nil && check.TextsMissing(r.Findings) && !r.options.Force
	if !errors && !texts && !r.options.Draft {
		return ""
	}
	return document.DraftMark(errors, texts)
}

// printing is how the report is printed, whatever writes it.
func (r *Result) printing() document.Options {
	return document.Options{Draft: r.Draft(), Date: r.options.Date, Seal: r.options.Seal}
}

// Filter leaves out the findings of the rules to ignore. What followed from one of them
// may follow from another, or stand alone.
func (r *Result) Filter(ignore []string) {
	left := slices.DeleteFunc(r.Findings, func(f finding.Finding) bool { return slices.Contains(ignore, f.Rule) })
	if len(left) < len(r.Findings) {
		left = check.Because(r.Report, left)
	}
	r.Findings = left
}

// AddFindings adds what other reports say of this one.
func (r *Result) AddFindings(found []finding.Finding) {
	if len(found) > 0 {
		r.Findings = check.Because(r.Report, slices.Concat(r.Findings, found))
	}
}

// List is what was found, to be written as JSON or SARIF.
func (r *Result) List() finding.List {
	l := finding.List{File: r.Name, Findings: r.Findings}
	if r.Report != nil {
		l.Part, l.Organization, l.Year, l.Form = r.Report.Part, r.Report.Organization, r.Report.Year, r.Report.Form
	}
	return l
}

// Read reads and checks a submission. A file holds one report or those of several bodies;
// there is a result for each, in the order of the file, and its Report.Part tells them
// apart. Of an archive with one form it is that form that is read. The error is a
// [message.Error] that says what is wrong with the file and what to do, or the context's.
func Read(ctx context.Context, src Source, o Options) ([]*Result, error) {
	if int64(len(src.Bytes)) > o.Limits.MostBytes() {
		return nil, files.TooLarge(o.Limits.MostBytes())
	}
	src, err := unpacked(ctx, src, o)
	if err != nil {
		return nil, err
	}
	reports, book, err := read(ctx, src.Bytes, o)
	if err != nil {
		return nil, err
	}
	of := &source{book: book}
	if workbook.Sniff(src.Bytes) == workbook.Encrypted {
		of.locked = cmp.Or(o.Password, workbook.DefaultPassword)
	}
	for _, r := range reports {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		found, err := examine(r, o)
		if err != nil {
			return nil, err
		}
		of.results = append(of.results, &Result{Name: src.Name, Report: r, Findings: found, options: o, of: of})
	}
	return slices.Clone(of.results), nil
}

// unpacked is the one form in an archive; anything else is as it is.
func unpacked(ctx context.Context, src Source, o Options) (Source, error) {
	if workbook.Sniff(src.Bytes) != workbook.Archive {
		return src, nil
	}
	all, err := archive.Open(bytes.NewReader(src.Bytes), int64(len(src.Bytes)), o.Limits)
	if err != nil {
		return src, err
	}
	form, err := archive.Only(all)
	if err != nil {
		return src, err
	}
	content, err := form.Read(ctx)
	return Source{src.Name + "/" + form.Name, content}, err
}

// examine says all that is wrong with a report.
func examine(r *report.Report, o Options) ([]finding.Finding, error) {
	missing, err := pdf.Missing(r, pdf.Options{FontDir: o.FontDir, Date: o.Date})
	if err != nil {
		return nil, err
	}
	r.Notes = append(r.Notes, missing...)
	found := check.Run(r)
	if o.Last != nil {
		if last := o.Last(r); last != nil {
			found = check.Because(r, append(found, check.Against(r, last)...))
		}
	}
	return found, nil
}

// read reads the reports in a file, and gives the workbook or document that they were
// read from, which a marked copy is made of; nil for JSON.
func read(ctx context.Context, src []byte, o Options) ([]*report.Report, []byte, error) {
	as := reader.Options{Organization: o.Organization, Year: o.Year, Limits: o.Limits}
	if workbook.Sniff(src) == workbook.JSON {
		r, err := reader.ReadJSON(src, as)
		return []*report.Report{r}, nil, err
	}
	book, converted, err := openable(ctx, src, o)
	if err != nil {
		return nil, nil, err
	}
	all, err := reader.Read(ctx, book, as)
	for _, r := range all {
		r.Notes = append(r.Notes, converted...)
	}
	return all, book, err
}

// openable makes of a file's bytes those of a workbook or a document that is read: it
// decrypts an encrypted one and has LibreOffice, if there is one, convert what is of
// another kind, which it notes.
func openable(ctx context.Context, src []byte, o Options) ([]byte, []report.Note, error) {
	switch f := workbook.Sniff(src); f {
	case workbook.Encrypted:
		src, err := workbook.Decrypt(ctx, src, o.Password)
		return src, nil, err
	case workbook.ODS, workbook.DOC:
		program := office.Program()
		if program == "" {
			break // reading it says what to do
		}
		to := workbook.XLSX
		if f == workbook.DOC {
			to = workbook.DOCX
		}
		src, err := office.Convert(ctx, program, src, string(f), string(to))
		return src, []report.Note{{Kind: report.Converted, Text: "." + string(f), Read: "LibreOffice"}}, err
	}
	return src, nil, nil
}

// unknownFormat is the error of a format that there is not.
func unknownFormat(name string) error { return message.NewError("convert.format", name) }

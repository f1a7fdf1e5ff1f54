package convert

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"nianbao/convert/files"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/xlsx"
)

// FileOptions say what to make of a submission and where to put it. The zero value
// saves a PDF and a normalized workbook beside the input, and a marked copy if
// there are errors to mark.
type FileOptions struct {
	Options
	Out     string        // folder for the outputs, made if need be; "" is beside the input
	To      []Format      // nil is PDF and XLSX, and Annotated while errors stand
	Timeout time.Duration // for one submission; 0 is DefaultTimeout
	Temp    string        // folder in which outputs are made before they are renamed; "" is beside them
}

// DefaultTimeout is how long one submission may take.
const DefaultTimeout = 30 * time.Second

// Check reads and checks the submission in the named file and writes nothing.
func Check(ctx context.Context, name string, o FileOptions) ([]*Result, error) {
	return isolate(ctx, o.Timeout, func(ctx context.Context) ([]*Result, error) {
		src, err := files.Load(name, o.Limits.MostBytes())
		if err != nil {
			return nil, err
		}
		return Read(ctx, Source{name, src}, o.Options)
	})
}

// File converts the submission in the named file: it reads and checks it and saves
// the outputs. Each output appears whole or not at all, and none if one of them
// cannot be made. The input is never written to.
func File(ctx context.Context, name string, o FileOptions) ([]*Result, error) {
	return isolate(ctx, o.Timeout, func(ctx context.Context) ([]*Result, error) {
		src, err := files.Load(name, o.Limits.MostBytes())
		if err != nil {
			return nil, err
		}
		return convertSource(ctx, Source{name, src}, stem(name, o.Out), o)
	})
}

// Convert is [File] for a submission whose bytes are at hand. The outputs' names are
// stem, a path, with what each format adds.
func Convert(ctx context.Context, src Source, stem string, o FileOptions) ([]*Result, error) {
	return isolate(ctx, o.Timeout, func(ctx context.Context) ([]*Result, error) { return convertSource(ctx, src, stem, o) })
}

func convertSource(ctx context.Context, src Source, stem string, o FileOptions) ([]*Result, error) {
	results, err := Read(ctx, src, o.Options)
	if err != nil {
		return nil, err
	}
	for _, r := range results {
		if err := r.save(ctx, stem, o); err != nil {
			return nil, err
		}
	}
	return results, nil
}

// save writes the outputs of a result.
func (r *Result) save(ctx context.Context, stem string, o FileOptions) error {
	to, corrected := o.To, false
	if to == nil {
		to = []Format{PDF, XLSX}
		if corrected = r.Errors() == 0; !corrected {
			to = append(to, Annotated)
		}
	}
	var made []files.File
	for _, f := range to {
		var b bytes.Buffer
		if err := r.Write(ctx, &b, f); err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		made = append(made, files.File{Name: stem + formats[f].suffix, Content: b.Bytes()})
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := files.Save(r.Name, o.Temp, made); err != nil {
		return err
	}
	if corrected { // an earlier marked copy is of errors that are gone
		os.Remove(stem + formats[Annotated].suffix)
	}
	for _, f := range made {
		r.Outputs = append(r.Outputs, f.Name)
	}
	return nil
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

// Template saves the empty form in the named file, which must not exist: it may be
// a form that is filled in already.
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

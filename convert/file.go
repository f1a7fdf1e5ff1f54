package convert

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
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
	Apart   string        // behind the names of the outputs of a file with several reports, where other files' have those names; mostly ""
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

// LoadSource reads a submission and checks nothing: the results have no findings. It is
// for what others are compared with, at half of what CheckSource takes.
func LoadSource(ctx context.Context, src Source, o FileOptions) ([]*Result, error) {
	hash := files.DigestOf(src.Bytes).Hash
	return isolate(ctx, o.Timeout, func(ctx context.Context) ([]*Result, error) {
		src, err := unpacked(ctx, src, o.Options)
		if err != nil {
			return nil, err
		}
		reports, _, err := read(ctx, src.Bytes, o.Options)
		var results []*Result
		for _, r := range reports {
			results = append(results, &Result{Name: src.Name, Hash: hash, Report: r, options: o.Options, of: new(source)})
		}
		return results, err
	})
}

// CheckSource is [Check] for a submission whose bytes are at hand: [Read], within the
// time that it may take.
func CheckSource(ctx context.Context, src Source, o FileOptions) ([]*Result, error) {
	hash := files.DigestOf(src.Bytes).Hash
	return isolate(ctx, o.Timeout, func(ctx context.Context) ([]*Result, error) {
		results, err := Read(ctx, src, o.Options)
		for _, r := range results {
			r.Hash = hash
		}
		return results, err
	})
}

// File converts the submission in the named file: it reads and checks it and saves
// the outputs, those of several reports in it under the name of each, see [PartStem].
// Each output appears whole or not at all, and none if one of them cannot be made or
// replaced, except the marked copy: the others are written without it, and the result
// says why. The results are valid, but for their outputs, also when the error is that
// these could not be written. The input is never written to.
func File(ctx context.Context, name string, o FileOptions) ([]*Result, error) {
	return isolate(ctx, o.Timeout, func(ctx context.Context) ([]*Result, error) {
		src, err := files.Load(name, o.Limits.MostBytes())
		if err != nil {
			return nil, err
		}
		return convertSource(ctx, Source{name, src}, Stem(name, o.Out), o)
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
	s := saving{source: results[0].of, stem: stem, FileOptions: o}
	if err = s.save(ctx, src.Name); err != nil {
		for _, r := range results {
			r.Outputs, r.Written = nil, nil
		}
	}
	return results, err
}

// saving is the outputs of a file while they are made. All appear together, so that a
// file with several reports has those of all or of none.
type saving struct {
	*source
	FileOptions
	stem string

	files  []files.File
	marked int   // 1 + the index of the marked copy among the files
	failed error // why there is none
}

// save writes the outputs of all reports in the named file.
func (s *saving) save(ctx context.Context, name string) error {
	for _, r := range s.results {
		if err := s.make(ctx, r); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	if s.To == nil && s.errors() == 0 || s.failed != nil { // an earlier marked copy is not of the errors that stand
		s.files = append(s.files, files.File{Name: s.stem + s.results[0].suffix(Annotated)})
	}
	return files.Save(name, s.Temp, s.files)
}

// make makes the outputs of one report, and the marked copy with the first one that has
// it.
func (s *saving) make(ctx context.Context, r *Result) error {
	to := s.To
	if to == nil {
		to = []Format{PDF, XLSX}
		if r.Errors() > 0 {
			to = append(to, Annotated)
		}
	}
	others := slices.ContainsFunc(to, func(f Format) bool { return f != Annotated })
	for _, f := range to {
		if f == Annotated && s.failed != nil {
			r.Unmarked = s.failed
			continue
		}
		if f == Annotated && s.marked > 0 {
			r.wrote(s.files[s.marked-1])
			continue
		}
		content, err := r.content(ctx, f)
		if f == Annotated && others && err != nil && ctx.Err() == nil {
			s.failed = unmarked(err)
			r.Unmarked = s.failed
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", f, err)
		}
		stem := s.stem
		if f != Annotated {
			stem = PartStem(s.stem, r.Report.Part, s.Apart)
		}
		s.files = append(s.files, files.File{Name: stem + r.suffix(f), Content: content})
		if f == Annotated {
			s.marked = len(s.files)
		}
		r.wrote(s.files[len(s.files)-1])
	}
	return nil
}

func (r *Result) wrote(f files.File) {
	r.Outputs = append(r.Outputs, f.Name)
	r.Written = append(r.Written, files.DigestOf(f.Content))
}

// content is an output's bytes. The marked copy is made from the submission's own
// package, in which anything may stand: its panics are errors, and it may take half
// of the time that is left.
func (r *Result) content(ctx context.Context, f Format) ([]byte, error) {
	var b bytes.Buffer
	if f != Annotated {
		err := r.Write(ctx, &b, f)
		return b.Bytes(), err
	}
	limit := DefaultTimeout
	if deadline, ok := ctx.Deadline(); ok {
		limit = max(time.Until(deadline)/2, 1)
	}
	_, err := isolate(ctx, limit, func(ctx context.Context) ([]*Result, error) { return nil, r.Write(ctx, &b, f) })
	if err != nil {
		return nil, err // b may still be written to
	}
	return b.Bytes(), nil
}

// unmarked is the error of a marked copy that could not be made.
func unmarked(err error) error {
	var why any = err
	var m *message.Error
	switch {
	case !errors.As(err, &m):
	case m.Key == "convert.panic":
		why = m.Args[0]
	case m.Key == "read.limit.time":
		why = message.New("cause.time")
	default:
		why = m.Message
	}
	return &message.Error{Message: message.New("convert.unmarked", why), Err: err}
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

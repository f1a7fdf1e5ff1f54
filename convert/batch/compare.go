package batch

import (
	"context"
	"path/filepath"

	"nianbao/convert"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// Priors are reports of earlier years, by organization and year.
type Priors map[priorKey]prior

type priorKey struct {
	organization string // normalized
	year         int
}

type prior struct {
	report *report.Report
	files  []string // more than one where it is not known which is the right one
}

// Add adds the report of an earlier year that was read from the file. One whose
// organization was not found belongs to nobody. Its notes, which nothing compares,
// are not kept.
func (p Priors) Add(file string, r *report.Report) {
	key := priorKey{organization.Key(r.Organization), r.Year}
	if key.organization == "" {
		return
	}
	last := *r
	last.Notes = nil
	p[key] = prior{&last, append(p[key].files, file)}
}

// Of returns the same organization's report for the year before, and the files that
// it was read from: the report is nil if there are none, or several.
func (p Priors) Of(r *report.Report) (last *report.Report, files []string) {
	found := p[priorKey{organization.Key(r.Organization), r.Year - 1}]
	if len(found.files) > 1 {
		return nil, found.files
	}
	return found.report, found.files
}

// ReadAll reads the files one after the other and hands each result to the
// function; of a file that could not be read it has nothing but the name. It stops
// only when the context is done.
func ReadAll(ctx context.Context, files []string, o convert.Options, each func(r *convert.Result, err error)) error {
	for _, name := range files {
		result, err := convert.Check(ctx, name, o)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			each(&convert.Result{File: name}, err)
			continue
		}
		each(result, nil)
	}
	return nil
}

// Submissions lists the files that the paths name: a file itself, of a folder the
// spreadsheets in it and below, but for our own outputs.
func Submissions(paths []string) ([]string, error) {
	var files []string
	for _, p := range paths {
		if !isFolder(p) {
			files = append(files, p)
			continue
		}
		inputs, _, err := findInputs([]string{p}, "", nil, nil)
		if err != nil {
			return nil, err
		}
		for _, in := range inputs {
			files = append(files, filepath.Join(p, filepath.FromSlash(in.rel)))
		}
	}
	return files, nil
}

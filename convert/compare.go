package convert

import (
	"context"
	"os"
	"path/filepath"
	"slices"

	"nianbao/convert/check"
	"nianbao/convert/report"
)

// Priors are reports of earlier years, by organization and year.
type Priors map[priorKey]*report.Report

type priorKey struct {
	organization string // normalized
	year         int
}

// Add adds a report of an earlier year. Its notes, which nothing compares, are
// not kept.
func (p Priors) Add(r *report.Report) {
	last := *r
	last.Notes = nil
	p[priorKey{check.NormalizeOrganization(r.Organization), r.Year}] = &last
}

// Of returns the same organization's report for the year before, or nil.
func (p Priors) Of(r *report.Report) *report.Report {
	return p[priorKey{check.NormalizeOrganization(r.Organization), r.Year - 1}]
}

// ReadAll reads the files one after the other and hands each result to the
// function; of a file that could not be read it has nothing but the name. It stops
// only when the context is done.
func ReadAll(ctx context.Context, files []string, o Options, each func(r *Result, err error)) error {
	for _, name := range files {
		result, err := Check(ctx, name, o)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			each(&Result{File: name}, err)
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
		inputs, _, err := findInputs([]string{p}, os.DevNull, nil, nil)
		if err != nil {
			return nil, err
		}
		for _, in := range inputs {
			files = append(files, filepath.Join(p, filepath.FromSlash(in.rel)))
		}
	}
	return files, nil
}

// Origin is the file among the given ones that the named one is an output of, ""
// if it is of none: *.xlsx names last time's outputs, too.
func Origin(name string, files []string) string {
	for _, f := range files {
		for _, format := range []Format{XLSX, Annotated} {
			if f != name && OutputName(f, "", format) == filepath.Clean(name) {
				return f
			}
		}
	}
	return ""
}

// Filter leaves out the findings of the rules to ignore.
func (r *Result) Filter(ignore []string) {
	r.Findings = slices.DeleteFunc(r.Findings, func(f check.Finding) bool { return slices.Contains(ignore, f.Rule) })
}

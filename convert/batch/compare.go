package batch

import (
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

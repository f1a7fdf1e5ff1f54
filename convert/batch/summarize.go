package batch

import (
	"errors"
	"path/filepath"

	"nianbao/convert/check"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/summary"
)

// summing is what records are summed up to.
type summing struct {
	out, part string
	planned   int                 // submissions that there were to do
	complete  bool                // all are there: else nobody is said to be missing
	others    []organization.Sent // files that are no submissions
	roster    *organization.Roster
	lang      message.Lang
}

// summarize writes the summary of the records that lie in the folder out. If a file of
// it cannot be written, the result is still valid.
func (s *summing) summarize() (*Result, error) {
	name := func(base string) string { return filepath.Join(s.out, base) }
	b := &Result{Results: name(summary.Results(s.part)), Workbook: name(summary.Workbook(s.part)), Page: name(summary.Page(s.part)), JSON: name(summary.JSON(s.part))}
	sent, err := sentIn(b.Results)
	if err != nil {
		return nil, err
	}
	sent = append(sent, s.others...)
	b.Totals = *summary.NewTotals(sent, organization.Senders(sent, s.roster, 0))
	b.Planned = s.planned
	for r, err := range summary.Records(b.Results) {
		if err != nil {
			return nil, unreadableRecords(b.Results, err)
		}
		b.Add(r)
	}
	last, _ := summary.ReadSeason(b.JSON) // one that cannot be read says nothing
	b.Finish(last, s.complete, s.lang)
	titles := func(id string) (string, string) {
		rule, _ := check.Lookup(id)
		return rule.Title.In(s.lang), rule.Advice.In(s.lang)
	}
	w := summary.Writer{Results: b.Results, Totals: &b.Totals, Lang: s.lang, Rule: titles}
	var failed []error
	for _, f := range []struct { // open in Excel, perhaps: the others are still of use
		name  string
		write func(string) error
	}{{b.Workbook, w.Workbook}, {b.Page, w.Page}, {b.JSON, w.JSON}} {
		if err := f.write(f.name); err != nil {
			failed = append(failed, files.Unwritable(f.name, err))
		}
	}
	return b, errors.Join(failed...)
}

// sentIn is who sent what by a file of records, in its order.
func sentIn(results string) ([]organization.Sent, error) {
	var all []organization.Sent
	for r, err := range summary.Briefs(results) {
		if err != nil {
			return nil, unreadableRecords(results, err)
		}
		all = append(all, r.Sent())
	}
	return all, nil
}

func unreadableRecords(name string, err error) error {
	return &message.Error{Message: message.New("batch.unreadable", name, files.Cause(err)), Err: err}
}

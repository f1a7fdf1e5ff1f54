package batch

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"hash"
	"slices"

	"nianbao/convert"
	"nianbao/convert/check"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// Priors are reports of earlier years. Add all, and then Settle: of each body and year
// the one that counts is compared with.
type Priors struct {
	Roster *organization.Roster // who should report, with the names that they had, or nil

	sent    []organization.Sent
	reports [][]byte // packed
	years   map[int]*priorYear
	sum     hash.Hash
}

// priorYear are the reports of one year.
type priorYear struct {
	names   *organization.Roster // of the bodies
	reports map[string][]byte    // packed
}

// LoadPriors reads the reports of earlier years that lie in a folder. What cannot be
// read is handed to failed.
func LoadPriors(ctx context.Context, folder string, roster *organization.Roster, o convert.FileOptions, failed func(name string, err error)) (*Priors, error) {
	p := &Priors{Roster: roster}
	o.Organization, o.Year, o.Last = "", 0, nil
	inputs, packed, err := submissionsIn(ctx, []string{folder}, o)
	if err != nil {
		return nil, err
	}
	for _, name := range packed {
		failed(name, &message.Error{Message: notUnpacked})
	}
	err = readInputs(ctx, inputs, o, convert.LoadSource, func(in input, results []*convert.Result, err error) error {
		if err != nil {
			failed(in.rel, err)
			return nil
		}
		for _, r := range results {
			p.Add(sentAs(in, originOf(in, inputs), r), r.Report)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	p.Settle()
	return p, nil
}

// Add adds the report of an earlier year, which need not be checked. One whose
// organization was not found belongs to nobody.
func (p *Priors) Add(sent organization.Sent, r *report.Report) {
	if organization.Key(r.Organization) == "" {
		return
	}
	packed := report.Pack(r)
	p.sent, p.reports = append(p.sent, sent), append(p.reports, packed)
	if p.sum == nil {
		p.sum = sha256.New()
	}
	compared := *r // of all that is kept
	compared.Title, compared.Signature, compared.Notes = "", report.Signature{}, unread(r.Notes)
	p.sum.Write(report.Pack(&compared))
}

// unread are the notes on figures that could not be read: nothing is said of those.
func unread(notes []report.Note) []report.Note {
	var all []report.Note
	for _, n := range notes {
		if n.Kind == report.NotNumber || n.Kind == report.SpreadsheetError {
			all = append(all, n)
		}
	}
	return all
}

// Settle chooses the one report of each body and year. Nothing may be added after it.
func (p *Priors) Settle() {
	p.years = map[int]*priorYear{}
	for _, x := range p.sent {
		if p.years[x.Year] != nil {
			continue
		}
		y := &priorYear{reports: map[string][]byte{}}
		p.years[x.Year] = y
		choice := organization.Senders(p.sent, p.Roster, x.Year)
		if p.check(choice, x.Year) {
			choice = organization.Senders(p.sent, p.Roster, x.Year)
		}
		var names []string
		for i, b := range choice.Bodies {
			if b.Report < 0 || p.sent[b.Report].Year != x.Year || b.Alike != "" { // who is only likely to be it is not
				continue
			}
			names = append(names, choice.Bodies[i].Organization)
			y.reports[b.Organization] = p.reports[b.Report]
		}
		y.names = organization.RosterOf(names)
	}
}

// check counts the errors of the reports of bodies that have several for a year: one
// without errors is compared with. It reports whether there are such.
func (p *Priors) check(choice *organization.Choice, year int) bool {
	checked := false
	for _, b := range choice.Bodies {
		versions := slices.DeleteFunc(slices.Clone(b.Files), func(i int) bool { return p.sent[i].Year != year })
		if len(versions) < 2 {
			continue
		}
		checked = true
		for _, i := range versions {
			p.sent[i].Errors = finding.Count(check.Run(report.Unpack(p.reports[i])), finding.Error)
		}
	}
	return checked
}

// Of returns the same organization's report for the year before, nil if there is none.
// Names are matched as a roster's are.
func (p *Priors) Of(r *report.Report) *report.Report {
	y := p.years[r.Year-1]
	if y == nil || r.Year == 0 {
		return nil
	}
	name := r.Organization
	if p.Roster != nil {
		if listed, ok := p.Roster.Find(name); ok {
			if last := y.reports[listed]; last != nil {
				return unpacked(last)
			}
		}
	}
	name, _ = y.names.Find(name)
	return unpacked(y.reports[name])
}

// unpacked is a report of last year with those of its notes that a comparison heeds.
func unpacked(packed []byte) *report.Report {
	if packed == nil {
		return nil
	}
	r := report.Unpack(packed)
	r.Notes = unread(r.Notes)
	return r
}

// fingerprint is the same for the same reports, known by the same names.
func (p *Priors) fingerprint() string {
	if p == nil || p.sum == nil {
		return ""
	}
	names := sha256.New()
	names.Write(p.sum.Sum(nil))
	if p.Roster != nil {
		all, _ := json.Marshal(p.Roster) // texts always encode
		names.Write(all)
	}
	return hex.EncodeToString(names.Sum(nil)[:8])
}

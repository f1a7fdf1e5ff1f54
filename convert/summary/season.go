package summary

import (
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"slices"

	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// Season is what summary.json says: who sent what, and what it adds up to.
type Season struct {
	Version       int            `json:"version"` // finding.JSONVersion
	Year          int            `json:"year"`    // the main year, 0 if none was found
	Form          string         `json:"form"`    // that most of the counted reports are on
	Due           int            `json:"due,omitempty"`
	Counted       int            `json:"counted"` // bodies
	Totals        report.Figures `json:"totals"`  // of the counted reports, blanks filled as in the outputs
	Organizations []Body         `json:"organizations"`
	Files         []File         `json:"files"`
	Unfinished    bool           `json:"unfinished,omitempty"` // not all that there is to do was done
	Since         *Since         `json:"since,omitempty"`      // nil when nothing changed since last time
}

// The statuses of bodies, besides those of their reports.
const (
	OtherFormat   Status = "other-format" // sent something that is no form
	OtherYearOnly Status = "other-year"   // sent only another year's
	NothingSent   Status = "missing"
	NotListed     Status = "unlisted" // sent a report, and is not on the roster
)

// Body is what became of an organization.
type Body struct {
	Organization string   `json:"organization"` // as the roster has it
	Status       Status   `json:"status"`
	Counted      bool     `json:"counted"`           // its report is in the totals
	File         string   `json:"file,omitempty"`    // its one report
	Files        []string `json:"files"`             // all that it sent
	Rules        []string `json:"rules,omitempty"`   // of the errors and warnings of its report
	Outputs      []string `json:"outputs,omitempty"` // of its report
}

// File is what a file counts as.
type File struct {
	File         string            `json:"file"`
	Part         string            `json:"part,omitempty"`
	Kind         organization.Kind `json:"kind"`
	Organization string            `json:"organization,omitempty"`
	Why          string            `json:"why,omitempty"`
}

// Since is what changed since the same folder was summed up before.
type Since struct {
	New       []string `json:"new"`       // bodies whose report was not there
	Corrected []string `json:"corrected"` // bodies whose report had errors, or could not be read
}

// arrived reports whether there is a report that was read.
func (b *Body) arrived() bool {
	return b.Status == Good || b.Status == Warned || b.Status == Wrong || b.Status == NotListed && b.File != ""
}

// since compares with the last time; nil if nothing is new.
func (s *Season) since(last *Season) *Since {
	if last == nil || last.Unfinished || s.Unfinished || last.Year != s.Year {
		return nil
	}
	before := map[string]*Body{}
	for i := range last.Organizations {
		before[last.Organizations[i].Organization] = &last.Organizations[i]
	}
	c := Since{New: []string{}, Corrected: []string{}}
	for i := range s.Organizations {
		now := &s.Organizations[i]
		old := before[now.Organization]
		switch {
		case !now.arrived():
		case old != nil && (old.Status == Wrong || old.Status == Failed) && now.Counted:
			c.Corrected = append(c.Corrected, now.Organization)
		case old == nil || !old.arrived():
			c.New = append(c.New, now.Organization)
		}
	}
	if len(c.New)+len(c.Corrected) == 0 {
		return nil
	}
	return &c
}

// season makes of the choice and the totals what summary.json says.
func (t *Totals) season(lang message.Lang) *Season {
	c := t.Choice
	s := &Season{Version: finding.JSONVersion, Year: c.Year, Form: t.mainForm(), Counted: t.Counted, Totals: t.figures(),
		Organizations: []Body{}, Files: []File{}}
	for i := range c.Bodies {
		b := &c.Bodies[i]
		if b.Listed {
			s.Due++
		}
		out := Body{Organization: b.Organization, Files: []string{}, Status: lacking[b.Lacks]}
		for _, k := range b.Files {
			if f := t.Sent[k].File; !slices.Contains(out.Files, f) {
				out.Files = append(out.Files, f)
			}
		}
		if b.Report >= 0 {
			r := t.chosen[b.Report]
			out.File, out.Status, out.Counted, out.Rules, out.Outputs = t.Sent[b.Report].File, r.status, r.counted, r.rules, r.outputs
		}
		if c.Roster && !b.Listed {
			out.Status = NotListed
		}
		s.Organizations = append(s.Organizations, out)
	}
	for i, x := range t.Sent {
		fate := c.Files[i]
		f := File{File: x.File, Part: x.Part, Kind: fate.Kind}
		if fate.Body >= 0 {
			f.Organization = c.Bodies[fate.Body].Organization
		} else {
			f.Organization = x.Organization
		}
		for k, why := range fate.Why {
			if k > 0 {
				f.Why += "\n"
			}
			f.Why += why.In(lang)
		}
		if f.Why == "" && fate.Kind == organization.Failed {
			f.Why = t.reasons[i]
		}
		s.Files = append(s.Files, f)
	}
	return s
}

var lacking = map[organization.Kind]Status{
	organization.Failed: Failed, organization.OtherFormat: OtherFormat, organization.OtherYear: OtherYearOnly, organization.Missing: NothingSent,
}

// JSON writes summary.json.
func (w *Writer) JSON(name string) error {
	return WriteFile(name, func(out io.Writer) error {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		return e.Encode(w.Totals.Season)
	})
}

// ReadSeason reads a summary.json; nil if there is none, or none that can be read.
func ReadSeason(name string) (*Season, error) {
	f, err := files.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := new(Season)
	if err := json.NewDecoder(f).Decode(s); err != nil {
		return nil, err
	}
	return s, nil
}

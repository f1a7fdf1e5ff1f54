package batch

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"nianbao/convert"
	"nianbao/convert/check"
	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
	"nianbao/convert/rollup"
	"nianbao/convert/xlsx"
)

// RollupOptions says how to add up reports. Of the FileOptions, those that are about
// reading count; with a Year, reports of that year are added up.
type RollupOptions struct {
	convert.FileOptions
	Parent        string               // the organization that the sum is the report of, or ""
	Roster        *organization.Roster // who should have reported, or nil
	RosterFile    string               // which it was read from: no submission, wherever it lies
	IncludeErrors bool                 // reports with error-level findings, too
	IncludeSums   bool                 // sums as well as their parts
	IncludeChosen bool                 // where years, forms, versions or sums are mixed, those that were chosen
}

// RollupResult is what became of a sum.
type RollupResult struct {
	Report   *report.Report
	Parts    int               // reports that were added up
	Wrong    []*convert.Result // with error-level findings: left out, unless they were to be included; of their reports only whose they are
	Failed   []FailedInput     // could not be read
	Packed   []string          // archives that were not unpacked
	LeftOut  []LeftOut         // all that is not in the sum, and why
	Findings []finding.Finding // on who sent what
	Misread  bool              // the roster, probably: so little of it was found
}

// FailedInput is a submission that could not be read.
type FailedInput struct {
	File string
	Err  error
}

// LeftOut is a submission, or a body of the roster, that is not in a sum.
type LeftOut struct {
	Organization string
	File         string // "" for a body that sent nothing
	Part         string // which of several reports in the file, or ""
	Why          message.Message
}

// Rollup adds up the reports that the paths name, files and whole folders: of each
// body the one that [organization.Senders] chooses. It writes the sum as a filled form
// to the named file, which may be there already only if it is an earlier sum of the same
// bodies for the same year, without texts.
// Where years, forms, versions or sums are mixed the error names all of them, and
// nothing is written, unless the options say that the choice is right.
func Rollup(ctx context.Context, name string, paths []string, o RollupOptions) (*RollupResult, error) {
	found, err := findInputs(paths, "", nil, nil, o.Limits)
	if err != nil {
		return nil, err
	}
	old, err := sumToReplace(ctx, name, o)
	if err != nil {
		return nil, err
	}
	found.settleMarked(ctx, o.FileOptions)
	inputs := without(without(found.inputs, name), o.RosterFile)
	a := adding{RollupOptions: o, result: RollupResult{Packed: found.packed()}}
	if err := checkInputs(ctx, inputs, o.FileOptions, a.read); err != nil {
		return nil, err
	}
	for _, x := range withoutRoster(found.others, o.RosterFile) {
		a.sent, a.parts, a.wrong = append(a.sent, x), append(a.parts, rollup.Part{}), append(a.wrong, nil)
	}
	if err := a.choose(); err != nil {
		return &a.result, err
	}
	a.result.Parts = len(a.sum.Parts)
	if a.result.Report = a.sum.Report(o.Parent); a.result.Report == nil {
		return &a.result, message.NewError("rollup.none", len(inputs), found.passedOver)
	}
	if old != nil && !a.replaces(old) {
		var of any = cmp.Or(old.Organization, strings.Join(old.Sum.Bodies, "、"))
		if old.Year != 0 {
			of = message.New("rollup.sumof", of, old.Year)
		}
		return nil, message.NewError("rollup.othersum", name, of)
	}
	var parts []xlsx.Contribution
	for _, p := range a.sum.Parts {
		parts = append(parts, xlsx.Contribution{Organization: p.Organization, File: p.File, Figures: p.Figures, Sections: p.Sections})
	}
	var without []xlsx.Exclusion
	for _, x := range a.result.LeftOut {
		without = append(without, xlsx.Exclusion{Organization: x.Organization, File: x.File, Why: x.Why.In(message.Chinese)}) // as the sheet is
	}
	var b bytes.Buffer
	if err := xlsx.WriteRollup(&b, a.result.Report, parts, without); err != nil {
		return nil, err
	}
	return &a.result, files.Save("", "", []files.File{{Name: name, Content: b.Bytes()}})
}

// adding is a Rollup while it runs.
type adding struct {
	RollupOptions
	sent   []organization.Sent
	parts  []rollup.Part     // of sent, those of which no report was read are empty
	wrong  []*convert.Result // of sent, nil for those without errors
	sum    rollup.Sum
	result RollupResult
}

// read takes note of what was sent.
func (a *adding) read(in input, results []*convert.Result, err error) error {
	if err != nil {
		a.result.Failed = append(a.result.Failed, FailedInput{in.rel, err})
		a.sent, a.parts, a.wrong = append(a.sent, organization.Unread(in.rel, message.CodeOf(err))), append(a.parts, rollup.Part{}), append(a.wrong, nil)
		return nil
	}
	for _, r := range results {
		p, err := rollup.PartOf(in.rel, r.Report)
		if err != nil {
			return err
		}
		x := sentAs(in, in.marked, r)
		var wrong *convert.Result
		if x.Errors > 0 {
			wrong = &convert.Result{Name: in.rel, Report: &report.Report{Organization: r.Report.Organization, Part: r.Report.Part}, Findings: r.Findings}
		}
		if x.Sum && a.IncludeSums {
			x.Sum = false
		}
		a.sent, a.parts, a.wrong = append(a.sent, x), append(a.parts, p), append(a.wrong, wrong)
	}
	return nil
}

// choose adds up the reports that count, and says why the others do not.
func (a *adding) choose() error {
	children := check.Children{Roster: a.Roster}
	for _, x := range a.sent {
		children.AddFile(x)
	}
	c := children.Chosen(a.Year)
	a.result.Findings, a.result.Misread = children.Submissions(a.Year), c.Misread
	form := a.mainForm(c)
	obstacles := map[string][]string{} // by key, files
	for i, x := range a.sent {
		fate := c.Files[i]
		why := message.New("rollup.failed")
		if len(fate.Why) > 0 {
			why = fate.Why[len(fate.Why)-1]
		}
		switch {
		case fate.Kind == organization.OwnOutput || fate.Kind == organization.Attachment || fate.Kind == organization.OtherFormat && fate.Body < 0:
			continue // no report, and no body lacks it
		case fate.Kind == organization.OtherFormat: // what is to be done about it is not for the county's report
			why = message.New("rollup.otherformat", x.Format)
			if x.Packed {
				why = message.New("rollup.packed", x.Format)
			}
		case fate.Kind == organization.Superseded || fate.Kind == organization.Duplicate:
			obstacles["rollup.versions"] = append(obstacles["rollup.versions"], x.File)
		case fate.Kind == organization.OtherYear:
			obstacles["rollup.years"] = append(obstacles["rollup.years"], x.File)
		case fate.Kind == organization.Sum:
			obstacles["rollup.sums"] = append(obstacles["rollup.sums"], x.File)
		case !c.Counts(i):
		case c.Bodies[fate.Body].Uncounted:
			why = message.New("rollup.uncounted")
		case a.parts[i].Form != form:
			obstacles["rollup.forms"] = append(obstacles["rollup.forms"], x.File)
			why = message.New("rollup.otherform", a.parts[i].Form, form)
		default:
			if a.wrong[i] != nil {
				a.result.Wrong = append(a.result.Wrong, a.wrong[i])
				if !a.IncludeErrors {
					a.leaveOut(i, c, message.New("rollup.witherrors", a.wrong[i].Errors()))
					continue
				}
			}
			if c.Year != 0 {
				a.sum.Year = c.Year
			}
			a.parts[i].Organization = cmp.Or(c.Bodies[fate.Body].Organization, a.parts[i].Organization)
			if err := a.sum.Add(a.parts[i]); err != nil {
				return err
			}
			continue
		}
		a.leaveOut(i, c, why)
	}
	for _, b := range c.Bodies {
		if b.Listed && len(b.Files) == 0 {
			a.result.LeftOut = append(a.result.LeftOut, LeftOut{b.Organization, "", "", message.New("rollup.missing")})
		}
	}
	return a.obstructed(obstacles, c.Year, form)
}

func (a *adding) leaveOut(i int, c *organization.Choice, why message.Message) {
	name := a.sent[i].Organization
	if b := c.Files[i].Body; b >= 0 {
		name = c.Bodies[b].Organization
	}
	a.result.LeftOut = append(a.result.LeftOut, LeftOut{name, a.sent[i].File, a.sent[i].Part, why})
}

// mainForm is the form of most of the reports that count.
func (a *adding) mainForm(c *organization.Choice) string {
	n := map[string]int{}
	best := ""
	for i := range a.sent {
		if id := a.parts[i].Form; id != "" && c.Counts(i) {
			if n[id]++; n[id] > n[best] || n[id] == n[best] && id > best {
				best = id
			}
		}
	}
	return best
}

// obstructed is the error that names at once all that stands in the way of the sum.
func (a *adding) obstructed(obstacles map[string][]string, year int, form string) error {
	if len(obstacles) == 0 || a.IncludeChosen {
		return nil
	}
	e := &message.Error{Message: message.New("rollup.obstacles")}
	var lines []any
	for _, key := range []string{"rollup.years", "rollup.forms", "rollup.versions", "rollup.sums"} {
		if list := obstacles[key]; list != nil {
			lines = append(lines, message.New(key, len(list), strings.Join(list, "、"), year, form))
		}
	}
	for len(lines) < 4 {
		lines = append(lines, "")
	}
	e.Args = lines
	return e
}

// sumToReplace is the sum that stands in the named file, nil if nothing does. What is no
// sum may be a submission, and a text in one is somebody's further work: it is not replaced.
func sumToReplace(ctx context.Context, name string, o RollupOptions) (*report.Report, error) {
	if _, err := os.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	as := o.FileOptions
	as.Organization, as.Year = "", 0
	old, err := convert.Check(ctx, name, as)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil || len(old) > 1 || old[0].Report.Sum == nil:
		return nil, message.NewError("rollup.exists", name)
	}
	for _, s := range old[0].Report.Sections {
		if len(s.Paragraphs) > 0 {
			return nil, message.NewError("rollup.texts", name)
		}
	}
	return old[0].Report, nil
}

// replaces reports whether the sum is a later one of what the old one is of: the same
// year and, where both name it, body, and somebody whose report is in both. The sum of a
// part of the county is none of the county's.
func (a *adding) replaces(old *report.Report) bool {
	key := func(name string) string {
		return strings.TrimSuffix(organization.Plain(organization.Key(name)), "政府")
	}
	now := a.result.Report
	was, is := key(old.Organization), key(now.Organization)
	if old.Year != now.Year || was != "" && is != "" && was != is {
		return false
	}
	return slices.ContainsFunc(a.sum.Parts, func(p rollup.Part) bool {
		return slices.ContainsFunc(old.Sum.Bodies, func(b string) bool { return organization.Key(b) == organization.Key(p.Organization) })
	})
}

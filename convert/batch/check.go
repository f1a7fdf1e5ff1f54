package batch

import (
	"context"
	"errors"
	"path/filepath"
	"slices"

	"nianbao/convert"
	"nianbao/convert/check"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// CheckOptions say what to check submissions against. Of the FileOptions, those
// that are about reading count.
type CheckOptions struct {
	convert.FileOptions
	Prior      string               // last year's report of the one that is checked, or ""
	PriorDir   string               // a folder of last year's reports, or ""
	Children   string               // a folder of the reports that the one that is checked adds up, or ""
	Roster     *organization.Roster // who should report, or nil
	RosterFile string               // which it was read from, to name
	Ignore     []string             // ids of rules
}

// Checked is what [Check] says of one file: a report with its findings, why there is
// none, or what else is to be said of the file.
type Checked struct {
	Name   string
	Result *convert.Result // of a roster without a report
	Err    error
	Note   *message.Message
}

// Check checks the submissions that the paths name, files and whole folders, and
// hands on what it has to say of each, in order. It writes nothing. The error is the
// context's, or that of paths that name nothing.
func Check(ctx context.Context, paths []string, o CheckOptions, say func(Checked)) error {
	inputs, packed, err := submissionsIn(ctx, paths, o.FileOptions)
	if err != nil {
		return err
	}
	for _, name := range packed {
		say(Checked{Name: name, Note: &notUnpacked})
	}
	if len(inputs) == 0 {
		return message.NewError("cmd.empty")
	}
	c := &checking{CheckOptions: o, say: say, priors: &Priors{Roster: o.Roster}, children: check.Children{Roster: o.Roster}}
	if err := c.loadPriors(ctx); err != nil {
		return err
	}
	if err := c.loadChildren(ctx, inputs); err != nil {
		return err
	}
	sent := check.Children{Roster: o.Roster} // where no parent is checked
	err = checkInputs(ctx, inputs, o.FileOptions, func(in input, results []*convert.Result, err error) error {
		name, origin := in.rel, originOf(in, inputs)
		if origin != "" && sameReports(ctx, in, inputNamed(origin, inputs), c.FileOptions) {
			c.note(name, message.New("file.ownoutput", origin))
			return nil
		}
		if err != nil {
			sent.AddFile(organization.Unread(name, message.CodeOf(err)))
			say(Checked{Name: name, Err: err})
			return nil
		}
		for _, r := range results {
			c.compareYears(r)
			c.compareChildren(r)
			if o.Children == "" {
				sent.Add(sentAs(in, origin, r), r.Report)
			}
			c.result(r)
		}
		return nil
	})
	if err == nil && o.Roster != nil && o.Children == "" {
		if sent.Chosen(0).Misread {
			c.note(o.RosterFile, message.New("sender.misread"))
		}
		c.result(&convert.Result{Name: o.RosterFile, Report: &report.Report{}, Findings: sent.Submissions(0)})
	}
	return err
}

// checking is a Check while it runs.
type checking struct {
	CheckOptions
	say       func(Checked)
	onlyPrior *report.Report // of Prior
	priors    *Priors        // of PriorDir
	children  check.Children
}

func (c *checking) note(name string, m message.Message) { c.say(Checked{Name: name, Note: &m}) }

func (c *checking) result(r *convert.Result) {
	r.Filter(c.Ignore)
	c.say(Checked{Name: r.Name, Result: r})
}

// others are the options for the files that the checked ones are compared with:
// what is said of the organization and the year is not about them.
func (c *checking) others() convert.FileOptions {
	o := c.FileOptions
	o.Organization, o.Year = "", 0
	return o
}

// loadPriors reads last year's reports.
func (c *checking) loadPriors(ctx context.Context) error {
	var paths []string
	for _, p := range []string{c.Prior, c.PriorDir} {
		if p != "" {
			paths = append(paths, p)
		}
	}
	inputs, _, err := submissionsIn(ctx, paths, c.others())
	if err != nil {
		return err
	}
	defer c.priors.Settle()
	return readInputs(ctx, inputs, c.others(), convert.LoadSource, func(in input, results []*convert.Result, err error) error {
		if err != nil {
			c.say(Checked{Name: in.rel, Err: err})
			return nil
		}
		for _, r := range results {
			c.priors.Add(sentAs(in, originOf(in, inputs), r), r.Report)
			if c.Prior != "" && c.PriorDir == "" {
				c.onlyPrior = r.Report
			}
		}
		return nil
	})
}

// loadChildren reads the children's reports. The parents may lie among them.
func (c *checking) loadChildren(ctx context.Context, parents []input) error {
	if c.Children == "" {
		return nil
	}
	inputs, packed, err := submissionsIn(ctx, []string{c.Children}, c.others())
	if err != nil {
		return err
	}
	for _, name := range packed {
		c.note(name, notUnpacked)
	}
	inputs = slices.DeleteFunc(inputs, func(in input) bool {
		return slices.ContainsFunc(parents, func(p input) bool { return in.packed == p.packed && files.Same(in.file, p.file) })
	})
	return checkInputs(ctx, inputs, c.others(), func(in input, results []*convert.Result, err error) error {
		name := in.rel
		if err != nil {
			c.children.AddFile(organization.Unread(name, message.CodeOf(err)))
			c.say(Checked{Name: name, Err: err})
			return nil
		}
		for _, r := range results {
			if n := r.Errors(); n > 0 {
				c.note(name, message.New("cmd.childwrong", n))
			}
			c.children.Add(sentAs(in, originOf(in, inputs), r), r.Report)
		}
		return nil
	})
}

// compareChildren adds what the children say. Who is missing or came twice explains
// why the sums differ.
func (c *checking) compareChildren(r *convert.Result) {
	if c.Children == "" {
		return
	}
	r.AddFindings(slices.Concat(c.children.Submissions(r.Report.Year), c.children.Figures(r.Report)))
}

// sentAs is who sent what, by what was read from the input, which may be a marked copy of
// another.
func sentAs(in input, marked string, r *convert.Result) organization.Sent {
	return organization.Sent{File: filepath.ToSlash(in.rel), Part: r.Report.Part, Organization: r.Report.Organization, Year: r.Report.Year, Errors: r.Errors(),
		Sum: r.Report.Sum != nil, Marked: filepath.ToSlash(marked), Hash: r.Hash, Time: in.changed()}
}

// compareYears adds what last year's report says, if there is one that is of the
// same organization and of the year before.
func (c *checking) compareYears(r *convert.Result) {
	this := r.Report
	var last *report.Report
	switch {
	case c.onlyPrior != nil:
		if last = c.priors.Of(this); last == nil {
			err := message.NewError("cmd.priorfor", c.onlyPrior.Organization, c.onlyPrior.Year, this.Organization, this.Year)
			switch {
			case isUnknown(c.onlyPrior):
				err = message.NewError("cmd.prior.unknown")
			case isUnknown(this):
				err = message.NewError("cmd.noprior.unknown")
			}
			c.say(Checked{Name: r.Name, Err: err})
			return
		}
	case c.PriorDir != "":
		if last = c.priors.Of(this); last == nil {
			m := message.New("cmd.noprior", this.Organization, this.Year-1)
			if isUnknown(this) {
				m = message.New("cmd.noprior.unknown")
			}
			c.note(r.Name, m)
			return
		}
	default:
		return // Prior was not given, or could not be read, as has been said
	}
	r.AddFindings(check.Against(this, last))
}

// isUnknown reports whether a report does not say whose it is, or of which year.
func isUnknown(r *report.Report) bool { return r.Year == 0 || organization.Key(r.Organization) == "" }

// reading is [convert.CheckSource] or [convert.LoadSource].
type reading func(context.Context, convert.Source, convert.FileOptions) ([]*convert.Result, error)

// checkInputs checks inputs, several at a time, and hands on what came of each, in order,
// until the context is done.
func checkInputs(ctx context.Context, inputs []input, o convert.FileOptions, hand func(input, []*convert.Result, error) error) error {
	return readInputs(ctx, inputs, o, convert.CheckSource, hand)
}

// readInputs is checkInputs in one of the two ways of reading.
func readInputs(ctx context.Context, inputs []input, o convert.FileOptions, read reading, hand func(input, []*convert.Result, error) error) error {
	type outcome struct {
		results []*convert.Result
		err     error
	}
	check := func(ctx context.Context, i int) outcome {
		r, err := inputs[i].read(ctx, o, read)
		return outcome{r, err}
	}
	return each(ctx, len(inputs), 0, true, check, func(i int, o outcome) error {
		if errors.Is(o.err, context.Canceled) && ctx.Err() != nil {
			return ctx.Err()
		}
		return hand(inputs[i], o.results, o.err)
	})
}

// notUnpacked is what is said of an archive that is not unpacked.
var notUnpacked = message.New("archive.left")

// submissionsIn are the submissions that the paths name, known by their names as one
// would open them: a file itself, of a folder or an archive the forms in it, but for our own
// outputs. packed are the archives that were not unpacked.
func submissionsIn(ctx context.Context, paths []string, o convert.FileOptions) (inputs []input, packed []string, err error) {
	for _, p := range paths {
		if !isFolder(p) && !isZip(p) {
			inputs = append(inputs, input{file: p, rel: p})
			continue
		}
		found, err := findInputs([]string{p}, "", nil, nil, o.Limits)
		if err != nil {
			return nil, nil, err
		}
		found.settleMarked(ctx, o)
		within := p
		if !isFolder(p) {
			within = filepath.Dir(p) // rel begins with its name
		}
		for _, in := range found.inputs {
			in.rel = filepath.Join(within, filepath.FromSlash(in.rel))
			inputs = append(inputs, in)
		}
		for _, rel := range found.packed() {
			packed = append(packed, filepath.Join(within, filepath.FromSlash(rel)))
		}
	}
	return inputs, packed, nil
}

// packed are the archives that are not unpacked.
func (f *found) packed() []string {
	var all []string
	for _, x := range f.others {
		if x.Packed {
			all = append(all, x.File)
		}
	}
	return all
}

// originOf is the name of the input that another one is an output of; "" if it is of none.
func originOf(in input, all []input) string {
	if _, ok := cutSuffix(filepath.Base(in.rel)); !ok {
		return ""
	}
	var names []string
	for _, x := range all {
		names = append(names, x.rel)
	}
	return Origin(in.rel, names)
}

func inputNamed(rel string, all []input) input {
	return all[slices.IndexFunc(all, func(in input) bool { return in.rel == rel })]
}

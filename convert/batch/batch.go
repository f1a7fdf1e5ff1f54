// Package batch takes many submissions through package convert at once.
//
// [Run] converts the files and folders that it is given into one output folder and
// sums up what became of them, [Merge] joins the records of several such runs, and
// [Rollup] adds the reports up into their county's. [LoadRoster] reads the list of
// who should report, and [Priors] finds last year's report of each.
//
// A submission that fails costs itself alone. What has been done is in a journal at
// once, so that a run that was ended, however, can be resumed.
package batch

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"nianbao/convert"
	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/summary"
)

// Options says how to convert many submissions.
type Options struct {
	convert.FileOptions                      // Out must be given
	Include, Exclude    []string             // patterns for what is taken from folders
	Jobs                int                  // files at a time; 0 is one for each core
	Shard               Shard                // the part of the submissions to convert
	Resume              bool                 // leave out what was converted before and has not changed
	Roster              *organization.Roster // who should report, or nil
	RosterFile          string               // which it was read from: no submission, wherever it lies
	Priors              *Priors              // reports of the year before to compare with, settled, or nil
	Lang                message.Lang         // of the records and of the summary
	AtDesk              bool                 // who reads the records has no command line
	Version             string               // of the program
	Progress            func(Progress)       // called after each submission, or nil
}

// Progress is how far a batch is.
type Progress struct {
	Done, Total int
	Bad         int // of the done ones, with errors or failed
}

// Result is what became of a batch.
type Result struct {
	summary.Totals
	Skipped    int      // of the submissions, unchanged since they were converted before
	Packed     []string // archives in folders that were not unpacked, by their paths there
	PassedOver int      // files in folders that are no forms by their names, or our own outputs
	Results    string   // the file of records; the summary lies beside it
	Workbook   string
	Page       string
	JSON       string
	RosterKept bool // no roster was given, and that of the last time was used
}

// Run converts the submissions that the paths name, files and whole folders, into
// the folder o.Out and sums up there what became of them: a record of each in
// results.jsonl, and for people summary.xlsx and summary.html. A submission that
// fails costs that one alone; only an output folder that cannot be written to ends
// the batch.
//
// When the context is done, the submissions in hand are finished and what was done
// is summed up; the error is then the context's and the result is valid. It is valid,
// too, when only a file of the summary could not be written.
func Run(ctx context.Context, paths []string, o Options) (*Result, error) {
	if err := o.validate(); err != nil {
		return nil, err
	}
	found, err := findInputs(paths, o.Out, o.Include, o.Exclude, o.Limits)
	if err != nil {
		return nil, err
	}
	found.settleMarked(ctx, o.FileOptions)
	inputs := without(found.inputs, o.RosterFile)
	if len(inputs) == 0 {
		return nil, message.NewError("batch.empty", strings.Join(paths, " "), found.passedOver)
	}
	if o.Priors != nil {
		o.Last = o.Priors.Of
	}
	b := &batch{Options: o, part: summary.Part(o.Shard.K, o.Shard.N), run: o.fingerprint(), others: o.otherFiles(found.others)}
	b.stems = sync.OnceValue(func() map[string]bool {
		stems := map[string]bool{}
		for _, in := range inputs {
			stems[in.stem] = true
		}
		return stems
	})
	for _, in := range inputs {
		if o.Shard.has(in.rel) {
			b.inputs = append(b.inputs, in)
		}
	}
	if err := b.guard(inputs); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(o.Out, 0o777); err != nil {
		return nil, files.Unwritable(o.Out, err)
	}
	release, err := lockOut(o.Out, b.part)
	if err != nil {
		return nil, err
	}
	defer release()
	kept := false
	if o.Shard.N <= 1 {
		if b.Roster, kept, err = settleRoster(o.Out, o.Roster); err != nil {
			return nil, err
		}
	}
	b.Temp = filepath.Join(o.Out, ".nianbao"+b.part)
	defer func() { files.RemoveAll(b.Temp) }() // finish has done so, unless something failed
	if err := b.start(); err != nil {
		return nil, err
	}
	stopped := b.convert(ctx)
	if err := errors.Join(b.fatal, b.journal.close()); err != nil {
		return nil, err
	}
	result, err := b.finish(stopped)
	if result != nil {
		result.PassedOver, result.Packed, result.RosterKept = found.passedOver, found.packed(), kept
	}
	return result, cmp.Or(err, stopped)
}

// otherFiles are the files that are no submissions and belong to the shard.
func (o *Options) otherFiles(all []organization.Sent) []organization.Sent {
	return slices.DeleteFunc(withoutRoster(all, o.RosterFile), func(x organization.Sent) bool { return !o.Shard.has(x.File) })
}

// withoutRoster leaves out the roster, which is nobody's.
func withoutRoster(all []organization.Sent, roster string) []organization.Sent {
	return slices.DeleteFunc(all, func(x organization.Sent) bool {
		return roster != "" && strings.EqualFold(path.Base(x.File), filepath.Base(roster))
	})
}

// validate checks that the options are such as a batch can have.
func (o *Options) validate() error {
	switch {
	case o.Out == "":
		return message.NewError("batch.noout")
	case o.Jobs < 0:
		return message.NewError("batch.jobs", o.Jobs)
	case o.Shard != Shard{} && (o.Shard.N < 1 || o.Shard.K < 0 || o.Shard.K >= o.Shard.N):
		return message.NewError("batch.shard", fmt.Sprintf("%d/%d", o.Shard.K, o.Shard.N))
	case o.Shard.N > 1 && o.Roster != nil:
		return message.NewError("batch.rosterofshard")
	}
	return nil
}

// batch is a batch while it runs.
type batch struct {
	Options
	part    string // of the names of the summary's files
	run     string
	inputs  []input
	others  []organization.Sent    // files that are no submissions
	stems   func() map[string]bool // of all inputs, of every shard
	places  []place                // of the inputs' records; the zero place is none yet
	known   map[string]known
	journal *journal
	skipped int
	fatal   error // the output folder cannot be written to
}

// fingerprint is the same for runs whose outputs are the same for the same input.
func (o *Options) fingerprint() string {
	f := o.FileOptions
	f.Out, f.Temp = "", ""        // where, not what
	f.Apart = ""                  // an input's
	f.Last = nil                  // a function; what it gives is asked for below
	f.Timeout, f.Password = 0, "" // what fails for want of them is tried again anyway
	sum := sha256.Sum256(fmt.Appendf(nil, "%#v %q %q %q %s", f, o.Lang, o.Version, os.Getenv("SOURCE_DATE_EPOCH"), o.Priors.fingerprint()))
	return hex.EncodeToString(sum[:8])
}

// start makes the folder for unfinished outputs and reads what an earlier run left.
func (b *batch) start() error {
	files.Sweep(b.Out)
	files.RemoveAll(b.Temp) // what stays is in nobody's way
	if err := os.MkdirAll(b.Temp, 0o777); err != nil {
		return files.Unwritable(b.Temp, err)
	}
	files.Hide(b.Temp)
	b.places = make([]place, len(b.inputs))
	return b.openRecords()
}

// done is a submission that a worker is done with.
type done struct {
	records []*summary.Record // one for each report in it; nil if those at place still hold
	place   place
	fatal   error
}

// convert converts the inputs, several at a time. What is in hand when the context
// is done is finished. It returns the context's error if that ended it early.
func (b *batch) convert(ctx context.Context) error {
	p := Progress{Total: len(b.inputs)}
	work := func(ctx context.Context, i int) done { return b.one(context.WithoutCancel(ctx), i) }
	finished := func(i int, d done) error {
		if d.fatal == nil && d.records != nil {
			d.place, d.fatal = b.journal.write(d.records)
		}
		if d.fatal != nil {
			b.fatal = d.fatal
			return d.fatal
		}
		b.places[i] = d.place
		p.Done++
		if d.records == nil {
			b.skipped++
		} else if slices.ContainsFunc(d.records, func(r *summary.Record) bool { return r.Status == summary.Wrong || r.Status == summary.Failed }) {
			p.Bad++
		}
		if b.Progress != nil {
			b.Progress(p)
		}
		return nil
	}
	together, alone := b.order()
	err := eachOf(ctx, together, b.Jobs, work, finished)
	if err == nil && b.fatal == nil {
		err = eachOf(ctx, alone, 1, work, finished)
	}
	if b.fatal != nil {
		return nil
	}
	return err
}

// eachOf does the work for the inputs with these numbers.
func eachOf(ctx context.Context, numbers []int, jobs int, work func(context.Context, int) done, finished func(int, done) error) error {
	return each(ctx, len(numbers), jobs, false, func(ctx context.Context, n int) done { return work(ctx, numbers[n]) },
		func(n int, d done) error { return finished(numbers[n], d) })
}

// order is the order of the inputs: at the end, one by one, those with which an earlier
// run ended.
func (b *batch) order() (together, alone []int) {
	for i, in := range b.inputs {
		if b.known[in.rel].ended > 0 {
			alone = append(alone, i)
		} else {
			together = append(together, i)
		}
	}
	return together, alone
}

// one converts one submission, unless that was done before.
func (b *batch) one(ctx context.Context, i int) done {
	in := b.inputs[i]
	start := time.Now()
	r := summary.Record{Version: finding.JSONVersion, Input: in.rel, Marked: in.marked, Run: b.run, Outputs: []string{}, Findings: []finding.JSON{}}
	before := b.known[in.rel]
	var results []*convert.Result
	src, err := in.load(ctx, b.Limits)
	if modified := in.changed(); !modified.IsZero() {
		r.Modified = modified.UTC()
	}
	if err == nil {
		sum := sha256.Sum256(src)
		if before.holds && before.hash == sum && b.there(before) {
			return done{place: before.place}
		}
		r.Hash = "sha256:" + hex.EncodeToString(sum[:])
		if before.ended > 1 {
			err = message.NewError("batch.ended")
		} else if err := b.journal.begin(in.rel); err != nil {
			return done{fatal: err}
		}
	}
	if err == nil {
		for _, o := range before.outputs {
			if name := filepath.Join(b.Out, filepath.FromSlash(o)); in.owns("", []string{o}) && isFolder(name) {
				os.Remove(name) // if there is nothing in it
			}
		}
		stem := filepath.Join(b.Out, filepath.FromSlash(in.stem))
		o := b.FileOptions
		o.Apart = in.apart
		results, err = convert.Convert(ctx, convert.Source{Name: in.name(), Bytes: src}, stem, o)
	}
	if isUnwritable(err) {
		if fatal := b.probe(err); fatal != nil {
			return done{fatal: fatal}
		}
	}
	if os.Getenv("SOURCE_DATE_EPOCH") == "" {
		r.Milliseconds = time.Since(start).Milliseconds()
	}
	records := b.records(r, in, results, err)
	if !message.CodeOf(err).Transient() || err == nil { // else the outputs are still those of the submission as it is
		var outputs []string
		for _, r := range records {
			outputs = append(outputs, r.Outputs...)
		}
		changed := r.Hash != "sha256:"+hex.EncodeToString(before.hash[:])
		b.removeOld(in, before.outputs, outputs, changed)
	}
	return done{records: records}
}

// removeOld removes those of an earlier run's outputs that this run did not write
// again: no marked copy may stay when its errors are gone, and no PDF of a submission
// that has changed. What has become the name of another submission's outputs is left to
// that one; and what an earlier record says is believed only as far as it could be one
// of ours.
func (b *batch) removeOld(in input, old, now []string, changed bool) {
	own := map[string]bool{in.stem: true}
	for _, o := range now {
		stem, _, _ := convert.CutSuffix(o)
		own[stem] = true
	}
	for _, o := range old {
		stem, _, _ := convert.CutSuffix(o)
		name := filepath.FromSlash(o)
		if kept := !changed && b.To != nil && own[stem]; kept || stem == "" || slices.Contains(now, o) || !filepath.IsLocal(name) || !own[stem] && b.stems()[stem] {
			continue
		}
		if name = filepath.Join(b.Out, name); !files.Foreign(name) {
			files.Remove(name)
		}
	}
}

// records are what became of the input: that it failed, or of each report in it.
func (b *batch) records(r summary.Record, in input, results []*convert.Result, err error) []*summary.Record {
	if err != nil {
		r.Status, r.Error = summary.Failed, b.localize(err)
		r.ErrorCode = message.CodeOf(err)
		return []*summary.Record{&r}
	}
	var all []*summary.Record
	for _, result := range results {
		one := r
		if len(results) > 1 {
			one.Parts = len(results)
		}
		b.fill(&one, in, result)
		all = append(all, &one)
	}
	return all
}

// fill writes into the record what became of a report.
func (b *batch) fill(r *summary.Record, in input, result *convert.Result) {
	r.Organization, r.Year, r.Form, r.Part = result.Report.Organization, result.Report.Year, result.Report.Form, result.Report.Part
	r.Errors, r.Warnings, r.Sum = result.Errors(), result.Warnings(), result.Report.Sum != nil
	switch {
	case r.Errors > 0:
		r.Status = summary.Wrong
	case r.Warnings > 0:
		r.Status = summary.Warned
	default:
		r.Status = summary.Good
	}
	dir := path.Dir(in.stem)
	for _, o := range result.Outputs {
		r.Outputs = append(r.Outputs, path.Join(dir, filepath.Base(o)))
	}
	r.Written = result.Written
	if result.Unmarked != nil {
		r.Unmarked = b.localize(result.Unmarked)
	}
	for _, f := range result.Findings {
		r.Findings = append(r.Findings, f.In(b.Lang))
	}
	r.Figures = result.Report.Figures()
}

// localize is what a record says of an error.
func (o *Options) localize(err error) string {
	if o.AtDesk {
		return message.LocalizeAtDesk(err, o.Lang)
	}
	return message.Localize(err, o.Lang)
}

// probeSize is more than the outputs of a submission usually take.
const probeSize = 1 << 20

// probe tells whether the output folder can no longer be written to, which ends the
// batch, or just the one output that failed.
func (b *batch) probe(err error) error {
	t, probed := files.WriteTemp(b.Temp, make([]byte, probeSize))
	files.Remove(t)
	if probed == nil {
		return nil
	}
	return &message.Error{Message: message.New("batch.unwritable", b.Out, files.Cause(probed)), Err: err}
}

func isUnwritable(err error) bool {
	code := message.CodeOf(err)
	return code == message.Unwritable || code == message.InUse
}

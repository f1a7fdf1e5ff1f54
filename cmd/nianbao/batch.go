package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"nianbao/convert"
	"nianbao/convert/batch"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/summary"
	"nianbao/convert/workbook"
)

// batchFlags are those of a folder of submissions.
type batchFlags struct {
	include, exclude []string
	list             string
	jobs             int
	resume, quiet    bool
	shard, roster    string
	priorDir         string
}

func (b *batchFlags) declare(c *command, flags *pflag.FlagSet) {
	flags.StringArrayVar(&b.include, "include", nil, c.say("flag.include"))
	flags.StringArrayVar(&b.exclude, "exclude", nil, c.say("flag.exclude"))
	flags.StringVar(&b.list, "from-file", "", c.say("flag.list"))
	flags.IntVarP(&b.jobs, "jobs", "j", 0, c.say("flag.jobs"))
	flags.BoolVar(&b.resume, "resume", false, c.say("flag.resume"))
	flags.BoolVarP(&b.quiet, "quiet", "q", false, c.say("flag.quiet"))
	flags.StringVar(&b.shard, "shard", "", c.say("flag.shard"))
	flags.StringVar(&b.roster, "roster", "", c.say("flag.roster"))
	flags.StringVar(&b.priorDir, "prior-dir", "", c.say("flag.priordir"))
}

// wanted reports whether the command line asks for a batch: it names a folder, or an
// archive with several forms, or several files and a folder for their outputs, or has a
// flag that only a batch has.
func (b *batchFlags) wanted(paths []string, out string, limits workbook.Limits) bool {
	if b.list != "" || b.resume || b.shard != "" || b.roster != "" || b.priorDir != "" || len(paths) > 1 && out != "" {
		return true
	}
	for _, p := range paths {
		if isFolder(p) || batch.SeveralIn(p, limits) {
			return true
		}
	}
	return false
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

// paths adds those of --from-file to those of the command line.
func (b *batchFlags) paths(args []string) ([]string, error) {
	if b.list == "" {
		return args, nil
	}
	in, err := os.Stdin, error(nil)
	if b.list != "-" {
		if in, err = os.Open(b.list); err == nil {
			defer in.Close()
		}
	}
	var list []byte
	if err == nil {
		list, err = files.ReadAll(in, workbook.Limits{}.MostBytes())
	}
	if err != nil {
		return nil, message.NewError("batch.list", b.list, files.Cause(err))
	}
	return append(args, batch.ListedPaths(list)...), nil
}

// parseShard reads K/N.
func parseShard(s string) (batch.Shard, error) {
	if s == "" {
		return batch.Shard{}, nil
	}
	k, n, _ := strings.Cut(s, "/")
	shard := batch.Shard{}
	var errK, errN error
	shard.K, errK = strconv.Atoi(k)
	shard.N, errN = strconv.Atoi(n)
	if errK != nil || errN != nil || shard.N == 0 {
		return batch.Shard{}, message.NewError("batch.shard", s)
	}
	return shard, nil
}

// options are those of the batch that the command line asks for.
func (b *batchFlags) options(c *command, paths []string, o convert.FileOptions) (batch.Options, error) {
	all := batch.Options{FileOptions: o, Include: b.include, Exclude: b.exclude, Jobs: b.jobs, Resume: b.resume,
		Lang: c.lang, AtDesk: c.atDesk, Version: programVersion()}
	var err error
	switch {
	case len(paths) == 0:
		return all, message.NewError("cmd.nofiles")
	case o.Out == "" && len(paths) == 1 && isFolder(paths[0]):
		all.Out, err = batch.DefaultOut(paths[0])
	case o.Out == "" && len(paths) == 1 && batch.SeveralIn(paths[0], o.Limits):
		all.Out, err = batch.DefaultOut(strings.TrimSuffix(paths[0], filepath.Ext(paths[0])))
	case o.Out == "":
		err = message.NewError("batch.noout")
	}
	if err == nil {
		all.Shard, err = parseShard(b.shard)
	}
	return all, err
}

// run converts many submissions and sums up what became of them. The result is nil if
// there is none.
func (b *batchFlags) run(c *command, paths []string, o convert.FileOptions) (*batch.Result, int) {
	paths, err := b.paths(paths)
	var all batch.Options
	if err == nil {
		all, err = b.options(c, paths, o)
	}
	if err != nil {
		return nil, c.wrong(err)
	}
	if b.roster != "" {
		if all.Roster, err = batch.LoadRoster(c.ctx, b.roster); err != nil {
			return nil, c.fail(b.roster, err)
		}
		all.RosterFile = b.roster
	}
	if b.priorDir != "" {
		names := all.Roster
		if names == nil && all.Shard.N <= 1 {
			names = batch.KeptRoster(all.Out)
		}
		all.Priors, err = batch.LoadPriors(c.ctx, b.priorDir, names, all.FileOptions, func(name string, err error) { c.fail(name, err) })
		if err != nil {
			return nil, c.fail(b.priorDir, err)
		}
	}
	saveGarbage()
	for {
		result, err := b.once(c, paths, all)
		status := c.batchEnd(result, err, b.quiet)
		if !c.batchAgain(result, err, &all) {
			return result, status
		}
	}
}

// once is one run of the batch.
func (b *batchFlags) once(c *command, paths []string, all batch.Options) (*batch.Result, error) {
	p := newProgress(c, b.quiet)
	all.Progress = p.report
	defer context.AfterFunc(c.ctx, func() {
		if !b.quiet {
			fmt.Fprintln(c.errOut, "\n"+c.say("batch.stopping"))
		}
	})()
	result, err := batch.Run(c.ctx, paths, all)
	p.end()
	if !b.quiet && result != nil && (len(all.To) == 0 || slices.Contains(all.To, convert.PDF)) {
		c.fontNotes(all.FontDir)
	}
	return result, err
}

// batchEnd prints what became of a batch and returns the exit status.
func (c *command) batchEnd(result *batch.Result, err error, quiet bool) int {
	stopped := errors.Is(err, context.Canceled)
	if result == nil && stopped {
		return c.fail("", err)
	}
	if err != nil && !stopped {
		for line := range strings.Lines(c.localize(err)) {
			fmt.Fprintf(c.errOut, "nianbao: %s\n", strings.TrimSpace(line))
		}
	}
	if result == nil {
		return exitFailed
	}
	if !quiet {
		c.batchResult(result)
	}
	if err != nil && !stopped {
		return exitFailed
	}
	return batchStatus(result, err)
}

// saveGarbage has the program collect its garbage less often: conversions leave much
// of it and keep little.
func saveGarbage() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
}

func batchStatus(r *batch.Result, err error) int {
	switch {
	case err != nil:
		return exitStopped
	case r.Statuses[summary.Failed] > r.NoForms:
		return exitFailed
	case r.Statuses[summary.Wrong] > 0:
		return exitFindings
	}
	return exitGood
}

// mostNamed is how many of the submissions that failed are named, and of those with
// errors; mostBodies how many bodies of a kind.
const (
	mostNamed  = 20
	mostBodies = 10
)

// batchResult prints what became of a batch.
func (c *command) batchResult(r *batch.Result) {
	c.failures(r.Results, r.Statuses[summary.Failed])
	c.wrongOnes(r.Results, r.Statuses[summary.Wrong])
	c.totals(r)
	c.rosterNotes(r)
	if r.Skipped > 0 {
		fmt.Fprintln(c.out, c.say("batch.skipped", r.Skipped))
	}
	c.notUnpacked(r.Packed)
	if r.PassedOver > 0 {
		fmt.Fprintln(c.out, c.say("batch.passed", r.PassedOver))
	}
	if left := r.Planned - r.Files; left > 0 {
		fmt.Fprintln(c.out, c.say("batch.stopped", left))
	}
	fmt.Fprintln(c.out, c.say("batch.see", r.Workbook, r.Page))
}

// rosterNotes prints what is to be said of the roster.
func (c *command) rosterNotes(r *batch.Result) {
	if r.Season == nil {
		return
	}
	if r.RosterKept {
		fmt.Fprintln(c.out, c.say("roster.kept", r.Season.Due))
	}
	if r.Choice.Misread {
		fmt.Fprintf(c.errOut, "nianbao: %s\n", c.say("sender.misread"))
	}
}

// totals prints how many submissions there are of each kind.
func (c *command) totals(r *batch.Result) {
	n := r.Statuses[summary.Failed]
	fmt.Fprintln(c.out, c.say("batch.done", r.Submissions, r.Statuses[summary.Good], r.Statuses[summary.Warned], r.Statuses[summary.Wrong], n))
	if r.NoForms > 0 {
		fmt.Fprintln(c.out, c.say("batch.noforms", r.NoForms))
	}
	for _, k := range summary.Kinds {
		if n := r.CountAttention(k); n > 0 {
			fmt.Fprintln(c.out, c.say("batch."+string(k), n)+c.bodies(r, k))
		}
	}
}

// notUnpacked names archives that were not unpacked, as many as fit on a screen.
func (c *command) notUnpacked(names []string) {
	for _, name := range names[:min(len(names), mostNamed)] {
		fmt.Fprintf(c.errOut, "nianbao: %s: %s\n", oneLine(name), c.say("archive.left"))
	}
	if n := len(names) - mostNamed; n > 0 {
		fmt.Fprintln(c.errOut, c.say("archive.more", n))
	}
}

// failures names the submissions that failed, as many as fit on a screen.
func (c *command) failures(results string, n int) {
	named := c.each(results, summary.Failed, n, func(r *summary.Record) {
		fmt.Fprintf(c.errOut, "nianbao: %s: %s\n", oneLine(r.Input), strings.ReplaceAll(r.Error, "\n", " "))
	})
	if n > named {
		fmt.Fprintln(c.errOut, c.say("batch.morefailed", n-named))
	}
}

// wrongOnes names the submissions with errors, likewise.
func (c *command) wrongOnes(results string, n int) {
	named := c.each(results, summary.Wrong, n, func(r *summary.Record) {
		fmt.Fprintln(c.out, c.say("batch.wrong", oneLine(r.Input), r.Errors))
	})
	if n > named {
		fmt.Fprintln(c.out, c.say("batch.morewrong", n-named))
	}
}

// each calls print for the first of the n submissions of a status and returns for how
// many.
func (c *command) each(results string, status summary.Status, n int, print func(*summary.Record)) int {
	named := 0
	if n == 0 {
		return 0
	}
	for r, err := range summary.Briefs(results) {
		if err != nil || named == min(n, mostNamed) {
			break
		}
		if r.Status == status {
			print(r)
			named++
		}
	}
	return named
}

// bodies names those of a kind, as many as fit on two lines.
func (c *command) bodies(r *batch.Result, kind summary.AttentionKind) string {
	var names []string
	for _, a := range r.Attention {
		if a.Kind == kind {
			names = append(names, oneLine(a.Organization))
		}
	}
	list := strings.Join(names[:min(len(names), mostBodies)], c.say("list.comma"))
	if len(names) > mostBodies {
		return c.say("batch.somebodies", list)
	}
	return c.say("batch.bodies", list)
}

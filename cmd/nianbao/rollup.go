package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"nianbao/convert"
	"nianbao/convert/batch"
	"nianbao/convert/finding"
	"nianbao/convert/message"
)

func runRollup(c *command, args []string) int {
	var o batch.RollupOptions
	out := c.flags.StringP("out", "o", "", c.say("flag.rollup"))
	checkSource := c.sourceFlags(&o.FileOptions)
	c.flags.Lookup("org").Usage = c.say("flag.parent")
	c.flags.Lookup("year").Usage = c.say("flag.sumyear")
	roster := c.flags.String("roster", "", c.say("flag.roster"))
	c.flags.BoolVar(&o.IncludeErrors, "include-errors", false, c.say("flag.errors"))
	c.flags.BoolVar(&o.IncludeSums, "include-sums", false, c.say("flag.sums"))
	c.flags.BoolVar(&o.IncludeChosen, "include-chosen", false, c.say("flag.chosen"))
	quiet := c.flags.BoolP("quiet", "q", false, c.say("flag.silent"))
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	o.Parent, o.Organization = o.Organization, ""
	err := checkSource()
	switch {
	case err != nil:
	case c.flags.NArg() == 0:
		err = message.NewError("cmd.nofiles")
	case *out == "":
		err = message.NewError("rollup.noout")
	default:
		err = workbookName(*out)
	}
	if err != nil {
		return c.wrong(err)
	}
	if *roster != "" {
		if o.Roster, err = batch.LoadRoster(c.ctx, *roster); err != nil {
			return c.fail(*roster, err)
		}
		o.RosterFile = *roster
	}
	result, err := batch.Rollup(c.ctx, *out, c.paths(), o)
	if result != nil && (!*quiet || err != nil) {
		c.rollupResult(result, o.IncludeErrors)
	}
	switch {
	case errors.Is(err, context.Canceled):
		return c.fail("", err)
	case err != nil:
		fmt.Fprintf(c.errOut, "nianbao: %s\n", c.localize(err))
		return exitFailed
	}
	if !*quiet {
		fmt.Fprintln(c.out, c.say("rollup.written", *out, result.Parts))
	}
	switch {
	case slices.ContainsFunc(result.Failed, func(f batch.FailedInput) bool { return message.CodeOf(f.Err) != message.NoTables }):
		return exitFailed // not for a letter beside forms
	case len(result.Wrong) > 0:
		return exitFindings
	}
	return exitGood
}

// rollupResult names the reports that are not in the sum, or are in it in spite of
// their errors, and who is missing.
func (c *command) rollupResult(r *batch.RollupResult, included bool) {
	for _, f := range r.Failed {
		fmt.Fprintf(c.errOut, "nianbao: %s: %s\n", oneLine(f.File), c.localize(f.Err))
	}
	if r.Misread {
		fmt.Fprintf(c.errOut, "nianbao: %s\n", c.say("sender.misread"))
	}
	key := "rollup.leftout"
	if included {
		key = "rollup.included"
	}
	c.notUnpacked(r.Packed)
	for _, w := range r.Wrong {
		first := ""
		for _, f := range w.Findings {
			if f.Severity == finding.Error {
				first = f.Message.In(c.lang)
				break
			}
		}
		fmt.Fprintln(c.out, c.say(key, named(w.Name, w.Report.Part), w.Errors(), first))
	}
	for _, f := range r.Findings {
		fmt.Fprintf(c.out, "%s  %s  %s\n", c.severity(f.Severity), f.Rule, f.Message.In(c.lang))
	}
	for _, l := range r.LeftOut {
		if l.File != "" && !slices.ContainsFunc(r.Wrong, func(w *convert.Result) bool { return w.Name == l.File && w.Report.Part == l.Part }) && !slices.ContainsFunc(r.Failed, func(f batch.FailedInput) bool { return f.File == l.File }) {
			fmt.Fprintln(c.out, c.say("rollup.without", l.Organization, named(l.File, l.Part), l.Why))
		}
	}
}

// named is the name of a file with which of several reports in it is meant.
func named(file, part string) string {
	if part == "" {
		return file
	}
	return file + "（" + part + "）"
}

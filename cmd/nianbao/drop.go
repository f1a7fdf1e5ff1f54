package main

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"nianbao/cmd/nianbao/desk"
	"nianbao/convert"
	"nianbao/convert/batch"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/summary"
	"nianbao/convert/workbook"
)

// few are so many files as are converted one by one, each beside where it lies. More
// are a batch with a page.
const few = 2

// kinds are the patterns of files that are submissions.
var kinds = "*" + strings.Join(append(workbook.Extensions(), ".zip"), ";*")

// drop converts what was dropped on the program or, if that is nothing, is chosen then,
// and opens the result. A folder that was converted before is gone on with.
func (c *command) drop(paths []string, o convert.FileOptions, b *batchFlags, open bool) int {
	if len(paths) == 0 && b.list == "" {
		if paths = c.desk.Choose(c.say("desk.choose"), c.say("desk.forms"), kinds); len(paths) == 0 {
			fmt.Fprintln(c.out, c.say("desk.howto"))
			return exitFailed
		}
	}
	for i, p := range paths { // Windows takes "E:\" for E: and a quotation mark
		if disk, ok := strings.CutSuffix(p, `"`); ok && runtime.GOOS == "windows" {
			paths[i] = disk + `\`
		}
	}
	many := b.wanted(paths, o.Out, o.Limits) || len(paths) > few
	if o.Out == "" && len(paths) > 0 {
		o.Out = desk.Place(paths, few)
		b.resume = many
		if many && o.Out != "" { // else it is an archive, whose outputs have its name
			o.Out = freeFor(o.Out, paths, o.Limits)
		}
	}
	var status int
	if many {
		var result *batch.Result
		if result, status = b.run(c, paths, o); result != nil {
			c.results = []string{result.Page}
		}
	} else {
		status = c.convert(paths, o, b.quiet)
	}
	c.desk.Title(c.say("desk.ready"))
	if open {
		c.open()
	}
	return status
}

// freeFor is the folder or, if it holds the results of other submissions, one with a
// number behind its name: those of the last time are not lost for others of today.
func freeFor(out string, paths []string, limits workbook.Limits) string {
	place := out
	for n := 2; !batch.Continues(place, paths, limits); n++ {
		place = fmt.Sprintf("%s (%d)", out, n)
	}
	return place
}

// show notes what is to be opened of a result: the PDF or, while errors stand, the copy
// in which they are marked.
func (c *command) show(r *convert.Result) {
	isMarked := func(name string) bool { return strings.Contains(filepath.Base(name), ".annotated.") }
	i := -1
	if r.Errors() > 0 {
		i = slices.IndexFunc(r.Outputs, isMarked)
	}
	if i < 0 {
		i = slices.IndexFunc(r.Outputs, isPDF)
	}
	if i >= 0 && len(c.results) < few {
		c.results = append(c.results, r.Outputs[i])
	}
}

// open opens the results, each with the program that the user has for it.
func (c *command) open() {
	for _, name := range c.results {
		if _, err := os.Stat(name); err != nil {
			continue // its file could not be written, which has been said
		}
		fmt.Fprintln(c.out, c.say("desk.opening", oneLine(name)))
		if err := desk.Show(name); err != nil {
			fmt.Fprintln(c.out, c.say("desk.unopened", oneLine(name), files.Cause(err)))
		}
	}
}

// file converts a file. At a desk it asks for what it wants: that a file be closed
// elsewhere, or a password.
func (c *command) file(name string, o convert.FileOptions) ([]*convert.Result, error) {
	c.desk.Title(c.say("desk.working", filepath.Base(name)))
	for {
		results, err := convert.File(c.ctx, name, o)
		if c.desk == nil || err == nil || c.ctx.Err() != nil {
			return results, err
		}
		held := files.InUse(err)
		switch {
		case held != "":
			for _, r := range results {
				c.findings(r) // which may be others when it is tried again
			}
			if !c.askToClose(c.say("desk.close", oneLine(held))) {
				return results, err
			}
		case wantsPassword(message.CodeOf(err), name):
			ask := c.say("desk.password", oneLine(filepath.Base(name)))
			if o.Password != "" {
				ask = c.say("desk.again") + ask
			}
			var ok bool
			if o.Password, ok = c.desk.Password(ask); !ok {
				return results, err
			}
		default:
			return results, err
		}
	}
}

// askToClose asks for a file to be closed elsewhere and reports whether it is to be tried
// again.
func (c *command) askToClose(what string) bool {
	answer, ok := c.desk.Ask(what + c.say("desk.skip"))
	return ok && answer == ""
}

// wantsPassword reports whether a password could help. For the old format of Excel none
// can be given.
func wantsPassword(code message.Code, name string) bool {
	ext := strings.ToLower(filepath.Ext(name))
	return (code == message.Encrypted || code == message.WrongPassword) && ext != ".xls" && ext != ".et"
}

// batchAgain asks at a desk for what a batch wants and reports whether it is to be run
// again, for what it lacks.
func (c *command) batchAgain(result *batch.Result, err error, all *batch.Options) bool {
	if c.desk == nil || c.ctx.Err() != nil {
		return false
	}
	held, locked := 0, 0
	if result != nil && err == nil && result.Statuses[summary.Failed] > 0 {
		for r, err := range summary.Briefs(result.Results) {
			switch {
			case err != nil:
			case r.ErrorCode == message.InUse:
				held++
			case wantsPassword(r.ErrorCode, r.Input):
				locked++
			}
		}
	}
	ok := false
	switch name := files.InUse(err); {
	case name != "":
		ok = c.askToClose(c.say("desk.close", oneLine(name)))
	case held > 0:
		ok = c.askToClose(c.say("desk.closeall", held))
	case locked > 0:
		ask := c.say("desk.passwords", locked)
		if all.Password != "" {
			ask = c.say("desk.again") + ask
		}
		all.Password, ok = c.desk.Password(ask)
	}
	all.Resume = true
	return ok
}

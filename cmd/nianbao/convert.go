package main

import (
	"fmt"
	"slices"
	"strings"

	"nianbao/convert"
	"nianbao/convert/batch"
	"nianbao/convert/message"
	"nianbao/convert/workbook"
)

// sourceFlags are about how a file is read: what it does not say itself, and what
// it may cost. The function that it returns checks and applies them.
func (c *command) sourceFlags(o *convert.FileOptions) func() error {
	c.flags.IntVar(&o.Year, "year", 0, c.say("flag.year"))
	c.flags.StringVar(&o.Organization, "org", "", c.say("flag.org"))
	c.flags.StringVar(&o.Password, "password", "", c.say("flag.password"))
	c.flags.DurationVar(&o.Timeout, "timeout", convert.DefaultTimeout, c.say("flag.timeout"))
	size := c.flags.Int64("max-size", workbook.DefaultFileSize>>20, c.say("flag.size"))
	unpacked := c.flags.Int64("max-unpacked", workbook.DefaultUnpacked>>20, c.say("flag.unpacked"))
	c.flags.IntVar(&o.Limits.Cells, "max-cells", workbook.DefaultCells, c.say("flag.cells"))
	return func() error {
		o.Limits.FileSize, o.Limits.Unpacked = *size<<20, *unpacked<<20
		switch {
		case o.Year != 0 && (o.Year < 2000 || o.Year > 2099):
			return message.NewError("cmd.year", o.Year)
		case o.Timeout <= 0 || *size <= 0 || *size > mostMiB || *unpacked <= 0 || *unpacked > mostMiB || o.Limits.Cells <= 0:
			return message.NewError("cmd.limit")
		}
		return nil
	}
}

// mostMiB is the largest limit that can be set, 1 TiB.
const mostMiB = 1 << 20

func runConvert(c *command, args []string) int {
	var o convert.FileOptions
	c.flags.StringVarP(&o.Out, "out", "o", "", c.say("flag.out"))
	to := c.flags.StringSliceP("to", "t", nil, c.say("flag.to"))
	checkSource := c.sourceFlags(&o)
	c.flags.BoolVar(&o.Force, "force", false, c.say("flag.force"))
	c.flags.BoolVar(&o.Draft, "draft", false, c.say("flag.draft"))
	c.flags.StringVar(&o.Date, "date", "", c.say("flag.date"))
	c.flags.BoolVar(&o.Seal, "seal", false, c.say("flag.seal"))
	c.flags.StringVar(&o.FontDir, "font-dir", "", c.say("flag.fonts"))
	var batch batchFlags
	batch.declare(c, c.flags)
	noOpen := c.flags.Bool("no-open", false, c.say("flag.noopen"))
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	var err error
	if o.To, err = convert.ParseFormats(*to); err == nil {
		err = checkSource()
	}
	if err == nil {
		o.Date, err = convert.ParseDate(o.Date)
	}
	if err == nil && c.desk != nil && !fromPipe(c.flags.Args()) {
		return c.drop(c.paths(), o, &batch, !*noOpen)
	}
	many := batch.wanted(c.paths(), o.Out, o.Limits)
	if err == nil && c.flags.NArg() == 0 && !many {
		err = message.NewError("cmd.nofiles")
	}
	piped := fromPipe(c.flags.Args())
	if err == nil && piped && o.Out == "" && len(o.To) != 1 {
		err = message.NewError("cmd.pipe")
	}
	if err != nil {
		return c.wrong(err)
	}
	if piped {
		return c.pipe(o, batch.quiet)
	}
	if many {
		_, status := batch.run(c, c.paths(), o)
		return status
	}
	return c.convert(c.paths(), o, batch.quiet)
}

// convert converts files one by one and prints what was found in each, unless it is to
// be quiet.
func (c *command) convert(files []string, o convert.FileOptions, quiet bool) int {
	status := exitGood
	made := map[string]bool{}
	printed := false
	for _, name := range files {
		if origin := batch.Origin(name, files); origin != "" {
			fmt.Fprintf(c.errOut, "nianbao: %s: %s\n", oneLine(name), oneLine(c.say("file.ownoutput", origin)))
			continue
		}
		if out := convert.OutputName(name, o.Out, convert.PDF); made[out] {
			status = max(status, c.fail(name, message.NewError("file.twice", out)))
			continue
		} else {
			made[out] = true
		}
		for _, packed := range batch.PackedIn(name, o.Limits) {
			fmt.Fprintf(c.errOut, "nianbao: %s: %s\n", oneLine(packed), c.say("archive.left"))
		}
		results, err := c.file(name, o)
		for _, r := range results { // there are some, too, if only the outputs could not be written
			if r.Errors() > 0 {
				status = max(status, exitFindings)
			}
			c.show(r)
			if !quiet {
				c.converted(r, o)
			}
			printed = printed || slices.ContainsFunc(r.Outputs, isPDF)
		}
		if err != nil {
			if status = max(status, c.fail(name, err)); status == exitStopped {
				break
			}
		}
	}
	if printed && !quiet {
		c.fontNotes(o.FontDir)
	}
	return status
}

func isPDF(name string) bool { return strings.HasSuffix(name, ".pdf") }

// isPrinted reports whether an output has the mark of a draft while errors stand. A marked
// copy has not.
func isPrinted(name string) bool {
	_, own, _ := convert.CutSuffix(name)
	return !own && !strings.HasSuffix(name, ".json") || strings.HasSuffix(name, ".normalized.docx")
}

// converted prints what became of a report.
func (c *command) converted(r *convert.Result, o convert.FileOptions) {
	c.findings(r)
	printed := false
	for _, out := range r.Outputs {
		fmt.Fprintln(c.out, "  "+c.say("out.written", oneLine(out)))
		printed = printed || isPrinted(out)
	}
	if r.Unmarked != nil {
		fmt.Fprintln(c.out, "  "+c.localize(r.Unmarked))
	}
	if mark := r.Draft(); printed && mark != "" && !o.Draft {
		key := "out.draft"
		if r.Errors() == 0 {
			key = "out.draft.texts"
		}
		fmt.Fprintln(c.out, "  "+c.say(key, mark))
	}
}

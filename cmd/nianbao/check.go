package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"nianbao/convert"
	"nianbao/convert/batch"
	"nianbao/convert/check"
	"nianbao/convert/finding"
	"nianbao/convert/message"
)

// checking is one run of nianbao check.
type checking struct {
	*command
	options  batch.CheckOptions
	format   string
	roster   string
	severity string
	claims   bool

	status      int
	reported    bool           // of any report
	attachments int            // the status of files that are no forms, which counts where nothing else was read
	lists       []finding.List // kept for SARIF, which is one document
}

func runCheck(c *command, args []string) int {
	k := &checking{command: c}
	k.declare(c.flags)
	checkSource := c.sourceFlags(&k.options.FileOptions)
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	for i, id := range k.options.Ignore {
		k.options.Ignore[i] = strings.ToUpper(strings.TrimSpace(id))
	}
	err := checkSource()
	if err == nil {
		err = k.validate()
	}
	if err != nil {
		return c.wrong(err)
	}
	if k.roster != "" {
		if k.options.Roster, err = batch.LoadRoster(c.ctx, k.roster); err != nil {
			k.show(batch.Checked{Name: k.roster, Err: err})
			return k.ended()
		}
		k.options.RosterFile = k.roster
	}
	if fromPipe(c.flags.Args()) {
		err = k.pipe()
	} else {
		err = batch.Check(c.ctx, c.paths(), k.options, k.show)
	}
	var unreadable *message.Error
	switch {
	case errors.As(err, &unreadable):
		return c.fail(strings.Join(c.paths(), " "), err)
	case err != nil:
		return c.fail("", err)
	}
	if k.format == "sarif" {
		if err := finding.WriteSARIF(c.out, check.Rules(), k.lists, c.lang); err != nil && c.out.err == nil {
			return c.fail("", err)
		}
	}
	return k.ended()
}

// pipe checks the submission in the standard input, by itself.
func (k *checking) pipe() error {
	src, err := k.read(k.options.Limits.MostBytes())
	var results []*convert.Result
	if err == nil {
		results, err = convert.CheckSource(k.ctx, src, k.options.FileOptions)
	}
	if err != nil {
		k.show(batch.Checked{Name: pipeName, Err: err})
		return nil
	}
	for _, r := range results {
		r.Filter(k.options.Ignore)
		k.show(batch.Checked{Name: pipeName, Result: r})
	}
	return nil
}

func (k *checking) declare(flags *pflag.FlagSet) {
	flags.StringVar(&k.format, "format", "text", k.say("flag.format"))
	flags.StringVar(&k.options.Prior, "prior", "", k.say("flag.prior"))
	flags.StringVar(&k.options.PriorDir, "prior-dir", "", k.say("flag.priordir"))
	flags.StringVar(&k.options.Children, "children", "", k.say("flag.children"))
	flags.StringVar(&k.roster, "roster", "", k.say("flag.roster"))
	flags.StringSliceVar(&k.options.Ignore, "ignore", nil, k.say("flag.ignore"))
	flags.BoolVar(&k.claims, "claims", false, k.say("flag.claims"))
	flags.StringVar(&k.severity, "severity", "info", k.say("flag.severity"))
}

func (k *checking) validate() error {
	o := k.options
	for _, id := range o.Ignore {
		if _, ok := check.Lookup(id); !ok {
			return message.NewError("cmd.rule", id)
		}
	}
	if s, ok := severityNamed[k.severity]; ok {
		k.severity = string(s)
	}
	switch {
	case !slices.Contains([]string{"text", "json", "sarif"}, k.format):
		return message.NewError("cmd.findings", k.format)
	case !slices.Contains(severities, finding.Severity(k.severity)):
		return message.NewError("cmd.severity", k.severity)
	case k.flags.NArg() == 0:
		return message.NewError("cmd.nofiles")
	case (o.Prior != "" || o.Children != "") && len(k.paths()) > 1:
		return message.NewError("cmd.oneparent")
	case o.Prior != "" && isFolder(o.Prior):
		return message.NewError("cmd.priorfolder", o.Prior)
	}
	return nil
}

// show prints what there is to say of one file and counts its errors.
func (k *checking) show(c batch.Checked) {
	switch {
	case c.Err != nil:
		if status := k.fail(c.Name, c.Err); message.CodeOf(c.Err) == message.NoTables {
			k.attachments = status
		} else {
			k.status = max(k.status, status)
		}
		list := finding.List{File: c.Name, Err: c.Err}
		switch k.format {
		case "json":
			fmt.Fprintf(k.out, "%s\n", list.JSON(k.lang))
		case "sarif":
			k.lists = append(k.lists, list)
		}
	case c.Note != nil:
		fmt.Fprintf(k.errOut, "nianbao: %s: %s\n", oneLine(c.Name), oneLine(c.Note.In(k.lang)))
	default:
		k.reported = true
		k.result(c.Result)
	}
}

// ended is the status of all that was checked: a letter beside forms changes nothing of it.
func (k *checking) ended() int {
	if k.reported {
		return k.status
	}
	return max(k.status, k.attachments)
}

func (k *checking) result(r *convert.Result) {
	if r.Errors() > 0 {
		k.status = max(k.status, exitFindings)
	}
	least := slices.Index(severities, finding.Severity(k.severity))
	r.Findings = finding.AtLeast(r.Findings, severities[least])
	list := r.List()
	if k.claims {
		said := check.Said(r.Report)
		list.Said = &said
	}
	switch k.format {
	case "json":
		fmt.Fprintf(k.out, "%s\n", list.JSON(k.lang))
	case "sarif":
		k.lists = append(k.lists, r.List())
	default:
		k.findings(r)
		if k.claims {
			k.said(*list.Said)
		}
	}
}

// said prints, figure by figure, which part of the text was compared with which cells.
func (k *checking) said(said finding.Said) {
	for _, c := range said.Claims {
		key, colour := "out.claim.unknown", plain
		switch {
		case c.Agrees == nil:
		case *c.Agrees:
			key = "out.claim.agrees"
		default:
			key, colour = "out.claim.differs", yellow
		}
		fmt.Fprintf(k.out, "  %s  %s  %s %s  “%s”\n", k.colour(colour, pad(k.say(key), 8)), c.Rule, c.Claims, c.Value, c.Quote)
		if len(c.Cells) > 0 {
			fmt.Fprintf(k.out, "                  %s\n", strings.Join(c.Cells, " "))
		}
	}
	for _, u := range said.Uncompared {
		fmt.Fprintf(k.out, "  %s        %s  “%s”  %s\n", pad(k.say("out.claim.none"), 8), u.Value, u.Quote, u.Cell)
	}
}

// severityNamed are the severities by the names that messages have for them.
var severityNamed = map[string]finding.Severity{"错误": finding.Error, "警告": finding.Warning, "提示": finding.Info}

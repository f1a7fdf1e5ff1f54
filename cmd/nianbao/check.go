package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"nianbao/convert"
	"nianbao/convert/batch"
	"nianbao/convert/check"
	"nianbao/convert/files"
	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// checking is one run of nianbao check.
type checking struct {
	*command
	options  convert.Options
	format   string
	prior    string
	priorDir string
	children string
	roster   string
	ignore   []string
	severity string

	status    int
	onlyPrior *report.Report // of --prior
	priors    batch.Priors   // of --prior-dir
	lists     []finding.List // kept for SARIF, which is one document
}

func runCheck(c *command, args []string) int {
	k := &checking{command: c, priors: batch.Priors{}}
	k.declare(c.flags)
	checkSource := c.sourceFlags(&k.options)
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	for i, id := range k.ignore {
		k.ignore[i] = strings.ToUpper(strings.TrimSpace(id))
	}
	err := checkSource()
	if err == nil {
		err = k.validate()
	}
	if err != nil {
		return c.wrong(err)
	}
	files, err := batch.Submissions(c.paths())
	if err != nil {
		return c.fail(strings.Join(c.paths(), " "), err)
	}
	if len(files) == 0 {
		return c.fail(strings.Join(c.paths(), " "), message.NewError("cmd.empty"))
	}
	if err := k.run(files); err != nil {
		return c.fail("", err)
	}
	if k.format == "sarif" {
		if err := finding.WriteSARIF(c.out, check.Rules(), k.lists, c.lang); err != nil {
			return c.fail("", err)
		}
	}
	return k.status
}

func (k *checking) declare(flags *pflag.FlagSet) {
	flags.StringVar(&k.format, "format", "text", k.say("flag.format"))
	flags.StringVar(&k.prior, "prior", "", k.say("flag.prior"))
	flags.StringVar(&k.priorDir, "prior-dir", "", k.say("flag.priordir"))
	flags.StringVar(&k.children, "children", "", k.say("flag.children"))
	flags.StringVar(&k.roster, "roster", "", k.say("flag.roster"))
	flags.StringSliceVar(&k.ignore, "ignore", nil, k.say("flag.ignore"))
	flags.StringVar(&k.severity, "severity", "info", k.say("flag.severity"))
}

func (k *checking) validate() error {
	for _, id := range k.ignore {
		if _, ok := check.Lookup(id); !ok {
			return message.NewError("cmd.rule", id)
		}
	}
	switch {
	case !slices.Contains([]string{"text", "json", "sarif"}, k.format):
		return message.NewError("cmd.findings", k.format)
	case !slices.Contains(severities, finding.Severity(k.severity)):
		return message.NewError("cmd.severity", k.severity)
	case k.flags.NArg() == 0:
		return message.NewError("cmd.nofiles")
	case (k.prior != "" || k.children != "") && len(k.paths()) > 1:
		return message.NewError("cmd.oneparent")
	case k.prior != "" && isFolder(k.prior):
		return message.NewError("cmd.priorfolder", k.prior)
	}
	return nil
}

// run checks the files one by one, each against last year's and against its
// children where those are given. The error is that of the context.
func (k *checking) run(files []string) error {
	roster, err := k.loadRoster()
	if err != nil {
		k.failed(k.roster, err)
		return nil
	}
	if err := k.loadPriors(); err != nil {
		return err
	}
	var submissions check.Children // by the roster, where no parent is checked
	for _, name := range files {
		if origin := batch.Origin(name, files); origin != "" {
			fmt.Fprintf(k.err, "nianbao: %s: %s\n", name, k.say("file.ownoutput", origin))
			continue
		}
		result, err := convert.Check(k.ctx, name, k.options)
		if k.ctx.Err() != nil {
			return k.ctx.Err()
		}
		if err != nil {
			k.failed(name, err)
			continue
		}
		if err := k.compare(result, roster); err != nil {
			return err
		}
		if roster != nil && k.children == "" {
			submissions.Add(name, result.Report)
		}
		k.show(result)
	}
	if roster != nil && k.children == "" {
		k.show(&convert.Result{File: k.roster, Report: &report.Report{}, Findings: submissions.Submissions(roster, 0)})
	}
	return nil
}

// compare adds to the findings what last year's report and the children say.
func (k *checking) compare(result *convert.Result, roster *organization.Roster) error {
	k.compareYears(result)
	if k.children == "" {
		return nil
	}
	others, err := batch.Submissions([]string{k.children})
	if err != nil {
		return err
	}
	others = slices.DeleteFunc(others, func(f string) bool { return files.Same(f, result.File) }) // the parent may lie among them
	var children check.Children
	err = batch.ReadAll(k.ctx, others, k.others(), func(child *convert.Result, err error) {
		if err != nil {
			k.failed(child.File, err)
			return
		}
		if n := child.Errors(); n > 0 {
			fmt.Fprintf(k.err, "nianbao: %s: %s\n", child.File, k.say("cmd.childwrong", n))
		}
		children.Add(child.File, child.Report)
	})
	// Who is missing or came twice explains why the sums differ.
	result.Findings = append(result.Findings, children.Submissions(roster, result.Report.Year)...)
	result.Findings = append(result.Findings, children.Figures(result.Report)...)
	return err
}

// compareYears adds what last year's report says, if there is one that is of the
// same organization and of the year before.
func (k *checking) compareYears(result *convert.Result) {
	r := result.Report
	var last *report.Report
	switch {
	case k.onlyPrior != nil:
		last = k.onlyPrior
		if last.Year != r.Year-1 || organization.Key(last.Organization) != organization.Key(r.Organization) {
			k.status = max(k.status, k.fail(result.File, message.NewError("cmd.priorfor", last.Organization, last.Year, r.Organization, r.Year)))
			return
		}
	case k.priorDir != "":
		var files []string
		if last, files = k.priors.Of(r); last == nil {
			say := k.say("cmd.noprior", r.Organization, r.Year-1)
			if len(files) > 1 {
				say = k.say("cmd.priors", r.Organization, r.Year-1, strings.Join(files, "、"))
			}
			fmt.Fprintf(k.err, "nianbao: %s: %s\n", result.File, say)
			return
		}
	default:
		return // --prior was not given, or could not be read, as has been said
	}
	result.Findings = append(result.Findings, check.Against(r, last)...)
}

func (k *checking) loadRoster() (*organization.Roster, error) {
	if k.roster == "" {
		return nil, nil
	}
	return batch.LoadRoster(k.ctx, k.roster)
}

// loadPriors reads the folder of last year's reports.
func (k *checking) loadPriors() error {
	var paths []string
	for _, p := range []string{k.prior, k.priorDir} {
		if p != "" {
			paths = append(paths, p)
		}
	}
	files, err := batch.Submissions(paths)
	if err != nil {
		return err
	}
	var one *report.Report
	err = batch.ReadAll(k.ctx, files, k.others(), func(result *convert.Result, err error) {
		if err != nil {
			k.failed(result.File, err)
			return
		}
		k.priors.Add(result.File, result.Report)
		one = result.Report
	})
	if k.prior != "" && k.priorDir == "" {
		k.onlyPrior = one
	}
	return err
}

// others are the options for the files that the checked ones are compared with:
// --org and --year are not about them.
func (k *checking) others() convert.Options {
	o := k.options
	o.Organization, o.Year = "", 0
	return o
}

// show prints the findings on one file and counts its errors.
func (k *checking) show(result *convert.Result) {
	result.Filter(k.ignore)
	if result.Errors() > 0 {
		k.status = max(k.status, exitFindings)
	}
	least := slices.Index(severities, finding.Severity(k.severity))
	result.Findings = slices.DeleteFunc(result.Findings, func(f finding.Finding) bool {
		return slices.Index(severities, f.Severity) > least
	})
	switch k.format {
	case "json":
		fmt.Fprintf(k.out, "%s\n", finding.List{File: result.File, Findings: result.Findings}.JSON(k.lang))
	case "sarif":
		k.lists = append(k.lists, finding.List{File: result.File, Findings: result.Findings})
	default:
		k.findings(result)
	}
}

// failed reports a file that could not be read.
func (k *checking) failed(name string, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	k.status = max(k.status, k.fail(name, err))
	if k.format == "json" {
		fmt.Fprintf(k.out, "%s\n", finding.List{File: name, Err: err}.JSON(k.lang))
	}
}

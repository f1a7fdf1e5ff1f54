package main

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"strings"

	"golang.org/x/term"
	"golang.org/x/text/width"

	"nianbao/convert"
	"nianbao/convert/check"
	"nianbao/convert/finding"
)

// mostOfRule is how many findings of one rule are printed for a file; JSON has them
// all. Every error has to be put right, so none is left out.
var mostOfRule = map[finding.Severity]int{finding.Error: math.MaxInt, finding.Warning: 5, finding.Info: 3}

// ofBodies are the rules of which each finding names another body: who is missing must be
// read to the last. What is to be done is the same for all of them, and said once.
var ofBodies = map[string]bool{"H102": true, "H103": true}

// severities, the worst first.
var severities = []finding.Severity{finding.Error, finding.Warning, finding.Info}

// findings prints what was found in one file, the worst first.
func (c *command) findings(r *convert.Result) {
	head := oneLine(r.Name)
	if whose := cmp.Or(r.Report.Organization, r.Report.Part); whose != "" {
		head += "  " + oneLine(whose)
	}
	if r.Report.Year != 0 {
		head += fmt.Sprintf(" %d", r.Report.Year)
	}
	if r.Errors()+r.Warnings() == 0 {
		head += "  " + c.colour(green, c.say("out.good"))
	} else {
		head += "  " + c.say("out.counts", r.Errors(), r.Warnings())
		if n := finding.Consequences(r.Findings); n > 0 {
			head += c.say("out.ofthese", n)
		}
	}
	fmt.Fprintln(c.out, head)
	groups := finding.Groups(r.Findings)
	for _, severity := range severities {
		printed := map[string]int{}
		for _, g := range groups {
			if g.Worst() != severity {
				continue
			}
			rule := g.Cause.Rule
			if printed[rule]++; printed[rule] > mostOfRule[severity] && !ofBodies[rule] {
				continue
			}
			c.finding(g.Cause, printed[rule] == 1 || !ofBodies[rule])
			c.consequences(g.Consequences)
		}
		for _, rule := range check.Rules() {
			if more := printed[rule.ID] - mostOfRule[severity]; more > 0 && !ofBodies[rule.ID] {
				fmt.Fprintf(c.out, "  %s  %s  %s\n", pad(c.severity(severity), 7), rule.ID, c.say("out.more", more))
			}
		}
	}
}

// finding prints one finding: what and where in its first line, then what to do, if that
// is to be said.
func (c *command) finding(f finding.Finding, advise bool) {
	fmt.Fprintf(c.out, "  %s  %s%s\n", c.colour(colours[f.Severity], pad(c.severity(f.Severity), 7)), f.Rule, firstCell(f))
	fmt.Fprintf(c.out, "           %s\n", oneLine(f.Says(c.lang)))
	if rule, ok := check.Lookup(f.Rule); ok && advise && f.Severity != finding.Info {
		fmt.Fprintf(c.out, "           %s\n", c.say("out.advice", rule.Advice.In(c.lang)))
	}
}

// mostConsequences is how many findings that follow from one are printed; JSON has them
// all. There is nothing to be done about each.
const mostConsequences = 10

// consequences prints what follows from a finding, beneath it.
func (c *command) consequences(list []finding.Finding) {
	if len(list) == 0 {
		return
	}
	fmt.Fprintf(c.out, "           %s\n", c.say("out.consequences"))
	for _, f := range list[:min(len(list), mostConsequences)] {
		fmt.Fprintf(c.out, "             %s %s%s  %s\n", c.severity(f.Severity), f.Rule, firstCell(f), oneLine(f.Says(c.lang)))
	}
	if more := len(list) - mostConsequences; more > 0 {
		fmt.Fprintf(c.out, "             %s\n", c.say("out.more", more))
	}
}

// firstCell is where to look at first, with space before it.
func firstCell(f finding.Finding) string {
	if len(f.Cells) == 0 {
		return ""
	}
	return "  " + oneLine(f.Cells[0].String())
}

// colour is an ANSI colour.
type colour string

const (
	red    colour = escape + "[31m"
	yellow colour = escape + "[33m"
	green  colour = escape + "[32m"
	plain  colour = ""
)

var colours = map[finding.Severity]colour{finding.Error: red, finding.Warning: yellow, finding.Info: plain}

// colour colours a text on a terminal, unless NO_COLOR asks for none.
func (c *command) colour(col colour, s string) string {
	f, ok := c.out.Writer.(*os.File)
	if !ok || col == plain || os.Getenv("NO_COLOR") != "" || !term.IsTerminal(int(f.Fd())) || !canColour(f) {
		return s
	}
	return string(col) + s + escape + "[0m"
}

// pad fills a text with spaces up to a width, in which wide characters count two.
func pad(s string, columns int) string {
	n := 0
	for _, r := range s {
		n++
		if k := width.LookupRune(r).Kind(); k == width.EastAsianWide || k == width.EastAsianFullwidth {
			n++
		}
	}
	return s + strings.Repeat(" ", max(0, columns-n))
}

package main

import (
	"fmt"
	"strings"

	"nianbao/convert/check"
	"nianbao/convert/finding"
	"nianbao/convert/message"
)

func runRules(c *command, args []string) int {
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	if c.flags.NArg() == 0 {
		for _, r := range check.Rules() {
			fmt.Fprintf(c.out, "%s  %s  %s\n", r.ID, pad(c.severity(r.Severity), 7), r.Title.In(c.lang))
		}
		return exitGood
	}
	var rules []finding.Rule
	for _, id := range c.flags.Args() {
		r, ok := check.Lookup(strings.ToUpper(id))
		if !ok {
			return c.wrong(message.NewError("cmd.rule", id))
		}
		rules = append(rules, r)
	}
	for i, r := range rules {
		if i > 0 {
			fmt.Fprintln(c.out)
		}
		c.rule(r)
	}
	return exitGood
}

// rule prints the documentation of one rule.
func (c *command) rule(r finding.Rule) {
	fmt.Fprintf(c.out, "%s  %s  %s\n\n%s\n", r.ID, c.severity(r.Severity), r.Title.In(c.lang), r.Text.In(c.lang))
	for _, part := range []struct{ name, text string }{
		{"rule.formula", r.Formula.In(c.lang)},
		{"rule.example", r.Example.In(c.lang)},
		{"rule.advice", r.Advice.In(c.lang)},
		{"rule.clause", r.Clause},
	} {
		if part.text != "" {
			fmt.Fprintf(c.out, "\n%s: %s\n", c.say(part.name), part.text)
		}
	}
}

func (c *command) severity(s finding.Severity) string { return c.say("severity." + string(s)) }

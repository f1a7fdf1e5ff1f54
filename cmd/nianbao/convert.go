package main

import (
	"fmt"

	"nianbao/convert"
	"nianbao/convert/message"
)

// sourceFlags are what a file may not say itself.
func (c *command) sourceFlags(o *convert.Options) {
	c.flags.IntVar(&o.Year, "year", 0, c.say("flag.year"))
	c.flags.StringVar(&o.Organization, "org", "", c.say("flag.org"))
}

// checkSource checks what the source flags were given.
func checkSource(o convert.Options) error {
	if o.Year != 0 && (o.Year < 2000 || o.Year > 2099) {
		return message.NewError("cmd.year", o.Year)
	}
	return nil
}

func runConvert(c *command, args []string) int {
	var o convert.Options
	c.flags.StringVarP(&o.Out, "out", "o", "", c.say("flag.out"))
	to := c.flags.StringSliceP("to", "t", nil, c.say("flag.to"))
	c.sourceFlags(&o)
	c.flags.BoolVar(&o.Force, "force", false, c.say("flag.force"))
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	var err error
	if o.To, err = convert.ParseFormats(*to); err == nil {
		err = checkSource(o)
	}
	if err == nil && c.flags.NArg() == 0 {
		err = message.NewError("cmd.nofiles")
	}
	if err != nil {
		return c.wrong(err)
	}
	status := exitGood
	for _, name := range c.flags.Args() {
		result, err := convert.File(c.ctx, name, o)
		if err != nil {
			if status = max(status, c.fail(name, err)); status == exitStopped {
				break
			}
			continue
		}
		c.findings(result)
		for _, out := range result.Outputs {
			fmt.Fprintln(c.out, "  "+c.say("out.written", out))
		}
		if result.Errors() > 0 {
			if result.Drafted {
				fmt.Fprintln(c.out, "  "+c.say("out.draft"))
			}
			status = max(status, exitFindings)
		}
	}
	return status
}

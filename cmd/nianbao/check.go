package main

import (
	"fmt"

	"nianbao/convert"
	"nianbao/convert/message"
)

func runCheck(c *command, args []string) int {
	var o convert.Options
	format := c.flags.String("format", "text", c.say("flag.format"))
	checkSource := c.sourceFlags(&o)
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	err := checkSource()
	switch {
	case err != nil:
	case *format != "text" && *format != "json":
		err = message.NewError("cmd.findings", *format)
	case c.flags.NArg() == 0:
		err = message.NewError("cmd.nofiles")
	}
	if err != nil {
		return c.wrong(err)
	}
	status := exitGood
	for _, name := range c.flags.Args() {
		result, err := convert.Check(c.ctx, name, o)
		var line []byte
		switch {
		case err != nil:
			if status = max(status, c.fail(name, err)); status == exitStopped {
				return status
			}
			line = convert.ErrorJSON(name, err, c.lang)
		default:
			if result.Errors() > 0 {
				status = max(status, exitFindings)
			}
			line = result.FindingsJSON(c.lang)
		}
		if *format == "json" {
			fmt.Fprintf(c.out, "%s\n", line)
		} else if err == nil {
			c.findings(result)
		}
	}
	return status
}

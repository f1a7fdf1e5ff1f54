package main

import (
	"context"
	"errors"
	"fmt"

	"nianbao/convert/batch"
	"nianbao/convert/message"
)

// runBook binds the PDFs of a batch into one volume.
func runBook(c *command, args []string) int {
	var o batch.BookOptions
	out := c.flags.StringP("out", "o", "", c.say("flag.book"))
	c.flags.BoolVar(&o.IncludeErrors, "include-errors", false, c.say("flag.drafts"))
	c.flags.StringVar(&o.FontDir, "font-dir", "", c.say("flag.fonts"))
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	switch {
	case c.flags.NArg() != 1:
		return c.wrong(message.NewError("book.one"))
	case *out == "":
		return c.wrong(message.NewError("book.noout"))
	}
	result, err := batch.Book(c.ctx, *out, c.flags.Arg(0), o)
	if result != nil {
		for _, l := range result.LeftOut {
			fmt.Fprintln(c.out, c.say("book.leftout", oneLine(l.Organization), l.Why))
		}
	}
	switch {
	case errors.Is(err, context.Canceled):
		return c.fail("", err)
	case err != nil:
		fmt.Fprintf(c.errOut, "nianbao: %s\n", c.localize(err))
		return exitFailed
	}
	c.fontFaults(o.FontDir)
	fmt.Fprintln(c.out, c.say("book.written", *out, result.Reports, result.Pages))
	if result.Unread > 0 {
		return exitFailed
	}
	return exitGood
}

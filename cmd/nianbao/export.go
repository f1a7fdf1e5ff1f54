package main

import (
	"fmt"
	"strings"

	"nianbao/convert/batch"
	"nianbao/convert/message"
)

// runExport writes what batches recorded as CSV tables.
func runExport(c *command, args []string) int {
	out := c.flags.StringP("out", "o", "", c.say("flag.export"))
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	folders := c.paths()
	switch {
	case len(folders) == 0:
		return c.wrong(message.NewError("merge.none", "."))
	case *out == "" && len(folders) == 1:
		*out = folders[0]
	case *out == "":
		return c.wrong(message.NewError("batch.noout"))
	}
	names, missing, err := batch.Export(*out, folders)
	if err != nil {
		return c.fail(strings.Join(folders, " "), err)
	}
	for _, name := range names {
		fmt.Fprintln(c.out, c.say("out.written", name))
	}
	for _, m := range missing {
		fmt.Fprintf(c.errOut, "nianbao: %s\n", m.In(c.lang))
	}
	if len(missing) > 0 {
		return exitFailed
	}
	return exitGood
}

package main

import (
	"fmt"

	"nianbao/convert/batch"
	"nianbao/convert/message"
	"nianbao/convert/organization"
)

func runMerge(c *command, args []string) int {
	out := c.flags.StringP("out", "o", "", c.say("flag.merge"))
	rosterFile := c.flags.String("roster", "", c.say("flag.roster"))
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
		*out = "."
	}
	var roster *organization.Roster
	if *rosterFile != "" {
		var err error
		if roster, err = batch.LoadRoster(c.ctx, *rosterFile); err != nil {
			return c.fail(*rosterFile, err)
		}
	}
	result, missing, err := batch.Merge(*out, folders, roster, c.lang)
	if err != nil {
		fmt.Fprintf(c.errOut, "nianbao: %s\n", c.localize(err))
	}
	if result == nil {
		return exitFailed
	}
	c.totals(result)
	c.rosterNotes(result)
	fmt.Fprintln(c.out, c.say("batch.see", result.Workbook, result.Page))
	for _, m := range missing {
		fmt.Fprintf(c.errOut, "nianbao: %s\n", m.In(c.lang))
	}
	if len(missing) > 0 || err != nil {
		return exitFailed
	}
	return batchStatus(result, nil)
}

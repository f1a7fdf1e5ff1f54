package main

import (
	"fmt"
	"slices"
	"strings"

	"nianbao/convert/message"
	"nianbao/templates"
)

// schemaSuffix is what the names of the schemas' files end in.
const schemaSuffix = ".schema.json"

// runSchema lists the schemas of the JSON that the program writes, or writes one.
func runSchema(c *command, args []string) int {
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	entries, err := templates.Schemas.ReadDir("schemas")
	if err != nil {
		return c.fail("schemas", err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), schemaSuffix))
	}
	switch c.flags.NArg() {
	case 0:
		fmt.Fprintln(c.out, strings.Join(names, "\n"))
		return exitGood
	case 1:
	default:
		return c.wrong(message.NewError("cmd.arguments", strings.Join(c.flags.Args()[1:], " ")))
	}
	name := strings.TrimSuffix(c.flags.Arg(0), schemaSuffix)
	if !slices.Contains(names, name) {
		return c.wrong(message.NewError("cmd.schema", name, strings.Join(names, "、")))
	}
	src, err := templates.Schemas.ReadFile("schemas/" + name + schemaSuffix)
	if err != nil {
		return c.fail(name, err)
	}
	c.out.Write(src) // whether it arrived is seen at the end
	return exitGood
}

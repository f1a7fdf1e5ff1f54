package main

import (
	"fmt"
	"strings"

	"nianbao/convert/message"
	"nianbao/convert/pdf"
)

// someLacking is how many of the characters that a face lacks are printed.
const someLacking = 20

func runFonts(c *command, args []string) int {
	dir := c.flags.String("font-dir", "", c.say("flag.fonts"))
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	if c.flags.NArg() > 0 {
		return c.wrong(message.NewError("cmd.arguments", strings.Join(c.flags.Args(), " ")))
	}
	faces, err := pdf.Faces(pdf.Options{FontDir: *dir})
	if err != nil {
		return c.fail("--font-dir", err)
	}
	for _, f := range faces {
		where := f.File
		if f.Embedded {
			where = c.say("fonts.embedded")
		}
		fmt.Fprintf(c.out, "%s%s  %s\n", pad(f.Role, 12), f.Name, where)
		if f.Embedded { // no official face was found
			fmt.Fprintf(c.out, "            %s\n", c.say("fonts.standin", f.Role))
		}
		if n := len(f.Lacks); n > 0 {
			some := string(f.Lacks[:min(n, someLacking)])
			fmt.Fprintf(c.out, "            %s\n", c.say("fonts.lacks", n, some))
		}
	}
	c.fontFaults(*dir)
	return exitGood
}

// fontNotes says, once for all that was printed, which files of the font folder are of no
// use, and which face stands in for 仿宋.
func (c *command) fontNotes(fontDir string) {
	c.fontFaults(fontDir)
	if name, err := pdf.StandIn(pdf.Options{FontDir: fontDir}); err == nil && name != "" {
		fmt.Fprintln(c.out, c.say("out.standin", name))
	}
}

// mostFaults is how many files that are of no use are named: a folder of a system has many.
const mostFaults = 10

func (c *command) fontFaults(fontDir string) {
	faults, _ := pdf.FontFaults(pdf.Options{FontDir: fontDir}) // a folder that cannot be read has been said
	for i, m := range faults {
		if i == mostFaults {
			fmt.Fprintln(c.errOut, c.say("font.more", len(faults)-i))
			break
		}
		fmt.Fprintf(c.errOut, "nianbao: %s\n", oneLine(m.In(c.lang)))
	}
}

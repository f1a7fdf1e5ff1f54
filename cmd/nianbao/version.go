package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
)

// version is set by make dist; a program built otherwise says what the module
// system knows of it.
var version = ""

func runVersion(c *command, args []string) int {
	if status, goOn := c.parse(args); !goOn {
		return status
	}
	v := version
	if v == "" {
		v = "devel"
		if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
			v = info.Main.Version
		}
	}
	fmt.Fprintf(c.out, "nianbao %s %s/%s %s\n", v, runtime.GOOS, runtime.GOARCH, runtime.Version())
	return exitGood
}

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
	fmt.Fprintf(c.out, "nianbao %s %s/%s %s\n", programVersion(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	return exitGood
}

func programVersion() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "devel"
}

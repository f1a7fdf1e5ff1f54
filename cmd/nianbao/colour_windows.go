package main

import (
	"os"

	"golang.org/x/sys/windows"
)

// canColour reports whether a terminal shows colours; on Windows it has to be asked to.
func canColour(f *os.File) bool {
	var mode uint32
	h := windows.Handle(f.Fd())
	return windows.GetConsoleMode(h, &mode) == nil && windows.SetConsoleMode(h, mode|windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING) == nil
}

//go:build !windows

package main

import "os"

// canColour reports whether a terminal shows colours; on Windows it has to be asked to.
func canColour(*os.File) bool { return true }

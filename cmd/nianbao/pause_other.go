//go:build !windows

package main

// pauseIfDropped does what Windows needs.
func pauseIfDropped() {}

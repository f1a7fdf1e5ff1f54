//go:build !unix

package convert

import "os/exec"

// killTogether does what Unix needs.
func killTogether(*exec.Cmd) {}

//go:build !unix

package office

import (
	"context"
	"os/exec"
)

// command is the command to run.
func command(ctx context.Context, program string, args []string) *exec.Cmd {
	return exec.CommandContext(ctx, program, args...)
}

// confine does what only Linux can.
func confine(dir, program string) {}

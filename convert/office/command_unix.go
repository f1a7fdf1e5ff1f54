//go:build unix

package office

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

// command is the command to run: within limits that it hands on to all that it starts,
// and killed together with them at the end of the context. The program proper is
// started and not the script beside it, which would start it as a child of its own that
// nobody tells of our end.
func command(ctx context.Context, program string, args []string) *exec.Cmd {
	if real, err := filepath.EvalSymlinks(program); err == nil {
		proper := filepath.Join(filepath.Dir(real), "soffice.bin")
		if _, err := os.Stat(proper); err == nil {
			program = proper
		}
	}
	limited := fmt.Sprintf(`ulimit -v %d; ulimit -f %d; ulimit -c 0; exec "$0" "$@"`, mostMemory>>10, mostOutput>>9)
	cmd := exec.CommandContext(ctx, "/bin/sh", append([]string{"-c", limited, program}, args...)...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	endWithUs(cmd.SysProcAttr)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	return cmd
}

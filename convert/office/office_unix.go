//go:build unix

package office

import (
	"os/exec"
	"syscall"
)

// killTogether makes the end of the context end all that the command started:
// soffice is a script that starts the program proper.
func killTogether(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

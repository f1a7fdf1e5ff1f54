package office

import "syscall"

// endWithUs has the system kill a command when this program ends, also by kill -9.
func endWithUs(a *syscall.SysProcAttr) { a.Pdeathsig = syscall.SIGKILL }

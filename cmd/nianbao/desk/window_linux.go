package desk

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

func ours() bool {
	said := os.Getenv(Variable) == "1"
	os.Unsetenv(Variable) // it is not so of programs that this one starts
	return said && terminals()
}

func (w *Window) prepare() {}

// forget drops what was typed and not yet read.
func (w *Window) forget() { unix.IoctlSetInt(int(os.Stdin.Fd()), unix.TCFLSH, unix.TCIFLUSH) }

func setTitle(title string) { fmt.Fprintf(os.Stdout, "\x1b]0;%s\a", title) }

//go:build !windows

package desk

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

// Show opens a file with the program that the user has for it, which stays when the
// window closes.
func Show(name string) error {
	name, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	open := exec.Command("xdg-open", name)
	open.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := open.Start(); err != nil {
		return err
	}
	return open.Process.Release()
}

func desktop() string {
	dir, err := exec.Command("xdg-user-dir", "DESKTOP").Output()
	if name := strings.TrimSpace(string(dir)); err == nil && isFolder(name) {
		return name
	}
	home, _ := os.UserHomeDir()
	for _, name := range []string{"桌面", "Desktop"} {
		if isFolder(filepath.Join(home, name)) {
			return filepath.Join(home, name)
		}
	}
	return home
}

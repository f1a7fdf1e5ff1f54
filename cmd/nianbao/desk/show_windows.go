package desk

import (
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/sys/windows"
)

// Show opens a file with the program that the user has for it.
func Show(name string) error {
	name, err := filepath.Abs(name)
	if err != nil {
		return err
	}
	file, err := windows.UTF16PtrFromString(plain(name))
	if err != nil {
		return err
	}
	return windows.ShellExecute(0, nil, file, nil, nil, windows.SW_SHOWNORMAL)
}

// plain is the path as programs know it that do not know the long form.
func plain(name string) string {
	if share, ok := strings.CutPrefix(name, `\\?\UNC\`); ok {
		return `\\` + share
	}
	return strings.TrimPrefix(name, `\\?\`)
}

func desktop() string {
	if dir, err := windows.KnownFolderPath(windows.FOLDERID_Desktop, 0); err == nil {
		return dir
	}
	home, _ := os.UserHomeDir()
	return filepath.Join(home, "Desktop")
}

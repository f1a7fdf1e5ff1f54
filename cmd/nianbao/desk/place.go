package desk

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// Outputs are names of the folders for the outputs: that of several things, and what is
// added to that of one folder.
const (
	outputs  = "年报结果"
	ofFolder = "-结果"
)

// Place is the folder for the outputs of what was dropped: beside one folder, that
// folder's name with -结果, beside several things 年报结果, and of a whole disk in it. ""
// is beside each file, which is so while there are no more than most. Where nothing can
// be written the folder lies on the desktop.
func Place(paths []string, most int) string {
	first, err := filepath.Abs(paths[0])
	if err != nil {
		first = paths[0]
	}
	dir, name := filepath.Dir(first), outputs
	switch single := len(paths) == 1 && isFolder(first); {
	case single && first != dir: // else it is a disk
		name = filepath.Base(first) + ofFolder
	case !single && len(paths) <= most && canWriteBeside(paths):
		return ""
	}
	if out := filepath.Join(dir, name); canMake(out) {
		return out
	}
	return filepath.Join(desktop(), name)
}

// canWriteBeside reports whether outputs can be written beside each of the files.
func canWriteBeside(paths []string) bool {
	for _, p := range paths {
		if isFolder(p) || !canWrite(filepath.Dir(p)) {
			return false
		}
	}
	return true
}

// canMake reports whether there is such a folder that can be written to, or there can
// be one.
func canMake(folder string) bool {
	if _, err := os.Lstat(folder); !errors.Is(err, fs.ErrNotExist) {
		return isFolder(folder) && canWrite(folder)
	}
	probe, err := os.MkdirTemp(filepath.Dir(folder), ".nianbao-*")
	if err != nil {
		return false
	}
	os.Remove(probe)
	return true
}

func canWrite(folder string) bool {
	probe, err := os.CreateTemp(folder, ".nianbao-*")
	if err != nil {
		return false
	}
	probe.Close()
	os.Remove(probe.Name())
	return true
}

func isFolder(name string) bool {
	info, err := os.Stat(name)
	return err == nil && info.IsDir()
}

//go:build !windows

package files

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// isFull reports whether a disk is full.
func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }

// isInUse reports whether another program has the file open, which only Windows minds.
func isInUse(error) bool { return false }

// mayPass reports whether another program may be what stood in the way.
func mayPass(error) bool { return false }

// hide does what Windows needs.
func hide(string, bool) {}

// replaceable returns an error if a file cannot take the place of what has the name.
func replaceable(name string) error {
	if info, err := os.Lstat(name); err == nil && info.IsDir() {
		return &fs.PathError{Op: "replace", Path: name, Err: syscall.EISDIR}
	}
	return nil
}

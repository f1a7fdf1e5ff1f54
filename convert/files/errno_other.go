//go:build !windows

package files

import (
	"errors"
	"io/fs"
	"os"
	"syscall"
)

// causes are what the system's errors are called, as far as users meet them.
var causes = map[syscall.Errno]string{
	syscall.ENOSPC: "cause.full", syscall.EDQUOT: "cause.full", syscall.EROFS: "cause.readonly", syscall.ENAMETOOLONG: "cause.toolong",
	syscall.EIO: "cause.disk", syscall.ENODEV: "cause.notready", syscall.ENXIO: "cause.notready", syscall.ESTALE: "cause.network",
	syscall.EHOSTDOWN: "cause.network", syscall.EHOSTUNREACH: "cause.network", syscall.ENOTCONN: "cause.network",
}

// systemCause is the key of what an error of the system is called, "" if it has no name.
func systemCause(err error) string {
	var no syscall.Errno
	errors.As(err, &no)
	return causes[no]
}

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

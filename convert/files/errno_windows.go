package files

import (
	"errors"
	"io/fs"
	"syscall"

	"golang.org/x/sys/windows"
)

// isFull reports whether a disk is full.
func isFull(err error) bool {
	return errors.Is(err, windows.ERROR_DISK_FULL) || errors.Is(err, windows.ERROR_HANDLE_DISK_FULL)
}

// isInUse reports whether another program has the file open.
func isInUse(err error) bool {
	return errors.Is(err, windows.ERROR_SHARING_VIOLATION) || errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}

// mayPass reports whether another program may be what stood in the way: a rename onto
// a file that it has open is denied.
func mayPass(err error) bool { return isInUse(err) || errors.Is(err, windows.ERROR_ACCESS_DENIED) }

// hide hides a file or shows it again.
func hide(name string, hidden bool) {
	p, attributes, err := attributesOf(name)
	if err != nil {
		return
	}
	if hidden {
		attributes |= windows.FILE_ATTRIBUTE_HIDDEN
	} else {
		attributes &^= windows.FILE_ATTRIBUTE_HIDDEN
	}
	windows.SetFileAttributes(p, attributes) // that it is seen costs nobody anything
}

func attributesOf(name string) (*uint16, uint32, error) {
	p, err := windows.UTF16PtrFromString(name)
	if err != nil {
		return nil, 0, err
	}
	attributes, err := windows.GetFileAttributes(p)
	return p, attributes, err
}

// replaceable returns an error if a file cannot take the place of what has the name:
// a rename would say no more than that access is denied.
func replaceable(name string) error {
	p, attributes, err := attributesOf(name)
	switch {
	case errors.Is(err, windows.ERROR_FILE_NOT_FOUND), errors.Is(err, windows.ERROR_PATH_NOT_FOUND):
		return nil
	case err == nil && attributes&windows.FILE_ATTRIBUTE_DIRECTORY != 0:
		err = syscall.EISDIR
	case err == nil && attributes&windows.FILE_ATTRIBUTE_READONLY != 0:
		err = errReadOnly
	case err == nil:
		const all = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
		var h windows.Handle
		if h, err = windows.CreateFile(p, windows.DELETE, all, nil, windows.OPEN_EXISTING, 0, 0); err == nil {
			windows.CloseHandle(h)
			return nil
		}
	}
	return &fs.PathError{Op: "replace", Path: name, Err: err}
}

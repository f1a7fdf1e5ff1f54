package files

import (
	"errors"
	"io/fs"
	"syscall"

	"golang.org/x/sys/windows"
)

// causes are what the system's errors are called, as far as users meet them: Windows
// itself names them in one language.
var causes = map[syscall.Errno]string{
	windows.ERROR_DISK_FULL: "cause.full", windows.ERROR_HANDLE_DISK_FULL: "cause.full", windows.ERROR_DISK_QUOTA_EXCEEDED: "cause.full",
	windows.ERROR_WRITE_PROTECT: "cause.readonly", windows.ERROR_NOT_READY: "cause.notready", windows.ERROR_NO_MEDIA_IN_DRIVE: "cause.notready",
	windows.ERROR_INVALID_DRIVE: "cause.notready", windows.ERROR_DEV_NOT_EXIST: "cause.network", windows.ERROR_BAD_NETPATH: "cause.network",
	windows.ERROR_NETNAME_DELETED: "cause.network", windows.ERROR_BAD_NET_NAME: "cause.network", windows.ERROR_UNEXP_NET_ERR: "cause.network",
	windows.ERROR_NETWORK_UNREACHABLE: "cause.network", windows.ERROR_SEM_TIMEOUT: "cause.network", windows.ERROR_FILENAME_EXCED_RANGE: "cause.toolong",
	windows.ERROR_BUFFER_OVERFLOW: "cause.toolong", windows.ERROR_VIRUS_INFECTED: "cause.virus", windows.ERROR_VIRUS_DELETED: "cause.virus",
	windows.ERROR_CRC: "cause.disk", windows.ERROR_IO_DEVICE: "cause.disk", windows.ERROR_FILE_CORRUPT: "cause.disk", windows.ERROR_DISK_CORRUPT: "cause.disk",
}

// The errors of files that a service keeps elsewhere.
const firstCloud, lastCloud = 358, 398

// systemCause is the key of what an error of the system is called, "" if it has no name.
func systemCause(err error) string {
	var no syscall.Errno
	errors.As(err, &no)
	if firstCloud <= no && no <= lastCloud {
		return "cause.cloud"
	}
	return causes[no]
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

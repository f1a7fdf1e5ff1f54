//go:build !windows

package files

import (
	"errors"
	"syscall"
)

// isFull reports whether a disk is full.
func isFull(err error) bool { return errors.Is(err, syscall.ENOSPC) }

// isInUse reports whether another program has the file open, which only Windows minds.
func isInUse(error) bool { return false }

package files

import (
	"os"
	"path/filepath"
	"regexp"
	"time"
)

// patience is how long others may hold a file that was just written: scanners and
// services that copy files elsewhere do so for a moment.
const patience = 2 * time.Second

// again does what others may stand in the way of, until it is done or fails for
// another reason than may pass.
func again(passing func(error) bool, do func() error) error {
	for end, wait := time.Now().Add(patience), 10*time.Millisecond; ; wait = min(2*wait, 200*time.Millisecond) {
		err := do()
		if err == nil || !passing(err) || time.Now().After(end) {
			return err
		}
		time.Sleep(wait)
	}
}

// Rename gives an output that is complete its name, with patience.
func Rename(from, to string) error {
	if unfinished.MatchString(filepath.Base(from)) {
		hide(from, false)
	}
	err := again(mayPass, func() error { return os.Rename(from, to) })
	if err == nil {
		return nil
	}
	if held := replaceable(to); held != nil { // which says more than that access was denied
		return held
	}
	return err
}

// Remove removes a file or an empty folder, with patience.
func Remove(name string) error { return again(mayPass, func() error { return os.Remove(name) }) }

// RemoveAll removes a folder with what is in it, with patience. What stays is swept
// another time.
func RemoveAll(name string) error {
	return again(mayPass, func() error { return os.RemoveAll(name) })
}

// free waits until what stands in the place of an output can be replaced. The error
// says why it cannot.
func free(name string) error {
	return again(mayPass, func() error { return replaceable(name) })
}

// InUse is the name of the file that another program has open, if that is what the
// error is of, else "".
func InUse(err error) string {
	if !isInUse(err) {
		return ""
	}
	return pathOf(err)
}

// Hide hides what the program keeps beside the outputs, where the dot that its name
// begins with does not.
func Hide(name string) { hide(name, true) }

// unfinished are the names of outputs before they are complete.
var unfinished = regexp.MustCompile(`^\.nianbao-[0-9a-f]{8}\.tmp$`)

// ofShard are the names of folders in which a part of a batch makes its outputs.
var ofShard = regexp.MustCompile(`^\.nianbao-\d+-of-\d+$`)

// leftover is older than any output that is being written.
const leftover = 24 * time.Hour

// Sweep removes from a folder what runs that were ended have left there of outputs that
// they did not complete.
func Sweep(dir string) {
	entries, _ := os.ReadDir(dir) // what cannot be read is not swept
	for _, e := range entries {
		name := filepath.Join(dir, e.Name())
		switch {
		case e.Type().IsRegular() && unfinished.MatchString(e.Name()) && isLeftover(name):
			os.Remove(name)
		case e.IsDir() && ofShard.MatchString(e.Name()) && isLeftover(name):
			os.RemoveAll(name)
		}
	}
}

func isLeftover(name string) bool {
	info, err := os.Lstat(name)
	return err == nil && time.Since(info.ModTime()) > leftover
}

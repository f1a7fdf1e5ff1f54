package batch

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"

	"nianbao/convert/files"
	"nianbao/convert/message"
)

// lockOut keeps other batches from writing the same part of the output folder until
// release is called, or the program ends however it ends. Where the file system has
// no locks there is none, and two batches at once are the user's to avoid.
func lockOut(out, part string) (release func(), err error) {
	name := filepath.Join(out, ".nianbao"+part+".lock")
	if files.Special(name) {
		return nil, message.NewError("file.foreign", name)
	}
	l := flock.New(name, flock.SetPermissions(0o666))
	locked, err := l.TryLock()
	var opening *fs.PathError
	switch {
	case errors.As(err, &opening):
		return nil, files.Unwritable(out, err)
	case err == nil && !locked:
		return nil, message.NewError("batch.busy", out)
	}
	files.Hide(name)
	return func() {
		gone := os.Remove(l.Path()) == nil // Windows removes no open file
		l.Unlock()
		if !gone {
			files.Remove(l.Path())
		}
	}, nil
}

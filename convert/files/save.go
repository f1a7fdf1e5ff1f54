package files

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"

	"nianbao/convert/message"
)

// File is an output that is ready to be written. One without content is to be gone.
type File struct {
	Name    string
	Content []byte
}

// Save writes the files that were made of an input: each under another name first,
// in the folder temp or, if that is "", beside where it goes, and renamed when all are
// complete and all can be replaced. If that fails for one of them, none is left that
// was not there before. It refuses to replace the input, and files that others made.
func Save(input, temp string, files []File) error {
	temps := make([]string, len(files))
	defer func() {
		for _, t := range temps {
			if t != "" {
				Remove(t) // that it stays costs nobody the outputs
			}
		}
	}()
	swept := map[string]bool{temp: true}
	for i, f := range files {
		if Same(input, f.Name) {
			return message.NewError("file.overwrites", f.Name)
		}
		if f.Content == nil {
			continue
		}
		switch others, err := foreign(f.Name); {
		case err != nil:
			return Unwritable(f.Name, err)
		case others && !remains(f):
			return message.NewError("file.foreign", f.Name)
		}
		dir := filepath.Dir(f.Name)
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return Unwritable(f.Name, err)
		}
		if dir = cmp.Or(temp, dir); !swept[dir] {
			swept[dir] = true
			Sweep(dir)
		}
		var err error
		if temps[i], err = WriteTemp(dir, f.Content); err != nil {
			return Unwritable(f.Name, err)
		}
	}
	for _, f := range files {
		if err := free(f.Name); err != nil {
			return Unwritable(f.Name, err)
		}
	}
	return replace(temps, files)
}

// replace puts what is complete in its place.
func replace(temps []string, files []File) error {
	var added []string
	for i, f := range files {
		_, old := os.Lstat(f.Name)
		missing := errors.Is(old, fs.ErrNotExist)
		var err error
		switch {
		case temps[i] != "":
			err = Rename(temps[i], f.Name)
		case !missing:
			err = Remove(f.Name)
		}
		if err != nil {
			for _, name := range added {
				Remove(name)
			}
			return Unwritable(f.Name, err)
		}
		if temps[i] != "" && missing {
			added = append(added, f.Name)
		}
		temps[i] = ""
	}
	return nil
}

// WriteTemp writes a file with a name of its own and returns the name, also if it
// could not be completed. The file is on the disk when it returns.
func WriteTemp(dir string, content []byte) (string, error) {
	f, err := CreateTemp(dir)
	if err != nil {
		return "", err
	}
	_, err = f.Write(content)
	return f.Name(), errors.Join(err, f.Sync(), f.Close())
}

// CreateTemp creates a file with a name of its own, hidden until [Rename] gives it
// another. Unlike that of os.CreateTemp it is meant for others, too, as far as the
// user's mask lets them read.
func CreateTemp(dir string) (*os.File, error) {
	for {
		name := filepath.Join(dir, fmt.Sprintf(".nianbao-%08x.tmp", rand.Uint32()))
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err == nil {
			Hide(name)
		}
		return f, err
	}
}

package summary

import (
	"bufio"
	"io"
	"os"
)

// WriteFile writes a file under another name and renames it when it is complete.
func WriteFile(name string, write func(io.Writer) error) error {
	temp := name + ".tmp"
	f, err := os.Create(temp)
	if err != nil {
		return err
	}
	defer os.Remove(temp) // fails when it was renamed
	w := bufio.NewWriterSize(f, 1<<16)
	if err = write(w); err == nil {
		err = w.Flush()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	return os.Rename(temp, name)
}

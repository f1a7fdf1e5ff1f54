package biff

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/richardlehane/mscfb"
)

// Streams are the names of what lies at the root of a compound file, storages
// included: Workbook or Book of a workbook, WordDocument, EncryptedPackage.
func Streams(src []byte) ([]string, error) {
	var names []string
	err := entries(src, func(f *mscfb.File) error {
		names = append(names, f.Name)
		return nil
	})
	return names, err
}

// Stream is a stream at the root of a compound file, of no more than so many bytes; nil
// when there is none.
func Stream(src []byte, name string, most int64) (stream []byte, err error) {
	err = entries(src, func(f *mscfb.File) error {
		if f.Name != name {
			return nil
		}
		if f.Size < 0 || f.Size > most || f.Size > int64(len(src)) {
			return &LimitError{"stream", most}
		}
		stream = make([]byte, f.Size)
		n, err := io.ReadFull(f, stream)
		if err != nil {
			return damaged("%s breaks off after %d of %d bytes: %v", name, n, f.Size, err)
		}
		return nil
	})
	return stream, err
}

// entries calls visit for each entry at the root of a compound file. What the
// library may panic on is a damaged container.
func entries(src []byte, visit func(*mscfb.File) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = damaged("container: %v", p)
		}
	}()
	r, err := mscfb.New(bytes.NewReader(src))
	if err != nil {
		return damaged("%v", err)
	}
	for {
		f, err := r.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return damaged("%v", err)
		}
		if len(f.Path) == 0 {
			if err := visit(f); err != nil {
				return err
			}
		}
	}
}

// chunk is how much of a stream is asked for at once: the library's work on a chain
// of sectors grows with the square of its length.
const chunk = 32 << 10

// workbookStream is the stream with the records. A file for Excel 95 and 97 has two, of
// which Workbook is the newer.
func workbookStream(ctx context.Context, src []byte, limit int64) (stream []byte, macros bool, err error) {
	found := ""
	err = entries(src, func(f *mscfb.File) error {
		macros = macros || f.Name == "_VBA_PROJECT_CUR" || f.Name == "_VBA_PROJECT"
		name := strings.ToLower(f.Name) // some programs write capitals
		if f.FileInfo().IsDir() || name != "workbook" && (name != "book" || found == "workbook") {
			return nil
		}
		found = name
		switch {
		case f.Size > limit:
			return &LimitError{"stream", limit}
		case f.Size > int64(len(src)):
			return damaged("a stream of %d bytes in a file of %d", f.Size, len(src))
		}
		stream = make([]byte, f.Size)
		for at := 0; at < len(stream); {
			if err := ctx.Err(); err != nil {
				return err
			}
			n, err := f.Read(stream[at:min(at+chunk, len(stream))])
			if at += n; err != nil && !(errors.Is(err, io.EOF) && at == len(stream)) {
				return damaged("%s breaks off after %d of %d bytes: %v", f.Name, at, len(stream), err)
			}
			if n == 0 {
				return fmt.Errorf("%s: %w", f.Name, io.ErrNoProgress)
			}
		}
		return nil
	})
	if err == nil && found == "" {
		err = ErrNoWorkbook
	}
	return stream, macros, err
}

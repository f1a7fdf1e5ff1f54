//go:build corpus

package xlsx

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"testing"
	"time"

	"nianbao/convert/message"
	"nianbao/convert/workbook"
)

// TestCorpus marks every workbook below the folder $CORPUS, with an error planted on
// each sheet. None may panic, and no copy may differ in what is not marked.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CORPUS")
	if dir == "" {
		t.Fatal("no folder: set CORPUS, or run make corpus DIR=…")
	}
	var marked, refused, unread int
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil || workbook.Sniff(src) != workbook.XLSX {
			return err
		}
		defer func() {
			if p := recover(); p != nil {
				t.Errorf("%s: panic: %v\n%s", name, p, debug.Stack())
			}
		}()
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		start := time.Now()
		faults, err := faithful(ctx, src)
		if took := time.Since(start); took > 5*time.Second {
			fmt.Printf("slow     %s: %s\n", name, took)
		}
		switch {
		case errors.Is(err, errUnread):
			unread++
		case err != nil:
			refused++
			var m *message.Error
			if !errors.As(err, &m) {
				t.Errorf("%s: %v", name, err)
			}
			fmt.Printf("refused  %s: %v (%v)\n", name, err, errors.Unwrap(err))
		default:
			marked++
		}
		for _, f := range faults {
			t.Errorf("%s: %s", name, f)
		}
		if out := os.Getenv("MARKED"); out != "" && err == nil {
			keepMarked(t, out, name, src)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%d marked, %d refused, %d not read\n", marked, refused, unread)
}

// keepMarked writes the marked copy into a folder, to be opened in other programs.
func keepMarked(t *testing.T, out, name string, src []byte) {
	b, err := workbook.Open(t.Context(), src, workbook.Limits{}.WithDefaults())
	if err != nil || b.ReadSheets(t.Context()) != nil {
		return
	}
	f, err := os.Create(filepath.Join(out, filepath.Base(name)+".xlsx"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := Annotate(t.Context(), f, src, planted(b), workbook.Limits{}); err != nil {
		t.Error(err)
	}
}

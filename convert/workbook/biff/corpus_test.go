//go:build corpus

package biff

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestCorpus opens every .xls and .et below the folder $CORPUS. Each gets a line; none
// may panic or take more than 5 s.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CORPUS")
	if dir == "" {
		t.Fatal("no folder: set CORPUS")
	}
	outcomes := map[string]int{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		ext := strings.ToLower(filepath.Ext(name))
		if err != nil || !d.Type().IsRegular() || ext != ".xls" && ext != ".et" {
			return err
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		start := time.Now()
		b, err := Open(context.Background(), src, Limits{})
		took := time.Since(start)
		line, outcome := "", "read"
		if err != nil {
			line, outcome = err.Error(), fmt.Sprintf("%T", err)
			if err == ErrEncrypted || err == ErrNoWorkbook || err == ErrVersion {
				outcome = line
			}
		} else {
			cells := 0
			for _, s := range b.Sheets {
				cells += len(s.Cells)
			}
			line = fmt.Sprintf("BIFF%d, %d sheets, %d cells", b.Version, len(b.Sheets), cells)
		}
		outcomes[outcome]++
		fmt.Printf("%8s  %s: %s\n", took.Round(time.Millisecond), name, line)
		if took > 5*time.Second {
			t.Errorf("%s took %s", name, took)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println(outcomes)
}

package files

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// write writes files into a new folder and returns the names, in their order.
func write(t *testing.T, names ...string) []string {
	t.Helper()
	dir := t.TempDir()
	var all []string
	for _, n := range names {
		n = filepath.Join(dir, n)
		if err := os.WriteFile(n, []byte("before"), 0o666); err != nil {
			t.Fatal(err)
		}
		all = append(all, n)
	}
	return all
}

// holds fails unless the file has the content; "" is that of none.
func holds(t *testing.T, name, content string) {
	t.Helper()
	got, err := os.ReadFile(name)
	if content == "" && errors.Is(err, os.ErrNotExist) {
		return
	}
	if string(got) != content {
		t.Errorf("%s holds %q (%v), want %q", filepath.Base(name), got, err, content)
	}
}

// entries are the names in the folder of the file.
func entries(t *testing.T, name string) []string {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(name))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range list {
		all = append(all, e.Name())
	}
	return all
}

// Outputs change together or not at all, those that are to go among them.
func TestSaveTogether(t *testing.T) {
	n := write(t, "a.xlsx", "gone.xlsx")
	stands := filepath.Join(filepath.Dir(n[0]), "b.xlsx")
	if err := os.MkdirAll(filepath.Join(stands, "somebody's"), 0o777); err != nil {
		t.Fatal(err)
	}
	new := filepath.Join(filepath.Dir(n[0]), "c.xlsx")
	made := []File{{n[0], []byte("after")}, {n[1], nil}, {new, []byte("after")}, {stands, []byte("after")}}
	if err := Save("", "", made); err == nil {
		t.Fatal("a folder was replaced")
	}
	holds(t, n[0], "before")
	holds(t, n[1], "before")
	holds(t, new, "")
	if got := entries(t, n[0]); len(got) != 3 {
		t.Errorf("left behind: %q", got)
	}
	if err := Save("", "", made[:3]); err != nil {
		t.Fatal(err)
	}
	holds(t, n[0], "after")
	holds(t, n[1], "")
	holds(t, new, "after")
}

// What a run that was ended has left goes after a day: not before, for it may be one
// that still runs, and nothing that only looks like it.
func TestSweep(t *testing.T) {
	n := write(t, ".nianbao-0123abcd.tmp", ".nianbao-89abcdef.tmp", ".nianbao-mine.tmp", "nianbao-0123abcd.tmp", "年报.xlsx")
	dir := filepath.Dir(n[0])
	for _, folder := range []string{".nianbao-0-of-4", ".nianbao"} {
		if err := os.MkdirAll(filepath.Join(dir, folder, "x"), 0o777); err != nil {
			t.Fatal(err)
		}
		n = append(n, filepath.Join(dir, folder))
	}
	for i, name := range n {
		old := time.Now().Add(-25 * time.Hour)
		if i == 1 {
			old = time.Now().Add(-23 * time.Hour)
		}
		if err := os.Chtimes(name, old, old); err != nil {
			t.Fatal(err)
		}
	}
	if err := Save("", "", []File{{n[4], []byte("after")}}); err != nil {
		t.Fatal(err)
	}
	for i, name := range n {
		_, err := os.Stat(name)
		if gone := i == 0 || i == 5; gone != errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: gone is to be %v: %v", filepath.Base(name), gone, err)
		}
	}
}

package files

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/windows"

	"nianbao/convert/message"
)

// How others have files open: what they want of it, and what they let others do.
const (
	viewer  = windows.FILE_SHARE_READ
	excel   = windows.FILE_SHARE_READ
	scanner = 0
)

// open has another hold of the file until release is called.
func open(t *testing.T, name string, access, share uint32) (release func()) {
	t.Helper()
	p, err := windows.UTF16PtrFromString(name)
	if err != nil {
		t.Fatal(err)
	}
	h, err := windows.CreateFile(p, access, share, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	return func() { windows.CloseHandle(h) }
}

func TestSaveWhatIsOpen(t *testing.T) {
	for _, c := range []struct {
		by            string
		access, share uint32
		all           int // how many of the outputs are tried
	}{
		{"a viewer", windows.GENERIC_READ, viewer, 3},
		{"Excel", windows.GENERIC_READ | windows.GENERIC_WRITE, excel, 1},
		{"a scanner that does not end", windows.GENERIC_READ, scanner, 1},
	} {
		for held := range c.all {
			n := write(t, "a.xlsx", "b.xlsx", "gone.xlsx")
			release := open(t, n[held], c.access, c.share)
			err := Save("", "", []File{{n[0], []byte("after")}, {n[1], []byte("after")}, {n[2], nil}})
			release()
			if got := InUse(err); got != n[held] {
				t.Errorf("%s: %v, in use %q", c.by, err, got)
			}
			if said := message.Localize(err, message.Chinese); !strings.Contains(said, "正在其他程序") || strings.Contains(said, "权限") {
				t.Errorf("%s: %s", c.by, said)
			}
			for _, name := range n {
				holds(t, name, "before")
			}
			if got := entries(t, n[0]); len(got) != 3 {
				t.Errorf("%s: left behind: %q", c.by, got)
			}
		}
	}
}

// What others hold for a moment costs nothing but that moment, be it read, replaced or
// removed.
func TestPatience(t *testing.T) {
	n := write(t, "a.xlsx", "gone.xlsx", "in.xlsx")
	for _, name := range n {
		release := open(t, name, windows.GENERIC_READ, scanner)
		time.AfterFunc(150*time.Millisecond, release)
	}
	if _, err := Load(n[2], 1<<20); err != nil {
		t.Error(err)
	}
	if err := Save("", "", []File{{n[0], []byte("after")}, {n[1], nil}}); err != nil {
		t.Error(err)
	}
	holds(t, n[0], "after")
	holds(t, n[1], "")
}

// Somebody's own file is not taken for nobody's because it is held for a moment.
func TestForeignWhileHeld(t *testing.T) {
	n := write(t, "年报.pdf")
	release := open(t, n[0], windows.GENERIC_READ, scanner)
	time.AfterFunc(150*time.Millisecond, release)
	err := Save("", "", []File{{n[0], []byte("after what was before")}})
	var m *message.Error
	if !errors.As(err, &m) || m.Key != "file.foreign" {
		t.Errorf("%v", err)
	}
	holds(t, n[0], "before")
}

// A scanner takes each file as it appears, for 150 ms.
func TestScanned(t *testing.T) {
	n := write(t, "in.xlsx")
	dir := filepath.Dir(n[0])
	stop, stopped := make(chan bool), make(chan int)
	go func() {
		seen := map[string]bool{"in.xlsx": true}
		for {
			select {
			case <-stop:
				stopped <- len(seen)
				return
			default:
			}
			list, _ := os.ReadDir(dir)
			for _, e := range list {
				if p, err := windows.UTF16PtrFromString(filepath.Join(dir, e.Name())); err == nil && !seen[e.Name()] {
					if h, err := windows.CreateFile(p, windows.GENERIC_READ, scanner, nil, windows.OPEN_EXISTING, 0, 0); err == nil {
						seen[e.Name()] = true
						time.AfterFunc(150*time.Millisecond, func() { windows.CloseHandle(h) })
					}
				}
			}
		}
	}()
	for range 6 {
		if err := Save("", "", []File{{filepath.Join(dir, "a.xlsx"), []byte("a")}, {filepath.Join(dir, "b.xlsx"), []byte("b")}}); err != nil {
			t.Error(err)
		}
	}
	close(stop)
	if n := <-stopped; n < 4 {
		t.Errorf("the scanner held %d files, which tests nothing", n)
	}
	if got := entries(t, n[0]); len(got) != 3 {
		t.Errorf("left behind: %q", got)
	}
}

// A file that cannot be replaced for another reason is not said to be open.
func TestSaveWhatIsReadOnly(t *testing.T) {
	n := write(t, "a.xlsx", "b.xlsx")
	if err := os.Chmod(n[1], 0o444); err != nil {
		t.Fatal(err)
	}
	err := Save("", "", []File{{n[0], []byte("after")}, {n[1], []byte("after")}})
	if said := message.Localize(err, message.Chinese); !strings.Contains(said, "只读") || InUse(err) != "" {
		t.Errorf("%s", said)
	}
	holds(t, n[0], "before")
	holds(t, n[1], "before")
}

// What is not complete is hidden, the output is not.
func TestHidden(t *testing.T) {
	n := write(t, "a.xlsx")
	f, err := CreateTemp(filepath.Dir(n[0]))
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	hidden := func(name string) bool {
		_, attributes, err := attributesOf(name)
		if err != nil {
			t.Fatal(err)
		}
		return attributes&windows.FILE_ATTRIBUTE_HIDDEN != 0
	}
	if !hidden(f.Name()) {
		t.Error("an unfinished output is seen")
	}
	if err := Rename(f.Name(), n[0]); err != nil {
		t.Fatal(err)
	}
	if hidden(n[0]) {
		t.Error("the output is hidden")
	}
}

package batch

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"

	"nianbao/convert"
	"nianbao/convert/message"
)

// A scanner that lets nothing be removed costs neither the conversions nor the summary,
// and nothing that it leaves is in the way of the next run.
func TestNothingCanBeRemoved(t *testing.T) {
	dir := t.TempDir()
	src, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(dir, "in.xlsx")
	if err := os.WriteFile(name, src, 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	o := Options{FileOptions: convert.FileOptions{Out: out}, Lang: message.Chinese}
	var held []windows.Handle
	o.Progress = func(Progress) {
		for _, name := range []string{"results.jsonl.partial", ".nianbao", ".nianbao.lock"} {
			p, _ := windows.UTF16PtrFromString(filepath.Join(out, name))
			h, err := windows.CreateFile(p, windows.GENERIC_READ, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, nil, windows.OPEN_EXISTING, windows.FILE_FLAG_BACKUP_SEMANTICS, 0)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			held = append(held, h)
		}
	}
	check := func() {
		t.Helper()
		r, err := Run(t.Context(), []string{name}, o)
		if err != nil || r.Submissions != 1 {
			t.Fatalf("%+v, %v", r, err)
		}
		for _, file := range []string{r.Workbook, r.Page, r.JSON, filepath.Join(out, "in.pdf")} {
			if _, err := os.Stat(file); err != nil {
				t.Error(err)
			}
		}
	}
	check()
	for _, h := range held {
		windows.CloseHandle(h)
	}
	o.Progress, o.Resume = nil, true
	check()
	left, _ := filepath.Glob(filepath.Join(out, ".nianbao*"))
	if len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

package desk

import (
	"os"
	"path/filepath"
	"testing"
)

func TestPlace(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("PATH", "")
	if err := os.Mkdir(filepath.Join(home, "桌面"), 0o777); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	at := func(names ...string) (all []string) {
		for _, n := range names {
			all = append(all, filepath.Join(dir, n))
		}
		return all
	}
	for _, name := range at("甲", "乙") {
		if err := os.Mkdir(name, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		what  string
		paths []string
		want  string
	}{
		{"one file", at("a.xlsx"), ""},
		{"two files", at("a.xlsx", "b.xlsx"), ""},
		{"three files", at("a.xlsx", "b.xlsx", "c.xlsx"), filepath.Join(dir, "年报结果")},
		{"one folder", at("甲"), filepath.Join(dir, "甲-结果")},
		{"two folders", at("甲", "乙"), filepath.Join(dir, "年报结果")},
		{"a folder and a file", at("甲", "a.xlsx"), filepath.Join(dir, "年报结果")},
		{"a disk", []string{"/"}, "/年报结果"},
		// Nobody, not even root, makes anything in /proc.
		{"a file that lies where nothing can be written", []string{"/proc/version"}, filepath.Join(home, "桌面", "年报结果")},
		{"a folder that lies there", []string{"/proc/sys"}, filepath.Join(home, "桌面", "sys-结果")},
		{"three things that lie there", []string{"/proc/version", "/proc/stat", "/proc/sys"}, filepath.Join(home, "桌面", "年报结果")},
	} {
		if c.what == "a disk" && os.Getuid() != 0 {
			continue
		}
		if got := Place(c.paths, 2); got != c.want {
			t.Errorf("%s: %q, want %q", c.what, got, c.want)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, ".nianbao*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

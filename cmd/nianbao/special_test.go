//go:build unix

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// What is no file under the name of one that a batch writes is neither followed nor
// waited for, and stands when the batch has been refused.
func TestBatchSpecial(t *testing.T) {
	names := []string{"results.jsonl", "results.jsonl.partial", "summary.xlsx", "summary.html", ".nianbao.lock"}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			own := filepath.Join(dir, "own")
			if err := os.WriteFile(own, []byte("somebody's own"), 0o666); err != nil {
				t.Fatal(err)
			}
			out := filepath.Join(dir, "out")
			if err := os.Mkdir(out, 0o777); err != nil {
				t.Fatal(err)
			}
			file := filepath.Join(out, name)
			for kind, make := range map[string]func() error{
				"a link":          func() error { return os.Symlink(own, file) },
				"a dangling link": func() error { return os.Symlink(filepath.Join(dir, "nothing"), file) },
				"a pipe":          func() error { return syscall.Mkfifo(file, 0o666) },
				"a folder":        func() error { return os.Mkdir(file, 0o777) },
			} {
				if err := make(); err != nil {
					t.Fatal(err)
				}
				if kind == "a folder" && name == ".nianbao.lock" { // is an error of the system
					os.Remove(file)
					continue
				}
				before, err := os.Lstat(file)
				if err != nil {
					t.Fatal(err)
				}
				for _, args := range [][]string{{"-o", out, "../../testdata/forms"}, {"-o", out, "--resume", "../../testdata/forms"}} {
					if got := refused(t, args...); strings.Count(got, "\n") != 1 || !strings.Contains(got, name+" 已经存在") {
						t.Errorf("%s: printed %s", kind, got)
					}
				}
				if after, err := os.Lstat(file); err != nil || !os.SameFile(before, after) {
					t.Errorf("%s does not stand any more", kind)
				}
				if b, err := os.ReadFile(own); err != nil || string(b) != "somebody's own" {
					t.Errorf("%s was followed", kind)
				}
				if _, err := os.Lstat(filepath.Join(dir, "nothing")); err == nil {
					t.Errorf("%s was followed", kind)
				}
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
			if left, err := os.ReadDir(out); err != nil || len(left) != 0 {
				t.Errorf("left behind: %v", left)
			}
		})
	}
}

// The folder for unfinished outputs and the names of files while they are written are
// ours: a link there goes, and what it leads to stays. Neither does a pipe hold up who
// joins records, or puts an output in its place.
func TestSpecialElsewhere(t *testing.T) {
	dir := t.TempDir()
	own, out := filepath.Join(dir, "own"), filepath.Join(dir, "out")
	for _, d := range []string{own, out} {
		if err := os.Mkdir(d, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	kept := filepath.Join(own, "kept")
	if err := os.WriteFile(kept, []byte("somebody's own"), 0o666); err != nil {
		t.Fatal(err)
	}
	for link, to := range map[string]string{".nianbao": own, "results.jsonl.tmp": kept, "summary.xlsx.tmp": kept, "summary.html.tmp": kept} {
		if err := os.Symlink(to, filepath.Join(out, link)); err != nil {
			t.Fatal(err)
		}
	}
	exits(t, exitGood, "-o", out, "../../testdata/forms/web-page.xlsx", "../../testdata/forms/sheet-a-section.xlsx")
	exits(t, exitGood, "merge", out)
	if b, err := os.ReadFile(kept); err != nil || string(b) != "somebody's own" {
		t.Errorf("a link was followed: %q, %v", b, err)
	}
	if err := syscall.Mkfifo(filepath.Join(own, "results.jsonl"), 0o666); err != nil {
		t.Fatal(err)
	}
	refused(t, "merge", "-o", filepath.Join(dir, "merged"), own)
	pipe := filepath.Join(dir, "web-page.pdf")
	if err := syscall.Mkfifo(pipe, 0o666); err != nil {
		t.Fatal(err)
	}
	if got := refused(t, "-o", dir, "../../testdata/forms/web-page.xlsx"); !strings.Contains(got, "web-page.pdf 已经存在") {
		t.Errorf("printed %s", got)
	}
}

// refused runs a command that must fail at once, with status 2.
func refused(t *testing.T, args ...string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
	defer cancel()
	c := exec.CommandContext(ctx, os.Args[0], args...)
	c.Env = nianbao().Env
	out, err := c.CombinedOutput()
	if ctx.Err() != nil {
		t.Fatalf("%q waits for ever", args)
	}
	if got := status0(err); got != exitFailed {
		t.Errorf("%q: exit status %d\n%s", args, got, out)
	}
	return string(out)
}

//go:build unix

package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"nianbao/convert/generate"
)

// asNianbao is the environment in which the test's program is nianbao itself.
const asNianbao = "TEST_AS_NIANBAO=1"

func init() {
	if os.Getenv("TEST_AS_NIANBAO") != "" {
		main()
	}
}

func nianbao(args ...string) *exec.Cmd {
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asNianbao, "SOURCE_DATE_EPOCH=1700000000", "LANG=zh_CN.UTF-8")
	return c
}

// exits runs a command and checks its exit status.
func exits(t *testing.T, want int, args ...string) string {
	t.Helper()
	out, err := nianbao(args...).CombinedOutput()
	if got := status0(err); got != want {
		t.Fatalf("%q: exit status %d, want %d\n%s", args, got, want, out)
	}
	return string(out)
}

func status0(err error) int {
	var e *exec.ExitError
	if errors.As(err, &e) {
		return e.ExitCode()
	}
	return 0
}

// A batch that is killed or interrupted and gone on with, and one that is done by
// four machines, leave the same bytes as an undisturbed one.
func TestBatchDisturbed(t *testing.T) {
	dir := t.TempDir()
	county, err := generate.NewCounty(dir, 50)
	if err != nil {
		t.Fatal(err)
	}
	calm := filepath.Join(dir, "calm")
	exits(t, exitFailed, "-o", calm, county.Dir)
	want := tree(t, calm)
	if len(want) < 2*len(county.Good) {
		t.Fatalf("only %d outputs", len(want))
	}

	t.Run("killed", func(t *testing.T) {
		out := filepath.Join(t.TempDir(), "out")
		for i, records := range []int{10, 30} {
			c := nianbao("-o", out, "--resume", county.Dir)
			if i == 0 {
				c = nianbao("-o", out, county.Dir)
			}
			stopAt(t, c, syscall.SIGKILL, filepath.Join(out, "results.jsonl.partial"), records)
		}
		if got := exits(t, exitFailed, "-o", out, "--resume", county.Dir); !strings.Contains(got, "份未变") {
			t.Errorf("nothing was left out:\n%s", got)
		}
		compare(t, want, tree(t, out))
	})
	calm = filepath.Join(dir, "calm-json")
	exits(t, exitFailed, "-t", "json", "-o", calm, county.Dir)
	want = tree(t, calm)
	t.Run("interrupted", func(t *testing.T) {
		out := filepath.Join(t.TempDir(), "out")
		c := nianbao("-t", "json", "-o", out, county.Dir)
		printed := stopAt(t, c, os.Interrupt, filepath.Join(out, "results.jsonl.partial"), 10)
		if c.ProcessState.ExitCode() != exitStopped || !strings.Contains(printed, "已中断，尚有") {
			t.Errorf("exit status %d\n%s", c.ProcessState.ExitCode(), printed)
		}
		if _, err := os.Stat(filepath.Join(out, "summary.xlsx")); err != nil {
			t.Error(err)
		}
		exits(t, exitFailed, "-t", "json", "-o", out, "--resume", county.Dir)
		compare(t, want, tree(t, out))
	})
	t.Run("sharded", func(t *testing.T) {
		out := filepath.Join(t.TempDir(), "out")
		var shards []*exec.Cmd
		for k := range 4 {
			c := nianbao("-q", "-t", "json", "-o", out, "--shard", fmt.Sprintf("%d/4", k), county.Dir)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			shards = append(shards, c)
		}
		for _, c := range shards {
			c.Wait() // some find files that fail
		}
		exits(t, exitFailed, "merge", out)
		got := tree(t, out)
		for name := range got {
			if strings.Contains(name, "-of-4.") {
				delete(got, name)
			}
		}
		compare(t, want, got)
	})
}

// stopAt signals a batch when it has so many records, and waits for its end.
func stopAt(t *testing.T, c *exec.Cmd, signal os.Signal, journal string, records int) string {
	t.Helper()
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		b, _ := os.ReadFile(journal)
		if bytes.Count(b, []byte("\n")) >= records {
			c.Process.Signal(signal)
			c.Wait()
			return out.String()
		}
	}
	c.Process.Kill()
	c.Wait()
	t.Fatalf("the batch wrote no %d records:\n%s", records, out.String())
	return ""
}

// tree is every file under a folder with its content.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		all[rel] = string(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func compare(t *testing.T, want, got map[string]string) {
	t.Helper()
	for name, content := range want {
		if g, ok := got[name]; !ok || g != content {
			t.Errorf("%s: there %v, %d bytes, want %d", name, ok, len(g), len(content))
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s was left behind", name)
		}
	}
}

// A folder that cannot be written to is one error.
func TestBatchReadOnly(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("nothing is read-only for root")
	}
	out := t.TempDir()
	if err := os.Chmod(out, 0o555); err != nil {
		t.Fatal(err)
	}
	if got := exits(t, exitFailed, "-o", out, "../../testdata/forms"); strings.Count(got, "\n") != 1 {
		t.Errorf("printed %s", got)
	}
}

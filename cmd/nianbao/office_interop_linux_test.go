//go:build interop

package main

import (
	"bytes"
	"crypto/md5"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// LibreOffice itself ends with the program by kill -9, and leaves nothing outside of the
// folder that the next conversion clears.
func TestInteropOfficeEndsWithUs(t *testing.T) {
	in, temp, out := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "out")
	for _, name := range []string{"甲.ods", "乙.ods"} {
		if err := os.WriteFile(filepath.Join(in, name), spreadsheet(t), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	c := nianbao("-q", "-t", "json", "-o", out, in)
	c.Env = append(c.Env, "TMPDIR="+temp)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	socket := ""
	until(t, "LibreOffice to listen", func() bool {
		folders := matching(temp, "nianbao-office-*", "profile")
		if len(folders) == 0 {
			return false
		}
		socket = fmt.Sprintf("/tmp/OSL_PIPE_%d_SingleOfficeIPC_", os.Getuid())
		for _, b := range md5.Sum([]byte(strings.Join(strings.Split("file://"+folders[0], ""), "\x00") + "\x00")) {
			socket += strconv.FormatUint(uint64(b), 16)
		}
		_, err := os.Lstat(socket)
		return err == nil
	})
	if n := len(with(temp)); n < 2 {
		t.Errorf("%d programs, want this one and LibreOffice", n)
	}
	c.Process.Kill()
	c.Wait()
	until(t, "the end of LibreOffice", func() bool { return len(with(temp)) == 0 })

	c = nianbao("-t", "json", "-o", out, "--resume", in)
	c.Env = append(c.Env, "TMPDIR="+temp)
	if printed, err := c.CombinedOutput(); err != nil || !bytes.Contains(printed, []byte("2 份没有年报的表格")) {
		t.Errorf("%v\n%s", err, printed)
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("left behind in the folder for temporary files: %v", left)
	}
	if _, err := os.Lstat(socket); err == nil {
		t.Errorf("left behind: %s", socket)
	}
}

// with are the running programs that have the folder in their environment.
func with(folder string) []int {
	var all []int
	entries, _ := os.ReadDir("/proc")
	for _, e := range entries {
		pid, err := strconv.Atoi(e.Name())
		if err != nil || pid == os.Getpid() {
			continue
		}
		if env, err := os.ReadFile("/proc/" + e.Name() + "/environ"); err == nil && bytes.Contains(env, []byte(folder)) && running(pid) {
			all = append(all, pid)
		}
	}
	return all
}

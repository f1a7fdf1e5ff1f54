//go:build linux

package office

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// LibreOffice must not outlive this program, however that ends. A script stands for it,
// and this test, run once more, for the program.
func TestEndsWithUs(t *testing.T) {
	if program := os.Getenv("NIANBAO_OFFICE"); program != "" {
		Convert(context.Background(), program, packed(t, [2]string{"content.xml", sheet("")}), "ods", "xlsx")
		return
	}
	dir := t.TempDir()
	program, pid := filepath.Join(dir, "soffice"), filepath.Join(dir, "pid")
	if err := os.WriteFile(program, []byte("#!/bin/sh\necho $$ > "+pid+"\nexec sleep 60\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	us := exec.Command(os.Args[0], "-test.run=^TestEndsWithUs$")
	us.Env = append(os.Environ(), "NIANBAO_OFFICE="+program, "TMPDIR="+dir)
	if err := us.Start(); err != nil {
		t.Fatal(err)
	}
	var office int
	for range 500 {
		b, _ := os.ReadFile(pid)
		if office, _ = strconv.Atoi(strings.TrimSpace(string(b))); office > 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if office == 0 {
		us.Process.Kill()
		t.Fatal("the program was not started")
	}
	if err := us.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	us.Wait()
	for range 500 {
		if !running(office) {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	syscall.Kill(office, syscall.SIGKILL)
	t.Error("LibreOffice goes on after the program was killed")
}

// running reports whether a process runs that nobody may have waited for yet.
func running(pid int) bool {
	b, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return false
	}
	_, state, _ := strings.Cut(string(b), ") ")
	return !strings.HasPrefix(state, "Z")
}

//go:build interop && linux

package main

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// A terminal that the desktop file opens stays until Enter is pressed, and closes then.
func TestInteropDesktopFile(t *testing.T) {
	for _, program := range []string{"Xvfb", "xterm", "xdotool"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatal(err)
		}
	}
	entry, err := os.ReadFile("packaging/nianbao.desktop")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^Exec=(.*) %F$`).FindStringSubmatch(string(entry))
	if line == nil || !strings.Contains(string(entry), "\nTerminal=true\n") {
		t.Fatalf("%s", entry)
	}
	dir, paths := copied(t, "年报.xlsx")
	bin := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(self, filepath.Join(bin, "nianbao")); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte("#!/bin/sh\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	display := screen(t)
	environment := append(os.Environ(), "DISPLAY="+display, "LANG=C.UTF-8", "LC_ALL=C.UTF-8", "PATH="+bin+":"+os.Getenv("PATH"))
	start := func(arguments ...string) (ended chan error) {
		c := exec.Command("xterm", append([]string{"-u8", "-fa", "Monospace", "-fs", "9", "-geometry", "110x30", "-e"}, arguments...)...)
		c.Env, c.Stderr = environment, os.Stderr
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { c.Process.Kill() })
		ended = make(chan error, 1)
		go func() { ended <- c.Wait() }()
		return ended
	}
	ended := start(append(strings.Fields(line[1]), paths...)...)
	select {
	case err := <-ended:
		t.Fatalf("the terminal closed by itself: %v", err)
	case <-time.After(4 * time.Second):
	}
	if _, err := os.Stat(filepath.Join(dir, "年报.pdf")); err != nil {
		t.Error(err)
	}
	if shot := os.Getenv("SCREENSHOT"); shot != "" {
		exec.Command("sh", "-c", "DISPLAY="+display+" xwd -root -silent | xwdtopnm | pnmtopng > "+shot).Run()
	}
	for _, act := range [][]string{{"search", "--onlyvisible", "--class", "xterm", "windowfocus"}, {"key", "Return"}} {
		x := exec.Command("xdotool", act...)
		x.Env = environment
		if out, err := x.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	}
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("Enter does not close the terminal")
	}
	// A near miss: without the desktop file nobody is waited for.
	select {
	case <-start(append([]string{"nianbao"}, paths...)...):
	case <-time.After(10 * time.Second):
		t.Error("a terminal that was not opened for the program waits")
	}
}

// screen is a display that nobody sees.
func screen(t *testing.T) (display string) {
	t.Helper()
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", "1024x768x24", "-nolisten", "tcp")
	c.ExtraFiles = []*os.File{w}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	w.Close()
	t.Cleanup(func() {
		c.Process.Kill()
		c.Wait()
	})
	var n int
	if _, err := fmt.Fscan(bufio.NewReader(r), &n); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf(":%d", n)
}

package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// spreadsheet is an OpenDocument file that is no form.
func spreadsheet(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"},
		{"content.xml", `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="S"/></office:spreadsheet></office:body></office:document-content>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sleeper is a folder with a program that is taken for LibreOffice, which writes its
// process id into its folder for temporary files and sleeps as if it worked.
func sleeper(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "soffice"), []byte("#!/bin/sh\necho $$ > $TMPDIR/pid\nexec sleep 60\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return folder
}

// matching are the files that match a pattern.
func matching(pattern ...string) []string {
	found, _ := filepath.Glob(filepath.Join(pattern...))
	return found
}

// until waits for what is expected to come true.
func until(t *testing.T, what string, come func() bool) {
	t.Helper()
	for deadline := time.Now().Add(30 * time.Second); !come(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain for %s", what)
		}
	}
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

// LibreOffice ends with the program, however that ends while it works: by a second Ctrl-C,
// when the terminal is closed, by kill -9. What both leave behind goes when the batch goes
// on, which comes to its end.
func TestOfficeEndsWithUs(t *testing.T) {
	in := t.TempDir()
	if err := os.WriteFile(filepath.Join(in, "甲.ods"), spreadsheet(t), 0o666); err != nil {
		t.Fatal(err)
	}
	form, err := os.ReadFile("../../testdata/forms/web-page.xlsx")
	if err == nil {
		err = os.WriteFile(filepath.Join(in, "乙.xlsx"), form, 0o666)
	}
	if err != nil {
		t.Fatal(err)
	}
	for name, sig := range map[string]syscall.Signal{"second Ctrl-C": syscall.SIGINT, "hang-up": syscall.SIGHUP, "kill -9": syscall.SIGKILL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if signal.Ignored(sig) {
				t.Skip("ignored, as by nohup or in the background of a script")
			}
			programs := sleeper(t)
			temp, out := t.TempDir(), filepath.Join(t.TempDir(), "out")
			run := func() *exec.Cmd {
				c := nianbao("-t", "json", "-o", out, "--resume", in)
				c.Env = append(c.Env, "TMPDIR="+temp, "PATH="+programs+":"+os.Getenv("PATH"))
				return c
			}
			c := run()
			said, err := c.StderrPipe()
			if err == nil {
				err = c.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			office := 0
			until(t, "LibreOffice", func() bool {
				for _, name := range matching(temp, "nianbao-office-*", "temp", "pid") {
					b, _ := os.ReadFile(name)
					office, _ = strconv.Atoi(strings.TrimSpace(string(b)))
				}
				return office > 0
			})
			if sig == syscall.SIGINT {
				c.Process.Signal(sig)
				for lines := bufio.NewScanner(said); lines.Scan() && !strings.Contains(lines.Text(), "再按一次"); {
				}
				if !running(office) {
					t.Error("the first Ctrl-C did not let the file in hand be finished")
				}
			}
			ended := make(chan bool)
			go func() { c.Wait(); close(ended) }()
			until(t, "the end of the program", func() bool {
				select {
				case <-ended:
					return true
				default:
					c.Process.Signal(sig)
					return false
				}
			})
			if got := c.ProcessState.Sys().(syscall.WaitStatus); got.Signal() != sig {
				t.Errorf("ended with %v, want %v", c.ProcessState, sig)
			}
			until(t, "the end of LibreOffice", func() bool { return !running(office) })
			if left, _ := os.ReadDir(temp); len(left) == 0 {
				t.Error("there is nothing to clear")
			}

			if err := os.WriteFile(filepath.Join(programs, "soffice"), []byte("#!/bin/sh\nexit 1\n"), 0o700); err != nil {
				t.Fatal(err)
			}
			c = run()
			if printed, _ := c.CombinedOutput(); c.ProcessState.ExitCode() != exitFailed || !strings.Contains(string(printed), "甲.ods") {
				t.Errorf("%v\n%s", c.ProcessState, printed)
			}
			if left, _ := os.ReadDir(temp); len(left) > 0 {
				t.Errorf("left behind in the folder for temporary files: %v", left)
			}
			for name := range tree(t, out) {
				if strings.HasPrefix(name, ".") || strings.HasSuffix(name, ".partial") {
					t.Errorf("left behind: %s", name)
				}
			}
			if _, err := os.Stat(filepath.Join(out, "summary.json")); err != nil {
				t.Error(err)
			}
		})
	}
}

package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/sys/unix"
)

// terminal is the program in a terminal that closes when it ends.
type terminal struct {
	t       *testing.T
	keys    *os.File
	command *exec.Cmd
	ended   chan int

	mu     sync.Mutex
	screen strings.Builder
}

// dropped starts the program as the desktop file does, in a terminal of its own, with
// something to open results with that notes them in a file.
func dropped(t *testing.T, environment []string, args ...string) (s *terminal, log string) {
	t.Helper()
	bin := t.TempDir()
	log = filepath.Join(bin, "shown")
	script := "#!/bin/sh\nbasename \"$1\" >> " + log + "\n"
	if err := os.WriteFile(filepath.Join(bin, "xdg-open"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	keys, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	fd := int(keys.Fd())
	if err := unix.IoctlSetPointerInt(fd, unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(fd, unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	line, err := os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(os.Args[0], args...)
	c.Env = append(os.Environ(), asNianbao, "LANG=zh_CN.UTF-8", "PATH="+bin+":"+os.Getenv("PATH"))
	c.Env = append(c.Env, environment...)
	c.Stdin, c.Stdout, c.Stderr = line, line, line
	c.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line.Close()
	s = &terminal{t: t, keys: keys, command: c, ended: make(chan int, 1)}
	go func() {
		b := make([]byte, 4096)
		for {
			n, err := keys.Read(b)
			s.mu.Lock()
			s.screen.Write(b[:n])
			s.mu.Unlock()
			if err != nil {
				return
			}
		}
	}()
	go func() {
		c.Wait()
		s.ended <- c.ProcessState.ExitCode()
	}()
	t.Cleanup(func() {
		c.Process.Kill()
		keys.Close()
	})
	return s, log
}

func (s *terminal) shown() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.screen.String()
}

// shows waits until the terminal has shown the texts.
func (s *terminal) shows(texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		for end := time.Now().Add(60 * time.Second); !strings.Contains(s.shown(), text); time.Sleep(10 * time.Millisecond) {
			if time.Now().After(end) {
				s.t.Fatalf("the terminal does not show %q but:\n%s", text, s.shown())
			}
		}
	}
}

func (s *terminal) press(keys string) { s.keys.WriteString(keys) }

// leaves presses Enter and expects the program to end with the status, and not before.
func (s *terminal) leaves(status int) {
	s.t.Helper()
	select {
	case got := <-s.ended:
		s.t.Fatalf("the terminal closed by itself, status %d", got)
	case <-time.After(200 * time.Millisecond):
	}
	s.press("\n")
	select {
	case got := <-s.ended:
		if got != status {
			s.t.Errorf("status %d, want %d", got, status)
		}
	case <-time.After(30 * time.Second):
		s.t.Error("Enter does not close the terminal")
	}
}

// opened waits for what was opened.
func opened(t *testing.T, log, want string) {
	t.Helper()
	got := ""
	for end := time.Now().Add(20 * time.Second); got != want && time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		b, _ := os.ReadFile(log)
		names := strings.Fields(string(b))
		slices.Sort(names) // they are opened at once
		got = strings.Join(names, " ")
	}
	if got != want {
		t.Errorf("opened %q, want %q", got, want)
	}
}

var asDropped = []string{"NIANBAO_DESK=1"}

// copied are copies of the sample under the names in a new folder, which comes first.
func copied(t *testing.T, names ...string) (dir string, paths []string) {
	t.Helper()
	src, err := os.ReadFile(sampleForm)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	for _, n := range names {
		n = filepath.Join(dir, n)
		if err := os.MkdirAll(filepath.Dir(n), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(n, src, 0o666); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, n)
	}
	return dir, paths
}

func TestDropInTerminal(t *testing.T) {
	dir, paths := copied(t, "年报.xlsx")
	s, log := dropped(t, asDropped, paths...)
	s.press("\n\n") // while it works
	s.shows("\x1b]0;年报：正在处理 年报.xlsx\a", "已生成 "+filepath.Join(dir, "年报.pdf"), "按回车键关闭窗口")
	opened(t, log, "年报.pdf")
	s.leaves(exitGood)

	s, log = dropped(t, asDropped, "--no-open", paths[0])
	s.shows("按回车键关闭窗口")
	s.leaves(exitGood)
	opened(t, log, "")
}

// In a terminal that was not opened for it the program waits for nobody, opens nothing
// and names flags.
func TestInSomebodysTerminal(t *testing.T) {
	dir, paths := copied(t, "1.xlsx", "2.xlsx", "3.xlsx")
	s, log := dropped(t, nil, paths...)
	if got := <-s.ended; got != exitGood {
		t.Errorf("status %d", got)
	}
	if strings.Contains(s.shown(), "回车") || strings.Contains(s.shown(), "\x1b]0;") {
		t.Errorf("%s", s.shown())
	}
	if _, err := os.Stat(filepath.Join(dir, "3.pdf")); err != nil {
		t.Error("the outputs are not beside the files")
	}
	opened(t, log, "")
	s, _ = dropped(t, nil)
	s.shows("--help")
	if got := <-s.ended; got != exitFailed {
		t.Errorf("status %d", got)
	}
}

// Every drop does something, and says where.
func TestDropsInTerminal(t *testing.T) {
	dir, paths := copied(t, "甲/a.xlsx", "甲/b.xlsx", "乙/c.xlsx", "d.xlsx", "e.xlsx", "f.xlsx")
	in := func(names ...string) (all []string) {
		for _, n := range names {
			all = append(all, filepath.Join(dir, n))
		}
		return all
	}
	for _, c := range []struct {
		paths []string
		out   string
		said  string
	}{
		{in("甲"), "甲-结果", "共 2 份"},
		{in("甲"), "甲-结果", "其中 2 份未变"},
		{in("甲", "乙"), "年报结果", "共 3 份"},
		{in("甲", "d.xlsx"), "年报结果 (2)", "共 3 份"},
		{paths[3:], "年报结果 (3)", "共 3 份"},
		{paths[4:], "", "已生成"},
	} {
		s, log := dropped(t, asDropped, c.paths...)
		s.shows(c.said, "按回车键关闭窗口")
		if c.out == "" {
			opened(t, log, "e.pdf f.pdf")
		} else {
			s.shows(filepath.Join(dir, c.out, "summary.html"))
			opened(t, log, "summary.html")
		}
		s.leaves(exitGood)
	}
	s, _ := dropped(t, asDropped)
	s.shows("拖到本程序的图标上", "按回车键关闭窗口")
	s.leaves(exitFailed)
}

// The last lines name what needs attention, wrong ones too.
func TestDropSaysWhatIsWrong(t *testing.T) {
	dir, _ := copied(t, "各单位/a.xlsx")
	filled(t, filepath.Join(dir, "各单位", "错.xlsx"), true)
	if err := os.WriteFile(filepath.Join(dir, "各单位", "坏.xlsx"), []byte("PK\x03\x04"), 0o666); err != nil {
		t.Fatal(err)
	}
	s, _ := dropped(t, asDropped, filepath.Join(dir, "各单位"))
	s.shows("按回车键关闭窗口", "坏.xlsx: ", "有错误 错.xlsx（", "共 3 份：")
	said := s.shown()
	if strings.LastIndex(said, "共 3 份：") < strings.LastIndex(said, "错.xlsx") || strings.LastIndex(said, "summary.html") < strings.LastIndex(said, "共 3 份：") {
		t.Errorf("the totals and the page do not come last:\n%s", said)
	}
	s.leaves(exitFailed)
}

// Of a folder, too, passwords are asked for, and what has been done is not done again.
func TestDropAsksForPasswords(t *testing.T) {
	dir, _ := copied(t, "各单位/a.xlsx")
	f, err := excelize.OpenFile(sampleForm)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := f.SaveAs(filepath.Join(dir, "各单位", "b.xlsx"), excelize.Options{Password: "2024"}); err != nil {
		t.Fatal(err)
	}
	s, _ := dropped(t, asDropped, filepath.Join(dir, "各单位"))
	s.shows("无法处理 1", "有 1 份设有打开密码")
	s.press("2025\n")
	s.shows("密码不对。有 1 份设有打开密码")
	s.press("2024\n")
	s.shows("其中 1 份未变", "无法处理 0", "按回车键关闭窗口")
	if strings.Contains(s.shown(), "2025\r") {
		t.Error("the password is shown")
	}
	s.leaves(exitGood)
}

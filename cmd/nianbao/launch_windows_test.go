package main

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf16"
	"unsafe"

	"golang.org/x/sys/windows"
)

// started is the program in a console of its own, started as the file manager does when
// files are dropped on it: with no handles of anybody else, and quoted paths.
type started struct {
	t       *testing.T
	process windows.Handle
	pid     uint32
	earlier map[windows.HWND]string // windows that were there before
	in, out windows.Handle          // of its console, once attached
}

// The ways in which others start programs.
const (
	drop   = windows.CREATE_NEW_CONSOLE
	unseen = windows.CREATE_NO_WINDOW
)

// launch starts the program that the test's own is under the name.
func launch(t *testing.T, name string, flags uint32, hidden bool, environment []string, args ...string) *started {
	t.Helper()
	program := underName(t, name)
	line := `"` + program + `"`
	for _, a := range args {
		if strings.Contains(a, " ") {
			a = `"` + a + `"`
		}
		line += " " + a
	}
	commandLine, err := windows.UTF16PtrFromString(line)
	if err != nil {
		t.Fatal(err)
	}
	at, _ := windows.UTF16PtrFromString(filepath.Dir(program))
	info := windows.StartupInfo{Flags: windows.STARTF_USESHOWWINDOW, ShowWindow: windows.SW_SHOWNORMAL}
	info.Cb = uint32(unsafe.Sizeof(info))
	if hidden {
		info.ShowWindow = windows.SW_HIDE
	}
	earlier := titles()
	var p windows.ProcessInformation
	block := environmentBlock(environment)
	if err := windows.CreateProcess(nil, commandLine, nil, nil, false, flags|windows.CREATE_UNICODE_ENVIRONMENT, &block[0], at, &info, &p); err != nil {
		t.Fatal(err)
	}
	windows.CloseHandle(p.Thread)
	s := &started{t: t, process: p.Process, pid: p.ProcessId, earlier: earlier}
	t.Cleanup(func() {
		s.detach()
		windows.TerminateProcess(s.process, 9)
		windows.WaitForSingleObject(s.process, 5000)
		windows.CloseHandle(s.process)
	})
	return s
}

// folder is where the test's own program lies under other names. It is not removed, since
// no program that runs can be.
var folder = sync.OnceValues(func() (string, error) { return os.MkdirTemp("", "nianbao-programs") })

// underName is the test's own program under another name.
func underName(t *testing.T, name string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir, err := folder()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(dir, name+".exe")
	if err := os.Link(self, program); err != nil && !errors.Is(err, os.ErrExist) {
		t.Fatal(err)
	}
	return program
}

// environmentBlock is the environment with no word of a language, as Windows' has none.
func environmentBlock(more []string) []uint16 {
	all := slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "LANG=") || strings.HasPrefix(v, "LC_") || strings.HasPrefix(v, "=")
	})
	var block []uint16
	for _, v := range append(all, more...) {
		one, _ := windows.UTF16FromString(v)
		block = append(block, one...)
	}
	return append(block, 0)
}

// ended waits for the program to end and returns its status, -1 if it does not.
func (s *started) ended(limit time.Duration) int {
	if event, _ := windows.WaitForSingleObject(s.process, uint32(limit/time.Millisecond)); event != windows.WAIT_OBJECT_0 {
		return -1
	}
	var status uint32
	windows.GetExitCodeProcess(s.process, &status)
	return int(status)
}

var (
	kernel32                   = windows.NewLazySystemDLL("kernel32.dll")
	attachConsole              = kernel32.NewProc("AttachConsole")
	freeConsole                = kernel32.NewProc("FreeConsole")
	setConsoleCtrlHandler      = kernel32.NewProc("SetConsoleCtrlHandler")
	getConsoleTitle            = kernel32.NewProc("GetConsoleTitleW")
	readConsoleOutputCharacter = kernel32.NewProc("ReadConsoleOutputCharacterW")
	writeConsoleInput          = kernel32.NewProc("WriteConsoleInputW")
)

// attach has the test use the program's console, too. That must not be before the program
// has looked whether anybody does, after which it writes its name on the window.
func (s *started) attach() {
	s.t.Helper()
	until(s.t, "the window has a title", func() bool {
		for window, title := range titles() {
			if _, old := s.earlier[window]; !old && strings.HasPrefix(title, "年报") {
				return true
			}
		}
		return false
	})
	freeConsole.Call()
	for end := time.Now().Add(5 * time.Second); ; time.Sleep(20 * time.Millisecond) {
		if ok, _, err := attachConsole.Call(uintptr(s.pid)); ok != 0 {
			break
		} else if time.Now().After(end) {
			s.t.Fatalf("no console: %v", err)
		}
	}
	open := func(name string) windows.Handle {
		p, _ := windows.UTF16PtrFromString(name)
		h, err := windows.CreateFile(p, windows.GENERIC_READ|windows.GENERIC_WRITE, windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, nil, windows.OPEN_EXISTING, 0, 0)
		if err != nil {
			s.t.Fatal(err)
		}
		return h
	}
	s.in, s.out = open("CONIN$"), open("CONOUT$")
}

func (s *started) detach() {
	if s.in != 0 {
		windows.CloseHandle(s.in)
		windows.CloseHandle(s.out)
		s.in, s.out = 0, 0
		freeConsole.Call()
	}
}

var (
	user32        = windows.NewLazySystemDLL("user32.dll")
	getWindowText = user32.NewProc("GetWindowTextW")
	findWindow    = user32.NewProc("FindWindowW")
	postMessage   = user32.NewProc("PostMessageW")
)

// titles are those of all windows on the screen.
func titles() map[windows.HWND]string {
	all := map[windows.HWND]string{}
	each := windows.NewCallback(func(window windows.HWND, _ uintptr) uintptr {
		var b [512]uint16
		getWindowText.Call(uintptr(window), uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)))
		all[window] = windows.UTF16ToString(b[:])
		return 1
	})
	windows.EnumWindows(each, nil)
	return all
}

// title is what the frame of the window says.
func (s *started) title() string {
	var b [512]uint16
	getConsoleTitle.Call(uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)))
	return windows.UTF16ToString(b[:])
}

// screen is what the window shows, without spaces: wide characters take two places.
func (s *started) screen() string {
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(s.out, &info); err != nil {
		s.t.Fatal(err)
	}
	b := make([]uint16, int(info.Size.X)*(int(info.CursorPosition.Y)+1))
	var n uint32
	readConsoleOutputCharacter.Call(uintptr(s.out), uintptr(unsafe.Pointer(&b[0])), uintptr(len(b)), 0, uintptr(unsafe.Pointer(&n)))
	return strings.NewReplacer(" ", "", "\x00", "").Replace(string(utf16.Decode(b[:n])))
}

// shows waits until the window shows all of the texts, which have no spaces.
func (s *started) shows(texts ...string) {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		screen := s.screen()
		missing := slices.DeleteFunc(slices.Clone(texts), func(t string) bool { return strings.Contains(screen, t) })
		if len(missing) == 0 {
			return
		}
		if time.Now().After(end) {
			s.t.Fatalf("the window does not show %q but:\n%s", missing, screen)
		}
	}
}

// press types keys.
func (s *started) press(keys string) {
	type record struct {
		kind, _           uint16
		down              uint32
		repeat, key, scan uint16
		char              uint16
		state             uint32
	}
	for _, r := range keys {
		for _, down := range []uint32{1, 0} {
			e := record{kind: 1, down: down, repeat: 1, char: uint16(r)}
			if r == '\r' {
				e.key = windows.VK_RETURN
			}
			var n uint32
			writeConsoleInput.Call(uintptr(s.in), uintptr(unsafe.Pointer(&e)), 1, uintptr(unsafe.Pointer(&n)))
		}
	}
}

// interrupt presses Ctrl-C, which is not for the test, that has the console, too.
func (s *started) interrupt() {
	setConsoleCtrlHandler.Call(0, 1)
	defer func() {
		time.Sleep(300 * time.Millisecond)
		setConsoleCtrlHandler.Call(0, 0)
	}()
	if err := windows.GenerateConsoleCtrlEvent(windows.CTRL_C_EVENT, 0); err != nil {
		s.t.Fatal(err)
	}
}

// held has another program hold the file, which lets others do what share says.
func held(t *testing.T, name string, access, share uint32) (release func()) {
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

// until waits for something to be so.
func until(t *testing.T, what string, so func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !so(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not so: %s", what)
		}
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return !errors.Is(err, os.ErrNotExist)
}

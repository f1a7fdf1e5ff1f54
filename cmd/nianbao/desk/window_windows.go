package desk

import (
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

var (
	kernel = windows.NewLazySystemDLL("kernel32.dll")
	user   = windows.NewLazySystemDLL("user32.dll")

	getConsoleProcessList    = kernel.NewProc("GetConsoleProcessList")
	getConsoleWindow         = kernel.NewProc("GetConsoleWindow")
	setConsoleTitle          = kernel.NewProc("SetConsoleTitleW")
	getProcessWindowStation  = user.NewProc("GetProcessWindowStation")
	getUserObjectInformation = user.NewProc("GetUserObjectInformationW")
)

// ours reports whether the console is of this program alone and seen by somebody. That
// nobody else uses it is true, too, of the one that a scheduler or an office system
// gives a program to run unseen, which would then wait for ever.
func ours() bool {
	var pids [2]uint32
	n, _, _ := getConsoleProcessList.Call(uintptr(unsafe.Pointer(&pids[0])), uintptr(len(pids)))
	window, _, _ := getConsoleWindow.Call()
	return n == 1 && window != 0 && terminals() && !startedHidden() && onScreen()
}

// startedHidden reports whether whoever started the program wanted it not to be seen.
func startedHidden() bool {
	var info windows.StartupInfo
	windows.GetStartupInfo(&info)
	return info.Flags&windows.STARTF_USESHOWWINDOW != 0 && info.ShowWindow == windows.SW_HIDE
}

// onScreen reports whether the program runs where windows are seen: services do not.
func onScreen() bool {
	var flags struct{ inherit, reserved, flags uint32 }
	const uoiFlags, visible = 1, 1
	station, _, _ := getProcessWindowStation.Call()
	ok, _, _ := getUserObjectInformation.Call(station, uoiFlags, uintptr(unsafe.Pointer(&flags)), unsafe.Sizeof(flags), 0)
	return ok == 0 || flags.flags&visible != 0
}

// prepare keeps a click into the window from stopping the program, as it does while
// text is selected.
func (w *Window) prepare() {
	in := windows.Handle(os.Stdin.Fd())
	var mode uint32
	if windows.GetConsoleMode(in, &mode) == nil {
		windows.SetConsoleMode(in, mode&^windows.ENABLE_QUICK_EDIT_MODE|windows.ENABLE_EXTENDED_FLAGS)
	}
}

// forget drops what was typed and not yet read.
func (w *Window) forget() { windows.FlushConsoleInputBuffer(windows.Handle(os.Stdin.Fd())) }

func setTitle(title string) {
	if p, err := windows.UTF16PtrFromString(title); err == nil {
		setConsoleTitle.Call(uintptr(unsafe.Pointer(p)))
	}
}

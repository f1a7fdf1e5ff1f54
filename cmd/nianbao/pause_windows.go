package main

import (
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"

	"nianbao/convert/message"
)

// pauseIfDropped keeps the window open when the program was started by dropping a
// file on it: its console is then its own and would close before anything could
// be read.
func pauseIfDropped() {
	list := windows.NewLazySystemDLL("kernel32.dll").NewProc("GetConsoleProcessList")
	var pids [2]uint32
	n, _, _ := list.Call(uintptr(unsafe.Pointer(&pids[0])), uintptr(len(pids)))
	if n != 1 {
		return
	}
	fmt.Println(message.New("cmd.enter").In(message.FromEnv()))
	os.Stdin.Read(make([]byte, 1))
}

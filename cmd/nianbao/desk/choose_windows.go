package desk

import (
	"path/filepath"
	"unsafe"

	"golang.org/x/sys/windows"
)

// openFileName is what Windows is told of a dialog for opening files.
type openFileName struct {
	size                        uint32
	owner, instance             uintptr
	filter, customFilter        *uint16
	maxCustomFilter, filterUsed uint32
	file                        *uint16
	maxFile                     uint32
	fileTitle                   *uint16
	maxFileTitle                uint32
	folder, title               *uint16
	flags                       uint32
	fileOffset, fileExtension   uint16
	extension                   *uint16
	customData, hook            uintptr
	template                    *uint16
	reserved                    uintptr
	alsoReserved, moreFlags     uint32
}

const (
	severalFiles = 0x200
	mustExist    = 0x1000
	asExplorer   = 0x80000
	noReadOnly   = 0x4
)

// Choose has the user choose files; none if there is nothing to choose with. The kinds
// are a name and the patterns that it stands for.
func (w *Window) Choose(title, kind, patterns string) []string {
	if w == nil {
		return nil
	}
	chosen := make([]uint16, 1<<16)
	filter := join(kind, patterns)
	head, err := windows.UTF16PtrFromString(title)
	if err != nil {
		return nil
	}
	dialog := openFileName{filter: &filter[0], file: &chosen[0], maxFile: uint32(len(chosen)), title: head, flags: severalFiles | mustExist | asExplorer | noReadOnly}
	dialog.size = uint32(unsafe.Sizeof(dialog))
	getOpenFileName := windows.NewLazySystemDLL("comdlg32.dll").NewProc("GetOpenFileNameW")
	if getOpenFileName.Find() != nil {
		return nil
	}
	if ok, _, _ := getOpenFileName.Call(uintptr(unsafe.Pointer(&dialog))); ok == 0 {
		return nil
	}
	return split(chosen)
}

// join puts a NUL behind each text and another behind all.
func join(texts ...string) []uint16 {
	var all []uint16
	for _, t := range texts {
		one, _ := windows.UTF16FromString(t)
		all = append(all, one...)
	}
	return append(all, 0)
}

// split are the files that were chosen: one path, or a folder and the names in it.
func split(chosen []uint16) []string {
	var parts []string
	for len(chosen) > 0 && chosen[0] != 0 {
		part := windows.UTF16ToString(chosen)
		parts = append(parts, part)
		for chosen[0] != 0 {
			chosen = chosen[1:]
		}
		chosen = chosen[1:]
	}
	if len(parts) < 2 {
		return parts
	}
	for i := range parts[1:] {
		parts[i+1] = filepath.Join(parts[0], parts[i+1])
	}
	return parts[1:]
}

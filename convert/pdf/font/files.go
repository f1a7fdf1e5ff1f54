package font

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
)

// Regular reports whether a face is the plain one of its family, by its name.
func (n Names) Regular() bool {
	full := strings.ToLower(strings.Join(n.Full, " "))
	for _, word := range []string{"bold", "light", "thin", "heavy", "black", "medium", "italic", "oblique", "mono"} {
		if strings.Contains(full, word) {
			return false
		}
	}
	return true
}

// File is a font in a file, known by its names only.
type File struct {
	Path   string
	Names  Names
	offset int // in a collection
}

// Fault is a file that is called a font and serves nobody.
type Fault struct {
	Path string
	Err  error // one of this package's, or the system's
}

// Files lists the TrueType fonts in a folder and the folders in it, in the order of
// their paths, and the files among them that are called fonts and can serve nobody. It
// reads little of each file. Hidden ones are none: some systems put one beside each file.
func Files(dir string) (files []File, faults []Fault, err error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, nil, err
	}
	err = filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return nil // what cannot be read serves nobody
		}
		switch strings.ToLower(filepath.Ext(path)) {
		case ".ttf", ".ttc", ".otf", ".otc":
			found, err := fontsIn(path)
			files = append(files, found...)
			if len(found) == 0 {
				faults = append(faults, Fault{path, err})
			}
		}
		return nil
	})
	return files, faults, err
}

// mostBytes is more than a collection of CJK faces has.
const mostBytes = 256 << 20

// sizeOf is the size of a file that may be read: it is one, and no pipe, whose other end
// might never come, and not of any size.
func sizeOf(path string) (int, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return 0, err
	case !info.Mode().IsRegular():
		return 0, ErrNoFont
	case info.Size() > mostBytes:
		return 0, ErrTooLarge
	}
	return int(info.Size()), nil
}

// fontsIn reads the names of the fonts in a file. Where there are none it says why.
func fontsIn(path string) ([]File, error) {
	size, err := sizeOf(path)
	if err != nil {
		return nil, err
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	read := func(at, n int) table {
		b := make([]byte, max(n, 0)) // lengths of 32 bits may be negative in an int
		got, _ := file.ReadAt(b, int64(at))
		return b[:got]
	}
	const directory = 12 + 16*64
	var fonts []File
	why := ErrNoFont
	head := read(0, directory)
	for _, offset := range collection(head) {
		dir := head
		if offset != 0 {
			dir = read(offset, directory)
		}
		tables, err := tableDirectory(dir, 0)
		if err == nil {
			err = whole(tables, size)
		}
		if err == nil {
			err = embeddable(read(tables["OS/2"][0], min(tables["OS/2"][1], 10)).u16(8))
		}
		if err != nil {
			why = err
			continue
		}
		at := tables["name"]
		fonts = append(fonts, File{path, readNames(read(at[0], min(at[1], 1<<16))), offset})
	}
	return fonts, why
}

// Load parses the font.
func (f File) Load() (*Face, error) {
	if _, err := sizeOf(f.Path); err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, err)
	}
	data, err := os.ReadFile(f.Path)
	if err != nil {
		return nil, err
	}
	parsed, err := Parse(data, f.offset)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Path, err)
	}
	parsed.File = f.Path
	return parsed, nil
}

// System lists the system's fonts, once per process.
var System = sync.OnceValue(func() []File {
	var files []File
	for _, dir := range systemFolders(runtime.GOOS, os.Getenv) {
		if found, _, err := Files(dir); err == nil {
			files = append(files, found...)
		}
	}
	return files
})

// systemFolders are the folders in which a system keeps fonts.
func systemFolders(system string, env func(string) string) []string {
	home := env("HOME")
	switch system {
	case "windows":
		return []string{
			filepath.Join(cmp.Or(env("WINDIR"), `C:\Windows`), "Fonts"),
			filepath.Join(env("LOCALAPPDATA"), "Microsoft", "Windows", "Fonts"),
		}
	case "darwin":
		return []string{
			filepath.Join(home, "Library/Fonts"), "/Library/Fonts", "/System/Library/Fonts",
			"/Applications/Microsoft Word.app/Contents/Resources/DFonts",
		}
	}
	return []string{
		cmp.Or(env("XDG_DATA_HOME"), filepath.Join(home, ".local/share")) + "/fonts",
		filepath.Join(home, ".fonts"), "/usr/local/share/fonts", "/usr/share/fonts",
	}
}

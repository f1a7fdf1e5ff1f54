package pdf

import (
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"nianbao/convert/message"
)

// chainsFor is the faces that the options ask for, found and parsed once per process.
func chainsFor(o Options) (*chains, error) {
	key := chainsKey{o.FontDir, o.NoSystemFaces}
	once, _ := chainsCache.LoadOrStore(key, sync.OnceValues(func() (*chains, error) {
		found, err := findFaces(key)
		if err != nil {
			return nil, err
		}
		return newChains(found), nil
	}))
	return once.(func() (*chains, error))()
}

type chainsKey struct {
	fontDir       string
	noSystemFaces bool
}

var chainsCache sync.Map // chainsKey → func() (*chains, error)

// findFaces looks for faces in the font folder, then among the system's.
func findFaces(key chainsKey) (found [roleCount]*face, err error) {
	if key.fontDir != "" {
		files, err := fontFiles(key.fontDir)
		if err != nil {
			return found, &message.Error{Message: message.New("pdf.fontdir", key.fontDir), Err: err}
		}
		choose(&found, files, chosenRank)
	}
	if !key.noSystemFaces {
		choose(&found, systemFiles(), officialRank)
	}
	return found, nil
}

// choose gives each role that has no face yet the best of the candidates. Ranks
// are lower for better ones and negative for those that do not serve.
func choose(found *[roleCount]*face, files []fontFile, rank func(role, string) int) {
	type candidate struct {
		rank int
		file fontFile
	}
	for r := range role(roleCount) {
		if found[r] != nil {
			continue
		}
		var candidates []candidate
		for _, f := range files {
			best := -1
			for _, family := range f.names.families {
				if n := rank(r, family); n >= 0 && (best < 0 || n < best) {
					best = n
				}
			}
			if best >= 0 && !f.names.regular() {
				best += 1000
			}
			if best >= 0 {
				candidates = append(candidates, candidate{best, f})
			}
		}
		slices.SortStableFunc(candidates, func(a, b candidate) int {
			return cmp.Or(a.rank-b.rank, cmp.Compare(a.file.path, b.file.path))
		})
		for _, c := range candidates {
			if f, err := c.file.load(); err == nil {
				found[r] = f
				break
			}
		}
	}
}

// officialRank knows a role's official faces by their names.
func officialRank(r role, family string) int { return slices.Index(official[r], family) }

// chosenRank is for a folder that someone chose: there any face that is called
// 仿宋 serves as 仿宋, after the official ones.
func chosenRank(r role, family string) int {
	if n := officialRank(r, family); n >= 0 {
		return n
	}
	family = strings.ToLower(strings.NewReplacer(" ", "", "-", "", "_", "").Replace(family))
	for i, word := range alike[r] {
		if strings.Contains(family, word) {
			return 100 + i
		}
	}
	return -1
}

// regular reports whether a face is the plain one of its family, by its name.
func (n faceNames) regular() bool {
	full := strings.ToLower(strings.Join(n.full, " "))
	for _, word := range []string{"bold", "light", "thin", "heavy", "black", "medium", "italic", "oblique", "mono"} {
		if strings.Contains(full, word) {
			return false
		}
	}
	return true
}

// alike are the words in the names of faces of a role's style. What is 小标宋
// or 仿宋 is no 宋体.
var alike = [roleCount][]string{
	roleBody:  {"仿宋", "fangsong"},
	roleTitle: {"小标宋", "xiaobiaosong"},
	roleHei:   {"黑体", "simhei", "heiti"},
	roleKai:   {"楷体", "kaiti", "kai"},
	roleSong:  {"书宋", "simsun", "songti"},
}

// fontFile is a font in a file, known by its names only.
type fontFile struct {
	path   string
	offset int // in a collection
	names  faceNames
}

// fontFiles lists the TrueType fonts in a folder and the folders in it, in the
// order of their paths. It reads of each file only the names.
func fontFiles(dir string) ([]fontFile, error) {
	if _, err := os.ReadDir(dir); err != nil {
		return nil, err
	}
	var files []fontFile
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return nil // what cannot be read serves nobody
		}
		switch strings.ToLower(filepath.Ext(path)) {
		case ".ttf", ".ttc":
			files = append(files, namesIn(path)...)
		}
		return nil
	})
	return files, err
}

// namesIn reads the names of the fonts in a file; none for a file that is no font.
func namesIn(path string) []fontFile {
	file, err := os.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	read := func(at, n int) table {
		b := make([]byte, n)
		got, _ := file.ReadAt(b, int64(at))
		return b[:got]
	}
	const directory = 12 + 16*64
	var fonts []fontFile
	head := read(0, directory)
	for _, offset := range collection(head) {
		dir := head
		if offset != 0 {
			dir = read(offset, directory)
		}
		tables, err := tableDirectory(dir, 0)
		if err != nil {
			continue
		}
		at := tables["name"]
		fonts = append(fonts, fontFile{path, offset, readNames(read(at[0], min(at[1], 1<<16)))})
	}
	return fonts
}

// load parses the font.
func (f fontFile) load() (*face, error) {
	data, err := os.ReadFile(f.path)
	if err != nil {
		return nil, err
	}
	parsed, err := parseFace(data, f.offset)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.path, err)
	}
	parsed.file = f.path
	return parsed, nil
}

// systemFiles lists the system's fonts, once per process.
var systemFiles = sync.OnceValue(func() []fontFile {
	var files []fontFile
	for _, dir := range systemFolders(runtime.GOOS, os.Getenv) {
		if found, err := fontFiles(dir); err == nil {
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

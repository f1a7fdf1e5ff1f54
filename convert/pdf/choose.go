package pdf

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"sync"

	"nianbao/convert/message"
	"nianbao/convert/pdf/font"
)

// chainsFor is the faces that the options ask for, found and parsed once per process.
func chainsFor(o Options) (*chains, error) {
	key := chainsKey{o.FontDir, o.NoSystemFaces}
	once, _ := chainsCache.LoadOrStore(key, sync.OnceValues(func() (*chains, error) {
		found, rare, faults, err := findFaces(key)
		if err != nil {
			return nil, err
		}
		c := newChains(found)
		c.rare, c.faults = rare, saidOf(faults)
		return c, nil
	}))
	return once.(func() (*chains, error))()
}

type chainsKey struct {
	fontDir       string
	noSystemFaces bool
}

var chainsCache sync.Map // chainsKey → func() (*chains, error)

// findFaces looks for faces in the font folder, then among the system's. What is wrong in
// the folder is noted: somebody has put it there to be used.
func findFaces(key chainsKey) (found [roleCount]*font.Face, rare []func() *font.Face, faults []font.Fault, err error) {
	if key.fontDir != "" {
		files, broken, err := font.Files(key.fontDir)
		if err != nil {
			return found, nil, nil, &message.Error{Message: message.New("pdf.fontdir", key.fontDir), Err: err}
		}
		faults = append(broken, choose(&found, files, chosenRank)...)
		rare = loaders(files)
	}
	if !key.noSystemFaces {
		choose(&found, font.System(), officialRank)
		for _, family := range rareFamilies {
			rare = append(rare, loaders(slices.DeleteFunc(slices.Clone(font.System()), func(f font.File) bool {
				return !f.Names.Regular() || !slices.Contains(f.Names.Families, family)
			}))...)
		}
	}
	return found, rare, faults, nil
}

// saidOf is what is said of the fonts that serve nobody: each file once.
func saidOf(faults []font.Fault) []message.Message {
	slices.SortStableFunc(faults, func(a, b font.Fault) int { return cmp.Compare(a.Path, b.Path) })
	faults = slices.CompactFunc(faults, func(a, b font.Fault) bool { return a.Path == b.Path })
	var all []message.Message
	for _, f := range faults {
		key := "font.unreadable"
		for _, k := range causes {
			if errors.Is(f.Err, k.err) {
				key = k.key
			}
		}
		all = append(all, message.New("font.fault", f.Path, message.New(key)))
	}
	return all
}

// causes are how it is said why a font serves nobody.
var causes = []struct {
	err error
	key string
}{
	{font.ErrNoFont, "font.none"}, {font.ErrCut, "font.cut"}, {font.ErrOutlines, "font.outlines"},
	{font.ErrNoEmbed, "font.noembed"}, {font.ErrNoMap, "font.nomap"}, {font.ErrTooLarge, "font.large"},
}

// loaders load faces when they are needed, once each.
func loaders(files []font.File) []func() *font.Face {
	var all []func() *font.Face
	for _, f := range files {
		all = append(all, sync.OnceValue(func() *font.Face {
			face, err := f.Load()
			if err != nil {
				return nil // what cannot be read serves nobody
			}
			return face
		}))
	}
	return all
}

// choose gives each role that has no face yet the best of the candidates, and returns
// those that could not be loaded. Ranks are lower for better ones and negative for those
// that do not serve.
func choose(found *[roleCount]*font.Face, files []font.File, rank func(role, string) int) (faults []font.Fault) {
	type candidate struct {
		rank int
		file font.File
	}
	for r := range role(roleCount) {
		if found[r] != nil {
			continue
		}
		var candidates []candidate
		for _, f := range files {
			best := -1
			for _, family := range f.Names.Families {
				if n := rank(r, family); n >= 0 && (best < 0 || n < best) {
					best = n
				}
			}
			if best >= 0 && !f.Names.Regular() {
				best += 1000
			}
			if best >= 0 {
				candidates = append(candidates, candidate{best, f})
			}
		}
		slices.SortStableFunc(candidates, func(a, b candidate) int {
			return cmp.Or(a.rank-b.rank, cmp.Compare(a.file.Path, b.file.Path))
		})
		for _, c := range candidates {
			f, err := c.file.Load()
			if err == nil {
				found[r] = f
				break
			}
			faults = append(faults, font.Fault{Path: c.file.Path, Err: err})
		}
	}
	return faults
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

// alike are the words in the names of faces of a role's style. What is 小标宋
// or 仿宋 is no 宋体.
var alike = [roleCount][]string{
	roleBody:  {"仿宋", "fangsong"},
	roleTitle: {"小标宋", "xiaobiaosong"},
	roleHei:   {"黑体", "simhei", "heiti"},
	roleKai:   {"楷体", "kaiti", "kai"},
	roleSong:  {"书宋", "simsun", "songti"},
}

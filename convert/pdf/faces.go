package pdf

import (
	"sync"

	"nianbao/convert/message"
	"nianbao/convert/pdf/font"
	"nianbao/convert/prose"
	"nianbao/templates"
)

// role is what a face is used for.
type role int

const (
	roleBody  role = iota // body
	roleTitle             // title
	roleHei               // headings 一、, heads of tables
	roleKai               // headings （一）
	roleSong              // tables, page numbers
	roleCount int  = iota
)

// roleNames are the names of the roles as the standard calls the faces.
var roleNames = [roleCount]string{"仿宋", "小标宋", "黑体", "楷体", "宋体"}

// official are the names, in the faces' own name tables, of the faces that
// GB/T 9704 asks for, the most wanted first.
var official = [roleCount][]string{
	roleBody:  {"FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋"},
	roleTitle: {"FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体", "方正小标宋_GBK"},
	roleHei:   {"SimHei", "黑体"},
	roleKai:   {"KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体"},
	roleSong:  {"SimSun", "宋体"},
}

// rareFamilies are faces of systems with characters that the official ones have not:
// rare Chinese characters, the scripts of Yi and Korean, which need no shaping, symbols.
var rareFamilies = []string{
	"SimSun-ExtB", "SimSun-ExtG", "MingLiU-ExtB", "PMingLiU-ExtB", "HanaMinA", "HanaMinB", "BabelStone Han", "Plangothic P1", "Plangothic P2",
	"Microsoft Yi Baiti", "Nuosu SIL", "Noto Sans Yi", "Malgun Gothic", "Batang", "Gulim", "NanumMyeongjo", "NanumGothic", "UnBatang", "Noto Sans KR",
	"Microsoft YaHei", "Segoe UI Symbol", "Segoe UI", "Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Sans Symbols2", "DejaVu Sans", "Symbola",
}

// embedded parses the faces that are part of the program.
var embedded = sync.OnceValue(func() [roleCount]*font.Face {
	parse := func(file string, data []byte) *font.Face {
		f, err := font.Parse(data, 0)
		if err != nil {
			panic(file + ": " + err.Error()) // part of the program, and tested
		}
		f.File = file
		return f
	}
	serif := parse("NotoSerifSC-Regular.ttf", templates.SerifRegular)
	bold := parse("NotoSerifSC-Bold.ttf", templates.SerifBold)
	sans := parse("NotoSansSC-Medium.ttf", templates.SansMedium)
	kai := parse("NianbaoKai-Regular.ttf", templates.KaiRegular)
	return [roleCount]*font.Face{
		roleBody: serif, roleTitle: bold, roleHei: sans, roleKai: kai, roleSong: serif,
	}
})

// chains are, for each role, the faces in which a character is looked for, in order,
// and those in which rare ones are looked for then.
type chains struct {
	of   [roleCount][]*font.Face
	rare []func() *font.Face // each loaded when it is needed; nil for one that cannot be

	faults []message.Message // on files of the font folder that serve nobody
}

// newChains puts the faces that were found, nil where there was none, before the
// embedded ones. Last comes the embedded body face, which has the most characters.
func newChains(found [roleCount]*font.Face) *chains {
	own := embedded()
	var c chains
	for r := range c.of {
		for _, f := range []*font.Face{found[r], own[r], own[roleBody]} {
			if f != nil && (len(c.of[r]) == 0 || c.of[r][len(c.of[r])-1] != f) {
				c.of[r] = append(c.of[r], f)
			}
		}
	}
	return &c
}

// find looks a character up; ok is false when no face has it, or when its script needs
// to be shaped, which nothing here can do.
func (c *chains) find(r role, char rune) (f *font.Face, glyph uint16, ok bool) {
	if prose.NeedsShaping(char) != "" {
		return nil, 0, false
	}
	for _, f := range c.of[r] {
		if g := f.Glyph(char); g != 0 {
			return f, g, true
		}
	}
	for _, load := range c.rare {
		if f := load(); f != nil {
			if g := f.Glyph(char); g != 0 {
				return f, g, true
			}
		}
	}
	return nil, 0, false
}

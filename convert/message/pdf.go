package message

// What typesetting says.
var _ = add(map[string]text{
	"pdf.fontdir": {"字体目录 {0} 无法读取，请检查路径", "cannot read the font folder {0}; check the path"},

	"font.fault":      {"字体文件 {0} 不能用（{1}），已改用其他字体；请换成完好的 .ttf 字体，或把它移出字体文件夹", "the font {0} cannot be used ({1}), others were used; replace it by a sound .ttf font, or take it out of the folder"},
	"font.more":       {"另有 {0} 个字体文件不能用", "{0} more fonts cannot be used"},
	"font.none":       {"不是字体文件", "it is no font file"},
	"font.cut":        {"文件不完整", "it is cut short"},
	"font.outlines":   {"不是 TrueType 字形，多为 OpenType CFF", "its outlines are not TrueType but, most often, OpenType CFF"},
	"font.noembed":    {"制作者不允许嵌入文件", "its maker does not allow it to be embedded"},
	"font.nomap":      {"没有 Unicode 字符表", "it has no Unicode character map"},
	"font.large":      {"文件过大", "it is too large"},
	"font.unreadable": {"无法读取", "it cannot be read"},
})

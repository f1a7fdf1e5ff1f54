package message

// What typesetting says.
var _ = add(map[string]text{
	"pdf.fontdir": {"字体目录 {0} 无法读取，请检查路径", "cannot read the font folder {0}; check the path"},
})

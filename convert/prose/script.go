package prose

import "unicode"

// shaped are the scripts whose letters change their shape or place with their
// neighbours, or that run from right to left.
var shaped = []struct {
	table *unicode.RangeTable
	name  string
}{
	{unicode.Tibetan, "藏文"}, {unicode.Mongolian, "蒙古文"}, {unicode.Arabic, "阿拉伯字母（维吾尔文、哈萨克文等）"},
	{unicode.Thai, "泰文"}, {unicode.Lao, "老挝文"}, {unicode.Khmer, "高棉文"}, {unicode.Myanmar, "缅文"}, {unicode.Devanagari, "天城文"},
	{unicode.Bengali, "孟加拉文"}, {unicode.Tamil, "泰米尔文"}, {unicode.Hebrew, "希伯来文"}, {unicode.Syriac, "叙利亚文"},
	{unicode.Phags_Pa, "八思巴文"}, {unicode.New_Tai_Lue, "新傣仂文"}, {unicode.Tai_Tham, "老傣文"}, {unicode.Tai_Le, "德宏傣文"},
	{unicode.Gujarati, ""}, {unicode.Gurmukhi, ""}, {unicode.Kannada, ""}, {unicode.Malayalam, ""}, {unicode.Oriya, ""},
	{unicode.Sinhala, ""}, {unicode.Telugu, ""}, {unicode.Thaana, ""},
}

// NeedsShaping is the name of a character's script if letters of that script cannot be
// set one after the other as they stand; "" for all others, Chinese, Yi and Korean
// among them.
func NeedsShaping(r rune) string {
	if r < 0x0590 || r >= 0x2E80 && r < 0xA840 {
		return ""
	}
	for _, s := range shaped {
		if unicode.Is(s.table, r) {
			if s.name == "" {
				return "南亚文字"
			}
			return s.name
		}
	}
	return ""
}

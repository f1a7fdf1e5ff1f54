package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean drops what cannot be printed (control and format characters, variation
// selectors, joiners) and makes white space single spaces. It copies only when it must.
func Clean(s string) string {
	dirty := func(r rune) bool {
		return r == utf8.RuneError || r != ' ' && r != '\u3000' && r != '\u00A0' && unicode.IsSpace(r) ||
			unicode.In(r, unicode.Cc, unicode.Cf, unicode.Variation_Selector)
	}
	if strings.ContainsFunc(s, dirty) {
		s = strings.Map(func(r rune) rune {
			switch {
			case r == utf8.RuneError:
				return r // also for each invalid byte
			case unicode.IsSpace(r) && dirty(r):
				return ' '
			case dirty(r):
				return -1
			}
			return r
		}, s)
	}
	for strings.Contains(s, "  ") {
		s = strings.ReplaceAll(s, "  ", " ")
	}
	return strings.TrimSpace(s)
}

// Lines are the lines of a text, each [Clean], without empty ones.
func Lines(s string) []string {
	var lines []string
	for _, line := range strings.FieldsFunc(s, func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u0085' || r == '\u2028' || r == '\u2029'
	}) {
		if line = Clean(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// Units follow a number and belong to it: GB/T 15835. Longer ones come first.
var Units = []string{
	"万余", "万元", "亿元", "万件", "万人", "万次", "万条", "余件", "余条", "余次", "余人", "余万", "千米", "公里", "平方", "小时", "分钟", "个月",
	"工作日", "年度", "个", "件", "条", "元", "年", "月", "日", "号", "次", "人", "份", "篇", "项", "家", "起", "宗", "期", "万", "亿", "千", "百", "余", "多",
	"度", "章", "款", "页", "场", "类", "名", "位", "户", "处", "批", "部", "种", "时", "分", "秒", "倍", "％", "岁", "天", "周", "届", "级", "座", "套",
}

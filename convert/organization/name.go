// Package organization answers questions about the names of the bodies that report:
// the part of a name that tells it from others ([Key]), whether two names are one body's
// ([Same]), and who should have reported ([Roster]).
package organization

import (
	"regexp"
	"slices"
	"strings"
)

// Same reports whether one name may be short for the other: all its
// characters stand in the other in their order, as those of 县卫健局 do in 县卫生健康局.
func Same(a, b string) bool {
	short, long := []rune(Key(a)), []rune(Key(b))
	if len(short) > len(long) {
		short, long = long, short
	}
	for _, r := range long {
		if len(short) > 0 && short[0] == r {
			short = short[1:]
		}
	}
	return len(short) == 0
}

// Endings of the names of organizations. Several of them together are some of
// those whose figures a county adds up, not the county.
var (
	Several = []string{"乡镇", "镇街", "部门", "镇办", "县区", "区县", "市县", "单位", "本级", "县级", "市级", "省级", "镇级", "乡级", "区级", "街镇", "各镇", "各乡", "各街道", "各县", "各区"}
	Organs  = []string{"局", "委", "办", "厅", "院", "镇", "乡", "街道", "县", "区", "市", "州", "省", "政府", "机关", "中心", "所", "站", "村", "社区", "学校",
		"大队", "支队", "公司", "管委会", "园区", "办公室", "委员会", "银行"}
)

// EndsIn reports whether a name ends in one of the endings.
func EndsIn(name string, endings []string) bool {
	return slices.ContainsFunc(endings, func(s string) bool { return strings.HasSuffix(name, s) })
}

// Ours reports whether a name is how an organization speaks of itself: 我局, 本机关.
func Ours(name string) bool {
	return strings.HasPrefix(name, "我") || strings.HasPrefix(name, "本") && !strings.HasPrefix(name, "本级")
}

// Plain leaves out what is often left out: 县人民政府 is 县政府.
func Plain(name string) string { return strings.ReplaceAll(name, "人民政府", "政府") }

// organName matches a text, brought to one width with [prose.Fold], that is nothing
// but the name of an organ.
var organName = regexp.MustCompile(`^[^,.;:?!0-9]{2,40}(政府|局|委|会|办公室|办|厅|中心|院|所|站|处|队|街道|镇|乡|社|部|署|馆|库|校|大学|公司|集团|团|区|县|市|省|州|盟|旗)(\(.{1,20}\))?$`)

// IsOrgan reports whether a text, brought to one width with [prose.Fold], may be the
// name of an organ.
func IsOrgan(folded string) bool { return organName.MatchString(folded) }

// Alike reports whether two names are likely one body's, written in short and in
// full: 县发改局 and 县发展和改革局. A body within another is not it: 县公安局 is not
// 县公安局交警大队, nor 县公安局交通管理局.
func Alike(a, b string) bool {
	short, long := []rune(withoutPlace(Key(a))), []rune(withoutPlace(Key(b)))
	if len(short) > len(long) {
		short, long = long, short
	}
	if len(short) < 2 || short[0] != long[0] || short[len(short)-1] != long[len(long)-1] || strings.HasPrefix(string(long), string(short)) {
		return false
	}
	return Same(string(short), string(long))
}

// withoutPlace leaves out the place that a name begins with, and that a street's
// office is one: 安平县教育局 and 县教育局 are 教育局.
func withoutPlace(key string) string {
	key = strings.Replace(key, "街道办事处", "街道", 1)
	runes := []rune(key)
	for i, r := range runes[:min(len(runes), 5)] {
		if strings.ContainsRune("省市县区州盟旗", r) && len(runes) > i+2 && !strings.HasPrefix(string(runes[i:]), "市场") {
			return string(runes[i+1:])
		}
	}
	return key
}

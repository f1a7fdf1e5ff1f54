package files

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSafeName(t *testing.T) {
	for name, want := range map[string]string{
		"县教育局 2024（终稿）": "县教育局 2024（终稿）",
		"a<b>c:d\"e":    "a＜b＞c：d＂e",
		`a\b|c?d*e`:     "a＼b｜c？d＊e",
		"报告. ":          "报告_",
		"..":            "_",
		"":              "_",
		"con":           "_con",
		"NUL.2024":      "_NUL.2024",
		"com1":          "_com1",
		"COM¹":          "_COM¹",
		"com10":         "com10",
		"控\x07制\n":      "控_制_",
		"坏\xff字节":       "坏_字节",
		"🏛️ 年报 😀":       "🏛️ 年报 😀",
		"年报.v2":         "年报.v2",
	} {
		if got := SafeName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	long := strings.Repeat("很长的单位名称", 40)
	got, other := SafeName(long), SafeName(long+"二")
	if len(got) > LongestName || !utf8.ValidString(got) || got == other || !strings.HasPrefix(got, "很长的单位名称") {
		t.Errorf("%q, %q", got, other)
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("con.txt")
	f.Add("a/../b")
	f.Fuzz(func(t *testing.T, name string) {
		got := SafeName(name)
		if got == "" || got == "." || got == ".." || len(got) > LongestName || !utf8.ValidString(got) || strings.ContainsAny(got, `<>:"/\|?*`) ||
			strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") || reserved(got) {
			t.Errorf("%q: %q", name, got)
		}
	})
}

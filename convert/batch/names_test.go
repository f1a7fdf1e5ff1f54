package batch

import (
	"path"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"nianbao/convert"
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
		if got := safeName(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	long := strings.Repeat("很长的单位名称", 40)
	got, other := safeName(long), safeName(long+"二")
	if len(got) > longestName || !utf8.ValidString(got) || got == other || !strings.HasPrefix(got, "很长的单位名称") {
		t.Errorf("%q, %q", got, other)
	}
}

func TestNames(t *testing.T) {
	inputs := []string{"A.xlsx", "a.XLSX", "a.xls", "d/a.xlsx", "D/b.xlsx", "年报.xlsx", "年报/x.xlsx", "con.xlsx", "results.xlsx",
		"summary.html/x.xlsx", "summary.xlsx", "x.pdf/y.xlsx", "x.xlsx", "é.xlsx", "e\u0301.xlsx", "\u212a.xlsx", "k.xlsx", " .xlsx", "...xlsx", "a:b/..c/d?.xlsx"}
	slices.Sort(inputs)
	n := newNames()
	taken := map[string]string{}
	for _, in := range inputs {
		stem := n.stem(in)
		if path.Clean("/out/"+stem) != "/out/"+stem || strings.Contains(stem, "..") && !strings.Contains(stem, "..c") {
			t.Errorf("%s: %s leaves the output folder", in, stem)
		}
		for _, s := range convert.OutputNames("") {
			key := strings.ToLower(stem + s)
			if before, ok := taken[key]; ok {
				t.Errorf("%s and %s both write %s", before, in, key)
			}
			taken[key] = in
		}
	}
	for in, want := range map[string]string{"A.xlsx": "A", "a.XLSX": "a (2)", "summary.xlsx": "summary (2)", "d/a.xlsx": "d (2)/a"} {
		again := newNames()
		got := ""
		for _, x := range inputs {
			if s := again.stem(x); x == in {
				got = s
			}
		}
		if got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	for name := range taken {
		if first, _, _ := strings.Cut(name, "/"); first == "summary.html" {
			t.Errorf("%s is where the summary stands", name)
		}
	}
}

func FuzzSafeName(f *testing.F) {
	f.Add("con.txt")
	f.Add("a/../b")
	f.Fuzz(func(t *testing.T, name string) {
		got := safeName(name)
		if got == "" || got == "." || got == ".." || len(got) > longestName || !utf8.ValidString(got) || strings.ContainsAny(got, `<>:"/\|?*`) ||
			strings.HasSuffix(got, ".") || strings.HasSuffix(got, " ") || reserved(got) {
			t.Errorf("%q: %q", name, got)
		}
	})
}

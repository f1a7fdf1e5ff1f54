package batch

import (
	"path"
	"slices"
	"strings"
	"testing"

	"nianbao/convert"
)

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
		for _, s := range convert.OutputNames("", "") {
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

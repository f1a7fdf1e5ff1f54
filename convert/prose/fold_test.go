package prose

import (
	"strings"
	"testing"
)

func TestBlank(t *testing.T) {
	for _, s := range []string{"", " ", "\u3000\n\t", "“”", "\u200b\ufeff", "\ufffd", "无", "-", "/", " a", "“甲”", "０", "\u0301"} {
		if Blank(s) != (Fold(s) == "") {
			t.Errorf("%q is blank: %v, folded it is %q", s, Blank(s), Fold(s))
		}
	}
	long := "甲" + strings.Repeat("乙", 1<<16)
	if n := testing.AllocsPerRun(10, func() { Blank(long) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkBlank(b *testing.B) {
	long := "甲" + strings.Repeat("乙", 1<<16)
	for b.Loop() {
		Blank(long)
	}
}

func TestSpaced(t *testing.T) {
	p := Normalized(" （二）情况 2024年\n收到\u200b3件")
	var at []string
	for i, r := range p.Runes {
		if p.Spaced(i) {
			at = append(at, string(r))
		}
	}
	if got := strings.Join(at, ""); got != "2收" {
		t.Errorf("white space stands before %q", got)
	}
}

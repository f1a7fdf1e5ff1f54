package batch

import (
	"slices"
	"testing"

	"nianbao/convert/summary"
)

// Outputs in a shared folder stay there when their records are joined elsewhere.
func TestOutputsInAShare(t *testing.T) {
	r := summary.Record{Outputs: []string{"a/b.pdf", "../c.pdf"}}
	for prefix, want := range map[string]string{"//server/share/结果": "//server/share/结果/a/b.pdf", "../结果": "../结果/a/b.pdf", "D:/结果": "D:/结果/a/b.pdf"} {
		if got, _ := inFolder(prefix, &r); !slices.Equal(got, []string{want}) {
			t.Errorf("%s: %q, want %q", prefix, got, want)
		}
	}
}

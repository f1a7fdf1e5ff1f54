package xlsx

import (
	"os"
	"path/filepath"
	"testing"
)

// The workbooks of testdata keep all that is not marked.
func TestAnnotateIsFaithful(t *testing.T) {
	var names []string
	for _, pattern := range []string{"../../testdata/*.xlsx", "../../testdata/forms/*.xlsx"} {
		found, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, found...)
	}
	if len(names) == 0 {
		t.Fatal("no workbooks")
	}
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		mustBeFaithful(t, filepath.Base(name), src)
	}
}

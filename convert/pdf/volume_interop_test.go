//go:build interop

package pdf

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// A volume is a sound file for other programs, too: all its fonts are embedded.
func TestInteropVolume(t *testing.T) {
	v := Volume{Title: "安平县2024年政府信息公开工作年度报告汇编"}
	for i := range 12 {
		p, _ := printedSample(t, fmt.Sprintf("安平县第%d中学", i+1), 10*i)
		v.Reports = append(v.Reports, Bound{fmt.Sprintf("安平县第%d中学", i+1), p})
	}
	path := filepath.Join(t.TempDir(), "volume.pdf")
	if err := os.WriteFile(path, boundVolume(t, v), 0o644); err != nil {
		t.Fatal(err)
	}
	checkTools(t, path)
}

//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// What cannot be printed to its end is an error, whatever the command, and one line.
func TestFullOutput(t *testing.T) {
	const form = "../../testdata/forms/web-page.xlsx"
	dir := t.TempDir()
	for _, args := range [][]string{
		{"check", form}, {"check", "../../testdata/forms"}, {"check", "--format", "json", "../../testdata/forms"},
		{"check", "--format", "sarif", form}, {"rules"}, {"rules", "R101"}, {"fonts"}, {"version"}, {"--help"},
		{"template", "-o", filepath.Join(dir, "empty.xlsx")}, {"-o", dir, form}, {"-o", dir, form, form},
		{"merge", dir}, {"rollup", "-o", filepath.Join(dir, "sum.xlsx"), form},
	} {
		full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
		if err != nil {
			t.Skip("this system has no /dev/full")
		}
		defer full.Close()
		var printed strings.Builder
		c := nianbao(args...)
		c.Stdout, c.Stderr = full, &printed
		status := status0(c.Run())
		if got := printed.String(); status != exitFailed || strings.Count(got, "结果没有写完（磁盘已满）") != 1 || strings.Contains(got, "nianbao: : ") {
			t.Errorf("%q: exit status %d, printed\n%s", args, status, got)
		}
	}
	// The near miss: what prints nothing has lost nothing.
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("this system has no /dev/full")
	}
	defer full.Close()
	c := nianbao("-q", "-o", dir, form)
	c.Stdout = full
	if got := status0(c.Run()); got != exitGood {
		t.Errorf("quiet: exit status %d", got)
	}
}

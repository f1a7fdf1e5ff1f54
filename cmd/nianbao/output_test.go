package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestVisible(t *testing.T) {
	for in, want := range map[string]string{
		"教育局 a\tb\n":                "教育局 a\tb\n",
		"\x1b]0;x\a\x1b[2J":         `\u001b]0;x\u0007\u001b[2J`,
		"a\rb\x7f\u0085":            `a\u000db\u007f\u0085`,
		"报\u202Exslx.exe":           `报\u202exslx.exe`,
		"\u2066a\u2069\u200f\u2028": `\u2066a\u2069\u200f\u2028`,
		"\xbd\xcc":                  `\xbd\xcc`,
		escape + "[31m":             "\x1b[31m",
		"a\u200bb\u3000":            "a\u200bb\u3000", // no joiner and no space is obeyed
	} {
		var b bytes.Buffer
		o := output{Writer: &b}
		if n, err := o.Write([]byte(in)); n != len(in) || err != nil || b.String() != want {
			t.Errorf("%q is printed as %q, want %q (%d, %v)", in, b.String(), want, n, err)
		}
	}
	before, _ := json.Marshal("a\u202eb\x7f\u0085\u2028")
	var a, b string
	if json.Unmarshal(before, &a) != nil || json.Unmarshal(visible(before), &b) != nil || a != b {
		t.Errorf("JSON of %q became that of %q", a, b)
	}
}

// A name cannot write to the terminal, nor end a line.
func TestNamesOnTerminal(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the system has no such names")
	}
	name := filepath.Join(t.TempDir(), "a\x1b[2J\n报\u202Eslx.xlsx")
	if err := os.WriteFile(name, []byte("PK"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, out, errOut := runIn(t, "check", name)
	if all := out + errOut; strings.Count(all, "\n") != 1 || strings.ContainsAny(all, "\x1b\u202E") || !strings.Contains(all, `a\u001b[2J\n报\u202eslx.xlsx`) {
		t.Errorf("printed %q", all)
	}
}

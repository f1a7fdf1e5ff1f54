package office

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
)

// What is started to convert reads the system's files and its own, and no others; nor does
// it write any.
func TestConfined(t *testing.T) {
	if v, _, errno := unix.Syscall(unix.SYS_LANDLOCK_CREATE_RULESET, 0, 0, unix.LANDLOCK_CREATE_RULESET_VERSION); errno != 0 || v < 1 {
		t.Skip("this kernel confines nothing")
	}
	dir := t.TempDir()
	program, secret, written := filepath.Join(dir, "bin", "soffice"), filepath.Join(dir, "secret"), filepath.Join(dir, "written")
	script := `#!/bin/sh
mkdir $TMPDIR/../out
exec > $TMPDIR/../out/form.xlsx
cat ` + secret + ` || echo refused
echo x > ` + written + ` || echo refused
cat /etc/passwd > /dev/null && echo the system
test "$(wc -c < $TMPDIR/../form.ods)" -gt 0 && echo the submission
`
	if err := os.Mkdir(filepath.Dir(program), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(program, []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(secret, []byte("somebody's own\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := Convert(t.Context(), program, packed(t, [2]string{"content.xml", sheet("")}), "ods", "xlsx")
	if want := "refused\nrefused\nthe system\nthe submission\n"; err != nil || string(out) != want {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := os.Stat(written); err == nil {
		t.Error("a file was written")
	}
	// This program is not confined, whichever of its threads goes on.
	for range 50 {
		done := make(chan error)
		go func() {
			b, err := os.ReadFile(secret)
			if err == nil && !strings.HasPrefix(string(b), "somebody") {
				err = os.ErrInvalid
			}
			done <- err
		}()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
}

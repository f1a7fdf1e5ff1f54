// Package office has LibreOffice, where it is installed, convert files that this
// program does not read itself.
package office

import (
	"context"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"

	"nianbao/convert/message"
)

// officePrograms are the places that LibreOffice is found in.
func officePrograms() []string {
	programs := []string{"soffice", "libreoffice"}
	switch runtime.GOOS {
	case "darwin":
		programs = append(programs, "/Applications/LibreOffice.app/Contents/MacOS/soffice")
	case "windows":
		for _, dir := range []string{os.Getenv("ProgramFiles"), os.Getenv("ProgramFiles(x86)")} {
			programs = append(programs, filepath.Join(dir, "LibreOffice", "program", "soffice.exe"))
		}
	}
	return programs
}

// Program is the LibreOffice on this machine, or "".
func Program() string {
	for _, p := range officePrograms() {
		if found, err := exec.LookPath(p); err == nil {
			return found
		}
	}
	return ""
}

// Convert has LibreOffice convert a file with one extension to the format of another,
// in a folder and with a profile of its own that nothing is left of.
func Convert(ctx context.Context, program string, src []byte, extension, to string) ([]byte, error) {
	dir, err := os.MkdirTemp("", "nianbao-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	in := filepath.Join(dir, "form."+extension)
	if err := os.WriteFile(in, src, 0o600); err != nil {
		return nil, err
	}
	profile := url.URL{Scheme: "file", Path: filepath.ToSlash(filepath.Join(dir, "profile"))}
	if runtime.GOOS == "windows" {
		profile.Path = "/" + profile.Path
	}
	cmd := exec.CommandContext(ctx, program, "-env:UserInstallation="+profile.String(),
		"--headless", "--norestore", "--convert-to", to, "--outdir", filepath.Join(dir, "out"), in)
	killTogether(cmd)
	cmd.WaitDelay = 2 * time.Second
	err = cmd.Run()
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	converted, readErr := os.ReadFile(filepath.Join(dir, "out", "form."+to))
	if err == nil {
		err = readErr
	}
	if err != nil {
		return nil, &message.Error{Message: message.New("read.office", "."+extension, "."+to), Err: err}
	}
	return converted, nil
}

// Package office has LibreOffice, where it is installed, convert files that this
// program does not read itself.
package office

import (
	"context"
	"errors"
	"io"
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

// What a conversion may take of the machine.
const (
	mostMemory = 1200 << 20 // bytes of addresses, of which its programs and libraries take 900 MB
	mostOutput = 256 << 20  // bytes of a file
)

// settings keep LibreOffice from following links, by way of a proxy that there is not,
// and from running anything.
const settings = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetNoProxy" oor:op="fuse"><value></value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value></prop></item>
</oor:items>
`

// Convert has LibreOffice convert a file with one extension to the format of another,
// in a folder and with a profile of its own that nothing is left of. LibreOffice ends
// with this program, however that ends, and neither fetches nor reads anything that the
// document names. What is left where this program was killed goes at its next conversion.
func Convert(ctx context.Context, program string, src []byte, extension, to string) ([]byte, error) {
	converted, err := convert(ctx, program, src, extension, to)
	if err != nil && ctx.Err() == nil {
		err = &message.Error{Message: message.New("read.office", "."+extension, "."+to), Err: err}
	}
	return converted, err
}

func convert(ctx context.Context, program string, src []byte, extension, to string) ([]byte, error) {
	switch extension {
	case "ods":
		var err error
		if src, err = withoutLinks(ctx, src); err != nil {
			return nil, err
		}
	case "doc":
		src = withoutFetching(src)
	}
	dir, remove, err := folder()
	if err != nil {
		return nil, err
	}
	defer remove()
	in, temp, user := filepath.Join(dir, "form."+extension), filepath.Join(dir, "temp"), filepath.Join(dir, "profile", "user")
	err = errors.Join(os.Mkdir(temp, 0o700), os.MkdirAll(user, 0o700), os.WriteFile(in, src, 0o600),
		os.WriteFile(filepath.Join(user, "registrymodifications.xcu"), []byte(settings), 0o600))
	if err != nil {
		return nil, err
	}
	out := filepath.Join(dir, "out")
	args := []string{"-env:UserInstallation=" + profileURL(dir), "--headless", "--norestore", "--convert-to", to, "--outdir", out, in}
	env := append(os.Environ(), "TMPDIR="+temp, "TMP="+temp, "TEMP="+temp)
	if err := run(ctx, dir, program, args, env); err != nil {
		return nil, err
	}
	f, err := os.Open(filepath.Join(out, "form."+to))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, mostOutput))
}

// again is the status with which LibreOffice asks to be started once more, as it does
// when it has made its profile.
const again = 81

// run runs LibreOffice, confined to the folder. It is killed when the context is done.
func run(ctx context.Context, dir, program string, args, env []string) error {
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // which is confined, and ends with LibreOffice, that is told of its end
		confine(dir, program)
		done <- start(ctx, program, args, env)
	}()
	return <-done
}

func start(ctx context.Context, program string, args, env []string) error {
	var err error
	for range 2 {
		cmd := command(ctx, program, args)
		cmd.Env = env
		cmd.WaitDelay = 2 * time.Second
		err = cmd.Run()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		var status *exec.ExitError
		if !errors.As(err, &status) || status.ExitCode() != again {
			break
		}
	}
	return err
}

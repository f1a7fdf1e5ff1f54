//go:build interop && linux

package office

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// linking is a text document with a picture of another file in each place where
// LibreOffice lets one be linked and a .doc keeps the link.
const linking = `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.2"><office:body><office:text>
<text:p>in the line <draw:frame text:anchor-type="as-char" svg:width="5cm" svg:height="5cm">IMAGE</draw:frame></text:p>
<text:p>at the paragraph <draw:frame text:anchor-type="paragraph" svg:width="5cm" svg:height="5cm">IMAGE</draw:frame></text:p>
<text:p>at the character <draw:frame text:anchor-type="char" svg:width="5cm" svg:height="5cm">IMAGE</draw:frame></text:p>
</office:text></office:body></office:document-content>`

// LibreOffice neither opens the file of a picture that a .doc links to nor puts it into
// what it makes of the document.
func TestInteropDocFollowsNoLink(t *testing.T) {
	program := Program()
	if program == "" {
		t.Fatal("there is no LibreOffice")
	}
	dir := t.TempDir()
	picture := filepath.Join(dir, "secret.png")
	dot, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	if err == nil {
		err = os.WriteFile(picture, dot, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	image := `<draw:image xlink:href="file://` + picture + `" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>`
	const text = "application/vnd.oasis.opendocument.text"
	odt := packed(t, [2]string{"mimetype", text}, [2]string{"content.xml", strings.ReplaceAll(linking, "IMAGE", image)},
		[2]string{"META-INF/manifest.xml", `<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">` + entry("/", text) + entry("content.xml", "text/xml") + `</manifest:manifest>`})
	if err := os.WriteFile(filepath.Join(dir, "a.odt"), odt, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(program, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "doc", "--outdir", dir, filepath.Join(dir, "a.odt")).CombinedOutput(); err != nil {
		t.Fatal(err, string(out))
	}
	doc, err := os.ReadFile(filepath.Join(dir, "a.doc"))
	if err != nil {
		t.Fatal(err)
	}
	var wide strings.Builder
	for i := range len(picture) {
		wide.WriteString(picture[i:i+1] + "\x00")
	}
	if n := strings.Count(string(doc), picture) + strings.Count(string(doc), wide.String()); n < 3 {
		t.Fatalf("the document links %d times", n)
	}
	untouched := func() bool { // before now, as the system notes when a file was read
		if err := os.Chtimes(picture, time.Now().Add(-48*time.Hour), time.Now()); err != nil {
			t.Fatal(err)
		}
		return !wasRead(t, picture)
	}
	if !untouched() {
		t.Fatal("the time of the last reading cannot be set")
	}
	if _, err := os.ReadFile(picture); err != nil || !wasRead(t, picture) {
		t.Fatal("the system does not note when a file is read", err)
	}
	untouched()
	out, err := Convert(t.Context(), program, doc, "doc", "docx")
	if err != nil {
		t.Fatal(err)
	}
	if wasRead(t, picture) {
		t.Error("LibreOffice read the file")
	}
	z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		if strings.HasPrefix(f.Name, "word/media/") {
			t.Errorf("a picture came into the document: %s", f.Name)
		}
	}
}

func wasRead(t *testing.T, name string) bool {
	t.Helper()
	info, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	return time.Since(time.Unix(info.Sys().(*syscall.Stat_t).Atim.Unix())) < 24*time.Hour
}

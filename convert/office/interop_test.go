//go:build interop

package office

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// LibreOffice neither fetches a picture nor reads a local one that a document names,
// and keeps the one that the document has.
func TestInteropLibreOfficeFollowsNoLink(t *testing.T) {
	program := Program()
	if program == "" {
		t.Fatal("there is no LibreOffice")
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	asked := make(chan bool, 1)
	go func() {
		if c, err := listener.Accept(); err == nil {
			c.Close()
			asked <- true
		}
	}()
	dot, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	if err != nil {
		t.Fatal(err)
	}
	local := filepath.Join(t.TempDir(), "secret.png")
	if err := os.WriteFile(local, dot, 0o600); err != nil {
		t.Fatal(err)
	}
	pictures := func(href string) int {
		src := packed(t, [2]string{"mimetype", spreadsheet}, [2]string{"content.xml", sheet(`<table:shapes><draw:frame svg:width="5cm" svg:height="5cm" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><draw:image xlink:href="` + href + `" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></table:shapes><table:table-row><table:table-cell><text:p>甲</text:p></table:table-cell></table:table-row>`)},
			[2]string{"Pictures/a.png", string(dot)})
		out, err := Convert(t.Context(), program, src, "ods", "xlsx")
		if err != nil {
			t.Fatal(err)
		}
		z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, f := range z.File {
			if strings.HasPrefix(f.Name, "xl/media/") {
				n++
			}
		}
		return n
	}
	if n := pictures("Pictures/a.png"); n != 1 {
		t.Errorf("of the document's picture there are %d", n)
	}
	if n := pictures("file://" + local); n != 0 {
		t.Error("a local picture came into the workbook")
	}
	if n := pictures("http://" + listener.Addr().String() + "/a.png"); n != 0 {
		t.Error("a picture was fetched")
	}
	select {
	case <-asked:
		t.Error("LibreOffice asked for a picture")
	case <-time.After(100 * time.Millisecond):
	}
}

package batch

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"nianbao/convert"
	"nianbao/convert/message"
	"nianbao/convert/summary"
)

// A submission into which no marks can be put has errors, as without them; the record
// says why there is no marked copy.
func TestUnmarked(t *testing.T) {
	src, err := os.ReadFile("../../testdata/forms/sheet-a-section.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	figure := regexp.MustCompile(`<c r="D8"( s="\d+")?[^>]*>(?s:.*?)</c>`)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			content = figure.ReplaceAll(content, []byte(`<c r="D8"$1><v>7</v></c>`))
		}
		if part.Name == "[Content_Types].xml" {
			content = content[:len(content)/2]
		}
		if p, err := w.Create(part.Name); err != nil {
			t.Fatal(err)
		} else if _, err := p.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "年报.xlsx"), b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	result, err := Run(t.Context(), []string{dir}, Options{FileOptions: convert.FileOptions{Out: t.TempDir()}, Lang: message.Chinese})
	if err != nil {
		t.Fatal(err)
	}
	for r, err := range summary.Briefs(result.Results) {
		if err != nil {
			t.Fatal(err)
		}
		if r.Status != summary.Wrong || len(r.Outputs) != 2 || r.Error != "" || !strings.Contains(r.Unmarked, "标注副本") || !strings.HasSuffix(r.Problem(), "\n"+r.Unmarked) {
			t.Errorf("%s, outputs %q, error %q, unmarked %q, problem %q", r.Status, r.Outputs, r.Error, r.Unmarked, r.Problem())
		}
	}
	if result.Statuses[summary.Wrong] != 1 {
		t.Errorf("%v", result.Statuses)
	}
}

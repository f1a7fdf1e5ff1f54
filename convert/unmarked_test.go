package convert

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"nianbao/convert/message"
)

// unmarkable is a submission with a wrong figure into which no marks can be put where
// its list of types is cut off. Sheets without views, as Excel allows, and cells with a
// style that there is not are no obstacle.
func unmarkable(t testing.TB, how string) string {
	t.Helper()
	src, err := os.ReadFile("../testdata/forms/sheet-a-section.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		t.Fatal(err)
	}
	views := regexp.MustCompile(`(?s)<sheetViews>.*?</sheetViews>`)
	styles := regexp.MustCompile(`(<c r="[A-Z]+\d+") s="\d+"`)
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
		if ok, _ := filepath.Match("xl/worksheets/*.xml", part.Name); ok {
			content = figure.ReplaceAll(content, []byte(`<c r="D8"$1><v>7</v></c>`))
			switch how {
			case "no views":
				content = views.ReplaceAll(content, nil)
			case "no such style":
				content = styles.ReplaceAll(content, []byte(`$1 s="9999"`))
			}
		}
		if how == "types cut off" && part.Name == "[Content_Types].xml" {
			content = content[:len(content)/2]
		}
		p, err := w.Create(part.Name)
		if err == nil {
			_, err = p.Write(content)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "年报.xlsx")
	if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// A marked copy that cannot be made costs no other output, and an earlier one goes.
func TestMarkedCopyAlone(t *testing.T) {
	for _, c := range []struct {
		how      string
		to       []Format
		outputs  int
		unmarked bool
	}{
		{"types cut off", nil, 2, true},
		{"types cut off", []Format{Annotated, PDF, JSON}, 2, true},
		{"no views", nil, 3, false},
		{"no such style", nil, 3, false},
		{"marked", nil, 3, false},
	} {
		name, out := unmarkable(t, c.how), t.TempDir()
		earlier := OutputName(name, out, Annotated)
		if err := os.WriteFile(earlier, []byte("earlier"), 0o666); err != nil {
			t.Fatal(err)
		}
		results, err := File(t.Context(), name, FileOptions{Out: out, To: c.to})
		if err != nil {
			t.Errorf("%s %v: %v", c.how, c.to, err)
			continue
		}
		r := results[0]
		if len(r.Outputs) != c.outputs || r.Errors() == 0 || (r.Unmarked != nil) != c.unmarked {
			t.Errorf("%s %v: %q, %d errors, %v", c.how, c.to, r.Outputs, r.Errors(), r.Unmarked)
		}
		for _, o := range r.Outputs {
			if info, err := os.Stat(o); err != nil || info.Size() == 0 {
				t.Error(err)
			}
		}
		var m *message.Error
		if c.unmarked && (!errors.As(r.Unmarked, &m) || m.Key != "convert.unmarked") {
			t.Errorf("%s: %v", c.how, r.Unmarked)
		}
		if _, err := os.Stat(earlier); c.unmarked != errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s %v: the earlier marked copy: %v", c.how, c.to, err)
		}
	}
}

// One that is all that was asked for is an error.
func TestMarkedCopyOnly(t *testing.T) {
	_, err := File(t.Context(), unmarkable(t, "types cut off"), FileOptions{Out: t.TempDir(), To: []Format{Annotated}})
	if err == nil {
		t.Error("no error")
	}
}

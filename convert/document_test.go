package convert

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/message"
)

// wrongDocument is a document of testdata/word in which the total of the applications
// received and the figure that its text gives are wrong.
func wrongDocument(t testing.TB, name string) []byte {
	t.Helper()
	in, err := zip.OpenReader("../testdata/word/" + name + ".docx")
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	var b bytes.Buffer
	out := zip.NewWriter(&b)
	for _, f := range in.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		r.Close()
		if strings.HasPrefix(f.Name, "word/document") {
			for _, s := range [][2]string{{">513<", ">512<"}, {"新收申请513件", "新收申请511件"}} {
				if !bytes.Contains(content, []byte(s[0])) {
					t.Fatalf("%s: no %s", f.Name, s[0])
				}
				content = bytes.ReplaceAll(content, []byte(s[0]), []byte(s[1]))
			}
		}
		w, err := out.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write(content)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A document is read, checked and comes back as a document with what is wrong marked.
func TestDocument(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "教育局.docx")
	if err := os.WriteFile(name, wrongDocument(t, "npm-docx"), 0o666); err != nil {
		t.Fatal(err)
	}
	results, err := File(context.Background(), name, FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	r := results[0]
	var findings, files []string
	for _, f := range r.Findings {
		findings = append(findings, f.Rule+" "+f.Cells[0].String())
	}
	if want := []string{"R110 段16", "A101 表2!J4", "A103 表2!J4", "N101 段6"}; !slices.Equal(findings, want) {
		t.Errorf("findings %q, want %q", findings, want)
	}
	for _, o := range r.Outputs {
		files = append(files, filepath.Base(o))
	}
	if want := []string{"教育局.pdf", "教育局.normalized.xlsx", "教育局.annotated.docx"}; !slices.Equal(files, want) || r.Unmarked != nil {
		t.Fatalf("outputs %q, %v", files, r.Unmarked)
	}
	if r.Outputs[2] != OutputName(name, "", Annotated) {
		t.Errorf("the marked copy is %s, and said to be %s", r.Outputs[2], OutputName(name, "", Annotated))
	}
	for _, f := range r.Findings {
		if f.Rule == "N101" && !strings.Contains(f.Message.In(message.Chinese), "表2!J4") {
			t.Errorf("where the table has another figure: %s", f.Message.In(message.Chinese))
		}
	}
	again, err := Check(context.Background(), r.Outputs[2], FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if got := again[0].List(); len(got.Findings) != len(r.Findings) || got.Findings[1].Cells[0] != r.Findings[1].Cells[0] {
		t.Errorf("the marked copy has %d findings", len(got.Findings))
	}
}

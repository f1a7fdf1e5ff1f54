package batch

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/convert"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/summary"
)

// zipOf packs files by their names, in order; a name before "@gbk" is in GBK, and what is
// before "@locked" is encrypted.
func zipOf(t testing.TB, files ...any) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		h := &zip.FileHeader{Method: zip.Deflate, Modified: time.Date(2025, 1, 15, 8, i, 0, 0, time.UTC)}
		h.Name, h.NonUTF8 = strings.CutSuffix(files[i].(string), "@gbk")
		if h.NonUTF8 {
			h.Name, _ = simplifiedchinese.GBK.NewEncoder().String(h.Name)
		}
		locked := false
		if h.Name, locked = strings.CutSuffix(h.Name, "@locked"); locked {
			h.Flags |= 1
		}
		w, err := z.CreateHeader(h)
		if err == nil {
			_, err = w.Write(files[i+1].([]byte))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// All kinds of files that arrive, also in archives, in one batch: each form is a
// submission, each other file is named, and no input is written to.
func TestEveryKind(t *testing.T) {
	t.Setenv("SOURCE_DATE_EPOCH", "0")
	dir := t.TempDir()
	in, out := filepath.Join(dir, "收件"), filepath.Join(dir, "out")
	form := func(name string) []byte { return together(t, bodies(t, name)) }
	read := func(name string) []byte {
		t.Helper()
		b, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	write := func(name string, content []byte) {
		t.Helper()
		name = filepath.Join(in, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, content, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	packed := zipOf(t, "教育局.xlsx@gbk", form("县教育局"), "水务/年报.xlsx", form("县水务局"), "水务/盖章.pdf", []byte("%PDF-1.7\n"), "里层.rar", []byte("Rar!"),
		"密.xlsx@locked", form("县司法局"), "__MACOSX/._教育局.xlsx", []byte("x"), "坏.xlsx", []byte("PK\x03\x04"))
	write("各单位.zip", packed)
	write("各单位/财政局.xlsx", form("县财政局"))
	write("乡镇/各单位.zip", zipOf(t, "教育局.xlsx", form("白云镇人民政府"), "名册.xlsx", together(t, bodies(t, "青山镇人民政府", "金沙镇人民政府"))))
	write("一份.zip", zipOf(t, "年报.docx", read("../../testdata/word/npm-docx.docx")))
	write("名不副实.zip", form("县审计局"))
	write("名不副实.xlsx", zipOf(t, "年报.xlsx", form("县统计局")))
	write("两份.xlsx", zipOf(t, "一.xlsx", form("县林业局"), "二.xlsx", form("县信访局")))
	write("旧.xls", read("../workbook/biff/testdata/web-page.xls"))
	write("文档.docx", read("../../testdata/word/split-table.docx"))
	write("图.rar", []byte("Rar!\x1A\x07\x01\x00"))
	write("另.7z", []byte("7z\xBC\xAF\x27\x1C"))
	write("扫描.pdf", []byte("%PDF-1.7\n"))
	write("坏.zip", packed[:len(packed)-30])
	write("坏.xlsx", []byte("PK\x03\x04"))
	before := contentsOf(t, in)

	o := Options{FileOptions: convert.FileOptions{Out: out, Timeout: 5 * time.Minute}, Lang: message.Chinese, Jobs: 2}
	result, err := Run(t.Context(), []string{in}, o)
	if err != nil {
		t.Fatal(err)
	}
	type became struct {
		Status summary.Status
		Code   message.Code
		Body   string
		PDF    string
	}
	want := map[string]became{
		"各单位.zip/教育局.xlsx":           {summary.Good, "", "县教育局", "各单位 (2)/教育局.pdf"},
		"各单位.zip/水务/年报.xlsx":         {summary.Good, "", "县水务局", "各单位 (2)/水务/年报.pdf"},
		"各单位.zip/密.xlsx":             {summary.Failed, message.Encrypted, "", ""},
		"各单位.zip/坏.xlsx":             {summary.Failed, message.Damaged, "", ""},
		"各单位/财政局.xlsx":               {summary.Good, "", "县财政局", "各单位/财政局.pdf"},
		"乡镇/各单位.zip/教育局.xlsx":        {summary.Good, "", "白云镇人民政府", "乡镇/各单位/教育局.pdf"},
		"乡镇/各单位.zip/名册.xlsx 青山镇人民政府": {summary.Good, "", "青山镇人民政府", "乡镇/各单位/名册-青山镇人民政府.pdf"},
		"乡镇/各单位.zip/名册.xlsx 金沙镇人民政府": {summary.Good, "", "金沙镇人民政府", "乡镇/各单位/名册-金沙镇人民政府.pdf"},
		"一份.zip/年报.docx":             {summary.Good, "", "安平县教育局", "一份/年报.pdf"},
		"名不副实.zip":                   {summary.Good, "", "县审计局", "名不副实 (2).pdf"},
		"名不副实.xlsx":                  {summary.Good, "", "县统计局", "名不副实.pdf"},
		"两份.xlsx":                    {summary.Failed, message.NotAForm, "", ""},
		"旧.xls":                      {summary.Good, "", "", "旧.pdf"},
		"文档.docx":                    {summary.Good, "", "安平县卫生健康局", "文档.pdf"},
		"坏.zip":                      {summary.Failed, message.Damaged, "", ""},
		"坏.xlsx":                     {summary.Failed, message.Damaged, "", ""},
	}
	got := map[string]became{}
	for _, r := range parts(t, result.Results) {
		if r.Status == summary.Warned || r.Status == summary.Wrong {
			r.Status = summary.Good // read
		}
		if strings.HasSuffix(r.Input, ".xls") {
			r.Organization = ""
		}
		got[strings.TrimSpace(r.Input+" "+r.Part)] = became{r.Status, r.ErrorCode, r.Organization, r.Output(".pdf")}
		for _, o := range r.Outputs {
			if _, err := os.Stat(filepath.Join(out, filepath.FromSlash(o))); err != nil {
				t.Error(err)
			}
		}
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if result.Statuses[summary.Failed] != 5 || result.Submissions != 16 || result.Files != 15 {
		t.Errorf("%v of %d in %d files", result.Statuses, result.Submissions, result.Files)
	}
	slices.Sort(result.Packed)
	if d := cmp.Diff([]string{"另.7z", "各单位.zip/里层.rar", "图.rar"}, result.Packed); d != "" {
		t.Errorf("archives that are not unpacked: %s", d)
	}
	kinds := map[string]organization.Kind{}
	for _, f := range readSeason(t, result.JSON).Files {
		kinds[f.File] = f.Kind
	}
	for _, name := range []string{"各单位.zip/水务/盖章.pdf", "各单位.zip/里层.rar", "图.rar", "扫描.pdf"} {
		if kinds[name] != organization.OtherFormat && kinds[name] != organization.Attachment {
			t.Errorf("%s counts as %q", name, kinds[name])
		}
	}
	if d := cmp.Diff(before, contentsOf(t, in)); d != "" {
		t.Errorf("the inbox is not as it was: %s", d)
	}

	// One file in the archive is corrected, and one goes: that one alone is made again.
	o.Resume = true
	again, err := Run(t.Context(), []string{in}, o)
	if err != nil || again.Skipped != 13 { // what could not be loaded is tried again
		t.Errorf("%d as they were, %v", again.Skipped, err)
	}
	write("各单位.zip", zipOf(t, "水务/年报.xlsx", form("县水务局"), "教育局.xlsx", together(t, bodies(t, "县教育体育局"))))
	again, err = Run(t.Context(), []string{in}, o)
	if err != nil || again.Skipped != 11 || again.Files != 13 {
		t.Errorf("%d of %d as they were, %v", again.Skipped, again.Files, err)
	}
	for _, r := range parts(t, again.Results) {
		if r.Input == "各单位.zip/教育局.xlsx" && r.Organization != "县教育体育局" {
			t.Errorf("%s is of %s still", r.Input, r.Organization)
		}
	}

	// The sum and the check see into archives, too.
	var names []string
	err = Check(t.Context(), []string{filepath.Join(in, "各单位.zip"), filepath.Join(in, "一份.zip")}, CheckOptions{}, func(c Checked) { names = append(names, filepath.ToSlash(strings.TrimPrefix(c.Name, in))) })
	if d := cmp.Diff([]string{"/各单位.zip/教育局.xlsx", "/各单位.zip/水务/年报.xlsx", "/一份.zip/年报.docx"}, names); err != nil || d != "" {
		t.Errorf("%v %s", err, d)
	}
	sum, err := Rollup(t.Context(), filepath.Join(dir, "汇总.xlsx"), []string{filepath.Join(in, "各单位.zip")}, RollupOptions{IncludeErrors: true})
	if err != nil || sum.Parts != 2 {
		t.Errorf("%+v, %v", sum, err)
	}
}

// An archive may be in the folder of the outputs, and its own outputs in it are none.
func TestOutputsInArchive(t *testing.T) {
	in := t.TempDir()
	wrong := together(t, bodies(t, "县教育局"))
	at := cellOf(t, wrong, 0, "applications", "granted", "total")
	src := filepath.Join(in, "教育局.xlsx")
	if err := os.WriteFile(src, together(t, bodies(t, "县教育局"), "表1", at, 99999), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := convert.File(t.Context(), src, convert.FileOptions{}); err != nil {
		t.Fatal(err)
	}
	var all []any
	for _, name := range []string{"教育局.xlsx", "教育局.annotated.xlsx", "教育局.normalized.xlsx", "教育局.pdf"} {
		b, err := os.ReadFile(filepath.Join(in, name))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, name, b)
	}
	again := t.TempDir()
	if err := os.WriteFile(filepath.Join(again, "收件.zip"), zipOf(t, all...), 0o666); err != nil {
		t.Fatal(err)
	}
	result, err := Run(t.Context(), []string{again}, Options{FileOptions: convert.FileOptions{Out: filepath.Join(again, "out")}, Lang: message.Chinese})
	if err != nil || result.Submissions != 1 {
		t.Errorf("%+v, %v", result, err)
	}
}

// contentsOf is what stands in each file of a folder.
func contentsOf(t testing.TB, dir string) map[string]files.Digest {
	t.Helper()
	all := map[string]files.Digest{}
	err := filepath.WalkDir(dir, func(name string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		f, err := os.Open(name)
		if err != nil {
			return err
		}
		defer f.Close()
		b, err := io.ReadAll(f)
		all[name] = files.DigestOf(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

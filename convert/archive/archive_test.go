package archive

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/convert/message"
	"nianbao/convert/workbook"
)

// entry is a file of an archive that is made up.
type entry struct {
	zip.FileHeader
	content string
}

func named(name, content string) entry {
	return entry{zip.FileHeader{Name: name, Method: zip.Deflate}, content}
}

func gbk(t testing.TB, s string) string {
	t.Helper()
	b, err := simplifiedchinese.GBK.NewEncoder().String(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func pack(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, e := range entries {
		w, err := z.CreateHeader(&e.FileHeader)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, e.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func open(src []byte, limits workbook.Limits) ([]File, error) {
	return Open(bytes.NewReader(src), int64(len(src)), limits)
}

// Names in UTF-8 and GBK, with and without saying so, stay in the archive; what cannot be
// unpacked says why.
func TestOpen(t *testing.T) {
	flagged := func(e entry, flags uint16) entry { e.Flags |= flags; return e }
	link := named("连接.xlsx", "/etc/passwd")
	link.SetMode(fs.ModeSymlink | 0o777)
	beside := named("mojibake.xlsx", "x")
	beside.Extra = append([]byte{0x75, 0x70, byte(5 + len("教育局.xlsx")), 0, 1}, func() []byte {
		sum := crc32.ChecksumIEEE([]byte("mojibake.xlsx"))
		return append([]byte{byte(sum), byte(sum >> 8), byte(sum >> 16), byte(sum >> 24)}, "教育局.xlsx"...)
	}()...)
	otherName := beside
	otherName.Name = "renamed.xlsx"
	dated := named("日期.xlsx", "x")
	dated.Modified = time.Date(2025, 1, 20, 8, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		entry
		name, err string
	}{
		{named("教育局.xlsx", "x"), "教育局.xlsx", ""},
		{entry{zip.FileHeader{Name: gbk(t, "教育局/年报.xlsx"), NonUTF8: true}, "x"}, "教育局/年报.xlsx", ""},
		{entry{zip.FileHeader{Name: gbk(t, "统计\\年报.xlsx"), NonUTF8: true}, "x"}, "统计/年报.xlsx", ""},
		{entry{zip.FileHeader{Name: gbk(t, "昞.xlsx"), NonUTF8: true}, "x"}, "昞.xlsx", ""}, // its second byte is \
		{entry{zip.FileHeader{Name: "教育局.xlsx", NonUTF8: true}, "x"}, "教育局.xlsx", ""},
		{beside, "教育局.xlsx", ""},
		{otherName, "renamed.xlsx", ""},
		{dated, "日期.xlsx", ""},
		{named("a/../../b.xlsx", "x"), "b.xlsx", "archive.name"},
		{named("../b.xlsx", "x"), "b.xlsx", "archive.name"},
		{named("/etc/b.xlsx", "x"), "etc/b.xlsx", "archive.name"},
		{named(`C:\b.xlsx`, "x"), "C:/b.xlsx", "archive.name"},
		{named("a..b.xlsx", "x"), "a..b.xlsx", ""},
		{link, "连接.xlsx", "archive.link"},
		{flagged(named("密.xlsx", "x"), 1), "密.xlsx", "archive.encrypted"},
		{named("大.xlsx", strings.Repeat("0", 3<<20)), "大.xlsx", "archive.ratio"},
		{named("不大.xlsx", strings.Repeat("0", 1<<20)), "不大.xlsx", ""},
		{named("太大.xlsx", fmt.Sprint(make([]int, 3<<20))), "太大.xlsx", "read.limit.file"},
	} {
		all, err := open(pack(t, c.entry), workbook.Limits{FileSize: 5 << 20})
		if err != nil || len(all) != 1 {
			t.Errorf("%s: %d files, %v", c.name, len(all), err)
			continue
		}
		got := ""
		var m *message.Error
		if errors.As(all[0].Err, &m) {
			got = m.Key
		}
		if all[0].Name != c.name || got != c.err {
			t.Errorf("%q: %q, error %q, want %q, %q", c.entry.Name, all[0].Name, got, c.name, c.err)
		}
		if src, err := all[0].Read(t.Context()); err != all[0].Err || err == nil && string(src) != c.content {
			t.Errorf("%s: %d bytes, %v", c.name, len(src), err)
		}
		if c.name == "日期.xlsx" && !all[0].Modified.Equal(dated.Modified) {
			t.Errorf("changed at %v", all[0].Modified)
		}
	}
}

// An archive with more files than there may be, or a directory that goes on and on, is
// refused before it takes memory; one that is cut says so.
func TestLimits(t *testing.T) {
	var many []entry
	for i := range workbook.MaxPacked + 1 {
		many = append(many, entry{zip.FileHeader{Name: fmt.Sprintf("%d.txt", i)}, ""})
	}
	if all, err := open(pack(t, many[1:]...), workbook.Limits{}); err != nil || len(all) != workbook.MaxPacked {
		t.Errorf("%d files, %v", len(all), err)
	}
	if _, err := open(pack(t, many...), workbook.Limits{}); !is(err, "read.limit.packed") {
		t.Error(err)
	}
	long := named(strings.Repeat("长", 20_000), "")
	if _, err := open(pack(t, slicesOf(long, 100)...), workbook.Limits{}); !is(err, "read.limit.packed") {
		t.Error(err)
	}
	one := pack(t, named("a.xlsx", "content"))
	if _, err := open(one[:len(one)-10], workbook.Limits{}); !is(err, "archive.damaged") {
		t.Error(err)
	}
	flipped := bytes.Clone(one)
	flipped[bytes.Index(flipped, []byte("a.xlsx"))+8] ^= 0xFF
	all, err := open(flipped, workbook.Limits{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all[0].Read(t.Context()); !is(err, "archive.damaged") {
		t.Error(err)
	}
	two, err := open(pack(t, named("a.xlsx", "0123456789"), named("b.xlsx", "0123456789")), workbook.Limits{})
	if err != nil || Unpacked(two, workbook.Limits{Unpacked: 20}) != nil || !is(Unpacked(two, workbook.Limits{Unpacked: 19}), "read.limit.unpacked") {
		t.Error("the sum of what is unpacked")
	}
	twice, err := open(pack(t, named("a.xlsx", "1"), named("a.xlsx", "2")), workbook.Limits{})
	if err != nil || twice[0].Err != nil || !is(twice[1].Err, "archive.twice") {
		t.Errorf("%v, %v", twice, err)
	}
}

func slicesOf(e entry, n int) []entry {
	var all []entry
	for i := range n {
		e.Name += fmt.Sprint(i)
		all = append(all, e)
	}
	return all
}

func is(err error, key string) bool {
	var m *message.Error
	return errors.As(err, &m) && m.Key == key
}

// What of an archive is its form, and what is none.
func TestOnly(t *testing.T) {
	for _, c := range []struct {
		names []string
		want  string
	}{
		{[]string{"教育局/年报.xlsx", "教育局/盖章.pdf", "__MACOSX/教育局/._年报.xlsx", "教育局/~$年报.xlsx", ".DS_Store"}, "教育局/年报.xlsx"},
		{[]string{"年报.et"}, "年报.et"},
		{[]string{"a.xlsx", "b.docx"}, "archive.several"},
		{[]string{"里层.rar"}, "archive.nested"},
		{[]string{"a.pdf"}, "archive.none"},
		{nil, "archive.none"},
	} {
		var entries []entry
		for _, n := range c.names {
			entries = append(entries, named(n, "x"))
		}
		all, err := open(pack(t, entries...), workbook.Limits{})
		if err != nil {
			t.Fatal(err)
		}
		form, err := Only(all)
		got := form.Name
		var m *message.Error
		if errors.As(err, &m) {
			got = m.Key
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q: %s", c.names, d)
		}
	}
}

// FuzzOpen reads whatever comes: no panic, no name that leads out, no more bytes than may
// be.
func FuzzOpen(f *testing.F) {
	f.Add(pack(f, named("教育局/年报.xlsx", "x"), named("../b.xlsx", "x")))
	f.Add(pack(f, entry{zip.FileHeader{Name: "\xBD\xCC.xlsx", NonUTF8: true}, "x"}))
	f.Add([]byte("PK\x05\x06"))
	f.Fuzz(func(t *testing.T, src []byte) {
		limits := workbook.Limits{FileSize: 1 << 20}
		all, err := open(src, limits)
		if err != nil {
			if message.CodeOf(err) == message.Other {
				t.Errorf("an error that the catalogue does not know: %v", err)
			}
			return
		}
		for i, x := range all {
			if !fs.ValidPath(x.Name) || x.Name == "." {
				t.Errorf("%q leads out", x.Name)
			}
			if i > 20 {
				continue
			}
			content, err := x.Read(t.Context())
			if int64(len(content)) > limits.FileSize || err != nil && message.CodeOf(err) == message.Other {
				t.Errorf("%q: %d bytes, %v", x.Name, len(content), err)
			}
		}
		Only(all)
		IsPackage(all)
	})
}

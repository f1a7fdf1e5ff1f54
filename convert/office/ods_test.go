package office

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
)

func packed(t testing.TB, parts ...[2]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.Create(p[0])
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(w, p[1])
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// sheet is the content of a spreadsheet, with the elements in its only table.
func sheet(elements string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="S">` +
		elements + `</table:table></office:spreadsheet></office:body></office:document-content>`
}

const png = "\x89PNG\r\n\x1a\n..."

func TestWithoutLinks(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"linked picture", `<draw:image xlink:href="http://198.51.100.1/a.png" xlink:show="embed"/>`, `<draw:image xlink:show="embed"/>`},
		{"local picture", `<draw:image xlink:href='file:///etc/a.png'/>`, `<draw:image/>`},
		{"relative picture", `<draw:image xlink:href="../a.png"/>`, `<draw:image/>`},
		{"another prefix", `<i:image xmlns:h="http://www.w3.org/1999/xlink" h:href = "//host/a"/>`, `<i:image xmlns:h="http://www.w3.org/1999/xlink"/>`},
		{"behind references", `<draw:image xlink:href="&#104;ttp://198.51.100.1/a"/>`, `<draw:image/>`},
		{"a picture that the package lacks", `<draw:image xlink:href="Pictures/b.png"/>`, `<draw:image/>`},
		{"a picture that may link", `<draw:image xlink:href="Pictures/c.svg"/>`, `<draw:image/>`},
		{"linked sheet", `<table:table-source xlink:href="file:///x.ods"><a><b/></a></table:table-source><text:p>甲</text:p>`, `<text:p>甲</text:p>`},
		{"embedded object", `<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>`, `<draw:frame></draw:frame>`},
		{"DDE", `<office:dde-source office:dde-application="soffice"/>`, ``},
		{"macro", `<office:scripts><office:event-listeners><x/></office:event-listeners></office:scripts>`, ``},
		{"formula over a file", `<c table:formula="of:=[&apos;file:///etc/x.ods&apos;#$S.A1]" office:value="7"/>`, `<c office:value="7"/>`},
		{"formula over a workbook", `<c table:formula="msoxl:=[1]S!A1" office:value="7"/>`, `<c office:value="7"/>`},
		{"function that fetches", `<c table:formula='of:=COM.MICROSOFT.WEBSERVICE("x")'/>`, `<c/>`},
		{"instruction", `<?xml-stylesheet href="x"?><!-- a > b --><a/>`, `<a/>`},

		{"picture of the package", `<draw:image xlink:href="Pictures/a.png"/>`, `<draw:image xlink:href="Pictures/a.png"/>`},
		{"link to follow", `<text:a xlink:href="https://example.org/">甲</text:a>`, `<text:a xlink:href="https://example.org/">甲</text:a>`},
		{"formula", `<c table:formula="of:=SUM([.A1:.B2];[$二.C3])*2" x="a>b"/>`, `<c table:formula="of:=SUM([.A1:.B2];[$二.C3])*2" x="a>b"/>`},
		{"text that looks like markup", `<text:p>&lt;draw:image xlink:href="x"/&gt;<![CDATA[<scripts>]]></text:p>`, `<text:p>&lt;draw:image xlink:href="x"/&gt;<![CDATA[<scripts>]]></text:p>`},
	} {
		src := packed(t, [2]string{"mimetype", "application/vnd.oasis.opendocument.text-master"}, [2]string{"content.xml", sheet(c.in)},
			[2]string{"Pictures/a.png", png}, [2]string{"Pictures/c.svg", "<svg/>"}, [2]string{"settings.xml", "<x/>"}, [2]string{"Basic/x.xml", "<x/>"})
		out, err := withoutLinks(t.Context(), src)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, f := range z.File {
			names = append(names, f.Name)
		}
		if want := []string{"mimetype", "content.xml", "Pictures/a.png", "META-INF/manifest.xml"}; !slices.Equal(names, want) {
			t.Errorf("%s: parts %q, want %q", c.name, names, want)
		}
		got, err := read(z, "content.xml", 1<<20)
		_, want, _ := strings.Cut(sheet(c.want), "?>") // the declaration goes, too
		if err != nil || string(got) != want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, want)
		}
		if kind, _ := read(z, "mimetype", 100); string(kind) != spreadsheet {
			t.Errorf("%s: mimetype %s", c.name, kind)
		}
	}
}

// What cannot be seen through is not handed on.
func TestWithoutLinksRefuses(t *testing.T) {
	for name, content := range map[string]string{
		"entities":         `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>` + sheet("&a;"),
		"another encoding": strings.Replace(sheet(""), "UTF-8", "UTF-7", 1),
		"UTF-16":           "\xFE\xFF\x00<\x00a",
		"no end":           sheet(`<a x="`),
		"doubtful":         sheet(`<a x=y/>`),
	} {
		if _, err := withoutLinks(t.Context(), packed(t, [2]string{"content.xml", content})); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

func FuzzWithoutLinks(f *testing.F) {
	f.Add([]byte(sheet(`<draw:image xlink:href="http://198.51.100.1/a.png"/><text:p>甲</text:p>`)))
	f.Add([]byte(`<a b='c'><!-- --><?x?><![CDATA[x]]></a>`))
	f.Fuzz(func(t *testing.T, src []byte) {
		once, err := cut(t.Context(), src, nil)
		if err != nil {
			return
		}
		twice, err := cut(t.Context(), once, nil)
		if err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%q is cut to %q and then to %q, %v", src, once, twice, err)
		}
	})
}

package summary

import (
	"bufio"
	"bytes"
	"strings"
	"testing"
)

func TestLinks(t *testing.T) {
	for _, c := range []struct{ name, page, cell string }{
		{"城关镇/甲#乙.pdf", "%E5%9F%8E%E5%85%B3%E9%95%87/%E7%94%B2%23%E4%B9%99.pdf", "城关镇/甲%23乙.pdf"},
		{"../a/b.pdf", "../a/b.pdf", "../a/b.pdf"},
		{"a:b.pdf", "./a:b.pdf", "a:b.pdf"},
		{"D:/out/a.pdf", "file:///D:/out/a.pdf", "D:/out/a.pdf"},
		{"//?/D:/out/a.pdf", "file:///D:/out/a.pdf", "D:/out/a.pdf"},
		{"//server/share/a.pdf", "file://server/share/a.pdf", `\\server\share\a.pdf`},
		{"//?/UNC/server/share/a.pdf", "file://server/share/a.pdf", `\\server\share\a.pdf`},
		{"server/share/a.pdf", "server/share/a.pdf", "server/share/a.pdf"},
	} {
		if got := string(href(c.name)); got != c.page {
			t.Errorf("%s: the page links to %s, want %s", c.name, got, c.page)
		}
		var b bytes.Buffer
		w := &rowWriter{Writer: bufio.NewWriter(&b)}
		w.link(0, c.name, "PDF")
		w.Flush()
		if want := "HYPERLINK(&#34;" + c.cell + "&#34;"; !strings.Contains(b.String(), want) {
			t.Errorf("%s: %s lacks %s", c.name, b.String(), want)
		}
	}
}

package pdf

import (
	"bytes"
	"strings"
	"testing"

	"nianbao/convert/pdf/font"
)

func TestFileIsComplete(t *testing.T) {
	r := sample(t)
	r.Organization = `某(县)\<&>`
	file := string(written(t, r, Options{}))
	for _, want := range []string{
		"%PDF-1.7\n%", "/Lang (zh-CN)", "/PageLabels", "/OutputIntents", "/Type /Metadata", "/Outlines", "<pdfaid:part>2</pdfaid:part>",
		"/TrimBox [0.00 0.00 595.28 841.89]", "<rdf:li>某(县)\\&lt;&amp;&gt;</rdf:li>", "/ID [<", "/Author <FEFF67D0",
	} {
		if !strings.Contains(file, want) {
			t.Errorf("no %s", want)
		}
	}
	for _, never := range []string{"CreationDate", "/Helvetica", "/Group"} {
		if strings.Contains(file, never) {
			t.Errorf("%s", never)
		}
	}
}

// The outline has the sections and, below them, their （一） headings; each entry counts
// what stands below it, all of which is open.
func TestOutline(t *testing.T) {
	file := string(written(t, sample(t), Options{}))
	count := func(title string) string {
		i := strings.Index(file, "<</Title "+textString(title))
		if i < 0 {
			t.Fatalf("no %s", title)
		}
		entry := file[i : i+strings.Index(file[i:], "endobj")]
		_, n, _ := strings.Cut(entry, "/Count ")
		return strings.TrimRight(n, ">\n")
	}
	for title, want := range map[string]string{"一、总体情况": "4", "（一）主动公开情况": "", "（三）政府信息管理": "", "二、主动公开政府信息情况": "", "六、其他需要报告的事项": "2"} {
		if got := count(title); got != want {
			t.Errorf("%s counts %q, want %q", title, got, want)
		}
	}
	if !strings.Contains(file, "/Type /Outlines") || !strings.Contains(file, "/Count 12>>") { // 6 sections, 6 headings
		t.Error("the outline does not count 12 entries")
	}
	if !strings.Contains(file, "/PrintScaling /None") {
		t.Error("a viewer may scale the page when printing")
	}
}

func TestSplitObjectsOfOtherFiles(t *testing.T) {
	for _, file := range []string{"", "startxref\n", "startxref\n99\n", "xref\n0 9\nstartxref\n0\n%%EOF", "xref\n0 x\nstartxref\n0\n",
		"xref\n0 4\n0000000000 65535 f \n9999999999 00000 n \n0000000000 00000 n \n0000000000 00000 n \nstartxref\n0\n"} {
		if _, err := splitObjects([]byte(file)); err == nil {
			t.Errorf("%q: no error", file)
		}
	}
}

func TestUnicodeMapNamesWhatIsShown(t *testing.T) {
	f := embedded()[roleBody]
	s := font.NewSubset(f)
	s.Add('𬭎', f.Glyph('𬭎'), font.Variant{})
	s.Add('。', f.Glyph('。'), font.Variant{Advance: 850})
	s.Add(twoEmDash, f.Glyph(twoEmDash), font.Variant{Advance: 2000})
	m := toUnicode(s)
	for _, want := range []string{"3 beginbfchar", "<0001> <d872df4e>", "<0002> <3002>", "<0003> <20142014>"} {
		if !bytes.Contains(m, []byte(want)) {
			t.Errorf("no %s in\n%s", want, m)
		}
	}
}

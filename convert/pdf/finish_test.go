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

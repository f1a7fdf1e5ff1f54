package reader

import (
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/unicode"

	"nianbao/convert/report"
)

// changedPart is the form of the tests with one part of its package changed.
func changedPart(t *testing.T, part string, edit func(string) string) *report.Report {
	t.Helper()
	src, err := os.ReadFile(pageSheet)
	if err != nil {
		t.Fatal(err)
	}
	return readBytes(t, replacePart(t, src, part, edit))
}

const applicationsPart = "xl/worksheets/sheet4.xml"

func TestReadWhatIsShown(t *testing.T) {
	granted := report.Path{Table: "applications", Row: "granted", Column: "natural_person"}
	cell := func(s string) func(string) string { // in the place of D8
		return func(xml string) string {
			i := strings.Index(xml, `r="D8"`)
			if i < 0 {
				t.Fatal("no D8")
			}
			start := strings.LastIndex(xml[:i], "<c ")
			end := start + strings.Index(xml[start:], "</c>") + len("</c>")
			return xml[:start] + s + xml[end:]
		}
	}
	for _, c := range []struct {
		name string
		edit func(string) string
		want string // the figure, "" where it could not be read
		kind report.NoteKind
	}{
		{"struck out", cell(`<c r="D8" t="inlineStr"><is><r><rPr><strike/></rPr><t>5</t></r><r><t>6</t></r></is></c>`), "6", report.TextNumber},
		{"not struck out", cell(`<c r="D8" t="inlineStr"><is><r><rPr><strike val="0"/></rPr><t>5</t></r><r><t>6</t></r></is></c>`), "56", report.TextNumber},
		{"raised", cell(`<c r="D8" t="inlineStr"><is><r><t>6</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r></is></c>`), "", report.NotNumber},
		{"at the base line", cell(`<c r="D8" t="inlineStr"><is><r><t>6</t></r><r><rPr><vertAlign val="baseline"/></rPr><t>1</t></r></is></c>`), "61", report.TextNumber},
		{"noise", cell(`<c r="D8"><v>6.0000000000000009</v></c>`), "6", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := changedPart(t, applicationsPart, c.edit)
			if got := r.At(granted).Value.String(); got != c.want {
				t.Errorf("read %q, want %q", got, c.want)
			}
			noted := slices.ContainsFunc(r.Notes, func(n report.Note) bool { return n.Kind == c.kind && n.Path == granted })
			if noted != (c.kind != 0) {
				t.Errorf("noted %v: %+v", noted, r.Notes)
			}
		})
	}
}

// Cells and rows without an address count from those before them, also from empty ones.
func TestReadWithoutAddresses(t *testing.T) {
	want := jsonOf(t, readFile(t, pageSheet))
	bare := func(xml string) string {
		var b strings.Builder
		column := 0
		for _, tag := range strings.SplitAfter(xml, ">") {
			switch {
			case strings.Contains(tag, "<row "):
				column = -1
			case strings.Contains(tag, "<c "):
				i := strings.Index(tag, ` r="`)
				n := int(tag[i+4]-'A') + 1
				if n == column+1 { // counts from the one before
					j := i + 4 + strings.IndexByte(tag[i+4:], '"') + 1
					tag = tag[:i] + tag[j:]
				}
				column = n
			}
			b.WriteString(tag)
		}
		if strings.Count(b.String(), "<c ") < 2*strings.Count(b.String(), `<c r="`) {
			t.Fatal("few cells lost their addresses")
		}
		return b.String()
	}
	if got := jsonOf(t, changedPart(t, applicationsPart, bare)); got != want {
		t.Errorf("without addresses: %s", got)
	}
	// An empty row with an address, then rows without.
	got := changedPart(t, applicationsPart, func(xml string) string {
		i := strings.Index(xml, `<row r="8"`)
		head, tail := xml[:i], xml[i:]
		for _, n := range []string{"8", "9", "10"} {
			tail = strings.Replace(tail, `<row r="`+n+`"`, `<row`, 1)
		}
		return head + tail
	})
	if jsonOf(t, got) != want {
		t.Error("rows without addresses")
	}
}

func TestReadUnseenValues(t *testing.T) {
	r := changedPart(t, applicationsPart, func(xml string) string {
		return strings.Replace(xml, `<row r="9"`, `<row hidden="1" r="9"`, 1)
	})
	if i := slices.IndexFunc(r.Notes, func(n report.Note) bool { return n.Kind == report.Unseen }); i < 0 || len(r.Notes[i].Cells) < 5 {
		t.Errorf("a hidden row: %+v", r.Notes)
	}
	if r.Figure("applications", "partly_granted", "natural_person").Value.String() != "8" {
		t.Error("a hidden row is read where nothing else shows")
	}
}

func TestReadUTF16(t *testing.T) {
	want := jsonOf(t, readFile(t, pageSheet))
	r := changedPart(t, applicationsPart, func(xml string) string {
		s, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String(`<?xml version="1.0" encoding="UTF-16"?>` + xml)
		if err != nil {
			t.Fatal(err)
		}
		return s
	})
	if jsonOf(t, r) != want {
		t.Error("a part in UTF-16 is read otherwise")
	}
}

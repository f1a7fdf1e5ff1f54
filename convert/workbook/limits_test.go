package workbook

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"nianbao/convert/message"
)

// Many small things are no smaller than a large one: whatever is kept of a workbook
// counts, in all of its parts together.
func TestLimitsAreSums(t *testing.T) {
	const most = 100
	defer func(before int) { maxEntries = before }(maxEntries)
	maxEntries = most
	of := func(part, head, unit, tail string) func(n int) []byte {
		return func(n int) []byte {
			return packageOf(t, map[string]string{part: head + strings.Repeat(unit, n) + tail})
		}
	}
	relations := `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`
	for _, c := range []struct {
		name  string
		src   func(n int) []byte
		other int // things of the kind that the workbook has besides
		most  int
		key   string
	}{
		{"shared strings", of("xl/sharedStrings.xml", "<sst>", "<si/>", "</sst>"), 4, most, "read.limit.entries"},
		{"styles", of("xl/styles.xml", "<styleSheet><cellXfs>", "<xf/>", "</cellXfs></styleSheet>"), 4, most, "read.limit.entries"},
		{"formats", of("xl/styles.xml", "<styleSheet><numFmts>", `<numFmt numFmtId="1" formatCode="0"/>`, "</numFmts></styleSheet>"), 4, most, "read.limit.entries"},
		{"relations", of("xl/_rels/workbook.xml.rels", relations, "<Relationship/>", "</Relationships>"), 2, most, "read.limit.entries"},
		{"names", of("xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/></sheets>`, `<definedName name="x">1</definedName>`, "</workbook>"), 4, most, "read.limit.entries"},
		{"pictures in cells", func(n int) []byte {
			return packageOf(t, map[string]string{
				"xl/worksheets/sheet1.xml": `<worksheet><row><c t="str"><v>=DISPIMG("a",1)</v></c></row></worksheet>`,
				"xl/cellimages.xml":        "<cellImages>" + strings.Repeat("<blip/>", n) + "</cellImages>",
			})
		}, 4, most, "read.limit.entries"},
		{"cells", of("xl/worksheets/sheet1.xml", "<worksheet><row>", "<c><v>1</v></c>", "</row></worksheet>"), 0, most, "read.limit.cells"},
		{"merged areas", of("xl/worksheets/sheet1.xml", "<worksheet>", `<mergeCell ref="A1:B1"/>`, "</worksheet>"), 0, maxMerges, "read.limit.merges"},
		{"sheets", of("xl/workbook.xml", `<workbook xmlns:r="r"><sheets>`, `<sheet name="S" r:id="r1"/>`, "</sheets></workbook>"), 0, maxSheets, "read.limit.sheets"},
		{"parts", func(n int) []byte { return append(packageOf(t, nil), strings.Repeat("PK\x01\x02", n)...) }, 4, maxParts, "read.limit.parts"},
	} {
		read := func(n int) string {
			b, err := Open(t.Context(), c.src(n), Limits{Cells: most}.WithDefaults())
			if err == nil && c.name != "sheets" {
				err = b.ReadSheets(t.Context())
			}
			return keyOf(err)
		}
		if key := read(c.most - c.other); key == c.key {
			t.Errorf("%s: %d are %s", c.name, c.most-c.other, key)
		}
		if key := read(c.most - c.other + 1); key != c.key {
			t.Errorf("%s: %d are %q, want %s", c.name, c.most-c.other+1, key, c.key)
		}
	}
}

func keyOf(err error) string {
	var m *message.Error
	switch {
	case err == nil:
		return ""
	case errors.As(err, &m):
		return m.Key
	}
	return err.Error()
}

// A list with a remark far off in each of many rows must not become as wide as that.
func TestRowsFarApart(t *testing.T) {
	list := func(rows, far int) []byte {
		var b strings.Builder
		b.WriteString("<worksheet>")
		for i := 1; i <= rows; i++ {
			fmt.Fprintf(&b, `<row r="%d"><c r="A%d"><v>1</v></c>`, i, i)
			if i <= far {
				fmt.Fprintf(&b, `<c r="IV%d"><v>2</v></c>`, i)
			}
			b.WriteString("</row>")
		}
		return packageOf(t, map[string]string{"xl/worksheets/sheet1.xml": b.String() + "</worksheet>"})
	}
	sheets, err := Rows(t.Context(), list(20_000, 1000), Limits{})
	if err != nil || len(sheets) != 1 || len(sheets[0]) != 20_000 || sheets[0][0][mostColumns-1] != "2" {
		t.Errorf("some remarks far off: %d sheets, %v", len(sheets), err)
	}
	if _, err := Rows(t.Context(), list(20_000, 20_000), Limits{}); keyOf(err) != "read.apart" {
		t.Errorf("a remark far off in each row: %v", err)
	}
}

// endsAfter is a context that ends when it was asked so many times.
type endsAfter struct {
	context.Context
	left *int
}

func (c endsAfter) Err() error {
	if *c.left--; *c.left < 0 {
		return context.Canceled
	}
	return nil
}

// A list that was not read to its end is none, although a damaged sheet behind others is let be.
func TestRowsCancelled(t *testing.T) {
	parts := map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="S" r:id="r1"/><sheet name="T" r:id="r2"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`,
		"xl/worksheets/sheet2.xml":   `<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>`,
	}
	src := packageOf(t, parts)
	ended := 0
	for n := 0; ; n++ {
		left := n
		sheets, err := Rows(endsAfter{t.Context(), &left}, src, Limits{})
		if err == nil && len(sheets) != 2 {
			t.Fatalf("%d sheets without an error", len(sheets))
		}
		if err == nil {
			break
		}
		if ended++; !errors.Is(err, context.Canceled) || ended > 1000 {
			t.Fatal(err)
		}
	}
	parts["xl/worksheets/sheet2.xml"] = `<worksheet><sheetData><row>`
	if sheets, err := Rows(t.Context(), packageOf(t, parts), Limits{}); err != nil || len(sheets) != 1 {
		t.Errorf("with a damaged second sheet: %d sheets, %v", len(sheets), err)
	}
}

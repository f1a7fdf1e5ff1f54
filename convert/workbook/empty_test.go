package workbook

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

func TestEmptyFilter(t *testing.T) {
	long := strings.Repeat("长", 60_000)
	for _, c := range []struct{ in, want string }{
		{`<sheetData><row r="1" s="1"><c r="A1" s="1"/><c r="B1"></c></row></sheetData>`, `<sheetData></sheetData>`},
		{`<row r="1"><c r="A1"/><c r="B1"><v>5</v></c> <c r="C1" s="2" /></row>`, `<row r="1"><c r="B1"><v>5</v></c></row>`},
		{`<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"/><row r="3"></row>`, `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`},
		// Without addresses cells count by their place: nothing may go.
		{`<row><c/><c><v>5</v></c></row>`, `<row><c/><c><v>5</v></c></row>`},
		{`<row r="1"><c s="1"/><c><v>5</v></c></row>`, `<row r="1"><c s="1"/><c><v>5</v></c></row>`},
		// Nor do they count from empty ones that went before those that they stand behind.
		{`<row r="1"><c r="A1"/><c r="B1"><v>5</v></c><c><v>6</v></c></row>`, `<row r="1"><c r="B1"><v>5</v></c><c><v>6</v></c></row>`},
		{`<row r="1"/><row r="2"><c r="A2"><v>5</v></c></row><row><c r="A3"><v>6</v></c></row>`, `<row r="2"><c r="A2"><v>5</v></c></row><row><c r="A3"><v>6</v></c></row>`},
		{`<row r="1"><c r="A1"><v>5</v></c><c r="B1"/><c><v>6</v></c></row>`, `<row r="1"><c r="A1"><v>5</v></c><c r="B1"/><c><v>6</v></c></row>`},
		{`<c r="A1"><f>A2&gt;1</f><v/></c>`, `<c r="A1"><f>A2&gt;1</f><v/></c>`},
		{`<c r="A1" t="inlineStr"><is><t>a > b</t></is></c><c r="B1"/>`, `<c r="A1" t="inlineStr"><is><t>a > b</t></is></c>`},
		{`<x a="1>2"/><c r="A1"/>`, `<x a="1>2"/>`},
		{`<c r="A1"><is><t><![CDATA[<c r="B1"/>]]></t></is></c><c r="C1"/>`, `<c r="A1"><is><t><![CDATA[<c r="B1"/>]]></t></is></c><c r="C1"/>`},
		{`<c r="A1"><is><t>` + long + `</t></is></c><c r="B1"/>`, `<c r="A1"><is><t>` + long + `</t></is></c>`},
		{`<c r="A1">`, `<c r="A1">`}, // truncated: for the decoder to refuse
		{`text`, `text`},
		{`<row r="1048576"/><c r="XFD1"/>`, ``},
		{`<row r="1048577"/><c r="XFE1"/>`, `<row r="1048577"/><c r="XFE1"/>`}, // beyond the sheet: for the reader to refuse
	} {
		for _, r := range []io.Reader{strings.NewReader(c.in), iotest.OneByteReader(strings.NewReader(c.in))} {
			got, err := io.ReadAll(newEmptyFilter(r))
			if err != nil || string(got) != c.want {
				t.Errorf("%.80s: %.80s, %v; want %.80s", c.in, got, err, c.want)
			}
		}
	}
}

// A truncated part must stay one that the decoder refuses.
func TestEmptyFilterKeepsErrors(t *testing.T) {
	r := io.MultiReader(strings.NewReader(`<row r="1"><c r="A1"><v>5`), iotest.ErrReader(io.ErrUnexpectedEOF))
	got, err := io.ReadAll(newEmptyFilter(r))
	if err != io.ErrUnexpectedEOF || !bytes.HasSuffix(got, []byte("5")) {
		t.Errorf("%s, %v", got, err)
	}
}

// A filter is used again: rows and cells without addresses do not count from those of
// the sheet before.
func TestEmptyFilterBeginsAnew(t *testing.T) {
	const whole = `<row><c><v>5</v></c></row>`
	for _, before := range []string{`<row r="7"/><x>`, `<row r="7"><c r="C7"/><x>`} {
		f := newEmptyFilter(strings.NewReader(before))
		if _, err := f.ReadByte(); err != nil { // and no further
			t.Fatal(err)
		}
		f.begin(strings.NewReader(whole))
		if got, err := io.ReadAll(f); err != nil || string(got) != whole {
			t.Errorf("behind %s: %s, %v", before, got, err)
		}
	}
}

func BenchmarkEmptyFilter(b *testing.B) {
	row := []byte(`<row r="31" s="1" customFormat="1">` + strings.Repeat(`<c r="A31" s="1"/>`, 10) + `</row>`)
	src := bytes.Repeat(row, 10_000)
	b.SetBytes(int64(len(src)))
	for b.Loop() {
		if _, err := io.Copy(io.Discard, newEmptyFilter(bytes.NewReader(src))); err != nil {
			b.Fatal(err)
		}
	}
}

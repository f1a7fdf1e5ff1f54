package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
)

// JSONVersion is the version of a report's JSON.
const JSONVersion = 1

// MarshalJSON writes the report as the JSON export describes it: keys in the
// form's order, counts and amounts as exact decimal numbers, blank and unknown as null. The
// same report always gives the same bytes.
func (r *Report) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	fmt.Fprintf(&b, `{"version":%d,"form":`, JSONVersion)
	quote(&b, r.Form)
	year := "null"
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	b.WriteString(`,"year":` + year + `,"organization":`)
	quote(&b, r.Organization)
	if r.Part != "" {
		b.WriteString(`,"part":`)
		quote(&b, r.Part)
	}
	b.WriteString(`,"title":`)
	quote(&b, r.Title)
	b.WriteString(`,"preamble":`)
	quoteAll(&b, r.Preamble)
	b.WriteString(`,"sections":{`)
	for i, s := range r.Sections {
		key(&b, i, s.Key)
		quoteAll(&b, s.Paragraphs)
	}
	b.WriteByte('}')
	if sig := r.Signature; sig != (Signature{}) {
		b.WriteString(`,"signature":{"organization":`)
		quote(&b, sig.Organization)
		b.WriteString(`,"date":`)
		quote(&b, sig.Date)
		if iso := sig.ISO(); iso != "" {
			b.WriteString(`,"iso":"` + iso + `"`)
		}
		b.WriteByte('}')
	}
	b.WriteString(`,"tables":{`)
	for i, t := range r.Tables {
		key(&b, i, t.Key)
		b.WriteByte('{')
		for j, row := range t.Rows {
			key(&b, j, row.Key)
			b.WriteByte('{')
			for k, f := range row.Figures {
				key(&b, k, f.Column)
				if f.Value.Blank() {
					b.WriteString("null")
				} else {
					b.WriteString(f.Value.String())
				}
			}
			b.WriteByte('}')
		}
		b.WriteByte('}')
	}
	b.WriteString(`},"cells":{`)
	n := 0
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for _, f := range row.Figures {
				if f.Cell.Row == 0 { // not found, or its path
					continue
				}
				key(&b, n, Path{t.Key, row.Key, f.Column}.String())
				quote(&b, f.Cell.String())
				n++
			}
		}
	}
	b.WriteString("}}")
	return b.Bytes(), nil
}

func key(b *bytes.Buffer, i int, k string) {
	if i > 0 {
		b.WriteByte(',')
	}
	quote(b, k)
	b.WriteByte(':')
}

// quote writes s as a JSON string, leaving <, > and & as they are.
func quote(b *bytes.Buffer, s string) {
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false)
	e.Encode(s) // a string always encodes
	b.Truncate(b.Len() - 1)
}

func quoteAll(b *bytes.Buffer, ps []Paragraph) {
	b.WriteByte('[')
	for i, p := range ps {
		if i > 0 {
			b.WriteByte(',')
		}
		quote(b, p.Text)
	}
	b.WriteByte(']')
}

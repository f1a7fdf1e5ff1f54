package report

import (
	"bytes"
	"encoding/json"
	"strconv"
)

// MarshalJSON writes the report as the JSON export describes it: keys in the
// form's order, counts and amounts as exact decimal numbers, blank and unknown as null. The
// same report always gives the same bytes.
func (r *Report) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteString(`{"form":`)
	quote(&b, r.Form)
	year := "null"
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	b.WriteString(`,"year":` + year + `,"organization":`)
	quote(&b, r.Organization)
	b.WriteString(`,"title":`)
	quote(&b, r.Title)
	b.WriteString(`,"preamble":`)
	quoteAll(&b, r.Preamble)
	b.WriteString(`,"sections":{`)
	for i, s := range r.Sections {
		key(&b, i, s.Key)
		quoteAll(&b, s.Paragraphs)
	}
	b.WriteString(`},"tables":{`)
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

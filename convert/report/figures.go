package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
)

// MarshalJSON writes a number as an exact decimal, blank as null.
func (n Number) MarshalJSON() ([]byte, error) {
	if n.Blank() {
		return []byte("null"), nil
	}
	return []byte(n.String()), nil
}

// UnmarshalJSON reads a number from a JSON number or null.
func (n *Number) UnmarshalJSON(b []byte) (err error) {
	*n = Number{}
	if bytes.Equal(b, []byte("null")) {
		return nil
	}
	if *n, err = ParseNumber(string(b)); err != nil {
		return &json.UnmarshalTypeError{Value: string(b), Type: reflect.TypeFor[Number]()}
	}
	return nil
}

// Figures are the figures of a report by their canonical paths, blank ones too. In
// JSON they are an object in the form's order.
type Figures struct {
	paths  []string
	values map[string]Number
}

// Figures are the report's figures as the submission gives them.
func (r *Report) Figures() Figures {
	f := Figures{values: map[string]Number{}}
	for _, t := range r.Tables {
		for _, row := range t.Rows {
			for _, fig := range row.Figures {
				f.set(Path{t.Key, row.Key, fig.Column}.String(), fig.Value)
			}
		}
	}
	return f
}

func (f *Figures) set(path string, n Number) {
	if f.values == nil {
		f.values = map[string]Number{}
	}
	if _, ok := f.values[path]; !ok {
		f.paths = append(f.paths, path)
	}
	f.values[path] = n
}

// At is the figure at a canonical path; blank if there is none.
func (f Figures) At(path string) Number { return f.values[path] }

// Paths lists the paths in order. The slice is shared: do not change it.
func (f Figures) Paths() []string { return f.paths }

// IsZero reports whether there are no figures.
func (f Figures) IsZero() bool { return len(f.paths) == 0 }

// MarshalJSON writes {"table.row.column": 14, …}.
func (f Figures) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range f.paths {
		key(&b, i, p)
		n, _ := f.values[p].MarshalJSON() // never fails
		b.Write(n)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// UnmarshalJSON reads what MarshalJSON writes, in the order in which it stands.
func (f *Figures) UnmarshalJSON(src []byte) error {
	*f = Figures{}
	d := json.NewDecoder(bytes.NewReader(src))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t == nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		var n Number
		if err := d.Decode(&n); err != nil {
			return fmt.Errorf("figure %v: %w", name, err)
		}
		f.set(name.(string), n)
	}
	return nil
}

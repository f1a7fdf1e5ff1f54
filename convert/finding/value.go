package finding

import (
	"encoding/json"
	"fmt"

	"nianbao/convert/report"
)

// Value is what a rule expects, or what stands there instead: a figure, or words. The
// zero Value is neither. In JSON a figure is a number, words are a string.
type Value struct {
	number report.Number
	words  string
}

// Figure is a figure as a Value. A blank one is no Value.
func Figure(n report.Number) Value { return Value{number: n} }

// Words are words as a Value. None are no Value.
func Words(s string) Value { return Value{words: s} }

// IsZero reports whether there is no value.
func (v Value) IsZero() bool { return v.number.Blank() && v.words == "" }

// Number is the figure; blank where the value is words or nothing.
func (v Value) Number() report.Number { return v.number }

// String is the value as it is shown: 27, 政府信息公开.
func (v Value) String() string {
	if !v.number.Blank() {
		return v.number.String()
	}
	return v.words
}

// MarshalJSON writes a figure as a number, words as a string, nothing as null.
func (v Value) MarshalJSON() ([]byte, error) {
	switch {
	case !v.number.Blank():
		return []byte(v.number.String()), nil
	case v.words == "":
		return []byte("null"), nil
	}
	return line(v.words), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (v *Value) UnmarshalJSON(b []byte) error {
	*v = Value{}
	switch {
	case string(b) == "null":
		return nil
	case len(b) > 0 && b[0] == '"':
		return json.Unmarshal(b, &v.words)
	}
	n, err := report.ParseNumber(string(b))
	if err != nil {
		return fmt.Errorf("neither a figure nor words: %w", err)
	}
	v.number = n
	return nil
}

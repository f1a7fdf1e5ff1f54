package report

import (
	"fmt"
	"strings"
)

// Path is the canonical path of a figure, "table.row.column", or of what holds
// several: "table", "table.row". [Any] stands for every row or column. A path whose
// Table alone is given may also name a text section, or "year" and "organization".
type Path struct{ Table, Row, Column string }

// Any stands for every row or every column in a [Path].
const Any = "*"

// String joins the keys as far as they are given: "applications.*.total".
func (p Path) String() string {
	switch {
	case p.Column != "":
		return p.Table + "." + p.Row + "." + p.Column
	case p.Row != "":
		return p.Table + "." + p.Row
	}
	return p.Table
}

// ParsePath reads what [Path.String] writes. The error says what is no path.
func ParsePath(s string) (Path, error) {
	keys := strings.Split(s, ".")
	for _, k := range keys {
		if k == "" && s != "" || len(keys) > 3 {
			return Path{}, fmt.Errorf("%q is no path: want table.row.column", s)
		}
	}
	p := Path{Table: keys[0]}
	if len(keys) > 1 {
		p.Row = keys[1]
	}
	if len(keys) > 2 {
		p.Column = keys[2]
	}
	return p, nil
}

// IsZero reports whether p names nothing.
func (p Path) IsZero() bool { return p == Path{} }

// OfFigure reports whether p names one figure.
func (p Path) OfFigure() bool { return p.Column != "" && p.Column != Any && p.Row != Any }

// At returns the figure at the path, or nil when the report has no such figure.
func (r *Report) At(p Path) *Figure { return r.Figure(p.Table, p.Row, p.Column) }

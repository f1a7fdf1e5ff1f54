package report

import "testing"

func TestPath(t *testing.T) {
	for s, want := range map[string]Path{
		"applications.granted.total": {"applications", "granted", "total"},
		"applications.*.total":       {"applications", Any, "total"},
		"disputes.reconsideration":   {Table: "disputes", Row: "reconsideration"},
		"overview":                   {Table: "overview"},
		"":                           {},
	} {
		got, err := ParsePath(s)
		if err != nil || got != want || got.String() != s {
			t.Errorf("%q is %+v, written %q, %v", s, got, got, err)
		}
	}
	for _, s := range []string{".", "a.", ".a", "a..b", "a.b.c.d"} {
		if p, err := ParsePath(s); err == nil {
			t.Errorf("%q is read as %+v", s, p)
		}
	}
	if !(Path{"a", "b", "c"}).OfFigure() || (Path{"a", Any, "c"}).OfFigure() || (Path{Table: "a", Row: "b"}).OfFigure() {
		t.Error("which paths are a figure's")
	}
}

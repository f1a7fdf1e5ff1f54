package form

import (
	"testing"

	"nianbao/convert/report"
)

// filledForm is a report of form 2021 with every figure in a cell of its own and
// only the given figures not blank.
func filledForm(t *testing.T, given map[[3]string]int64) (*Form, *report.Report) {
	t.Helper()
	f, err := Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	r := f.Blank()
	n := 0
	for _, tab := range r.Tables {
		for _, row := range tab.Rows {
			for i := range row.Figures {
				n++
				row.Figures[i].Cell = report.Cell{Sheet: "S", Row: n, Column: 1}
				if v, ok := given[[3]string{tab.Key, row.Key, row.Figures[i].Column}]; ok {
					row.Figures[i].Value = report.Int(v)
				}
			}
		}
	}
	return f, r
}

func TestFillAddsUpTotalsOfTotals(t *testing.T) {
	f, r := filledForm(t, map[[3]string]int64{
		{"applications", "granted", "natural_person"}:        2,
		{"applications", "partly_granted", "natural_person"}: 3,
		{"applications", "partly_granted", "business"}:       4,
	})
	full, filled := f.Fill(r)
	for _, c := range []struct{ row, column, want string }{
		{"granted", "total", "2"},
		{"partly_granted", "total", "7"},
		{"processed_total", "natural_person", "5"},
		{"processed_total", "business", "4"},
		{"processed_total", "research", "0"},
		{"processed_total", "total", "9"},
		{"carried_out", "total", "0"},
	} {
		if got := full.Figure("applications", c.row, c.column).Value.String(); got != c.want {
			t.Errorf("%s.%s is %q, want %s", c.row, c.column, got, c.want)
		}
	}
	if !r.Figure("applications", "granted", "total").Value.Blank() {
		t.Error("Fill changed the report it was given")
	}
	totals := 0
	for _, x := range filled {
		if x.Total {
			totals++
		}
	}
	if totals != 5 || len(filled) != 200-3 {
		t.Errorf("%d filled, %d of them totals", len(filled), totals)
	}
}

func TestFillLeavesWhatWasNotRead(t *testing.T) {
	f, r := filledForm(t, nil)
	bad := r.Figure("applications", "granted", "business")
	r.Notes = append(r.Notes, report.Note{Kind: report.NotNumber, Cells: []report.Cell{bad.Cell}, Text: "三"})
	r.Figure("disputes", "reconsideration", "upheld").Cell = report.Cell{}
	full, _ := f.Fill(r)
	if !full.Figure("applications", "granted", "business").Value.Blank() {
		t.Error("a figure that could not be read was filled")
	}
	if !full.Figure("disputes", "reconsideration", "upheld").Value.Blank() {
		t.Error("a figure that was not found was filled")
	}
}

// A blank total is not added up from less than all of its parts.
func TestFillLeavesTotalsOfUnreadFigures(t *testing.T) {
	f, r := filledForm(t, map[[3]string]int64{
		{"applications", "granted", "business"}:        2,
		{"applications", "partly_granted", "business"}: 3,
	})
	unread := r.Figure("applications", "granted", "natural_person")
	r.Notes = []report.Note{{Kind: report.NotNumber, Path: report.Path{Table: "applications", Row: "granted", Column: "natural_person"}, Cells: []report.Cell{unread.Cell}, Text: "约26"}}
	r.Figure("applications", "carried_in", "other").Cell = report.Cell{} // not found
	full, _ := f.Fill(r)
	for _, c := range []struct{ row, column, want string }{
		{"granted", "natural_person", ""},
		{"granted", "total", ""},
		{"processed_total", "natural_person", ""},
		{"processed_total", "total", ""},
		{"carried_in", "total", ""},
		{"partly_granted", "total", "3"},
		{"processed_total", "business", "5"},
	} {
		if got := full.Figure("applications", c.row, c.column).Value.String(); got != c.want {
			t.Errorf("%s.%s is %q, want %q", c.row, c.column, got, c.want)
		}
	}
}

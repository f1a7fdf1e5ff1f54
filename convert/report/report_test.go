package report

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestNumber(t *testing.T) {
	var blank Number
	if !blank.Blank() || !blank.IsZero() || blank.String() != "" || !blank.Whole() {
		t.Errorf("the zero Number is not blank: %+v", blank)
	}
	if n := blank.Add(blank); !n.Blank() {
		t.Error("blank and blank is not blank")
	}
	if n := blank.Add(Int(0)); n.Blank() || n.String() != "0" {
		t.Errorf("blank and 0 is %q", n)
	}
	// Amounts are exact: as binary fractions these would add up to 0.30000000000000004.
	a, _ := ParseNumber("0.1")
	b, _ := ParseNumber("0.2")
	if n := a.Add(b); n.String() != "0.3" {
		t.Errorf("0.1 + 0.2 is %s", n)
	}
	if !a.Sub(a).IsZero() || a.Whole() || Int(-3).Sign() != -1 {
		t.Error("arithmetic")
	}
	for _, s := range []string{"", "x", "1e999999999", "1e-999999999", strings.Repeat("9", 40), "NaN", "1 2"} {
		if n, err := ParseNumber(s); err == nil {
			t.Errorf("%q is read as %s", s, n)
		}
	}
}

func TestCellNames(t *testing.T) {
	for _, c := range []struct {
		cell Cell
		want string
	}{
		{Cell{"Sheet1", 5, 4}, "Sheet1!D5"}, {Cell{"一 总体情况", 1, 1}, "一 总体情况!A1"}, {Cell{"S", 1048576, 16384}, "S!XFD1048576"},
		{Cell{"S", 2, 26}, "S!Z2"}, {Cell{"S", 2, 27}, "S!AA2"}, {Cell{}, ""},
	} {
		if got := c.cell.String(); got != c.want {
			t.Errorf("%+v is %q, want %q", c.cell, got, c.want)
		}
	}
}

func TestJSON(t *testing.T) {
	r := &Report{Form: "2021", Organization: `某"局<&`, Title: "题",
		Preamble: []Paragraph{{Text: "前"}},
		Sections: []Section{{Key: "overview", Paragraphs: []Paragraph{{Text: "一"}, {Text: "二"}}}, {Key: "other"}},
		Tables:   []Table{{Key: "disclosure", Rows: []Row{{Key: "fees", Figures: []Figure{{Column: "amount"}, {Column: "b", Value: Int(3)}}}}}},
	}
	r.Tables[0].Rows[0].Figures[1].Value, _ = ParseNumber("59237.2449")
	b, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	want := `{"version":1,"form":"2021","year":null,"organization":"某\"局<&","title":"题","preamble":["前"],"sections":{"overview":["一","二"],"other":[]},"tables":{"disclosure":{"fees":{"amount":null,"b":59237.2449}}},"cells":{}}`
	if string(b) != want {
		t.Errorf("%s\nwant %s", b, want)
	}
	if !json.Valid(b) {
		t.Error("not JSON")
	}
}

func TestLookupsOfNothing(t *testing.T) {
	var r Report
	if r.Figure("a", "b", "c") != nil || r.Table("a").Row("b").Figure("c") != nil || r.Section("x") != nil {
		t.Error("found something in nothing")
	}
}

func TestParseCell(t *testing.T) {
	for _, s := range []string{"Sheet1!D5", "三、收到!和处理!AA12", "段12", "表3!D6"} {
		c, err := ParseCell(s)
		if err != nil || c.String() != s {
			t.Errorf("%s is %+v, %v", s, c, err)
		}
	}
	for _, s := range []string{"", "D5", "Sheet1!", "Sheet1!5", "Sheet1!D", "Sheet1!D0", "Sheet1!D-1", "Sheet1!D+1", "Sheet1!ABCD1"} {
		if c, err := ParseCell(s); err == nil {
			t.Errorf("%q is %+v", s, c)
		}
	}
}

func TestISO(t *testing.T) {
	for date, want := range map[string]string{"2025年1月20日": "2025-01-20", "2025. 1 .2": "2025-01-02", "２０２５年１２月３１日": "2025-12-31",
		"2025年13月1日": "", "二〇二五年一月": "", "": ""} {
		if got := (Signature{Date: date}).ISO(); got != want {
			t.Errorf("%s is %q, want %q", date, got, want)
		}
	}
}

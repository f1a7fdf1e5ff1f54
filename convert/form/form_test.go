package form

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"nianbao/templates"
)

func TestForm2021HasTheOfficialShape(t *testing.T) {
	f, err := Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	count := func(table string) (rows, figures int) {
		for _, r := range f.Table(table).Rows() {
			rows++
			figures += len(r.Columns)
		}
		return rows, figures
	}
	for _, c := range []struct {
		table         string
		rows, figures int
	}{{"disclosure", 6, 10}, {"applications", 25, 175}, {"disputes", 3, 15}} {
		if r, n := count(c.table); r != c.rows || n != c.figures {
			t.Errorf("%s: %d rows and %d figures, want %d and %d", c.table, r, n, c.rows, c.figures)
		}
	}
	row, ok := f.Table("applications").Row("denied_query")
	if !ok || !slices.Equal(row.Parents, []string{"三、本年度办理结果", "（三）不予公开"}) {
		t.Errorf("denied_query: %+v", row)
	}
	if row, _ := f.Table("disputes").Row("litigation_direct"); len(row.Columns) != 5 || row.Parents[0] != "行政诉讼" {
		t.Errorf("litigation_direct: %+v", row)
	}
	if c := f.Table("disclosure").Rows()[5].Columns[0]; c.Kind != Amount || c.Unit != "万元" {
		t.Errorf("fees: %+v", c)
	}
	if got := f.TitleFor("某县", "2024"); got != "某县2024年政府信息公开工作年度报告" {
		t.Error(got)
	}
}

func TestA102SumsEveryOutcome(t *testing.T) {
	for _, f := range All() {
		tab := f.Table("applications")
		i := slices.IndexFunc(tab.Identities, func(id Identity) bool { return id.Rule == "A102" })
		if i < 0 {
			t.Fatalf("%s: no A102", f.ID)
		}
		id := tab.Identities[i]
		var outcomes []string
		for _, r := range tab.Rows() {
			if len(r.Parents) > 0 && r.Key != "processed_total" {
				outcomes = append(outcomes, r.Key)
			}
		}
		if !slices.Equal(id.Right, outcomes) {
			t.Errorf("%s: A102 sums %q, the outcomes are %q", f.ID, id.Right, outcomes)
		}
	}
}

func TestGetUnknown(t *testing.T) {
	if _, err := Get("1999"); err == nil || !strings.Contains(err.Error(), "2021") {
		t.Errorf("error %v does not name the forms there are", err)
	}
}

// Every place of the grid belongs to exactly one cell, whatever the form.
func TestLayoutCoversTheGridOnce(t *testing.T) {
	for _, f := range All() {
		for _, tab := range f.Tables {
			l := tab.Layout()
			seen := map[[2]int]string{}
			figures := 0
			for _, c := range l.Cells {
				name := fmt.Sprintf("%s/%s %q", f.ID, tab.Key, c.Text+c.RowKey+"."+c.ColumnKey)
				for r := c.Row; r < c.Row+c.RowSpan; r++ {
					for k := c.Column; k < c.Column+c.ColumnSpan; k++ {
						if was, twice := seen[[2]int{r, k}]; twice {
							t.Fatalf("%s overlaps %s at %d,%d", name, was, r, k)
						}
						seen[[2]int{r, k}] = name
					}
				}
				if c.Role == Value {
					figures++
				}
			}
			if len(seen) != l.Rows*l.Columns {
				t.Errorf("%s/%s: %d of %d places covered", f.ID, tab.Key, len(seen), l.Rows*l.Columns)
			}
			want := 0
			for _, r := range tab.Rows() {
				want += len(r.Columns)
			}
			if figures != want {
				t.Errorf("%s/%s: %d figures laid out, want %d", f.ID, tab.Key, figures, want)
			}
		}
	}
}

func TestLayoutOfApplications(t *testing.T) {
	f, _ := Get("2021")
	l := f.Table("applications").Layout()
	if l.Rows != 28 || l.Columns != 10 || l.StubColumns != 3 {
		t.Errorf("%d rows, %d columns, %d of them stub", l.Rows, l.Columns, l.StubColumns)
	}
}

func TestLoadRefusesBrokenForms(t *testing.T) {
	src, err := templates.Forms.ReadFile("2021/form.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"row: penalties", "row: licences", `"licences" is used twice`},
		{"column: issued", "column: repealed", `"repealed" is used twice`},
		{"left: [total]", "left: [sum]", `"sum" is no key`},
		{"each: row", "each: page", "each must be"},
		{"    table: disputes", "    table: quarrels", `no table "quarrels"`},
		{"kind: amount", "kind: money", `unknown kind "money"`},
		{"authority:", "autority:", "autority"},
		{"label: 规章", "lable: 规章", "lable"},
	} {
		broken := strings.Replace(string(src), c.old, c.new, 1)
		_, err := load([]byte(broken))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: error %v, want one with %q", c.new, c.old, err, c.want)
		}
	}
}

// A form has to say what its parts mean, each once.
func TestMeaningsAreValidated(t *testing.T) {
	src, err := templates.Forms.ReadFile("2021/form.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ old, new, want string }{
		{"means: handled, ", "", `want one row that means "handled"`},
		{"means: carried_in, ", "means: received, ", `want one row that means "received"`},
		{"means: carried_in, ", "means: carried, ", `"carried", which is none of`},
		{"means: problems\n", "means: overview\n", `two sections mean "overview"`},
		{"means: in_force, ", "", "a form has all or none"},
		{"means: litigation\n", "means: reconsideration\n", `want rows that mean "reconsideration" and "litigation"`},
		{"    means: applications\n", "", `no table means "applications"`},
	} {
		if !bytes.Contains(src, []byte(c.old)) {
			t.Fatalf("%q is not in the form", c.old)
		}
		_, err := load(bytes.Replace(src, []byte(c.old), []byte(c.new), 1))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: %v, want %s", c.new, c.old, err, c.want)
		}
	}
}

func TestUseRefusesWhatIsThere(t *testing.T) {
	before := len(All())
	if _, err := Use(templates.Forms); err == nil || len(All()) != before {
		t.Errorf("the same forms again: %v, %d forms", err, len(All()))
	}
	if _, err := Use(fstest.MapFS{"2099/form.yaml": {Data: []byte("id: \"2099\"\n")}}); err == nil {
		t.Error("a form without tables was taken")
	}
}

func TestBare(t *testing.T) {
	for label, want := range map[string]string{
		"（二）部分公开（区分处理的，只计这一情形，不计其他情形）": "部分公开", "一、本年新收政府信息公开申请数量": "本年新收政府信息公开申请数量",
		"1.属于国家秘密": "属于国家秘密", "自然人": "自然人", "（七）总计": "总计",
	} {
		if got := Bare(label); got != want {
			t.Errorf("%s: %s, want %s", label, got, want)
		}
	}
}

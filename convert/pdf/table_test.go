package pdf

import (
	"bytes"
	"fmt"
	"math"
	"testing"

	"nianbao/convert/document"
	"nianbao/convert/form"
	"nianbao/convert/report"
)

// madeUp is a form that there is not: its only table is longer than a page, has
// groups in three levels beside the figures and two under each other above them.
func madeUp() *form.Form {
	var groups []form.Node
	for g := range 6 {
		group := form.Node{Label: fmt.Sprintf("（%d）一组事项的名称", g+1)}
		for i := range 9 {
			group.Items = append(group.Items, form.Node{
				Row: fmt.Sprintf("r%d_%d", g, i), Label: fmt.Sprintf("%d.某一事项按照规定办理的各种情形合计数量", i+1),
			})
		}
		groups = append(groups, group)
	}
	return &form.Form{
		ID: "made-up", Title: "{organization}{year}年报告",
		Sections: []form.Section{{Key: "s", Label: "一、事项", Table: "t"}},
		Tables: []form.Table{{Key: "t", Blocks: []form.Block{{
			Corner: "事项",
			Head: []form.Node{
				{Label: "数量", Items: []form.Node{{Column: "a", Label: "本年"}, {Column: "b", Label: "上年"}}},
				{Column: "c", Label: "合计", Kind: form.Amount},
			},
			Stub: []form.Node{{Label: "全部事项", Items: groups}, {Row: "end", Label: "末行"}},
		}}}},
	}
}

func TestLongTableBreaksBetweenRows(t *testing.T) {
	f := madeUp()
	r := f.Blank()
	n := int64(1000)
	eachFigure(r, func(_, _ string, fig *report.Figure) { n++; fig.Value = report.Int(n) })
	s := embeddedShaper()
	p := &pager{doc: new(canvas), shaper: s}
	items := s.items(document.InForm(f, r, document.Options{}))
	table := items[len(items)-1].table
	p.place(items)
	if len(p.doc.pages) < 2 {
		t.Fatalf("%d pages", len(p.doc.pages))
	}
	head := table.headOf(table.layout.Rows - 1)
	if len(head) != 2 || head[0] != 0 || table.headOf(0) != nil {
		t.Errorf("the head is rows %v", head)
	}
	// Each page shows the head and the group that goes on.
	shown := func(c char, page []byte) bool {
		i, ok := p.doc.byFace[c.face]
		return ok && bytes.Contains(page, appendHex16(nil, p.doc.subsets[i].Add(c.char, c.glyph, c.variant)))
	}
	heading := s.shape(report.Cell{}, span{roleHei, "合"})[0]
	group := s.shape(report.Cell{}, span{roleSong, "全"})[0]
	for i, page := range p.doc.pages[1:] {
		if !shown(heading, page) || !shown(group, page) {
			t.Errorf("page %d lacks the head or the label of its group", i+2)
		}
	}
	var b bytes.Buffer
	if _, err := typeset(&b, document.InForm(f, r, document.Options{}), s.chains); err != nil {
		t.Fatal(err)
	}
}

func TestTextStaysInItsCell(t *testing.T) {
	s := embeddedShaper()
	forms := append([]*form.Form{madeUp()}, form.All()...)
	for _, f := range forms {
		for _, value := range []int64{0, 12345, 123456789, -123456789012} {
			r := f.Blank()
			eachFigure(r, func(_, _ string, fig *report.Figure) { fig.Value = report.Int(value) })
			for _, of := range tablesOf(f, r) {
				table := fit(s.cells(of), of, areaHeight-pitch-tableAbove)
				if width := table.x[len(table.x)-1]; width > areaWidth {
					t.Errorf("%s: %f pt wide %v", of.Name, width, table.x)
				}
				for _, c := range table.cells {
					checkCell(t, table, &c)
				}
			}
		}
	}
}

// tablesOf are the tables of a report as they are printed.
func tablesOf(f *form.Form, r *report.Report) []*document.Table {
	var all []*document.Table
	for _, it := range document.InForm(f, r, document.Options{}).Items {
		if t, ok := it.(*document.Table); ok {
			all = append(all, t)
		}
	}
	return all
}

func checkCell(t *testing.T, table *fitTable, c *fitCell) {
	t.Helper()
	inner := c.inner(table.x)
	for _, l := range c.lines {
		if w := c.set.width(l.chars); w > inner+0.01 || math.Abs(w-l.width) > 0.01 {
			t.Errorf("%q is %.1f pt wide in a cell of %.1f", l, w, inner)
		}
		if c.set.size < 7.5 {
			t.Errorf("%q is set in %.1f pt", l, c.set.size)
		}
	}
	if high := sum(table.height[c.Row : c.Row+c.RowSpan]); c.height(table) > high+0.01 {
		t.Errorf("%q is %.1f pt high in a cell of %.1f", c.Text, c.height(table), high)
	}
}

func TestTablesFitOnePage(t *testing.T) {
	s := embeddedShaper()
	for _, f := range form.All() {
		r := f.Blank()
		eachFigure(r, func(_, _ string, fig *report.Figure) { fig.Value = report.Int(99999) })
		for _, of := range tablesOf(f, r) {
			room := areaHeight - pitch - tableAbove
			if table := fit(s.cells(of), of, room); table.total > room {
				t.Errorf("%s: %s is %.0f pt high", f.ID, of.Name, table.total)
			}
		}
	}
}

package reader

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// Below a label that is merged over two columns two cells may hold a figure each, and
// neither is the one that is meant.
func TestTwoCellsForOneFigure(t *testing.T) {
	wide := func(more func(*excelize.File)) func(*excelize.File) {
		return func(f *excelize.File) {
			f.UnmergeCell(applications, "J4", "J5")
			f.MergeCell(applications, "J4", "K5")
			more(f)
		}
	}
	const at = "applications.granted.total"
	r := edit(t, pageSheet, wide(func(f *excelize.File) { f.SetCellValue(applications, "K8", 7) }))
	want := []report.Note{{Kind: report.NotNumber, Path: path(at), Text: "6 | 7", Read: "13",
		Cells: []report.Cell{{Sheet: applications, Row: 8, Column: 10}, {Sheet: applications, Row: 8, Column: 11}}}}
	if d := cmp.Diff(want, r.Notes); d != "" || !r.At(path(at)).Value.Blank() {
		t.Errorf("read as %q: %s", r.At(path(at)).Value, d)
	}
	// A near miss: nothing stands in the second column.
	r = edit(t, pageSheet, wide(func(*excelize.File) {}))
	if got := r.At(path(at)).Value.String(); got != "6" || len(r.Notes) > 0 {
		t.Errorf("read as %q, %+v", got, r.Notes)
	}
}

// Half of a head's seven labels make it one, three do not.
func TestHalfAHead(t *testing.T) {
	labels := []string{"D4", "E5", "F5", "G5", "H5", "I5", "J4"}
	for _, c := range []struct {
		others int // labels that are other words
		found  bool
	}{{3, true}, {4, false}} {
		r := edit(t, pageSheet, func(f *excelize.File) {
			for i, cell := range labels[:c.others] {
				f.SetCellValue(applications, cell, "另一栏"+strings.Repeat("再", i))
			}
		})
		if found := r.Table("applications").Found; found != c.found {
			t.Errorf("with %d of %d labels the table is found: %v", len(labels)-c.others, len(labels), found)
		}
	}
}

func TestLikeLabels(t *testing.T) {
	for _, c := range []struct {
		official, written string
		like              bool
	}{
		{"其他", "其它", true},             // 1 of 2
		{"要求提供公开出版物", "索要公开出版物", true}, // 5 of 9
		{"要求提供公开出版物", "要求提供报刊", false}, // 4 of 9
	} {
		cell := pageCell{Cell: &workbook.Cell{Text: c.written}, core: core(c.written)}
		if _, taken := guess(newLabel(c.official, nil), []pageCell{cell}); taken != c.like {
			t.Errorf("%s is taken for %s: %v", c.written, c.official, taken)
		}
	}
}

func TestLikeHeadings(t *testing.T) {
	f := &form.Form{Sections: []form.Section{{Key: "problems", Label: "五、存在的主要问题及改进情况"}}}
	h := headings{indexForm(f), nil}
	for line, want := range map[string]int{
		"五、存在的问题": 0,  // 5 of 12
		"五、存在问题":  -1, // 4 of 12
		"六、存在的问题": -1,
	} {
		if got := h.similar(line); got != want {
			t.Errorf("%s: section %d, want %d", line, got, want)
		}
	}
}

// What counts is what is unpacked, also where it is the same part again and again,
// and what is said to be there, also where nobody reads it.
func TestReadKeepsToWhatMayBeUnpacked(t *testing.T) {
	const limit = 4 << 20
	sheets := func(n int) []byte {
		var names, parts strings.Builder
		for i := range n {
			fmt.Fprintf(&names, `<sheet name="S%d" sheetId="%d" r:id="r%d"/>`, i, i+1, i)
			fmt.Fprintf(&parts, `<Relationship Id="r%d" Type="x/worksheet" Target="worksheets/sheet1.xml"/>`, i)
		}
		return packed(t, [2]string{"_rels/.rels", `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
			[2]string{"xl/workbook.xml", `<workbook xmlns:r="r"><sheets>` + names.String() + `</sheets></workbook>`},
			[2]string{"xl/_rels/workbook.xml.rels", `<Relationships>` + parts.String() + `</Relationships>`},
			[2]string{"xl/worksheets/sheet1.xml", data(strings.Repeat(" ", 1<<20))})
	}
	for _, c := range []struct {
		name string
		src  []byte
		key  string // of the error
	}{
		{"one part as 8 sheets", sheets(8), "read.limit.unpacked"},
		{"one part as 2 sheets", sheets(2), "read.notables"},
		{"a large part that is not read", pack(t, data(""), [2]string{"xl/media/image1.png", strings.Repeat("x", limit)}), "read.limit.unpacked"},
		{"a part that is not read", pack(t, data(""), [2]string{"xl/media/image1.png", strings.Repeat("x", limit/2)}), "read.notables"},
	} {
		_, err := readOne(context.Background(), c.src, Options{Limits: workbook.Limits{Unpacked: limit}})
		var m *message.Error
		if !errors.As(err, &m) || m.Key != c.key {
			t.Errorf("%s: error %v, want %s", c.name, err, c.key)
		}
	}
}

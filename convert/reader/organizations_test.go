package reader

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"nianbao/convert/report"
)

// Sheets that name another organization than the cover, which is of
// 营山县人民政府办公室, and near misses.
func TestSeveralOrganizations(t *testing.T) {
	const title = "2024年政府信息公开工作年度报告"
	for _, c := range []struct {
		name, sheet string
		column      []string // from A1 down
		want        []string // organizations with their cells
	}{
		{"a second cover", "封面(2)", []string{"填报单位：营山县教育局", "年度：2024"},
			[]string{"营山县人民政府办公室 封面!A1", "营山县教育局 封面(2)!A1"}},
		{"a second report", "Sheet9", []string{"营山县水务局" + title, "五、存在的主要问题及改进情况", "人员变动大。"},
			[]string{"营山县人民政府办公室 封面!A1", "营山县水务局 Sheet9!A1"}},
		{"two more on one sheet", "Sheet9", []string{"营山县水务局" + title, "五、存在的主要问题及改进情况", "人员变动大。", "营山县教育局" + title, "五、存在的主要问题及改进情况", "培训少。"},
			[]string{"营山县人民政府办公室 封面!A1", "营山县水务局 Sheet9!A1", "营山县教育局 Sheet9!A4"}},
		{"the short name", "封面(2)", []string{"填报单位：县政府办公室"}, nil},
		{"the full name", "封面(2)", []string{"填报单位：四川省营山县人民政府办公室"}, nil},
		{"its superior", "Sheet9", []string{"营山县人民政府" + title}, nil},
		{"itself", "封面(2)", []string{"填报单位：本机关"}, nil},
		{"a roster", "名单", []string{"填报单位：营山县教育局", "填报单位：营山县水务局"}, nil},
		{"a list of names", "名单", []string{"单位名称", "营山县教育局", "营山县水务局"}, nil},
		{"a guide", "填报说明", []string{"填报单位：某县教育局"}, nil},
		{"a copy", "旧封面", []string{"填报单位：营山县教育局"}, nil},
		{"last year's", "Sheet9", []string{"营山县信息化办公室2023年政府信息公开工作年度报告"}, nil},
		{"a text", "六 补充", []string{"六、其他需要报告的事项", "营山县教育局", "营山县水务局已另行报送" + title + "。"}, nil},
		{"a unit of figures", "Sheet9", []string{"单位：万元"}, nil},
	} {
		f, err := excelize.OpenFile(pageSheet)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.NewSheet(c.sheet); err != nil {
			t.Fatal(err)
		}
		if err := f.SetSheetCol(c.sheet, "A1", &c.column); err != nil {
			t.Fatal(err)
		}
		b, err := f.WriteToBuffer()
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, n := range readBytes(t, b.Bytes()).Notes {
			if n.Kind != report.SeveralOrganizations {
				continue
			}
			s := n.Text
			for _, cell := range n.Cells {
				s += " " + cell.String()
			}
			got = append(got, s)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (%s): %s", c.name, strings.Join(c.column, " "), d)
		}
	}
}

// Every body that a file names is compared with all others: there is an end to that.
func TestMostOrganizations(t *testing.T) {
	names := func(n int) (all []sheetName, plain []string) {
		for i := range n {
			name := fmt.Sprintf("营山县%c%c镇人民政府", '一'+i/100, '中'+i%100)
			all, plain = append(all, sheetName{name: name}, sheetName{name: name}), append(plain, name, name)
		}
		return all, plain
	}
	all, plain := names(mostParts)
	if notes, bodies := bodiesNamed(t.Context(), all).notes, bodiesOf(t.Context(), plain); len(notes) != mostParts || len(notes[0].Cells) != 2 || len(bodies) != mostParts {
		t.Errorf("%d notes, %d bodies", len(notes), len(bodies))
	}
	all, plain = names(3 * mostParts)
	if notes, bodies := bodiesNamed(t.Context(), all).notes, bodiesOf(t.Context(), plain); len(notes) != mostParts+1 || bodies != nil {
		t.Errorf("%d notes, %d bodies", len(notes), len(bodies))
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if notes, bodies := bodiesNamed(ctx, all).notes, bodiesOf(ctx, plain[:10]); len(notes) != 0 || bodies != nil {
		t.Errorf("out of time: %d notes, %d bodies", len(notes), len(bodies))
	}
}

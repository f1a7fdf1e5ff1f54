package document

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// outline says of each item what it is, a line each.
func outline(items []Item) string {
	var b strings.Builder
	for _, it := range items {
		switch it := it.(type) {
		case *Paragraph:
			fmt.Fprintf(&b, "%d %d %d", it.Level, it.Rank, it.Bookmark)
			for _, s := range it.Spans {
				fmt.Fprintf(&b, " %d:%s", s.Style, s.Text)
			}
		case *Attachments:
			fmt.Fprintf(&b, "attachments %v", it.Names)
		case *Picture:
			fmt.Fprintf(&b, "picture %.0f %.0f %s", it.Width, it.Height, it.Description)
		case *Table:
			fmt.Fprintf(&b, "table %s %d×%d", it.Name, it.Rows, it.Columns)
		case *Signature:
			fmt.Fprintf(&b, "signature %s %s %v\n%s", it.Organization, it.Date, it.Seal, outline(it.Notes))
			continue
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func texts(ps ...string) []report.Paragraph {
	var all []report.Paragraph
	for _, p := range ps {
		all = append(all, report.Paragraph{Text: p})
	}
	return all
}

func pngOf(t *testing.T, width, height int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestWalk(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	r := f.Blank()
	r.Title, r.Organization = " 某县(本级)2024年\x00年报 ", "某县"
	r.Preamble = texts("（一）编制说明", "正文,如下。")
	r.Section("overview").Paragraphs = texts("1.上来就是三级", "（一）主动公开\n\n（二）依申请公开。共收到1件。", "一、小结", "1.健全制度")
	r.Section("other").Paragraphs = texts("没有收费。", "附件：1.目录", "2.统计表", "某县水务局", "2025年01月05日", "（此件公开发布）")
	picture := pngOf(t, 40, 20)
	r.Pictures = []report.Picture{
		{Bytes: picture, Type: "png", Section: "overview", After: 1},
		{Bytes: picture[:40], Type: "png", Section: "overview", After: 1}, // cut short
		{Bytes: picture, Type: "png", Width: 7, Height: 8, Section: report.Preamble},
		{Bytes: picture, Type: "png"}, // in no text
	}
	before := slices.Clone(r.Section("other").Paragraphs)
	d := InForm(f, r, Options{Date: "2025年2月3日", Seal: true})
	if d.Title != "某县（本级）2024年年报" {
		t.Errorf("title %q", d.Title)
	}
	const want = `picture 7 8 图片1
2 1 0 2:（一）编制说明
0 0 0 0:正文，如下。
1 1 1 1:一、总体情况
3 2 0 3:1.上来就是三级
picture 30 15 总体情况，图片2
2 2 2 2:（一）主动公开
0 0 2 2:（二）依申请公开。 0:共收到1件。
1 2 0 1:一、小结
3 3 0 3:1.健全制度
1 1 1 1:二、主动公开政府信息情况
table 二、主动公开政府信息情况 14×4
1 1 1 1:三、收到和处理政府信息公开申请情况
table 三、收到和处理政府信息公开申请情况 28×10
1 1 1 1:四、政府信息公开行政复议、行政诉讼情况
table 四、政府信息公开行政复议、行政诉讼情况 4×15
1 1 1 1:五、存在的主要问题及改进情况
1 1 1 1:六、其他需要报告的事项
0 0 0 0:没有收费。
attachments [{1 目录 } {2 统计表 }]
signature 某县水务局 2025年2月3日 true
0 0 0 0:（此件公开发布）
`
	if got := outline(d.Items); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if !slices.Equal(before, r.Section("other").Paragraphs) {
		t.Error("the report itself is changed")
	}
}

// Every place of a table's grid belongs to exactly one cell, and a row without figures
// is a head.
func TestTablesAreWholeGrids(t *testing.T) {
	for _, f := range form.All() {
		for _, it := range InForm(f, f.Blank(), Options{}).Items {
			table, ok := it.(*Table)
			if !ok {
				continue
			}
			grid := make([]int, table.Rows*table.Columns)
			heads := table.Heads()
			for _, c := range table.Cells {
				for row := c.Row; row < c.Row+c.RowSpan; row++ {
					for col := c.Column; col < c.Column+c.ColumnSpan; col++ {
						grid[row*table.Columns+col]++
					}
				}
				if (c.Role == form.BlockTitle || c.Role == form.Head) && !heads[c.Row] || c.Role == form.Value && heads[c.Row] {
					t.Errorf("%s: row %d with %q is no head, or one", table.Name, c.Row, c.Text)
				}
			}
			if slices.Min(grid) != 1 || slices.Max(grid) != 1 {
				t.Errorf("%s: %v", table.Name, grid)
			}
		}
	}
}

// Up to three paragraphs stand below a signature, 附注 and the like. With more, what looks
// like one is text.
func TestWhatStandsBelowASignature(t *testing.T) {
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	for below := range 5 {
		r := f.Blank()
		last := r.Section("other")
		for _, text := range append([]string{"没有收费。", "某县水务局", "2025年1月5日"}, slices.Repeat([]string{"（此件公开发布）"}, below)...) {
			last.Paragraphs = append(last.Paragraphs, report.Paragraph{Text: text})
		}
		d, err := Of(r, Options{})
		if err != nil {
			t.Fatal(err)
		}
		s, ok := d.Items[len(d.Items)-1].(*Signature)
		if ok != (below <= 3) || ok && (s.Organization != "某县水务局" || s.Date != "2025年1月5日" || len(s.Notes) != below) {
			t.Errorf("with %d paragraphs below: %+v", below, d.Items[len(d.Items)-1])
		}
	}
}

package convert

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/document"
	"nianbao/convert/docx"
	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/html"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// printing is a report with the way in which it is to be printed.
type printing struct {
	name    string
	report  *report.Report
	options document.Options
}

// sixForms are reports that try what a printed report may hold.
func sixForms(t testing.TB) []printing {
	t.Helper()
	read := func() *report.Report {
		src, err := os.ReadFile("../testdata/yingshan-2024.xlsx")
		if err != nil {
			t.Fatal(err)
		}
		results, err := Read(context.Background(), Source{"yingshan-2024.xlsx", src}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return results[0].Report
	}
	texts := func(r *report.Report, section string, ps ...string) {
		s := r.Section(section)
		s.Paragraphs = slices.Clone(s.Paragraphs)
		for _, p := range ps {
			s.Paragraphs = append(s.Paragraphs, report.Paragraph{Text: p})
		}
	}

	plain := read()

	long := read()
	long.Organization = "新疆维吾尔自治区伊犁哈萨克自治州察布查尔锡伯自治县人力资源和社会保障局"
	long.Title = long.Organization + "2024年政府信息公开工作年度报告"
	texts(long, "overview", "（七）网站建设。本机关网站（http://www.example.gov.cn/zfxxgk/fdzdgknr/gfxwj/2024/12/31/index.html?id=12345&b=3）设有专栏,由办公室(政务公开股)维护;咨询电话:0999-8222000。",
		"（八）其他情况", "1.全年减排CO₂约10⁶吨，绿化3.5×10⁴m²。\n2.占比<5%，数据与“国家平台”一致。")

	closed := read()
	texts(closed, "other", "本年度没有收取信息处理费。", "附件：1.某县政府信息公开指南（二〇二四年修订版）及其目录编制说明和其他有关材料清单", "2.统计表", "某县水务局", "2025年01月05日", "（此件公开发布）", "附注：联系人陈某，电话0817-8222000。")

	old, err := form.Get("2019")
	if err != nil {
		t.Fatal(err)
	}
	second := old.Blank()
	second.Organization, second.Year = "某县教育局", 2020
	n := int64(0)
	for _, table := range second.Tables {
		for _, row := range table.Rows {
			for i := range row.Figures {
				n += 37
				row.Figures[i].Value = report.Int(n)
			}
		}
	}
	second.Figure("disclosure", "procurement", "amount").Value = report.Int(251000)
	second.Figure("disclosure", "licences", "change").Value = report.Int(-14)
	second.Notes = []report.Note{{Kind: report.TextNumber, Path: report.Path{Table: "disclosure", Row: "procurement", Column: "amount"}, Text: "251000元", Read: "251000"}}
	texts(second, "overview", "一、工作开展情况", "（一）主动公开", "1.健全制度", "修订办法两件。", "二、下一步打算", "继续做好公开。")
	texts(second, "problems", "公开不够及时。")
	texts(second, "other", "无其他事项。")

	sealed := read()
	sealed.Figure("applications", "granted", "total").Value = report.Int(123456789)

	pictured := read()
	pictured.Pictures = []report.Picture{
		{Bytes: drawn(t, "png", 400, 200), Type: "png", Width: 300, Height: 150, Section: "overview", After: 1},
		{Bytes: drawn(t, "jpeg", 1600, 300), Type: "jpeg", Section: "overview", After: 3},
		{Bytes: drawn(t, "png", 200, 900), Type: "png", Section: "problems", After: 1},
	}

	return []printing{
		{"plain", plain, document.Options{Date: "2025年1月20日"}},
		{"long", long, document.Options{}},
		{"closed", closed, document.Options{}},
		{"second", second, document.Options{Date: "2021年1月20日"}},
		{"sealed", sealed, document.Options{Draft: document.DraftMark(true, false), Date: "2025年1月20日", Seal: true}},
		{"pictured", pictured, document.Options{}},
	}
}

// drawn is a picture of bars.
func drawn(t testing.TB, kind string, width, height int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for x := range width {
		for y := range height {
			img.Set(x, y, color.NRGBA{0xf4, 0xf4, 0xf4, 0xff})
			if bar := x * 8 / width; y > height*(bar%4+1)/6 && x%(width/8) > width/24 {
				img.Set(x, y, color.NRGBA{0x28, 0x60, uint8(0x80 + 12*bar), 0xff})
			}
		}
	}
	var b bytes.Buffer
	err := png.Encode(&b, img)
	if kind == "jpeg" {
		b.Reset()
		err = jpeg.Encode(&b, img, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// placeless is what a document says, a line for each thing in it, whatever its place in
// a submission is.
func placeless(d *document.Document) []string {
	all := []string{"title " + d.Title, "of " + d.Organization}
	var list func(items []document.Item)
	list = func(items []document.Item) {
		for _, it := range items {
			switch it := it.(type) {
			case *document.Paragraph:
				all = append(all, fmt.Sprintf("%d %d %v", it.Level, it.Rank, it.Spans))
			case *document.Attachments:
				for _, a := range it.Names {
					all = append(all, fmt.Sprintf("attachment %s %s", a.Number, a.Name))
				}
			case *document.Picture:
				all = append(all, fmt.Sprintf("picture %s %d bytes", it.Description, len(it.Bytes)))
			case *document.Table:
				for _, c := range it.Cells {
					all = append(all, fmt.Sprintf("%s %v %s", it.Name, c.LayoutCell, c.Text))
				}
			case *document.Signature:
				all = append(all, "signature "+it.Organization+" "+it.Date)
				list(it.Notes)
			}
		}
	}
	list(d.Items)
	return all
}

// A Word document that is written is read as the report that it was written from: every
// figure, label, paragraph and picture in its place, the signature last.
func TestDocumentsReadBack(t *testing.T) {
	for _, p := range sixForms(t) {
		t.Run(p.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := docx.Write(&b, p.report, p.options); err != nil {
				t.Fatal(err)
			}
			results, err := Read(context.Background(), Source{p.name + ".docx", b.Bytes()}, Options{})
			if err != nil {
				t.Fatal(err)
			}
			back := results[0].Report
			want, err := document.Of(p.report, p.options)
			if err != nil {
				t.Fatal(err)
			}
			got, err := document.Of(back, document.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(placeless(want), placeless(got)); diff != "" {
				t.Error(diff)
			}
			if back.Year != p.report.Year {
				t.Errorf("of %d", back.Year)
			}
			full, _ := formOf(t, p.report).Fill(p.report)
			if diff := cmp.Diff(full.Figures().Paths(), back.Figures().Paths()); diff != "" {
				t.Fatal(diff)
			}
			for _, path := range full.Figures().Paths() {
				if a, b := full.Figures().At(path), back.Figures().At(path); !a.Equal(b) || a.Blank() != b.Blank() {
					t.Errorf("%s is %v, was %v", path, b, a)
				}
			}
			for _, f := range results[0].Findings {
				if f.Severity == finding.Error && p.name != "sealed" && p.name != "second" {
					t.Errorf("%s %s", f.Rule, f.Message.In(message.Chinese))
				}
			}
		})
	}
}

func formOf(t testing.TB, r *report.Report) *form.Form {
	t.Helper()
	f, err := form.Get(r.Form)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// said is what a document says, in order: every paragraph, label and figure.
func said(d *document.Document) []string {
	all := []string{d.Title}
	var list func(items []document.Item)
	list = func(items []document.Item) {
		for _, it := range items {
			switch it := it.(type) {
			case *document.Paragraph:
				all = append(all, it.Text())
			case *document.Attachments:
				lead := "附件："
				for _, a := range it.Names {
					if a.Number != "" {
						lead += a.Number + "."
					}
					all = append(all, lead+a.Name)
					lead = ""
				}
			case *document.Table:
				for _, c := range it.Cells {
					all = append(all, c.Text)
				}
			case *document.Signature:
				all = append(all, it.Organization, it.Date)
				list(it.Notes)
			}
		}
	}
	list(d.Items)
	return all
}

// A page for a portal says the same, in the same order, and its pictures are the same
// files. Names of tables that nobody sees are left out.
func TestPagesSayTheSame(t *testing.T) {
	for _, p := range sixForms(t) {
		t.Run(p.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := html.Write(&b, p.report, p.options); err != nil {
				t.Fatal(err)
			}
			d, err := document.Of(p.report, p.options)
			if err != nil {
				t.Fatal(err)
			}
			got, pictures := readPage(t, &b)
			want := said(d)
			if p.options.Draft != "" {
				want = append([]string{p.options.Draft}, want...)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			for _, it := range d.Items {
				if picture, ok := it.(*document.Picture); ok {
					if len(pictures) == 0 || !bytes.Equal(pictures[0], picture.Bytes) {
						t.Fatal("a picture is missing or another")
					}
					pictures = pictures[1:]
				}
			}
			if len(pictures) > 0 {
				t.Errorf("%d pictures too many", len(pictures))
			}
		})
	}
}

// readPage reads the texts of a page, one for each element that is a line or a cell, and
// its pictures.
func readPage(t *testing.T, r io.Reader) (texts []string, pictures [][]byte) {
	t.Helper()
	d := xml.NewDecoder(r)
	d.Strict, d.AutoClose, d.Entity = false, append([]string{"wbr"}, xml.HTMLAutoClose...), xml.HTMLEntity
	lines := map[string]bool{"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "p": true, "li": true, "th": true, "td": true, "caption": true}
	in, text := "", ""
	for {
		token, err := d.Token()
		if err == io.EOF {
			return texts, pictures
		}
		if err != nil {
			t.Fatal(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			attributes := map[string]string{}
			for _, a := range e.Attr {
				attributes[a.Name.Local] = a.Value
			}
			if lines[e.Name.Local] && in == "" && attributes["class"] != "hidden" {
				in, text = e.Name.Local, ""
			}
			if e.Name.Local == "img" {
				_, encoded, _ := strings.Cut(attributes["src"], ";base64,")
				picture, err := base64.StdEncoding.DecodeString(encoded)
				if err != nil || attributes["alt"] == "" {
					t.Errorf("a picture of %d bytes: %v, %q", len(encoded), err, attributes["alt"])
				}
				pictures = append(pictures, picture)
			}
		case xml.CharData:
			text += string(e)
		case xml.EndElement:
			if e.Name.Local == in {
				texts, in = append(texts, text), ""
			}
		}
	}
}

package generate

import (
	"bytes"
	"image"
	"image/png"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// Everything is a report on the form with a bit of all that is printed: headings of three
// levels, a picture, attachments, a signature and what stands below it. Its figures count
// up from first, whether they add up or not.
func Everything(f *form.Form, first int64) (*report.Report, error) {
	r := f.Blank()
	r.Organization, r.Year = "某县水务局", Year
	for _, table := range r.Tables {
		for _, row := range table.Rows {
			for i := range row.Figures {
				row.Figures[i].Value = report.Int(first)
				first++
			}
		}
	}
	texts := func(key string, ps ...string) {
		for _, p := range ps {
			s := r.Section(key)
			s.Paragraphs = append(s.Paragraphs, report.Paragraph{Text: p})
		}
	}
	r.Preamble = []report.Paragraph{{Text: "根据《条例》编制，<5%>&“如下”。"}}
	texts("overview", "（一）主动公开。公开信息3条。", "（二）依申请公开", "1.健全制度", "修订办法。", "一、小结")
	texts("problems", "公开不够及时。")
	texts("other", "没有收费。", "附件：1.目录", "2.统计表", "某县水务局", "2025年01月05日", "（此件公开发布）")
	var picture bytes.Buffer
	if err := png.Encode(&picture, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		return nil, err
	}
	r.Pictures = []report.Picture{{Bytes: picture.Bytes(), Type: "png", Section: "overview", After: 1}}
	return r, nil
}

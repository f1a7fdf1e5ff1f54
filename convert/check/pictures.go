package check

import (
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// pictures says which pictures are printed and which are in no output: R111.
func (s *subject) pictures() []finding.Finding {
	var printed, lost []report.Cell
	var reasons []string
	for i := range s.Pictures {
		p := &s.Pictures[i]
		if p.Printable() {
			printed = append(printed, p.Cell)
			continue
		}
		lost = append(lost, p.Cell)
		if t := strings.ToUpper(p.Type); p.Section != "" && t != "" && (p.Bytes == nil || t != "PNG" && t != "JPEG") {
			reasons = append(reasons, p.Cell.Name()+" "+t)
		}
	}
	var found []finding.Finding
	switch {
	case len(reasons) > 0:
		found = append(found, newFinding("R111", report.Path{}, lost, "", "", message.New("R111.types", len(lost), placeList(lost), strings.Join(reasons, "、"))))
	case len(lost) > 0:
		found = append(found, newFinding("R111", report.Path{}, lost, "", "", message.New("R111", len(lost), placeList(lost))))
	}
	if len(printed) > 0 {
		f := newFinding("R111", report.Path{}, printed, "", "", message.New("R111.printed", len(printed), placeList(printed)))
		f.Severity = finding.Info
		found = append(found, f)
	}
	return found
}

var pictureRules = []finding.Rule{{
	ID: "R111", Severity: finding.Warning, Since: "0.2", Clause: form2021,
	Title:   message.Both("图片", "A picture"),
	Text:    message.Both("文字部分中的PNG、JPEG图片按原位置印入PDF（提示）；表格内、各部分以外的图片和其他类型的图片不在任何输出文件中（警告）。JSON和规范表都没有图片。", "A PNG or JPEG in a text section is printed where it stands (info). One in a table, outside the sections or of another type is in no output (warning). The JSON and the normalized workbook have no pictures."),
	Advice:  message.Both("核对图片内容是否应当公开；要印出的，另存为PNG或JPEG放到文字部分，表格中的内容应填成数字或文字。", "See whether the picture is meant to be published. One that is goes into a text section as PNG or JPEG; what a table says is to be filled in as figures or text."),
	Example: message.Both("总体情况里插入了一张柱状图。", "A bar chart stands in section one as a picture."),
}}

package mark

import (
	"strings"

	"nianbao/convert/annotation"
	"nianbao/convert/message"
	"nianbao/convert/opc"
	"nianbao/convert/workbook"
)

// columns are those of the list of findings, with their widths in twentieths of a
// point; together they fill the width of the page.
var columns = []struct {
	key   string
	width int
	left  bool // text, to the left; else centred
}{{"number", 700, false}, {"severity", 800, false}, {"rule", 900, false}, {"place", 1700, true}, {"message", 4900, true},
	{"expected", 1300, false}, {"actual", 1300, false}, {"advice", 2798, true}}

// list puts the page with the list of findings in front of the document: a section of
// its own, on its side.
func (m *marking) list(marks []annotation.Mark) {
	errors, warnings := annotation.Count(marks)
	var b strings.Builder
	b.WriteString(m.line(workbook.ResultTitle+message.New("annotate.document.title", errors, warnings).In(message.Chinese), "黑体", 30))
	for _, s := range append([]string{message.New("annotate.document.note").In(message.Chinese)}, m.said...) {
		b.WriteString(m.line(s, "宋体", 21))
	}
	b.WriteString(m.xml(`<w:tbl><w:tblPr><w:tblW w:w="14398" w:type="dxa"/><w:tblBorders>`))
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		b.WriteString(m.xml(`<w:` + side + ` w:val="single" w:sz="4" w:space="0" w:color="auto"/>`))
	}
	b.WriteString(m.xml(`</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`))
	for _, c := range columns {
		b.WriteString(m.xml(`<w:gridCol w:w="%d"/>`, c.width))
	}
	b.WriteString(m.xml(`</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>`))
	for i, c := range columns {
		b.WriteString(m.cell(i, "黑体", "", message.New("annotate."+c.key).In(message.Chinese), ""))
	}
	b.WriteString(m.xml(`</w:tr>`))
	number := 0
	for _, mark := range marks {
		if !mark.Follows {
			number++
		}
		b.WriteString(m.result(number, mark))
	}
	b.WriteString(m.xml(`</w:tbl>`))
	m.bookmark++
	b.WriteString(m.xml(`<w:p><w:pPr><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>`+
		`<w:pgMar w:top="1134" w:right="1220" w:bottom="1134" w:left="1220" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:pPr>`+
		`<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/></w:p>`, m.bookmark, bookmarkPrefix, m.bookmark))
	m.patch.Replace(m.body, m.body, b.String())
}

// result is the row of one finding.
func (m *marking) result(number int, mark annotation.Mark) string {
	fill := mark.Fill(!mark.Follows)
	where, link := "", ""
	if n := len(mark.Cells); n > 0 {
		where, link = mark.Cells[0].String(), m.links[mark.Cells[0]]
		if n > 1 {
			where = message.New("annotate.document.places", where, n).In(message.Chinese)
		}
	}
	says := mark.Message
	if mark.Follows {
		says = annotation.Beneath + says
	}
	var b strings.Builder
	b.WriteString(m.xml(`<w:tr><w:trPr><w:cantSplit/></w:trPr>`))
	for i, text := range []string{"", mark.Severity(), mark.Rule, where, says, mark.Expected, mark.Actual, mark.Advice} {
		of, to := "", ""
		switch i {
		case 0:
			if !mark.Follows {
				text = m.xml("%d", number)
			}
		case 1:
			of = fill
		case 3:
			to = link
		}
		b.WriteString(m.cell(i, "宋体", of, text, to))
	}
	b.WriteString(m.xml(`</w:tr>`))
	return b.String()
}

// cell is a cell of the list, with a shade and a link to a bookmark where they are not "".
func (m *marking) cell(column int, face, fill, text, link string) string {
	c := columns[column]
	shading := ""
	if fill != "" {
		shading = m.shading(fill)
	}
	to := "center"
	if c.left {
		to = "left"
	}
	run := m.run(text, face, 21, link != "")
	if link != "" {
		run = m.xml(`<w:hyperlink w:anchor="%s">%s</w:hyperlink>`, link, run)
	}
	return m.xml(`<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>%s<w:vAlign w:val="center"/></w:tcPr>%s%s</w:p></w:tc>`, c.width, shading, m.paragraph(to), run)
}

// line is a paragraph of one text.
func (m *marking) line(text, face string, size int) string {
	return m.paragraph("left") + m.run(text, face, size, false) + m.xml(`</w:p>`)
}

// paragraph begins a paragraph that looks the same whatever the document's styles say.
func (m *marking) paragraph(to string) string {
	return m.xml(`<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr><w:spacing w:before="40" w:after="40" w:line="280" w:lineRule="atLeast"/>`+
		`<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="%s"/></w:pPr>`, to)
}

func (m *marking) run(text, face string, size int, link bool) string {
	look, under := m.xml(`<w:color w:val="000000"/>`), ""
	if link {
		look, under = m.xml(`<w:color w:val="0563C1"/>`), m.xml(`<w:u w:val="single"/>`)
	}
	var lines strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			lines.WriteString(m.xml(`<w:br/>`))
		}
		lines.WriteString(m.xml(`<w:t xml:space="preserve">%s</w:t>`, opc.Escape(line)))
	}
	return m.xml(`<w:r><w:rPr><w:rFonts w:ascii="%s" w:hAnsi="%s" w:eastAsia="%s" w:hint="eastAsia"/>%s<w:sz w:val="%d"/><w:szCs w:val="%d"/>%s</w:rPr>%s</w:r>`,
		face, face, face, look, size, size, under, lines.String())
}

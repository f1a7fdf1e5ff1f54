package docx

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/document"
)

// The faces, by the names that Windows and WPS Office have them under.
const (
	fangsong = "仿宋"
	hei      = "黑体"
	kai      = "楷体"
	song     = "宋体"
	biaosong = "方正小标宋简体"
)

// fonts say what may serve where a face is not installed.
var fonts = []struct{ name, other, family string }{
	{fangsong, "仿宋_GB2312", "modern"}, {hei, "SimHei", "modern"}, {kai, "楷体_GB2312", "modern"}, {song, "SimSun", "auto"}, {biaosong, "宋体", "script"},
}

// style is a paragraph style. What is zero is as in the style that it is based on.
type style struct {
	id, name string // the name is the one that Word knows a built-in style by
	next     string // of the paragraph that follows, when one is typed; "" is the same
	ppr, rpr string
}

// The styles. Their ids are what paragraphs name.
const (
	styleText        = "BodyText"
	styleTitle       = "Title"
	styleSignature   = "Signature"
	styleDate        = "Date"
	styleAttachments = "Attachments"
	stylePicture     = "Picture"
	styleFigure      = "TableText"
	styleHead        = "TableHead"
	styleFooter      = "Footer"
	styleHeader      = "Header"
)

// styleOf is the paragraph style of a heading, by its level.
func styleOf(level int) string { return "Heading" + strconv.Itoa(level) }

// runIn are the character styles of headings that text follows on their line.
var runIn = [...]string{document.Body: "", document.First: "RunIn1", document.Second: "RunIn2", document.Third: "RunIn3"}

// faces are those of the styles of text.
var faces = [...]string{document.Body: fangsong, document.First: hei, document.Second: kai, document.Third: fangsong}

// indent is the first line's, of two characters.
const indent = `<w:ind w:firstLineChars="200" w:firstLine="632"/>`

// untracked undoes what brings the text's characters onto the grid.
const untracked = `<w:spacing w:val="0"/>`

func face(name string) string {
	return fmt.Sprintf(`<w:rFonts w:ascii="%[1]s" w:eastAsia="%[1]s" w:hAnsi="%[1]s" w:cs="%[1]s"/>`, name)
}

func size(points float64) string {
	return fmt.Sprintf(`<w:sz w:val="%[1]s"/><w:szCs w:val="%[1]s"/>`, halves(points))
}

// paragraphStyles lists the styles of paragraphs.
func paragraphStyles() []style {
	all := []style{
		{styleText, "Body Text", "", indent, ""},
		{styleTitle, "Title", styleText, fmt.Sprintf(`<w:keepNext/><w:keepLines/><w:spacing w:after="%d" w:line="%d" w:lineRule="exact"/><w:jc w:val="center"/>`, belowTitle(1), titleLead), face(biaosong) + untracked + size(sizeTitle)},
	}
	for level := 1; level < len(faces); level++ {
		all = append(all, style{styleOf(level), "heading " + strconv.Itoa(level), styleText,
			fmt.Sprintf(`<w:keepNext/><w:keepLines/>%s<w:outlineLvl w:val="%d"/>`, indent, level-1), face(faces[level])})
	}
	const natural = `<w:spacing w:line="240" w:lineRule="auto"/>` // as high as what stands in it
	cell := natural + `<w:jc w:val="center"/>`
	return append(all,
		style{styleAttachments, "附件说明", "", `<w:jc w:val="left"/>`, ""},
		style{styleSignature, "Signature", styleDate, `<w:keepNext/><w:keepLines/><w:jc w:val="right"/>`, ""},
		style{styleDate, "Date", styleText, `<w:keepLines/><w:jc w:val="right"/>`, ""},
		style{stylePicture, "图片", styleText, natural + `<w:jc w:val="center"/>`, ""},
		style{styleFigure, "表格文字", "", cell, face(song) + untracked + size(sizeTable)},
		style{styleHead, "表格标题", "", cell, face(hei) + untracked + size(sizeTable)},
		style{styleHeader, "header", "", natural + `<w:jc w:val="center"/>`, face(song) + untracked + size(sizeTable)},
		style{styleFooter, "footer", "", natural + `<w:jc w:val="right"/>`, face(song) + untracked + size(sizePageNumber)},
	)
}

// stylesPart is word/styles.xml.
func stylesPart() string {
	var b strings.Builder
	b.WriteString(`<w:styles xmlns:w="` + namespace + `"><w:docDefaults><w:rPrDefault><w:rPr>` + face(fangsong) + size(sizeBody) +
		`<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>`)
	// The grid of the page is of 22 lines of 28 characters, but LibreOffice gives a character
	// that is wider than its place in the grid two: lines and characters have the grid's
	// distances by themselves.
	fmt.Fprintf(&b, `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>`+
		`<w:pPr><w:widowControl/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/><w:snapToGrid w:val="0"/><w:spacing w:line="%d" w:lineRule="exact"/><w:jc w:val="both"/></w:pPr>`+
		`<w:rPr>%s<w:spacing w:val="%d"/>%s</w:rPr></w:style>`, pitch, face(fangsong), tracking, size(sizeBody))
	b.WriteString(`<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>`)
	b.WriteString(`<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/>` +
		`<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>`)
	for _, s := range paragraphStyles() {
		custom := ""
		if s.name[0] >= utf8.RuneSelf { // Word knows no style of this name
			custom = ` w:customStyle="1"`
		}
		b.WriteString(`<w:style w:type="paragraph"` + custom + ` w:styleId="` + s.id + `"><w:name w:val="` + s.name + `"/><w:basedOn w:val="Normal"/>`)
		if s.next != "" {
			b.WriteString(`<w:next w:val="` + s.next + `"/>`)
		}
		b.WriteString(`<w:qFormat/><w:pPr>` + s.ppr + `</w:pPr>`)
		if s.rpr != "" {
			b.WriteString(`<w:rPr>` + s.rpr + `</w:rPr>`)
		}
		b.WriteString(`</w:style>`)
	}
	for level := 1; level < len(faces); level++ {
		fmt.Fprintf(&b, `<w:style w:type="character" w:customStyle="1" w:styleId="%s"><w:name w:val="段首%d级标题"/><w:qFormat/><w:rPr>%s</w:rPr></w:style>`, runIn[level], level, face(faces[level]))
	}
	b.WriteString(`</w:styles>`)
	return b.String()
}

// fontsPart is word/fontTable.xml.
func fontsPart() string {
	var b strings.Builder
	b.WriteString(`<w:fonts xmlns:w="` + namespace + `">`)
	for _, f := range fonts {
		fmt.Fprintf(&b, `<w:font w:name="%s"><w:altName w:val="%s"/><w:charset w:val="86"/><w:family w:val="%s"/><w:pitch w:val="variable"/></w:font>`, f.name, f.other, f.family)
	}
	b.WriteString(`</w:fonts>`)
	return b.String()
}

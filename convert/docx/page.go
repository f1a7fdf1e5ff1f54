package docx

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"
)

// side is a page that shows its outer edge at the right or at the left. Word calls the
// one default, unless pages at the left have an own header or footer.
type side struct {
	kind    string // in references
	align   string // of the page number
	header  string // the names of its parts in the folder word
	footer  string
	idOfTop string // the ids of the relations to them
	idOfEnd string
}

var sides = []side{
	{"default", "right", "header1.xml", "footer1.xml", "header1", "footer1"},
	{"even", "left", "header2.xml", "footer2.xml", "header2", "footer2"},
}

// section is the page that everything stands on: margins, and the grid of 22 lines of 28
// characters.
func section(draft bool) string {
	s := `<w:sectPr>`
	if draft {
		for _, side := range sides {
			s += fmt.Sprintf(`<w:headerReference w:type="%s" r:id="%s"/>`, side.kind, side.idOfTop)
		}
	}
	for _, side := range sides {
		s += fmt.Sprintf(`<w:footerReference w:type="%s" r:id="%s"/>`, side.kind, side.idOfEnd)
	}
	space := int(math.Floor((character/20 - sizeBody) * 4096)) // between characters of the text, in 1/4096 of a point
	return s + fmt.Sprintf(`<w:pgSz w:w="%d" w:h="%d"/><w:pgMar w:top="%d" w:right="%d" w:bottom="%d" w:left="%d" w:header="%d" w:footer="%d" w:gutter="0"/>`+
		`<w:pgNumType w:start="1"/><w:cols w:space="720"/><w:docGrid w:type="linesAndChars" w:linePitch="%d" w:charSpace="%d"/></w:sectPr>`,
		pageWidth, pageHeight, marginTop, marginRight, marginBottom, marginLeft, marginHeader, marginFooter, pitch, space)
}

// footerPart is the footer of a side: — 1 —, one character in from the outer edge.
func (s side) footerPart() string {
	field := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	text := func(t string) string { return `<w:r><w:t xml:space="preserve">` + t + `</w:t></w:r>` }
	return `<w:ftr ` + namespaces + `><w:p><w:pPr><w:pStyle w:val="` + styleFooter + `"/><w:ind w:` + s.align + `="` + strconv.Itoa(twips(sizePageNumber)) + `"/><w:jc w:val="` + s.align + `"/></w:pPr>` +
		text("— ") + field("begin") + `<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>` + field("separate") + text("1") + field("end") + text(" —") + `</w:p></w:ftr>`
}

// headerPart is the header of a side of a draft, which carries the mark along the page's
// rising diagonal, behind the text. The mark is stretched to the width that it is given.
func (s side) headerPart(n int, mark string) string {
	const perCharacter = 61 // with a narrow space among them
	width := perCharacter * utf8.RuneCountInString(mark)
	angle := 360 - int(math.Round(math.Atan2(pageHeight, pageWidth)*180/math.Pi))
	return `<w:hdr ` + namespaces + ` xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><w:p><w:pPr><w:pStyle w:val="` + styleHeader + `"/></w:pPr><w:r><w:pict>` +
		`<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>` +
		`<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>` +
		`<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>` +
		`<v:path textpathok="t" o:connecttype="rect"/><v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>` +
		fmt.Sprintf(`<v:shape id="PowerPlusWaterMarkObject%[1]d" o:spid="_x0000_s%[2]d" type="#_x0000_t136" alt="%[3]s" style="position:absolute;margin-left:0;margin-top:0;width:%[6]dpt;height:64pt;rotation:%[4]d;z-index:-251658752;`+
			`mso-position-horizontal:center;mso-position-horizontal-relative:page;mso-position-vertical:center;mso-position-vertical-relative:page" o:allowincell="f" fillcolor="#e0e0e0" stroked="f">`+
			`<v:textpath style="font-family:&quot;%[5]s&quot;;font-size:64pt" string="%[3]s"/></v:shape>`, n, 2048+n, mark, angle, hei, width) +
		`</w:pict></w:r></w:p></w:hdr>`
}

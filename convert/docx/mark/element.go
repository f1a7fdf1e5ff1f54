package mark

import (
	"slices"

	"nianbao/convert/message"
	"nianbao/convert/opc"
	"nianbao/convert/workbook/word"
)

// What may stand before the shading among the properties of a paragraph and of a
// cell, ECMA-376 part 1, 17.3.1.26 and 17.4.69: Word refuses another order.
var (
	beforeShading = map[string][]string{
		"pPr":  {"pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr"},
		"tcPr": {"cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders"},
	}
)

// element is the tree of the element at a place of the document.
func (m *marking) element(at word.Span, name string) (*opc.Element, error) {
	if at.From < 0 || at.To > int64(len(m.src)) || at.From >= at.To {
		return nil, message.NewError("read.damaged")
	}
	e, err := opc.Parse(m.src[at.From:at.To])
	if err != nil || e.Local() != name || e.Start != 0 {
		return nil, message.NewError("read.damaged") // a part in an encoding of its own
	}
	return e, nil
}

func child(e *opc.Element, name string) *opc.Element {
	i := slices.IndexFunc(e.Children, func(c *opc.Element) bool { return c.Local() == name })
	if i < 0 {
		return nil
	}
	return e.Children[i]
}

// shadeCell gives a cell a shade.
func (m *marking) shadeCell(c *word.Cell, fill string) error {
	e, err := m.element(c.Span, "tc")
	if err != nil {
		return err
	}
	if p := child(e, "tcPr"); p != nil {
		m.shade(p, int(c.From), fill)
		return nil
	}
	at := int(c.From) + e.Inner
	m.patch.Replace(at, at, m.xml("<w:tcPr>")+m.shading(fill)+m.xml("</w:tcPr>"))
	return nil
}

// markParagraph gives a paragraph a shade, unless that is "", and puts begin and end
// around its content.
func (m *marking) markParagraph(p *word.Paragraph, fill, begin, end string) error {
	e, err := m.element(p.Span, "p")
	if err != nil {
		return err
	}
	base := int(p.From)
	properties := ""
	if fill != "" {
		properties = m.xml("<w:pPr>") + m.shading(fill) + m.xml("</w:pPr>")
	}
	if e.Tag().Empty() {
		m.patch.Replace(base, base+e.End, string(e.Tag().Opened())+properties+begin+end+"</"+e.Name+">")
		return nil
	}
	at := base + e.Inner
	if had := child(e, "pPr"); had != nil {
		at = base + had.End
		if fill != "" {
			m.shade(had, base, fill)
		}
		properties = ""
	}
	m.patch.Replace(at, at, properties+begin)
	m.patch.Replace(base+e.InnerEnd, base+e.InnerEnd, end)
	return nil
}

func (m *marking) shading(fill string) string {
	return m.xml(`<w:shd w:val="clear" w:color="auto" w:fill="%s"/>`, fill)
}

// shade gives the properties of a paragraph or of a cell a shade. base is where the
// tree begins that they are in.
func (m *marking) shade(properties *opc.Element, base int, fill string) {
	shading := m.shading(fill)
	if properties.Tag().Empty() {
		m.patch.Replace(base+properties.Start, base+properties.End, string(properties.Tag().Opened())+shading+"</"+properties.Name+">")
		return
	}
	if had := child(properties, "shd"); had != nil {
		m.patch.Replace(base+had.Start, base+had.End, shading)
		return
	}
	at := properties.InnerEnd
	for _, c := range properties.Children {
		if !slices.Contains(beforeShading[properties.Local()], c.Local()) {
			at = c.Start
			break
		}
	}
	m.patch.Replace(base+at, base+at, shading)
}

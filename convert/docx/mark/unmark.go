package mark

import (
	"slices"
	"strings"

	"nianbao/convert/annotation"
	"nianbao/convert/message"
	"nianbao/convert/opc"
)

// unmark takes out of a marked copy that was corrected and sent back what we put into
// it, and reports whether it is one: the page with findings, our comments, shades and
// bookmarks. What a shade stood instead of is not known, so there is none then.
func (m *marking) unmark() (bool, error) {
	ids, err := m.dropComments()
	if err != nil {
		return false, err
	}
	if len(ids) == 0 && len(m.document.Front) == 0 {
		return false, nil
	}
	root, err := opc.Parse(m.src)
	if err != nil {
		return false, message.NewError("read.damaged")
	}
	for _, i := range m.document.Front {
		if i.Table != nil {
			m.patch.Replace(int(i.Table.From), int(i.Table.To), "")
		} else {
			m.patch.Replace(int(i.Paragraph.From), int(i.Paragraph.To), "")
		}
	}
	bookmarks := map[string]bool{}
	var visit func(e, parent *opc.Element)
	visit = func(e, parent *opc.Element) {
		switch e.Local() {
		case "commentRangeStart", "commentRangeEnd":
			if ids[e.Attr("id")] {
				m.patch.Remove(e)
			}
		case "commentReference":
			if ids[e.Attr("id")] {
				whole := e
				if parent.Local() == "r" && len(withoutProperties(parent)) == 1 {
					whole = parent
				}
				m.patch.Remove(whole)
			}
		case "shd":
			if slices.Contains(annotation.Fills, strings.ToUpper(e.Attr("fill"))) && (parent.Local() == "pPr" || parent.Local() == "tcPr") {
				m.patch.Remove(e)
			}
		case "bookmarkStart":
			if strings.HasPrefix(e.Attr("name"), bookmarkPrefix) {
				bookmarks[e.Attr("id")] = true
				m.patch.Remove(e)
			}
		case "bookmarkEnd":
			if bookmarks[e.Attr("id")] {
				m.patch.Remove(e)
			}
		case "p": // that ends the section of the page with findings
			if properties := child(e, "pPr"); properties != nil && child(properties, "sectPr") != nil && slices.ContainsFunc(e.Children, func(c *opc.Element) bool {
				return c.Local() == "bookmarkStart" && c.Attr("name") == bookmarkPrefix
			}) {
				m.patch.Remove(e)
			}
		}
		for _, c := range e.Children {
			visit(c, e)
		}
	}
	visit(root, nil)
	m.pkg.Set(m.part, m.patch.Bytes())
	return true, nil
}

func withoutProperties(e *opc.Element) []*opc.Element {
	return slices.DeleteFunc(slices.Clone(e.Children), func(c *opc.Element) bool { return c.Local() == "rPr" })
}

// dropComments takes our comments out of the part that they are in, and out of those
// that say more of comments, and returns their numbers.
func (m *marking) dropComments() (map[string]bool, error) {
	ids, paragraphs := map[string]bool{}, map[string]bool{}
	part, err := m.commentsPart()
	if err != nil || part == "" {
		return ids, err
	}
	src, root, err := m.pkg.Tree(part)
	if err != nil {
		return nil, err
	}
	p := opc.NewPatch(src)
	for _, c := range root.Children {
		if c.Local() != "comment" || c.Attr("author") != author || !strings.HasPrefix(strings.TrimSpace(c.Text()), "【") {
			continue
		}
		ids[c.Attr("id")] = true
		for _, of := range c.Children {
			if id := of.Attr("paraId"); id != "" {
				paragraphs[id] = true
			}
		}
		p.Remove(c)
	}
	if !p.Changed() {
		return ids, nil
	}
	m.pkg.Set(part, p.Bytes())
	relations, err := m.pkg.Relations(m.part)
	if err != nil {
		return nil, err
	}
	for _, r := range relations {
		if kind := r.Kind(); kind != "commentsExtended" && kind != "commentsIds" || !m.pkg.Has(r.Target) {
			continue
		}
		src, root, err := m.pkg.Tree(r.Target)
		if err != nil {
			return nil, err
		}
		p := opc.NewPatch(src)
		for _, c := range root.Children {
			if paragraphs[c.Attr("paraId")] {
				p.Remove(c)
			}
		}
		if p.Changed() {
			m.pkg.Set(r.Target, p.Bytes())
		}
	}
	return ids, nil
}

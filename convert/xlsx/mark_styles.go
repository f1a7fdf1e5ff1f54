package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"nianbao/convert/annotation"
	"nianbao/convert/opc"
)

// The types of parts, and the namespaces of a workbook's elements and relations in the
// transitional and the strict form of the format.
const (
	plainSheetType   = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	worksheetType    = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
	stylesType       = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
	commentsType     = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
	vmlType          = "application/vnd.openxmlformats-officedocument.vmlDrawing"
	transitionalMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
	strictMain       = "http://purl.oclc.org/ooxml/spreadsheetml/main"
	transitionalRels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	strictRels       = "http://purl.oclc.org/ooxml/officeDocument/relationships"
)

// mostCellStyles is less than the cell styles that Excel takes.
const mostCellStyles = 64_000

// stylesheet is the styles part while styles are added to it.
type stylesheet struct {
	name   string // of the part
	root   *opc.Element
	patch  *opc.Patch
	prefix string

	fonts, fills, borders, cells *styleList
	coloured                     map[colouredStyle]int
}

// colouredStyle is a style of the submission in a colour of ours; "" is none.
type colouredStyle struct {
	style int
	fill  string
}

// styleList is a list of the stylesheet to which items are added.
type styleList struct {
	name  string
	at    *opc.Element // nil when the stylesheet has no such list
	items []string
	had   int
	index map[string]int
}

// styleOrder are the lists of a stylesheet in their order (ECMA-376 part 1, 18.8.39).
var styleOrder = []string{"numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs", "tableStyles", "colors", "extLst"}

// newStylesheet reads the styles from a part, or begins new ones for src nil.
func newStylesheet(name string, src []byte, main string) (*stylesheet, error) {
	if src == nil {
		src = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<styleSheet xmlns="` + main + `"/>`)
	}
	root, err := opc.Parse(src)
	if err != nil {
		return nil, err
	}
	s := &stylesheet{name: name, root: root, patch: opc.NewPatch(src), prefix: root.Prefix(), coloured: map[colouredStyle]int{}}
	s.fonts = s.list("fonts", s.xml(`<font><sz val="11"/><name val="宋体"/></font>`))
	s.fills = s.list("fills", s.xml(`<fill><patternFill patternType="none"/></fill>`), s.xml(`<fill><patternFill patternType="gray125"/></fill>`))
	s.borders = s.list("borders", s.xml(`<border><left/><right/><top/><bottom/><diagonal/></border>`))
	s.cells = s.list("cellXfs", s.xml(`<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>`))
	return s, nil
}

// xml gives the elements of a piece of XML the stylesheet's prefix.
func (s *stylesheet) xml(piece string) string {
	if s.prefix == "" {
		return piece
	}
	piece = strings.ReplaceAll(piece, "</", "\x00")
	piece = strings.ReplaceAll(piece, "<", "<"+s.prefix)
	return strings.ReplaceAll(piece, "\x00", "</"+s.prefix)
}

// list reads one of the lists. Items that every stylesheet must have are added
// where they are missing.
func (s *stylesheet) list(name string, must ...string) *styleList {
	l := &styleList{name: name, at: s.root.Child(name), index: map[string]int{}}
	if l.at != nil {
		for _, e := range l.at.Children {
			if e.Space != l.at.Space { // an alternative of a newer version
				continue
			}
			l.keep(string(e.Source()))
		}
	}
	l.had = len(l.items)
	for len(l.items) < len(must) {
		l.keep(must[len(l.items)])
	}
	return l
}

func (l *styleList) keep(item string) int {
	if _, ok := l.index[item]; !ok {
		l.index[item] = len(l.items)
	}
	l.items = append(l.items, item)
	return len(l.items) - 1
}

// add is the number of an item, which is added unless the list has one like it.
func (l *styleList) add(item string) int {
	if i, ok := l.index[item]; ok {
		return i
	}
	return l.keep(item)
}

// reserve makes sure that styles which cells use but the stylesheet lacks do not
// turn out to be ours.
func (s *stylesheet) reserve(most int) {
	for most < mostCellStyles && len(s.cells.items) <= most {
		s.cells.keep(s.cells.items[0])
	}
}

// colour is the number of a style that differs in its fill alone.
func (s *stylesheet) colour(style int, fill string) int {
	key := colouredStyle{style, fill}
	if n, ok := s.coloured[key]; ok {
		return n
	}
	base := style
	if base >= len(s.cells.items) {
		base = 0
	}
	if len(s.cells.items) >= mostCellStyles {
		return base
	}
	number := 0
	if fill != "" {
		number = s.fills.add(s.xml(`<fill><patternFill patternType="solid"><fgColor rgb="FF` + fill + `"/><bgColor indexed="64"/></patternFill></fill>`))
	}
	item := s.cells.items[base]
	n, tag, err := opc.Split([]byte(item), true)
	if err != nil {
		return base
	}
	changed := opc.Tag(tag).With("fillId", strconv.Itoa(number)).With("applyFill", "1")
	s.coloured[key] = s.cells.add(string(changed) + item[n:])
	return s.coloured[key]
}

// plain is the number of a style without our colour; ok is false when it has none
// of ours. What the cell had before is not known.
func (s *stylesheet) plain(style int) (n int, ok bool) {
	if style >= len(s.cells.items) {
		return style, false
	}
	_, tag, err := opc.Split([]byte(s.cells.items[style]), true)
	if err != nil {
		return style, false
	}
	fill, err := strconv.Atoi(string(opc.Tag(tag).Attr("fillId")))
	if err != nil || fill < 0 || fill >= len(s.fills.items) {
		return style, false
	}
	e, err := opc.Parse([]byte(s.fills.items[fill]))
	if err != nil {
		return style, false
	}
	front := e.Child("patternFill").Child("fgColor")
	if front == nil {
		return style, false
	}
	for _, ours := range annotation.Fills {
		if rgb := strings.ToUpper(front.Attr("rgb")); rgb == ours || rgb == "FF"+ours {
			return s.colour(style, ""), true
		}
	}
	return style, false
}

// add adds a style of ours.
func (s *stylesheet) add(font, border, alignment string, fill string) int {
	f, b, c := s.fonts.add(s.xml(font)), 0, 0
	if border != "" {
		b = s.borders.add(s.xml(border))
	}
	if fill != "" {
		c = s.fills.add(s.xml(`<fill><patternFill patternType="solid"><fgColor rgb="FF` + fill + `"/><bgColor indexed="64"/></patternFill></fill>`))
	}
	return s.cells.add(s.xml(fmt.Sprintf(`<xf numFmtId="0" fontId="%d" fillId="%d" borderId="%d" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">%s</xf>`, f, c, b, alignment)))
}

// bytes is the part with what was added.
func (s *stylesheet) bytes() []byte {
	made := map[string]string{}
	for _, l := range []*styleList{s.fonts, s.fills, s.borders, s.cells} {
		added := strings.Join(l.items[l.had:], "")
		switch {
		case added == "":
		case l.at == nil:
			made[l.name] = fmt.Sprintf(`<%s%s count="%d">%s</%[1]s%[2]s>`, s.prefix, l.name, len(l.items), added)
		default:
			s.patch.AppendTo(l.at, l.at.Tag().With("count", strconv.Itoa(len(l.items))), added)
		}
	}
	at := s.root.Children
	xml, now := "", 0
	for i, name := range styleOrder {
		for now < len(at) && before(at[now].Local(), i) {
			now++
		}
		if made[name] == "" {
			continue
		}
		if now < len(at) {
			s.patch.Replace(at[now].Start, at[now].Start, made[name])
		} else {
			xml += made[name]
		}
	}
	if xml != "" {
		s.patch.Append(s.root, xml)
	}
	return s.patch.Bytes()
}

// before reports whether an element of a stylesheet comes before the i-th list.
func before(name string, i int) bool {
	for k, n := range styleOrder {
		if n == name {
			return k < i
		}
	}
	return false
}

// Package mark writes marked copies of Word documents: the submission's own package,
// in which what findings name is shaded and has a comment, behind a first page with
// the list of findings.
package mark

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/annotation"
	"nianbao/convert/message"
	"nianbao/convert/opc"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
	"nianbao/convert/workbook/word"
)

// author is who comments.
const author = "nianbao"

// Annotate writes a marked copy of the document whose bytes are src. The cells and
// paragraphs that the marks name are shaded red or amber and have a comment each; a
// first page lists the marks, with links. What an earlier marked copy that was
// corrected and sent back has of that is taken out. So are macros, as the copy is a
// plain document, and digital signatures, which are of the submission as it was; the
// page says so. Parts that none of this touches keep their bytes, and what is not
// touched in the others does, too.
//
// The same submission and marks give the same bytes. The error is a [message.Error],
// the context's or that of w.
func Annotate(ctx context.Context, w io.Writer, src []byte, marks []annotation.Mark, limits workbook.Limits) error {
	m, err := open(ctx, src, limits.WithDefaults())
	if err != nil {
		return err
	}
	returned, err := m.unmark()
	if err != nil {
		return err
	}
	if returned { // what is where has changed
		var b bytes.Buffer
		if err := m.pkg.Write(&b); err != nil {
			return err
		}
		if m, err = open(ctx, b.Bytes(), limits.WithDefaults()); err != nil {
			return err
		}
	}
	marks = annotation.ErrorsFirst(marks)
	for _, step := range []func() error{m.dropMacros, m.dropSignatures, func() error { return m.mark(marks) }} {
		if err := step(); err != nil {
			return err
		}
	}
	m.list(marks)
	m.pkg.Set(m.part, m.patch.Bytes())
	return m.pkg.Write(w)
}

// marking is a marked copy while it is made.
type marking struct {
	pkg       *opc.Package
	document  *word.Document
	part      string // of the document
	src       []byte // its XML
	patch     *opc.Patch
	q, a      string // the prefixes of its elements and of their attributes …
	space     string // … and their namespace
	relations string // what the types of its relations begin with
	body      int    // where the body begins, its tag included
	places    map[report.Cell]place
	bookmark  int // the last number of one
	links     map[report.Cell]string
	said      []string // what the copy does not keep
}

// place is a cell or a paragraph of the document.
type place struct {
	cell      *word.Cell
	paragraph *word.Paragraph // of a cell its first one, which has the comment
}

var bodyTag = regexp.MustCompile(`<([A-Za-z_][\w.-]*:)?body(\s[^<>]*)?>`)

func open(ctx context.Context, src []byte, limits workbook.Limits) (*marking, error) {
	b, err := workbook.Open(ctx, src, limits)
	if err != nil {
		return nil, err
	}
	m := &marking{places: map[report.Cell]place{}, links: map[report.Cell]string{}}
	if m.document, m.part, err = b.Document(ctx); err != nil {
		return nil, err
	}
	if m.pkg, err = opc.Open(ctx, src, limits.Unpacked); err != nil {
		return nil, err
	}
	if m.src, err = m.pkg.Read(m.part); err != nil {
		return nil, err
	}
	m.patch = opc.NewPatch(m.src)
	at := bodyTag.FindSubmatchIndex(m.src)
	if at == nil {
		return nil, message.NewError("read.damaged")
	}
	if m.body = at[1]; at[2] >= 0 {
		m.q = string(m.src[at[2]:at[3]])
	}
	if err := m.readSpaces(); err != nil {
		return nil, err
	}
	for _, id := range bookmarkID.FindAllSubmatch(m.src, -1) {
		n, _ := strconv.Atoi(string(id[1]))
		m.bookmark = max(m.bookmark, n)
	}
	m.find(m.document.Body, false)
	return m, nil
}

// readSpaces learns the namespaces that the document is written in.
func (m *marking) readSpaces() error {
	for at := 0; at < m.body; {
		n, piece, err := opc.Split(m.src[at:], true)
		if err != nil {
			return err
		}
		if at += n; !opc.IsTag(piece) {
			continue
		}
		name := "xmlns:" + strings.TrimSuffix(m.q, ":")
		declared := regexp.MustCompile(`\s` + regexp.QuoteMeta(strings.TrimSuffix(name, ":")) + `\s*=\s*["']([^"']*)["']`).FindSubmatch(piece)
		if declared != nil {
			m.space = opc.Unescape(string(declared[1]))
		}
		if m.a = m.q; m.q == "" {
			m.a, _ = opc.Tag(piece).PrefixOf(m.space)
		}
		break
	}
	root, err := m.pkg.Relations("")
	if r, ok := opc.First(root, "officeDocument"); ok {
		m.relations = strings.TrimSuffix(r.Type, "/officeDocument")
	}
	return err
}

var bookmarkID = regexp.MustCompile(`bookmarkStart\s[^<>]*?id="(\d{1,9})"`)

// find finds the places of cells and paragraphs.
func (m *marking) find(items []word.Item, inCell bool) {
	for _, i := range items {
		if p := i.Paragraph; p != nil && !inCell && p.Number > 0 {
			m.places[report.Cell{Row: p.Number}] = place{paragraph: p}
		}
		if i.Table == nil {
			continue
		}
		for k := range i.Table.Cells {
			c := &i.Table.Cells[k]
			at := place{cell: c}
			if first := slices.IndexFunc(c.Items, func(i word.Item) bool { return i.Paragraph != nil }); first >= 0 {
				at.paragraph = c.Items[first].Paragraph
			}
			m.places[report.Cell{Sheet: workbook.TableName(i.Table.Number), Row: c.Row, Column: c.Column}] = at
			m.find(c.Items, true)
		}
	}
}

// xml writes XML with the document's prefixes where the format has w:.
func (m *marking) xml(format string, args ...any) string {
	if m.q != "w:" {
		format = strings.NewReplacer("<w:", "<"+m.q, "</w:", "</"+m.q, " w:", " "+m.a).Replace(format)
	}
	return fmt.Sprintf(format, args...)
}

// dropMacros leaves out macros and what makes a document a template, as the copy's
// extension says: Word opens no other.
func (m *marking) dropMacros() error {
	const plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
	dropped := false
	err := m.pkg.Unrelate(m.part, func(r opc.Relation) bool {
		macros := r.Kind() == "vbaProject"
		dropped = dropped || macros
		return macros
	})
	if m.pkg.RemoveOf("application/vnd.ms-office.vbaProject") || dropped {
		m.pkg.RemoveOf("application/vnd.ms-word.vbaData+xml")
		m.said = append(m.said, message.New("annotate.macros").In(message.Chinese))
	}
	m.pkg.SetType(m.part, plain)
	return err
}

// dropSignatures takes out digital signatures: they are of the submission as it was.
func (m *marking) dropSignatures() error {
	dropped, err := m.pkg.Unsign()
	if dropped {
		for _, name := range m.pkg.Names() {
			if strings.HasPrefix(name, "_xmlsignatures/") {
				m.pkg.Remove(name)
			}
		}
		m.said = append(m.said, message.New("annotate.signature").In(message.Chinese))
	}
	return err
}

// placeMark is what is done to one place.
type placeMark struct {
	fill  string
	texts []string
}

// mark shades what the marks name and comments on it.
func (m *marking) mark(marks []annotation.Mark) error {
	on := map[report.Cell]*placeMark{}
	var order []report.Cell
	for _, mark := range marks { // errors come first
		for _, p := range mark.Places() {
			if _, ok := m.places[p.Cell]; !ok {
				continue
			}
			if on[p.Cell] == nil {
				on[p.Cell] = &placeMark{fill: p.Fill}
				order = append(order, p.Cell)
			}
			on[p.Cell].fill = annotation.Over(on[p.Cell].fill, p.Fill)
			on[p.Cell].texts = append(on[p.Cell].texts, p.Comment)
		}
	}
	comments, err := m.openComments()
	if err != nil {
		return err
	}
	for _, c := range order {
		at := m.places[c]
		begin, end := "", ""
		if at.paragraph != nil && !at.paragraph.Boxed { // a text box takes no comments
			id := comments.add(strings.Join(on[c].texts, "\n"))
			begin, end = m.anchor(c, id)
		}
		fill := on[c].fill
		if at.cell != nil {
			if !at.cell.Nested() {
				if err := m.shadeCell(at.cell, fill); err != nil {
					return err
				}
			}
			fill = ""
		}
		if at.paragraph != nil {
			if err := m.markParagraph(at.paragraph, fill, begin, end); err != nil {
				return err
			}
		}
	}
	return comments.write()
}

// anchor is what stands around a text with a comment: its range, and the bookmark that
// the list links to.
func (m *marking) anchor(c report.Cell, comment int) (begin, end string) {
	m.bookmark++
	m.links[c] = fmt.Sprintf("%s%d", bookmarkPrefix, len(m.links)+1)
	return m.xml(`<w:bookmarkStart w:id="%d" w:name="%s"/><w:bookmarkEnd w:id="%d"/><w:commentRangeStart w:id="%d"/>`, m.bookmark, m.links[c], m.bookmark, comment),
		m.xml(`<w:commentRangeEnd w:id="%d"/><w:r><w:commentReference w:id="%d"/></w:r>`, comment, comment)
}

// bookmarkPrefix begins the names of our bookmarks; Word hides those with _.
const bookmarkPrefix = "_nianbao"

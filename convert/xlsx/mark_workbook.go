package xlsx

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"nianbao/convert/message"
	"nianbao/convert/opc"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// marking is a marked copy while it is made.
type marking struct {
	pkg    *opc.Package
	part   string // the workbook's
	root   *opc.Element
	patch  *opc.Patch
	sheets []*listedSheet
	styles *stylesheet
	vml    *vmlNumbers
	main   string // the namespace of the workbook's elements
	rels   string // and of relations
	said   []string
	alone  map[report.Cell]string // marked cells without a comment, and why
}

// listedSheet is an entry of the workbook's list of sheets.
type listedSheet struct {
	name, kind, part string
	element          *opc.Element
	gone             bool // not in the copy
}

// openMarking opens a workbook to be marked.
func openMarking(ctx context.Context, src []byte, limits workbook.Limits) (*marking, error) {
	if f := workbook.Sniff(src); f != workbook.XLSX {
		return nil, message.NewError("read.format.unmarked")
	}
	pkg, err := opc.Open(ctx, src, limits.WithDefaults().Unpacked)
	if err != nil {
		return nil, err
	}
	m := &marking{pkg: pkg, part: "xl/workbook.xml", alone: map[report.Cell]string{}}
	root, err := pkg.Relations("")
	if err != nil {
		return nil, err
	}
	if r, ok := opc.First(root, "officeDocument"); ok {
		m.part = r.Target
	}
	if !pkg.Has(m.part) {
		return nil, message.NewError("read.noworkbook")
	}
	book, tree, err := pkg.Tree(m.part)
	if err != nil {
		return nil, err
	}
	if tree.Local() != "workbook" { // a document of another program
		return nil, message.NewError("read.format.unmarked")
	}
	m.root, m.patch = tree, opc.NewPatch(book)
	m.main, m.rels = transitionalMain, transitionalRels
	if tree.Space == strictMain {
		m.main, m.rels = strictMain, strictRels
	}
	relations, err := pkg.Relations(m.part)
	if err != nil {
		return nil, err
	}
	for _, e := range tree.Child("sheets").All("sheet") {
		s := &listedSheet{name: e.Attr("name"), element: e}
		for _, r := range relations {
			if r.ID == e.Attr("id") && r.Target != "" && pkg.Has(r.Target) {
				s.kind, s.part = r.Kind(), r.Target
			}
		}
		m.sheets = append(m.sheets, s)
	}
	if len(m.sheets) == 0 {
		return nil, message.NewError("read.nosheets")
	}
	return m, m.openStyles(relations)
}

func (m *marking) openStyles(relations []opc.Relation) error {
	name := m.folder() + "styles.xml"
	r, related := opc.First(relations, "styles")
	if related {
		name = r.Target
	}
	var src []byte
	if m.pkg.Has(name) {
		var err error
		if src, err = m.pkg.Read(name); err != nil {
			return err
		}
	}
	var err error
	if m.styles, err = newStylesheet(name, src, m.main); err != nil {
		return damagedPart(name, err)
	}
	if !related {
		_, err = m.pkg.Relate(m.part, m.rels+"/styles", name)
	}
	return err
}

func damagedPart(name string, err error) error {
	return &message.Error{Message: message.New("read.damaged"), Err: errors.Join(errors.New(name), err)}
}

// folder is where the workbook's parts lie.
func (m *marking) folder() string { return m.part[:strings.LastIndexByte(m.part, '/')+1] }

// dropMacros leaves out macros, as the copy's extension says: Excel opens no other.
func (m *marking) dropMacros() error {
	dropped := false
	for _, s := range m.sheets {
		if s.kind == "xlMacrosheet" || s.kind == "xlIntlMacrosheet" {
			s.gone, dropped = true, true
		}
	}
	err := m.pkg.Unrelate(m.part, func(r opc.Relation) bool {
		macro := false
		switch r.Kind() {
		case "vbaProject", "attachedToolbars", "xlMacrosheet", "xlIntlMacrosheet":
			macro = true
		}
		dropped = dropped || macro
		return macro
	})
	dropped = m.pkg.RemoveOf("application/vnd.ms-office.vbaProject") || dropped
	if dropped {
		m.said = append(m.said, message.New("annotate.macros").In(message.Chinese))
	}
	m.pkg.SetType(m.part, plainSheetType)
	return err
}

// dropSignatures takes out digital signatures: they are of the submission as it was.
func (m *marking) dropSignatures() error {
	dropped, err := m.pkg.Unsign()
	if dropped {
		m.said = append(m.said, message.New("annotate.signature").In(message.Chinese))
	}
	return err
}

// dropResults takes out the list of findings of a marked copy that was sent back.
func (m *marking) dropResults() error {
	for _, s := range m.sheets {
		if s.kind != "worksheet" || !strings.HasPrefix(s.name, workbook.ResultSheet) {
			continue
		}
		first, err := m.firstText(s.part)
		if err != nil {
			return err
		}
		if strings.HasPrefix(first, workbook.ResultTitle) {
			s.gone = true
		}
	}
	return nil
}

// writeBook puts the list of findings in front of the sheets; what counts sheets
// counts it, too.
func (m *marking) writeBook(name, relation string) error {
	sheets := m.root.Child("sheets")
	moved := map[int]int{} // the sheets' places by those that they had
	ids, next := map[string]bool{}, 1
	for i, s := range m.sheets {
		ids[s.element.Attr("sheetId")] = true
		if s.gone {
			m.patch.Remove(s.element)
			continue
		}
		moved[i] = next
		next++
	}
	id := 1
	for ids[strconv.Itoa(id)] {
		id++
	}
	attribute := m.relationAttr(sheets)
	m.patch.Replace(sheets.Inner, sheets.Inner, `<`+sheets.Prefix()+`sheet name="`+opc.Escape(name)+`" sheetId="`+strconv.Itoa(id)+`" `+attribute+`="`+relation+`"/>`)

	defined := m.root.Child("definedNames")
	kept := 0
	for _, e := range defined.All("definedName") {
		local, err := strconv.Atoi(e.Attr("localSheetId"))
		now, there := moved[local]
		switch {
		case err == nil && !there, m.ofGone(e):
			m.patch.Remove(e)
			continue
		case err == nil:
			m.patch.SetAttr(e, "localSheetId", strconv.Itoa(now))
		}
		kept++
	}
	if defined != nil && kept == 0 && len(defined.Children) > 0 {
		m.patch.Remove(defined)
	}
	for _, e := range m.root.Child("bookViews").All("workbookView") {
		tag := e.Tag()
		for _, a := range []string{"activeTab", "firstSheet"} { // the list is what opens
			if tag.Attr(a) != nil {
				tag = tag.With(a, "0")
			}
		}
		m.patch.Replace(e.Start, e.Inner, string(tag))
	}
	m.pkg.Set(m.part, m.patch.Bytes())
	return m.dropGone()
}

// ofGone reports whether a name stands for something that is not in the copy: a
// macro, or a sheet.
func (m *marking) ofGone(e *opc.Element) bool {
	for _, a := range []string{"vbProcedure", "xlm"} {
		if on(e.Tag().Attr(a)) {
			return true
		}
	}
	refers := e.Text()
	for _, s := range m.sheets {
		if s.gone && (strings.HasPrefix(refers, s.name+"!") || strings.HasPrefix(refers, "'"+strings.ReplaceAll(s.name, "'", "''")+"'!")) {
			return true
		}
	}
	return false
}

// dropGone takes out the relations to sheets that are not in the copy, and the order
// of computing that names them.
func (m *marking) dropGone() error {
	gone := map[string]bool{}
	for _, s := range m.sheets {
		if s.gone && s.part != "" {
			gone[s.part] = true
		}
	}
	for _, s := range m.sheets {
		if !s.gone {
			delete(gone, s.part)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return m.pkg.Unrelate(m.part, func(r opc.Relation) bool { return gone[r.Target] || r.Kind() == "calcChain" })
}

// relationAttr is the name of the attribute that holds a relation's id in a child of
// the element; it declares its prefix where it must.
func (m *marking) relationAttr(e *opc.Element) string {
	if p, ok := e.PrefixOf(m.rels); ok {
		return p + "id"
	}
	return `xmlns:r="` + m.rels + `" r:id`
}

// freeName is a name for the list of findings that no sheet has.
func (m *marking) freeName() string {
	names := map[string]bool{}
	for _, s := range m.sheets {
		if !s.gone {
			names[strings.ToLower(s.name)] = true
		}
	}
	name := workbook.ResultSheet
	for i := 2; names[strings.ToLower(name)]; i++ {
		name = workbook.ResultSheet + strconv.Itoa(i)
	}
	return name
}

// writeProperties adds the list of findings to the titles of parts that the
// document's properties give; where these do not fit the workbook they are left out.
func (m *marking) writeProperties(name string) error {
	root, err := m.pkg.Relations("")
	if err != nil {
		return err
	}
	for _, r := range root {
		if r.Kind() != "extended-properties" || !m.pkg.Has(r.Target) {
			continue
		}
		src, tree, err := m.pkg.Tree(r.Target)
		if err != nil {
			continue // properties of a document are no reason to refuse it
		}
		p := opc.NewPatch(src)
		heads, titles := tree.Child("HeadingPairs"), tree.Child("TitlesOfParts")
		if heads == nil || titles == nil {
			continue
		}
		if !m.addTitle(p, heads, titles, name) {
			p = opc.NewPatch(src)
			p.Remove(heads)
			p.Remove(titles)
		}
		m.pkg.Set(r.Target, p.Bytes())
	}
	return nil
}

func (m *marking) addTitle(p *opc.Patch, heads, titles *opc.Element, name string) bool {
	if len(heads.Children) != 1 || len(titles.Children) != 1 {
		return false
	}
	pairs, list := heads.Children[0], titles.Children[0]
	var counts []*opc.Element
	sum := 0
	pairs.Walk(func(e *opc.Element) bool {
		if e.Local() == "i4" {
			n, _ := strconv.Atoi(strings.TrimSpace(e.Text()))
			counts = append(counts, e)
			sum += n
		}
		return true
	})
	if len(counts) == 0 || sum != len(list.Children) || len(list.Children) == 0 {
		return false
	}
	sheets, _ := strconv.Atoi(strings.TrimSpace(counts[0].Text()))
	gone := map[string]bool{}
	for _, s := range m.sheets {
		gone[s.name] = s.gone
	}
	removed := 0
	for i, e := range list.Children {
		_, listed := gone[e.Text()]
		if i < sheets && !listed {
			return false
		}
		if i < sheets && gone[e.Text()] {
			p.Remove(e)
			removed++
		}
	}
	for _, s := range m.sheets {
		if s.gone && s.kind != "worksheet" {
			return false // a heading of their own counts them
		}
	}
	p.SetAttr(list, "size", strconv.Itoa(len(list.Children)+1-removed))
	first := list.Children[0]
	p.Replace(list.Inner, list.Inner, "<"+first.Name+">"+opc.Escape(name)+"</"+first.Name+">")
	p.Replace(counts[0].Inner, counts[0].InnerEnd, strconv.Itoa(sheets+1-removed))
	return true
}

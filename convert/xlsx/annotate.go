package xlsx

import (
	"cmp"
	"context"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/annotation"
	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// Annotate writes a marked copy of a submission: the submission's own package, in
// which the cells that the marks name are filled red or amber, pale where they seem
// to follow from another cell's fault, with a comment on each, and a first sheet
// 检查结果 that lists the marks with links to their cells. Marks of an earlier marked
// copy that was corrected and sent back are taken out. So are macros, as the copy is
// a plain workbook, and digital signatures, which are of the submission as it was;
// the list says so. Parts that none of this touches keep their bytes, and what is not
// touched in the others does, too.
//
// src is the submission's bytes; the same submission and marks give the same bytes.
// Of an .xls workbook the copy is an XLSX one, and the sheet says what that does not
// keep.
// The error is a [message.Error], the context's or that of w.
func Annotate(ctx context.Context, w io.Writer, src []byte, marks []annotation.Mark, limits workbook.Limits) error {
	lost := ""
	if workbook.Sniff(src) == workbook.XLS {
		var err error
		if src, lost, err = fromBinary(ctx, src, limits); err != nil {
			return err
		}
	}
	m, err := openMarking(ctx, src, limits)
	if err != nil {
		return err
	}
	if lost != "" {
		m.said = append(m.said, lost)
	}
	before := m.pkg.Reachable()
	marks = annotation.ErrorsFirst(marks)
	name := ""
	for _, step := range []func() error{
		m.dropMacros, m.dropSignatures, m.dropResults,
		func() error { return m.markSheets(marks) },
		func() error { name = m.freeName(); return m.writeList(name, marks) },
		func() error { return m.writeProperties(name) },
	} {
		if err := step(); err != nil {
			return err
		}
	}
	m.pkg.Set(m.styles.name, m.styles.bytes())
	m.pkg.SetType(m.styles.name, stylesType)
	after := m.pkg.Reachable()
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if !after[name] {
			m.pkg.Remove(name)
		}
	}
	return m.pkg.Write(w)
}

// cellMark is what is done to one cell.
type cellMark struct {
	fill  string
	texts []string
}

// sheetMarks is what is done to one worksheet.
type sheetMarks struct {
	*survey
	name  string // of the sheet
	part  string
	cells map[place]*cellMark
	ours  map[place]bool // cells with comments of an earlier marked copy
	notes *notes
	bad   string // why there can be no comments; "" when there can
}

// markSheets colours the cells and comments on them.
func (m *marking) markSheets(marks []annotation.Mark) error {
	byName := map[string]*sheetMarks{}
	byPart := map[string]*sheetMarks{}
	var all []*sheetMarks
	for _, s := range m.sheets {
		if s.gone || s.part == "" {
			continue
		}
		on := byPart[s.part]
		if on == nil {
			on = &sheetMarks{name: s.name, part: s.part, cells: map[place]*cellMark{}}
			byPart[s.part] = on
			all = append(all, on)
		}
		if byName[s.name] == nil && s.kind == "worksheet" {
			byName[s.name] = on
		}
	}
	for _, mark := range marks { // errors come first
		m.spread(mark, byName)
	}
	most := 0
	for _, s := range all {
		if err := m.survey(s); err != nil {
			return err
		}
		if s.survey != nil {
			most = max(most, s.mostStyle)
		}
	}
	m.styles.reserve(most)
	m.numbers()
	shared := m.shared(all)
	for _, s := range all {
		if s.survey == nil {
			continue
		}
		if err := m.markSheet(s, shared); err != nil {
			return err
		}
	}
	return nil
}

// spread notes what a mark does to its cells.
func (m *marking) spread(mark annotation.Mark, byName map[string]*sheetMarks) {
	for _, at := range mark.Places() {
		c := at.Cell
		s := byName[c.Sheet]
		if s == nil || c.IsZero() || c.Row > excelize.TotalRows || c.Column > excelize.MaxColumns {
			continue
		}
		p := place{c.Row, c.Column}
		on := s.cells[p]
		if on == nil {
			on = &cellMark{fill: at.Fill}
			s.cells[p] = on
		}
		on.fill = annotation.Over(on.fill, at.Fill)
		on.texts = append(on.texts, at.Comment)
	}
}

// survey finds out what must be known of a sheet. One without marks may be damaged:
// it then stays as it is.
func (m *marking) survey(s *sheetMarks) error {
	if err := m.readNotes(s); err != nil {
		return err
	}
	wanted := make(map[place]bool, len(s.cells)+len(s.ours))
	for p := range s.cells {
		wanted[p] = true
	}
	for p := range s.ours {
		wanted[p] = true
	}
	err := m.pkg.Scan(s.part, func(r io.Reader) (err error) {
		s.survey, err = surveySheet(r, wanted)
		return err
	})
	if err != nil {
		s.survey = nil
		if len(wanted) == 0 && m.pkg.Err() == nil {
			return nil
		}
	}
	return err
}

// readNotes reads a sheet's comments.
func (m *marking) readNotes(s *sheetMarks) error {
	relations, err := m.pkg.Relations(s.part)
	if err != nil {
		if len(s.cells) == 0 {
			return nil
		}
		return err
	}
	s.notes, s.ours = newNotes(m.main), map[place]bool{}
	threaded := map[place]bool{}
	for _, r := range relations {
		if r.Target == "" || !m.pkg.Has(r.Target) {
			continue
		}
		switch r.Kind() {
		case "comments":
			src, err := m.pkg.Read(r.Target)
			if err == nil && s.notes.name == "" {
				var n *notes
				if n, err = readNotes(src); err == nil {
					s.notes = n
				}
			}
			if err != nil {
				s.bad = message.New("annotate.nocomments").In(message.Chinese)
			}
			s.notes.name, s.notes.related = r.Target, r.ID
		case "threadedComment":
			found, err := m.threads(r.Target)
			if err != nil {
				s.bad = message.New("annotate.nocomments").In(message.Chinese)
			}
			maps.Copy(threaded, found)
		}
	}
	s.notes.threaded = threaded
	for p := range s.notes.cells {
		if !threaded[p] && s.bad == "" && s.notes.ours(p) {
			s.ours[p] = true
		}
	}
	return m.pkg.Err()
}

// shared counts the sheets that have a part as theirs: comments are of one.
func (m *marking) shared(all []*sheetMarks) map[string]int {
	count := map[string]int{}
	for _, s := range all {
		relations, err := m.pkg.Relations(s.part)
		if err != nil {
			continue
		}
		of := map[string]bool{}
		for _, r := range relations {
			if k := r.Kind(); (k == "comments" || k == "vmlDrawing") && !of[r.Target] {
				of[r.Target] = true
				count[r.Target]++
			}
		}
	}
	return count
}

// markSheet changes one worksheet.
func (m *marking) markSheet(s *sheetMarks, shared map[string]int) error {
	c := &sheetChange{survey: s.survey, styles: map[place]int{}, deselect: s.selected}
	for p := range s.ours {
		if style, ok := m.styles.plain(s.style(p)); ok && s.data {
			c.styles[p] = style
		}
	}
	order := slices.SortedFunc(maps.Keys(s.cells), byPlace)
	for _, p := range order {
		if !s.data {
			break
		}
		style, ok := c.styles[p]
		if !ok {
			style = s.style(p)
		}
		c.styles[p] = m.styles.colour(style, s.cells[p].fill)
	}
	if len(s.root) == 0 {
		s.bad = message.New("annotate.nocomments").In(message.Chinese)
	}
	if len(s.cells)+len(s.ours) > 0 {
		if err := m.comment(s, c, order, shared); err != nil {
			return err
		}
	}
	if len(c.styles) > 0 || c.legacy != "" || c.deselect {
		m.pkg.Rewrite(s.part, c.rewrite)
	}
	return nil
}

func byPlace(a, b place) int { return cmp.Or(a.row-b.row, a.column-b.column) }

// comment writes what there is to say on the cells of a sheet, and takes out what an
// earlier marked copy said.
func (m *marking) comment(s *sheetMarks, c *sheetChange, order []place, shared map[string]int) error {
	b, vml, err := m.boxes(s)
	if err != nil {
		return err
	}
	if s.bad != "" {
		for _, p := range order {
			m.alone[report.Cell{Sheet: s.name, Row: p.row, Column: p.column}] = s.bad
		}
		return nil
	}
	changed := false
	for _, p := range slices.SortedFunc(maps.Keys(s.ours), byPlace) {
		if s.cells[p] == nil {
			changed = true
			if !s.notes.set(p, "") {
				b.remove(p)
			}
		}
	}
	for _, p := range order {
		if s.notes.threaded[p] {
			m.alone[report.Cell{Sheet: s.name, Row: p.row, Column: p.column}] = message.New("annotate.thread").In(message.Chinese)
			continue
		}
		changed = true
		s.notes.set(p, excelText(cut(strings.Join(s.cells[p].texts, "\n\n"))))
		b.set(p, s.notes.texts[p], s.survey)
	}
	if !changed {
		return nil
	}
	if err := m.save(s.part, "comments", commentsType, s.notes.name, s.notes.related, m.folder()+"comments%d.xml", s.notes.bytes(), shared, nil); err != nil {
		return err
	}
	return m.save(s.part, "vmlDrawing", vmlType, vml, s.legacy, m.folder()+"drawings/vmlDrawing%d.vml", b.bytes(), shared, func(id string) {
		c.legacy = id
		c.relation = "id"
		if p, ok := s.root.PrefixOf(m.rels); ok {
			c.relation = p + "id"
		} else {
			c.relation = `xmlns:r="` + m.rels + `" r:id`
		}
	})
}

// cut keeps a comment within what a cell can hold.
func cut(s string) string {
	if r := []rune(s); len(r) > maxCellRunes {
		return string(r[:maxCellRunes]) + "…"
	}
	return s
}

// boxes reads the drawing of a sheet's comments; name is "" when it has none yet.
func (m *marking) boxes(s *sheetMarks) (b *boxes, name string, err error) {
	relations, err := m.pkg.Relations(s.part)
	if err != nil {
		return nil, "", err
	}
	for _, r := range relations {
		if r.ID == s.legacy && r.Kind() == "vmlDrawing" && m.pkg.Has(r.Target) {
			name = r.Target
		}
	}
	if name == "" {
		return newBoxes(m.vml), "", nil
	}
	src, err := m.pkg.Read(name)
	if err == nil {
		b, err = readBoxes(src, m.vml)
	}
	if err != nil {
		s.bad = cmp.Or(s.bad, message.New("annotate.nocomments").In(message.Chinese))
		err = m.pkg.Err()
	}
	return b, name, err
}

// save writes a part of one sheet: in its place, or as a new part where there is
// none or other sheets have it, too. related is told the id of its relation when
// that is new.
func (m *marking) save(sheet, kind, contentType, name, id, form string, content []byte, shared map[string]int, related func(id string)) error {
	if name != "" && shared[name] < 2 {
		m.pkg.Set(name, content)
		return nil
	}
	made := m.pkg.Free(form)
	m.pkg.Set(made, content)
	if kind == "vmlDrawing" {
		m.pkg.SetDefault("vml", contentType)
	}
	m.pkg.SetType(made, contentType)
	if name != "" {
		shared[name]--
		return m.pkg.Retarget(sheet, id, made)
	}
	id, err := m.pkg.Relate(sheet, m.rels+"/"+kind, made)
	if err == nil && related != nil {
		related(id)
	}
	return err
}

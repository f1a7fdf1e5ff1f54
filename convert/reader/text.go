package reader

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"

	"nianbao/convert/prose"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// passage is a section's heading as it stands somewhere in the workbook, with
// the paragraphs below it. A heading may stand more than once: in a list of
// contents, in a guide.
type passage struct {
	section    int // index into the form's sections, or one of those below
	page       *page
	row        int // that it begins in
	heading    report.Cell
	label      string // the heading as written; "" when only the sheet's name says it
	paragraphs []report.Paragraph
	formulas   []pageCell // that paragraphs are the results of, or should be
	pictures   []report.Picture
	printed    string // the section that the report has its paragraphs in, "" for none
}

// What a passage may be besides one of the form's sections.
const (
	noSection       = -1 // text without a heading
	preambleSection = -2 // text that is marked as the preamble
)

// preambleNames mark the preamble where it does not stand above section one.
var preambleNames = map[string]bool{"前言": true, "引言": true, "导语": true}

func (p passage) length() int {
	n := 0
	for _, par := range p.paragraphs {
		n += len(par.Text)
	}
	return n
}

func (x *formIndex) sectionNamed(core string) int {
	if core == "" {
		return -1
	}
	return slices.IndexFunc(x.sections, func(l label) bool { return l.matches(core) })
}

// textReader reads what is not in the tables: title, cover, sections.
type textReader struct {
	headings
	book     *workbook.Book
	tables   map[*page]bool // the sheets that the tables were read from
	cover    cover
	passages []passage
	length   int // bytes of text read

	tablePictures []report.Picture // that lie in tables

	footnotes []report.Paragraph // where they are called
}

// sheet reads one sheet except the given areas, where tables stand.
func (t *textReader) sheet(ctx context.Context, g *page, tables []workbook.Area) error {
	now := passage{section: noSection, page: g}
	if i := t.sectionNamed(core(g.Name)); i >= 0 {
		now = passage{section: i, page: g}
		if len(g.cells) > 0 {
			now.heading, now.row = g.At(g.cells[0].Area), g.cells[0].Row
		}
	}
	for _, c := range g.Footnotes {
		t.footnotes = append(t.footnotes, report.Paragraph{Text: c.Text, Cell: g.At(c.Area)})
	}
	skip := 0
	cells := g.withBoxes()
	pictures := g.Pictures
	for i, c := range cells {
		for len(pictures) > 0 && pictures[0].Row < c.Row {
			t.picture(&now, pictures[0], tables)
			pictures = pictures[1:]
		}
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if skip > 0 {
			skip--
			continue
		}
		if inAny(tables, c.Area) {
			continue
		}
		if t.length += len(c.Text); t.length > workbook.MaxNarrative {
			return workbook.TooLarge("narrative", workbook.Mebibytes(workbook.MaxNarrative))
		}
		if t.headed(&now, c) {
			continue
		}
		if preambleNames[c.core] {
			t.keep(now)
			now = passage{section: preambleSection, page: g, heading: g.At(c.Area)}
			continue
		}
		var taken bool
		if taken, skip = t.cover.take(g, cells[i:]); taken || now.section == noSection && t.cover.takeYear(c) {
			continue
		}
		if c.Kind != workbook.ErrorCell { // what has gone wrong is no text
			now.add(workbook.Shown(*c.Cell), g.At(c.Area))
		}
		if c.Formula() != "" || c.Kind == workbook.ErrorCell {
			now.formulas = append(now.formulas, c)
		}
	}
	for _, p := range pictures {
		t.picture(&now, p, tables)
	}
	t.keep(now)
	return nil
}

// headed reports whether a cell has a heading in it; if so, the passage in hand ends
// and the one that the heading, or the last of several, begins is in hand.
func (t *textReader) headed(now *passage, c pageCell) bool {
	lines := slices.Collect(linesOf(c))
	begin := slices.IndexFunc(lines, func(l textLine) bool { s, _ := t.of(l); return s >= 0 })
	if begin < 0 {
		return false
	}
	at := now.page.At(c.Area)
	if begin == 0 && len(c.Text) <= longestLabel {
		lines = lines[:1]
	} else {
		lines = nil
		for line := range strings.FieldsFuncSeq(c.Text, isLineEnd) {
			lines = append(lines, newLine(line))
		}
	}
	for _, line := range lines {
		s, rest := t.of(line)
		if s < 0 {
			now.add(line.text, at)
			continue
		}
		t.keep(*now)
		*now = passage{section: s, page: now.page, row: c.Row, heading: at, label: strings.TrimSpace(line.text)}
		if rest != "" {
			now.label = ""
			now.add(rest, at)
		}
	}
	return true
}

// keep keeps a passage that says anything.
func (t *textReader) keep(p passage) {
	if p.section != noSection || len(p.paragraphs)+len(p.formulas)+len(p.pictures) > 0 {
		t.passages = append(t.passages, p)
	}
}

func inAny(areas []workbook.Area, c workbook.Area) bool {
	return slices.ContainsFunc(areas, func(a workbook.Area) bool { return a.ContainsRow(c.Row) })
}

// add adds the paragraphs of a cell: one for each line that says anything.
func (p *passage) add(text string, at report.Cell) {
	for line := range strings.FieldsFuncSeq(text, isLineEnd) {
		if line = strings.TrimFunc(line, unicode.IsSpace); !prose.Blank(line) {
			p.paragraphs = append(p.paragraphs, report.Paragraph{Text: line, Cell: at})
		}
	}
}

// sections fills the text sections and the preamble. Where a section's heading
// stands more than once, the passage on the sheet that is to be believed most counts,
// of those the one beside the tables, then the longest; others with text are noted.
func (t *textReader) sections(ctx context.Context, r *report.Report) {
	first := true
	for i, s := range t.Sections {
		if s.Table != "" {
			continue
		}
		best, others := t.passage(i)
		if best == nil {
			continue
		}
		into := r.Section(s.Key)
		into.Found = true
		into.Heading = best.heading
		into.Paragraphs = best.paragraphs
		best.printed = s.Key
		t.formulaNotes(ctx, r, best, s.Key)
		if len(others) > 0 {
			r.Notes = append(r.Notes, report.Note{Kind: report.DoubleTable, Path: report.Path{Table: s.Key}, Cells: append([]report.Cell{best.heading}, others...)})
		}
		if l := t.headings.sections[i]; best.label != "" && wording(best.label) != l.wording {
			r.Notes = append(r.Notes, report.Note{Kind: report.Wording, Path: report.Path{Table: s.Key}, Cells: []report.Cell{best.heading}, Text: best.label, Read: l.official})
		}
		if first {
			r.Preamble = t.preamble(best.page)
			for i := range t.passages {
				if p := &t.passages[i]; p.page == best.page && (p.section == preambleSection || p.section == noSection) {
					t.formulaNotes(ctx, r, p, "")
				}
			}
			first = false
		}
	}
}

// leftOut notes the text that no section holds, in the order of the workbook.
func (t *textReader) leftOut(r *report.Report) {
	n := report.Note{Kind: report.LeftOut}
	for _, p := range t.passages {
		if p.section < 0 || t.Sections[p.section].Table == "" || !t.tables[p.page] {
			continue
		}
		for _, par := range p.paragraphs {
			_, isFigure := parseFigure(par.Text, anyColumn)
			if unit := strings.HasPrefix(par.Text, "单位"); isFigure || unit || t.captions[core(par.Text)] {
				continue
			}
			n.Cells = append(n.Cells, par.Cell)
			n.Text = cmp.Or(n.Text, par.Text)
		}
	}
	n.Cells = append(n.Cells, t.cover.others...)
	for _, f := range t.footnotes {
		n.Cells = append(n.Cells, f.Cell)
		n.Text = cmp.Or(n.Text, f.Text)
	}
	if len(n.Cells) > 0 {
		r.Notes = append(r.Notes, n)
	}
}

// passage picks the passage of a section, and names the others that have text.
func (t *textReader) passage(section int) (best *passage, others []report.Cell) {
	for i := range t.passages {
		p := &t.passages[i]
		if p.section != section {
			continue
		}
		if best == nil || t.compare(p, best) < 0 {
			best = p
		}
	}
	for i := range t.passages {
		p := &t.passages[i]
		if p.section == section && p != best && p.length() > 0 && !p.page.rank.guide {
			others = append(others, p.heading)
		}
	}
	return best, others
}

// compare puts the passage first that is to be believed.
func (t *textReader) compare(p, q *passage) int {
	return cmp.Or(workbook.Order(p.page.rank.guide, q.page.rank.guide), workbook.Order(p.length() == 0, q.length() == 0), p.page.rank.compare(q.page.rank),
		workbook.Order(!t.tables[p.page], !t.tables[q.page]), q.length()-p.length())
}

// preamble is the text that is marked as such or, if none is, what stands above
// the first section in its sheet and the sentences of the sheets before it, such
// as a cover.
func (t *textReader) preamble(g *page) []report.Paragraph {
	var before []report.Paragraph
	for i, p := range t.passages {
		if p.section == preambleSection && !p.page.rank.guide {
			t.passages[i].printed = report.Preamble
			return p.paragraphs
		}
	}
	for i, p := range t.passages {
		if p.section != noSection || p.page.rank.guide && p.page != g {
			if p.page == g {
				break
			}
			continue
		}
		if p.page == g {
			t.passages[i].printed = report.Preamble
			for k := range p.pictures {
				p.pictures[k].After += len(before)
			}
			return append(before, p.paragraphs...)
		}
		for _, par := range p.paragraphs {
			if strings.ContainsAny(par.Text, "。；！") {
				before = append(before, par)
			}
		}
	}
	return before
}

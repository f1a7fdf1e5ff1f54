package xlsx

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"nianbao/convert/report"
)

// passage is a section's heading as it stands somewhere in the workbook, with
// the paragraphs below it. A heading may stand more than once: in a list of
// contents, in a guide.
type passage struct {
	section    int // index into the form's sections, or one of those below
	grid       *grid
	heading    report.Cell
	label      string // the heading as written; "" when only the sheet's name says it
	paragraphs []report.Paragraph
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

// headingOf is the section that a cell is the heading of, and the text below the
// heading in the same cell; -1 when it is none.
func (x *formIndex) headingOf(c gridCell) (section int, rest string) {
	if c.kind != textCell {
		return -1, ""
	}
	text, label := c.text, c.core
	if c.core == "" || strings.ContainsAny(strings.TrimSpace(c.text), "\n\r") {
		line, below, _ := strings.Cut(strings.TrimLeftFunc(strings.ReplaceAll(text, "\r", "\n"), unicode.IsSpace), "\n")
		if len(line) > longestLabel {
			return -1, ""
		}
		if i := x.sectionNamed(core(line)); i >= 0 {
			return i, below
		}
	}
	return x.sectionNamed(label), ""
}

func (x *formIndex) sectionNamed(core string) int {
	if core == "" {
		return -1
	}
	return slices.IndexFunc(x.sections, func(l label) bool { return l.matches(core) })
}

// headingRows are, in order, the rows of a sheet that a section's heading begins in.
func (x *formIndex) headingRows(g *grid) []int {
	var rows []int
	for _, c := range g.cells {
		if i, _ := x.headingOf(c); i >= 0 && (len(rows) == 0 || rows[len(rows)-1] != c.row) {
			rows = append(rows, c.row)
		}
	}
	return rows
}

// textReader reads what is not in the tables: title, cover, sections.
type textReader struct {
	index    *formIndex
	cover    cover
	passages []passage
	length   int // bytes of text read
}

// sheet reads one sheet but for the given areas, in which tables stand.
func (t *textReader) sheet(ctx context.Context, g *grid, tables []area) error {
	now := passage{section: noSection, grid: g}
	if i := t.index.sectionNamed(core(g.name)); i >= 0 {
		now = passage{section: i, grid: g}
		if len(g.cells) > 0 {
			now.heading = g.at(g.cells[0].area)
		}
	}
	skip := false
	for i, c := range g.cells {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if skip {
			skip = false
			continue
		}
		if inAny(tables, c.area) {
			continue
		}
		if s, rest := t.index.headingOf(c); s >= 0 {
			t.keep(now)
			now = passage{section: s, grid: g, heading: g.at(c.area), label: strings.TrimSpace(c.text)}
			if rest != "" {
				now.label = ""
				now.add(rest, now.heading)
			}
			continue
		}
		if preambleNames[c.core] {
			t.keep(now)
			now = passage{section: preambleSection, grid: g, heading: g.at(c.area)}
			continue
		}
		var next gridCell
		if i+1 < len(g.cells) {
			next = g.cells[i+1]
		}
		var taken bool
		if taken, skip = t.cover.take(g, c, next); taken || now.section == noSection && t.cover.takeYear(c) {
			continue
		}
		now.add(shown(c), g.at(c.area))
		if t.length += len(c.text); t.length > maxNarrative {
			return tooLarge("narrative", mebibytes(maxNarrative))
		}
	}
	t.keep(now)
	return nil
}

// keep keeps a passage that says anything.
func (t *textReader) keep(p passage) {
	if p.section != noSection || len(p.paragraphs) > 0 {
		t.passages = append(t.passages, p)
	}
}

func inAny(areas []area, c area) bool {
	return slices.ContainsFunc(areas, func(a area) bool { return a.containsRow(c.row) })
}

// shown is what a cell shows to who looks at it.
func shown(c gridCell) string {
	switch c.kind {
	case dateCell:
		return showDate(c.text, c.kind)
	case percentCell:
		if n, err := storedNumber(c.text); err == nil {
			return n.Decimal().Shift(2).String() + "%"
		}
	case boolCell:
		if c.text == "1" {
			return "TRUE"
		}
		return "FALSE"
	}
	return strings.TrimSpace(c.text)
}

// add adds the paragraphs of a cell: one for each line that says anything.
func (p *passage) add(text string, at report.Cell) {
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool {
		return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029'
	}) {
		if line = strings.TrimFunc(line, unicode.IsSpace); fold(line) != "" {
			p.paragraphs = append(p.paragraphs, report.Paragraph{Text: line, Cell: at})
		}
	}
}

// sections fills the text sections and the preamble. Where a section's heading
// stands more than once, the passage with the most text counts, a guide's last;
// other passages with text are noted.
func (t *textReader) sections(r *report.Report) {
	first := true
	for i, s := range t.index.Sections {
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
		if len(others) > 0 {
			r.Notes = append(r.Notes, report.Note{Kind: report.DoubleTable, Path: s.Key, Cells: append([]report.Cell{best.heading}, others...)})
		}
		if l := t.index.sections[i]; best.label != "" && wording(best.label) != l.wording {
			r.Notes = append(r.Notes, report.Note{Kind: report.Wording, Path: s.Key, Cells: []report.Cell{best.heading}, Text: best.label, Read: l.official})
		}
		if first {
			r.Preamble = t.preamble(best.grid)
			first = false
		}
	}
}

// passage picks the passage of a section, and names the others that have text.
func (t *textReader) passage(section int) (best *passage, others []report.Cell) {
	for i := range t.passages {
		p := &t.passages[i]
		if p.section != section {
			continue
		}
		if best == nil || order(p.grid.guide(), best.grid.guide()) < 0 ||
			p.grid.guide() == best.grid.guide() && p.length() > best.length() {
			best = p
		}
	}
	for i := range t.passages {
		p := &t.passages[i]
		if p.section == section && p != best && p.length() > 0 && !p.grid.guide() {
			others = append(others, p.heading)
		}
	}
	return best, others
}

// preamble is the text that is marked as such or, if none is, what stands above
// the first section in its sheet and the sentences of the sheets before it, such
// as a cover.
func (t *textReader) preamble(g *grid) []report.Paragraph {
	var before []report.Paragraph
	for _, p := range t.passages {
		if p.section == preambleSection && !p.grid.guide() {
			return p.paragraphs
		}
	}
	for _, p := range t.passages {
		if p.section != noSection || p.grid.guide() {
			if p.grid == g {
				break
			}
			continue
		}
		if p.grid == g {
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

package reader

import (
	"cmp"
	"context"
	"fmt"
	"math/bits"
	"slices"
	"strconv"

	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// A file may hold the forms of several bodies: two sets of sheets, a sheet for each
// township, one form below the other. They are read apart only where it is certain
// whose each sheet is: by the name that it bears itself, by what the names of sheets
// have in common, or by their order. Otherwise all is read as one report, with a note
// that it may be a mixture.

// mostParts is how many reports a file may hold: more than a county has bodies.
const mostParts = 1000

// readApart reads the share of each body in the file. It is nil where there is one body,
// or where the shares cannot be told apart for certain.
func (s *submission) readApart(ctx context.Context, whole *reading, o Options) ([]*report.Report, error) {
	if !whole.several() {
		return nil, nil
	}
	d := division{whole: whole}
	shares, rest := d.shares(ctx, s.pages)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if len(shares) < 2 {
		return nil, nil
	}
	if len(shares) > mostParts {
		return nil, workbook.TooLarge("reports", mostParts)
	}
	var all []*report.Report
	seen := map[string]bool{} // keys of bodies
	for i, sh := range shares {
		own := o
		own.Organization = sh.named // what is said of the file is said of no one body
		r, err := (&submission{book: s.book, pages: sh.pages}).read(ctx, own)
		if err != nil {
			return nil, err
		}
		if r.noted(report.SeveralOrganizations) {
			return nil, nil
		}
		n := report.Note{Kind: report.OneOfSeveral, Text: strconv.Itoa(i + 1), Read: strconv.Itoa(len(shares)), Cells: firstCells(sh.pages[:1])}
		r.report.Notes = append(r.report.Notes, n)
		key := organization.Key(r.report.Organization)
		if key != "" && seen[key] {
			return nil, nil
		}
		seen[key] = true
		r.report.Part = partName(all, cmp.Or(r.report.Organization, sh.pages[0].Name))
		all = append(all, r.report)
	}
	if cells := firstCells(rest); cells != nil {
		all[0].Notes = append(all[0].Notes, report.Note{Kind: report.LeftOut, Cells: cells})
	}
	return all, nil
}

// partName is the name of a report in its file, which no other one there has.
func partName(others []*report.Report, name string) string {
	name = cmp.Or(joinLines(name), "?")
	unique := name
	for i := 2; slices.ContainsFunc(others, func(r *report.Report) bool { return r.Part == unique }); i++ {
		unique = fmt.Sprintf("%s (%d)", name, i)
	}
	return unique
}

// firstCells are the first cells of pages, of those that hold something.
func firstCells(pages []*page) []report.Cell {
	var cells []report.Cell
	for _, g := range pages {
		if len(g.cells) > 0 {
			cells = append(cells, g.At(g.cells[0].Area))
		}
	}
	return cells
}

func (w *reading) noted(kind report.NoteKind) bool {
	return slices.ContainsFunc(w.report.Notes, func(n report.Note) bool { return n.Kind == kind })
}

// several reports whether what was read may be of several bodies: its sheets say so or,
// where a table stands twice, sheets that are called after bodies.
func (w *reading) several() bool {
	if w.noted(report.SeveralOrganizations) {
		return true
	}
	if !w.noted(report.DoubleTable) {
		return false
	}
	names := map[string]bool{}
	for _, all := range w.tables {
		for _, in := range all {
			if g := in.first().page; isOrganization(prose.Fold(g.Name)) {
				names[organization.Key(g.Name)] = true
			}
		}
	}
	return len(names) > 1
}

// items are some of the form's tables and text sections, a bit each.
type items uint64

func (w *reading) tableItem(i int) items   { return 1 << i }
func (w *reading) sectionItem(i int) items { return 1 << (len(w.index.tables) + i) }
func (w *reading) allTables() items        { return 1<<len(w.index.tables) - 1 }

// content is a table or a text that a page holds.
type content struct {
	item   items
	row    int  // that it begins in
	filled bool // somebody filled it in
}

// contents are what each page holds of the form, by row.
func (w *reading) contents() map[*page][]content {
	all := map[*page][]content{}
	for i, instances := range w.tables {
		most := 0
		for _, in := range instances {
			most = max(most, in.found())
		}
		for _, in := range instances { // what is less than half of the table may be a piece of another one
			c := in.first()
			all[c.page] = append(all[c.page], content{w.tableItem(i), c.top, in.filled() > 0 && 2*in.found() >= most})
		}
	}
	for _, p := range w.text.passages {
		if p.section >= 0 && w.index.Sections[p.section].Table == "" && p.length() > 0 {
			all[p.page] = append(all[p.page], content{w.sectionItem(p.section), p.row, true})
		}
	}
	for _, c := range all {
		slices.SortStableFunc(c, func(a, b content) int { return a.row - b.row })
	}
	return all
}

// unit is a sheet, or a stretch of one, that is one body's.
type unit struct {
	*page
	body   int    // that it names, -1 for none
	named  string // the body, where only the name of the sheet says it; else ""
	found  items  // what it holds
	filled items  // of that, what somebody filled in
	twice  bool   // it has one of the latter twice
	broken bool   // it holds nothing, but many numbers
}

// manyFigures is how many numbers there are on no sheet but one with tables.
const manyFigures = 20

func newUnit(g *page, body int, all []content) unit {
	u := unit{page: g, body: body}
	for _, c := range all {
		u.found |= c.item
		if c.filled {
			u.twice = u.twice || u.filled&c.item != 0
			u.filled |= c.item
		}
	}
	if u.found == 0 {
		figures := 0
		for _, c := range g.cells {
			if looksNumeric(c) {
				figures++
			}
		}
		u.broken = figures >= manyFigures
	}
	return u
}

// aside reports whether a unit may hold what another says better: nobody's report
// rests on it alone.
func (u unit) aside() bool {
	return u.rank.guide || u.rank.hidden || u.rank.copy || u.rank.otherYear
}

// share is one body's share of a file.
type share struct {
	named string  // the body, where only the name of a sheet says it; else ""
	pages []*page // those that hold something of the form first
}

// division divides a file among the bodies that it names.
type division struct {
	whole  *reading
	bodies map[string]int // by name
	units  []unit
}

// shares are the shares of the bodies, in the order of the file, and the pages that are
// nobody's. There are none where anything is uncertain.
func (d *division) shares(ctx context.Context, pages []*page) (shares []share, rest []*page) {
	if !d.divide(ctx, pages) {
		return nil, nil
	}
	for _, try := range []func() ([]group, bool){d.byName, d.byTag, d.byOrder, d.bySheet} {
		groups, ok := try()
		groups = slices.DeleteFunc(groups, func(g group) bool { return !g.stands() })
		if !ok || !d.certain(groups) {
			continue
		}
		slices.SortStableFunc(groups, func(a, b group) int { return d.first(a) - d.first(b) })
		given := map[*page]bool{}
		for _, g := range groups {
			sh := share{named: g.named}
			for _, u := range g.units {
				sh.pages = append(sh.pages, u.page)
				given[u.page] = true
			}
			shares = append(shares, sh)
		}
		for _, u := range d.units {
			if !given[u.page] {
				rest = append(rest, u.page)
			}
		}
		return shares, rest
	}
	return nil, nil
}

// first is where the first unit of a group stands in the file.
func (d *division) first(g group) int {
	return slices.IndexFunc(d.units, func(u unit) bool { return u.page == g.units[0].page })
}

// group is what is taken for one body's share.
type group struct {
	named string // as of a share
	units []unit
}

func (g group) found() items {
	var all items
	for _, u := range g.units {
		all |= u.found
	}
	return all
}

// stands reports whether the group holds something in a place of its own.
func (g group) stands() bool {
	return slices.ContainsFunc(g.units, func(u unit) bool { return (u.found != 0 || u.broken && u.body >= 0) && !u.aside() })
}

// twice reports whether something filled in stands twice among the sheets that count.
func (g group) twice() bool {
	var all items
	for _, u := range g.units {
		if u.aside() {
			continue
		}
		if u.twice || all&u.filled != 0 {
			return true
		}
		all |= u.filled
	}
	return false
}

// certain reports whether groups are several reports and no pieces of one: a sheet that
// bears another's name by mistake holds what all others lack, or but one text.
func (d *division) certain(groups []group) bool {
	for i, g := range groups {
		found := g.found()
		if bits.OnesCount64(uint64(found)) == 1 && found&d.whole.allTables() == 0 {
			return false
		}
		for _, h := range groups[:i] {
			if other := h.found(); found != 0 && other != 0 && found&other == 0 {
				return false
			}
		}
	}
	return len(groups) > 1
}

// byName groups the units by the names that they bear: each that holds something must.
func (d *division) byName() ([]group, bool) {
	at := map[int]int{}
	var groups []group
	for _, u := range d.units {
		switch i, ok := at[u.body]; {
		case u.body < 0:
			if u.filled != 0 && !u.aside() {
				return nil, false
			}
		case ok:
			groups[i].units = append(groups[i].units, u)
		default:
			at[u.body] = len(groups)
			groups = append(groups, group{named: u.named, units: []unit{u}})
		}
	}
	return groups, true
}

// byOrder groups the units by their order: each set of sheets begins with one that names
// its body, and all hold the same, each but once.
func (d *division) byOrder() ([]group, bool) {
	var groups []group
	seen := map[int]bool{}
	body := -1
	for _, u := range d.units {
		if u.aside() {
			continue
		}
		if u.body >= 0 && u.body != body {
			if seen[u.body] {
				return nil, false
			}
			body = u.body
			seen[body] = true
			groups = append(groups, group{})
		}
		if len(groups) == 0 {
			if u.filled != 0 {
				return nil, false
			}
			continue
		}
		g := &groups[len(groups)-1]
		g.units = append(g.units, u)
	}
	for _, g := range groups {
		if g.twice() || g.found() != groups[0].found() {
			return nil, false
		}
	}
	return groups, true
}

// bySheet takes each sheet that names nobody for a report of its own: it holds all
// tables, as do those of the bodies that are named.
func (d *division) bySheet() ([]group, bool) {
	all := d.whole.allTables()
	at := map[int]int{}
	var groups []group
	for _, u := range d.units {
		i, ok := at[u.body]
		switch {
		case u.aside() || u.body < 0 && u.filled == 0:
		case u.body < 0 && u.filled&all != all:
			return nil, false
		case u.body >= 0 && ok:
			groups[i].units = append(groups[i].units, u)
		default:
			if u.body >= 0 {
				at[u.body] = len(groups)
			}
			groups = append(groups, group{named: u.named, units: []unit{u}})
		}
	}
	for _, g := range groups {
		if g.found()&all != all {
			return nil, false
		}
	}
	return groups, true
}

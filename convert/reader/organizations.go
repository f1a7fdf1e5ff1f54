package reader

import (
	"context"
	"regexp"
	"slices"

	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// sheetName is an organization that a sheet names as the one that reports.
type sheetName struct {
	name  string
	cell  report.Cell
	page  *page
	row   int
	title bool // in a title, else in a field
}

// name takes down whom a sheet names, in the given row. One that explains the form, is
// hidden, a copy or of another year may name another organization.
func (c *cover) name(g *page, row int, name string, at report.Cell, title bool) {
	r := g.rank
	if r.guide || !isOrganization(prose.Fold(name)) || organization.Ours(name) || placeholder.MatchString(name) {
		return
	}
	n := sheetName{name, at, g, row, title}
	c.everyName = append(c.everyName, n)
	if !r.hidden && !r.copy && !r.otherYear {
		c.names = append(c.names, n)
	}
}

// placeholder matches what a form that was not filled in says for a name: ××县××局.
var placeholder = regexp.MustCompile(`[×＊*○]{2}|[xXＸ]{2}|某某`)

// organizations notes that the sheets name several organizations. Whom a sheet's
// fields name does not count beside its title, and a sheet that holds nothing of the
// form and names several is a list of them. A name, its short form and that of its
// place are one organization's.
func (t *textReader) organizations(ctx context.Context, r *report.Report, taken map[*page][]workbook.Area) {
	ofPage := map[*page][]sheetName{}
	var pages []*page
	for _, n := range t.cover.names {
		if ofPage[n.page] == nil {
			pages = append(pages, n.page)
		}
		ofPage[n.page] = append(ofPage[n.page], n)
	}
	all := bodiesNamed(ctx, nil)
	for _, g := range pages {
		names := ofPage[g]
		holds := len(taken[g]) > 0 || slices.ContainsFunc(t.passages, func(p passage) bool { return p.page == g && p.section >= 0 })
		if !holds && len(bodiesNamed(ctx, names).notes) > 1 {
			continue
		}
		if slices.ContainsFunc(names, func(n sheetName) bool { return n.title }) {
			names = slices.DeleteFunc(names, func(n sheetName) bool { return !n.title })
		}
		all.add(ctx, names)
	}
	if len(all.notes) > 1 {
		r.Notes = append(r.Notes, all.notes...)
	}
}

// bodies are the notes of the organizations that names are of, of which the longest name
// is given. There are no notes of more than a file may hold reports, and one.
type bodies struct {
	notes []report.Note
	known map[string]int // the note of each name: a file names a body on many sheets
}

func bodiesNamed(ctx context.Context, names []sheetName) *bodies {
	b := &bodies{known: map[string]int{}}
	b.add(ctx, names)
	return b
}

// add adds names, as far as the context lets it.
func (b *bodies) add(ctx context.Context, names []sheetName) {
	for _, n := range names {
		if ctx.Err() != nil {
			return
		}
		i, ok := b.known[n.name]
		if !ok {
			i = slices.IndexFunc(b.notes, func(o report.Note) bool { return organization.Same(n.name, o.Text) })
		}
		if i < 0 {
			if len(b.notes) > mostParts {
				return
			}
			i = len(b.notes)
			b.notes = append(b.notes, report.Note{Kind: report.SeveralOrganizations, Path: report.Path{Table: "organization"}})
		}
		b.known[n.name] = i
		if o := &b.notes[i]; len(n.name) > len(o.Text) {
			o.Text = n.name
		}
		b.notes[i].Cells = append(b.notes[i].Cells, n.cell)
	}
}

package reader

import (
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
func (t *textReader) organizations(r *report.Report, taken map[*page][]workbook.Area) {
	ofPage := map[*page][]sheetName{}
	var pages []*page
	for _, n := range t.cover.names {
		if ofPage[n.page] == nil {
			pages = append(pages, n.page)
		}
		ofPage[n.page] = append(ofPage[n.page], n)
	}
	var all []report.Note
	for _, g := range pages {
		names := ofPage[g]
		holds := len(taken[g]) > 0 || slices.ContainsFunc(t.passages, func(p passage) bool { return p.page == g && p.section >= 0 })
		if !holds && len(grouped(nil, names)) > 1 {
			continue
		}
		if slices.ContainsFunc(names, func(n sheetName) bool { return n.title }) {
			names = slices.DeleteFunc(names, func(n sheetName) bool { return !n.title })
		}
		all = grouped(all, names)
	}
	if len(all) > 1 {
		r.Notes = append(r.Notes, all...)
	}
}

// grouped adds names to the notes of the organizations that they are of, of which the
// longest name is given.
func grouped(all []report.Note, names []sheetName) []report.Note {
	for _, n := range names {
		i := slices.IndexFunc(all, func(o report.Note) bool { return organization.Same(n.name, o.Text) })
		if i < 0 {
			i = len(all)
			all = append(all, report.Note{Kind: report.SeveralOrganizations, Path: report.Path{Table: "organization"}})
		}
		if o := &all[i]; len(n.name) > len(o.Text) {
			o.Text = n.name
		}
		all[i].Cells = append(all[i].Cells, n.cell)
	}
	return all
}

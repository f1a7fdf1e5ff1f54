package reader

import (
	"context"
	"math"
	"regexp"
	"slices"
	"strings"

	"nianbao/convert/organization"
	"nianbao/convert/prose"
	"nianbao/convert/workbook"
)

// divide makes units of the pages, and reports whether each is one body's at most.
func (d *division) divide(ctx context.Context, pages []*page) bool {
	var names []string
	for _, g := range pages {
		for _, n := range d.namesOn(g) {
			names = append(names, n.name)
		}
		if isOrganization(prose.Fold(g.Name)) {
			names = append(names, g.Name)
		}
	}
	if d.bodies = bodiesOf(ctx, names); d.bodies == nil {
		return false
	}
	contents := d.whole.contents()
	for _, g := range pages {
		if g.Ours() {
			continue
		}
		on := d.namesOn(g)
		several := slices.ContainsFunc(on, func(n sheetName) bool { return d.bodies[n.name] != d.bodies[on[0].name] })
		switch {
		case several && contents[g] == nil: // a list of them
			d.units = append(d.units, newUnit(g, -1, nil))
		case several:
			stretches := d.stretches(g, on, contents[g])
			if stretches == nil {
				return false
			}
			d.units = append(d.units, stretches...)
		default:
			u := newUnit(g, -1, contents[g])
			if len(on) > 0 {
				u.body = d.bodies[on[0].name]
			} else if i, ok := d.bodies[g.Name]; ok {
				u.body, u.named = i, g.Name
			}
			d.units = append(d.units, u)
		}
	}
	return true
}

// namesOn are the names that a page bears: whom its fields name does not count beside
// its titles.
func (d *division) namesOn(g *page) []sheetName {
	var all []sheetName
	for _, n := range d.whole.text.cover.everyName {
		if n.page == g {
			all = append(all, n)
		}
	}
	if slices.ContainsFunc(all, func(n sheetName) bool { return n.title }) {
		all = slices.DeleteFunc(all, func(n sheetName) bool { return !n.title })
	}
	return all
}

// bodiesOf numbers the bodies that names are of. A name that is short for others is the
// same body's if all those are one body's: 安平县 is none of 安平县白云镇 and 安平县青山镇.
// It is nil for more than there may be, and when the context is done.
func bodiesOf(ctx context.Context, names []string) map[string]int {
	var keys []string
	for _, n := range names {
		k := organization.Key(n)
		if slices.Contains(keys, k) {
			continue
		}
		if keys = append(keys, k); len(keys) > mostParts {
			return nil
		}
	}
	full := map[string]string{} // by key, that of the longest name of the body
	for _, k := range keys {
		if ctx.Err() != nil {
			return nil
		}
		full[k] = k
		var longer []string
		for _, l := range keys {
			if len(l) > len(k) && organization.Same(k, l) {
				longer = append(longer, l)
			}
		}
		if len(longer) == 0 {
			continue
		}
		longest := slices.MaxFunc(longer, func(a, b string) int { return len(a) - len(b) })
		if !slices.ContainsFunc(longer, func(l string) bool { return !organization.Same(l, longest) }) {
			full[k] = longest
		}
	}
	bodies := map[string]int{}
	for _, n := range names {
		bodies[n] = slices.Index(keys, full[organization.Key(n)])
	}
	return bodies
}

// stretches parts a page on which forms stand one below the other, each under a title, or
// at least a field, that names its body. It is nil if they cannot be told apart: where
// something stands above the first name, twice under one, or a name comes again.
func (d *division) stretches(g *page, names []sheetName, all []content) []unit {
	type beginning struct{ row, body int }
	var begin []beginning
	for _, n := range names {
		body := d.bodies[n.name]
		if len(begin) > 0 && begin[len(begin)-1].body == body {
			continue
		}
		row := n.row
		if !n.title {
			row = d.titleAbove(g, n.row, all)
		}
		begin = append(begin, beginning{row, body})
	}
	within := func(from, to int) []content {
		return slices.DeleteFunc(slices.Clone(all), func(c content) bool { return c.row < from || c.row >= to })
	}
	end := func(i int) int {
		if i+1 < len(begin) {
			return begin[i+1].row
		}
		return math.MaxInt
	}
	if len(within(0, begin[0].row)) > 0 {
		return nil
	}
	listed := 0 // a list of contents names them all beforehand
	for listed < len(begin) && len(within(begin[listed].row, end(listed))) == 0 {
		listed++
	}
	begin = begin[listed:]
	if listed == 0 && len(begin) > 0 {
		begin[0].row = 0
	}
	var units []unit
	seen := map[int]bool{}
	for i, b := range begin {
		held := within(b.row, end(i))
		u := newUnit(g.stretch(b.row, end(i)), b.body, held)
		if seen[b.body] || u.twice || u.found&d.whole.allTables() == 0 {
			return nil
		}
		seen[b.body] = true
		units = append(units, u)
	}
	return units
}

// titleAbove is the row of the title that stands right above a row, with nothing of the
// form between; else the row itself.
func (d *division) titleAbove(g *page, row int, all []content) int {
	above := row
	for _, t := range d.whole.text.cover.titles {
		if t.page != g || t.row >= above || row-t.row > mostTitleLines {
			continue
		}
		if !slices.ContainsFunc(all, func(c content) bool { return t.row <= c.row && c.row < row }) {
			above = t.row
		}
	}
	return above
}

// stretch is the part of a page from one row to before another.
func (p *page) stretch(from, to int) *page {
	inside := func(row int) bool { return from <= row && row < to }
	sheet := *p.Sheet
	sheet.Pictures = slices.DeleteFunc(slices.Clone(sheet.Pictures), func(p workbook.Picture) bool { return !inside(p.Row) })
	sheet.Footnotes = slices.DeleteFunc(slices.Clone(sheet.Footnotes), func(c workbook.Cell) bool { return !inside(c.Row) })
	s := &page{Sheet: &sheet, rank: p.rank}
	s.cells = slices.DeleteFunc(slices.Clone(p.cells), func(c pageCell) bool { return !inside(c.Row) })
	s.boxes = slices.DeleteFunc(slices.Clone(p.boxes), func(c pageCell) bool { return !inside(c.Row) })
	return s
}

// tags are how the names of sheets that belong together are alike: 一 (2), 一-教育局,
// 教育局-一, 一2.
var tags = []*regexp.Regexp{
	regexp.MustCompile(`[（(]([^（）()]+)[）)]$`),
	regexp.MustCompile(`[-_—–·.．\s]([^-_—–·.．\s]+)$`),
	regexp.MustCompile(`^([^-_—–·.．\s]+)[-_—–·.．\s]`),
	regexp.MustCompile(`[^0-9]([0-9]{1,3})$`),
}

// byTag groups the units by what the names of their sheets have in common.
func (d *division) byTag() ([]group, bool) {
	for _, shape := range tags {
		if groups, ok := d.tagged(shape); ok {
			return groups, true
		}
	}
	return nil, false
}

// tagged groups the units by their tags of one shape; those without one belong together.
// Each group must be one body's, as one of its sheets or the tag says, and have nothing
// twice.
func (d *division) tagged(shape *regexp.Regexp) ([]group, bool) {
	at := map[string]int{}
	var groups []group
	var bodies []int // of the groups, -1 for none
	for _, u := range d.units {
		tag := ""
		m := shape.FindStringSubmatch(strings.TrimSpace(u.Name))
		if m != nil {
			tag = prose.Fold(m[1])
		}
		i, ok := at[tag]
		if !ok {
			i = len(groups)
			at[tag] = i
			groups, bodies = append(groups, group{}), append(bodies, -1)
			if isOrganization(tag) {
				groups[i].named = m[1]
			}
		}
		groups[i].units = append(groups[i].units, u)
		if u.body >= 0 && u.named == "" {
			if bodies[i] >= 0 && bodies[i] != u.body {
				return nil, false
			}
			bodies[i] = u.body
		}
	}
	seen := map[int]bool{}
	for i, g := range groups {
		if !g.stands() {
			continue
		}
		if g.twice() || seen[bodies[i]] || bodies[i] < 0 && g.named == "" {
			return nil, false
		}
		if bodies[i] >= 0 {
			groups[i].named = ""
			seen[bodies[i]] = true
		}
	}
	return groups, true
}

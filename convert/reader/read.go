// Package reader finds a filled form in a workbook, in whatever shape it was sent:
// one sheet a section or everything on one, with other rows, columns and sheets
// around the tables, saved by any program. [Read] finds the form's tables by their
// labels and says which cell every figure came from. What it cannot place it notes
// in the report instead of guessing; package check turns the notes into findings.
//
// Sheets and cells are package workbook's; the reader sees each sheet as a page,
// whose cells it knows by their labels.
package reader

import (
	"context"
	"slices"

	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// Options says what a submission itself may not say.
type Options struct {
	Organization string // used when the workbook names none
	Year         int    // used when the workbook gives none
	Limits       workbook.Limits
}

// Read reads the filled form in the bytes of a workbook or a Word document or, where it
// holds those of several bodies that can be told apart for certain, each of them, in the
// order of the file: then all have a Part, and no two the same. Where they cannot be told
// apart there is one report, with a note of [report.SeveralOrganizations]: it may be a
// mixture; so it may with one of [report.SecondSet]. The error of a file that is not one, is damaged, exceeds the limits or has
// none of the form's tables is a [message.Error] that says what to do; it stops with the
// context's error when that is done.
func Read(ctx context.Context, src []byte, o Options) ([]*report.Report, error) {
	limits := o.Limits.WithDefaults()
	if f, name := workbook.SniffNamed(src); !f.Readable() {
		return nil, workbook.Refuse(f, name)
	}
	b, err := workbook.Open(ctx, src, limits)
	if err != nil {
		return nil, err
	}
	if err := b.ReadSheets(ctx); err != nil {
		return nil, err
	}
	if err := b.Compute(ctx); err != nil {
		return nil, err
	}
	all, err := readBook(ctx, b, o)
	if err == nil && b.Unread > 0 {
		for _, r := range all {
			r.Notes = append(r.Notes, report.Note{Kind: report.Converted, Text: ".xls", Read: ""})
		}
	}
	return all, err
}

// submission is a workbook as the reader goes through it, or one body's share of it.
type submission struct {
	book  *workbook.Book
	pages []*page
	year  int // that it reports on, by its titles and the names of its sheets, or 0
}

// readBook reads the form that fits the workbook best, of each body that there is.
func readBook(ctx context.Context, b *workbook.Book, o Options) ([]*report.Report, error) {
	if err := verifyPictures(ctx, b.Sheets); err != nil {
		return nil, err
	}
	s := submission{book: b, pages: pagesOf(b.Sheets)}
	whole, err := s.read(ctx, o)
	if err != nil {
		return nil, err
	}
	if whole.found == 0 {
		return nil, message.NewError("read.notables")
	}
	parts, err := s.readApart(ctx, whole, o)
	if err != nil {
		return nil, err
	}
	if parts == nil {
		return []*report.Report{whole.report}, nil
	}
	return parts, nil
}

// read reads the pages as the form that fits them best, the newest if none does.
func (s *submission) read(ctx context.Context, o Options) (*reading, error) {
	s.year = rankPages(s.pages)
	var best *reading
	for _, x := range indexes() {
		r, err := s.readAs(ctx, x, o)
		if err != nil {
			return nil, err
		}
		if best == nil || r.found > 0 && (best.found == 0 || r.better(best)) {
			best = r
		}
		if best.fits() {
			break
		}
	}
	return best, nil
}

// reading is the workbook read as one of the forms.
type reading struct {
	index  *formIndex
	report *report.Report
	found  int // figures whose place was found
	off    int // figures whose place was not found, or that have no place

	tables [][]instance // all standings of each table, the one that was read first
	text   *textReader
}

// fits reports whether the form has all that is in the workbook and the workbook all that is
// in the form, for a year of the form's: no other can be better.
func (r *reading) fits() bool {
	return r.found > 0 && r.off == 0 && r.index.Years.Contains(r.report.Year)
}

// better reports whether r fits the workbook better than s: it leaves less out,
// or the same but the year is one that its form is for.
func (r *reading) better(s *reading) bool {
	if r.off != s.off {
		return r.off < s.off
	}
	year := r.report.Year
	return year != 0 && r.index.Years.Contains(year) && !s.index.Years.Contains(year)
}

// readAs reads the workbook as the given form.
func (s *submission) readAs(ctx context.Context, x *formIndex, o Options) (*reading, error) {
	out := &reading{index: x, report: x.Blank()}
	r := out.report
	var pages []*page
	for _, g := range s.pages {
		if !g.Ours() {
			pages = append(pages, g)
		}
		if r.Sum == nil && g.Sources() {
			r.Sum = sumOf(g.Sheet)
		}
	}
	heads := x.headingsOf(ctx, pages)
	ends := make([][]int, len(pages))
	for i, g := range pages {
		ends[i] = heads.rows(ctx, g)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	tables := make([][]instance, len(x.tables))
	for i := range x.tables {
		tables[i] = x.tables[i].instances(ctx, pages, ends, s.year)
	}
	endAtNext(tables)
	out.tables = tables
	taken := map[*page][]workbook.Area{}
	for i, all := range tables {
		t := tableReader{ctx: ctx, book: s.book, index: &x.tables[i], report: r, read: map[report.Cell]bool{}}
		t.table(all, &r.Tables[i])
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		places := 0
		for _, row := range x.tables[i].Rows() {
			places += len(row.Columns)
		}
		if len(all) > 0 {
			out.found += all[0].found()
			out.off -= all[0].found()
		}
		out.off += places
		for _, in := range all {
			for _, c := range in.blocks {
				if c != nil {
					taken[c.page] = append(taken[c.page], workbook.Area{Row: c.top, LastRow: c.last})
				}
			}
		}
	}
	for _, n := range r.Notes {
		if n.Kind == report.StrayFigure {
			out.off += len(n.Cells)
		}
	}
	out.text = &textReader{headings: heads, book: s.book, tables: map[*page]bool{}}
	for _, all := range tables {
		if len(all) > 0 {
			out.text.tables[all[0].first().page] = true
		}
	}
	if err := s.readText(ctx, out.text, r, pages, taken, o); err != nil {
		return nil, err
	}
	out.secondSet(ctx, s.book, pages)
	return out, ctx.Err()
}

// readText reads what is not in the tables, which take up the given areas of each page.
func (s *submission) readText(ctx context.Context, text *textReader, r *report.Report, pages []*page, taken map[*page][]workbook.Area, o Options) error {
	slices.SortStableFunc(pages, func(a, b *page) int { return a.rank.compare(b.rank) })
	for _, g := range pages {
		if err := text.sheet(ctx, g, taken[g]); err != nil {
			return err
		}
	}
	text.sections(ctx, r)
	text.leftOut(r)
	for i := range text.cover.withoutResult {
		text.formulaNotes(ctx, r, &text.cover.withoutResult[i], "")
	}
	text.pictures(r)
	text.cover.fill(r, s.year, o)
	text.organizations(ctx, r, taken)
	return ctx.Err()
}

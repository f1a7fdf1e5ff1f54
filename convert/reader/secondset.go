package reader

import (
	"context"
	"slices"

	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// secondSet notes that all tables of the form stand again, at least one of them with
// other figures: then it is not certain which are to be reported. There is no note where
// the sheets name several bodies, as that says more, and where a title or a sheet is of
// another year: last year's form stands there to compare.
func (w *reading) secondSet(ctx context.Context, book *workbook.Book, pages []*page) {
	if w.noted(report.SeveralOrganizations) || w.hasOtherYear(pages) {
		return
	}
	var first, second []report.Cell
	differ := false
	for i, all := range w.tables {
		again := standingAgain(all)
		if len(again) == 0 {
			return
		}
		first, second = append(first, all[0].corner()), append(second, again[0].corner())
		for _, in := range again {
			if differ || ctx.Err() != nil {
				break
			}
			other := w.index.Blank()
			t := tableReader{ctx: ctx, book: book, index: &w.index.tables[i], report: other, read: map[report.Cell]bool{}}
			t.table([]instance{in}, &other.Tables[i])
			differ = !sameFigures(w.report.Tables[i], other.Tables[i])
		}
	}
	if differ {
		w.report.Notes = append(w.report.Notes, report.Note{Kind: report.SecondSet, Cells: append(first, second...)})
	}
}

// standingAgain are the standings of a table that are to be believed as much as the
// first, which was read, and are no pieces.
func standingAgain(all []instance) []instance {
	if len(all) == 0 {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(all[1:]), func(in instance) bool {
		return 2*in.found() < all[0].found() || in.rank().copy || in.rank().compare(all[0].rank()) != 0
	})
}

// sameFigures reports whether another standing of a table says nothing else: it holds the
// same figures as far as their places were found, or none but zeros.
func sameFigures(read, other report.Table) bool {
	zero, same := true, true
	for i, row := range other.Rows {
		for j, f := range row.Figures {
			zero = zero && f.Value.IsZero()
			same = same && (f.Cell.IsZero() || f.Value.Equal(read.Rows[i].Figures[j].Value))
		}
	}
	return zero || same
}

// hasOtherYear reports whether something but a guide says that it is of another year.
func (w *reading) hasOtherYear(pages []*page) bool {
	return slices.ContainsFunc(pages, func(g *page) bool { return g.rank.otherYear && !g.rank.guide }) ||
		slices.ContainsFunc(w.text.cover.titles, func(t title) bool {
			return t.year != 0 && t.year != w.report.Year && !t.page.rank.guide
		})
}

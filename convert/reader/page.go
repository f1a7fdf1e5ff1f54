package reader

import (
	"slices"
	"sort"
	"strings"

	"nianbao/convert/prose"
	"nianbao/convert/workbook"
)

// page is a worksheet as the reader goes through it: its cells with what labels are
// recognised by, and how far the sheet is to be believed.
type page struct {
	*workbook.Sheet
	rank  rank
	cells []pageCell // by row, then column
	boxes []pageCell // text boxes, by row
}

// pageCell is a cell of a sheet with the core of its text, if that is short enough for a
// label. It shares the sheet's cell: there may be millions.
type pageCell struct {
	*workbook.Cell
	core string
}

// longestLabel is more bytes than any label takes, remarks and line breaks included.
const longestLabel = 400

// noCell stands for a cell that is not there.
var noCell = pageCell{Cell: &workbook.Cell{}}

func newCell(c *workbook.Cell) pageCell {
	if c.Kind == workbook.TextCell && len(c.Text) <= longestLabel {
		return pageCell{c, core(c.Text)}
	}
	return pageCell{c, ""}
}

// pagesOf are the pages of the sheets.
func pagesOf(grids []*workbook.Sheet) []*page {
	var pages []*page
	for _, g := range grids {
		p := &page{Sheet: g, cells: make([]pageCell, 0, len(g.Cells))}
		for i := range g.Cells {
			p.cells = append(p.cells, newCell(&g.Cells[i]))
		}
		for i := range g.Boxes {
			p.boxes = append(p.boxes, newCell(&g.Boxes[i]))
		}
		p.joinNumbers()
		pages = append(pages, p)
	}
	return pages
}

// rows returns the cells that begin in the rows from first to last.
func (p *page) rows(first, last int) []pageCell {
	i := sort.Search(len(p.cells), func(i int) bool { return p.cells[i].Row >= first })
	j := i + sort.Search(len(p.cells)-i, func(k int) bool { return p.cells[i+k].Row > last })
	return p.cells[i:j]
}

// withBoxes are the cells of the sheet with its text boxes among them, each behind
// the cells of its row.
func (p *page) withBoxes() []pageCell {
	if len(p.boxes) == 0 {
		return p.cells
	}
	all := slices.Concat(p.cells, p.boxes)
	slices.SortStableFunc(all, func(a, b pageCell) int { return a.Row - b.Row })
	return all
}

// joinNumbers puts the number of a heading that stands in a cell of its own back
// before the heading.
func (p *page) joinNumbers() {
	kept := p.cells[:0]
	for _, c := range p.cells {
		if n := len(kept); n > 0 && kept[n-1].Row == c.Row && aloneNumber(kept[n-1]) &&
			c.Kind == workbook.TextCell && len(c.Text) <= longestLabel && levelOf(c.Text) == noLevel {
			joined := *c.Cell
			joined.Text = strings.TrimSpace(kept[n-1].Text) + strings.TrimSpace(c.Text)
			c = newCell(&joined)
			kept = kept[:n-1]
		}
		kept = append(kept, c)
	}
	p.cells = kept
}

// aloneNumber reports whether a cell holds nothing but the number of a section: 一、
func aloneNumber(c pageCell) bool {
	text := strings.TrimSpace(c.Text)
	if c.Kind != workbook.TextCell || len(text) > longestNumber {
		return false
	}
	r := []rune(prose.Fold(text))
	return len(r) == 2 && strings.ContainsRune(chineseDigits, r[0]) && r[1] == ','
}

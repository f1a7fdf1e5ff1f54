package pdf

import (
	"math"
	"slices"

	"nianbao/convert/report"
)

// need is how many slots of a page a table must find: all, or if it is longer
// than a page, enough for its head and a few rows.
func (t *fitTable) need() int {
	if n := slots(tableAbove + t.total); n < linesPerPage {
		return n
	}
	return linesPerPage / 4
}

// slots is how many slots of the line grid hold something so high.
func slots(height float64) int { return int(math.Ceil(height/pitch - 1e-9)) }

// placeTable draws a table from the next slot on, breaking it between rows where
// the page ends. The head of the rows that follow is repeated on the next page.
func (p *pager) placeTable(t *fitTable) {
	top := areaTop + float64(p.slot)*pitch
	if p.slot > 0 {
		top += tableAbove
	}
	for row := 0; row < t.layout.Rows; {
		var rows []int
		if row > 0 {
			rows = t.headOf(row)
		}
		height := ruleOuter + t.heightOf(rows)
		first := row
		for row < t.layout.Rows {
			if end := t.unbroken(row); row > first && top+height+sum(t.height[row:end]) > areaBottom+1e-6 {
				break
			}
			height += t.height[row]
			rows = append(rows, row)
			row++
		}
		p.drawRows(t, rows, top)
		if row < t.layout.Rows {
			p.newPage()
			top = areaTop + p.drawContinued()
			continue
		}
		p.slot = min(linesPerPage, slots(top+height+tableAbove-areaTop))
	}
}

// drawContinued draws 续表 above a table that goes on, at its right end, and gives the
// height that it takes.
func (p *pager) drawContinued() float64 {
	chars := p.shaper.shape(report.Cell{}, span{roleHei, "续表"})
	set := setting{size: sizeTable}
	p.doc.text(chars, areaRight-set.width(chars), areaTop+ascent*set.size, set)
	return set.size * tableLead
}

// first is how high the first block of a table of several is; 0 for one that does not
// part between blocks.
func (t *fitTable) first() float64 {
	if len(t.blocks) < 2 {
		return 0
	}
	return ruleOuter + sum(t.height[:t.blocks[1]])
}

// unbroken is the end of the rows that stay with a row: a block that begins there, or a
// head with its first row.
func (t *fitTable) unbroken(row int) int {
	if i, ok := slices.BinarySearch(t.blocks, row); ok && len(t.blocks) > 1 {
		end := t.layout.Rows
		if i+1 < len(t.blocks) {
			end = t.blocks[i+1]
		}
		if sum(t.height[row:end]) < areaHeight/2 {
			return end
		}
	}
	end := row + 1
	for end < t.layout.Rows && t.heads[end-1] {
		end++
	}
	return end
}

// headOf lists the rows of the head that stands over a row, which is not one of
// them. A row that starts a head of its own needs no other.
func (t *fitTable) headOf(row int) []int {
	if t.heads[row] {
		return nil
	}
	for row > 0 && !t.heads[row] {
		row--
	}
	end := row + 1
	for row > 0 && t.heads[row-1] {
		row--
	}
	var rows []int
	for ; row < end; row++ {
		rows = append(rows, row)
	}
	return rows
}

func (t *fitTable) heightOf(rows []int) float64 {
	h := 0.0
	for _, r := range rows {
		h += t.height[r]
	}
	return h
}

// drawRows draws some rows of a table one below the other. A cell of which only
// some rows are among them is drawn over these, with its text.
func (p *pager) drawRows(t *fitTable, rows []int, top float64) {
	top += tableInset
	y := make([]float64, len(rows)+1)
	at := make(map[int]int, len(rows)) // row → its place among those drawn
	y[0] = top
	for i, r := range rows {
		y[i+1] = y[i] + t.height[r]
		at[r] = i
	}
	d := p.doc
	last := len(t.x) - 1
	for i := range t.cells {
		c := &t.cells[i]
		from, to := len(rows), -1
		for r := c.Row; r < c.Row+c.RowSpan; r++ {
			if i, ok := at[r]; ok {
				from, to = min(from, i), max(to, i)
			}
		}
		if to < 0 {
			continue
		}
		left, right := areaLeft+t.x[c.Column], areaLeft+t.x[c.Column+c.ColumnSpan]
		upper, lower := y[from], y[to+1]
		if c.Column+c.ColumnSpan < last {
			d.rule(right, upper, right, lower, ruleInner)
		}
		if to+1 < len(rows) {
			d.rule(left, lower, right, lower, ruleInner)
		}
		c.draw(d, t, left, right, upper, lower)
	}
	left, right, bottom := areaLeft+t.x[0], areaLeft+t.x[last], y[len(rows)]
	d.ops(float64(ruleOuter), "w", left, pageHeight-bottom, right-left, bottom-top, "re S")
}

// draw sets a cell's text in the middle of its height. A part of a cell that is
// too low for it, at the end or start of a page, stays empty.
func (c *fitCell) draw(d *canvas, t *fitTable, left, right, upper, lower float64) {
	lead := t.size * tableLead
	if float64(len(c.lines))*lead > lower-upper {
		return
	}
	y := (upper + lower - float64(len(c.lines))*lead) / 2
	for _, l := range c.lines {
		x := (left + right - l.width) / 2
		if c.Left {
			x = left + cellPad + 0.5
		}
		d.text(l.chars, x, y+(lead-c.set.size)/2+ascent*c.set.size, c.set)
		y += lead
	}
}

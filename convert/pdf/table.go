package pdf

import (
	"math"
	"slices"
	"unicode/utf8"

	"nianbao/convert/document"
	"nianbao/convert/form"
)

const (
	ruleInner = 0.5 // pt
	ruleOuter = 1

	tableLead  = 1.25 // line pitch within a cell, in em
	cellPad    = 3    // beside the text of a cell, pt
	tableInset = ruleOuter / 2
	tableAbove = 3 // pt between a heading's slot and its table
)

// fitTable is a table with its columns and rows measured.
type fitTable struct {
	layout  *document.Table
	cells   []fitCell
	x       []float64 // edges of the columns, from the left edge of the type area
	height  []float64 // of the rows
	heads   []bool    // rows without figures
	blocks  []int     // the rows that its blocks begin with, if they have titles
	parted  bool      // its heading is set, and it is to be parted between blocks
	total   float64
	size    float64 // of the type
	padding float64
}

// fitCell is a cell with its text.
type fitCell struct {
	document.Cell
	chars []char
	lines []line
	set   setting
}

// cells shapes the cells of a table.
func (s *shaper) cells(t *document.Table) []fitCell {
	cells := make([]fitCell, len(t.Cells))
	for i, c := range t.Cells {
		r := roleSong
		if c.Role == form.Head || c.Role == form.BlockTitle || c.Role == form.Corner && !c.Remark {
			r = roleHei
		}
		cells[i] = fitCell{Cell: c, chars: s.shape(c.Source, span{r, c.Text})}
		keepWords(cells[i].chars, c.Parts)
	}
	return cells
}

// keepWords lets a label part only where its form says.
func keepWords(chars []char, parts []string) {
	n := 0
	for _, p := range parts {
		n += utf8.RuneCountInString(p)
	}
	if n != len(chars) { // the form says nothing
		return
	}
	for i := range chars {
		chars[i].after = min(chars[i].after, emergency)
	}
	n = 0
	for _, p := range parts {
		n += utf8.RuneCountInString(p)
		chars[n-1].after = allowed
	}
}

// paddings are the room above and below the text of a cell, in points.
var paddings = []float64{5, 4, 3, 2.2, 1.6}

// fit measures a table for a page that has the given room: in 五号 if it can be,
// down to 小五, with as much air as there is.
func fit(cells []fitCell, l *document.Table, room float64) *fitTable {
	for _, size := range []float64{sizeTable, 10, 9.5, sizeTableSmall} {
		t := newFitTable(cells, l, size, paddings[0], columns(cells, l, size))
		for _, padding := range paddings {
			if t = t.padded(padding); t.total <= room {
				return t
			}
		}
	}
	// It has to be broken: no reason to cramp it.
	return newFitTable(cells, l, sizeTable, paddings[2], columns(cells, l, sizeTable))
}

// tighter is the table with less air, if that makes it fit into the room; else nil.
func (t *fitTable) tighter(room float64) *fitTable {
	for _, padding := range paddings[1:4] {
		if padding < t.padding && t.size == sizeTable {
			if u := t.padded(padding); u.total <= room {
				return u
			}
		}
	}
	return nil
}

func newFitTable(cells []fitCell, l *document.Table, size, padding float64, x []float64) *fitTable {
	t := &fitTable{layout: l, cells: slices.Clone(cells), x: x, size: size}
	t.heads, t.blocks = l.Heads(), l.Blocks()
	for i := range t.cells {
		t.cells[i].setText(t)
	}
	return t.padded(padding)
}

// padded is the table with another padding. The text of its cells is the same.
func (t *fitTable) padded(padding float64) *fitTable {
	u := *t
	t = &u
	t.padding = padding
	t.height = make([]float64, t.layout.Rows)
	// Rows are as high as their own cells, then cells over several rows get
	// what they still lack from all of these.
	for i := range t.cells {
		c := &t.cells[i]
		if c.RowSpan == 1 {
			t.height[c.Row] = max(t.height[c.Row], c.height(t))
		}
	}
	for i := range t.height {
		t.height[i] = max(t.height[i], t.size*tableLead+2*padding)
	}
	for i := range t.cells {
		c := &t.cells[i]
		span := t.height[c.Row : c.Row+c.RowSpan]
		if lack := c.height(t) - sum(span); lack > 0 {
			for j := range span {
				span[j] += lack / float64(len(span))
			}
		}
	}
	t.total = sum(t.height) + ruleOuter
	return t
}

func (c *fitCell) height(t *fitTable) float64 {
	return float64(len(c.lines))*t.size*tableLead + 2*t.padding
}

// inner is how wide the text of a cell may be.
func (c *fitCell) inner(x []float64) float64 {
	return x[c.Column+c.ColumnSpan] - x[c.Column] - 2*cellPad
}

// setText breaks a cell's text into lines, or makes a figure fit into one.
func (c *fitCell) setText(t *fitTable) {
	width := c.inner(t.x)
	c.set = setting{size: t.size}
	if c.Role != form.Value {
		c.lines = breakLabel(c.chars, measure{width: width, size: t.size, ragged: true})
		return
	}
	if len(c.chars) == 0 {
		return
	}
	// A figure is never broken. Smaller type first, then narrower.
	const smallest = 7.5 // 六号
	natural := c.set.width(c.chars)
	if natural > width {
		c.set.size = max(smallest, t.size*width/natural)
		if natural = c.set.width(c.chars); natural > width {
			c.set.scale = width / natural
		}
	}
	c.lines = []line{{chars: c.chars, width: min(natural, width)}}
}

// breakLabel breaks a label into as few lines as hold it, about equally long.
func breakLabel(chars []char, m measure) []line {
	count := countLines(chars, m)
	if count > 1 {
		cost := make([]float64, len(chars))
		for i, c := range chars {
			switch {
			case c.after != allowed:
				cost[i] = math.Inf(1)
			case c.kind&isCloser == 0:
				cost[i] = 0.1
			}
		}
		if ends := settingOf(chars, m).Share(cost, count); ends != nil {
			lines := linesTo(chars, ends)
			for i := range lines {
				lines[i].width = setting{size: m.size}.width(lines[i].chars)
			}
			return lines
		}
	}
	return fill(chars, m)
}

func sum(vs []float64) float64 {
	s := 0.0
	for _, v := range vs {
		s += v
	}
	return s
}

// columns chooses the edges of a table's columns.
func columns(cells []fitCell, l *document.Table, size float64) []float64 {
	const width = areaWidth - 2*tableInset
	values := l.Columns - l.StubColumns
	s := setting{size: size}

	// One column of labels, none of them broken, and the others alike.
	leaves, stub := 1, 0.0
	for _, c := range cells {
		if c.Role == form.Value {
			leaves = max(leaves, values/c.ColumnSpan)
		}
		if c.Role == form.Stub {
			stub = max(stub, s.width(c.chars)+2*cellPad)
		}
	}
	if l.StubColumns == 0 {
		return edges(nil, values, width)
	}
	if alike := width / float64(leaves+1); l.StubColumns == 1 && stub <= width/2 {
		return edges([]float64{max(alike, stub+2*cellPad)}, values, width)
	}

	// Else the figures get what they need, and the labels the rest.
	const most = 0.6 // of the width, for the figures
	need := 0.0      // of a leaf column
	for _, c := range cells {
		if span := float64(c.ColumnSpan); c.Role == form.Value || c.Role == form.Head {
			w := s.width(c.chars)
			if c.Role == form.Head {
				w = min(w, 3*size)
			}
			need = max(need, (w+2*cellPad)*float64(values)/float64(leaves)/span)
		}
	}
	natural := make([]float64, l.StubColumns) // of the labels, unbroken
	for _, c := range cells {
		if c.Role == form.Stub && c.ColumnSpan == 1 {
			natural[c.Column] = max(natural[c.Column], s.width(c.chars)+2*cellPad)
		}
	}
	figures := min(max(need*float64(leaves), width-sum(natural)), most*width)
	return edges(stubWidths(cells, l, size, width-figures), values, width)
}

// stubWidths shares the width of the labels among their columns: the first ones,
// which hold groups, a few characters each, so that the table is lowest.
func stubWidths(cells []fitCell, l *document.Table, size, width float64) []float64 {
	n := l.StubColumns
	best := make([]float64, n)
	lowest := math.Inf(1)
	try := make([]float64, n)
	least := make([]float64, n) // so that no label is torn
	for _, c := range cells {
		if c.Role == form.Stub && c.ColumnSpan == 1 {
			least[c.Column] = max(least[c.Column], longestUnit(c.chars)*size/1000+2*cellPad)
		}
	}
	var search func(column int, left float64)
	search = func(column int, left float64) {
		if column == n-1 {
			if try[column] = left; left < least[column] {
				return
			}
			if h := stubHeight(cells, l, size, try); h <= lowest {
				lowest = h
				copy(best, try)
			}
			return
		}
		for ems := 2; ems <= 5; ems++ {
			w := float64(ems)*size + 2*cellPad + 0.5
			if w >= least[column] {
				try[column] = w
				search(column+1, left-w)
			}
		}
	}
	search(0, width)
	if math.IsInf(lowest, 1) {
		for i := range best {
			best[i] = width / float64(n)
		}
	}
	return best
}

// longestUnit is how wide, in thousandths of an em, the longest part of a text is
// that no line break may part.
func longestUnit(chars []char) float64 {
	longest, unit := 0, 0
	for _, c := range chars {
		unit += c.width
		longest = max(longest, unit)
		if c.after == allowed {
			unit = 0
		}
	}
	return float64(longest)
}

// stubHeight estimates how many lines high the labels are in columns of the
// given widths.
func stubHeight(cells []fitCell, l *document.Table, size float64, widths []float64) float64 {
	rows := make([]float64, l.Rows)
	for pass := range 2 {
		for _, c := range cells {
			if c.Role != form.Stub || (c.RowSpan == 1) != (pass == 0) {
				continue
			}
			w := sum(widths[c.Column:c.Column+c.ColumnSpan]) - 2*cellPad
			n := float64(countLines(c.chars, measure{width: w, size: size, ragged: true}))
			if lack := n - sum(rows[c.Row:c.Row+c.RowSpan]); lack > 0 {
				for r := c.Row; r < c.Row+c.RowSpan; r++ {
					rows[r] += lack / float64(c.RowSpan)
				}
			}
		}
	}
	return sum(rows)
}

// edges turns widths of the stub's columns into edges; the others share the rest.
func edges(stub []float64, values int, width float64) []float64 {
	x := []float64{tableInset}
	for _, w := range stub {
		x = append(x, x[len(x)-1]+w)
	}
	left := x[len(x)-1]
	for i := range values {
		x = append(x, left+(tableInset+width-left)*float64(i+1)/float64(values))
	}
	return x
}

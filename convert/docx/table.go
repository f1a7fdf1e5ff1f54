package docx

import (
	"fmt"
	"math"

	"nianbao/convert/document"
	"nianbao/convert/form"
)

const (
	cellPad   = 2    // beside the text of a cell, points
	tableLead = 1.25 // line pitch within a cell, in em
	groupEms  = 3.2  // of a column of labels that holds groups
)

// fitting is how large a table is set.
type fitting struct {
	size    float64 // of the type, points
	padding float64 // above and below the text of a cell, points
	widths  []int   // of the columns, twips
}

// fit chooses the type and the air of a table so that it stands on one page below its
// heading, as far as that can be known without the faces.
func fit(t *document.Table) fitting {
	const room = float64(areaHeight-2*pitch) / 20
	for _, size := range []float64{sizeTable, 10, 9.5, sizeTableSmall} {
		f := fitting{size: size, widths: columns(t, size)}
		lines := f.count(t)
		for _, f.padding = range []float64{5, 4, 3, 2.2, 1.6} {
			if f.height(t, lines) <= room {
				return f
			}
		}
	}
	return fitting{sizeTable, 3, columns(t, sizeTable)} // it has to be broken: no reason to cramp it
}

// count is how many lines each cell of a table has, as far as that can be known.
func (f fitting) count(t *document.Table) []float64 {
	counts := make([]float64, len(t.Cells))
	for i, c := range t.Cells {
		if c.Role == form.Value {
			counts[i] = 1
			continue
		}
		for _, line := range f.lines(c) {
			counts[i] += max(1, math.Ceil(document.Ems(line)*f.size/f.inner(c)-0.01))
		}
	}
	return counts
}

// height is about how high a table is, in points, whose cells have so many lines.
func (f fitting) height(t *document.Table, lines []float64) float64 {
	rows := make([]float64, t.Rows)
	for pass := range 2 { // cells over several rows get what they still lack from all of these
		for i, c := range t.Cells {
			if (c.RowSpan == 1) != (pass == 0) {
				continue
			}
			lack := lines[i]*f.size*tableLead + 2*f.padding + 0.5
			for r := c.Row; r < c.Row+c.RowSpan; r++ {
				lack -= rows[r]
			}
			for r := c.Row; r < c.Row+c.RowSpan && lack > 0; r++ {
				rows[r] += lack / float64(c.RowSpan)
			}
		}
	}
	total := 0.0
	for _, h := range rows {
		total += h
	}
	return total
}

// lines parts the text of a label that takes several lines where the form says, into
// lines about equally long. All other text is one line, for the program to break.
func (f fitting) lines(c document.Cell) []string {
	width := f.inner(c) / f.size
	if len(c.Parts) < 2 || document.Ems(c.Text) <= width {
		return []string{c.Text}
	}
	fewest := filled(c.Parts, width)
	for width--; width > 0; width-- {
		narrower := filled(c.Parts, width)
		if len(narrower) > len(fewest) {
			break
		}
		fewest = narrower
	}
	return fewest
}

// filled puts the parts of a text into lines of so many ems, as many into each as it holds.
func filled(parts []string, width float64) []string {
	lines := []string{parts[0]}
	for _, p := range parts[1:] {
		if last := &lines[len(lines)-1]; document.Ems(*last+p) <= width {
			*last += p
		} else {
			lines = append(lines, p)
		}
	}
	return lines
}

// inner is how wide the text of a cell may be, in points.
func (f fitting) inner(c document.Cell) float64 {
	return float64(f.width(c))/20 - 2*cellPad
}

// width is how wide a cell is, in twips.
func (f fitting) width(c document.Cell) int {
	w := 0
	for _, v := range f.widths[c.Column : c.Column+c.ColumnSpan] {
		w += v
	}
	return w
}

// columns are the widths of a table's columns, in twips: the figures get what they need,
// all alike, and the labels the rest.
func columns(t *document.Table, size float64) []int {
	total := float64(areaWidth) / 20
	values := t.Columns - t.StubColumns
	leaves, figure, stub := 1, 0.0, 0.0
	for _, c := range t.Cells {
		switch c.Role {
		case form.Value:
			leaves = max(leaves, values/c.ColumnSpan)
			figure = max(figure, digitEm*2*document.Ems(c.Text)*size)
		case form.Stub:
			if c.Column+c.ColumnSpan == t.StubColumns {
				stub = max(stub, document.Ems(c.Text)*size+2*cellPad)
			}
		}
	}
	for _, c := range t.Cells {
		if c.Role == form.Head && c.ColumnSpan*leaves == values {
			figure = max(figure, min(document.Ems(c.Text), 3)*size)
		}
	}
	stubs := make([]float64, t.StubColumns)
	left := 0.0 // of the width, for labels
	switch alike := total / float64(leaves+1); {
	case t.StubColumns == 0:
	case t.StubColumns == 1 && stub <= total/2:
		left = max(alike, stub+2*cellPad)
	default:
		const most = 0.55 // of the width, for the figures
		left = total - min(max((figure+2*cellPad)*float64(leaves), total-stub-float64(t.StubColumns-1)*groupEms*size), most*total)
	}
	for i := range stubs {
		stubs[i] = groupEms*size + 2*cellPad
		if i == len(stubs)-1 {
			stubs[i] = left
		}
		left -= stubs[i]
	}
	widths := make([]int, t.Columns)
	edge, at := 0.0, 0
	for i := range widths {
		if i < len(stubs) {
			edge += stubs[i]
		} else {
			edge += (total - edge) / float64(t.Columns-i)
		}
		widths[i] = twips(edge) - at
		at += widths[i]
	}
	return widths
}

// table writes a table. Its rows stay whole and, those of a block, on one page if they
// can; where there is but one head it is repeated on every page.
func (b *body) table(t *document.Table) {
	f := fit(t)
	b.WriteString(`<w:tbl><w:tblPr><w:tblW w:w="` + fmt.Sprint(areaWidth) + `" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right"} {
		b.WriteString(`<w:` + side + ` w:val="single" w:sz="8" w:space="0" w:color="auto"/>`)
	}
	b.WriteString(`<w:insideH w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:insideV w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders>` +
		`<w:tblLayout w:type="fixed"/><w:tblCellMar>`)
	fmt.Fprintf(b, `<w:top w:w="0" w:type="dxa"/><w:left w:w="%[1]d" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="%[1]d" w:type="dxa"/>`, cellPad*20)
	b.WriteString(`</w:tblCellMar><w:tblCaption w:val="` + escaped(t.Name) + `"/></w:tblPr><w:tblGrid>`)
	for _, w := range f.widths {
		fmt.Fprintf(b, `<w:gridCol w:w="%d"/>`, w)
	}
	b.WriteString(`</w:tblGrid>`)

	grid := make([]*document.Cell, t.Rows*t.Columns)
	for i := range t.Cells {
		c := &t.Cells[i]
		for row := c.Row; row < c.Row+c.RowSpan; row++ {
			grid[row*t.Columns+c.Column] = c
		}
	}
	heads, blocks := t.Heads(), t.Blocks()
	starts := make([]bool, t.Rows+1) // of blocks; and the end
	for _, row := range blocks {
		starts[row] = true
	}
	starts[t.Rows] = true
	head := len(blocks) < 2
	for row := range t.Rows {
		b.WriteString(`<w:tr><w:trPr><w:cantSplit/>`)
		if head = head && heads[row]; head {
			b.WriteString(`<w:tblHeader/>`)
		}
		b.WriteString(`</w:trPr>`)
		for _, c := range grid[row*t.Columns : (row+1)*t.Columns] {
			if c != nil {
				b.cell(f, c, row, !starts[row+1])
			}
		}
		b.WriteString(`</w:tr>`)
	}
	b.WriteString(`</w:tbl>`)
}

// cell writes what a row has of a cell.
func (b *body) cell(f fitting, c *document.Cell, row int, keep bool) {
	fmt.Fprintf(b, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/>`, f.width(*c))
	if c.ColumnSpan > 1 {
		fmt.Fprintf(b, `<w:gridSpan w:val="%d"/>`, c.ColumnSpan)
	}
	switch {
	case c.RowSpan == 1:
	case row == c.Row:
		b.WriteString(`<w:vMerge w:val="restart"/>`)
	default:
		b.WriteString(`<w:vMerge/>`)
	}
	if c.Role == form.Value {
		b.WriteString(`<w:noWrap/>`)
	}
	b.WriteString(`<w:vAlign w:val="center"/></w:tcPr>`)

	style, properties := styleFigure, ""
	if c.Role == form.Head || c.Role == form.BlockTitle || c.Role == form.Corner && !c.Remark {
		style = styleHead
	}
	more := ""
	if keep {
		more = `<w:keepNext/>`
	}
	padding := twips(f.padding)
	more += fmt.Sprintf(`<w:spacing w:before="%d" w:after="%d" w:line="%d" w:lineRule="exact"/>`, padding, padding, twips(f.size*tableLead))
	if c.Left {
		more += `<w:jc w:val="left"/>`
	}
	b.open(style, more)
	if row == c.Row && c.Text != "" {
		if f.size != sizeTable {
			properties = size(f.size)
		}
		if c.Role == form.Value {
			properties = f.figure(*c)
		}
		for i, line := range f.lines(*c) {
			if i > 0 {
				b.WriteString(`<w:r><w:br/></w:r>`)
			}
			b.run(properties, line)
		}
	}
	b.close()
	b.WriteString(`</w:tc>`)
}

// digitEm is how wide a digit may be, in em: half an em in 宋体, more in faces that
// stand in for it.
const digitEm = 0.56

// figure is how a figure is set that is never broken: smaller type first, then narrower.
func (f fitting) figure(c document.Cell) string {
	const smallest = 7.5 // 六号
	points, width := f.size, f.inner(c)
	natural := digitEm * 2 * document.Ems(c.Text) // in em
	properties := ""
	if natural*points > width {
		points = max(smallest, math.Floor(2*width/natural)/2)
		if natural*points > width {
			properties = fmt.Sprintf(`<w:w w:val="%d"/>`, max(1, int(100*width/(natural*points))))
		}
	}
	if points != sizeTable {
		properties += size(points)
	}
	return properties
}

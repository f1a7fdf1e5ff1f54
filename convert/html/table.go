package html

import (
	"fmt"
	"strconv"
	"strings"

	"nianbao/convert/document"
	"nianbao/convert/form"
)

// table writes a table: each of its blocks, which has a head of its own, as one that
// follows the other. What a narrow screen does not hold is moved sideways.
func (p *page) table(t *document.Table) {
	starts := t.Blocks()
	if len(starts) == 0 {
		starts = []int{0}
	}
	for i, from := range starts {
		to := t.Rows
		if i+1 < len(starts) {
			to = starts[i+1]
		}
		p.tables++
		b := block{Table: t, from: from, to: to, heads: t.Heads(), id: "t" + strconv.Itoa(p.tables)}
		b.write(p)
	}
}

// block is a part of a table with a head of its own.
type block struct {
	*document.Table
	from, to int // its rows
	heads    []bool
	id       string // what the ids of its cells begin with
}

// narrow is how many figures beside each other a telephone shows as any screen does.
const narrow = 4

// write writes the block: its title, or the table's name, as the caption, and its heads
// before its figures.
func (b *block) write(p *page) {
	caption, class := escaped(b.Name), ` class="hidden"`
	rows := make([][]document.Cell, b.to-b.from)
	figures := 0 // in a row
	for _, c := range b.Cells {
		switch {
		case c.Row < b.from || c.Row >= b.to:
		case c.Role == form.BlockTitle:
			caption, class = escaped(c.Text), ""
		default:
			rows[c.Row-b.from] = append(rows[c.Row-b.from], c)
			if c.Role == form.Value && c.Row == b.to-1 {
				figures++
			}
		}
	}
	of := `<div class="table">`
	if figures > narrow { // whoever has no mouse must be able to move it
		of = `<div class="table wide" role="region" aria-labelledby="` + b.id + `" tabindex="0">`
	}
	p.put(of, "\n<table>\n<caption", class, ` id="`, b.id, `">`, caption, "</caption>\n")
	part := ""
	for i, row := range rows {
		if len(row) == 0 { // of the title
			continue
		}
		group := "tbody"
		if b.heads[b.from+i] {
			group = "thead"
		}
		if group != part {
			if part != "" {
				p.put("</", part, ">\n")
			}
			part = group
			p.put("<", part, ">\n")
		}
		p.put("<tr>")
		for _, c := range row {
			b.cell(p, c)
		}
		p.put("</tr>\n")
	}
	p.put("</", part, ">\n</table>\n</div>\n")
}

// cell writes a cell. A figure names the heads that it stands under and beside, as
// groups of groups have it that no scope can say.
func (b *block) cell(p *page, c document.Cell) {
	spans := ""
	if c.ColumnSpan > 1 {
		spans += fmt.Sprintf(` colspan="%d"`, c.ColumnSpan)
	}
	if c.RowSpan > 1 {
		spans += fmt.Sprintf(` rowspan="%d"`, c.RowSpan)
	}
	class := ""
	switch {
	case c.Remark:
		class = ` class="remark"`
	case c.Left:
		class = ` class="left"`
	}
	switch {
	case c.Role == form.Value:
		p.put("<td", spans, ` headers="`, b.headers(c), `">`, escaped(c.Text), "</td>")
	case c.Role == form.Corner && (c.Remark || c.Text == ""):
		p.put("<td", spans, class, ">", b.text(c), "</td>")
	default:
		p.put("<th", spans, class, ` id="`, b.cellID(c), `" scope="`, scope(c), `">`, b.text(c), "</th>")
	}
}

// text is a label, which parts only where its form says.
func (b *block) text(c document.Cell) string {
	if len(c.Parts) < 2 {
		return escaped(c.Text)
	}
	parts := make([]string, len(c.Parts))
	for i, s := range c.Parts {
		parts[i] = "<span>" + escaped(s) + "</span>"
	}
	return strings.Join(parts, "<wbr>")
}

// scope says what a head is the head of.
func scope(c document.Cell) string {
	switch {
	case c.Role == form.Stub && c.RowSpan > 1:
		return "rowgroup"
	case c.Role == form.Stub:
		return "row"
	case c.Role == form.Head && c.RowSpan == 1 && c.ColumnSpan > 1:
		return "colgroup"
	}
	return "col"
}

func (b *block) cellID(c document.Cell) string {
	return fmt.Sprintf("%s-%d-%d", b.id, c.Row-b.from, c.Column)
}

// headers are the ids of the heads of a figure: those above it, then those beside it.
func (b *block) headers(figure document.Cell) string {
	var ids []string
	for _, role := range []form.Role{form.Head, form.Stub} {
		for _, c := range b.Cells {
			if c.Role != role || c.Row < b.from || c.Row >= b.to {
				continue
			}
			above := c.Column <= figure.Column && figure.Column < c.Column+c.ColumnSpan
			beside := c.Row <= figure.Row && figure.Row < c.Row+c.RowSpan
			if role == form.Head && above || role == form.Stub && beside {
				ids = append(ids, b.cellID(c))
			}
		}
	}
	return strings.Join(ids, " ")
}

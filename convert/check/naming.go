package check

import (
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// nameOf is how the form words what a canonical path addresses: the label of a
// table, of a row, of a column, or of row and column, to stand in quotes. Labels are the
// form's and stay Chinese in an English message. What the form does not have keeps its key.
func nameOf(f *form.Form, path report.Path) message.Bilingual {
	if path.Row == "" {
		name := tableName(f, path.Table)
		return message.Both(name, name)
	}
	row, column := namesOf(f, path)
	if row == "" || column == "" {
		return message.Both(row+column, row+column)
	}
	return message.Both(row+"”一行“"+column, row+"·"+column)
}

// namesOf is how the form words the row and the column of a path. Either is ""
// where the path names none.
func namesOf(f *form.Form, path report.Path) (row, column string) {
	t := f.Table(path.Table)
	if t == nil || path.Row == "" {
		return path.String(), ""
	}
	columns := t.Rows()[0].Columns
	if path.Row != report.Any {
		r, ok := t.Row(path.Row)
		if !ok {
			return path.String(), ""
		}
		row, columns = rowName(r), r.Columns
	}
	if path.Column != "" && path.Column != report.Any {
		column = columnName(columns, path.Column)
	}
	return row, column
}

func tableName(f *form.Form, key string) string {
	for _, s := range f.Sections {
		if s.Key == key || s.Table == key {
			return s.Label
		}
	}
	return key
}

// rowName is a row's label, after that of its group where the label alone is not
// unique: items numbered 1. start anew in each group, （一） and 一、 do not.
func rowName(r form.Row) string {
	if len(r.Parents) == 0 || strings.HasPrefix(r.Label, "（") || strings.IndexRune(r.Label, '、') == len("一") {
		return r.Label
	}
	return r.Parents[len(r.Parents)-1] + "·" + r.Label
}

func columnName(columns []form.Column, key string) string {
	for _, c := range columns {
		if c.Key == key {
			return c.Label
		}
	}
	return key
}

// position is where a path stands in the form, for sorting: section, row, column.
func position(f *form.Form, path report.Path) [3]int {
	pos := [3]int{-1, -1, -1}
	pos[0] = slices.IndexFunc(f.Sections, func(s form.Section) bool { return s.Key == path.Table || s.Table == path.Table })
	t := f.Table(path.Table)
	if t == nil || path.Row == "" {
		return pos
	}
	rows := t.Rows()
	pos[1] = slices.IndexFunc(rows, func(r form.Row) bool { return r.Key == path.Row })
	if path.Column != "" {
		columns := rows[max(pos[1], 0)].Columns
		pos[2] = slices.IndexFunc(columns, func(c form.Column) bool { return c.Key == path.Column })
	}
	return pos
}

// placeList writes a finding's cells for its message, neighbours as a range:
// "D5:I5 D7 D9". Only where the sheet changes is it named: that of the first cell
// stands beside the message. A long list is cut short; the finding has all cells.
func placeList(cells []report.Cell) string {
	i := slices.IndexFunc(cells, func(c report.Cell) bool { return !c.IsZero() })
	if i < 0 {
		return ""
	}
	return placesFrom(cells[i].Sheet, cells)
}

// placesFrom is placeList for cells behind one that stands on the given sheet.
func placesFrom(sheet string, cells []report.Cell) string {
	const most = 12 // ranges that a person still reads
	var b strings.Builder
	ranges := 0
	for i := 0; i < len(cells); {
		c := cells[i]
		if c.IsZero() {
			i++
			continue
		}
		if ranges == most {
			b.WriteString(" …")
			break
		}
		ranges++
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		if c.Sheet != sheet {
			if sheet = c.Sheet; !c.IsParagraph() {
				b.WriteString(sheet + "!")
			}
		}
		b.WriteString(c.Name())
		last := i + run(cells[i:], 0, 1)
		if last == i {
			last = i + run(cells[i:], 1, 0)
		}
		if last > i {
			b.WriteString(":" + cells[last].Name())
		}
		i = last + 1
	}
	return b.String()
}

// run is how many of the cells follow the first in steps of so many rows and columns.
func run(cells []report.Cell, rows, columns int) int {
	n := 0
	for n+1 < len(cells) && cells[n+1] == (report.Cell{Sheet: cells[n].Sheet, Row: cells[n].Row + rows, Column: cells[n].Column + columns}) {
		n++
	}
	return n
}

// at is a cell in brackets behind what it is the cell of, or nothing. Its sheet is
// the finding's and stands beside the message.
func at(c report.Cell) string {
	if c.IsZero() {
		return ""
	}
	return "（" + c.Name() + "）"
}

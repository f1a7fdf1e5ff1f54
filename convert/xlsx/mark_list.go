package xlsx

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"nianbao/convert/annotation"
	"nianbao/convert/message"
	"nianbao/convert/opc"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// mostLinks is less than the links that Excel takes on a sheet.
const mostLinks = 65_000

// listColumn is a column of the list of findings.
type listColumn struct {
	key   string
	width float64
	left  bool // text, to the left; else centred
}

var listColumns = []listColumn{{"number", 6, false}, {"severity", 8, false}, {"rule", 8, false}, {"sheet", 22, true}, {"cell", 9, false},
	{"message", 60, true}, {"expected", 20, false}, {"actual", 20, false}, {"advice", 40, true}}

// The looks of the list's cells.
const (
	thinBorder = `<border><left style="thin"><color indexed="64"/></left><right style="thin"><color indexed="64"/></right><top style="thin"><color indexed="64"/></top><bottom style="thin"><color indexed="64"/></bottom><diagonal/></border>`
	bodyFont   = `<font><sz val="10.5"/><name val="宋体"/><charset val="134"/></font>`
	headFont   = `<font><sz val="10.5"/><name val="黑体"/><charset val="134"/></font>`
	titleFont  = `<font><sz val="14"/><name val="黑体"/><charset val="134"/></font>`
	linkFont   = `<font><u/><sz val="10.5"/><color rgb="FF0563C1"/><name val="宋体"/><charset val="134"/></font>`
	toCentre   = `<alignment horizontal="center" vertical="center" wrapText="1"/>`
	toLeft     = `<alignment horizontal="left" vertical="center" wrapText="1"/>`
)

// findingList is the first sheet of a marked copy while it is written.
type findingList struct {
	*marking
	rows, links, merges                   strings.Builder
	row, linked                           int
	title, note, head, centre, left, link int            // styles
	fills                                 map[string]int // styles by annotation's colours
}

// linesOf groups the marks that stand in one line of the list. One that others follow
// from has a line of its own, and these lines behind it.
func linesOf(marks []annotation.Mark) [][]annotation.Mark {
	var lines [][]annotation.Mark
	at := map[string]int{}
	head := 0
	for i, m := range marks {
		if !m.Follows {
			if head = -1; i+1 < len(marks) && marks[i+1].Follows || m.Slip > 0 {
				head, m.Group = i, ""
			}
		}
		key := fmt.Sprint(m.Error, m.Follows, head, m.Group)
		if i, ok := at[key]; ok && m.Group != "" {
			lines[i] = append(lines[i], m)
			continue
		}
		at[key] = len(lines)
		lines = append(lines, []annotation.Mark{m})
	}
	return lines
}

// writeList writes the sheet 检查结果 in front of the others.
func (m *marking) writeList(name string, marks []annotation.Mark) error {
	s := m.styles
	l := &findingList{marking: m, title: s.add(titleFont, "", toLeft, ""), note: s.add(bodyFont, "", toLeft, ""), head: s.add(headFont, thinBorder, toCentre, ""),
		centre: s.add(bodyFont, thinBorder, toCentre, ""), left: s.add(bodyFont, thinBorder, toLeft, ""), link: s.add(linkFont, thinBorder, toCentre, ""),
		fills: map[string]int{}}
	for _, fill := range []string{annotation.ErrorFill, annotation.WarningFill, annotation.ErrorFillPale, annotation.WarningFillPale} {
		l.fills[fill] = s.add(bodyFont, thinBorder, toCentre, fill)
	}
	severe, suspect := annotation.Count(marks)
	l.across(workbook.ResultTitle+message.New("annotate.title", severe, suspect).In(message.Chinese), l.title, 28)
	for _, said := range m.said {
		l.across(said, l.note, 6+15*lines(said, 180))
	}
	l.begin(36)
	for i, c := range listColumns {
		l.put(i, message.New("annotate."+c.key).In(message.Chinese), l.head)
	}
	l.end()
	frozen := l.row
	lines := linesOf(marks)
	l.rows.Grow(1000 * len(lines))
	number := 0
	for _, line := range lines {
		if !line[0].Follows {
			number++
		}
		l.line(number, line)
	}
	part := m.pkg.Free(m.folder() + "worksheets/sheet%d.xml")
	m.pkg.Set(part, []byte(l.sheet(frozen)))
	m.pkg.SetType(part, worksheetType)
	id, err := m.pkg.Relate(m.part, m.rels+"/worksheet", part)
	if err != nil {
		return err
	}
	return m.writeBook(name, id)
}

func (l *findingList) begin(height float64) {
	l.row++
	fmt.Fprintf(&l.rows, `<row r="%d" ht="%g" customHeight="1">`, l.row, min(409, height))
}

func (l *findingList) end() { l.rows.WriteString("</row>") }

// put writes a text into a column, from 0.
func (l *findingList) put(column int, text string, style int) {
	fmt.Fprintf(&l.rows, `<c r="%s" s="%d" t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>`,
		place{l.row, column + 1}.name(), style, opc.Escape(excelText(cut(text))))
}

// across writes a row of one text over all columns.
func (l *findingList) across(text string, style int, height float64) {
	l.begin(height)
	l.put(0, text, style)
	l.end()
	fmt.Fprintf(&l.merges, `<mergeCell ref="A%d:%s"/>`, l.row, place{l.row, len(listColumns)}.name())
}

// line writes a line of the list: one finding, or several that are alike.
func (l *findingList) line(number int, marks []annotation.Mark) {
	m := marks[0]
	fill := l.fills[m.Fill(!m.Follows)]
	says, expected, actual := m.Message, m.Expected, m.Actual
	if len(marks) > 1 {
		var parts, left, right []string
		for _, x := range marks {
			parts = append(parts, x.Part)
			left = append(left, x.Part+" "+x.Expected)
			right = append(right, x.Part+" "+x.Actual)
		}
		says = message.New("annotate.alike", m.Title, len(marks), strings.Join(parts, "、")).In(message.Chinese)
		if expected != "" {
			expected, actual = strings.Join(left, "\n"), strings.Join(right, "\n")
		}
	}
	at, cells := l.where(marks)
	if cells != "" {
		says += "\n" + cells
	}
	for _, x := range marks {
		for _, c := range x.Cells[:min(x.Marked, len(x.Cells))] {
			if why := l.alone[c]; why != "" {
				says += "\n" + c.Name() + "：" + why
			}
		}
	}
	if m.Follows {
		says = annotation.Beneath + says
	}
	texts := []string{"", "", "", at.Sheet, at.Name(), says, expected, actual, m.Advice}
	height := 1.0
	for i, s := range texts {
		height = max(height, lines(s, listColumns[i].width-2))
	}
	l.begin(8 + 15*height)
	if m.Follows {
		l.put(0, "", l.centre)
	} else {
		fmt.Fprintf(&l.rows, `<c r="%s" s="%d"><v>%d</v></c>`, place{l.row, 1}.name(), l.centre, number)
	}
	l.put(1, m.Severity(), fill)
	l.put(2, m.Rule, l.centre)
	for i := 3; i < len(texts); i++ {
		style := l.centre
		switch {
		case i == 4 && !at.IsZero() && l.linked < mostLinks:
			style = l.link
			l.linkTo(place{l.row, i + 1}, at)
		case listColumns[i].left:
			style = l.left
		}
		l.put(i, texts[i], style)
	}
	l.end()
}

// where is the cell to look at first, and says which ones a line of more is about.
func (l *findingList) where(marks []annotation.Mark) (first report.Cell, all string) {
	seen := map[report.Cell]bool{}
	var names []string
	elsewhere := false // what is said names those
	add := func(c report.Cell) {
		if c.IsZero() || seen[c] {
			return
		}
		if first.IsZero() {
			first = c
		}
		seen[c] = true
		elsewhere = elsewhere || c.Sheet != first.Sheet
		if len(names) < 8 {
			names = append(names, c.Name())
		}
	}
	for _, m := range marks {
		for _, c := range m.Cells {
			add(c)
		}
	}
	switch {
	case len(seen) < 2, elsewhere:
		return first, ""
	case len(names) < len(seen):
		return first, message.New("annotate.cells.more", len(seen), strings.Join(names, "、")).In(message.Chinese)
	}
	return first, message.New("annotate.cells", len(seen), strings.Join(names, "、")).In(message.Chinese)
}

func (l *findingList) linkTo(from place, to report.Cell) {
	l.linked++
	target := "'" + strings.ReplaceAll(to.Sheet, "'", "''") + "'!" + to.Name()
	fmt.Fprintf(&l.links, `<hyperlink ref="%s" location="%s"/>`, from.name(), opc.Escape(target))
}

// sheet is the worksheet's XML, with the rows up to frozen always in view.
func (l *findingList) sheet(frozen int) string {
	var b strings.Builder
	b.Grow(l.rows.Len() + l.links.Len() + 4000)
	last := place{l.row, len(listColumns)}.name()
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+`<worksheet xmlns="%s"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:%s"/>`, l.main, last)
	fmt.Fprintf(&b, `<sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="%d" topLeftCell="A%d" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A%[2]d" sqref="A%[2]d"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/><cols>`, frozen, frozen+1)
	for i, c := range listColumns {
		fmt.Fprintf(&b, `<col min="%d" max="%[1]d" width="%g" customWidth="1"/>`, i+1, c.width)
	}
	for _, s := range []string{"</cols><sheetData>", l.rows.String(), "</sheetData><mergeCells>", l.merges.String(), "</mergeCells>"} {
		b.WriteString(s)
	}
	if l.links.Len() > 0 {
		for _, s := range []string{"<hyperlinks>", l.links.String(), "</hyperlinks>"} {
			b.WriteString(s)
		}
	}
	b.WriteString(`<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`)
	return b.String()
}

// errFound ends a search.
var errFound = errors.New("found")

// firstText is the text of a sheet's first cell.
func (m *marking) firstText(part string) (string, error) {
	var cell []byte
	inside := false
	err := m.pkg.Scan(part, func(r io.Reader) error {
		return walkSheet(r, func(w *sheetWalk, what sheetPiece, piece []byte) error {
			inside = inside || what == cellStart
			if inside {
				cell = append(cell, piece...)
			}
			if len(cell) > maxPiece {
				return bufio.ErrTooLong
			}
			if inside && (what == rowEnd || opc.IsTag(piece) && opc.Tag(piece).Ends() && string(opc.Tag(piece).Local()) == "c" || opc.IsTag(piece) && opc.Tag(piece).Empty() && what == cellStart) {
				return errFound
			}
			return nil
		})
	})
	if m.pkg.Err() != nil {
		return "", m.pkg.Err()
	}
	if !errors.Is(err, errFound) {
		return "", nil // it has none, or cannot be read
	}
	e, err := opc.Parse(cell)
	if err != nil {
		return "", nil
	}
	if e.Attr("t") != "s" {
		return e.Text(), nil
	}
	n, err := strconv.Atoi(strings.TrimSpace(e.Text()))
	if err != nil {
		return "", nil
	}
	return m.sharedString(n)
}

// sharedString is the n-th of the workbook's shared strings, from 0.
func (m *marking) sharedString(n int) (string, error) {
	relations, err := m.pkg.Relations(m.part)
	if err != nil {
		return "", err
	}
	var item []byte
	list, ok := opc.First(relations, "sharedStrings")
	if !ok || !m.pkg.Has(list.Target) {
		return "", nil
	}
	err = m.pkg.Scan(list.Target, func(r io.Reader) error {
		s := bufio.NewScanner(r)
		s.Buffer(make([]byte, 0, 1<<16), maxPiece)
		s.Split(opc.Split)
		at := -1
		for s.Scan() {
			piece := s.Bytes()
			si := opc.IsTag(piece) && string(opc.Tag(piece).Local()) == "si"
			if si && !opc.Tag(piece).Ends() {
				at++
			}
			if at != n {
				continue
			}
			if item = append(item, piece...); len(item) > maxPiece {
				return bufio.ErrTooLong
			}
			if si && (opc.Tag(piece).Ends() || opc.Tag(piece).Empty()) {
				return errFound
			}
		}
		return s.Err()
	})
	if m.pkg.Err() != nil || !errors.Is(err, errFound) {
		return "", m.pkg.Err()
	}
	e, err := opc.Parse(item)
	if err != nil {
		return "", nil
	}
	return e.Text(), nil
}

package reader

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// A sketch is a workbook before some program writes it: the same figures can be
// sketched in many shapes, and one sketch written by many programs.
type sketch struct {
	Name   string        `json:"name"`
	Sheets []sketchSheet `json:"sheets"`
}

type sketchSheet struct {
	Name       string       `json:"name"`
	Hidden     bool         `json:"hidden"`
	HiddenRows []int        `json:"hiddenRows"`
	Cells      []sketchCell `json:"cells"`
}

type sketchCell struct {
	Row     int    `json:"row"`
	Column  int    `json:"column"`
	Rows    int    `json:"rows"`    // merged over; 1 for a single cell
	Columns int    `json:"columns"` // likewise
	Value   any    `json:"value"`   // string or int
	Formula string `json:"formula"` // instead of Value, without a result
	figure  bool
	role    form.Role
}

// randomReport is a report of the form whose figures add up.
func randomReport(f *form.Form, rng *rand.Rand) *report.Report {
	r := f.Blank()
	r.Year = f.Years.From
	r.Organization = "某县某某局"
	r.Title = f.TitleFor(r.Organization, fmt.Sprint(r.Year))
	set := func(table, row, column string, n int) {
		r.Figure(table, row, column).Value = report.Int(int64(n))
	}
	get := func(table, row, column string) int {
		return int(r.Figure(table, row, column).Value.Decimal().IntPart())
	}
	small := func() int {
		if rng.IntN(3) > 0 {
			return 0
		}
		return rng.IntN(2000)
	}
	for _, t := range f.Tables {
		for _, row := range t.Rows() {
			for _, c := range row.Columns {
				n := small()
				if c.Kind == form.Change {
					n -= 500
				}
				set(t.Key, row.Key, c.Key, n)
			}
		}
	}
	for _, c := range f.Table("applications").Rows()[0].Columns {
		sum := 0
		for _, row := range f.Table("applications").Rows() {
			if len(row.Parents) > 0 && row.Key != "processed_total" {
				sum += get("applications", row.Key, c.Key)
			}
		}
		set("applications", "processed_total", c.Key, sum)
		out := get("applications", "carried_out", c.Key)
		in := min(get("applications", "carried_in", c.Key), sum+out)
		set("applications", "carried_in", c.Key, in)
		set("applications", "new_received", c.Key, sum+out-in)
	}
	for _, t := range f.Tables {
		for _, row := range t.Rows() {
			for _, c := range row.Columns {
				for _, id := range t.Identities {
					if id.Each == form.EachRow && id.Left[0] == c.Key {
						sum := 0
						for _, k := range id.Right {
							sum += get(t.Key, row.Key, k)
						}
						set(t.Key, row.Key, c.Key, sum)
					}
				}
			}
		}
	}
	for i, s := range r.Sections {
		r.Sections[i].Paragraphs = []report.Paragraph{{Text: "（一）" + s.Key + "的第一段，一切照常。"}, {Text: "第二段：没有别的情况。"}}
	}
	return r
}

// sketchReport sketches a report, a sheet a section.
func sketchReport(f *form.Form, r *report.Report) sketch {
	k := sketch{Name: "a sheet a section"}
	k.Sheets = append(k.Sheets, sketchSheet{Name: "封面", Cells: []sketchCell{
		one(1, 1, r.Title), one(3, 1, "填报单位"), one(3, 2, r.Organization), one(4, 1, "年度"), one(4, 2, r.Year)}})
	for i, s := range f.Sections {
		sheet := sketchSheet{Name: fmt.Sprintf("第%d部分", i+1), Cells: []sketchCell{one(1, 1, s.Label)}}
		if s.Table == "" {
			for j, p := range r.Section(s.Key).Paragraphs {
				sheet.Cells = append(sheet.Cells, one(2+j, 1, p.Text))
			}
		} else {
			sheet.Cells = append(sheet.Cells, sketchTable(f.Table(s.Table), r.Table(s.Table), 3)...)
		}
		k.Sheets = append(k.Sheets, sheet)
	}
	return k
}

func one(row, column int, v any) sketchCell {
	return sketchCell{Row: row, Column: column, Rows: 1, Columns: 1, Value: v, role: -1}
}

func sketchTable(ft *form.Table, t *report.Table, top int) []sketchCell {
	var cells []sketchCell
	for _, c := range ft.Layout().Cells {
		k := sketchCell{Row: top + c.Row, Column: 1 + c.Column, Rows: c.RowSpan, Columns: c.ColumnSpan, Value: c.Text, role: c.Role}
		if c.Role == form.Value {
			k.figure = true
			k.Value = int(t.Row(c.RowKey).Figure(c.ColumnKey).Value.Decimal().IntPart())
		}
		cells = append(cells, k)
	}
	return cells
}

// clone copies a sketch so that it can be changed.
func (k sketch) clone(name string) sketch {
	k.Name = name
	k.Sheets = slices.Clone(k.Sheets)
	for i := range k.Sheets {
		k.Sheets[i].Cells = slices.Clone(k.Sheets[i].Cells)
	}
	return k
}

// each changes every cell.
func (k sketch) each(change func(c *sketchCell)) {
	for i := range k.Sheets {
		for j := range k.Sheets[i].Cells {
			change(&k.Sheets[i].Cells[j])
		}
	}
}

// toTheTop leaves no empty rows above what is on a sheet.
func (k sketch) toTheTop() sketch {
	for _, s := range k.Sheets {
		first := s.Cells[0].Row
		for i := range s.Cells {
			s.Cells[i].Row -= first - 1
		}
	}
	return k
}

// beside puts another year's tables to the right of the tables.
func (k sketch) beside() sketch {
	for i, s := range k.Sheets {
		last := 0
		for _, c := range s.Cells {
			last = max(last, c.Column+c.Columns-1)
		}
		for _, c := range s.Cells {
			if n, ok := c.Value.(int); ok && c.figure {
				c.Value = n + 1
			}
			c.Column += last + 1
			k.Sheets[i].Cells = append(k.Sheets[i].Cells, c)
		}
	}
	return k
}

// onOneSheet puts all sheets below one another; with gap rows between them.
func (k sketch) onOneSheet(gap int) sketch {
	out := sketch{Name: k.Name, Sheets: []sketchSheet{{Name: "Sheet1"}}}
	top := 0
	for _, s := range k.Sheets {
		last := 0
		for _, c := range s.Cells {
			last = max(last, c.Row+c.Rows-1)
			c.Row += top
			out.Sheets[0].Cells = append(out.Sheets[0].Cells, c)
		}
		top += last + gap
	}
	return out
}

// shift moves everything down and to the right.
func (k sketch) shift(rows, columns int) sketch {
	k.each(func(c *sketchCell) { c.Row += rows; c.Column += columns })
	return k
}

// split spreads every column of every sheet over several, as a page that is
// imported does: columns of different tables have different borders.
func (k sketch) split(rng *rand.Rand) sketch {
	for i := range k.Sheets {
		var start [64]int
		at := 1
		for c := range start {
			start[c] = at
			at += 1 + rng.IntN(4)
		}
		for j := range k.Sheets[i].Cells {
			c := &k.Sheets[i].Cells[j]
			from, to := start[c.Column-1], start[c.Column-1+c.Columns]
			c.Column, c.Columns = from, to-from
		}
	}
	return k
}

// wordLabels rewrites the labels as people do.
func (k sketch) wordLabels(rng *rand.Rand) sketch {
	narrow := strings.NewReplacer("（", "(", "）", ")", "“", `"`, "”", `"`, "，", ",", "：", ":", "、", "，")
	k.each(func(c *sketchCell) {
		s, ok := c.Value.(string)
		if !ok || c.role < 0 || c.figure {
			return
		}
		switch rng.IntN(5) {
		case 0:
			s = narrow.Replace(s)
		case 1:
			s = strings.Join(strings.Split(s, ""), " ")
		case 2:
			r := []rune(s)
			s = string(r[:len(r)/2]) + "\n" + string(r[len(r)/2:])
		case 3:
			s = strings.ReplaceAll(strings.ReplaceAll(s, "总计", "合  计"), "结转下年度", "结转下一年度")
		case 4:
			s = "  " + strings.ReplaceAll(s, ".", "．") + "　"
		}
		c.Value = s
	})
	return k
}

// wordFigures writes the figures as people do.
func (k sketch) wordFigures(rng *rand.Rand) sketch {
	wide := strings.NewReplacer("0", "０", "1", "１", "2", "２", "3", "３", "4", "４", "5", "５", "6", "６", "7", "７", "8", "８", "9", "９")
	k.each(func(c *sketchCell) {
		n, ok := c.Value.(int)
		if !ok || !c.figure {
			return
		}
		s := fmt.Sprint(n)
		switch rng.IntN(6) {
		case 0:
			c.Value = s
		case 1:
			c.Value = wide.Replace(s)
		case 2:
			c.Value = " " + s + " "
		case 3:
			if n >= 1000 {
				s = fmt.Sprintf("%d,%03d", n/1000, n%1000)
			}
			c.Value = s
		case 4:
			if n == 0 {
				c.Value = []string{"/", "-", "—", "无", "", "－"}[rng.IntN(6)]
			}
		}
	})
	return k
}

// totals makes formulas without results of the totals in the last column.
func (k sketch) totals() sketch {
	for i := range k.Sheets {
		cells := k.Sheets[i].Cells
		for j := range cells {
			c := &cells[j]
			if !c.figure || j < 6 || j+1 < len(cells) && cells[j+1].figure && cells[j+1].Row == c.Row {
				continue
			}
			first, last := cells[j-6], cells[j-1]
			if first.figure && first.Row == c.Row && cells[j-7].Row == c.Row && !cells[j-7].figure {
				c.Formula = fmt.Sprintf("SUM(%s:%s)", name(first), name(last))
				c.Value = ""
			}
		}
	}
	return k
}

func name(c sketchCell) string { return report.Cell{Row: c.Row, Column: c.Column}.Name() }

// shapes sketches a report in every shape that forms are sent in. warned shapes
// hold something that the reader must name.
func shapes(f *form.Form, r *report.Report, rng *rand.Rand) []sketch {
	plain := sketchReport(f, r)
	compact := plain.clone("one sheet").onOneSheet(0)
	tables := plain.clone("tables only, no headings")
	tables.Sheets = slices.DeleteFunc(tables.Sheets, func(s sketchSheet) bool { return len(s.Cells) < 8 })
	for i := range tables.Sheets {
		tables.Sheets[i].Cells = tables.Sheets[i].Cells[1:]
	}
	guided := plain.clone("a guide in front, signatures below")
	guide := sketchSheet{Name: "填报说明", Cells: []sketchCell{one(1, 1, "填报说明"), one(2, 1, "1.“一、本年新收政府信息公开申请数量”按收到日期统计。")}}
	row := 3
	for _, t := range f.Tables {
		for _, c := range t.Layout().Cells {
			if c.Role == form.Head || c.Role == form.Stub {
				guide.Cells = append(guide.Cells, one(row, 1, c.Text), one(row, 2, "按表头填写"))
				row++
			}
		}
	}
	guided.Sheets = slices.Insert(guided.Sheets, 0, guide)
	for i := range guided.Sheets {
		s := &guided.Sheets[i]
		last := 0
		for _, c := range s.Cells {
			last = max(last, c.Row+c.Rows)
		}
		s.Cells = append(s.Cells, one(last+1, 1, "填报人：张三"), one(last+1, 2, "联系电话：0817-8000000"))
	}
	hidden := plain.clone("hidden rows and sheets")
	for i := range hidden.Sheets {
		hidden.Sheets[i].HiddenRows = []int{2, 8}
	}
	hidden.Sheets = append(hidden.Sheets, sketchSheet{Name: "字典", Hidden: true, Cells: []sketchCell{one(1, 1, "自然人"), one(2, 1, "商业企业"), one(3, 1, "总计")}})
	remarks := plain.clone("remarks and a subtotal row")
	for i := range remarks.Sheets {
		addRemarks(&remarks.Sheets[i])
	}
	continued := plain.clone("head repeated on the next page")
	for i := range continued.Sheets {
		repeatHead(&continued.Sheets[i])
	}
	return []sketch{
		plain, compact, tables, continued,
		tables.clone("tables only, one sheet").onOneSheet(1),
		tables.clone("tables only, another year's beside them").beside(),
		tables.clone("tables only, nothing between them").toTheTop().onOneSheet(0),
		plain.clone("rows and columns in front").shift(7, 4),
		guided, hidden, remarks,
		compact.clone("split over merged columns").split(rng),
		plain.clone("labels broken, spaced, reworded").wordLabels(rng),
		plain.clone("figures as text, zeros as marks").wordFigures(rng),
		plain.clone("totals as formulas without results").totals(),
		compact.clone("all at once").wordLabels(rng).wordFigures(rng).shift(3, 2).split(rng),
	}
}

// repeatHead repeats the head of a long table in the middle of it.
func repeatHead(s *sketchSheet) {
	at := 0
	for _, c := range s.Cells {
		if c.Value == "（五）不予处理" {
			at = c.Row
		}
	}
	if at == 0 {
		return
	}
	var head []sketchCell
	for i := range s.Cells {
		c := &s.Cells[i]
		switch {
		case c.role == form.Head || c.role == form.Corner:
			again := *c
			again.Row += at - 3
			head = append(head, again)
		case c.Row >= at:
			c.Row += 3
		case c.Row+c.Rows > at: // the group is not merged across the break
			c.Rows = at - c.Row
		}
	}
	s.Cells = append(s.Cells, head...)
}

// addRemarks puts a remarks column beside a table and a subtotal row into it.
func addRemarks(s *sketchSheet) {
	right, below := 0, 0
	for i, c := range s.Cells {
		if c.figure {
			right = max(right, c.Column+c.Columns)
		}
		if c.Value == "（四）无法提供" {
			below = s.Cells[i].Row
		}
	}
	if below == 0 {
		return
	}
	for i := range s.Cells {
		c := &s.Cells[i]
		switch {
		case c.Row >= below:
			c.Row++
		case c.Row+c.Rows > below:
			c.Rows++
		}
	}
	s.Cells = append(s.Cells, one(below, 3, "不予公开小计"), one(below, 4, 12), one(below, right-1, 12), one(below+2, right, "已核对"))
}

// write writes the sketch with excelize.
func (k sketch) write(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	check := func(err error) {
		if err != nil {
			t.Fatalf("%s: %v", k.Name, err)
		}
	}
	for i, s := range k.Sheets {
		if i == 0 {
			check(f.SetSheetName("Sheet1", s.Name))
		} else {
			_, err := f.NewSheet(s.Name)
			check(err)
		}
		for _, c := range s.Cells {
			if c.Formula != "" {
				check(f.SetCellFormula(s.Name, name(c), c.Formula))
			} else {
				check(f.SetCellValue(s.Name, name(c), c.Value))
			}
			if c.Rows > 1 || c.Columns > 1 {
				check(f.MergeCell(s.Name, name(c), report.Cell{Row: c.Row + c.Rows - 1, Column: c.Column + c.Columns - 1}.Name()))
			}
		}
		for _, row := range s.HiddenRows {
			check(f.SetRowVisible(s.Name, row, false))
		}
		if s.Hidden {
			check(f.SetSheetVisible(s.Name, false))
		}
	}
	b, err := f.WriteToBuffer()
	check(err)
	return b.Bytes()
}

// same compares what was read with what was sketched, blank counting as 0, and
// returns what differs.
func same(f *form.Form, want, got *report.Report) []string {
	var wrong []string
	if got.Form != f.ID {
		wrong = append(wrong, "read as form "+got.Form)
	}
	for _, t := range want.Tables {
		for _, row := range t.Rows {
			for _, fig := range row.Figures {
				path := report.Path{Table: t.Key, Row: row.Key, Column: fig.Column}
				g := got.Figure(t.Key, row.Key, fig.Column)
				switch {
				case g == nil || g.Cell.IsZero():
					wrong = append(wrong, path.String()+" was not found")
				case !g.Value.Equal(fig.Value):
					wrong = append(wrong, fmt.Sprintf("%s is %s, want %s", path, g.Value, fig.Value))
				}
			}
		}
	}
	return wrong
}

// faults are the notes that become errors.
func faults(r *report.Report) []report.Note {
	var all []report.Note
	for _, n := range r.Notes {
		switch n.Kind {
		case report.MissingTable, report.MissingRow, report.MissingColumn, report.NotNumber, report.SpreadsheetError, report.Outdated, report.Recalculated:
			all = append(all, n)
		}
	}
	return all
}

// Whatever shape a form is brought into, its figures are read.
func TestReadEveryShape(t *testing.T) {
	for _, f := range form.All() {
		for seed := range uint64(5) {
			rng := rand.New(rand.NewPCG(seed, 1))
			want := randomReport(f, rng)
			for _, k := range shapes(f, want, rng) {
				got := readBytes(t, k.write(t))
				if wrong := same(f, want, got); len(wrong) > 0 {
					t.Errorf("form %s, %s, seed %d: %d wrong: %.5q", f.ID, k.Name, seed, len(wrong), wrong)
				}
				if bad := faults(got); len(bad) > 0 {
					t.Errorf("form %s, %s, seed %d: %+v", f.ID, k.Name, seed, bad)
				}
				tablesOnly := strings.HasPrefix(k.Name, "tables only")
				for _, s := range got.Sections {
					if w := want.Section(s.Key).Paragraphs; !tablesOnly && (len(s.Paragraphs) != len(w) || s.Paragraphs[0].Text != w[0].Text) {
						t.Errorf("form %s, %s, seed %d: section %s: %+v", f.ID, k.Name, seed, s.Key, s.Paragraphs)
					}
				}
			}
		}
	}
}

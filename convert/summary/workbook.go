package summary

import (
	"bytes"
	"fmt"
	"iter"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// mostRows is how many rows of records a sheet takes; spreadsheet programs take no
// more than 1,048,576. The rest goes on in another sheet.
const mostRows = 1_000_000

// workbook is the summary's workbook while it is made.
type workbook struct {
	*excelize.File
	*Writer
	err    error
	sheets map[int]rows // what fills the sheets, by number
	count  int          // of sheets
	styles struct {
		title, scope, heading, head, name, text, number, whole, link int
		status                                                       map[Status]int
	}
}

// Workbook writes the workbook: the totals with charts, the submissions, the
// findings, who is missing or doubled, and the figures. The same records give the
// same bytes.
func (w *Writer) Workbook(name string) error {
	b := &workbook{File: excelize.NewFile(), Writer: w, sheets: map[int]rows{}}
	defer b.Close()
	b.addStyles()
	b.overview()
	b.submissions()
	b.findings()
	b.whoSent()
	for _, id := range w.Totals.Forms {
		f, err := form.Get(id)
		if err != nil {
			return err
		}
		b.figures(f)
	}
	b.SetActiveSheet(0)
	at := time.Unix(sourceDate(), 0).UTC().Format(time.RFC3339)
	b.check(b.SetDocProps(&excelize.DocProperties{Title: w.say("summary.title"), Creator: "nianbao", LastModifiedBy: "nianbao", Created: at, Modified: at}))
	if b.err != nil {
		return b.err
	}
	var frame bytes.Buffer
	if _, err := b.WriteTo(&frame); err != nil {
		return err
	}
	return fillSheets(name, frame.Bytes(), b.sheets)
}

// sourceDate is the time that files are said to be from, so that the same records
// give the same bytes on any day.
func sourceDate() int64 {
	if t, err := strconv.ParseInt(os.Getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return t
	}
	return 946684800 // 2000-01-01
}

func (b *workbook) check(err error) {
	if b.err == nil {
		b.err = err
	}
}

// The colours of the statuses, and of heads.
const (
	goodFill, warnedFill, wrongFill, failedFill = "E2F0D9", "FFF2CC", "F8CBAD", "D9D9D9"
	headFill                                    = "1F4E79"
)

func (b *workbook) addStyles() {
	const sans = "微软雅黑"
	var line []excelize.Border
	for _, side := range []string{"left", "right", "top", "bottom"} {
		line = append(line, excelize.Border{Type: side, Style: 1, Color: "BFBFBF"})
	}
	add := func(size float64, bold bool, colour, fill, horizontal string, border bool, format int) int {
		s := &excelize.Style{Font: &excelize.Font{Family: sans, Size: size, Bold: bold, Color: colour}, NumFmt: format,
			Alignment: &excelize.Alignment{Horizontal: horizontal, Vertical: "center", WrapText: border}}
		if fill != "" {
			s.Fill = excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{fill}}
		}
		if border {
			s.Border = line
		}
		id, err := b.NewStyle(s)
		b.check(err)
		return id
	}
	const text = 49 // stays text even when it is edited
	s := &b.styles
	s.title = add(18, true, headFill, "", "left", false, 0)
	s.scope = add(11, false, "595959", "", "left", false, 0)
	s.heading = add(12, true, headFill, "", "left", false, 0)
	s.head = add(10, true, "FFFFFF", headFill, "center", true, text)
	s.name = add(10, false, "000000", "F2F2F2", "left", true, text)
	s.text = add(10, false, "000000", "", "left", true, text)
	s.number = add(10, false, "000000", "", "right", true, 0)
	s.whole = add(10, false, "000000", "", "right", true, 3) // 1,234
	s.link = add(10, false, "0563C1", "", "center", true, 0)
	s.status = map[Status]int{}
	for _, x := range []struct {
		status Status
		fill   string
	}{{Good, goodFill}, {Warned, warnedFill}, {Wrong, wrongFill}, {Failed, failedFill}} {
		s.status[x.status] = add(10, false, "000000", x.fill, "center", true, text)
	}
}

// sheet adds a sheet with columns of the given widths that prints on A4.
func (b *workbook) sheet(name string, landscape, fit bool, widths ...float64) string {
	b.count++
	if b.count == 1 {
		b.check(b.SetSheetName(b.GetSheetName(0), name))
	} else {
		_, err := b.NewSheet(name)
		b.check(err)
	}
	for i, w := range widths {
		c := report.ColumnName(i + 1)
		b.check(b.SetColWidth(name, c, c, w))
	}
	paper, wide, high := 9, 1, 0 // 9 is A4
	orientation := "portrait"
	if landscape {
		orientation = "landscape"
	}
	layout := &excelize.PageLayoutOptions{Size: &paper, Orientation: &orientation}
	if fit {
		layout.FitToWidth, layout.FitToHeight = &wide, &high
	}
	b.check(b.SetPageLayout(name, layout))
	narrow, footer := 0.4, 0.6
	b.check(b.SetPageMargins(name, &excelize.PageLayoutMarginsOptions{Left: &narrow, Right: &narrow, Top: &narrow, Bottom: &footer, Footer: new(0.3)}))
	b.check(b.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&R&P / &N"}))
	return name
}

// list makes a sheet a list: heads that stay in sight and are printed on each page,
// and filters. The rows are written when the workbook is.
func (b *workbook) list(sheet string, headRows, freezeColumns, columns, last int, fit bool, fill rows) {
	b.sheets[b.count] = fill
	corner := report.Cell{Row: headRows + 1, Column: freezeColumns + 1}.Name()
	b.check(b.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: freezeColumns, YSplit: headRows, TopLeftCell: corner, ActivePane: "bottomRight"}))
	filter := fmt.Sprintf("A%d:%s%d", headRows, report.ColumnName(columns), max(last, headRows+1))
	b.check(b.AutoFilter(sheet, filter, nil))
	b.check(b.SetSheetProps(sheet, &excelize.SheetPropsOptions{FitToPage: &fit}))
	titles := fmt.Sprintf("'%s'!$1:$%d", sheet, headRows)
	if freezeColumns > 0 && !fit {
		titles = fmt.Sprintf("'%s'!$A:$%s,%s", sheet, report.ColumnName(freezeColumns), titles)
	}
	b.check(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: titles, Scope: sheet}))
	b.check(b.SetSheetDimension(sheet, "A1:"+report.Cell{Row: max(last, headRows), Column: columns}.Name()))
}

// put writes a cell of the overview.
func (b *workbook) put(sheet string, row, column int, value any, style int) {
	cell := report.Cell{Row: row, Column: column}.Name()
	if s, ok := value.(string); ok {
		b.check(b.SetCellStr(sheet, cell, s))
	} else {
		b.check(b.SetCellValue(sheet, cell, value))
	}
	b.check(b.SetCellStyle(sheet, cell, cell, style))
}

// overview is the first sheet: tables on the left, their charts on the right.
func (b *workbook) overview() {
	t := b.Totals
	s := b.sheet(b.say("summary.sheet.overview"), false, true, 34, 12, 3, 15, 15, 15, 15)
	b.put(s, 1, 1, t.county()+b.say("summary.title"), b.styles.title)
	b.check(b.SetRowHeight(s, 1, 34))
	scope := b.scope()
	if at := b.asOf(); at != "" {
		scope = at + " · " + scope
	}
	b.put(s, 2, 1, scope, b.styles.scope)
	row := 4
	table := func(heading string, lines []fact) (first, last int) {
		b.put(s, row, 1, heading, b.styles.heading)
		b.check(b.SetRowHeight(s, row, 24))
		first = row + 1
		for _, l := range lines {
			row++
			b.put(s, row, 1, l.Name, b.styles.name)
			if n, err := strconv.ParseFloat(l.Value, 64); err == nil && len(l.Value) <= 15 {
				style := b.styles.whole
				if n != math.Trunc(n) {
					style = b.styles.number
				}
				b.put(s, row, 2, n, style)
			} else {
				b.put(s, row, 2, l.Value, b.styles.number)
			}
			b.check(b.SetRowHeight(s, row, float64(5+14*height([]string{l.Name}, []float64{34}))))
		}
		last = row
		row += 2
		return first, last
	}
	table(b.say("summary.totals"), slices.Concat(b.lead(), b.facts()))
	var rules []fact
	for _, r := range t.Frequent(8) {
		title, _ := b.Rule(r.Rule)
		rules = append(rules, fact{"", r.Rule + " " + title, strconv.Itoa(r.Count)})
	}
	if len(rules) > 0 {
		table(b.say("summary.frequent"), rules)
	}
	anchor := 4
	for _, c := range []struct {
		heading string
		shares  []Share
		kind    excelize.ChartType
	}{
		{b.say("summary.chart.received"), t.Largest, excelize.Bar},
		{b.say("summary.chart.outcomes"), t.Outcomes, excelize.Col},
	} {
		if len(c.shares) == 0 {
			continue
		}
		var lines []fact
		for _, x := range c.shares {
			lines = append(lines, fact{"", x.Name, x.Value.String()})
		}
		first, last := table(c.heading, lines)
		b.chart(s, anchor, c.heading, c.kind, first, last)
		anchor += 23
	}
	b.check(b.SetSheetProps(s, &excelize.SheetPropsOptions{FitToPage: new(true)}))
	grid := false
	b.check(b.SetSheetView(s, 0, &excelize.ViewOptions{ShowGridLines: &grid}))
	b.check(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("'%s'!$A$1:$G$%d", s, max(row, anchor)), Scope: s}))
}

// chart draws the values of rows of the overview.
func (b *workbook) chart(sheet string, row int, title string, kind excelize.ChartType, first, last int) {
	font := excelize.Font{Family: "微软雅黑", Size: 9, Color: "404040"}
	cells := func(column string) string {
		return fmt.Sprintf("'%s'!$%s$%d:$%s$%d", sheet, column, first, column, last)
	}
	b.check(b.AddChart(sheet, "D"+strconv.Itoa(row), &excelize.Chart{
		Type: kind,
		Series: []excelize.ChartSeries{{Name: title, Categories: cells("A"), Values: cells("B"),
			Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"2E75B6"}}}},
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Family: "微软雅黑", Size: 12, Bold: true, Color: headFill}}}},
		Legend:    excelize.ChartLegend{Position: "none"},
		XAxis:     excelize.ChartAxis{Font: font, ReverseOrder: kind == excelize.Bar},
		YAxis:     excelize.ChartAxis{Font: font, MajorGridLines: true, Minimum: new(0.0)},
		PlotArea:  excelize.ChartPlotArea{ShowVal: true},
		Dimension: excelize.ChartDimension{Width: 470, Height: 420},
		GapWidth:  new(uint(60)),
	}))
}

// line is a row of a list.
type line struct {
	height int // in lines of text
	cells  func(*rowWriter)
}

// height is how many lines the texts take in columns of the given widths: not every
// program makes rows as high as their text.
func height(texts []string, widths []float64) int {
	most := 1
	for i, s := range texts {
		n := 0
		for l := range strings.SplitSeq(s, "\n") {
			columns := 0
			for _, r := range l {
				if columns++; utf8.RuneLen(r) > 2 {
					columns++
				}
			}
			n += max(1, int(math.Ceil(float64(columns)/widths[i])))
		}
		most = max(most, n)
	}
	return most
}

// lists makes a list of so many lines, on as many sheets as it takes.
func (b *workbook) lists(key string, total int, heads []string, widths []float64, lines iter.Seq2[line, error]) {
	for from := 0; from == 0 || from < total; from += mostRows {
		name := b.say(key)
		if from > 0 {
			name += fmt.Sprintf(" (%d)", from/mostRows+1)
		}
		to := min(total, from+mostRows)
		b.list(b.sheet(name, true, true, widths...), 1, 1, len(heads), 1+to-from, true, func(w *rowWriter) error {
			b.heads(w, 2, heads)
			n := 0
			for l, err := range lines {
				if err != nil {
					return err
				}
				if n == to {
					break
				}
				if n >= from {
					w.next(l.height)
					l.cells(w)
				}
				n++
			}
			return nil
		})
	}
}

func (b *workbook) heads(w *rowWriter, lines int, heads []string) {
	w.next(lines)
	for _, h := range heads {
		w.text(b.styles.head, h)
	}
}

func (b *workbook) says(keys ...string) []string {
	var all []string
	for _, k := range keys {
		all = append(all, b.say("summary."+k))
	}
	return all
}

// year writes a year, or nothing where it was not found.
func (b *workbook) year(w *rowWriter, r *Record) {
	if r.Year == 0 {
		w.text(b.styles.number, "")
		return
	}
	w.int(b.styles.number, r.Year)
}

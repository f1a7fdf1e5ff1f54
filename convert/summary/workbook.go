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

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/organization"
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

func (b *workbook) submissions() {
	heads := b.says("organization", "file", "yearhead", "status", "errors", "warnings", "problem", "pdf", "normalized", "annotated")
	widths := []float64{26, 36, 7, 11, 7, 7, 60, 8, 8, 8}
	b.lists("summary.sheet.submissions", b.Totals.Submissions, heads, widths, func(yield func(line, error) bool) {
		for r, err := range Briefs(b.Results) {
			if err != nil {
				yield(line{}, err)
				return
			}
			problem := strings.TrimSuffix(r.Problem()+"\n"+b.follows(r), "\n")
			high := height([]string{r.Whose(), r.Input, problem}, []float64{widths[0], widths[1], widths[6]})
			more := yield(line{high, func(w *rowWriter) {
				w.text(b.styles.name, r.Whose())
				w.text(b.styles.text, r.Input)
				b.year(w, r)
				w.text(b.styles.status[r.Status], b.Writer.status(r.Status))
				w.int(b.styles.number, r.Errors)
				w.int(b.styles.number, r.Warnings)
				w.text(b.styles.text, problem)
				for _, l := range b.links(r) {
					w.link(b.styles.link, l.File, l.Name)
				}
			}}, nil)
			if !more {
				return
			}
		}
	})
}

// findings lists what a person must act on. What is only to be known stands in the
// records.
// statusOf is the status whose colour a severity has.
var statusOf = map[finding.Severity]Status{finding.Error: Wrong, finding.Warning: Warned}

func firstOf(cells []string) string {
	if len(cells) == 0 {
		return ""
	}
	return cells[0]
}

func (b *workbook) findings() {
	heads := b.says("organization", "file", "severity", "rule", "cell", "message", "expected", "actual", "advice")
	widths := []float64{26, 36, 8, 8, 26, 60, 14, 14, 36}
	total := b.Totals.Errors + b.Totals.Warnings + b.Totals.Hints + b.Totals.Statuses[Failed]
	b.lists("summary.sheet.findings", total, heads, widths, func(yield func(line, error) bool) {
		row := func(status Status, cells ...string) bool {
			return yield(line{height(cells, widths), func(w *rowWriter) {
				for i, s := range cells {
					switch i {
					case 0:
						w.text(b.styles.name, s)
					case 2:
						w.text(b.styles.status[status], s)
					default:
						w.text(b.styles.text, s)
					}
				}
			}}, nil)
		}
		for r, err := range Briefs(b.Results) {
			if err != nil {
				yield(line{}, err)
				return
			}
			if r.Status == Failed && !row(Failed, r.Whose(), r.Input, b.Writer.status(Failed), "", "", r.Error, "", "", "") {
				return
			}
			groups := finding.Groups(r.Findings)
			for _, x := range []struct {
				severity finding.Severity
				status   Status
			}{{finding.Error, Wrong}, {finding.Warning, Warned}} {
				for _, g := range groups {
					if g.Worst() != x.severity {
						continue
					}
					cause := g.Cause
					_, advice := b.Rule(cause.Rule)
					if !row(x.status, r.Whose(), r.Input, b.say("severity."+string(cause.Severity)), cause.Rule, firstOf(cause.Cells), cause.Message, cause.Expected.String(), cause.Actual.String(), advice) {
						return
					}
					for _, f := range g.Consequences {
						advice := b.say("summary.follows", cause.Rule, firstOf(cause.Cells))
						if f.Severity != finding.Info && !row(statusOf[f.Severity], r.Whose(), r.Input, b.say("severity."+string(f.Severity)), f.Rule, firstOf(f.Cells), finding.Beneath+f.Message, "", "", advice) {
							return
						}
					}
				}
			}
		}
	})
}

// whoSent lists who is missing, who sent two, who is not on the roster.
func (b *workbook) whoSent() {
	all := b.Totals.Attention
	if len(all) == 0 {
		return
	}
	heads, widths := b.says("organization", "attention", "files"), []float64{40, 24, 80}
	entries, told := b.entries()
	for _, t := range told {
		heads, widths = append(heads, b.say(t.head)), append(widths, 18)
	}
	b.lists("summary.sheet.attention", len(all), heads, widths, func(yield func(line, error) bool) {
		for _, a := range all {
			status := Warned
			if a.Kind == Missing || a.Kind == Unread {
				status = Wrong
			}
			files := strings.Join(a.Files, "\n")
			more := yield(line{height([]string{a.Organization, files}, []float64{40, 80}), func(w *rowWriter) {
				w.text(b.styles.name, a.Organization)
				w.text(b.styles.status[status], b.attention(a.Kind))
				w.text(b.styles.text, files)
				for _, t := range told {
					w.text(b.styles.text, t.of(entries[a.Organization]))
				}
			}}, nil)
			if !more {
				return
			}
		}
	})
}

// told is what a roster says of a body besides its name, for who is to see to it.
type told struct {
	head string
	of   func(organization.Entry) string
}

// entries are what the roster says of the bodies, and what of that it says of any.
func (b *workbook) entries() (map[string]organization.Entry, []told) {
	entries := map[string]organization.Entry{}
	var all []told
	for _, t := range []told{
		{"summary.contact", func(e organization.Entry) string { return e.Contact }},
		{"summary.phone", func(e organization.Entry) string { return e.Phone }},
		{"summary.section", func(e organization.Entry) string { return e.Section }},
		{"summary.parent", func(e organization.Entry) string { return e.Parent }},
	} {
		if slices.ContainsFunc(b.Totals.Choice.Bodies, func(x organization.Body) bool { return t.of(x.Entry) != "" }) {
			all = append(all, t)
		}
	}
	for _, x := range b.Totals.Choice.Bodies {
		entries[x.Organization] = x.Entry
	}
	return entries, all
}

// figurePrinted is how many columns of the figures are printed: the first ones, for all
// of them take dozens of pages.
const figurePrinted = 10

// figures lists the figures of the reports on one form: a row a report, a column a
// figure, its key below its name in the one row of heads.
func (b *workbook) figures(f *form.Form) {
	cols := columns(f)
	widths := []float64{26, 7, 36}
	for range cols {
		widths = append(widths, 17)
	}
	total := b.Totals.reports[f.ID]
	for from := 0; from < total; from += mostRows {
		name := b.say("summary.sheet.figures", f.ID)
		if from > 0 {
			name += fmt.Sprintf(" (%d)", from/mostRows+1)
		}
		to := min(total, from+mostRows)
		sheet := b.sheet(name, true, true, widths...)
		b.list(sheet, 1, 1, len(widths), 1+to-from, true, func(w *rowWriter) error {
			return b.figureRows(w, f, cols, from, to)
		})
		area := fmt.Sprintf("'%s'!$A$1:$%s$%d", sheet, report.ColumnName(min(figurePrinted, len(widths))), 1+to-from)
		b.check(b.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: area, Scope: sheet}))
	}
}

func (b *workbook) figureRows(w *rowWriter, f *form.Form, cols []column, from, to int) error {
	heads := b.says("organization", "yearhead", "file")
	for _, c := range cols {
		heads = append(heads, c.label+"\n"+c.key)
	}
	b.heads(w, 8, heads)
	n := 0
	for r, err := range Records(b.Results) {
		if err != nil {
			return err
		}
		if r.Form != f.ID {
			continue
		}
		if n++; n <= from {
			continue
		}
		if n > to {
			break
		}
		w.next(height([]string{r.Whose(), r.Input}, []float64{26, 36}))
		w.text(b.styles.name, r.Whose())
		b.year(w, r)
		w.text(b.styles.text, r.Input)
		for _, c := range cols {
			if n := r.Figures.At(c.key); !n.Blank() {
				w.number(b.styles.number, n.String())
			} else {
				w.text(b.styles.number, "")
			}
		}
	}
	return nil
}

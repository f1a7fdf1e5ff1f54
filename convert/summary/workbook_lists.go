package summary

import (
	"fmt"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/organization"
	"nianbao/convert/report"
)

// statusOf is the status whose colour a severity has.
var statusOf = map[finding.Severity]Status{finding.Error: Wrong, finding.Warning: Warned}

// told is what a roster says of a body besides its name, for who is to see to it.
type told struct {
	head string
	of   func(organization.Entry) string
}

// figurePrinted is how many columns of the figures are printed: the first ones, for all
// of them take dozens of pages.
const figurePrinted = 10

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

func firstOf(cells []string) string {
	if len(cells) == 0 {
		return ""
	}
	return cells[0]
}

// findings lists what a person must act on. What is only to be known stands in the
// records.
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

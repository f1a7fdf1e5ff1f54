package summary

import (
	_ "embed"
	"html/template"
	"io"
	"iter"
	"slices"

	"nianbao/convert/message"
)

//go:embed page.html
var pageSource string

// mostOnPage is how many submissions the page lists, those that need work first if
// there are more: browsers slow down beyond. The workbook has them all.
const mostOnPage = 5000

// page is what the template is filled with.
type page struct {
	*Writer
	Language string
	Scope    string
	County   string
	AsOf     string // the day of the latest submission
	Lead     []fact // what is asked first
	Since    string
	Misread  string
	Facts    []fact
	Charts   []chart
	Heads    []pageHead
	Filters  []fact
	Rows     iter.Seq[pageRow]
	LeftOut  int
	Sent     []pageAttention
	Frequent []pageRule
}

type pageHead struct {
	Name    string
	Numeric bool
}

type pageRow struct {
	*Record
	StatusName string
	Follows    string // from the problem
	Order      int    // of the status, worst first
	Links      []pageLink
}

type pageLink struct {
	Name string
	Href template.URL
}

// pageAttention is a kind of attention, with all that it is about.
type pageAttention struct {
	Kind, Name, Advice string
	Who                []pageBody
}

type pageBody struct{ Organization, Contact, Files string }

type pageRule struct {
	RuleCount
	Title, Advice string
}

// chart is a bar chart.
type chart struct {
	Title         string
	Width, Height int
	Bars          []bar
}

type bar struct {
	Name, Short, Value     string
	Y, Middle, Width, Text int
}

// The measures of a chart, in pixels of a wide screen.
const (
	chartWidth = 560
	chartName  = 190 // where the bars begin
	chartBar   = 290 // the longest bar
	chartRow   = 25
	shortName  = 13 // characters of a name that fit
)

func newChart(title string, shares []Share) chart {
	c := chart{Title: title, Width: chartWidth, Height: len(shares)*chartRow + 8}
	most := 1.0
	for _, s := range shares {
		most = max(most, s.Value.InexactFloat64())
	}
	for i, s := range shares {
		b := bar{Name: s.Name, Short: s.Name, Value: thousands(s.Value.String()), Y: i*chartRow + 6}
		if r := []rune(s.Name); len(r) > shortName {
			b.Short = string(r[:shortName-1]) + "…"
		}
		b.Middle = b.Y + chartRow/2 + 2
		b.Width = max(1, int(chartBar*s.Value.InexactFloat64()/most))
		b.Text = chartName + b.Width + 6
		c.Bars = append(c.Bars, b)
	}
	return c
}

var pageTemplate = template.Must(template.New("page").Parse(pageSource))

// Page writes the summary as one file for a browser, which needs nothing else. The
// same records give the same bytes.
func (w *Writer) Page(name string) error {
	t := w.Totals
	p := page{Writer: w, Language: "zh-CN", Scope: w.scope(), Facts: w.facts(), LeftOut: max(0, t.Submissions-mostOnPage),
		County: t.county(), AsOf: w.asOf(), Lead: w.lead(), Since: w.since(), Sent: w.attentions()}
	if t.Choice.Misread {
		p.Misread = w.say("sender.misread")
	}
	p.Facts = slices.DeleteFunc(p.Facts, func(f fact) bool { return slices.Contains(Kinds, AttentionKind(f.Kind)) }) // they stand above
	for i := range p.Facts {
		p.Facts[i].Value = thousands(p.Facts[i].Value)
	}
	if w.Lang == message.English {
		p.Language = "en"
	}
	if len(t.Largest) > 0 {
		p.Charts = append(p.Charts, newChart(w.say("summary.chart.received"), t.Largest))
	}
	if len(t.Outcomes) > 0 {
		p.Charts = append(p.Charts, newChart(w.say("summary.chart.outcomes"), t.Outcomes))
	}
	for _, key := range []string{"organization", "file", "yearhead", "status", "errors", "warnings", "problem", "outputs"} {
		p.Heads = append(p.Heads, pageHead{w.say("summary." + key), key == "yearhead" || key == "status" || key == "errors" || key == "warnings"})
	}
	for _, s := range worstFirst {
		if t.Statuses[s] > 0 {
			p.Filters = append(p.Filters, fact{Kind: string(s), Name: w.status(s)})
		}
	}
	for _, r := range t.Frequent(8) {
		title, advice := w.Rule(r.Rule)
		p.Frequent = append(p.Frequent, pageRule{r, title, advice})
	}
	var err error
	p.Rows = func(yield func(pageRow) bool) { err = w.pageRows(yield) }
	return WriteFile(name, func(out io.Writer) error {
		if failed := pageTemplate.Execute(out, &p); failed != nil {
			return failed
		}
		return err
	})
}

var worstFirst = []Status{Failed, Wrong, Warned, Good}

// pageRows gives the rows as they come or, if there are too many, status by status.
func (w *Writer) pageRows(yield func(pageRow) bool) error {
	passes := [][]Status{worstFirst}
	if w.Totals.Submissions > mostOnPage {
		passes = [][]Status{{Failed, Wrong}, {Warned}, {Good}}
	}
	n := 0
	for _, statuses := range passes {
		for r, err := range Briefs(w.Results) {
			if err != nil {
				return err
			}
			order := -1
			for i, s := range statuses {
				if s == r.Status {
					order = i
				}
			}
			if order < 0 {
				continue
			}
			if n++; n > mostOnPage || !yield(w.pageRow(r)) {
				return nil
			}
		}
	}
	return nil
}

func (w *Writer) pageRow(r *Record) pageRow {
	row := pageRow{Record: r, StatusName: w.status(r.Status), Follows: w.follows(r)}
	for i, s := range worstFirst {
		if s == r.Status {
			row.Order = i
		}
	}
	for _, l := range append(w.links(r), w.furtherLinks(r)...) {
		if l.File != "" {
			row.Links = append(row.Links, pageLink{l.Name, href(l.File)})
		}
	}
	return row
}

// Say is for the template.
func (p *page) Say(key string, args ...any) string { return p.say("summary."+key, args...) }

package summary

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Writer writes the summary of a file of records for people.
type Writer struct {
	Results string // the file of records
	Totals  *Totals
	Lang    message.Lang
	Rule    func(id string) (title, advice string)
}

func (w *Writer) say(key string, args ...any) string { return message.New(key, args...).In(w.Lang) }

// scope says what the summary is of: the years, how many submissions, and whether
// some are still to do.
func (w *Writer) scope() string {
	t := w.Totals
	var years []string
	for _, y := range slices.Sorted(maps.Keys(t.Years)) {
		switch {
		case y == 0:
		case len(t.Years) == 1:
			years = append(years, w.say("summary.year", y))
		default:
			years = append(years, w.say("summary.years", y, t.Years[y]))
		}
	}
	s := strings.Join(append(years, w.say("summary.count", t.Submissions)), " · ")
	if left := t.Planned - t.Files; left > 0 {
		s += " · " + w.say("summary.stopped", left)
	}
	return s
}

// fact is a line of the totals.
type fact struct {
	Kind  string // of what it is about, for its colour
	Name  string
	Value string
}

func (w *Writer) facts() []fact {
	t := w.Totals
	number := func(n int) string { return fmt.Sprint(n) }
	facts := []fact{{"all", w.say("summary.submissions"), number(t.Submissions)}}
	for _, s := range []Status{Good, Warned, Wrong, Failed} {
		facts = append(facts, fact{string(s), w.status(s), number(t.Statuses[s])})
	}
	for _, k := range Kinds {
		if n := t.CountAttention(k); n > 0 || k == Missing && t.Roster {
			facts = append(facts, fact{string(k), w.attention(k), number(n)})
		}
	}
	return append(facts, fact{"received", w.say("summary.received"), t.Received.String()})
}

func (w *Writer) status(s Status) string { return w.say("summary.status." + string(s)) }

func (w *Writer) attention(k AttentionKind) string { return w.say("summary.attention." + string(k)) }

// link is an output with what its link is called.
type link struct{ Name, File string }

// follows says in a line what follows from the first thing that must be done about a
// submission, or "".
func (w *Writer) follows(r *Record) string {
	const most = 6 // that a person still reads
	g, _ := r.first()
	var names []string
	for _, f := range g.Consequences {
		name := f.Rule
		if len(f.Cells) > 0 {
			name += " " + f.Cells[0][strings.LastIndexByte(f.Cells[0], '!')+1:]
		}
		names = append(names, name)
	}
	switch n := len(names); {
	case n == 0:
		return ""
	case n > most:
		return w.say("summary.follow.more", n, strings.Join(names[:most], "、"))
	default:
		return w.say("summary.follow", n, strings.Join(names, "、"))
	}
}

// links are the outputs that people open: the PDF, the normalized workbook and the
// marked copy. Those that there are none of have no file.
func (w *Writer) links(r *Record) []link {
	return []link{
		{w.say("summary.link.pdf"), r.Output(".pdf")},
		{w.say("summary.link.normalized"), r.Output(".normalized.xlsx")},
		{w.say("summary.link.annotated"), cmp.Or(r.Output(".annotated.xlsx"), r.Output(".annotated.docx"))},
	}
}

// furtherLinks are the outputs that few ask for.
func (w *Writer) furtherLinks(r *Record) []link {
	return []link{{w.say("summary.link.docx"), r.Output(".docx")}, {w.say("summary.link.html"), r.Output(".html")}}
}

// column is a column of the sheet of figures.
type column struct {
	key, label string // key is the canonical path
}

// columns are the figures of a form as columns.
func columns(f *form.Form) []column {
	var all []column
	for i := range f.Tables {
		t := &f.Tables[i]
		for _, r := range t.Rows() {
			label := plain(r.Label)
			if len(r.Parents) > 0 && len(t.Blocks) == 1 {
				if p := plain(r.Parents[len(r.Parents)-1]); len(r.Parents) > 1 || len(t.Blocks[0].Stub) == 0 {
					label = p + " " + label
				}
			}
			for _, c := range r.Columns {
				path := report.Path{Table: t.Key, Row: r.Key, Column: c.Key}
				all = append(all, column{path.String(), label + " · " + c.Label})
			}
		}
	}
	return all
}

// plain is a label without numbering and remark.
func plain(label string) string {
	for _, mark := range []string{"、", "."} {
		if n, rest, ok := strings.Cut(label, mark); ok && strings.Trim(n, "一二三四五六七八九十0123456789") == "" {
			label = rest
		}
	}
	return form.Bare(label)
}

// Package document gives a report as people read it, one thing below the other:
//
//	d, err := document.Of(r, document.Options{})
//	for _, it := range d.Items {
//		switch it := it.(type) {
//		case *document.Paragraph: …
//
// It is the one walk of a report for all writers that print it, whatever they write:
// what is a heading, which figures are filled, where pictures stand and how the report
// is signed is decided here, how it looks there. Texts come brought to what can be
// printed (prose.Clean, prose.Punctuated); nothing here knows a form, a face or a page.
package document

import (
	"cmp"
	"fmt"
	"image"
	"strconv"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// Options say how a report is printed. The zero Options print it as it is.
type Options struct {
	// Draft is what every page is marked with, see [DraftMark]; "" is no draft.
	Draft string
	// Date is the date of the signature (落款) as it is to be printed. With "" it is the
	// submission's; where there is neither a date nor a signing organization,
	// there is no signature.
	Date string
	// Seal places the signature for a seal to be stamped on it.
	Seal bool
}

// DraftMark is what a draft is marked with: because of errors, because texts are still
// to be written, or because it was asked for.
func DraftMark(errors, texts bool) string {
	mark := "草稿"
	if errors {
		mark += " 校验未通过"
	}
	if texts {
		mark += " 文字未齐"
	}
	return mark
}

// Subject is what every report is about.
const Subject = "政府信息公开工作年度报告"

// Document is a report as it is printed.
type Document struct {
	Title        string // one line, never ""
	Organization string // whose report it is; "" when nobody knows
	Year         int    // 0 when nobody knows
	Draft        string // what every page is marked with, or ""
	Items        []Item // below the title
}

// Item is a *[Paragraph], *[Attachments], *[Picture], *[Table] or, below all of the text,
// *[Signature]. A sum ends with a paragraph on whom it leaves out.
type Item interface{ item() }

// Paragraph is a heading or a paragraph of text, which may begin with a heading on its
// own line: （一）主动公开情况。全年……
type Paragraph struct {
	Spans    []Span      // one or two, none of them empty
	Cell     report.Cell // where it stands in the submission; zero for the form's headings
	Level    int         // of a heading, by its number: 1 一、 2 （一） 3 1.; 0 is text
	Rank     int         // of a heading below the title: the form's sections have 1, and none is left out
	Bookmark int         // level in an outline, from 1; 0 stands in none
}

// Span is a part of a paragraph.
type Span struct {
	Style Style
	Text  string
}

// Style says what a Span is, and with it its face.
type Style int

// The styles: running text in 仿宋, and headings of the three levels in 黑体, 楷体 and 仿宋.
const (
	Body Style = iota
	First
	Second
	Third
)

// Text is the whole text of the paragraph.
func (p *Paragraph) Text() string {
	text := ""
	for _, s := range p.Spans {
		text += s.Text
	}
	return text
}

// Attachments (附件说明) are the names of what is attached, in order. They begin with 附件：.
type Attachments struct{ Names []Attachment }

// Attachment is one of them.
type Attachment struct {
	Number string // "1"; "" where there is only one
	Name   string
	Cell   report.Cell
}

// Picture is a picture that can be printed.
type Picture struct {
	Bytes         []byte // of the file
	Type          string // png or jpeg
	Image         image.Image
	Width, Height float64 // as large as it is shown in the submission, in points
	Description   string  // for those who do not see it: 总体情况，图片1
}

// Signature is how a report ends. One of organization and date may be "".
type Signature struct {
	Organization string
	Date         string
	Seal         bool   // placed for a seal
	Notes        []Item // 附注 and the like below it: paragraphs and attachments
}

func (*Paragraph) item()   {}
func (*Attachments) item() {}
func (*Picture) item()     {}
func (*Table) item()       {}
func (*Signature) item()   {}

// Of gives a report as it is printed. Figures are those of [form.Form.Fill]; the report
// is not changed. The error is that of a form that there is not.
func Of(r *report.Report, o Options) (*Document, error) {
	f, err := form.Get(r.Form)
	if err != nil {
		return nil, err
	}
	return InForm(f, r, o), nil
}

// InForm is [Of] for a report of the given form.
func InForm(f *form.Form, r *report.Report, o Options) *Document {
	full, _ := f.Fill(r)
	sections, end := cutClosing(f, full)
	full.Sections = sections
	if end.Date = cmp.Or(o.Date, end.Date); end.Date != "" {
		end.Organization = cmp.Or(end.Organization, full.Organization)
	}
	d := &Document{Title: titleOf(f, full), Organization: prose.Clean(full.Organization), Year: full.Year, Draft: o.Draft}
	w := walk{pictures: full.Pictures}
	d.Items = w.section(report.Preamble, "", full.Preamble)
	for _, s := range f.Sections {
		d.Items = append(d.Items, &Paragraph{Spans: []Span{{First, s.Label}}, Level: 1, Rank: 1, Bookmark: 1})
		w.open = []int{0}
		if s.Table != "" {
			if ft, rt := f.Table(s.Table), full.Table(s.Table); ft != nil && rt != nil {
				d.Items = append(d.Items, tableOf(f, s.Label, ft, rt, full.Notes))
			}
			continue
		}
		if rs := full.Section(s.Key); rs != nil {
			d.Items = append(d.Items, w.section(s.Key, s.Label, rs.Paragraphs)...)
		}
	}
	if s := w.sign(end, o.Seal); s != nil {
		d.Items = append(d.Items, s)
	}
	if p := leftOut(full); p != nil {
		d.Items = append(d.Items, p)
	}
	return d
}

// unknown stands for what the title should name and nobody knows.
const unknown = "××××"

// titleOf is the report's title line: as it stands, else made of the form's.
func titleOf(f *form.Form, r *report.Report) string {
	if t, _ := prose.Punctuated(prose.Clean(r.Title)); t != "" {
		return t
	}
	org, year := unknown, unknown
	if o := prose.Clean(r.Organization); o != "" {
		org = o
	}
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	return f.TitleFor(org, year)
}

// Keywords are what a report is filed under.
func (d *Document) Keywords() string {
	k := "政府信息公开，年度报告"
	if d.Year != 0 {
		k += fmt.Sprintf("，%d年", d.Year)
	}
	return k
}

package pdf

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/form"
	"nianbao/convert/report"
)

// body is how the text of a report is filled into lines.
var body = measure{width: areaWidth, indent: 2 * (sizeBody + bodyTracking), size: sizeBody, tracking: bodyTracking}

// items lists what a report prints, in order.
func (s *shaper) items(f *form.Form, r *report.Report, sig report.Signature) []item {
	items := []item{s.title(titleOf(f, r), r.Organization)}
	for _, p := range r.Preamble {
		items = append(items, s.narrative(p)...)
	}
	for _, sec := range f.Sections {
		h := s.paragraph(report.Cell{}, true, span{roleHei, sec.Label})
		h.bookmark = sec.Label
		items = append(items, h)
		if sec.Table != "" {
			if ft, rt := f.Table(sec.Table), r.Table(sec.Table); ft != nil && rt != nil {
				cells, layout := s.tableFor(ft, rt)
				room := areaHeight - float64(len(h.lines))*pitch - tableAbove
				items = append(items, item{table: fit(cells, layout, room)})
			}
			continue
		}
		if rs := r.Section(sec.Key); rs != nil {
			for _, p := range rs.Paragraphs {
				items = append(items, s.narrative(p)...)
			}
		}
	}
	return s.sign(items, sig)
}

// Lines of a text that may be a signature: an organization, and a date in figures of
// either kind.
var (
	organizationLine = regexp.MustCompile(`^[^，。；：、,.;:0-9]{3,30}$`)
	dateLine         = regexp.MustCompile(`^[（(]?[0-9０-９〇○零一二三四五六七八九]{4} ?年 ?[0-9０-９一二三四五六七八九十]{1,3} ?月 ?[0-9０-９一二三四五六七八九十]{1,3} ?日[）)]?$`)
)

// cutSignature takes the signature out of the last section of a report whose text ends
// in one: an organization and a date on lines of their own below something else. It
// comes before one that only a cover gives.
func cutSignature(f *form.Form, r *report.Report) report.Signature {
	r.Sections = slices.Clone(r.Sections)
	last := r.Section(f.Sections[len(f.Sections)-1].Key)
	if last == nil || len(last.Paragraphs) < 3 {
		return r.Signature
	}
	n := len(last.Paragraphs) - 2
	org, date := strings.TrimSpace(clean(last.Paragraphs[n].Text)), strings.TrimSpace(clean(last.Paragraphs[n+1].Text))
	if !organizationLine.MatchString(org) || !dateLine.MatchString(date) {
		return r.Signature
	}
	last.Paragraphs = last.Paragraphs[:n]
	return report.Signature{Organization: org, Date: date}
}

// unknown stands for what the title should name and nobody knows.
const unknown = "××××"

// titleOf is the report's title line: as it stands, else made of the form's.
func titleOf(f *form.Form, r *report.Report) string {
	if t := clean(r.Title); t != "" {
		return t
	}
	org, year := unknown, unknown
	if o := clean(r.Organization); o != "" {
		org = o
	}
	if r.Year != 0 {
		year = strconv.Itoa(r.Year)
	}
	return f.TitleFor(org, year)
}

// narrative makes the items of a paragraph, which may hold line breaks.
func (s *shaper) narrative(p report.Paragraph) []item {
	var items []item
	for _, text := range paragraphs(p.Text) {
		spans, heading := headed(text)
		items = append(items, s.paragraph(p.Cell, heading, spans...))
	}
	return items
}

func (s *shaper) paragraph(cell report.Cell, heading bool, spans ...span) item {
	it := item{lines: fill(s.shape(cell, spans...), body), measure: body, keepTail: 2, keepNext: heading}
	if heading {
		it.keepTail = len(it.lines)
	}
	return it
}

// The headings that the standard numbers, by level, and the face of each.
var headings = []struct {
	number *regexp.Regexp
	role   role
}{
	{regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`), roleHei},
	{regexp.MustCompile(`^[（(][一二三四五六七八九十]{1,3}[）)]`), roleKai},
	{regexp.MustCompile(`^[0-9０-９]{1,2}[.．、]\D`), roleBold},
}

const (
	longestHeading = 50 // characters, of a paragraph that is a heading
	longestRunIn   = 30 // of a heading that the text follows on its line
)

// headed finds the heading that a paragraph is or opens with, and says whether it
// is one as a whole. An item of a list, which ends in a comma or semicolon, is none.
func headed(text string) (spans []span, whole bool) {
	for _, h := range headings {
		if !h.number.MatchString(text) {
			continue
		}
		first, rest, found := strings.Cut(text, "。")
		n := utf8.RuneCountInString(first)
		last, _ := utf8.DecodeLastRuneInString(first)
		switch {
		case strings.ContainsRune("，、；：,;:", last):
		case !found && n <= longestHeading && !strings.ContainsAny(first, "；;"):
			return []span{{h.role, text}}, true
		case found && rest == "" && n <= longestRunIn && !strings.ContainsAny(first, "，；"):
			return []span{{h.role, text}}, true
		case found && rest != "" && n <= longestRunIn && !strings.ContainsAny(first, "；"):
			return []span{{h.role, first + "。"}, {roleBody, rest}}, false
		}
		break
	}
	return []span{{roleBody, text}}, false
}

// title sets the title in lines of balanced length, centred, and leaves a slot
// below it free.
func (s *shaper) title(text, organization string) item {
	chars := s.shape(report.Cell{}, span{roleTitle, text})
	m := measure{width: areaWidth, size: sizeTitle}
	const (
		leading      = 36
		longestTitle = 8 // lines
	)
	if whole := (setting{size: sizeTitle}).width(chars); whole > longestTitle*areaWidth {
		lines := centre(fill(chars, m), m) // no title; on the grid it may run over pages
		return item{lines: lines, measure: m, keepTail: 1}
	}
	lines := balance(chars, m, text, organization)
	return item{lines: lines, measure: m, leading: leading, keepNext: true,
		slots: slots(float64(len(lines))*leading) + 1}
}

// sign adds the signature (落款) to the last paragraph, with which it has to stay:
// a slot below it the organization, two characters in from the right, then the
// date, whose first character stands two to the right of the organization's
// first, GB/T 9704—2012 7.3.5.4.
func (s *shaper) sign(items []item, sig report.Signature) []item {
	org, date := clean(sig.Organization), clean(sig.Date)
	if org == "" && date == "" {
		return items
	}
	set := setting{size: sizeBody, tracking: bodyTracking}
	const two = 2 * (sizeBody + bodyTracking)
	upper := s.shape(report.Cell{}, span{roleBody, org})
	lower := s.shape(report.Cell{}, span{roleBody, date})
	upperX := areaWidth - two - set.width(upper)
	lowerX := upperX + two
	if lowerX+set.width(lower) > areaWidth-two { // the date is the longer one
		lowerX = areaWidth - two - set.width(lower)
		if org != "" {
			upperX = math.Min(upperX, lowerX-two)
		}
	}
	signature := []line{{}}
	for _, l := range []line{{chars: upper, x: upperX}, {chars: lower, x: lowerX}} {
		if l.x < 0 { // longer than a line: set as a paragraph
			signature = append(signature, fill(l.chars, measure{width: areaWidth, size: sizeBody, tracking: bodyTracking})...)
		} else if len(l.chars) > 0 {
			signature = append(signature, l)
		}
	}
	last := &items[len(items)-1]
	if last.table != nil || last.slots > 0 || last.keepNext {
		return append(items, item{lines: signature, measure: body, keepTail: len(signature)})
	}
	last.keepTail = min(2, len(last.lines)) + len(signature)
	last.lines = append(last.lines, signature...)
	return items
}

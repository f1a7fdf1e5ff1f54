package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// body is how the text of a report is filled into lines.
var body = measure{width: areaWidth, indent: 2 * (sizeBody + bodyTracking), size: sizeBody, tracking: bodyTracking}

// items lists what a report prints, in order.
func (s *shaper) items(f *form.Form, r *report.Report, end closing) []item {
	items := []item{s.title(titleOf(f, r), r.Organization)}
	items = append(items, s.illustrated(r.Preamble, r.Pictures, report.Preamble)...)
	for _, sec := range f.Sections {
		h := s.paragraph(report.Cell{}, true, span{roleHei, sec.Label})
		h.bookmark = sec.Label
		items = append(items, h)
		if sec.Table != "" {
			if ft, rt := f.Table(sec.Table), r.Table(sec.Table); ft != nil && rt != nil {
				cells, layout := s.tableFor(f, ft, rt, r.Notes)
				room := areaHeight - float64(len(h.lines))*pitch - tableAbove
				items = append(items, item{table: fit(cells, layout, room)})
			}
			continue
		}
		if rs := r.Section(sec.Key); rs != nil {
			items = append(items, s.illustrated(rs.Paragraphs, r.Pictures, sec.Key)...)
		}
	}
	return s.sign(items, end)
}

// unknown stands for what the title should name and nobody knows.
const unknown = "××××"

// titleOf is the report's title line: as it stands, else made of the form's.
func titleOf(f *form.Form, r *report.Report) string {
	if t, _ := prose.Punctuated(clean(r.Title)); t != "" {
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

// illustrated makes the items of a section's paragraphs, with the pictures that lie among
// them.
func (s *shaper) illustrated(ps []report.Paragraph, pictures []report.Picture, section string) []item {
	var items []item
	at := 0
	for i := range pictures {
		p := &pictures[i]
		if p.Section != section {
			continue
		}
		it, ok := s.pictureItem(p)
		if !ok {
			continue
		}
		end := max(at, min(p.After, len(ps)))
		items = append(items, s.narrative(ps[at:end], section != report.Preamble)...)
		items = append(items, it)
		at = end
	}
	return append(items, s.narrative(ps[at:], section != report.Preamble)...)
}

// narrative makes the items of paragraphs, which may hold line breaks. Headings of the
// second level are marked in the outline if they are to be.
func (s *shaper) narrative(ps []report.Paragraph, marked bool) []item {
	var items []item
	for i := 0; i < len(ps); i++ {
		if it, n := s.attachments(ps[i:]); n > 0 {
			items = append(items, it)
			i += n - 1
			continue
		}
		for _, text := range paragraphs(ps[i].Text) {
			text, _ = prose.Punctuated(text)
			spans, heading := headed(text)
			it := s.paragraph(ps[i].Cell, heading, spans...)
			if marked && spans[0].role == roleKai {
				it.bookmark, it.level = strings.TrimSuffix(spans[0].text, "。"), 1
			}
			items = append(items, it)
		}
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
	{regexp.MustCompile(`^[0-9０-９]{1,2}[.．、]\D`), roleBody},
}

const (
	longestHeading = 50 // characters, of a paragraph that is a heading
	longestRunIn   = 30 // of a heading that the text follows on its line
)

// endsInFigure matches an item of a list that says how many: （一）予以公开6件.
var endsInFigure = regexp.MustCompile(`[0-9０-９] ?(?:[%％]|` + strings.Join(units, "|") + `)[)）]?$`)

// headed finds the heading that a paragraph is or opens with, and says whether it
// is one as a whole. An item of a list, which ends in a comma, a semicolon or a
// figure with its unit, is none.
func headed(text string) (spans []span, whole bool) {
	for _, h := range headings {
		if !h.number.MatchString(text) {
			continue
		}
		first, rest, found := strings.Cut(text, "。")
		n := utf8.RuneCountInString(first)
		last, _ := utf8.DecodeLastRuneInString(first)
		switch {
		case strings.ContainsRune("，、；：,;:", last), endsInFigure.MatchString(first):
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

package document

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// walk goes through the texts of a report.
type walk struct {
	pictures []report.Picture
	open     []int // the levels of the headings that the next paragraph stands below
	placed   int   // pictures so far
}

// section makes the items of a section's paragraphs, with the pictures that lie among
// them. The preamble's headings are in no outline.
func (w *walk) section(key, label string, ps []report.Paragraph) []Item {
	var items []Item
	at := 0
	for i := range w.pictures {
		p := &w.pictures[i]
		if p.Section != key {
			continue
		}
		picture := printable(p)
		if picture == nil {
			continue
		}
		w.placed++
		picture.Description = "图片" + strconv.Itoa(w.placed)
		if label != "" {
			picture.Description = form.Bare(label) + "，" + picture.Description
		}
		end := max(at, min(p.After, len(ps)))
		items = append(items, w.narrative(ps[at:end], key != report.Preamble)...)
		items = append(items, picture)
		at = end
	}
	return append(items, w.narrative(ps[at:], key != report.Preamble)...)
}

// narrative makes the items of paragraphs, which may hold line breaks. Headings of the
// second level are in the outline if they are to be.
func (w *walk) narrative(ps []report.Paragraph, marked bool) []Item {
	var items []Item
	for i := 0; i < len(ps); i++ {
		if all, n := attachments(ps[i:]); n > 0 {
			items = append(items, all)
			i += n - 1
			continue
		}
		for _, text := range prose.Lines(ps[i].Text) {
			text, _ = prose.Punctuated(text)
			spans, whole := headed(text)
			p := &Paragraph{Spans: spans, Cell: ps[i].Cell}
			if whole {
				p.Level = int(spans[0].Style)
				p.Rank = w.rank(p.Level)
			}
			if marked && spans[0].Style == Second {
				p.Bookmark = 2
			}
			items = append(items, p)
		}
	}
	return items
}

// rank is the rank of the next heading, which has the level.
func (w *walk) rank(level int) int {
	for len(w.open) > 0 && w.open[len(w.open)-1] >= level {
		w.open = w.open[:len(w.open)-1]
	}
	w.open = append(w.open, level)
	return len(w.open)
}

// The headings that the standard numbers, by level.
var headings = []struct {
	number *regexp.Regexp
	style  Style
}{
	{regexp.MustCompile(`^[一二三四五六七八九十]{1,3}、`), First},
	{regexp.MustCompile(`^[（(][一二三四五六七八九十]{1,3}[）)]`), Second},
	{regexp.MustCompile(`^[0-9０-９]{1,2}[.．、]\D`), Third},
}

const (
	longestHeading = 50 // characters, of a paragraph that is a heading
	longestRunIn   = 30 // of a heading that the text follows on its line
)

// endsInFigure matches an item of a list that says how many: （一）予以公开6件.
var endsInFigure = regexp.MustCompile(`[0-9０-９] ?(?:[%％]|` + strings.Join(prose.Units, "|") + `)[)）]?$`)

// headed finds the heading that a paragraph is or opens with, and says whether it
// is one as a whole. An item of a list, which ends in a comma, a semicolon or a
// figure with its unit, is none.
func headed(text string) (spans []Span, whole bool) {
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
			return []Span{{h.style, text}}, true
		case found && rest == "" && n <= longestRunIn && !strings.ContainsAny(first, "，；"):
			return []Span{{h.style, text}}, true
		case found && rest != "" && n <= longestRunIn && !strings.ContainsAny(first, "；"):
			return []Span{{h.style, first + "。"}, {Body, rest}}, false
		}
		break
	}
	return []Span{{Body, text}}, false
}

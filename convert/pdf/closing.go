package pdf

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// closing is how a report ends: the signature (落款) and what stands below it.
type closing struct {
	report.Signature
	seal  bool               // placed for a seal
	after []report.Paragraph // 附注 and the like
}

// Lines of a text that may be a signature: an organization, and a date in figures of
// either kind.
var (
	organizationLine = regexp.MustCompile(`^[^，。；：、,.;:0-9]{3,30}$`)
	dateLine         = regexp.MustCompile(`^[（(]?[0-9０-９〇○零一二三四五六七八九]{4} ?年 ?[0-9０-９一二三四五六七八九十]{1,3} ?月 ?[0-9０-９一二三四五六七八九十]{1,3} ?日[）)]?$`)
)

// longestAfter is how many paragraphs may stand below a signature.
const longestAfter = 3

// cutClosing takes the signature, and what stands below it, out of the last section of
// a report whose text ends in one: an organization and a date on lines of their own
// below something else. It comes before one that only a cover gives.
func cutClosing(f *form.Form, r *report.Report) closing {
	r.Sections = slices.Clone(r.Sections)
	last := r.Section(f.Sections[len(f.Sections)-1].Key)
	if last == nil {
		return closing{Signature: r.Signature}
	}
	ps := last.Paragraphs
	for n := len(ps) - 2; n >= 1 && n >= len(ps)-2-longestAfter; n-- {
		org, date := clean(ps[n].Text), clean(ps[n+1].Text)
		if organizationLine.MatchString(org) && dateLine.MatchString(date) {
			last.Paragraphs = ps[:n]
			return closing{Signature: report.Signature{Organization: org, Date: date}, after: ps[n+2:]}
		}
	}
	return closing{Signature: r.Signature}
}

// leadingZero matches the zeros that a date of signature is written without, GB/T 9704 7.3.5.4.
var leadingZero = regexp.MustCompile(`([年月] ?)[0０]([1-9１-９])`)

// sign adds the signature to the last paragraph, with which it has to stay. Without a
// seal, GB/T 9704—2012 7.3.5.2: a slot below the text the organization, two characters
// in from the right, then the date, whose first character stands two to the right of the
// organization's first, or if it is the longer one ends two characters in. For a seal,
// 7.3.5.1: the date ends four characters in, the organization stands in the middle above
// it. A seal, some 42 mm high, stamped upon both then begins within a line of the text.
func (s *shaper) sign(items []item, end closing) []item {
	org, date := clean(end.Organization), leadingZero.ReplaceAllString(clean(end.Date), "$1$2")
	org, _ = prose.Punctuated(org)
	if org == "" && date == "" {
		return items // and nothing stands below
	}
	set := setting{size: sizeBody, tracking: bodyTracking}
	const one = sizeBody + bodyTracking
	upper := s.shape(report.Cell{}, span{roleBody, org})
	lower := s.shape(report.Cell{}, span{roleBody, date})
	upperWidth, lowerWidth := set.width(upper), set.width(lower)
	upperX := areaWidth - 2*one - upperWidth
	lowerX := upperX + 2*one
	signature := []line{{}}
	switch {
	case end.seal:
		lowerX = areaWidth - 4*one - lowerWidth
		upperX = math.Min(lowerX+(lowerWidth-upperWidth)/2, areaWidth-upperWidth)
		lowerX = upperX + (upperWidth-lowerWidth)/2
	case lowerX+lowerWidth > areaWidth-2*one: // the date is the longer one
		lowerX = areaWidth - 2*one - lowerWidth
		if org != "" {
			upperX = math.Min(upperX, lowerX-2*one)
		}
	}
	for _, l := range []line{{chars: upper, x: upperX}, {chars: lower, x: lowerX}} {
		if l.x < 0 { // longer than a line: set as a paragraph
			signature = append(signature, fill(l.chars, measure{width: areaWidth, size: sizeBody, tracking: bodyTracking})...)
		} else if len(l.chars) > 0 {
			signature = append(signature, l)
		}
	}
	for _, it := range s.narrative(end.after, false) {
		signature = append(signature, it.lines...)
	}
	last := &items[len(items)-1]
	if last.table != nil || last.slots > 0 || last.keepNext {
		return append(items, item{lines: signature, measure: body, keepTail: len(signature)})
	}
	last.keepTail = min(last.keepTail, len(last.lines)) + len(signature)
	last.lines = append(last.lines, signature...)
	return items
}

// The lines that name attachments: 附件：1.名称, then 2.名称.
var (
	attachmentLine = regexp.MustCompile(`^附 ?件 ?[:：] ?(?:([0-9０-９]{1,2}) ?[.．、] ?)?(.*)$`)
	attachmentItem = regexp.MustCompile(`^([0-9０-９]{1,2}) ?[.．、] ?(.+)$`)
)

// attachments sets the paragraphs that name attachments, GB/T 9704—2012 7.3.4: a slot
// below the text 附件： two characters in, the numbers below each other, and a name that
// needs more lines below its own first character. It gives how many paragraphs it took,
// 0 if they name none.
func (s *shaper) attachments(ps []report.Paragraph) (item, int) {
	if !strings.Contains(ps[0].Text, "附") { // as most paragraphs
		return item{}, 0
	}
	first := attachmentLine.FindStringSubmatch(clean(ps[0].Text))
	if first == nil {
		return item{}, 0
	}
	const one = sizeBody + bodyTracking
	set := setting{size: sizeBody, tracking: bodyTracking}
	it := item{lines: []line{{}}, measure: body}
	add := func(cell report.Cell, text, number, name string, x float64) {
		if number != "" {
			text += number + "."
		}
		lead := s.shape(cell, span{roleBody, text})
		name, _ = prose.Punctuated(name)
		indent := x + set.width(lead)
		if number != "" {
			indent = 5*one + set.width(s.shape(cell, span{roleBody, "0. "}))
			if len(number) > 1 {
				indent = max(indent, x+set.width(lead)+one/4)
			}
		}
		lines := fill(s.shape(cell, span{roleBody, name}), measure{width: areaWidth - indent, size: sizeBody, tracking: bodyTracking})
		if len(lines) == 0 {
			lines = []line{{}}
		}
		for i := range lines {
			lines[i].x += indent
		}
		lines[0].label = &label{lead, x}
		it.lines = append(it.lines, lines...)
	}
	number, name := first[1], first[2]
	n := 1
	if number == "" && name == "" && len(ps) > 1 { // the names begin in the next paragraph
		if m := attachmentItem.FindStringSubmatch(clean(ps[1].Text)); m != nil {
			number, name, n = m[1], m[2], 2
		}
	}
	add(ps[0].Cell, "附件：", number, name, 2*one)
	for ; number != "" && n < len(ps); n++ {
		m := attachmentItem.FindStringSubmatch(clean(ps[n].Text))
		if m == nil {
			break
		}
		add(ps[n].Cell, "", m[1], m[2], 5*one)
	}
	it.keepTail = len(it.lines)
	if it.keepTail > linesPerPage/2 {
		it.keepTail = 2
	}
	return it, n
}

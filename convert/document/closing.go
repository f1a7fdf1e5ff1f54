package document

import (
	"regexp"
	"slices"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// closing is how a report's text ends: the signature (落款) and what stands below it.
type closing struct {
	report.Signature
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

// cutClosing gives the text sections of a report without the signature, and what stands
// below it, that the last of them ends in: an organization and a date on lines of their
// own below something else. It comes before one that only a cover gives.
func cutClosing(f *form.Form, r *report.Report) ([]report.Section, closing) {
	cut := report.Report{Sections: slices.Clone(r.Sections)}
	last := cut.Section(f.Sections[len(f.Sections)-1].Key)
	if last == nil {
		return cut.Sections, closing{Signature: r.Signature}
	}
	ps := last.Paragraphs
	for n := len(ps) - 2; n >= 1 && n >= len(ps)-2-longestAfter; n-- {
		org, date := prose.Clean(ps[n].Text), prose.Clean(ps[n+1].Text)
		if organizationLine.MatchString(org) && dateLine.MatchString(date) {
			last.Paragraphs = ps[:n]
			return cut.Sections, closing{Signature: report.Signature{Organization: org, Date: date}, after: ps[n+2:]}
		}
	}
	return cut.Sections, closing{Signature: r.Signature}
}

// leadingZero matches the zeros that a date of signature is written without, GB/T 9704 7.3.5.4.
var leadingZero = regexp.MustCompile(`([年月] ?)[0０]([1-9１-９])`)

// sign makes the signature; nil if there is none, and then nothing stands below it.
func (w *walk) sign(end closing, seal bool) *Signature {
	s := &Signature{Date: leadingZero.ReplaceAllString(prose.Clean(end.Date), "$1$2"), Seal: seal}
	s.Organization, _ = prose.Punctuated(prose.Clean(end.Organization))
	if s.Organization == "" && s.Date == "" {
		return nil
	}
	s.Notes = w.narrative(end.after, false)
	return s
}

// The lines that name attachments: 附件：1.名称, then 2.名称.
var (
	attachmentLine = regexp.MustCompile(`^附 ?件 ?[:：] ?(?:([0-9０-９]{1,2}) ?[.．、] ?)?(.*)$`)
	attachmentItem = regexp.MustCompile(`^([0-9０-９]{1,2}) ?[.．、] ?(.+)$`)
)

// attachments finds the paragraphs that name attachments, GB/T 9704—2012 7.3.4, the first
// of which is the first given, and how many they are; 0 if it is none.
func attachments(ps []report.Paragraph) (*Attachments, int) {
	if !strings.Contains(ps[0].Text, "附") { // as most paragraphs
		return nil, 0
	}
	first := attachmentLine.FindStringSubmatch(prose.Clean(ps[0].Text))
	if first == nil {
		return nil, 0
	}
	all := new(Attachments)
	add := func(cell report.Cell, number, name string) {
		name, _ = prose.Punctuated(name)
		all.Names = append(all.Names, Attachment{number, name, cell})
	}
	number, name := first[1], first[2]
	n := 1
	if number == "" && name == "" && len(ps) > 1 { // the names begin in the next paragraph
		if m := attachmentItem.FindStringSubmatch(prose.Clean(ps[1].Text)); m != nil {
			number, name, n = m[1], m[2], 2
		}
	}
	add(ps[0].Cell, number, name)
	for ; number != "" && n < len(ps); n++ {
		m := attachmentItem.FindStringSubmatch(prose.Clean(ps[n].Text))
		if m == nil {
			break
		}
		add(ps[n].Cell, m[1], m[2])
	}
	return all, n
}

package reader

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"nianbao/convert/prose"
	"nianbao/convert/workbook"
)

// headings tells the headings of sections from lines that read alike: what a form
// heads 二、主动公开政府信息情况 many a text heads （一）主动公开情况, within section one.
type headings struct {
	*formIndex
	numbered map[int]bool // the sections that have a heading numbered 一、 somewhere
}

// level is how a heading is numbered.
type level int

const (
	firstLevel level = iota // 一、
	noLevel                 // not at all
	lowLevel                // （一） or 1.
)

// longestNumber is more bytes than the number of a heading takes.
const longestNumber = 60

func levelOf(line string) level {
	line = strings.TrimLeftFunc(line, unicode.IsSpace)
	if len(line) > longestNumber {
		line = strings.ToValidUTF8(line[:longestNumber], "")
	}
	r := []rune(prose.Fold(line))
	switch n := numbering(r); {
	case n == 0 && spacedNumber(line):
		return firstLevel
	case n == 0:
		return noLevel
	case r[0] == '第', strings.ContainsRune(chineseDigits, r[0]):
		return firstLevel
	}
	return lowLevel
}

// headingsOf learns from a workbook how its headings are numbered, as far as the context
// lets it.
func (x *formIndex) headingsOf(ctx context.Context, grids []*page) headings {
	h := headings{x, map[int]bool{}}
	for _, g := range grids {
		if g.rank.guide {
			continue
		}
		for i, c := range g.cells {
			if i%1024 == 0 && ctx.Err() != nil {
				break
			}
			for line := range linesOf(c) {
				if s := x.sectionNamed(line.core); s >= 0 && levelOf(line.text) == firstLevel {
					h.numbered[s] = true
				}
			}
		}
	}
	return h
}

// textLine is a line of a text with its core, if it is short enough for a label.
type textLine struct{ text, core string }

func newLine(text string) textLine {
	if len(text) <= longestLabel {
		return textLine{text, core(text)}
	}
	return textLine{text, ""}
}

// linesOf are the lines of a text that may be headings, the text as a whole first:
// a heading may be broken over lines.
func linesOf(c pageCell) func(yield func(textLine) bool) {
	return func(yield func(textLine) bool) {
		if c.Kind != workbook.TextCell || len(c.Text) <= longestLabel && !yield(textLine{c.Text, c.core}) || !strings.ContainsAny(c.Text, "\n\r") {
			return
		}
		for line := range strings.FieldsFuncSeq(c.Text, isLineEnd) {
			if len(line) <= longestLabel && !yield(newLine(line)) {
				return
			}
		}
	}
}

func isLineEnd(r rune) bool {
	return r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == '\u2028' || r == '\u2029'
}

// of is the section that a line is the heading of, and the text that goes on behind
// the heading; -1 when it is none.
func (h headings) of(l textLine) (section int, rest string) {
	line := l.text
	level := levelOf(line)
	section = -1
	if len(line) <= longestLabel {
		section = h.sectionNamed(l.core)
	}
	one := !strings.ContainsFunc(strings.TrimSpace(line), isLineEnd) // of several each is looked at
	if section < 0 && level == firstLevel && one {
		if label, text, ok := cutHeading(line); ok {
			section, rest = h.sectionNamed(core(label)), text
		}
	}
	if section < 0 && level == firstLevel && one {
		section = h.similar(line)
	}
	if section < 0 || level == firstLevel || len(h.numbered) == 0 || level == noLevel && len(h.numbered) == 1 {
		return section, rest
	}
	// Others are numbered: this may be one, too, if it has the form's own words.
	if h.numbered[section] || l.core != h.sections[section].cores[0] || level == lowLevel && !h.hasNumber(line, section) {
		return -1, ""
	}
	return section, rest
}

// hasNumber reports whether a line is numbered as the section is: （一） or 1. for 一、
func (h headings) hasNumber(line string, section int) bool {
	digits := func(s string) string {
		r := []rune(prose.Fold(s))
		return strings.Trim(string(r[:numbering(r)]), "(),.:第")
	}
	own, official := digits(line), digits(h.Sections[section].Label)
	first := strings.Index(chineseDigits, "一")
	return own == official || own == strconv.Itoa((strings.Index(chineseDigits, official)-first)/len("一")+1)
}

// cutHeading parts a heading from the text behind it: 六、其他需要报告的事项：无。
func cutHeading(line string) (label, rest string, ok bool) {
	line = strings.TrimSpace(line)
	i := strings.IndexFunc(line, func(r rune) bool { return r == '：' || r == ':' || r == '\u3000' || r == '\t' })
	if i < 0 || i > longestLabel {
		return "", "", false
	}
	rest = strings.TrimLeftFunc(line[i:], func(r rune) bool { return r == '：' || r == ':' || unicode.IsSpace(r) })
	return line[:i], rest, rest != ""
}

// similarHeading is how much of a heading must be that of the section with its number.
const similarHeading = 0.4

// similar is the section whose number a line has and whose heading it is like, unless
// another line is its heading: 五、存在的主要问题和下一步工作打算.
func (h headings) similar(line string) int {
	r := []rune(prose.Fold(line))
	if len(r) > 40 || strings.ContainsAny(string(r[numbering(r):]), ",.;:!?") {
		return -1
	}
	for i, s := range h.Sections {
		official := []rune(prose.Fold(s.Label))
		if r[0] != official[0] || h.numbered[i] {
			continue
		}
		if slices.ContainsFunc(h.sections[i].cores, func(c string) bool { return similarity(core(line), c) >= similarHeading }) {
			return i
		}
	}
	return -1
}

// rows are, in order, the rows of a sheet that a section's heading begins in, as far as
// the context lets them be found.
func (h headings) rows(ctx context.Context, g *page) []int {
	var rows []int
	for i, c := range g.cells {
		if i%1024 == 0 && ctx.Err() != nil {
			break
		}
		for line := range linesOf(c) {
			if s, _ := h.of(line); s >= 0 && (len(rows) == 0 || rows[len(rows)-1] != c.Row) {
				rows = append(rows, c.Row)
			}
		}
	}
	return rows
}

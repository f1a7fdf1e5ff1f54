package pdf

import (
	"nianbao/convert/document"
	"nianbao/convert/report"
)

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

// balance parts a title into lines.
func balance(chars []char, m measure, text, organization string) []line {
	ends := document.PartTitle(settingOf(chars, m), text, organization)
	if ends == nil {
		return centre(fill(chars, m), m)
	}
	return centre(linesTo(chars, ends), m)
}

// settingOf is what there is to know of chars to part them.
func settingOf(chars []char, m measure) document.Setting {
	s := document.Setting{Widths: make([]float64, len(chars)), May: make([]bool, len(chars)), Measure: m.width, Em: m.size}
	for i, c := range chars {
		s.Widths[i], s.May[i] = float64(c.width)*m.size/1000, c.after == allowed
	}
	return s
}

// linesTo are the lines that end at the given places.
func linesTo(chars []char, ends []int) []line {
	lines := make([]line, len(ends))
	start := 0
	for i, end := range ends {
		lines[i] = line{chars: trimSpaces(chars[start:end])}
		start = end
	}
	return lines
}

func trimSpaces(chars []char) []char {
	for len(chars) > 1 && chars[len(chars)-1].kind&isSpace != 0 {
		chars = chars[:len(chars)-1]
	}
	return chars
}

// centre moves lines to the middle of the measure.
func centre(lines []line, m measure) []line {
	for i := range lines {
		l := &lines[i]
		l.gap = 0
		l.width = setting{size: m.size}.width(l.chars)
		l.x = (m.width - l.width) / 2
	}
	return lines
}

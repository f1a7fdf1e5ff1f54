package check

import (
	"slices"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/narrative"
	"nianbao/convert/report"
)

// compared is a claim of the text with what the figures say that it is about.
type compared struct {
	narrative.Claim
	quote    string
	agrees   *bool // nil when the figures are blank or could not be read
	expected report.Number
	path     report.Path
	figures  []*report.Figure   // of the sum that is nearest
	others   [][]*report.Figure // of all sums that it may mean
	readings []message.Message  // of the sums that differ
}

// compare holds a claim in a cell against the figures that it is about. Of several sums that
// it could mean, the nearest is the one expected.
func (s *subject) compare(c narrative.Claim, quote string, cell report.Cell) compared {
	got := compared{Claim: c, quote: quote}
	says := func(agrees bool) { got.agrees = &agrees }
	if c.Rule == "N402" {
		for _, p := range c.Parts {
			got.expected = got.expected.Add(p)
		}
		says(got.expected.Equal(c.Value))
		return got
	}
	t := s.full.Table(c.Table)
	var sums []report.Number // that differ
	for i, rows := range slices.Concat(c.Rows, c.Also) {
		var figures []*report.Figure
		for _, row := range rows {
			for _, column := range c.Columns {
				figures = append(figures, t.Row(row).Figure(column))
			}
		}
		sum, ok := s.sum(figures)
		if ok {
			got.others = append(got.others, figures)
		}
		if got.agrees != nil {
			continue
		}
		if i < len(c.Rows) && (got.figures == nil || c.Value.Sub(sum).Decimal().Abs().LessThan(c.Value.Sub(got.expected).Decimal().Abs())) {
			got.expected, got.figures = sum, figures
			got.path = report.Path{Table: c.Table, Row: strings.Join(rows, "+"), Column: strings.Join(c.Columns, "+")}
		}
		switch {
		case !ok && i < len(c.Rows):
			return got
		case !ok:
			continue
		case sum.Equal(c.Value):
			got.expected, got.figures = sum, figures
			says(true)
			continue
		}
		if i < len(c.Rows) && !slices.ContainsFunc(sums, sum.Equal) {
			sums = append(sums, sum)
			got.readings = append(got.readings, reading(rows, figuresAt(cell, figures[0].Cell), sum))
		}
	}
	if got.agrees == nil {
		says(false)
	}
	return got
}

// disagreement is the finding of a claim that the figures it is about do not bear out.
func (s *subject) disagreement(c compared, cell report.Cell) finding.Finding {
	if c.Rule == "N402" {
		return newFinding("N402", report.Path{}, []report.Cell{cell}, c.expected, c.Value,
			message.New("N402", c.quote, terms(c.Parts), c.expected, c.Value))
	}
	cells := []report.Cell{cell}
	var parts []report.Number
	for _, f := range c.figures {
		cells = append(cells, f.Cell)
		parts = append(parts, f.Value)
	}
	return newFinding(c.Rule, c.path, cells, c.expected, c.Value, disagrees(c.Claim, c.quote, c.readings, figuresAt(cell, cells[1:]...), parts))
}

// disagrees says what the text says and what the tables have instead: a figure, or
// a sum with its parts, or the several that the text may have meant.
func disagrees(c narrative.Claim, quote string, readings []message.Message, places string, parts []report.Number) message.Message {
	said := message.New("N.says", quote)
	if c.Wide {
		said = message.New("N.says.of", quote, c.Name, c.Value)
	}
	switch len(readings) {
	case 2:
		return message.New("N.two", said, columnsOf(c), readings[0], readings[1], c.Value)
	case 3:
		return message.New("N.three", said, columnsOf(c), readings[0], readings[1], readings[2], c.Value)
	}
	var sum report.Number
	for _, p := range parts {
		sum = sum.Add(p)
	}
	places = strings.ReplaceAll(places, " ", "、")
	switch {
	case places == "":
		return message.New("N.one", said, sum)
	case len(parts) == 1, sum.IsZero():
		return message.New("N.cell", said, sum, places)
	}
	return message.New("N.sum", said, sum, places, terms(parts))
}

// reading is one of several things that a claim may mean, with its figure.
func reading(rows []string, place string, sum report.Number) message.Message {
	key := "N.reading." + rows[0]
	if len(rows) > 1 {
		key += ".more"
	}
	if place != "" {
		place = "（" + place + "）"
	}
	return message.New(key, sum, place)
}

// figuresAt is where figures stand, said beside the name of a text. In a document
// their table is named, for the text is in none.
func figuresAt(text report.Cell, cells ...report.Cell) string {
	if text.IsParagraph() {
		return placesFrom("", cells)
	}
	return placeList(cells)
}

// columnsOf names the columns of a claim that is not about the total.
func columnsOf(c narrative.Claim) string {
	_, columns, ok := strings.Cut(c.Name, "·")
	if !ok {
		return ""
	}
	return "“" + columns + "”"
}

func terms(parts []report.Number) string {
	var b strings.Builder
	for i, p := range parts {
		if i > 0 {
			b.WriteString("＋")
		}
		b.WriteString(p.String())
	}
	return b.String()
}

package check

import (
	"slices"
	"strings"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/narrative"
	"nianbao/convert/report"
)

// compare makes a finding of a claim that the figures it is about do not bear
// out. Of several sums that it could mean, the nearest is the one expected.
func (s *subject) compare(c narrative.Claim, quote string, cell report.Cell) (finding.Finding, bool) {
	if c.Rule == "N402" {
		var sum report.Number
		for _, p := range c.Parts {
			sum = sum.Add(p)
		}
		if sum.Equal(c.Value) {
			return finding.Finding{}, false
		}
		return newFinding("N402", report.Path{}, []report.Cell{cell}, sum, c.Value,
			message.New("N402", quote, terms(c.Parts), sum, c.Value)), true
	}
	t := s.full.Table(c.Table)
	var expected report.Number
	var figures, nearest []*report.Figure
	var path report.Path
	var sums []report.Number // that differ
	var readings []message.Message
	for _, rows := range c.Rows {
		figures = figures[:0:0]
		for _, row := range rows {
			for _, column := range c.Columns {
				figures = append(figures, t.Row(row).Figure(column))
			}
		}
		sum, ok := s.sum(figures)
		if !ok || sum.Equal(c.Value) {
			return finding.Finding{}, false
		}
		if !slices.ContainsFunc(sums, sum.Equal) {
			sums = append(sums, sum)
			readings = append(readings, reading(rows, figures[0].Cell, sum))
		}
		if nearest == nil || c.Value.Sub(sum).Decimal().Abs().LessThan(c.Value.Sub(expected).Decimal().Abs()) {
			expected, nearest = sum, figures
			path = report.Path{Table: c.Table, Row: strings.Join(rows, "+"), Column: strings.Join(c.Columns, "+")}
		}
	}
	cells := []report.Cell{cell}
	var parts []report.Number
	for _, f := range nearest {
		cells = append(cells, f.Cell)
		parts = append(parts, f.Value)
	}
	return newFinding(c.Rule, path, cells, expected, c.Value, disagrees(c, quote, readings, cells[1:], parts)), true
}

// disagrees says what the text says and what the tables have instead: a figure, or
// a sum with its parts, or the several that the text may have meant.
func disagrees(c narrative.Claim, quote string, readings []message.Message, cells []report.Cell, parts []report.Number) message.Message {
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
	places := strings.ReplaceAll(placeList(cells), " ", "、")
	switch {
	case places == "":
		return message.New("N.one", said, sum)
	case len(parts) == 1, sum.IsZero():
		return message.New("N.cell", said, sum, places)
	}
	return message.New("N.sum", said, sum, places, terms(parts))
}

// reading is one of several things that a claim may mean, with its figure.
func reading(rows []string, first report.Cell, sum report.Number) message.Message {
	key := "N.reading." + rows[0]
	if len(rows) > 1 {
		key += ".more"
	}
	return message.New(key, sum, at(first))
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

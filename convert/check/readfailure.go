package check

import (
	"cmp"
	"regexp"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// Why a figure could not be read, as far as its text tells: R201 and R206.

// isDate matches how the reader writes a date: 2024年1月9日.
var isDate = regexp.MustCompile(`^(\d+年)?\d+月(\d+日)?( |$)`)

func (s *subject) notNumber(n report.Note, name any) message.Message {
	place := at(n.Cells[0])
	if len(n.Cells) > 1 {
		return message.New("R201.several", name, strings.ReplaceAll(placeList(n.Cells), " ", "、"), n.Text)
	}
	if unit := s.unitOf(n.Path); unit != "" {
		if digits, written := cutUnit(n.Text); written != "" && written != unit {
			v, err := report.ParseNumber(strings.ReplaceAll(string(prose.Normalized(digits).Runes), ",", ""))
			if err != nil {
				return message.New("R201.unit.unknown", name, place, n.Text, unit)
			}
			return message.New("R201.unit", name, place, n.Text, unit, v.Decimal().Shift(powers[written]-powers[unit]))
		}
	}
	if isDate.MatchString(n.Text) {
		return message.New("R201.date", name, place, n.Text)
	}
	return message.New("R201", name, place, n.Text)
}

// noResult tells a formula that could not be computed from one whose result is an
// error, and a total from what it could not be added up for.
func (s *subject) noResult(n report.Note, name any) message.Message {
	place := at(n.Cells[0])
	formula := strings.HasPrefix(n.Text, "=")
	result := n.Text
	if formula && n.Read != "" && n.Why == 0 {
		result = n.Read
	}
	parts := s.unreadParts(n.Path)
	switch {
	case len(parts) > 0:
		return message.New("R206.parts", name, place, result, strings.ReplaceAll(placeList(parts), " ", "、"))
	case n.Why == report.Circular && len(n.Cells) > 1:
		return message.New("R206.circle.with", name, place, n.Text, placesFrom(n.Cells[0].Sheet, n.Cells[1:]))
	case n.Why == report.Circular:
		return message.New("R206.circle", name, place, n.Text)
	case n.Why == report.TooMuch:
		return message.New("R206.costly", name, place, n.Text)
	case n.Why == report.NotComputed && len(n.Cells) > 1:
		return message.New("R206.function.at", name, place, n.Text, placesFrom(n.Cells[0].Sheet, n.Cells[1:]), n.Read)
	case n.Why == report.NotComputed && n.Read != n.Text:
		return message.New("R206.function", name, place, n.Text, n.Read)
	case n.Why == report.NotComputed, formula && n.Read == "":
		return message.New("R206.formula", name, place, n.Text)
	case formula:
		return message.New("R206.result", name, place, n.Text, n.Read)
	}
	return message.New("R206", name, place, n.Text)
}

// unreadParts are the parts of a total that could not be read.
func (s *subject) unreadParts(path report.Path) []report.Cell {
	ft := s.form.Table(path.Table)
	if ft == nil || !path.OfFigure() {
		return nil
	}
	var cells []report.Cell
	for _, p := range ft.Parts(path.Row, path.Column) {
		if f := s.full.At(p); f != nil && s.unread[f] {
			cells = append(cells, f.Cell)
		}
	}
	return cells
}

// powers are the units that amounts are written in, as powers of ten of a yuan.
var powers = map[string]int32{"元": 0, "千元": 3, "万元": 4, "亿元": 8}

// cutUnit parts an amount from the unit behind it.
func cutUnit(s string) (digits, unit string) {
	for _, u := range []string{"亿元", "万元", "千元", "元"} {
		if d, ok := strings.CutSuffix(strings.TrimSpace(s), u); ok {
			return d, u
		}
	}
	return s, ""
}

// unitOf is what the column of a path is counted in, "" if it is no amount.
func (s *subject) unitOf(path report.Path) string {
	ft := s.form.Table(path.Table)
	if ft == nil || !path.OfFigure() {
		return ""
	}
	if c := columnOf(ft.Rows(), path.Row, path.Column); c.Kind == form.Amount {
		return cmp.Or(c.Unit, "元")
	}
	return ""
}

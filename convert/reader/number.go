package reader

import (
	"cmp"
	"regexp"
	"strings"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// units are the words that people write behind a figure, those first that end in another.
var units = []string{"万元", "元", "人次", "件次", "件", "个", "份", "条", "项", "人", "次", "宗", "起", "部", "例"}

// blankMarks are what people write, folded, for a figure that is nothing.
var blankMarks = map[string]bool{"": true, "/": true, `\`: true, "-": true, "--": true, "---": true, "无": true, "-无-": true,
	"没有": true, "暂无": true, "不涉及": true, "不适用": true, "N/A": true, "n/a": true}

// parseFigure reads the text of a figure's cell: digits of either width, with
// thousands separators, a sign and the column's unit if need be. A blank mark is
// a blank Number. ok is false when the text is no number that could be read
// without guessing.
func parseFigure(s string, column form.Column) (n report.Number, ok bool) {
	s = prose.Fold(spacedDigits.ReplaceAllString(strings.TrimSpace(s), "$1,$2"))
	if s != "." {
		s = strings.TrimSuffix(s, ".") // 5。
	}
	if blankMarks[s] {
		return report.Number{}, true
	}
	if s == "零" || s == "〇" {
		s = "0"
	}
	digits, unit := splitUnit(s)
	if unit != "" && !unitFits(unit, column) {
		return report.Number{}, false
	}
	negative := false
	if column.Kind == form.Change {
		digits, negative = changed(digits)
	}
	if digits, ok = plain(digits); !ok {
		return report.Number{}, false
	}
	if negative {
		digits = "-" + digits
	}
	n, err := report.ParseNumber(digits)
	return n, err == nil
}

// changed reads what people write for a change, 增14, 减少14, ↑14, 持平, and says
// whether it is one to less.
func changed(s string) (digits string, less bool) {
	if s == "持平" || s == "无变化" {
		return "0", false
	}
	for _, word := range []string{"增加", "增", "上升", "↑"} {
		if d, ok := strings.CutPrefix(s, word); ok {
			return d, false
		}
	}
	for _, word := range []string{"减少", "减", "下降", "↓"} {
		if d, ok := strings.CutPrefix(s, word); ok {
			return d, true
		}
	}
	return s, false
}

// spacedDigits are digits that white space parts: thousands, or two figures.
var spacedDigits = regexp.MustCompile(`(\p{Nd})[\s\p{Z}]+(\p{Nd})`)

// splitUnit parts a figure from the unit behind it.
func splitUnit(s string) (digits, unit string) {
	for _, u := range units {
		if d, ok := strings.CutSuffix(s, u); ok {
			return d, u
		}
	}
	return s, ""
}

// unitFits reports whether a figure of the column may carry the unit. Money in
// another unit than the column's would be a figure a thousandfold wrong.
func unitFits(unit string, c form.Column) bool {
	money := unit == "元" || unit == "万元"
	if c.Kind != form.Amount {
		return !money
	}
	return money && unit == cmp.Or(c.Unit, "元")
}

// plain checks that s is an optional sign and digits with an optional fraction,
// and takes out thousands separators. It reports false for anything else.
func plain(s string) (string, bool) {
	sign := ""
	if s != "" && (s[0] == '-' || s[0] == '+') {
		sign, s = strings.TrimPrefix(s[:1], "+"), s[1:]
	}
	whole, fraction, hasPoint := strings.Cut(s, ".")
	if !allDigits(fraction) || hasPoint && fraction == "" {
		return "", false
	}
	if groups := strings.Split(whole, ","); len(groups) > 1 {
		for i, g := range groups {
			if !allDigits(g) || len(g) != 3 && (i > 0 || len(g) == 0 || len(g) > 3) {
				return "", false
			}
		}
		whole = strings.Join(groups, "")
	}
	if whole == "" || !allDigits(whole) {
		return "", false
	}
	if hasPoint {
		whole += "." + fraction
	}
	return sign + whole, true
}

func allDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// anyColumn takes every figure that some column would take.
var anyColumn = form.Column{Kind: form.Change}

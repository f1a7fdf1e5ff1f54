package pdf

import (
	"math"
	"strings"
	"unicode/utf8"
)

// balance breaks a title into as few lines as hold it, of lengths that make a
// balanced shape, at places where it may part without tearing a word: behind the
// organization's name, before the year, behind the words that titles and the
// names of authorities are made of.
func balance(chars []char, m measure, text, organization string) []line {
	whole := setting{size: m.size}.width(chars)
	count := int(math.Ceil(whole / m.width))
	good := titleBreaks(chars, text, organization)
	for ; ; count++ {
		if lines := shareOut(chars, m, good, count); lines != nil {
			return centre(lines, m)
		}
		if count > len(chars) {
			return centre(fill(chars, m), m)
		}
	}
}

// titleBreaks gives, for each char, what it costs to break behind it; infinity
// where the rules forbid it.
func titleBreaks(chars []char, text, organization string) []float64 {
	cost := make([]float64, len(chars))
	for i := range cost {
		cost[i] = 1
		if chars[i].after != allowed {
			cost[i] = math.Inf(1)
		}
	}
	runes := []rune(text)
	if len(runes) != len(chars) { // a dash was joined; no place can be told
		return cost
	}
	at := func(i int, c float64) {
		if i > 0 && i <= len(cost) && !math.IsInf(cost[i-1], 1) {
			cost[i-1] = min(cost[i-1], c)
		}
	}
	if org := strings.TrimSpace(organization); org != "" && strings.HasPrefix(text, org) {
		at(utf8.RuneCountInString(org), 0)
	}
	for i := 1; i < len(runes); i++ {
		if chars[i].kind&isDigit != 0 && chars[i-1].kind&isDigit == 0 {
			at(i, 0.05)
		}
		rest := string(runes[i:])
		before := string(runes[:i])
		switch {
		case runes[i] == '（' || runes[i] == '《', strings.HasPrefix(rest, "政府信息公开"), strings.HasPrefix(rest, "关于"):
			at(i, 0.1)
		case strings.HasPrefix(rest, "工作"), strings.HasPrefix(rest, "年度报告"), strings.HasPrefix(rest, "人民政府"):
			at(i, 0.3)
		}
		for _, end := range []string{"人民政府", "委员会", "管委会", "办公室", "管理局", "、", "和", "与", "及", "的", "公开"} {
			if strings.HasSuffix(before, end) {
				at(i, 0.2)
			}
		}
		for _, end := range []string{"省", "市", "区", "县", "州", "盟", "旗", "镇", "乡", "局", "厅"} {
			if strings.HasSuffix(before, end) {
				at(i, 0.3)
			}
		}
	}
	return cost
}

// shareOut breaks a text into count lines, or returns nil when they do not hold
// it. Of all ways it takes the one with the lowest sum of what its breaks cost
// and of the squared deviations from equal lengths.
func shareOut(chars []char, m measure, cost []float64, count int) []line {
	n := len(chars)
	prefix := make([]float64, n+1)
	for i, c := range chars {
		prefix[i+1] = prefix[i] + float64(c.width)*m.size/1000
	}
	mean := prefix[n] / float64(count)
	// best[k][i] is the cheapest way to set the first i chars in k lines.
	best := make([][]float64, count+1)
	from := make([][]int, count+1)
	for k := range best {
		best[k], from[k] = make([]float64, n+1), make([]int, n+1)
		for i := range best[k] {
			best[k][i] = math.Inf(1)
		}
	}
	best[0][0] = 0
	for k := 1; k <= count; k++ {
		for i := 1; i <= n; i++ {
			if i < n && math.IsInf(cost[i-1], 1) {
				continue
			}
			for j := i - 1; j >= 0 && prefix[i]-prefix[j] <= m.width+1e-6; j-- {
				off := (prefix[i] - prefix[j] - mean) / m.width
				c := best[k-1][j] + 2*off*off
				if i < n {
					c += cost[i-1]
				}
				if c < best[k][i] {
					best[k][i], from[k][i] = c, j
				}
			}
		}
	}
	if math.IsInf(best[count][n], 1) {
		return nil
	}
	lines := make([]line, count)
	for k, i := count, n; k > 0; k-- {
		j := from[k][i]
		l := line{chars: trimSpaces(chars[j:i])}
		l.width = setting{size: m.size}.width(l.chars)
		lines[k-1], i = l, j
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

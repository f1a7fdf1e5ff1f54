package narrative

import (
	"slices"
	"strings"
	"unicode"

	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// token is a piece of the text: a word of the vocabulary, a number, a mark, or
// text in between that is in no list.
type token struct {
	word
	From, To int // in the prose's runes
	value    report.Number
	unit     string // of a figure; "" when none stands there
	inexact  bool   // 8000余, 近30: not a figure to compare
}

// units are what applications, cases and documents are counted in.
var units = []string{"件", "份", "封", "宗", "起", "例", "条", "个", "部", "项"}

// tokens cuts a text into tokens. Years are told apart by the reporting year.
func (l Lexicon) tokens(p prose.Prose, year int) []token {
	s := p.Runes
	out := make([]token, 0, len(s)/2)
	for i := 0; i < len(s); {
		t := l.token(s, i, year)
		if n := len(out); n > 0 && t.kind == unknown && out[n-1].kind == unknown {
			out[n-1].To = t.To
		} else if t.To > t.From {
			out = append(out, t)
		}
		i = max(t.To, i+1)
	}
	l.completeOutcomes(p, out)
	return out
}

// completeOutcomes reads the 公开 of 公开和部分公开 as 予以公开, which it is short for.
func (l Lexicon) completeOutcomes(p prose.Prose, toks []token) {
	granted, _ := l.longest([]rune("予以公开"))
	for i := 0; i+2 < len(toks); i++ {
		if toks[i].kind == filler && toks[i+1].kind == join && toks[i+2].kind == outcome && toks[i+2].name == "部分公开" &&
			p.Text(toks[i].From, toks[i].To) == "公开" && (i == 0 || toks[i-1].kind != unknown) {
			toks[i].word = granted
		}
	}
}

var marks = map[rune]kind{',': comma, ';': comma, ':': comma, '。': stop, '!': stop, '?': stop, '(': opening, ')': closing, '〔': opening, '〕': closing,
	'[': opening, ']': closing, '【': opening, '】': closing}

func (l Lexicon) token(s []rune, i, year int) token {
	r := s[i]
	if isDigit(r) {
		return number(s, i, year)
	}
	if k, ok := marks[r]; ok {
		return token{word: word{kind: k}, From: i, To: i + 1}
	}
	if r == '《' { // a title, whatever it names
		for j := i + 1; j < len(s) && j < i+80 && s[j] != '。'; j++ {
			if s[j] == '》' {
				return token{word: word{kind: filler}, From: i, To: j + 1}
			}
		}
	}
	if unicode.Is(unicode.Quotation_Mark, r) {
		return token{word: word{kind: filler}, From: i, To: i + 1}
	}
	w, n := l.longest(s[i:])
	if strings.ContainsRune(ChineseRunes, r) && n < 2 {
		if t, ok := chineseNumber(s, i); ok {
			return t
		}
	}
	if n > 0 {
		return token{word: w, From: i, To: i + n}
	}
	return token{From: i, To: i + 1}
}

// number reads Arabic digits and what follows them: a unit, a year, a percentage.
// What is no count of ours is unknown text.
func number(s []rune, i, year int) token {
	v, n := digitRun(s[i:])
	j := i + n
	t := token{word: word{kind: unknown}, From: i, To: j}
	rest := s[j:]
	switch {
	case len(rest) > 0 && rest[0] == '%':
		t.kind, t.value, t.To = percent, v, j+1
		return t
	case n == 4 && len(rest) > 0 && rest[0] == '年':
		return absoluteYear(s, t, v, year)
	case len(rest) > 1 && rest[0] == '月' && isDigit(rest[1]):
		return date(s, t)
	case len(rest) > 0 && rest[0] == '月':
		t.kind, t.To = part, j+1
		if v.Equal(report.Int(12)) && len(rest) > 1 && strings.ContainsRune("底末", rest[1]) {
			t.kind, t.To = filler, j+2
		}
		return t
	case len(rest) > 1 && strings.ContainsRune("至到-—~", rest[0]) && isDigit(rest[1]):
		last, n := digitRun(rest[1:])
		if n+1 < len(rest) && rest[n+1] == '月' {
			t.kind, t.To = part, j+n+2
			if v.Equal(report.Int(1)) && last.Equal(report.Int(12)) {
				t.kind = filler
			}
			return t
		}
	}
	if i > 0 && strings.ContainsRune("第图表-~—至", s[i-1]) {
		return t
	}
	t.value = v
	return counted(s, t)
}

// counted reads the unit behind a number, and what makes the number inexact.
func counted(s []rune, t token) token {
	if t.From > 0 && strings.ContainsRune("约近超逾", s[t.From-1]) || t.From > 1 && slices.Contains([]string{"超过", "达到近", "不足", "不少于"}, string(s[t.From-2:t.From])) {
		t.inexact = true
	}
	rest := s[t.To:]
	if len(rest) > 0 && strings.ContainsRune("余多几来万亿千百-~—至", rest[0]) {
		t.inexact = true
		t.To++
		rest = rest[1:]
	}
	for _, u := range units {
		if len(rest) > 0 && string(rest[0]) == u {
			t.kind, t.unit, t.To = figure, u, t.To+1
			rest = rest[1:]
			// 20个工作日, 12件套, 3项目: the unit is only the first rune of a word.
			if u == "个" && len(rest) > 1 && !slices.Contains([]rune{',', '。', ';', '、', '(', ')'}, rest[0]) && string(rest[:2]) != "申请" {
				t.kind = unknown
			}
			if len(rest) > 0 && rest[0] == '次' {
				t.kind = unknown
			}
			if len(rest) > 1 && slices.Contains([]string{"以上", "左右", "以内", "以下"}, string(rest[:2])) || len(rest) > 0 && rest[0] == '余' {
				t.inexact = true
			}
			return t
		}
	}
	if len(rest) == 0 || strings.ContainsRune(",;。、)(", rest[0]) {
		t.kind = figure
	}
	return t
}

// absoluteYear tells a year of four digits apart by the reporting year. What
// follows may be a date, or the 度 of 年度.
func absoluteYear(s []rune, t token, v report.Number, year int) token {
	t.To++
	switch y := int(v.Decimal().IntPart()); {
	case year == 0:
		t.kind = part
	case y == year:
		t.kind = thisYear
	case y == year+1:
		t.kind = nextYear
	default:
		t.kind = lastYear
	}
	switch rest := s[t.To:]; {
	case len(rest) > 0 && (rest[0] == '度' || rest[0] == '底' || rest[0] == '末'):
		t.To++
	case len(rest) > 0 && isDigit(rest[0]):
		_, n := digitRun(rest)
		if n+1 < len(rest) && rest[n] == '月' && isDigit(rest[n+1]) { // a day: 截至2024年12月31日
			kind := t.kind
			t.To += n
			t = date(s, t)
			if t.kind != part || kind != thisYear {
				t.kind = kind
			}
		}
	}
	return t
}

// date reads the 月5日 behind a number. A day by itself says nothing of the
// period, but one before the year's last that a period ends on does: 至10月31日.
func date(s []rune, t token) token {
	_, n := digitRun(s[t.To+1:])
	lastDay := t.To > 1 && string(s[t.To-2:t.To+1+n]) == "12月31"
	t.To += 1 + n
	t.kind = filler
	if !lastDay && t.From > 0 && strings.ContainsRune("至到", s[t.From-1]) {
		t.kind = part
	}
	if t.To < len(s) && s[t.To] == '日' {
		t.To++
	}
	return t
}

// chineseNumber reads Chinese numerals that a unit follows, or that end a clause
// as 均为零 does.
func chineseNumber(s []rune, i int) (token, bool) {
	j := i
	for j < len(s) && j < i+9 && strings.ContainsRune(ChineseRunes, s[j]) {
		j++
	}
	v, ok := chineseNumeral(s[i:j])
	if !ok || i > 0 && strings.ContainsRune("第每同另这那某", s[i-1]) {
		return token{}, false
	}
	t := token{From: i, To: j, value: report.Int(v)}
	rest := s[j:]
	bare := len(rest) == 0 || strings.ContainsRune(",;。、)", rest[0])
	switch {
	case bare && s[i] == '零' && j == i+1:
		t.kind = figure
		return t, true
	case bare || strings.ContainsRune("条个部项", rest[0]) && !(len(rest) > 1 && string(rest[1]) == "申"):
		return token{}, false
	case s[i] == '一' && rest[0] == '起' && (len(rest) < 2 || !strings.ContainsRune("行诉案,。;、", rest[1])):
		return token{}, false // 一起推进
	}
	t = counted(s, t)
	return t, t.kind == figure
}

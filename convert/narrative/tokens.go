package narrative

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"nianbao/convert/report"
)

// hit is one word that the text has at a place. A place may begin several: 收到 and
// 收到的, 申请 and 申请公开.
type hit struct {
	to    int
	entry *entry
	num   int // of a figure: its index, else -1
}

// number is a figure of the text with what it counts.
type number struct {
	from, to int
	value    report.Number
	unit     string // "" when none stands there
	inexact  bool   // 8000余, 近30: not a figure to compare
}

// lattice is all words of a paragraph by where they begin.
type lattice struct {
	s       []rune
	first   []int32 // of each place: its first hit
	hits    []hit
	numbers []number
	close   []int // of each opening bracket: where it closes; else 0
}

// units are what applications, cases and documents are counted in.
const units = "件份封宗起例条个部项次"

// headUnits are what persons and firms are counted in.
const headUnits = "名位人家户"

// entries of what the code reads itself.
var coded = func() (list [firstOfGrammar]*entry) {
	for i := range list {
		list[i] = &entry{}
		list[i].is.add(symbol(i))
	}
	return
}()

// lattices are kept for the next paragraph.
var lattices = sync.Pool{New: func() any { return &lattice{} }}

// isHan reports whether a rune is an ordinary Chinese character, which is quick to tell.
func isHan(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }

func (g *Grammar) lattice(s []rune, year int) *lattice {
	l := lattices.Get().(*lattice)
	if cap(l.first) <= len(s) {
		l.first, l.close, l.hits = make([]int32, len(s)+1, len(s)*2), make([]int, len(s), len(s)*2), make([]hit, 0, len(s)*4)
	}
	l.s, l.first, l.close, l.hits, l.numbers = s, l.first[:len(s)+1], l.close[:len(s)], l.hits[:0], l.numbers[:0]
	clear(l.close)
	l.brackets()
	hidden := 0 // up to where a word hides those within it: 申请人 is no 申请
	for i, r := range s {
		l.first[i] = int32(len(l.hits))
		switch {
		case isDigit(r):
			if i == 0 || !isDigit(s[i-1]) && !(i > 1 && (s[i-1] == '.' || s[i-1] == ',') && isDigit(s[i-2])) {
				l.digits(i, year)
			}
			continue
		case l.close[i] > 0:
			l.add(skip, i, l.close[i]+1)
		case r == '《' || r == '〈': // a title, whatever it names
			for j := i + 1; j < len(s) && j < i+80 && s[j] != '。'; j++ {
				if s[j] == '》' || s[j] == '〉' {
					l.add(skip, i, j+1)
					break
				}
			}
			continue
		case !isHan(r) && unicode.Is(unicode.Quotation_Mark, r), r == '*', r == '·', r == ':' && startsNumber(s[i+1:]):
			l.add(skip, i, i+1) // 办结:6件
			continue
		case isChineseNumeral(r) && (i == 0 || !isChineseNumeral(s[i-1])):
			l.chinese(i)
		}
		at := int32(0)
		for j := i; j < len(s); j++ {
			id := g.words.id(s[j])
			if id == 0 {
				break
			}
			if j == i {
				at = g.words.root[id]
			} else {
				at = g.words.nodes[at].child(id)
			}
			if at < 0 {
				break
			}
			e := g.words.nodes[at].entry
			if e == nil || j < hidden {
				continue
			}
			if e.is.has(g.hides) {
				l.hits, hidden = l.hits[:l.first[i]], j+1
			}
			l.hits = append(l.hits, hit{j + 1, e, -1})
		}
	}
	l.first[len(s)] = int32(len(l.hits))
	return l
}

func (l *lattice) at(i int) []hit { return l.hits[l.first[i]:l.first[i+1]] }

func (l *lattice) add(s symbol, from, to int) {
	l.hits = append(l.hits, hit{to, coded[s], -1})
}

// startsNumber reports whether nothing but a number with its unit follows: 6件, 六件,
// but not 三类 or 41件予以公开.
func startsNumber(s []rune) bool {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	if i == 0 {
		for i < len(s) && isChineseNumeral(s[i]) {
			i++
		}
		if i == len(s) || !strings.ContainsRune(units, s[i]) {
			return false
		}
	}
	if i > 0 && i < len(s) && strings.ContainsRune(units, s[i]) {
		i++
	}
	return i > 0 && (i == len(s) || !isHan(s[i]))
}

// brackets finds where each opening bracket closes, if in the same sentence.
func (l *lattice) brackets() {
	var open []int
	for i, r := range l.s {
		switch {
		case isHan(r):
		case strings.ContainsRune("([〔【", r):
			open = append(open, i)
		case strings.ContainsRune(")]〕】", r) && len(open) > 0:
			l.close[open[len(open)-1]] = i
			open = open[:len(open)-1]
		case r == '。':
			open = open[:0]
		}
	}
}

// digits reads Arabic digits and what follows them: a unit, a year, a percentage.
func (l *lattice) digits(i, year int) {
	s := l.s
	v, n := digitRun(s[i:])
	j := i + n
	rest := s[j:]
	starts := func(set string) bool { return len(rest) > 0 && strings.ContainsRune(set, rest[0]) }
	switch {
	case starts("%"):
		l.add(percentage, i, j+1)
		return
	case n == 4 && starts("年"):
		l.absoluteYear(i, j+1, v, year)
		return
	case starts("月"):
		l.month(i, j, v)
		return
	case starts("至到-—~") && len(rest) > 1 && (isDigit(rest[1]) || rest[0] == '—' && rest[1] == '—'):
		k := 1
		if rest[1] == '—' {
			k = 2
		}
		last, m := digitRun(rest[k:])
		if k+m < len(rest) && rest[k+m] == '月' {
			is := months
			if v.Equal(report.Int(1)) && last.Equal(report.Int(12)) {
				is = wholeYear
			}
			l.add(is, i, l.over(j+k+m+1, "份"))
			return
		}
	case starts(".、") && n <= 2 && (i == 0 || strings.ContainsRune("。;:!(", s[i-1])): // 1.受理情况
		l.add(skip, i, j+1)
		return
	}
	if n <= 2 && starts(")") && i > 0 && s[i-1] == '(' && (i == 1 || strings.ContainsRune("。;:!", s[i-2])) {
		l.add(skip, i, j) // (2)依申请公开
		return
	}
	if n <= 2 && len(rest) > 0 && isHan(rest[0]) && !starts(units) && !starts(headUnits) && !starts("余多几来万亿千百年月日号时") && (i == 0 || strings.ContainsRune("。;:!(", s[i-1])) {
		l.add(skip, i, j) // ②办结
		return
	}
	if i > 0 && (strings.ContainsRune("第-~—", s[i-1]) || strings.ContainsRune("图表", s[i-1]) && !starts(units)) {
		return
	}
	if starts(headUnits) {
		l.add(heads, i, l.over(j+1, "次"))
		return
	}
	l.counted(number{from: i, to: j, value: v})
}

// over goes over one of these runes, if it stands there.
func (l *lattice) over(i int, set string) int {
	if i < len(l.s) && strings.ContainsRune(set, l.s[i]) {
		return i + 1
	}
	return i
}

// month reads 3月, 12月底, 12月31日.
func (l *lattice) month(i, j int, v report.Number) {
	to, is := j+1, months
	december := v.Equal(report.Int(12))
	switch {
	case to < len(l.s) && isDigit(l.s[to]):
		d, n := digitRun(l.s[to:])
		is = day
		if december && d.Equal(report.Int(31)) {
			is = lastDay
		}
		to = l.over(to+n, "日号")
	case to < len(l.s) && strings.ContainsRune("底末", l.s[to]):
		is, to = day, to+1
		if december {
			is = lastDay
		}
	case december && endsIn(withoutYear(l.s[:i]), "至止到"): // 截至2024年12月
		is, to = lastDay, l.over(to, "份")
	default:
		to = l.over(to, "份")
	}
	l.add(is, i, to)
}

// withoutYear leaves out a year in figures that a text ends in.
func withoutYear(s []rune) []rune {
	if !endsIn(s, "年") {
		return s
	}
	for s = s[:len(s)-1]; len(s) > 0 && isDigit(s[len(s)-1]); {
		s = s[:len(s)-1]
	}
	return s
}

// endsIn reports whether a text ends in one of the runes.
func endsIn(s []rune, set string) bool {
	return len(s) > 0 && strings.ContainsRune(set, s[len(s)-1])
}

// absoluteYear tells a year of four digits apart by the reporting year.
func (l *lattice) absoluteYear(i, to int, v report.Number, year int) {
	is := yearEarlier
	switch y := int(v.Decimal().IntPart()); {
	case year == 0:
		is = yearUnknown
	case y == year:
		is = yearOfReport
	case y == year+1:
		is = yearAfter
	case y == year-1:
		is = yearBefore
	}
	l.add(is, i, l.over(to, "度底末"))
}

// counted reads the unit behind a number, and what makes the number inexact.
func (l *lattice) counted(n number) bool {
	s := l.s
	before := func(k int) string { return string(s[max(0, n.from-k):n.from]) }
	if strings.ContainsAny(before(1), "约近超逾") || slices.Contains([]string{"超过", "不足", "达到近", "至少"}, before(2)) || slices.Contains([]string{"不少于", "不超过", "不低于"}, before(3)) {
		n.inexact = true
	}
	rest := s[n.to:]
	starts := func(set string) bool { return len(rest) > 0 && strings.ContainsRune(set, rest[0]) }
	if starts("余多几来万亿千百-~—至") {
		n.inexact = true
		n.to++
		rest = rest[1:]
	}
	if !starts(units) {
		if n.inexact || len(rest) > 0 && !strings.ContainsRune(",;。、)(", rest[0]) {
			return false
		}
		l.addNumber(n)
		return true
	}
	n.unit = string(rest[0])
	n.to++
	rest = rest[1:]
	switch {
	case n.unit == "个" && len(rest) > 1 && !strings.ContainsRune(",。;、()", rest[0]) && string(rest[:2]) != "申请":
		l.add(heads, n.from, n.to) // 47个部门
		return false
	case n.unit == "部" && starts("门"), n.unit == "项" && starts("目"): // 20个工作日, 3部门: the unit is only the first rune of a word
		return false
	case starts("次"):
		n.to++
		rest = rest[1:]
	}
	if starts("余") || len(rest) > 1 && slices.Contains([]string{"以上", "左右", "以内", "以下"}, string(rest[:2])) {
		n.inexact = true
	}
	l.addNumber(n)
	return true
}

func (l *lattice) addNumber(n number) {
	l.hits = append(l.hits, hit{n.to, coded[figure], len(l.numbers)})
	l.numbers = append(l.numbers, n)
}

// chinese reads Chinese numerals that a unit follows, or that end a clause as 均为零
// does.
func (l *lattice) chinese(i int) {
	s := l.s
	j := i
	for j < len(s) && j < i+9 && strings.ContainsRune(ChineseRunes, s[j]) {
		j++
	}
	v, ok := chineseNumeral(s[i:j])
	if !ok || i > 0 && strings.ContainsRune("第每同另这那某任何", s[i-1]) {
		return
	}
	rest := s[j:]
	bare := len(rest) == 0 || strings.ContainsRune(",;。、)", rest[0])
	ends := len(rest) == 1 || len(rest) > 1 && strings.ContainsRune(",;。、)(", rest[1]) // 一条
	switch {
	case bare:
		if s[i] == '零' && j == i+1 {
			l.addNumber(number{from: i, to: j, value: report.Int(0)})
		}
		return
	case strings.ContainsRune("条个部项", rest[0]) && !ends && !(len(rest) > 1 && rest[1] == '申'):
		return
	case s[i] == '一' && rest[0] == '起' && !(ends || len(rest) > 1 && strings.ContainsRune("行诉案判原维", rest[1])):
		return // 一起推进
	case strings.ContainsRune(headUnits, rest[0]):
		l.add(heads, i, l.over(j+1, "次"))
	case strings.ContainsRune(units, rest[0]):
		l.counted(number{from: i, to: j, value: report.Int(v)})
	}
}

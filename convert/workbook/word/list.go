package word

import (
	"io"
	"strconv"
	"strings"
)

// levels is how many levels a list has.
const levels = 9

// listed says which list a paragraph is in, and on which level.
type listed struct {
	list              string // "" and "0": none
	level             int
	hasList, hasLevel bool
	style             string // that says so, if it is not the paragraph itself
}

// readListed reads a numPr.
func (r *reader) readListed(into *listed) error {
	return r.plain(func(e element) error {
		switch e.name {
		case "numId":
			into.list, into.hasList = e.get("val"), true
		case "ilvl":
			into.level, into.hasLevel = min(max(e.number("val"), 0), levels-1), true
		}
		return r.skip()
	})
}

// lists are the document's lists. Those that look alike because they share an
// abstract list are numbered through.
type lists struct {
	abstract map[string]*abstractList
	ofStyle  map[string]*abstractList // by the style that it is of, the first in the file
	byID     map[string]*list
}

type abstractList struct {
	levels [levels]level
	link   string // the style whose list this one is
	count  [levels]int
	used   [levels]bool // since the level above was
}

type list struct {
	abstract string
	restart  map[int]int // where a level begins
	own      map[int]level
	begun    [levels]bool
}

// level is how the paragraphs of a level are numbered.
type level struct {
	start   int
	format  string
	text    string // %1 is the number of the first level
	style   string // of the paragraphs that are on it
	legal   bool   // all numbers in Arabic digits
	restart int    // the level behind which it begins anew, from 1; 0: any above, -1: none
}

func (r *reader) readLists(from io.Reader) (lists, error) {
	all := lists{map[string]*abstractList{}, map[string]*abstractList{}, map[string]*list{}}
	err := r.part(from, func(e element) error {
		if len(all.abstract)+len(all.byID) >= maxStyles {
			return tooLarge("styles", maxStyles)
		}
		switch e.name {
		case "abstractNum":
			a := &abstractList{}
			all.abstract[e.get("abstractNumId")] = a
			return r.children(func(e element) error {
				switch e.name {
				case "lvl":
					if i := e.number("ilvl"); i >= 0 && i < levels {
						return r.readLevel(&a.levels[i])
					}
				case "numStyleLink":
					a.link = e.get("val")
				case "styleLink":
					if named := e.get("val"); all.ofStyle[named] == nil {
						all.ofStyle[named] = a
					}
				}
				return r.skip()
			})
		case "num":
			l := &list{restart: map[int]int{}, own: map[int]level{}}
			all.byID[e.get("numId")] = l
			return r.children(func(e element) error {
				switch e.name {
				case "abstractNumId":
					l.abstract = e.get("val")
				case "lvlOverride":
					if i := e.number("ilvl"); i >= 0 && i < levels {
						return r.readOverride(l, i)
					}
				}
				return r.skip()
			})
		}
		return r.skip()
	})
	return all, err
}

func (r *reader) readOverride(l *list, i int) error {
	return r.plain(func(e element) error {
		switch e.name {
		case "startOverride":
			l.restart[i] = e.number("val")
		case "lvl":
			var own level
			err := r.readLevel(&own)
			l.own[i] = own
			return err
		}
		return r.skip()
	})
}

func (r *reader) readLevel(l *level) error {
	*l = level{}
	return r.children(func(e element) error {
		switch e.name {
		case "start":
			l.start = e.number("val")
		case "numFmt":
			l.format = e.get("val")
		case "lvlText":
			l.text = e.get("val")
		case "pStyle":
			l.style = e.get("val")
		case "isLgl":
			l.legal = e.on()
		case "lvlRestart":
			if l.restart = e.number("val"); l.restart == 0 {
				l.restart = -1
			}
		}
		return r.skip()
	})
}

// begin begins all lists anew.
func (s lists) begin() {
	for _, a := range s.abstract {
		a.count, a.used = [levels]int{}, [levels]bool{}
	}
	for _, l := range s.byID {
		l.begun = [levels]bool{}
	}
}

// next is the number of the next paragraph of a list, as it is shown; "" if it is in
// none or shows a bullet.
func (s lists) next(at listed) string {
	l := s.byID[at.list]
	if l == nil {
		return ""
	}
	a := s.abstract[l.abstract]
	if a != nil {
		if linked := s.ofStyle[a.link]; linked != nil && a.link != "" {
			a = linked
		}
	}
	if a == nil {
		return ""
	}
	of := func(i int) level {
		if own, ok := l.own[i]; ok {
			return own
		}
		return a.levels[i]
	}
	i := at.level
	if at.style != "" && !at.hasLevel {
		for k := range levels {
			if of(k).style == at.style {
				i = k
			}
		}
	}
	if start, ok := l.restart[i]; ok && !l.begun[i] {
		a.count[i], a.used[i] = start, true
	} else if !a.used[i] {
		a.count[i], a.used[i] = of(i).start, true
	} else {
		a.count[i]++
	}
	l.begun[i] = true
	for k := i + 1; k < levels; k++ {
		if after := of(k).restart; after == 0 || after > 0 && i < after {
			a.used[k] = false
		}
	}
	return shown(i, of, a)
}

// shown is the number of a level with those of the levels above that its text has.
func shown(i int, of func(int) level, a *abstractList) string {
	if of(i).format == "bullet" || of(i).format == "none" && !strings.Contains(of(i).text, "%") {
		return ""
	}
	var b strings.Builder
	text := of(i).text
	for k := 0; k < len(text); k++ {
		if text[k] != '%' || k+1 == len(text) || text[k+1] < '1' || text[k+1] > '9' {
			b.WriteByte(text[k])
			continue
		}
		k++
		n := int(text[k] - '1')
		format, count := of(n).format, a.count[n]
		if of(i).legal {
			format = "decimal"
		}
		if !a.used[n] && n < i {
			count = of(n).start
		}
		b.WriteString(numeral(count, format))
	}
	return b.String()
}

// numeral writes a number in one of the formats of ECMA-376 part 1, 17.18.59; in
// Arabic digits for one that no Chinese text uses.
func numeral(n int, format string) string {
	from := func(first rune, most int) string {
		if n < 1 || n > most {
			return strconv.Itoa(n)
		}
		return string(first + rune(n-1))
	}
	switch format {
	case "none":
		return ""
	case "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand":
		return counting(n, []rune("零一二三四五六七八九十百千"))
	case "chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal":
		return counting(n, []rune("零壹贰叁肆伍陆柒捌玖拾佰仟"))
	case "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital":
		return digits(n, []rune("〇一二三四五六七八九"))
	case "decimalFullWidth", "decimalFullWidth2":
		return digits(n, []rune("０１２３４５６７８９"))
	case "ideographTraditional":
		return one(n, "甲乙丙丁戊己庚辛壬癸")
	case "ideographZodiac":
		return one(n, "子丑寅卯辰巳午未申酉戌亥")
	case "decimalEnclosedCircle", "decimalEnclosedCircleChinese":
		return from('①', 20)
	case "decimalEnclosedParen":
		return from('⑴', 20)
	case "decimalEnclosedFullstop":
		return from('⒈', 20)
	case "ideographEnclosedCircle":
		return from('㊀', 10)
	case "upperLetter", "lowerLetter":
		return letters(n, format == "upperLetter")
	case "upperRoman", "lowerRoman":
		return roman(n, format == "upperRoman")
	case "decimalZero":
		if n >= 0 && n < 10 {
			return "0" + strconv.Itoa(n)
		}
	}
	return strconv.Itoa(n)
}

// counting writes a number as one says it: 十一, 一百零三. signs are the digits and the
// words for ten, a hundred and a thousand.
func counting(n int, signs []rune) string {
	if n < 0 || n > 9999 {
		return strconv.Itoa(n)
	}
	if n == 0 {
		return string(signs[0])
	}
	var b []rune
	gap := false
	for place, unit := 3, 1000; place >= 0; place, unit = place-1, unit/10 {
		d := n / unit % 10
		if d == 0 {
			gap = len(b) > 0
			continue
		}
		if gap {
			b = append(b, signs[0])
			gap = false
		}
		if !(place == 1 && d == 1 && len(b) == 0) { // 十一, not 一十一
			b = append(b, signs[d])
		}
		if place > 0 {
			b = append(b, signs[9+place])
		}
	}
	return string(b)
}

func digits(n int, signs []rune) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return signs[r-'0']
		}
		return r
	}, strconv.Itoa(n))
}

func one(n int, of string) string {
	signs := []rune(of)
	if n < 1 || n > len(signs) {
		return strconv.Itoa(n)
	}
	return string(signs[n-1])
}

// letters counts A to Z, then AA to ZZ, as Word does.
func letters(n int, upper bool) string {
	if n < 1 || n > 26*10 {
		return strconv.Itoa(n)
	}
	first := byte('a')
	if upper {
		first = 'A'
	}
	return strings.Repeat(string(first+byte((n-1)%26)), (n-1)/26+1)
}

func roman(n int, upper bool) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	if upper {
		return strings.ToUpper(b.String())
	}
	return b.String()
}

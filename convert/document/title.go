package document

import (
	_ "embed"
	"math"
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"
)

// What it costs to part a title, in the measure of a line that is a whole measure
// longer or shorter than it would best be.
const (
	titleLine     = 0.6 // another line
	titleTorn     = 9   // a break within a word
	titleUnsure   = 0.5 // a break where nobody knows whether a word ends
	titleShapeBad = 0.8 // lines that are neither a trapezium nor a rhombus
	titleYear     = 1.2 // the year within a line although the title has several
)

// Setting is a line of text that is to be parted into several, in any unit of length.
type Setting struct {
	Widths  []float64 // of the characters
	May     []bool    // whether a line may end behind each
	Measure float64   // of a line
	Em      float64   // of the type
}

// PartTitle parts a title into lines at the ends of words, of lengths that make a
// trapezium or a rhombus, as GB/T 9704 7.3.1 has it: one more line rather than a torn
// word. It gives the ends of the lines, in characters; nil if it cannot be parted.
func PartTitle(s Setting, text, organization string) []int {
	least := max(1, int(math.Ceil(sum(s.Widths)/s.Measure-1e-9)))
	t := titleSetter{Setting: s, cost: titleBreaks(s.May, text, organization), year: yearIn(text), best: math.Inf(1)}
	if len(t.cost) > 80 || least > 4 {
		t.year = 0 // too long for all its shapes to be tried
	} else {
		for count := least; count <= least+2; count++ {
			t.try(nil, 0, count, 0)
		}
	}
	if t.ends != nil {
		return t.ends
	}
	for count := least; count <= len(s.Widths); count++ {
		if ends := s.Share(t.cost, count); ends != nil {
			return ends
		}
	}
	return nil
}

// titleSetter tries all ways to part a title.
type titleSetter struct {
	Setting
	cost []float64 // of a break behind each character
	year int       // where the year begins, 0 if nowhere
	best float64
	ends []int // of the lines, in the best way so far
}

// try goes on from a character with count lines to come.
func (t *titleSetter) try(ends []int, start, count int, cost float64) {
	if cost >= t.best {
		return
	}
	n := len(t.Widths)
	if count == 1 {
		if t.width(start, n) > t.Measure+1e-6 {
			return
		}
		ends = append(ends, n)
		if cost += t.shape(ends); cost < t.best {
			t.best, t.ends = cost, append([]int(nil), ends...)
		}
		return
	}
	for end := start + 1; end < n; end++ {
		if t.width(start, end) > t.Measure+1e-6 {
			return
		}
		if c := t.cost[end-1]; !math.IsInf(c, 1) {
			t.try(append(ends[:len(ends):len(ends)], end), end, count-1, cost+c)
		}
	}
}

func (t *titleSetter) width(from, to int) float64 { return sum(t.Widths[from:to]) }

func sum(vs []float64) float64 {
	s := 0.0
	for _, v := range vs {
		s += v
	}
	return s
}

// shape is what the lengths of lines cost.
func (t *titleSetter) shape(ends []int) float64 {
	cost, start := titleLine*float64(len(ends)), 0
	widths := make([]float64, len(ends))
	mean := sum(t.Widths) / float64(len(ends))
	for i, end := range ends {
		widths[i] = t.width(start, end)
		off := (widths[i] - mean) / t.Measure
		cost += off * off
		if start < t.year && t.year < end && len(ends) > 1 {
			cost += titleYear
		}
		start = end
	}
	turns, last := 0, 0 // how often the lengths turn from growing to shrinking or back
	for i := 1; i < len(widths); i++ {
		switch d := widths[i] - widths[i-1]; {
		case math.Abs(d) < t.Em/2:
			cost += 0.1
		case d < 0:
			if last > 0 {
				turns++
			}
			last = -1
		default:
			if last < 0 {
				turns += 2 // the waist of an hourglass
			}
			last = 1
		}
	}
	if turns > 1 {
		cost += titleShapeBad
	}
	return cost
}

var titleYearAt = regexp.MustCompile(`[0-9０-９〇○零一二三四五六七八九]{4} ?年`)

// yearIn is the place, in characters, where a title's year begins; 0 for none and for
// one that the title begins with.
func yearIn(text string) int {
	at := titleYearAt.FindStringIndex(text)
	if at == nil {
		return 0
	}
	return utf8.RuneCountInString(text[:at[0]])
}

// nameWords are the words of names.txt.
//
//go:embed names.txt
var nameWordsFile string

var nameWords = sync.OnceValues(func() (map[string]bool, int) {
	words, longest := map[string]bool{}, 0
	for line := range strings.Lines(nameWordsFile) {
		if !strings.HasPrefix(line, "#") {
			for _, w := range strings.Fields(line) {
				words[w] = true
				longest = max(longest, utf8.RuneCountInString(w))
			}
		}
	}
	return words, longest
})

// places is a name of places that a body's name begins with: 四川省南充市营山县.
var places = regexp.MustCompile(`^[^省市区县州盟旗]{1,6}?(?:自治区|省|市|州|县|区|盟|旗)`)

// bodyEnds are the characters that end a body's name: none begins a line.
const bodyEnds = "局厅委办处所院站队会部室科署社司行镇乡村府心团"

// titleBreaks gives, for each character, what it costs to break behind it; infinity
// where the rules forbid it.
func titleBreaks(may []bool, text, organization string) []float64 {
	cost := make([]float64, len(may))
	for i := range cost {
		if cost[i] = titleUnsure; !may[i] {
			cost[i] = math.Inf(1)
		}
	}
	runes := []rune(text)
	if len(runes) != len(may) { // a dash was joined: no place can be told
		return cost
	}
	set := func(i int, c float64) { // behind the first i runes
		if i > 0 && i < len(runes) && !math.IsInf(cost[i-1], 1) {
			cost[i-1] = c
		}
	}
	torn := func(from, to int) {
		for i := from + 1; i < to; i++ {
			set(i, titleTorn)
		}
	}
	at := 0
	for rest := text; ; { // the places first
		p := places.FindString(rest)
		if p == "" || utf8.RuneCountInString(p) < 2 {
			break
		}
		n := utf8.RuneCountInString(p)
		torn(at, at+n)
		at, rest = at+n, rest[len(p):]
		set(at, 0.2)
	}
	words, longest := nameWords()
	for at < len(runes) {
		n := 0
		for k := min(longest, len(runes)-at); k > 1 && n == 0; k-- {
			if words[string(runes[at:at+k])] {
				n = k
			}
		}
		switch {
		case n > 0:
			torn(at, at+n)
			before, after := 0.4, 0.4
			if strings.ContainsRune(bodyEnds, runes[at+n-1]) { // the head word of a name
				before, after = 1, 0.15
			}
			if at > 0 && cost[at-1] != titleTorn && cost[at-1] > 0.2 {
				set(at, before)
			}
			at += n
			set(at, after)
		case strings.ContainsRune("和与及、暨", runes[at]):
			set(at, 0.6)
			at++
			set(at, 0.4)
		case strings.ContainsRune(bodyEnds, runes[at]) && at > 0:
			set(at, titleTorn)
			at++
			set(at, 0.2)
		default:
			at++
		}
	}
	for i, r := range runes {
		if r == '（' || r == '《' {
			set(i, 0.1)
		}
	}
	if org := strings.TrimSpace(organization); org != "" && strings.HasPrefix(text, org) {
		set(utf8.RuneCountInString(org), 0)
	}
	if y := yearIn(text); y > 0 {
		set(y, 0)
	}
	return cost
}

// Share parts a text into count lines, of which it gives the ends; nil when they do not
// hold it. Of all ways it takes the one with the lowest sum of what its breaks cost, behind
// each character, and of the squared deviations from equal lengths.
func (s Setting) Share(cost []float64, count int) []int {
	n := len(s.Widths)
	prefix := make([]float64, n+1)
	for i, w := range s.Widths {
		prefix[i+1] = prefix[i] + w
	}
	mean := prefix[n] / float64(count)
	// best[k][i] is the cheapest way to set the first i characters in k lines.
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
			for j := i - 1; j >= 0 && prefix[i]-prefix[j] <= s.Measure+1e-6; j-- {
				off := (prefix[i] - prefix[j] - mean) / s.Measure
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
	ends := make([]int, count)
	for k, i := count, n; k > 0; k-- {
		ends[k-1], i = i, from[k][i]
	}
	return ends
}

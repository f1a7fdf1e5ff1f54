package narrative

import (
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/organization"
)

// Whose figures a clause speaks of, and of which period.

type whose uint8

const (
	unsaid whose = iota
	own
	perhaps // 全区 in the report of the district's office: the district or the office
	others
)

// ownerOf says whose the words of a clause make it.
func (r *reader) ownerOf(words []taken) whose {
	s, name := r.Runes, r.name
	w, whole := unsaid, false
	for _, t := range words {
		switch {
		case r.g.role[t.sym] == "own_office":
			return own
		case r.g.role[t.sym] == "everyone":
			return wholeOf(everywhere, name)
		case t.slot || t.sym != organ && t.sym != ownWord && t.sym != wholeWord && t.sym != shortWord:
		case t.sym == shortWord && bothIn(s[t.from:t.to], name):
			return own
		case t.sym == ownWord:
			if strings.ContainsRune(places, lastRune(string(s[t.from:t.to]))) && wholeOf(everywhere, name) == others {
				return others // 我县 in the report of a bureau
			}
			return own
		case t.sym == wholeWord:
			w, whole = max(w, wholeOf(string(s[t.from:t.to]), name)), true
		case w == unsaid:
			w = r.whoseName(string(s[t.from:t.to]))
		case whole && !isOwn(string(s[t.from:t.to]), name): // 全市法院
			w = others
		}
	}
	return w
}

// whoseName says whose the name of a body makes it.
func (r *reader) whoseName(name string) whose {
	if !r.wide && strings.HasSuffix(name, mainBody) { // not 县政府本级50件，全县500件
		name = strings.TrimSuffix(name, "本级")
	}
	base := r.g.withoutOffice(name)
	switch {
	case strings.ContainsRune(places, lastRune(name)) && isPlaceOf(name, r.name):
		if kindOf(base) && strings.HasSuffix(r.name, name) {
			return own // 管理区 of 华侨管理区
		}
		return wholeOf(everywhere, r.name)
	case !isOwn(name, r.name) && !isOwn(base, r.name) && !(kindOf(base) && strings.HasSuffix(organization.Plain(r.name), base)):
		return others
	case isOffice(name) && !isOffice(r.name) && !ofTownship(r.name):
		return perhaps // 县政府办公室 in the county's report: a part of it, or who writes it
	}
	return own
}

// ofTownship reports whether a government is that of a township, whose office is no body of
// its own.
func ofTownship(name string) bool {
	return strings.ContainsRune("乡镇", lastRune(strings.TrimSuffix(organization.Plain(name), "政府")))
}

// mainBody ends the name of a government that reports without its departments.
const mainBody = "政府本级"

// withoutOffice leaves out the office within a body that does its work: 分局办公室.
func (g *Grammar) withoutOffice(name string) string {
	runes := []rune(name)
	for i := 1; i < len(runes); i++ {
		if e := g.words.find(runes[i:]); e != nil && e.is.has(g.symbols["internal"]) {
			return string(runes[:i])
		}
	}
	return name
}

// kindOf reports whether a name says only what kind of body it is: 学校, 分局, 管委会.
func kindOf(name string) bool { return len([]rune(name)) <= 3 }

// places are what names of places end in.
const places = "省市州县区旗镇乡"

// isPlaceOf reports whether a place is where the body is: 安平县, 高新区.
func isPlaceOf(place, reporting string) bool {
	return reporting != "" && len([]rune(place)) > 2 && (strings.Contains(reporting, place) || organization.Same(place, reporting))
}

// wholeOf says whether all of a county are the reporting body: a government's
// report adds up all of them, a bureau's does not.
func wholeOf(whole, name string) whose {
	if !strings.ContainsAny(whole, places) || name == "" {
		return own
	}
	name, _, _ = strings.Cut(strings.NewReplacer("（", "(").Replace(name), "(")
	switch name = organization.Plain(name); {
	case strings.ContainsRune(places, lastRune(name)): // 华侨管理区
		return own
	case organization.EndsIn(name, []string{"政府", "管委会", "管理委员会", "区管理办公室"}):
		return own
	case strings.Contains(name, "政府"):
		return perhaps
	}
	return others
}

// everywhere is what has a county in its name.
const everywhere = "县"

func isOwn(name, reporting string) bool {
	if organization.Ours(name) {
		return true
	}
	if reporting == "" || organization.EndsIn(name, organization.Several) {
		return false
	}
	a, b := organization.Plain(name), organization.Plain(reporting)
	if office := strings.TrimSuffix(a, "政府办公室"); office != a {
		a = office + "政府" // a government's own office, or the one that reports itself
		b = strings.TrimSuffix(b, "办公室")
	}
	return strings.Contains(b, a) || strings.Contains(a, b) || organization.Same(a, b) && endAlike(a, b) || sameRunes(a, b)
}

func isOffice(name string) bool {
	return strings.HasSuffix(organization.Plain(name), "政府办公室")
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// endAlike reports whether two names end in the same kind of body: 县卫健委 and
// 县卫生健康委员会, 区政务办 and 区政务服务办公室.
func endAlike(a, b string) bool {
	short := func(s string) rune { return lastRune(strings.TrimSuffix(strings.TrimSuffix(s, "员会"), "公室")) }
	return lastRune(a) == lastRune(b) || short(a) == short(b)
}

// sameRunes reports whether a name is short for one whose parts stand in another
// order: 区公安分局 is 江远市公安局城东区分局.
func sameRunes(short, long string) bool {
	if len([]rune(short)) < 4 || !strings.HasSuffix(long, "分局") {
		return false
	}
	for _, r := range short {
		if strings.Count(short, string(r)) > strings.Count(long, string(r)) {
			return false
		}
	}
	return true
}

// scope takes up whose figures of which period a frame speaks of, and returns whose.
func (r *reader) scope(words []taken) whose {
	st := &r.state
	has := func(s symbol) bool {
		return slices.ContainsFunc(words, func(t taken) bool { return !t.slot && t.sym == s })
	}
	st.among = st.among || has(r.g.symbols["among"])
	w := r.ownerOf(words)
	if w != unsaid {
		bodies := has(wholeWord) || has(r.g.symbols["bodies"]) || slices.ContainsFunc(words, func(t taken) bool {
			return !t.slot && t.sym == organ && organization.EndsIn(r.Text(t.from, t.to), organization.Several)
		})
		mainly := slices.ContainsFunc(words, func(t taken) bool { // 区政府本级 is the one body, of whose figures some are others'
			return !t.slot && t.sym == organ && strings.HasSuffix(r.Text(t.from, t.to), mainBody)
		})
		switch {
		case w == own && st.wide && st.owner != others && !bodies && !has(ownWord) && has(organ):
			w = others // 全县收到64件，县政府收到9件
		case w == own && bodies && has(organ) && !has(wholeWord) && !mainly && wholeOf(everywhere, r.name) != own: // 县政府及各部门
			w = perhaps
		}
		if w == others && bodies && st.named > 0 && !st.among { // 市政府收到50件，市级部门收到100件
			r.doubt(func(c Claim) bool { return c.sentence == r.sentence && c.Focus.From >= st.named })
		}
		if w == own && has(organ) && st.named == 0 {
			st.named = words[0].from + 1
		}
		st.wide = st.wide || bodies
		st.owner = w
		if st.first == unsaid {
			st.first = w
		}
	}
	for _, t := range words {
		switch {
		case r.g.role[t.sym] == "foreign":
			st.owner = others
		case !t.slot:
		case r.g.role[t.sym] == "this_period":
			st.period = own
		case r.g.role[t.sym] == "other_period":
			st.period = others
		case r.g.role[t.sym] == "future":
			st.future = true
		}
	}
	return w
}

// bothIn reports whether the first two runes of a short name are of the body's: 县局机关
// of 安平县水利局.
func bothIn(short []rune, name string) bool {
	return len(short) > 1 && strings.Contains(name, string(short[:1])) && strings.HasSuffix(name, string(short[1:2]))
}

package narrative

import (
	"slices"
	"strings"

	"nianbao/convert/organization"
)

// scope follows whose figures of which year are spoken of.
func (e *extractor) scope(before []token, tp topics) {
	e.organ(before)
	if tp.has(carry) || tp.has(compare) {
		return
	}
	for i, t := range before {
		switch t.kind {
		case thisYear:
			e.anotherYear = false
		case lastYear, nextYear, part:
			switch {
			case i > 0 && before[i-1].kind == because: // 因2023年度申请引发行政复议
			case i > 0 && before[i-1].kind == thisYear && e.Text(t.From, t.To) == "以来": // 今年以来
			default:
				e.anotherYear = true
			}
		}
	}
}

// organ follows whose figures are spoken of: the name that stands before the
// first word that says what is counted, if it is an organization's.
func (e *extractor) organ(toks []token) {
	end := slices.IndexFunc(toks, func(t token) bool { return slices.Contains(subjects, t.kind) || t.kind == application })
	if end < 0 {
		end = len(toks)
	}
	for end > 0 && slices.Contains([]kind{filler, sumUp, thisYear, each, negation}, toks[end-1].kind) {
		end--
		if organization.Ours(e.Text(toks[end].From, toks[end].To)) {
			e.anotherOrgan = false
			return
		}
	}
	start := end
	for start > 0 && (toks[start-1].kind == unknown || toks[start-1].kind == filler) {
		start--
	}
	if start == end {
		if end > 0 && toks[end-1].kind == thisYear || end < len(toks) && toks[end].kind == thisYear {
			e.anotherOrgan = false
		}
		return
	}
	switch name := e.Text(toks[start].From, toks[end-1].To); {
	case organization.Ours(name):
		e.anotherOrgan = false
	case organization.EndsIn(name, organization.Several):
		e.anotherOrgan = true
	case strings.HasPrefix(name, "全") || e.isOwn(name):
		e.anotherOrgan = false
	case organization.EndsIn(name, organization.Organs), beginsWithOrgan(name):
		e.anotherOrgan = true
	}
}

// beginsWithOrgan reports whether more is said of an organization before what it
// counts: 县政府办公室牵头办理.
func beginsWithOrgan(name string) bool {
	for _, preposition := range []string{"按", "根据", "依据", "在", "为", "经", "向", "对", "通过", "围绕", "贯彻", "落实", "与", "会同"} {
		if strings.HasPrefix(name, preposition) {
			return false
		}
	}
	for _, organ := range []string{"办公室", "委员会", "部门", "政府", "局"} {
		if i := strings.Index(name, organ); i > 0 && !strings.HasSuffix(name[:i], "布") && !strings.HasSuffix(name[:i], "格") {
			return true
		}
	}
	return false
}

func (e *extractor) isOwn(name string) bool {
	name = organization.Plain(name)
	return e.organization != "" && (strings.Contains(e.organization, name) || strings.Contains(name, e.organization))
}

package check

import (
	"slices"
	"strings"
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
			case i > 0 && before[i-1].kind == thisYear && e.text(t.from, t.to) == "以来": // 今年以来
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
		if ours(e.text(toks[end].from, toks[end].to)) {
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
	switch name := e.text(toks[start].from, toks[end-1].to); {
	case ours(name):
		e.anotherOrgan = false
	case endsIn(name, several):
		e.anotherOrgan = true
	case strings.HasPrefix(name, "全") || e.isOwn(name):
		e.anotherOrgan = false
	case endsIn(name, organs), beginsWithOrgan(name):
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

// Endings of the names of organizations. Several of them together are some of
// those whose figures a county adds up, not the county.
var (
	several = []string{"乡镇", "镇街", "部门", "镇办", "县区", "区县", "市县", "单位", "本级", "县级", "市级", "省级", "镇级", "乡级", "区级", "街镇", "各镇", "各乡", "各街道", "各县", "各区"}
	organs  = []string{"局", "委", "办", "厅", "院", "镇", "乡", "街道", "县", "区", "市", "州", "省", "政府", "机关", "中心", "所", "站", "村", "社区", "学校",
		"大队", "支队", "公司", "管委会", "园区", "办公室", "委员会", "银行"}
)

func endsIn(name string, endings []string) bool {
	return slices.ContainsFunc(endings, func(s string) bool { return strings.HasSuffix(name, s) })
}

// ours reports whether a name is how an organization speaks of itself: 我局, 本机关.
func ours(name string) bool {
	return strings.HasPrefix(name, "我") || strings.HasPrefix(name, "本") && !strings.HasPrefix(name, "本级")
}

func (e *extractor) isOwn(name string) bool {
	name = plainOrganization(name)
	return e.organization != "" && (strings.Contains(e.organization, name) || strings.Contains(name, e.organization))
}

// plainOrganization leaves out what is often left out: 县人民政府 is 县政府.
func plainOrganization(name string) string { return strings.ReplaceAll(name, "人民政府", "政府") }

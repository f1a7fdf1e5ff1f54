package check

import (
	"cmp"
	"slices"
	"sync"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Where rules come from.
const (
	article50 = "《中华人民共和国政府信息公开条例》第五十条"
	form2021  = "国办公开办函〔2021〕30号"
)

// Rules lists every rule in order of its id. The slice is the caller's own.
func Rules() []finding.Rule { return slices.Clone(registry()) }

// Lookup returns the rule with the given id and whether there is one.
func Lookup(id string) (finding.Rule, bool) {
	i, ok := slices.BinarySearchFunc(registry(), id, func(r finding.Rule, id string) int { return cmp.Compare(r.ID, id) })
	if !ok {
		return finding.Rule{}, false
	}
	return registry()[i], true
}

// Advice is what a clerk does about a finding of the rule, in a line.
func Advice(rule string) message.Bilingual {
	r, _ := Lookup(rule)
	return r.Advice
}

var registry = sync.OnceValue(func() []finding.Rule {
	rules := slices.Concat(readingRules, figureRules, textRules, arithmeticRules, narrativeRules,
		crossYearRules, hierarchyRules, printingRules)
	slices.SortFunc(rules, func(a, b finding.Rule) int { return cmp.Compare(a.ID, b.ID) })
	return rules
})

// newFinding fills in the severity, which is the rule's, and drops places that are
// none. A rule that is not registered is a mistake in the program, found by the
// first test that makes it fire.
func newFinding(rule string, path report.Path, cells []report.Cell, expected, actual string, m message.Message) finding.Finding {
	r, ok := Lookup(rule)
	if !ok {
		panic("check: no rule " + rule)
	}
	var places []report.Cell
	for _, c := range cells {
		if !c.IsZero() {
			places = append(places, c)
		}
	}
	return finding.Finding{Rule: rule, Severity: r.Severity, Path: path, Cells: places, Expected: expected, Actual: actual, Message: m}
}

package check

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"nianbao/convert/finding"
	"nianbao/convert/form"
	"nianbao/convert/message"
	"nianbao/convert/report"
)

// Where rules come from.
const (
	article50 = "《中华人民共和国政府信息公开条例》第五十条"
	form2021  = "国办公开办函〔2021〕30号"
)

// Rules lists every rule in order of its id: the registered ones and, of the forms'
// identities, those that have a rule of their own. The slice is the caller's own.
func Rules() []finding.Rule {
	rules := slices.Clone(registry())
	for _, f := range form.All() {
		for i := range f.Tables {
			for _, id := range f.Tables[i].Identities {
				if !slices.ContainsFunc(rules, func(r finding.Rule) bool { return r.ID == id.Rule }) {
					rules = append(rules, ofIdentity(f, &f.Tables[i], id))
				}
			}
		}
	}
	slices.SortFunc(rules, func(a, b finding.Rule) int { return cmp.Compare(a.ID, b.ID) })
	return rules
}

// ofIdentity is the rule of an identity that the form alone describes.
func ofIdentity(f *form.Form, t *form.Table, id form.Identity) finding.Rule {
	side := func(keys []string) string {
		var labels []string
		for _, k := range keys {
			p := report.Path{Table: t.Key, Row: k}
			if id.Each == form.EachRow {
				p.Row, p.Column = report.Any, k
			}
			row, column := namesOf(f, p)
			labels = append(labels, row+column)
		}
		return strings.Join(labels, "＋")
	}
	formula := side(id.Left) + "＝" + side(id.Right)
	return finding.Rule{ID: id.Rule, Severity: finding.Error, Clause: f.Authority,
		Title:   message.Both("勾稽关系不符", "Figures do not add up"),
		Text:    message.Both("表内数字应当相等："+formula+"。", "The table's figures agree: "+formula+"."),
		Advice:  message.Both("核对各格，改正填错的数字。", "Check the figures; correct the one that is wrong."),
		Formula: message.Both(formula, formula),
		Example: message.Both(formula, formula),
	}
}

// Lookup returns the rule with the given id and whether there is one.
func Lookup(id string) (finding.Rule, bool) {
	i, ok := slices.BinarySearchFunc(registry(), id, func(r finding.Rule, id string) int { return cmp.Compare(r.ID, id) })
	if ok {
		return registry()[i], true
	}
	rules := Rules()
	i = slices.IndexFunc(rules, func(r finding.Rule) bool { return r.ID == id })
	if i < 0 {
		return finding.Rule{}, false
	}
	return rules[i], true
}

var registry = sync.OnceValue(func() []finding.Rule {
	rules := slices.Concat(readingRules, fieldRules, figureRules, textRules, arithmeticRules, narrativeRules,
		crossYearRules, hierarchyRules, printingRules, punctuationRules, pictureRules)
	slices.SortFunc(rules, func(a, b finding.Rule) int { return cmp.Compare(a.ID, b.ID) })
	return rules
})

// newFinding fills in the severity, which is the rule's, and drops places that are
// none. expected and actual are a report.Number or an int where they are figures, a
// string where they are words. A rule that is not registered is a mistake in the program, found by the
// first test that makes it fire.
func newFinding(rule string, path report.Path, cells []report.Cell, expected, actual any, m message.Message) finding.Finding {
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
	return finding.Finding{Rule: rule, Severity: r.Severity, Path: path, Cells: places, Expected: valueOf(expected), Actual: valueOf(actual), Message: m}
}

func valueOf(v any) finding.Value {
	switch v := v.(type) {
	case report.Number:
		return finding.Figure(v)
	case int:
		return finding.Figure(report.Int(int64(v)))
	}
	return finding.Words(v.(string))
}

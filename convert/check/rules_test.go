package check

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"nianbao/convert/finding"
	"nianbao/convert/message"
)

// severities is the whole list of rules: ids and severities never change.
var severities = map[finding.Severity][]string{
	finding.Error: {"A101", "A102", "A103", "A201", "H101", "R101", "R102", "R103", "R107", "R201", "R202", "R203", "R206", "R301", "R403", "Y101", "Y102"},
	finding.Warning: {"A301", "H102", "H103", "H104", "N101", "N102", "N103", "N104", "N105", "N201", "N202", "N301", "N401", "N402", "P101",
		"R104", "R105", "R111", "R204", "R205", "R209", "R210", "R211", "R302", "R303", "R304", "R305", "R306", "R401", "R402", "R405", "Y103", "Y104"},
	finding.Info: {"N403", "R106", "R108", "R109", "R110", "R112", "R207", "R208", "R404"},
}

func TestEveryRuleIsRegistered(t *testing.T) {
	got := map[finding.Severity][]string{}
	var ids []string
	for _, r := range Rules() {
		got[r.Severity] = append(got[r.Severity], r.ID)
		ids = append(ids, r.ID)
	}
	if d := cmp.Diff(severities, got); d != "" {
		t.Error(d)
	}
	if !slices.IsSorted(ids) {
		t.Errorf("not in order: %q", ids)
	}
}

func TestEveryRuleIsDocumented(t *testing.T) {
	for _, r := range Rules() {
		for name, b := range map[string]message.Bilingual{"title": r.Title, "text": r.Text, "advice": r.Advice, "example": r.Example} {
			if b.Chinese == "" || b.English == "" {
				t.Errorf("%s: no %s in one of the languages", r.ID, name)
			}
		}
		if (r.Formula.Chinese == "") != (r.Formula.English == "") {
			t.Errorf("%s: formula in one language only", r.ID)
		}
		if r.Clause == "" || r.Since == "" {
			t.Errorf("%s: no clause or version", r.ID)
		}
	}
}

func TestLookup(t *testing.T) {
	r, ok := Lookup("A103")
	if !ok || r.ID != "A103" || r.Title.In(message.Chinese) != "收办勾稽关系不符" || r.Title.In(message.English) != "Received and handled do not balance" {
		t.Errorf("%v %+v", ok, r)
	}
	if _, ok := Lookup("A999"); ok {
		t.Error("A999 exists")
	}
	Rules()[0].ID = "changed"
	if Rules()[0].ID == "changed" {
		t.Error("a caller can change the registry")
	}
}

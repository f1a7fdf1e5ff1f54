package finding

import (
	"slices"
	"testing"

	"nianbao/convert/report"
)

func TestGroups(t *testing.T) {
	cause := Cause{"R208", report.Path{Table: "applications"}}
	all := []Finding{
		{Rule: "R208", Severity: Info, Path: cause.Path},
		{Rule: "A101", Severity: Error, Because: &cause},
		{Rule: "N103", Severity: Warning, Because: &cause},
		{Rule: "N105", Severity: Warning},
		{Rule: "R204", Severity: Info, Path: cause.Path}, // of the same path: no cause of what follows
		{Rule: "N104", Severity: Warning, Because: &cause},
	}
	var got []int
	groups := Groups(all)
	for _, g := range groups {
		got = append(got, len(g.Consequences))
	}
	if !slices.Equal(got, []int{2, 0, 0, 0}) || groups[0].Worst() != Error || groups[2].Worst() != Info {
		t.Errorf("%v", groups)
	}
	rules := func(list []Finding) (rules []string) {
		for _, f := range list {
			rules = append(rules, f.Rule)
		}
		return rules
	}
	if got := rules(AtLeast(all, Error)); !slices.Equal(got, []string{"R208", "A101"}) { // the cause stays
		t.Errorf("errors: %q", got)
	}
	if got := rules(AtLeast(all, Warning)); !slices.Equal(got, []string{"R208", "A101", "N103", "N105", "N104"}) {
		t.Errorf("warnings: %q", got)
	}
	if n := Consequences(all); n != 3 {
		t.Errorf("%d consequences", n)
	}
}

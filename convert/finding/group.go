package finding

// Group is a finding with those that follow from it.
type Group struct {
	Cause        Finding
	Consequences []Finding
}

// Worst is the worst severity in the group.
func (g Group) Worst() Severity {
	worst := g.Cause.Severity
	for _, f := range g.Consequences {
		if worse[f.Severity] > worse[worst] {
			worst = f.Severity
		}
	}
	return worst
}

var worse = map[Severity]int{Info: 0, Warning: 1, Error: 2}

// AtLeast are the findings of the severity and of worse ones, with their causes: what
// follows from another is not shown without it.
func AtLeast(findings []Finding, least Severity) []Finding {
	var kept []Finding
	for _, g := range Groups(findings) {
		if worse[g.Worst()] < worse[least] {
			continue
		}
		kept = append(kept, g.Cause)
		for _, f := range g.Consequences {
			if worse[f.Severity] >= worse[least] {
				kept = append(kept, f)
			}
		}
	}
	return kept
}

// Consequences is how many of the findings of severity error or warning follow from
// another.
func Consequences(findings []Finding) int {
	n := 0
	for _, f := range findings {
		if f.Because != nil && f.Severity != Info {
			n++
		}
	}
	return n
}

// Groups puts together what belongs together. A consequence stands behind its cause in
// the list; one whose cause was left out stands alone.
func Groups(findings []Finding) []Group {
	var groups []Group
	for _, f := range findings {
		if n := len(groups) - 1; n >= 0 && f.Because != nil && *f.Because == (Cause{groups[n].Cause.Rule, groups[n].Cause.Path}) {
			groups[n].Consequences = append(groups[n].Consequences, f)
			continue
		}
		groups = append(groups, Group{Cause: f})
	}
	return groups
}

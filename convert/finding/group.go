package finding

// Group is a finding with those that follow from it, as they are or as JSON has them.
type Group[F told] struct {
	Cause        F
	Consequences []F
}

// Beneath stands in a list before what follows from the finding above.
const Beneath = "　└ "

// told is a finding in one of its two shapes.
type told interface {
	Finding | JSON
	severity() Severity
	name() Because
	because() *Because
}

func (f Finding) severity() Severity { return f.Severity }
func (f Finding) name() Because      { return Because{f.Rule, f.Path.String()} }
func (f Finding) because() *Because  { return f.Because.json() }

func (f JSON) severity() Severity { return f.Severity }
func (f JSON) name() Because      { return Because{f.Rule, f.Path} }
func (f JSON) because() *Because  { return f.Because }

// Groups puts together what belongs together. A consequence stands behind its cause in
// the list; one whose cause was left out stands alone.
func Groups[F told](findings []F) []Group[F] {
	var groups []Group[F]
	for _, f := range findings {
		if n := len(groups) - 1; n >= 0 && f.because() != nil && *f.because() == groups[n].Cause.name() {
			groups[n].Consequences = append(groups[n].Consequences, f)
			continue
		}
		groups = append(groups, Group[F]{Cause: f})
	}
	return groups
}

// Worst is the worst severity in the group.
func (g Group[F]) Worst() Severity {
	worst := g.Cause.severity()
	for _, f := range g.Consequences {
		if worse[f.severity()] > worse[worst] {
			worst = f.severity()
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

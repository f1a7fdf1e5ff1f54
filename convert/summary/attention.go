package summary

import (
	"cmp"
	"slices"

	"nianbao/convert/organization"
)

// Attention is something about who sent what.
type Attention struct {
	Kind         AttentionKind
	Organization string
	Files        []string
}

// AttentionKind says what an Attention is about.
type AttentionKind string

// The kinds of attention, in the order in which they are listed.
const (
	Missing     AttentionKind = "missing"     // on the roster, and sent nothing
	Unread      AttentionKind = "unread"      // on the roster; a file of that name could not be read
	WrongFormat AttentionKind = "otherformat" // sent something that is no form
	OtherYear   AttentionKind = "otheryear"   // sent only another year's report
	Likely      AttentionKind = "alike"       // its report's name is only likely to be that on the roster
	Unlisted    AttentionKind = "unlisted"    // not on the roster
	Double      AttentionKind = "double"      // sent two or more for the main year
)

// Kinds are the kinds of attention, in order.
var Kinds = []AttentionKind{Missing, Unread, WrongFormat, OtherYear, Likely, Unlisted, Double}

// CountAttention counts those of a kind.
func (t *Totals) CountAttention(kind AttentionKind) int {
	n := 0
	for _, a := range t.Attention {
		if a.Kind == kind {
			n++
		}
	}
	return n
}

// attention lists what is odd about who sent what: kind by kind, in the order of the
// bodies.
func (t *Totals) attention() []Attention {
	var all []Attention
	for i := range t.Choice.Bodies {
		b := &t.Choice.Bodies[i]
		add := func(kind AttentionKind, files ...string) {
			all = append(all, Attention{kind, b.Organization, files})
		}
		var sent, versions []string
		for _, k := range b.Files {
			sent = append(sent, t.Sent[k].File)
			switch t.Choice.Files[k].Kind {
			case organization.Report, organization.Returned, organization.Superseded, organization.Duplicate:
				versions = append(versions, t.Sent[k].File)
			}
		}
		switch {
		case b.Report >= 0:
		case b.Lacks == organization.Missing && t.Roster && b.Listed:
			add(Missing)
		case b.Lacks == organization.Failed:
			add(Unread, sent...)
		case b.Lacks == organization.OtherFormat:
			add(WrongFormat, sent...)
		case b.Lacks == organization.OtherYear:
			add(OtherYear, sent...)
		}
		if b.Alike != "" {
			add(Likely, sent...)
		}
		if t.Choice.Roster && !b.Listed {
			add(Unlisted, sent...)
		}
		if len(versions) > 1 {
			add(Double, versions...)
		}
	}
	slices.SortStableFunc(all, func(a, b Attention) int {
		return cmp.Compare(slices.Index(Kinds, a.Kind), slices.Index(Kinds, b.Kind))
	})
	return all
}

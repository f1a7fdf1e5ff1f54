package summary

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"nianbao/convert/organization"
)

// county is the place that the bodies are of, as their names say; "" if they do not.
func (t *Totals) county() string {
	var names []string
	for _, x := range t.Sent {
		names = append(names, x.Organization)
	}
	return organization.County(names)
}

// asOf says of which day the latest submission is.
func (w *Writer) asOf() string {
	var last time.Time
	for _, x := range w.Totals.Sent {
		if x.Time.After(last) {
			last = x.Time
		}
	}
	if last.IsZero() {
		return ""
	}
	return w.say("summary.asof", last.Year(), int(last.Month()), last.Day())
}

// lead is what is asked first: how many should have reported, how many did, at what
// rate, and how many are in the figures.
func (w *Writer) lead() []fact {
	t := w.Totals
	due, arrived := 0, 0
	for i := range t.Season.Organizations {
		b, listed := &t.Season.Organizations[i], t.Choice.Bodies[i].Listed
		if t.Choice.Roster && !listed {
			continue
		}
		due++
		if b.arrived() {
			arrived++
		}
	}
	counted := fact{"good", w.say("summary.counted"), fmt.Sprint(t.Counted)}
	if !t.Roster || due == 0 {
		return []fact{{"all", w.say("summary.arrived"), fmt.Sprint(arrived)}, counted}
	}
	rate := fmt.Sprintf("%d.%d%%", 1000*arrived/due/10, 1000*arrived/due%10) // never 100% while one is missing
	return []fact{{"all", w.say("summary.due"), fmt.Sprint(due)}, {"all", w.say("summary.arrived"), fmt.Sprint(arrived)}, {"all", w.say("summary.rate"), rate}, counted}
}

// since says what is new since the last time.
func (w *Writer) since() string {
	s := w.Totals.Season.Since
	if s == nil {
		return ""
	}
	var parts []string
	for _, x := range []struct {
		key   string
		names []string
	}{{"summary.since.new", s.New}, {"summary.since.corrected", s.Corrected}} {
		if len(x.names) > 0 {
			parts = append(parts, w.say(x.key, len(x.names), strings.Join(x.names, "、")))
		}
	}
	return w.say("summary.since", strings.Join(parts, " · "))
}

// attentions are the kinds of what needs attention, worst first, each with who it is
// about and what to do. Nobody is left out.
func (w *Writer) attentions() []pageAttention {
	t := w.Totals
	byKind := map[AttentionKind][]pageBody{}
	contacts := map[string]string{}
	for i, b := range t.Choice.Bodies {
		contacts[b.Organization] = strings.TrimSpace(b.Contact + " " + b.Phone)
		if s := t.Season.Organizations[i]; s.Status == Wrong || s.Status == NotListed && slices.ContainsFunc(b.Files, func(k int) bool { return k == b.Report && t.Sent[k].Errors > 0 }) {
			byKind[mustCorrect] = append(byKind[mustCorrect], pageBody{b.Organization, contacts[b.Organization], ""})
		}
	}
	for _, a := range t.Attention {
		files := a.Files
		if a.Kind == OtherYear || a.Kind == WrongFormat || a.Kind == Likely || a.Kind == Unread || a.Kind == Double {
			byKind[a.Kind] = append(byKind[a.Kind], pageBody{a.Organization, contacts[a.Organization], strings.Join(files, "、")})
		} else {
			byKind[a.Kind] = append(byKind[a.Kind], pageBody{a.Organization, contacts[a.Organization], ""})
		}
	}
	var all []pageAttention
	for _, k := range slices.Insert(slices.Clone(Kinds), 3, mustCorrect) {
		if who := byKind[k]; who != nil {
			all = append(all, pageAttention{string(k), w.attention(k), w.say("summary.todo." + string(k)), who})
		}
	}
	return all
}

// mustCorrect is what is wrong with a report, beside what is odd about who sent it.
const mustCorrect AttentionKind = "errors"

// thousands sets the digits of a whole or decimal number apart by threes.
func thousands(s string) string {
	whole, rest, point := strings.Cut(s, ".")
	digits := strings.TrimPrefix(whole, "-")
	if len(digits) < 4 || strings.Trim(digits, "0123456789") != "" {
		return s
	}
	var b strings.Builder
	b.WriteString(whole[:len(whole)-len(digits)])
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String() + cmp.Or(map[bool]string{true: "." + rest}[point], "")
}

package batch

import (
	"cmp"
	"errors"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"nianbao/convert/check"
	"nianbao/convert/files"
	"nianbao/convert/message"
	"nianbao/convert/organization"
	"nianbao/convert/summary"
)

// summarize writes the summary of the records that lie in the folder out. Unless they
// are complete, nobody is said to be missing. If a file of
// it cannot be written, the result is still valid.
func summarize(out, part string, planned int, complete bool, roster *organization.Roster, lang message.Lang) (*Result, error) {
	results := filepath.Join(out, summary.Results(part))
	b := &Result{Results: results, Workbook: filepath.Join(out, summary.Workbook(part)), Page: filepath.Join(out, summary.Page(part))}
	b.Planned, b.Roster = planned, roster != nil && complete
	s := senders{roster: roster, complete: complete, files: map[sender]int{}}
	for r, err := range summary.Records(results) {
		if err != nil {
			return nil, unreadableRecords(results, err)
		}
		b.Add(r)
		s.add(r)
	}
	var err error
	if b.Attention, err = s.attention(results); err != nil {
		return nil, err
	}
	titles := func(id string) (string, string) {
		rule, _ := check.Lookup(id)
		return rule.Title.In(lang), rule.Advice.In(lang)
	}
	w := summary.Writer{Results: results, Totals: &b.Totals, Lang: lang, Rule: titles}
	workbook, page := w.Workbook(b.Workbook), w.Page(b.Page)
	if workbook != nil { // open in Excel, perhaps: the other is still of use
		workbook = files.Unwritable(b.Workbook, workbook)
	}
	if page != nil {
		page = files.Unwritable(b.Page, page)
	}
	return b, errors.Join(workbook, page)
}

func unreadableRecords(name string, err error) error {
	return &message.Error{Message: message.New("batch.unreadable", name, files.Cause(err)), Err: err}
}

// senders tells who sent what.
type senders struct {
	roster   *organization.Roster
	complete bool           // all submissions are known
	files    map[sender]int // how many
	unread   []string       // inputs that could not be read
}

type sender struct {
	key  string // the organization's normalized name, that of the roster if it is on it
	year int
}

func (s *senders) of(r *summary.Record) (sender, string, bool) {
	name, listed := r.Organization, false
	if s.roster != nil {
		if on, ok := s.roster.Find(name); ok {
			name, listed = on, true
		}
	}
	return sender{organization.Key(name), r.Year}, name, listed
}

func (s *senders) add(r *summary.Record) {
	switch {
	case r.Status == summary.Failed:
		s.unread = append(s.unread, r.Input)
	case r.Organization != "":
		who, _, _ := s.of(r)
		s.files[who]++
	}
}

// attention lists who is missing, in the roster's order, then what else is odd, in
// the order of the submissions.
func (s *senders) attention(results string) ([]summary.Attention, error) {
	var all []summary.Attention
	if s.roster != nil && s.complete {
		all = s.missing()
	}
	odd := map[sender]int{} // index in all
	year := s.mostFrequentYear()
	for r, err := range summary.Briefs(results) {
		if err != nil {
			return nil, unreadableRecords(results, err)
		}
		if r.Status == summary.Failed || r.Organization == "" {
			continue
		}
		who, name, listed := s.of(r)
		if s.files[who] > 1 {
			i, ok := odd[who]
			if !ok {
				if r.Year != 0 && !s.oneYear() {
					name = fmt.Sprintf("%s（%d）", name, r.Year)
				}
				i = len(all)
				odd[who] = i
				all = append(all, summary.Attention{Kind: summary.Double, Organization: name})
			}
			all[i].Files = append(all[i].Files, r.Input)
		}
		if r.Year != 0 && year != 0 && r.Year != year {
			all = append(all, summary.Attention{Kind: summary.OtherYear, Organization: fmt.Sprintf("%s（%d）", name, r.Year), Files: []string{r.Input}})
		}
		if s.roster != nil && !listed {
			all = append(all, summary.Attention{Kind: summary.Unlisted, Organization: r.Organization, Files: []string{r.Input}})
		}
	}
	slices.SortStableFunc(all, func(a, b summary.Attention) int {
		return cmp.Compare(slices.Index(order, a.Kind), slices.Index(order, b.Kind))
	})
	return all, nil
}

var order = []summary.AttentionKind{summary.Missing, summary.Unread, summary.Double, summary.OtherYear, summary.Unlisted}

// mostFrequentYear is the year that most submissions are for, if few are for another;
// folders of several years are no mistake.
func (s *senders) mostFrequentYear() int {
	n := map[int]int{}
	all, year := 0, 0
	for who, files := range s.files {
		if who.year == 0 {
			continue
		}
		n[who.year] += files
		all += files
		if n[who.year] > n[year] || n[who.year] == n[year] && who.year > year {
			year = who.year
		}
	}
	if 4*n[year] < 3*all {
		return 0
	}
	return year
}

func (s *senders) oneYear() bool {
	years := map[int]bool{}
	for who := range s.files {
		if who.year != 0 {
			years[who.year] = true
		}
	}
	return len(years) <= 1
}

// missing lists the organizations on the roster of which no submission was read. A
// file that could not be read counts for the one that it is named after.
func (s *senders) missing() []summary.Attention {
	sent := map[string]bool{}
	for who := range s.files {
		sent[who.key] = true
	}
	unread := map[string][]string{} // by organization
	for _, input := range s.unread {
		base := path.Base(input)
		if name := s.namedAfter(strings.TrimSuffix(base, path.Ext(base))); name != "" {
			unread[name] = append(unread[name], input)
		}
	}
	var all []summary.Attention
	for _, name := range s.roster.Names() {
		if sent[organization.Key(name)] {
			continue
		}
		a := summary.Attention{Kind: summary.Missing, Organization: name, Files: unread[name]}
		if a.Files != nil {
			a.Kind = summary.Unread
		}
		all = append(all, a)
	}
	return all
}

// namedAfter is the organization on the roster that a file's name has in it, the
// longest one, or "".
func (s *senders) namedAfter(stem string) string {
	if name, ok := s.roster.Find(stem); ok {
		return name
	}
	stem = organization.Key(stem)
	found := ""
	for _, name := range s.roster.Names() {
		if key := organization.Key(name); len(name) > len(found) && key != "" && strings.Contains(stem, key) {
			found = name
		}
	}
	return found
}

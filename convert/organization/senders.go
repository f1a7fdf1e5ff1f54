package organization

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"nianbao/convert/message"
)

// Sent is what is known of a file, or of one of the reports in it, when it is to be
// said who sent what.
type Sent struct {
	File         string    // slash path
	Part         string    // which of several reports in the file, or ""
	Organization string    // as the report names it, "" where that was not found
	Year         int       // of the report, 0 where that was not found
	Errors       int       // error-level findings
	Failed       bool      // it could not be read
	Sum          bool      // it is added up from other reports
	Marked       string    // the file that this one is a marked copy of, changed since, or ""
	Output       bool      // it is an output of this program, unchanged
	Packed       bool      // an archive that is not unpacked: there may be forms in it
	Format       string    // what kind of file it is, where that is no form: "pdf"
	Hash         string    // of its bytes, "" where that is not known
	Time         time.Time // when it was last changed, zero where that is not known
}

// Unread is what is known of a file that no report was read from: it failed, or it is
// no form. A document that cannot be read is a letter, most often.
func Unread(file string, why message.Code) Sent {
	ext := strings.ToLower(path.Ext(file))
	if why == message.NoTables || strings.HasPrefix(ext, ".doc") || ext == ".wps" {
		return Sent{File: file, Format: strings.TrimPrefix(ext, ".")}
	}
	return Sent{File: file, Failed: true}
}

// Kind is what a file counts as.
type Kind string

// The kinds of files. Only of the first two is one counted for each body.
const (
	Report      Kind = "report"       // the report of a body for the main year
	Returned    Kind = "returned"     // likewise, a marked copy that came back corrected
	Superseded  Kind = "superseded"   // another version of it counts
	Duplicate   Kind = "duplicate"    // the same bytes came before
	Failed      Kind = "failed"       // it could not be read
	OtherFormat Kind = "other-format" // no form, but what a body without one sent
	OtherYear   Kind = "other-year"   // not the main year's
	Sum         Kind = "sum"          // added up from reports that are among the others
	Attachment  Kind = "attachment"   // no form, beside a body's form
	OwnOutput   Kind = "own-output"   // what this program made
	Missing     Kind = "missing"      // of a body: nothing was sent
)

// Fate is what became of a file, and why where that is not plain.
type Fate struct {
	Kind Kind
	Body int // index of the body that it is of, -1 for nobody's
	Why  []message.Message
}

// Body is a body that should have reported, or that did.
type Body struct {
	Organization string // as the roster has it, else as its report does
	Listed       bool   // on the roster
	Entry               // what the roster says of it besides
	Alike        string // the name in its report, where that is only likely to be this body's: to be asked about
	Files        []int  // what it sent, in order
	Report       int    // which of all files is its one report of the main year, -1 for none
	Lacks        Kind   // without a report, what there is instead: Failed, OtherFormat, OtherYear or Missing
}

// Choice says who sent what: for each body the one report that counts.
type Choice struct {
	Year    int    // that most bodies reported, or that was asked for; 0 if none was found
	Files   []Fate // of the files, as they were given
	Bodies  []Body // the roster's, in its order, then the others as their files came
	Roster  bool   // there is a roster
	Misread bool   // so little of the roster was found that it was probably not read rightly
}

// Counts reports whether a file is the one report of its body.
func (c *Choice) Counts(i int) bool {
	b := c.Files[i].Body
	return b >= 0 && c.Bodies[b].Report == i
}

// Senders chooses, of all that was sent, the one report of each body that is added up:
// of the main year, which is the year asked for or else the most frequent, the latest
// version, and no sum of others. Roster may be nil.
func Senders(sent []Sent, roster *Roster, year int) *Choice {
	s := senders{Choice: Choice{Files: make([]Fate, len(sent)), Roster: roster != nil}, sent: sent, roster: roster, bodies: map[string]int{}}
	if roster != nil {
		for i, name := range roster.Names() {
			s.Bodies = append(s.Bodies, Body{Organization: name, Listed: true, Entry: roster.Entry(i), Report: -1})
			s.bodies[Key(name)] = i
		}
	}
	s.assign()
	s.askAlike()
	if s.Year = year; year == 0 {
		s.Year = s.mainYear()
	}
	for i := range s.Bodies {
		s.choose(i)
	}
	s.assignOthers()
	s.Misread = s.misread()
	return &s.Choice
}

// senders is a choice while it is made.
type senders struct {
	Choice
	sent   []Sent
	roster *Roster
	bodies map[string]int // key of the name to the body
}

// isForm reports whether the file is a form that was read.
func (x *Sent) isForm() bool { return !x.Failed && !x.Output && x.Format == "" }

// assign gives each report that was read to its body.
func (s *senders) assign() {
	sums := !slices.ContainsFunc(s.sent, func(x Sent) bool { return x.isForm() && !x.Sum })
	for i := range s.sent {
		x, fate := &s.sent[i], &s.Files[i]
		*fate = Fate{Kind: Report, Body: -1}
		if !x.isForm() {
			continue
		}
		name, listed := x.Organization, false
		if s.roster != nil {
			name, listed = s.roster.Find(x.Organization)
			if !listed && Key(x.Organization) == "" {
				if name, listed = s.roster.FindFile(cmp.Or(x.Part, x.File)), true; name == "" {
					listed = false
				} else {
					fate.Why = append(fate.Why, message.New("sender.byfile", name))
				}
			}
			if !listed {
				name = x.Organization
			}
		}
		if x.Sum && !listed && !sums {
			fate.Kind = Sum
			fate.Why = append(fate.Why, message.New("sender.sum"))
			continue
		}
		key := Key(name)
		if key == "" { // nobody's: it stands for itself
			name = cmp.Or(x.Part, stem(x.File))
			key = "\x00" + x.File + "\x00" + x.Part
		}
		b, ok := s.bodies[key]
		if !ok {
			b = len(s.Bodies)
			s.bodies[key] = b
			s.Bodies = append(s.Bodies, Body{Organization: name, Report: -1})
		}
		fate.Body = b
		s.Bodies[b].Files = append(s.Bodies[b].Files, i)
	}
}

func stem(file string) string { return strings.TrimSuffix(path.Base(file), path.Ext(file)) }

// askAlike gives what a body that is not on the roster sent to the one on it that sent
// nothing and that it is likely to be, if there is just one of each.
func (s *senders) askAlike() {
	if s.roster == nil {
		return
	}
	listed := len(s.roster.Names())
	match := map[int]int{} // unlisted to listed, -1 for several
	taken := map[int]int{} // how many unlisted a listed one is alike
	for u := listed; u < len(s.Bodies); u++ {
		for l := range listed {
			if len(s.Bodies[l].Files) > 0 || !Alike(s.Bodies[u].Organization, s.Bodies[l].Organization) {
				continue
			}
			taken[l]++
			if _, several := match[u]; several {
				match[u] = -1
			} else {
				match[u] = l
			}
		}
	}
	for u := listed; u < len(s.Bodies); u++ {
		l, ok := match[u]
		if !ok || l < 0 || taken[l] > 1 {
			continue
		}
		from, to := &s.Bodies[u], &s.Bodies[l]
		to.Alike, to.Files = from.Organization, from.Files
		for _, i := range from.Files {
			s.Files[i].Body = l
			s.Files[i].Why = append(s.Files[i].Why, message.New("sender.alike", from.Organization, to.Organization))
		}
		from.Files = nil
	}
	// What was given away is no body any more.
	moved := make([]int, len(s.Bodies))
	kept := s.Bodies[:0:0]
	for i, b := range s.Bodies {
		if i >= listed && b.Files == nil {
			continue
		}
		moved[i] = len(kept)
		kept = append(kept, b)
	}
	s.Bodies = kept
	for i := range s.Files {
		if b := s.Files[i].Body; b >= 0 {
			s.Files[i].Body = moved[b]
		}
	}
}

// mainYear is the year that most bodies reported, of two the later.
func (s *senders) mainYear() int {
	n := map[int]int{}
	for _, b := range s.Bodies {
		seen := map[int]bool{0: true}
		for _, i := range b.Files {
			if y := s.sent[i].Year; !seen[y] {
				seen[y] = true
				n[y]++
			}
		}
	}
	year := 0
	for y, k := range n {
		if k > n[year] || k == n[year] && y > year {
			year = y
		}
	}
	return year
}

// choose finds the one report of a body, and says what the others are.
func (s *senders) choose(body int) {
	b := &s.Bodies[body]
	b.Lacks = Missing
	var versions []int
	first := map[string]int{} // by the hash
	for _, i := range b.Files {
		x, fate := &s.sent[i], &s.Files[i]
		if x.Year != 0 && x.Year != s.Year {
			b.Lacks = OtherYear
			fate.Kind = OtherYear
			fate.Why = append(fate.Why, message.New("sender.otheryear", x.Year, s.Year))
			continue
		}
		if before, twice := first[x.Hash]; twice && x.Hash != "" && s.sent[before].File != x.File {
			fate.Kind = Duplicate
			fate.Why = append(fate.Why, message.New("sender.duplicate", s.sent[before].File))
			continue
		}
		first[x.Hash] = i
		versions = append(versions, i)
	}
	if len(versions) == 0 {
		return
	}
	best := slices.MaxFunc(versions, func(i, j int) int { n, _ := s.compare(i, j); return n })
	b.Report, b.Lacks = best, ""
	if s.sent[best].Marked != "" {
		s.Files[best].Kind = Returned
	}
	for _, i := range versions {
		if i == best {
			continue
		}
		_, why := s.compare(i, best)
		s.Files[i].Kind = Superseded
		s.Files[i].Why = append(s.Files[i].Why, message.New(why, s.sent[best].File))
	}
	if len(versions) > 1 {
		s.Files[best].Why = append(s.Files[best].Why, message.New("sender.chosen", len(versions)))
	}
}

// compare tells which of two versions is the later one, and by what: a marked copy
// that came back, what the names say, errors, the time of the last change, and at last
// the order of the names.
func (s *senders) compare(i, j int) (int, string) {
	a, b := &s.sent[i], &s.sent[j]
	if n := cmp.Compare(replaces(a, b), replaces(b, a)); n != 0 {
		return n, "sender.returned"
	}
	if n := version(a.File).compare(version(b.File)); n != 0 {
		return n, "sender.named"
	}
	if n := cmp.Compare(min(b.Errors, 1), min(a.Errors, 1)); n != 0 {
		return n, "sender.errors"
	}
	if n := a.Time.Compare(b.Time); n != 0 && !a.Time.IsZero() && !b.Time.IsZero() {
		return n, "sender.time"
	}
	return cmp.Compare(i, j), "sender.order"
}

// replaces is 1 if a is the marked copy of b that came back. One with errors that b has
// not is of b as it was before b was corrected itself.
func replaces(a, b *Sent) int {
	if a.Marked != "" && a.Marked == b.File && (a.Errors == 0 || b.Errors > 0) {
		return 1
	}
	return 0
}

// assignOthers gives the files that are no reports to the bodies that they are named
// after: one that could not be read, or a scan, says that its body is not missing.
func (s *senders) assignOthers() {
	names := s.roster
	if names == nil {
		names = s.known()
	}
	found := map[string]int{} // by the name
	for i, b := range s.Bodies {
		found[b.Organization] = i
	}
	for i := range s.sent {
		x, fate := &s.sent[i], &s.Files[i]
		if x.isForm() {
			continue
		}
		name := names.FindFile(x.File)
		if name == "" && !x.Output {
			var short string
			if name, short = names.findAlike(x.File); name != "" {
				fate.Why = append(fate.Why, message.New("sender.alikefile", short, name))
			}
		}
		if name != "" {
			fate.Body = found[name]
			if b := &s.Bodies[fate.Body]; !x.Output {
				b.Files = append(b.Files, i)
				slices.Sort(b.Files)
			}
		}
		switch {
		case x.Output:
			fate.Kind = OwnOutput
			fate.Why = append(fate.Why, message.New("sender.output"))
		case x.Failed:
			fate.Kind = Failed
		case fate.Body >= 0 && s.Bodies[fate.Body].Report >= 0:
			fate.Kind = Attachment
			fate.Why = append(fate.Why, message.New("sender.attachment", x.Format))
		default:
			fate.Kind = OtherFormat
			why := "sender.otherformat"
			if fate.Body < 0 {
				why = "sender.otherformat.nobody"
			}
			fate.Why = append(fate.Why, message.New(why, x.Format))
		}
		if x.Packed {
			fate.Why = []message.Message{message.New("sender.packed", x.Format)}
		}
		if fate.Body < 0 || fate.Kind == OwnOutput {
			continue
		}
		if b := &s.Bodies[fate.Body]; b.Report < 0 && slices.Index(worse, fate.Kind) < slices.Index(worse, b.Lacks) {
			b.Lacks = fate.Kind
		}
	}
}

// worse are what there may be of a body without a report, the nearest to one first.
var worse = []Kind{Failed, OtherFormat, OtherYear, Missing}

// known is a roster of the bodies whose reports were read.
func (s *senders) known() *Roster {
	var names []string
	for _, b := range s.Bodies {
		names = append(names, b.Organization)
	}
	return RosterOf(names)
}

// misread reports whether the names on the roster are hardly those of the bodies that
// sent something.
func (s *senders) misread() bool {
	const enough = 8
	listed, others := 0, 0
	for _, b := range s.Bodies {
		switch {
		case b.Listed && b.Files != nil:
			listed++
		case !b.Listed:
			others++
		}
	}
	return s.roster != nil && listed+others >= enough && listed < others
}

package organization

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"encoding/json"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"

	"nianbao/convert/message"
	"nianbao/convert/prose"
)

// Roster is the list of organizations that should report.
type Roster struct {
	names   []string       // in the roster's order
	entries []Entry        // of the names
	byKey   map[string]int // normalized name or alias to its place in names
}

// Entry is what a roster says of an organization besides its name.
type Entry struct {
	Section   string `json:"section,omitempty"`   // the heading that it stands under: 县直部门
	Parent    string `json:"parent,omitempty"`    // 所属: the organization that it belongs to
	Contact   string `json:"contact,omitempty"`   // 联系人
	Phone     string `json:"phone,omitempty"`     // 电话
	Uncounted bool   `json:"uncounted,omitempty"` // 是否计入: 否
}

// ParseRoster reads a roster from rows of cells. A row of headings says which
// column has the names, several where lists stand side by side, and that a column of
// people or telephone numbers has no aliases. Without one the name is in the first
// column, behind a running number if there is one, and aliases in the further ones;
// several stand in a cell apart by 、, ; or |. Titles and blank rows are left out. The
// error says which name stands for two organizations.
func ParseRoster(rows [][]string) (*Roster, error) {
	r := &Roster{byKey: map[string]int{}}
	lists, start := rosterColumns(rows)
	for _, l := range lists {
		section := ""
		for _, row := range joined(rows[start:]) {
			if s, ok := sectionHead(row); ok {
				section = s
				continue
			}
			name, others := l.split(row)
			if Key(name) == "" || isRunningNumber(name) || isRosterTitle(row) || isOneOf(nameHeadings)(name) {
				continue
			}
			entry := l.entry(row)
			entry.Section = section
			names := []string{name}
			if several := namesIn(name); several != nil {
				names, others = several, nil // nothing says whose the aliases are
			}
			for _, name := range names {
				if err := r.add(name, aliases(others), entry); err != nil {
					return nil, err
				}
			}
		}
	}
	if len(r.names) == 0 {
		return nil, message.NewError("roster.empty")
	}
	return r, nil
}

// add adds an organization, unless it is there already.
func (r *Roster) add(name string, aliases []string, entry Entry) error {
	if i, twice := r.byKey[Key(name)]; twice && Key(r.names[i]) == Key(name) {
		return nil
	}
	r.names, r.entries = append(r.names, name), append(r.entries, entry)
	for _, cell := range append([]string{name}, aliases...) {
		key := Key(cell)
		if key == "" {
			continue
		}
		if i, taken := r.byKey[key]; taken && i != len(r.names)-1 {
			return message.NewError("roster.double", cell, r.names[i], name)
		}
		r.byKey[key] = len(r.names) - 1
	}
	return nil
}

// namesIn are the names that a cell joins, 甲局、乙局, where all of its parts are names; nil
// where it is one name.
func namesIn(cell string) []string {
	parts := strings.Split(cell, "、")
	if len(parts) < 2 {
		return nil
	}
	for i, p := range parts {
		parts[i] = nameIn(p)
		if utf8.RuneCountInString(parts[i]) < 3 || !EndsIn(parts[i], Organs) {
			return nil
		}
	}
	return parts
}

// RosterOf is a roster of names. Of two that are the same when normalized the first
// stays.
func RosterOf(names []string) *Roster {
	r := &Roster{byKey: map[string]int{}}
	for _, name := range names {
		if key := Key(name); key != "" {
			if _, twice := r.byKey[key]; !twice {
				r.byKey[key] = len(r.names)
				r.names, r.entries = append(r.names, name), append(r.entries, Entry{})
			}
		}
	}
	return r
}

// listed is an organization of a roster as JSON.
type listed struct {
	Organization string   `json:"organization"`
	Aliases      []string `json:"aliases,omitempty"` // normalized
	Entry
}

// MarshalJSON writes all that the roster says, to be read again.
func (r *Roster) MarshalJSON() ([]byte, error) {
	all := make([]listed, len(r.names))
	for i, name := range r.names {
		all[i] = listed{Organization: name, Entry: r.entries[i]}
	}
	for _, key := range slices.Sorted(maps.Keys(r.byKey)) {
		if i := r.byKey[key]; key != Key(r.names[i]) {
			all[i].Aliases = append(all[i].Aliases, key)
		}
	}
	return json.Marshal(all)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (r *Roster) UnmarshalJSON(src []byte) error {
	var all []listed
	if err := json.Unmarshal(src, &all); err != nil {
		return err
	}
	*r = Roster{byKey: map[string]int{}}
	for i, x := range all {
		r.names, r.entries = append(r.names, x.Organization), append(r.entries, x.Entry)
		for _, key := range append([]string{Key(x.Organization)}, x.Aliases...) {
			r.byKey[key] = i
		}
	}
	return nil
}

// ParseSheets reads a roster from the sheets of a workbook: the one with most names
// that an organization could have, the first of several. The error is that of the
// first.
func ParseSheets(sheets [][][]string) (*Roster, error) {
	var best *Roster
	var first error
	most := -1
	for _, rows := range sheets {
		r, err := ParseRoster(rows)
		if err != nil {
			first = cmp.Or(first, err)
			continue
		}
		organs := 0
		for _, name := range r.names {
			if EndsIn(name, Organs) {
				organs++
			}
		}
		if organs > most {
			best, most = r, organs
		}
	}
	switch {
	case best != nil:
		return best, nil
	case first != nil:
		return nil, first
	}
	return nil, message.NewError("roster.empty")
}

// joined makes a row of each of the names that stand in one cell, 甲局、乙局、丙局, where
// it is alone in its row.
func joined(rows [][]string) [][]string {
	var all [][]string
	for _, row := range rows {
		cells := filledCells(row)
		if len(cells) != 1 {
			all = append(all, row)
			continue
		}
		parts := strings.FieldsFunc(cells[0], func(r rune) bool { return strings.ContainsRune("、,，;；", r) })
		organs := 0
		for _, p := range parts {
			if EndsIn(strings.TrimSpace(p), Organs) {
				organs++
			}
		}
		if len(parts) < 2 || 2*organs <= len(parts) {
			all = append(all, row)
			continue
		}
		for _, p := range parts {
			all = append(all, []string{p})
		}
	}
	return all
}

var (
	sectionNumber = regexp.MustCompile(`^(?:[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十]+[)）])\s*`)
	itemNumber    = regexp.MustCompile(`^\s*[(（]?\d{1,4}\s*[)）.、．]\s*`)
)

// sectionHead reports whether a row is a heading of a part of the list, 一、县直部门（48个）,
// and gives it.
func sectionHead(row []string) (string, bool) {
	cells := filledCells(row)
	if len(cells) != 1 || !sectionNumber.MatchString(cells[0]) {
		return "", false
	}
	return strings.TrimSpace(sectionNumber.ReplaceAllString(cells[0], "")), true
}

// nameIn is the name in a cell: without its number, and on one line.
func nameIn(cell string) string {
	name := strings.TrimSpace(itemNumber.ReplaceAllString(cell, ""))
	return strings.NewReplacer("\r", "", "\n", "").Replace(name)
}

func aliases(cells []string) []string {
	var all []string
	for _, c := range cells {
		all = append(all, strings.FieldsFunc(c, func(r rune) bool { return strings.ContainsRune("、,，;；|\n", r) })...)
	}
	return all
}

func isRunningNumber(s string) bool {
	s = strings.TrimSpace(s)
	return s != "" && strings.Trim(s, "0123456789.、") == ""
}

// Names lists the organizations, in the roster's order. Do not change it.
func (r *Roster) Names() []string { return r.names }

// Find returns the organization on the roster that a name is of: the same name or
// alias when normalized, or the only one that differs just by the county, city or
// province in front.
func (r *Roster) Find(name string) (string, bool) {
	key := Key(name)
	if i, ok := r.byKey[key]; ok {
		return r.names[i], true
	}
	match := -1
	for other, i := range r.byKey {
		if !sameButForPlace(key, other) || i == match {
			continue
		}
		if match >= 0 {
			return "", false
		}
		match = i
	}
	if match < 0 {
		return "", false
	}
	return r.names[match], true
}

// FindFile is the organization on the roster that a file is named after, or a folder
// that it lies in, the innermost first: the longest name in it, also without the place
// in front. It is "" for none, and for one of two that are as long.
func (r *Roster) FindFile(file string) string {
	if name := r.in(stem(file)); name != "" {
		return name
	}
	for dir := path.Dir(file); dir != "." && dir != "/"; dir = path.Dir(dir) {
		if name := r.in(path.Base(dir)); name != "" {
			return name
		}
	}
	return ""
}

// findAlike is the only organization on the roster that the innermost of a file's and its
// folders' names to begin with a name is likely to begin with that of, written in short;
// see [Alike]. It gives that name, too, and is "" for none and for several.
func (r *Roster) findAlike(file string) (name, short string) {
	for at := stem(file); at != "." && at != "/"; at = path.Base(file) {
		found := -1
		runes := []rune(strings.TrimLeft(Key(at), "0123456789"))
		for n := 3; n <= len(runes); n++ {
			short := string(runes[:n])
			if !EndsIn(short, Organs) {
				continue
			}
			for i, listed := range r.names {
				if Alike(short, listed) {
					if found >= 0 && found != i {
						return "", ""
					}
					found = i
				}
			}
			if found >= 0 {
				return r.names[found], short
			}
		}
		file = path.Dir(file)
	}
	return "", ""
}

// in is the organization whose name is in a text.
func (r *Roster) in(text string) string {
	if name, ok := r.Find(text); ok {
		return name
	}
	text = Key(text)
	found, longest := -1, 0
	for key, i := range r.byKey {
		for _, k := range []string{key, withoutPlace(key)} {
			if len(k) < len("县局局") || len(k) < longest || !strings.Contains(text, k) {
				continue
			}
			if len(k) > longest {
				found, longest = i, len(k)
			} else if found != i {
				found = -1
			}
		}
	}
	if found < 0 {
		return ""
	}
	return r.names[found]
}

// Entry is what the roster says of one of its Names.
func (r *Roster) Entry(i int) Entry { return r.entries[i] }

// sameButForPlace reports whether one name is the other behind a place: 安平县教育局,
// 县教育局 and 教育局.
func sameButForPlace(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	place, ok := strings.CutSuffix(a, b)
	if !ok || utf8.RuneCountInString(b) < 3 {
		return false
	}
	const places = "省市县区州盟旗"
	last, _ := utf8.DecodeLastRuneInString(place)
	first, _ := utf8.DecodeRuneInString(b)
	return strings.ContainsRune(places, last) || strings.ContainsRune(places, first)
}

// Key is a name without what the same organization's name is
// written with and without: spaces, brackets and other marks, width, 人民政府, （本级）.
func Key(name string) string {
	var b strings.Builder
	for _, r := range prose.Normalized(name).Runes {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			b.WriteRune(unicode.ToLower(r))
		}
	}
	key := strings.TrimSuffix(b.String(), "本级")
	if key == "" {
		key = b.String()
	}
	return strings.TrimSuffix(Plain(key), "政府")
}

// RosterRows reads the rows of a CSV file, UTF-8 or GBK.
func RosterRows(src []byte) ([][]string, error) {
	src = bytes.TrimPrefix(src, []byte("\xef\xbb\xbf"))
	if !utf8.Valid(src) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(src)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return nil, message.NewError("roster.encoding")
		}
		src = decoded
	}
	r := csv.NewReader(bytes.NewReader(src))
	r.FieldsPerRecord = -1
	r.LazyQuotes = true
	if line, _, _ := bytes.Cut(src, []byte("\n")); bytes.ContainsRune(line, '\t') {
		r.Comma = '\t'
	}
	var rows [][]string
	for cells := 0; ; {
		row, err := r.Read()
		if err == io.EOF {
			return rows, nil
		}
		if err != nil {
			return nil, &message.Error{Message: message.New("roster.csv", err), Err: err}
		}
		if cells += len(row); cells > mostCells {
			return nil, message.NewError("read.limit.cells", mostCells)
		}
		rows = append(rows, row)
	}
}

// mostCells is how many cells a CSV file may have: as many as a workbook.
const mostCells = 2_000_000

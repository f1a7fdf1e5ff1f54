package pdf

import (
	"bytes"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf16"
)

// Printed is a report that [Write] printed, read back from its file to be bound into a
// [Volume].
type Printed struct {
	objects [][]byte // by their numbers, as Write numbers them
	pages   []int    // the numbers of the pages' objects, in order
	outline []bookmark
}

// Pages is how many pages the report has.
func (p *Printed) Pages() int { return len(p.pages) }

var (
	objectRef = regexp.MustCompile(`\b(\d+) 0 R\b`)
	pageParts = regexp.MustCompile(`(?s)^<</Type /Page\n/Parent 1 0 R\n.*/Resources 2 0 R\n/Contents \d+ 0 R>>$`)
	pageKids  = regexp.MustCompile(`(?s)^<</Type /Pages\n/Kids \[([^\]]*)\]`)
	outlined  = regexp.MustCompile(`^<</Title <(?i:FEFF)([0-9A-F]*)> /Parent (\d+) 0 R /Dest \[(\d+) 0 R /XYZ 0 (-?[0-9.]+) null\]`)
)

// Reopen reads a file that [Write] made. It reads no other PDF, and none that another
// program saved again: those give an error.
func Reopen(file []byte) (*Printed, error) {
	objects, err := splitObjects(file)
	if err != nil || !bytes.HasPrefix(file, []byte(fileHead)) {
		return nil, errNotOurs
	}
	p := &Printed{objects: objects}
	kids := pageKids.FindSubmatch(objects[pageTree])
	if kids == nil || !bytes.HasPrefix(objects[resources], []byte(fontsHead)) {
		return nil, errNotOurs
	}
	for _, m := range objectRef.FindAllSubmatch(kids[1], -1) {
		n, err := strconv.Atoi(string(m[1]))
		if err != nil || n >= len(objects) || !pageParts.Match(objects[n]) {
			return nil, errNotOurs
		}
		p.pages = append(p.pages, n)
	}
	if len(p.pages) == 0 || !slices.IsSorted(p.pages) {
		return nil, errNotOurs
	}
	for _, o := range objects {
		for _, m := range objectRef.FindAllSubmatch(dictionary(o), -1) {
			if n, err := strconv.Atoi(string(m[1])); err != nil || n < 1 || n >= len(objects) {
				return nil, errNotOurs
			}
		}
	}
	p.readOutline()
	return p, nil
}

// dictionary is an object without the data of a stream.
func dictionary(o []byte) []byte {
	dict, _, _ := bytes.Cut(o, []byte("\nstream\n"))
	return dict
}

// readOutline reads the bookmarks. One that leads to no page is left out.
func (p *Printed) readOutline() {
	level := map[int]int{} // by the number of the bookmark's object
	for n, o := range p.objects {
		m := outlined.FindSubmatch(o)
		if m == nil {
			continue
		}
		parent, _ := strconv.Atoi(string(m[2])) // digits
		target, _ := strconv.Atoi(string(m[3]))
		y, err := strconv.ParseFloat(string(m[4]), 64)
		page := slices.Index(p.pages, target)
		if page < 0 || err != nil {
			continue
		}
		b := bookmark{title: fromUTF16(m[1]), page: page, y: pageHeight - y}
		if l, ok := level[parent]; ok {
			b.level = l + 1
		}
		level[n] = b.level
		p.outline = append(p.outline, b)
	}
}

// fromUTF16 is a text from its hexadecimal UTF-16.
func fromUTF16(hex []byte) string {
	var units []uint16
	for ; len(hex) >= 4; hex = hex[4:] {
		u, err := strconv.ParseUint(string(hex[:4]), 16, 16)
		if err != nil {
			return ""
		}
		units = append(units, uint16(u))
	}
	return string(utf16.Decode(units))
}

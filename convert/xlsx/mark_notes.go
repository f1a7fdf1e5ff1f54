package xlsx

import (
	"fmt"
	"regexp"
	"strings"

	"nianbao/convert/message"
	"nianbao/convert/opc"
	"nianbao/convert/workbook"
)

// notes are the comments of one sheet while ours are added to them.
type notes struct {
	name     string // of the part, "" when there is none yet
	related  string // the id of its relation
	root     *opc.Element
	patch    *opc.Patch
	cells    map[place]*opc.Element
	threaded map[place]bool
	texts    map[place]string // what the comment on a changed cell says now
	removed  map[place]bool
	authors  int
	author   int // the number of ours, from 1; 0 until it is needed
	added    strings.Builder
}

// newNotes begins the comments of a sheet that has none.
func newNotes(main string) *notes {
	n, err := readNotes([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<comments xmlns="` + main + `"><authors/><commentList/></comments>`))
	if err != nil {
		panic(err) // it is well formed
	}
	return n
}

func readNotes(src []byte) (*notes, error) {
	root, err := opc.Parse(src)
	if err != nil {
		return nil, err
	}
	n := &notes{root: root, patch: opc.NewPatch(src), cells: map[place]*opc.Element{}, threaded: map[place]bool{}, texts: map[place]string{}, removed: map[place]bool{}}
	n.authors = len(root.Child("authors").All("author"))
	if root.Child("authors") == nil || root.Child("commentList") == nil {
		return nil, fmt.Errorf("no list of comments")
	}
	for _, e := range root.Child("commentList").All("comment") {
		ref, _, _ := strings.Cut(e.Attr("ref"), ":")
		if row, column, ok := workbook.ParseRef(ref); ok && n.cells[place{row, column}] == nil {
			n.cells[place{row, column}] = e
		}
	}
	return n, nil
}

// ourFont is how our comments look: large enough to read Chinese in.
const ourFont = `<rPr><sz val="9"/><color indexed="81"/><rFont val="宋体"/><charset val="134"/></rPr>`

// run is a piece of a comment's text.
type run struct {
	source string // as it stands in the part
	format string // the XML of its look
	text   string
}

// runs are the pieces of a comment's text; rest is what XML follows them.
func (n *notes) runs(comment *opc.Element) (runs []run, rest string) {
	text := comment.Child("text")
	if text == nil {
		return nil, ""
	}
	for _, e := range text.Children {
		switch source := string(e.Source()); {
		case e.Local() == "t":
			runs = append(runs, run{source: "<" + e.Prefix() + "r>" + source + "</" + e.Prefix() + "r>", text: e.Text()})
		case e.Local() == "r":
			r := run{source: source}
			for _, c := range e.Children {
				switch c.Local() {
				case "rPr":
					r.format = string(c.Source())
				case "t":
					r.text += c.Text()
				}
			}
			runs = append(runs, r)
		default:
			rest += source
		}
	}
	return runs, rest
}

// ours reports whether a comment holds findings of an earlier marked copy.
func (n *notes) ours(p place) bool {
	runs, _ := n.runs(n.cells[p])
	kept, cut := withoutOurs(runs)
	return cut || len(kept) != len(runs)
}

// set makes a comment on the cell say what others wrote and then text; with neither
// it goes. It reports whether there is a comment then.
func (n *notes) set(p place, text string) bool {
	prefix := n.root.Prefix()
	look := ourFont
	if prefix != "" { // whose elements have no prefix
		look = ""
	}
	made := func(text string) string {
		return fmt.Sprintf(`<%[1]sr>%[2]s<%[1]st xml:space="preserve">%[3]s</%[1]st></%[1]sr>`, prefix, look, opc.Escape(text))
	}
	e := n.cells[p]
	if e == nil || e.Child("text") == nil {
		if text == "" {
			return e != nil
		}
		if e != nil {
			n.patch.Append(e, "<"+prefix+"text>"+made(text)+"</"+prefix+"text>")
		} else {
			fmt.Fprintf(&n.added, `<%[1]scomment ref="%[2]s" authorId="%[3]d"><%[1]stext>%[4]s</%[1]stext></%[1]scomment>`, prefix, p.name(), n.ourAuthor(), made(text))
		}
		n.texts[p] = text
		return true
	}
	runs, rest := n.runs(e)
	runs, _ = withoutOurs(runs)
	var xml, says strings.Builder
	for _, r := range runs {
		says.WriteString(r.text)
		if r.source != "" {
			xml.WriteString(r.source)
			continue
		}
		fmt.Fprintf(&xml, `<%[1]sr>%[2]s<%[1]st xml:space="preserve">%[3]s</%[1]st></%[1]sr>`, prefix, r.format, opc.Escape(r.text))
	}
	if strings.TrimSpace(says.String()) == "" {
		xml.Reset()
		if text == "" {
			n.patch.Remove(e)
			n.removed[p] = true
			return false
		}
	} else if text != "" {
		text = "\n\n" + text
	}
	if text != "" {
		xml.WriteString(made(text))
	}
	n.texts[p] = says.String() + text
	t := e.Child("text")
	if t.Tag().Empty() {
		n.patch.Append(t, xml.String())
	} else {
		n.patch.Replace(t.Inner, t.InnerEnd, xml.String()+rest)
	}
	return true
}

func (n *notes) ourAuthor() int {
	if n.author == 0 {
		n.author = n.authors + 1
		n.patch.Append(n.root.Child("authors"), "<"+n.root.Prefix()+"author>"+author+"</"+n.root.Prefix()+"author>")
	}
	return n.author - 1
}

// bytes is the part with what was changed.
func (n *notes) bytes() []byte {
	if n.added.Len() > 0 {
		n.patch.Append(n.root.Child("commentList"), n.added.String())
	}
	return n.patch.Bytes()
}

// ourLine matches the line that one of our findings begins with in a comment, and
// ourDetail the lines below it, as they are now and were.
var (
	ourLine   = regexp.MustCompile(`^【(?:` + message.New("severity.error").In(message.Chinese) + `|` + message.New("severity.warning").In(message.Chinese) + `|` + message.New("severity.info").In(message.Chinese) + `) [A-Z]\d{3}】`)
	ourDetail = regexp.MustCompile(`^(?:应填数|填报数|对照数|收到合计|办理合计|表中为|文字表述为|(?:应为|实为|左边|右边|表中|文字) )`)
)

// withoutOurs takes our findings out of a comment's text and reports whether there
// were any.
func withoutOurs(runs []run) (kept []run, cut bool) {
	var whole strings.Builder
	for _, r := range runs {
		whole.WriteString(r.text)
	}
	text := whole.String()
	lines := strings.SplitAfter(text, "\n")
	drop := make([]bool, len(lines))
	inOurs := false
	for i, line := range lines {
		line = strings.TrimSpace(line)
		switch {
		case ourLine.MatchString(line):
			inOurs, cut = true, true
			for k := i - 1; k >= 0 && strings.TrimSpace(lines[k]) == ""; k-- {
				drop[k] = true
			}
		case inOurs && ourDetail.MatchString(line):
		case inOurs && line == "" && i > 0 && drop[i-1]:
		default:
			inOurs = false
		}
		drop[i] = drop[i] || inOurs
	}
	if !cut {
		return runs, false
	}
	at := 0
	var spans [][2]int
	for i, line := range lines {
		if !drop[i] {
			spans = append(spans, [2]int{at, at + len(line)})
		}
		at += len(line)
	}
	if len(spans) > 0 { // the line break in front of ours goes with them
		last := &spans[len(spans)-1]
		for last[1] < len(text) && last[1] > last[0] && text[last[1]-1] == '\n' {
			last[1]--
		}
	}
	at = 0
	for _, r := range runs {
		var b strings.Builder
		for _, s := range spans {
			if from, to := max(s[0], at), min(s[1], at+len(r.text)); from < to {
				b.WriteString(text[from:to])
			}
		}
		at += len(r.text)
		switch left := b.String(); {
		case left == r.text && left != "":
			kept = append(kept, r)
		case left != "":
			kept = append(kept, run{format: r.format, text: left})
		}
	}
	return kept, true
}

// excelText is a text as strings have it: what looks like an escape of theirs is
// escaped itself.
func excelText(s string) string { return looksEscaped.ReplaceAllString(s, "_x005F_$1") }

var looksEscaped = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// threads are the cells of a sheet that have a conversation.
func (m *marking) threads(part string) (map[place]bool, error) {
	found := map[place]bool{}
	_, root, err := m.pkg.Tree(part)
	if err != nil {
		return nil, err
	}
	root.Walk(func(e *opc.Element) bool {
		if row, column, ok := workbook.ParseRef(e.Attr("ref")); ok && e.Local() == "threadedComment" {
			found[place{row, column}] = true
		}
		return true
	})
	return found, nil
}

package mark

import (
	"fmt"
	"path"
	"regexp"
	"strconv"
	"strings"

	"nianbao/convert/opc"
)

// comments are the document's comments while ours are added.
type comments struct {
	*marking
	file  string // the part that they are in; "" until there are any
	added strings.Builder
	last  int // the last number of one
}

var commentID = regexp.MustCompile(`<(?:[A-Za-z_][\w.-]*:)?comment\s[^<>]*?id="(\d{1,9})"`)

// commentsPart is the part with the comments, "" if there is none.
func (m *marking) commentsPart() (string, error) {
	relations, err := m.pkg.Relations(m.part)
	if err != nil {
		return "", err
	}
	if r, ok := opc.First(relations, "comments"); ok && m.pkg.Has(r.Target) {
		return r.Target, nil
	}
	return "", nil
}

func (m *marking) openComments() (*comments, error) {
	c := &comments{marking: m, last: -1}
	var err error
	if c.file, err = m.commentsPart(); err != nil || c.file == "" {
		return c, err
	}
	src, err := m.pkg.Read(c.file)
	if err != nil {
		return nil, err
	}
	for _, id := range commentID.FindAllSubmatch(src, -1) {
		n, _ := strconv.Atoi(string(id[1]))
		c.last = max(c.last, n)
	}
	return c, nil
}

// add adds a comment and returns its number. It has no date: the same submission
// gives the same copy.
func (c *comments) add(text string) int {
	c.last++
	c.added.WriteString(c.xml(`<w:comment w:id="%d" w:author="%s" w:initials="nb">`, c.last, author))
	for line := range strings.SplitSeq(text, "\n") {
		c.added.WriteString(c.xml(`<w:p><w:r><w:t xml:space="preserve">%s</w:t></w:r></w:p>`, opc.Escape(line)))
	}
	c.added.WriteString(c.xml(`</w:comment>`))
	return c.last
}

// write puts the added comments behind those that the document had.
func (c *comments) write() error {
	if c.added.Len() == 0 {
		return nil
	}
	declaration := fmt.Sprintf(` xmlns%s="%s"`, strings.TrimSuffix(":"+c.q, ":"), opc.Escape(c.space))
	if c.file != "" {
		src, root, err := c.pkg.Tree(c.file)
		if err != nil {
			return err
		}
		added := c.added.String()
		if root.Prefix() != c.q { // each says what its prefix is
			added = strings.ReplaceAll(added, "<"+c.q+"comment ", "<"+c.q+"comment"+declaration+" ")
		}
		p := opc.NewPatch(src)
		p.Append(root, added)
		c.pkg.Set(c.file, p.Bytes())
		return nil
	}
	name := "comments.xml"
	if dir := path.Dir(c.part); dir != "." {
		name = dir + "/" + name
	}
	if c.pkg.Has(name) {
		name = c.pkg.Free(strings.TrimSuffix(name, ".xml") + "%d.xml")
	}
	c.pkg.Set(name, []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+`<`+c.q+`comments`+declaration+`>`+c.added.String()+`</`+c.q+`comments>`))
	c.pkg.SetType(name, "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml")
	_, err := c.pkg.Relate(c.part, c.relations+"/comments", name)
	return err
}

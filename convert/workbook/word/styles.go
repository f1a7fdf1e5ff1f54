package word

import (
	"io"
	"slices"
	"strings"
)

// styles are what the document's styles say, by id.
type styles struct {
	byID      map[string]*style
	paragraph string // of paragraphs that name none
}

type style struct {
	name, parent string
	properties   []element // of its runs, of each name the last
	list         listed
}

// longestLineage is how many styles may be based on one another.
const longestLineage = 20

func (r *reader) readStyles(from io.Reader) (styles, error) {
	all := styles{byID: map[string]*style{}}
	err := r.part(from, func(e element) error {
		if e.name != "style" {
			return r.skip()
		}
		if len(all.byID) >= maxStyles {
			return tooLarge("styles", maxStyles)
		}
		s := &style{}
		id := e.get("styleId")
		all.byID[id] = s
		if e.get("type") == "paragraph" && e.get("default") != "" && e.get("default") != "0" {
			all.paragraph = id
		}
		return r.plain(func(e element) error {
			switch e.name {
			case "name":
				s.name = e.get("val")
			case "basedOn":
				s.parent = e.get("val")
			case "pPr":
				return r.plain(func(e element) error {
					if e.name == "numPr" {
						return r.readListed(&s.list)
					}
					return r.skip()
				})
			case "rPr":
				return r.plain(func(e element) error {
					switch e.name {
					case "strike", "dstrike", "vanish", "vertAlign":
						s.properties = append(slices.DeleteFunc(s.properties, func(p element) bool { return p.name == e.name }), e)
					}
					return r.skip()
				})
			}
			return r.skip()
		})
	})
	return all, err
}

// lineage is the style and those that it is based on, the first of them first.
func (s styles) lineage(id string) []*style {
	var all []*style
	for at := s.byID[id]; at != nil && len(all) < longestLineage; at = s.byID[at.parent] {
		all = append([]*style{at}, all...)
	}
	return all
}

// look is how a run of the style looks.
func (s styles) look(id string) look {
	var l look
	for _, at := range s.lineage(id) {
		for _, e := range at.properties {
			l.set(e)
		}
	}
	return l
}

// contents reports whether paragraphs of the style are lines of a list of contents.
func (s styles) contents(id string) bool {
	at := s.byID[id]
	return at != nil && strings.HasPrefix(strings.ToLower(at.name), "toc ")
}

// listed completes what a paragraph says of its list by what its style does.
func (s styles) listed(l listed, id string) listed {
	for _, at := range s.lineage(id) {
		if at.list.hasLevel && !l.hasLevel && !l.hasList {
			l.level = at.list.level
		}
		if at.list.hasList && !l.hasList {
			l.list, l.style = at.list.list, id
		}
	}
	return l
}

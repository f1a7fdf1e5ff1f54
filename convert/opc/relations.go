package opc

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// Relation is what a part says of another one.
type Relation struct {
	ID     string
	Type   string // a URI
	Target string // the name of the part, "" for what lies outside the package

	element *Element
}

// Kind is the last word of the type: worksheet, styles. It is the same in both
// namespaces, transitional and strict.
func (r Relation) Kind() string { return r.Type[strings.LastIndexByte(r.Type, '/')+1:] }

// First is the first relation of a kind that leads to a part: of several where there may
// be one, the one that counts.
func First(relations []Relation, kind string) (r Relation, ok bool) {
	for _, r := range relations {
		if r.Kind() == kind && r.Target != "" {
			return r, true
		}
	}
	return Relation{}, false
}

// relations are those of one part.
type relations struct {
	file  string // the name of the part that lists them, as it is written
	src   []byte
	root  *Element
	list  []Relation
	patch *Patch
	added strings.Builder
	ids   map[string]bool
}

const relationsSpace = "http://schemas.openxmlformats.org/package/2006/relationships"

// relationsOf is the name of the part that lists the relations of a part, "" being
// the package.
func relationsOf(part string) string {
	dir, file := path.Split(part)
	return dir + "_rels/" + file + ".rels"
}

// Relations are the relations of a part, of the package itself for "".
func (p *Package) Relations(part string) ([]Relation, error) {
	r, err := p.relationsFor(part)
	if err != nil {
		return nil, err
	}
	return r.list, nil
}

func (p *Package) relationsFor(part string) (*relations, error) {
	if r := p.relations[part]; r != nil {
		return r, nil
	}
	name := relationsOf(part)
	r := &relations{file: name, ids: map[string]bool{}}
	if f := p.parts[part]; f != nil {
		r.file = relationsOf(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
	}
	r.src = []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Relationships xmlns="` + relationsSpace + `"/>`)
	if p.Has(name) {
		var err error
		if r.src, err = p.Read(name); err != nil {
			return nil, err
		}
		if f := p.parts[name]; f != nil {
			r.file = f.Name
		}
	}
	var err error
	if r.root, err = Parse(r.src); err != nil {
		return nil, damaged(name, err)
	}
	dir := path.Dir("/" + part)
	for _, e := range r.root.Children {
		if e.Local() != "Relationship" {
			continue
		}
		n := Relation{ID: e.Attr("Id"), Type: e.Attr("Type"), element: e}
		if e.Attr("TargetMode") != "External" {
			n.Target = Resolve(dir, e.Attr("Target"))
			p.meant[n.Target] = true
		}
		r.list = append(r.list, n)
		r.ids[strings.ToLower(n.ID)] = true
	}
	r.patch = NewPatch(r.src)
	p.relations[part] = r
	return r, nil
}

// Relate adds a relation of a part to another one and returns its id.
func (p *Package) Relate(part, kind, target string) (string, error) {
	r, err := p.relationsFor(part)
	if err != nil {
		return "", err
	}
	id := ""
	for i := len(r.list) + 1; id == "" || r.ids[strings.ToLower(id)]; i++ {
		id = fmt.Sprintf("rId%d", i)
	}
	r.ids[strings.ToLower(id)] = true
	r.list = append(r.list, Relation{ID: id, Type: kind, Target: strings.ToLower(target)})
	fmt.Fprintf(&r.added, `<%sRelationship Id="%s" Type="%s" Target="/%s"/>`, r.root.Prefix(), id, Escape(kind), Escape(target))
	return id, nil
}

// Unrelate removes the relations of a part for which which reports true.
func (p *Package) Unrelate(part string, which func(Relation) bool) error {
	r, err := p.relationsFor(part)
	if err != nil {
		return err
	}
	var kept []Relation
	for _, n := range r.list {
		if n.element != nil && which(n) {
			r.patch.Remove(n.element)
		} else {
			kept = append(kept, n)
		}
	}
	r.list = kept
	return nil
}

// Unsign removes the relations that lead to digital signatures, and reports whether
// there were any. The parts stay, as those of any relation that is removed.
func (p *Package) Unsign() (bool, error) {
	signed := false
	err := p.Unrelate("", func(r Relation) bool {
		signs := strings.Contains(r.Type, "/digital-signature/")
		signed = signed || signs
		return signs
	})
	return signed, err
}

// Retarget has the relation with the given id mean another part.
func (p *Package) Retarget(part, id, target string) error {
	r, err := p.relationsFor(part)
	if err != nil {
		return err
	}
	for i, n := range r.list {
		if n.ID == id && n.element != nil {
			r.list[i].Target = strings.ToLower(target)
			r.patch.SetAttr(n.element, "Target", "/"+target)
		}
	}
	return nil
}

// Reachable are the parts that relations lead to, from the package on.
func (p *Package) Reachable() map[string]bool {
	found := map[string]bool{}
	next := []string{""}
	for len(next) > 0 {
		part := next[len(next)-1]
		next = next[:len(next)-1]
		list, err := p.Relations(part)
		if err != nil {
			continue // the part is not ours and stays as it is
		}
		for _, r := range list {
			if r.Target != "" && !found[r.Target] && p.Has(r.Target) {
				found[r.Target] = true
				next = append(next, r.Target)
			}
		}
	}
	return found
}

// writeRelations makes parts of the relations that changed.
func (p *Package) writeRelations() {
	for _, part := range slices.Sorted(maps.Keys(p.relations)) {
		r := p.relations[part]
		if r.added.Len() > 0 {
			r.patch.Append(r.root, r.added.String())
		}
		if r.patch.Changed() && !p.removed[part] {
			p.Set(r.file, r.patch.Bytes())
		}
	}
}

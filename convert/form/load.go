package form

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"go.yaml.in/yaml/v3"

	"nianbao/templates"
)

// Get returns the form with the given id. The error lists the forms there are.
// The form is shared: do not change it.
func Get(id string) (*Form, error) {
	var ids []string
	for _, f := range All() {
		if f.ID == id {
			return f, nil
		}
		ids = append(ids, f.ID)
	}
	return nil, fmt.Errorf("no form %q; there are %q", id, ids)
}

// All returns every form, newest first. The slice and the forms are shared: do
// not change them.
func All() []*Form {
	if f := added.Load(); f != nil {
		return *f
	}
	return own()
}

// Use adds the forms <id>/form.yaml of a file system to those that the program has. It
// is to be called before anything is read; the error says what is wrong with a form,
// or that there is one with its id. The forms are there until forget is called.
func Use(fsys fs.FS) (forget func(), err error) {
	more, err := loadAll(fsys)
	if err != nil {
		return nil, err
	}
	before := All()
	for _, f := range more {
		if slices.ContainsFunc(before, func(g *Form) bool { return g.ID == f.ID }) {
			return nil, fmt.Errorf("there is a form %s already", f.ID)
		}
	}
	all := slices.Concat(before, more)
	newestFirst(all)
	old := added.Swap(&all)
	return func() { added.Store(old) }, nil
}

var added atomic.Pointer[[]*Form] // own and others, once there are others

var own = sync.OnceValue(func() []*Form {
	forms, err := loadAll(templates.Forms)
	if err != nil {
		panic(err) // the templates are part of the program, and tested
	}
	return forms
})

func newestFirst(forms []*Form) {
	slices.SortStableFunc(forms, func(a, b *Form) int { return b.Years.From - a.Years.From })
}

func loadAll(fsys fs.FS) ([]*Form, error) {
	files, err := fs.Glob(fsys, "*/form.yaml")
	if err != nil {
		return nil, err
	}
	var forms []*Form
	for _, file := range files {
		src, err := fs.ReadFile(fsys, file)
		if err != nil {
			return nil, err
		}
		f, err := load(src)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		if f.ID != path.Dir(file) {
			return nil, fmt.Errorf("%s: id is %q, its folder's name differs", file, f.ID)
		}
		forms = append(forms, f)
	}
	newestFirst(forms)
	return forms, nil
}

// load decodes and validates one form. Unknown fields are errors.
func load(src []byte) (*Form, error) {
	f := new(Form)
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	if err := dec.Decode(f); err != nil {
		return nil, err
	}
	for i := range f.Tables {
		for j := range f.Tables[i].Blocks {
			setKinds(f.Tables[i].Blocks[j].Head)
		}
	}
	if err := f.validate(); err != nil {
		return nil, err
	}
	for i := range f.Tables {
		t := &f.Tables[i]
		t.rows = slices.Clip(t.Rows())
	}
	f.parts = make(map[string][]string, len(f.Breaks))
	for _, b := range f.Breaks {
		f.parts[strings.ReplaceAll(b, "|", "")] = strings.Split(b, "|")
	}
	return f, nil
}

// setKinds makes count the kind of every column that names none.
func setKinds(nodes []Node) {
	for i := range nodes {
		if nodes[i].Column != "" && nodes[i].Kind == "" {
			nodes[i].Kind = Count
		}
		setKinds(nodes[i].Items)
	}
}

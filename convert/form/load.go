package form

import (
	"bytes"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"sync"

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
func All() []*Form { return all() }

var all = sync.OnceValue(func() []*Form {
	forms, err := loadAll(templates.Forms)
	if err != nil {
		panic(err) // the templates are part of the program, and tested
	}
	return forms
})

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
	slices.SortFunc(forms, func(a, b *Form) int { return b.Years.From - a.Years.From })
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

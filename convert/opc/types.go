package opc

import (
	"path"
	"strings"
)

// typesPart lists what kind of content each part has.
const typesPart = "[content_types].xml"

const typesSpace = "http://schemas.openxmlformats.org/package/2006/content-types"

// types is the list of types while it is changed.
type types struct {
	root      *Element
	patch     *Patch
	defaults  map[string]string   // by extension
	overrides map[string]string   // by part
	elements  map[string]*Element // the overrides
	set       []string            // parts whose override is new or another
	removed   map[string]bool
	added     strings.Builder // defaults
	missing   bool            // the package had none
}

func (p *Package) readTypes() error {
	t := &types{defaults: map[string]string{}, overrides: map[string]string{}, elements: map[string]*Element{}, removed: map[string]bool{}}
	p.types = t
	src := []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + `<Types xmlns="` + typesSpace + `"/>`)
	if t.missing = !p.Has(typesPart); !t.missing {
		var err error
		if src, err = p.Read(typesPart); err != nil {
			return err
		}
	}
	var err error
	if t.root, err = Parse(src); err != nil {
		return damaged(typesPart, err)
	}
	t.patch = NewPatch(src)
	for _, e := range t.root.Children {
		switch e.Local() {
		case "Default":
			t.defaults[strings.ToLower(e.Attr("Extension"))] = e.Attr("ContentType")
		case "Override":
			name := Resolve("", e.Attr("PartName"))
			t.overrides[name] = e.Attr("ContentType")
			t.elements[name] = e
		}
	}
	if t.missing {
		p.guessTypes()
	}
	return nil
}

// Type is a part's type, "" when none is given.
func (p *Package) Type(name string) string {
	if t, ok := p.types.overrides[name]; ok {
		return t
	}
	return p.types.defaults[strings.TrimPrefix(path.Ext(name), ".")]
}

// SetType gives a part a type.
func (p *Package) SetType(name, to string) {
	key := strings.ToLower(name)
	if p.Type(key) == to {
		return
	}
	if f := p.parts[key]; f != nil {
		name = strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
	}
	p.types.overrides[key] = to
	p.types.set = append(p.types.set, name)
}

// SetDefault gives parts with the extension a type, unless they have one.
func (p *Package) SetDefault(extension, to string) {
	if p.types.defaults[extension] == "" {
		p.types.defaults[extension] = to
		p.types.added.WriteString(`<` + p.types.root.Prefix() + `Default Extension="` + extension + `" ContentType="` + to + `"/>`)
	}
}

// RemoveOf removes all parts of a type and its being the type of files with some
// extension. It reports whether there was any.
func (p *Package) RemoveOf(is string) bool {
	found := false
	for _, name := range p.Names() {
		if p.Type(name) == is {
			p.Remove(name)
			found = true
		}
	}
	for _, e := range p.types.root.Children {
		if e.Local() == "Default" && e.Attr("ContentType") == is {
			p.types.patch.Remove(e)
			delete(p.types.defaults, strings.ToLower(e.Attr("Extension")))
		}
	}
	return found
}

func (t *types) forget(name string) {
	if e := t.elements[name]; e != nil && !t.removed[name] {
		t.removed[name] = true
		t.patch.Remove(e)
		delete(t.overrides, name)
	}
}

// writeTypes makes a part of the list if it changed.
func (p *Package) writeTypes() {
	t := p.types
	add := t.added.String()
	done := map[string]bool{}
	for _, name := range t.set {
		key := strings.ToLower(name)
		to, ok := t.overrides[key]
		if done[key] || !ok {
			continue
		}
		done[key] = true
		if e := t.elements[key]; e != nil && !t.removed[key] {
			t.patch.SetAttr(e, "ContentType", to)
			continue
		}
		add += `<` + t.root.Prefix() + `Override PartName="/` + Escape(name) + `" ContentType="` + Escape(to) + `"/>`
	}
	if add != "" {
		t.patch.Append(t.root, add)
	}
	if t.patch.Changed() {
		name := "[Content_Types].xml"
		if f := p.parts[typesPart]; f != nil {
			name = f.Name
		}
		p.Set(name, t.patch.Bytes())
	}
}

// The types of the parts that a workbook's relations lead to, by kind, and of files
// by extension, for a package that lost its list.
var (
	typeOf = map[string]string{
		"officeDocument":       spreadsheet + "sheet.main+xml",
		"worksheet":            spreadsheet + "worksheet+xml",
		"chartsheet":           spreadsheet + "chartsheet+xml",
		"dialogsheet":          spreadsheet + "dialogsheet+xml",
		"styles":               spreadsheet + "styles+xml",
		"sharedStrings":        spreadsheet + "sharedStrings+xml",
		"comments":             spreadsheet + "comments+xml",
		"table":                spreadsheet + "table+xml",
		"pivotTable":           spreadsheet + "pivotTable+xml",
		"pivotCacheDefinition": spreadsheet + "pivotCacheDefinition+xml",
		"pivotCacheRecords":    spreadsheet + "pivotCacheRecords+xml",
		"calcChain":            spreadsheet + "calcChain+xml",
		"externalLink":         spreadsheet + "externalLink+xml",
		"theme":                "application/vnd.openxmlformats-officedocument.theme+xml",
		"drawing":              "application/vnd.openxmlformats-officedocument.drawing+xml",
		"chart":                "application/vnd.openxmlformats-officedocument.drawingml.chart+xml",
		"core-properties":      "application/vnd.openxmlformats-package.core-properties+xml",
		"extended-properties":  "application/vnd.openxmlformats-officedocument.extended-properties+xml",
		"custom-properties":    "application/vnd.openxmlformats-officedocument.custom-properties+xml",
	}
	typeOfExtension = map[string]string{
		"xml": "application/xml", "rels": "application/vnd.openxmlformats-package.relationships+xml",
		"vml": "application/vnd.openxmlformats-officedocument.vmlDrawing",
		"png": "image/png", "jpeg": "image/jpeg", "jpg": "image/jpeg", "gif": "image/gif", "emf": "image/x-emf", "wmf": "image/x-wmf",
		"bin": spreadsheet + "printerSettings",
	}
)

const spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml."

// guessTypes makes a list of types for a package without one.
func (p *Package) guessTypes() {
	for _, extension := range []string{"rels", "xml"} {
		p.SetDefault(extension, typeOfExtension[extension])
	}
	for _, name := range p.Names() {
		extension := strings.TrimPrefix(path.Ext(name), ".")
		if t := typeOfExtension[extension]; t != "" {
			p.SetDefault(extension, t)
		}
		list, err := p.Relations(partWith(name))
		if err != nil || !strings.HasSuffix(name, ".rels") {
			continue
		}
		for _, r := range list {
			if t := typeOf[r.Kind()]; t != "" && p.Has(r.Target) {
				p.SetType(r.Target, t)
			}
		}
	}
}

// partWith is the part whose relations a part lists.
func partWith(name string) string {
	dir, file := path.Split(name)
	return strings.TrimSuffix(dir, "_rels/") + strings.TrimSuffix(file, ".rels")
}

package reader

import (
	"slices"
	"sync"

	"nianbao/convert/form"
)

// label is a label of the form with everything that it is recognised by.
type label struct {
	official string
	wording  string
	cores    []string // of the official wording and of its variants
}

func newLabel(official string, variants []string) label {
	l := label{official, wording(official), []string{core(official)}}
	for _, v := range variants {
		l.cores = append(l.cores, core(v))
	}
	return l
}

func (l label) matches(core string) bool { return slices.Contains(l.cores, core) }

// headLabel is a leaf of a block's head.
type headLabel struct {
	label
	row    string // the row that its group names, or ""
	column form.Column
	groups []label // the labels above it, innermost first
}

// stubLabel is a leaf of a block's stub.
type stubLabel struct {
	label
	row    string
	groups []label // the labels left of it, innermost first
}

// blockIndex is a block with its labels ready to be found.
type blockIndex struct {
	head []headLabel
	stub []stubLabel
	any  map[string]bool // cores of all labels of the head, groups included
	once []label         // of those, the ones that stand there once
}

// tableIndex is a table with its blocks ready to be found.
type tableIndex struct {
	*form.Table
	blocks []blockIndex
}

// formIndex is a form with its labels ready to be found.
type formIndex struct {
	*form.Form
	tables   []tableIndex
	sections []label
	captions map[string]bool // cores of what stands above the blocks of tables
}

var indexed sync.Map // *formIndex by *form.Form

// indexes are all forms, newest first.
func indexes() []*formIndex {
	var all []*formIndex
	for _, f := range form.All() {
		x, ok := indexed.Load(f)
		if !ok {
			x, _ = indexed.LoadOrStore(f, indexForm(f))
		}
		all = append(all, x.(*formIndex))
	}
	return all
}

func indexForm(f *form.Form) *formIndex {
	x := &formIndex{Form: f, captions: map[string]bool{}}
	for _, s := range f.Sections {
		x.sections = append(x.sections, newLabel(s.Label, s.Variants))
	}
	for i := range f.Tables {
		t := tableIndex{Table: &f.Tables[i]}
		for _, b := range f.Tables[i].Blocks {
			x.captions[core(b.Title)], x.captions[core(b.Corner)] = true, true
			t.blocks = append(t.blocks, indexBlock(b))
		}
		x.tables = append(x.tables, t)
	}
	return x
}

func indexBlock(b form.Block) blockIndex {
	x := blockIndex{any: map[string]bool{}}
	var all []label
	var head func(nodes []form.Node, row string, groups []label)
	head = func(nodes []form.Node, row string, groups []label) {
		for _, n := range nodes {
			l := newLabel(n.Label, n.Variants)
			for _, c := range l.cores {
				x.any[c] = true
			}
			all = append(all, l)
			key := row
			if n.Row != "" {
				key = n.Row
			}
			if n.Column != "" {
				c := form.Column{Key: n.Column, Label: n.Label, Kind: n.Kind, Unit: n.Unit, Means: n.Means}
				x.head = append(x.head, headLabel{l, key, c, groups})
			}
			head(n.Items, key, append([]label{l}, groups...))
		}
	}
	head(b.Head, "", nil)
	for i, l := range all {
		alone := true
		for k, m := range all {
			alone = alone && (k == i || !m.matches(l.cores[0]))
		}
		if alone {
			x.once = append(x.once, l)
		}
	}

	var stub func(nodes []form.Node, groups []label)
	stub = func(nodes []form.Node, groups []label) {
		for _, n := range nodes {
			l := newLabel(n.Label, n.Variants)
			if n.Row != "" {
				x.stub = append(x.stub, stubLabel{l, n.Row, groups})
			}
			stub(n.Items, append([]label{l}, groups...))
		}
	}
	stub(b.Stub, nil)
	return x
}

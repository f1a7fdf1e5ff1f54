package workbook

import (
	"bytes"
	"context"
	"encoding/xml"
	"path"
	"regexp"
	"strings"
)

// excelize mixes up the comments of sheets when a workbook numbers its parts in
// another way than it does itself, as LibreOffice and openpyxl do. So the comments
// that a submission has are read here and taken out of the package before excelize
// opens it; they are then written anew together with ours.

// Comment is a comment of the submission.
type Comment struct {
	Author, Text string
}

// Comments are the comments of one sheet, by the address of their cell.
type Comments map[string]Comment

// TakeComments reads the comments of all sheets and says what to change in the
// package to take them out. A sheet whose drawing of comments holds controls too,
// such as buttons, keeps it; its name is in fixed and no comment can be added.
func (b *Book) TakeComments(ctx context.Context) (all map[string]Comments, changes repacking, fixed map[string]bool, err error) {
	all, fixed = map[string]Comments{}, map[string]bool{}
	changes = repacking{drop: map[string]bool{}, edit: map[string]func([]byte) []byte{}}
	for _, g := range b.Sheets {
		rels, err := b.relations(ctx, g.part)
		if err != nil {
			return nil, changes, nil, err
		}
		var parts, drawings []string
		for _, r := range rels {
			switch r.kind {
			case "comments", "threadedComment":
				parts = append(parts, r.target)
			case "vmlDrawing":
				drawings = append(drawings, r.target)
			}
			if r.kind != "comments" {
				continue
			}
			if all[g.Name], err = b.readComments(ctx, r.target); err != nil {
				return nil, changes, nil, err
			}
		}
		if len(parts) == 0 {
			continue
		}
		if plain, err := b.onlyComments(ctx, drawings); err != nil || !plain {
			fixed[g.Name] = true
			delete(all, g.Name)
			continue
		}
		for _, p := range append(parts, drawings...) {
			changes.drop[p] = true
		}
		dir, file := path.Split(g.part)
		changes.edit[dir+"_rels/"+file+".rels"] = dropRelations
		changes.edit[g.part] = dropLegacyDrawing
	}
	if len(changes.drop) > 0 {
		changes.edit["[content_types].xml"] = func(src []byte) []byte { return dropOverrides(src, changes.drop) }
	}
	return all, changes, fixed, nil
}

func (b *Book) readComments(ctx context.Context, part string) (Comments, error) {
	var authors []string
	found := Comments{}
	var now Comment
	var at string
	err := b.elements(ctx, part, func(e xml.StartElement, d *xml.Decoder) (bool, error) {
		switch e.Name.Local {
		case "author":
			s, err := b.elementText(d)
			authors = append(authors, s)
			return true, err
		case "comment":
			at, now = attr(e, "ref"), Comment{}
			if i := indexIn(attr(e, "authorId"), len(authors)); i >= 0 {
				now.Author = authors[i]
			}
		case "text":
			s, err := b.richText(d)
			now.Text = s
			if at != "" {
				found[at] = now
			}
			return true, err
		}
		return false, nil
	})
	return found, err
}

// elementText reads the text of an element up to its end.
func (b *Book) elementText(d *xml.Decoder) (string, error) {
	var s strings.Builder
	for depth := 1; depth > 0; {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			s.Write(t)
		}
	}
	return s.String(), nil
}

// onlyComments reports whether the drawings hold nothing but comments.
func (b *Book) onlyComments(ctx context.Context, drawings []string) (bool, error) {
	plain := true
	for _, part := range drawings {
		err := b.elements(ctx, part, func(e xml.StartElement, _ *xml.Decoder) (bool, error) {
			if e.Name.Local == "ClientData" && attr(e, "ObjectType") != "Note" {
				plain = false
			}
			return false, nil
		})
		if err != nil {
			return false, err
		}
	}
	return plain, nil
}

// element matches an element that has no content, with its end tag if it has one.
func element(name string) *regexp.Regexp {
	return regexp.MustCompile(`<(?:[A-Za-z0-9]+:)?` + name + `\b[^<>]*?(?:/>|>\s*</(?:[A-Za-z0-9]+:)?` + name + `>)`)
}

var (
	relationship  = element("Relationship")
	legacyDrawing = element("legacyDrawing")
	override      = element("Override")
	commentKinds  = regexp.MustCompile(`Type\s*=\s*["'][^"']*/(?:comments|threadedComment|vmlDrawing)["']`)
	overridden    = regexp.MustCompile(`PartName\s*=\s*["']([^"']*)["']`)
)

func dropRelations(src []byte) []byte {
	return relationship.ReplaceAllFunc(src, func(e []byte) []byte {
		if commentKinds.Match(e) {
			return nil
		}
		return e
	})
}

func dropLegacyDrawing(src []byte) []byte {
	if !bytes.Contains(src, []byte("legacyDrawing")) {
		return src
	}
	return legacyDrawing.ReplaceAll(src, nil)
}

func dropOverrides(src []byte, parts map[string]bool) []byte {
	return override.ReplaceAllFunc(src, func(e []byte) []byte {
		if m := overridden.FindSubmatch(e); m != nil && parts[partName("", string(m[1]))] {
			return nil
		}
		return e
	})
}

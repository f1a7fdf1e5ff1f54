package docx

import (
	"archive/zip"
	"io"
	"strings"

	"nianbao/convert/document"
)

// The namespaces of a document's parts.
const (
	namespace  = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relations  = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	namespaces = `xmlns:w="` + namespace + `" xmlns:r="` + relations + `" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"`
	packages = "http://schemas.openxmlformats.org/package/2006/"
)

// producer is the program that a document names as the one that wrote it. Programs that
// change the document put their own name there.
const producer = "nianbao"

// part is a part of the package.
type part struct {
	name    string // without a slash in front
	kind    string // its type, behind application/vnd.openxmlformats-; "" for one whose type goes by its extension
	of      string // the last word of the type of the relation that leads to it
	id      string // of that relation
	content string
}

// pack puts the parts of a document into a file, in a fixed order.
func pack(w io.Writer, d *document.Document, b *body) error {
	const word = "officedocument.wordprocessingml."
	top := []part{
		{"word/document.xml", word + "document.main+xml", "officeDocument", "document", b.String()},
		{"docProps/app.xml", "officedocument.extended-properties+xml", "extended-properties", "app", appPart},
		{"docProps/core.xml", "package.core-properties+xml", "core-properties", "core", corePart(d)},
	}
	below := []part{
		{"word/styles.xml", word + "styles+xml", "styles", "styles", stylesPart()},
		{"word/settings.xml", word + "settings+xml", "settings", "settings", settingsPart},
		{"word/fontTable.xml", word + "fontTable+xml", "fontTable", "fonts", fontsPart()},
	}
	for i, s := range sides {
		if d.Draft != "" {
			below = append(below, part{"word/" + s.header, word + "header+xml", "header", s.idOfTop, s.headerPart(i+1, d.Draft)})
		}
		below = append(below, part{"word/" + s.footer, word + "footer+xml", "footer", s.idOfEnd, s.footerPart()})
	}
	for i, p := range b.pictures {
		below = append(below, part{"word/" + pictureFile(i+1, p), "", "image", pictureID(i + 1), string(p.Bytes)})
	}
	all := append(top, below...)
	z := zip.NewWriter(w)
	write := func(name, content string) error {
		method := zip.Deflate
		if strings.HasPrefix(name, "word/media/") {
			method = zip.Store // pictures are packed already
		} else {
			content = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n" + content
		}
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: method})
		if err != nil {
			return err
		}
		_, err = io.WriteString(f, content)
		return err
	}
	if err := write("[Content_Types].xml", typesPart(all)); err != nil {
		return err
	}
	if err := write("_rels/.rels", relationsPart(top, "")); err != nil {
		return err
	}
	if err := write("word/_rels/document.xml.rels", relationsPart(below, "word/")); err != nil {
		return err
	}
	for _, p := range all {
		if err := write(p.name, p.content); err != nil {
			return err
		}
	}
	return z.Close()
}

// typesPart is the list of the parts' types.
func typesPart(all []part) string {
	s := `<Types xmlns="` + packages + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="jpeg" ContentType="image/jpeg"/>`
	for _, p := range all {
		if p.kind != "" {
			s += `<Override PartName="/` + p.name + `" ContentType="application/vnd.openxmlformats-` + p.kind + `"/>`
		}
	}
	return s + `</Types>`
}

// relationsPart lists relations to parts, named as seen from the given folder.
func relationsPart(to []part, folder string) string {
	s := `<Relationships xmlns="` + packages + `relationships">`
	for _, p := range to {
		kind := relations + "/" + p.of
		if p.of == "core-properties" {
			kind = packages + "relationships/metadata/core-properties"
		}
		s += `<Relationship Id="` + p.id + `" Type="` + kind + `" Target="` + strings.TrimPrefix(p.name, folder) + `"/>`
	}
	return s + `</Relationships>`
}

// appPart says which program wrote the document.
const appPart = `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>` + producer + `</Application></Properties>`

// corePart has the document's title and whose it is: no person and no date.
func corePart(d *document.Document) string {
	return `<cp:coreProperties xmlns:cp="` + packages + `metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">` +
		`<dc:title>` + escaped(d.Title) + `</dc:title><dc:subject>` + document.Subject + `</dc:subject><dc:creator>` + escaped(d.Organization) + `</dc:creator>` +
		`<cp:keywords>` + escaped(d.Keywords()) + `</cp:keywords><dc:language>zh-CN</dc:language></cp:coreProperties>`
}

// settingsPart are the settings: pages at the left are numbered at the left, and marks at
// a line's end may be set closer, as the standard for punctuation allows.
const settingsPart = `<w:settings xmlns:w="` + namespace + `"><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>` +
	`<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:useFELayout/>` +
	`<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>` +
	`<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>`

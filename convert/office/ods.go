package office

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// LibreOffice fetches what a document links to: a picture on another machine tells
// that the document was opened, and one on this machine ends in what is made of the
// document. So the package is written anew before LibreOffice sees it, with what the
// cells hold, how they look, and the pictures in it; whatever leads out of it, runs or
// is embedded in a format of its own is left out.

const (
	spreadsheet = "application/vnd.oasis.opendocument.spreadsheet"
	mostXML     = 128 << 20 // bytes of a part: LibreOffice takes some ten times as much
	mostPicture = 64 << 20  // bytes of all pictures
)

var errMarkup = errors.New("not the markup that an OpenDocument spreadsheet has")

// withoutLinks is an OpenDocument spreadsheet without what leads out of it.
func withoutLinks(ctx context.Context, src []byte) ([]byte, error) {
	in, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return nil, err
	}
	pictures, kinds, err := picturesIn(in)
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	write := func(name string, content []byte, method uint16) {
		if err != nil {
			return
		}
		var to io.Writer
		if to, err = w.CreateHeader(&zip.FileHeader{Name: name, Method: method}); err == nil {
			_, err = to.Write(content)
		}
	}
	write("mimetype", []byte(spreadsheet), zip.Store) // the first, and not packed
	list := entry("/", spreadsheet)
	for _, name := range []string{"content.xml", "styles.xml"} {
		part, readErr := read(in, name, mostXML)
		if err = errors.Join(err, readErr); err != nil {
			return nil, err
		}
		if part == nil {
			continue
		}
		if part, err = cut(ctx, part, pictures); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		write(name, part, zip.Deflate)
		list += entry(name, "text/xml")
	}
	for _, name := range slices.Sorted(maps.Keys(pictures)) {
		write(name, pictures[name], zip.Store)
		list += entry(name, kinds[name])
	}
	const head = `<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">`
	write("META-INF/manifest.xml", []byte(head+list+`</manifest:manifest>`), zip.Deflate)
	err = errors.Join(err, w.Close())
	return out.Bytes(), err
}

// entry is a line of the list of parts.
func entry(name, kind string) string {
	return `<manifest:file-entry manifest:full-path="` + name + `" manifest:media-type="` + kind + `"/>`
}

// read reads a part of no more than so many bytes; nil when there is none.
func read(in *zip.Reader, name string, most int64) ([]byte, error) {
	i := slices.IndexFunc(in.File, func(f *zip.File) bool { return f.Name == name })
	if i < 0 {
		return nil, nil
	}
	return unpack(in.File[i], most)
}

// unpack reads a part of no more than so many bytes.
func unpack(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, most+1))
	if err == nil && int64(len(b)) > most {
		err = fmt.Errorf("%s: more than %d bytes", f.Name, most)
	}
	return b, err
}

// picture matches the names of pictures that are kept.
var picture = regexp.MustCompile(`^Pictures/[A-Za-z0-9_-]+(\.[A-Za-z0-9]+)?$`)

// pictureKinds are how pictures begin that link to nothing: an SVG may.
var pictureKinds = map[string]string{"\x89PNG": "image/png", "\xFF\xD8\xFF": "image/jpeg", "GIF8": "image/gif", "BM": "image/bmp"}

// picturesIn are the pictures in the package, with their kinds.
func picturesIn(in *zip.Reader) (all map[string][]byte, kinds map[string]string, err error) {
	all, kinds = map[string][]byte{}, map[string]string{}
	left := int64(mostPicture)
	for _, f := range in.File {
		if !picture.MatchString(f.Name) || all[f.Name] != nil {
			continue
		}
		b, err := unpack(f, left)
		if err != nil {
			return nil, nil, err
		}
		left -= int64(len(b))
		for head, kind := range pictureKinds {
			if bytes.HasPrefix(b, []byte(head)) {
				all[f.Name], kinds[f.Name] = b, kind
			}
		}
	}
	return all, kinds, nil
}

// leftOut are the elements that are left out with all that is in them, by their names
// without the prefix.
var leftOut = map[string]bool{
	"scripts": true, "event-listeners": true, "forms": true, "dde-links": true, "dde-source": true, "table-source": true,
	"cell-range-source": true, "floating-frame": true, "plugin": true, "applet": true, "object": true, "object-ole": true, "binary-data": true,
}

// outside matches a formula with a reference to another file, or a function that asks
// another program.
var outside = regexp.MustCompile(`(?i)webservice|dde|filterxml|["']\s*#|\][^\s\])+*/^&=<>,;:!|~{}"-]`)

// cut copies a part without the elements and attributes that lead out of the package.
// It goes by the names behind the prefixes, which a document chooses.
func cut(ctx context.Context, src []byte, pictures map[string][]byte) ([]byte, error) {
	if bytes.IndexByte(src, 0) >= 0 || bytes.Contains(src, []byte("<!DOCTYPE")) || !isUTF8(src) {
		return nil, errMarkup // what cannot be seen through is not handed on
	}
	out := make([]byte, 0, len(src))
	skipping := 0 // how deep inside what is left out
	keep := func(b []byte) {
		if skipping == 0 {
			out = append(out, b...)
		}
	}
	for tags := 0; len(src) > 0; tags++ {
		if tags%(1<<16) == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		i := bytes.IndexByte(src, '<')
		if i < 0 {
			keep(src)
			break
		}
		keep(src[:i])
		src = src[i:]
		n := tagLength(src)
		if n < 0 {
			return nil, errMarkup
		}
		tag := src[:n]
		src = src[n:]
		switch {
		case bytes.HasPrefix(tag, []byte("<![CDATA[")):
			keep(tag)
		case tag[1] == '!', tag[1] == '?': // comments and instructions; UTF-8 needs none
		case tag[1] == '/':
			if skipping > 0 {
				skipping--
			} else {
				out = append(out, tag...)
			}
		default:
			closed := tag[n-2] == '/'
			if skipping > 0 || leftOut[local(tagName(tag))] {
				if !closed {
					skipping++
				}
				continue
			}
			var err error
			if out, err = appendTag(out, tag, pictures); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// encoding matches the encoding that a part says it is in.
var encoding = regexp.MustCompile(`^(?:\xEF\xBB\xBF)?<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']`)

func isUTF8(src []byte) bool {
	m := encoding.FindSubmatch(src[:min(len(src), 1<<10)])
	return m == nil || strings.EqualFold(string(m[1]), "utf-8")
}

// tagLength is how long the tag, comment or the like is that src begins with; -1 when
// it has no end.
func tagLength(src []byte) int {
	for _, c := range [][2]string{{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}} {
		if bytes.HasPrefix(src, []byte(c[0])) {
			i := bytes.Index(src[len(c[0]):], []byte(c[1]))
			if i < 0 {
				return -1
			}
			return len(c[0]) + i + len(c[1])
		}
	}
	if len(src) < 3 {
		return -1
	}
	quote := byte(0)
	for i, c := range src {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"', c == '\'':
			quote = c
		case c == '>':
			if i < 2 {
				return -1
			}
			return i + 1
		}
	}
	return -1
}

func tagName(tag []byte) string {
	end := bytes.IndexAny(tag, " \t\r\n/>")
	return string(tag[1:end])
}

// local is a name without its prefix.
func local(name string) string { return name[strings.IndexByte(name, ':')+1:] }

// attribute matches the next attribute of a tag, with the blanks before it.
var attribute = regexp.MustCompile(`^[ \t\r\n]+([^ \t\r\n=<>"'/]+)[ \t\r\n]*=[ \t\r\n]*("[^"<]*"|'[^'<]*')`)

// appendTag appends a start tag without the attributes that lead out of the package.
func appendTag(out, tag []byte, pictures map[string][]byte) ([]byte, error) {
	name := tagName(tag)
	if name == "" {
		return nil, errMarkup
	}
	end := 1 + len(name)
	out = append(out, tag[:end]...)
	for rest := tag[end:]; ; {
		m := attribute.FindSubmatchIndex(rest)
		if m == nil {
			if tail := strings.TrimSpace(string(rest)); tail != ">" && tail != "/>" {
				return nil, errMarkup
			}
			return append(out, rest...), nil
		}
		value := html.UnescapeString(string(rest[m[4]+1 : m[5]-1]))
		if mayStand(local(name), local(string(rest[m[2]:m[3]])), value, pictures) {
			out = append(out, rest[:m[1]]...)
		}
		rest = rest[m[1]:]
	}
}

// mayStand reports whether an attribute leads nowhere out of the package. A link that a
// reader may follow is not followed by LibreOffice.
func mayStand(element, name, value string, pictures map[string][]byte) bool {
	switch name {
	case "href":
		_, kept := pictures[path.Clean(value)]
		return element == "a" || kept
	case "formula", "condition", "expression", "base-cell-address":
		return !outside.MatchString(value)
	case "database-name", "connection-resource", "base":
		return false
	}
	return true
}

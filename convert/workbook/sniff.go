package workbook

import (
	"bytes"
	"cmp"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"nianbao/convert/message"
	"nianbao/convert/workbook/biff"
)

// Format is what a file is, told from its content: names lie.
type Format string

// The formats that are told apart.
const (
	XLSX      Format = "xlsx"
	DOCX      Format = "docx"      // a Word document
	Encrypted Format = "encrypted" // an XLSX workbook that opens with a password
	XLS       Format = "xls"       // and WPS's .et
	DOC       Format = "doc"       // a Word document of old, and WPS's .wps
	ODS       Format = "ods"
	Archive   Format = "zip"  // an archive of files, which package archive opens
	JSON      Format = "json" // a report as this program writes it, most likely
	Empty     Format = "empty"
	Text      Format = "text" // CSV, most often
	Other     Format = "other"
)

// Readable reports whether Open reads the format as it is.
func (f Format) Readable() bool { return f == XLSX || f == DOCX || f == XLS }

// Sniff tells a file's format from its content.
func Sniff(src []byte) Format {
	f, _ := SniffNamed(src)
	return f
}

// SniffNamed also gives a name that people know for Other: PDF, PNG.
func SniffNamed(src []byte) (f Format, name string) {
	head := func(s string) bool { return bytes.HasPrefix(src, []byte(s)) }
	switch {
	case len(src) == 0:
		return Empty, ""
	case head("PK\x03\x04"), head("PK\x05\x06"):
		return sniffZip(src)
	case isCompound(src):
		return sniffCompound(src)
	case head("%PDF-"):
		return Other, "PDF"
	case head("\x89PNG"):
		return Other, "PNG"
	case head("\xFF\xD8\xFF"):
		return Other, "JPEG"
	case head("GIF8"):
		return Other, "GIF"
	case head("Rar!"):
		return Other, "RAR"
	case head("7z\xBC\xAF"):
		return Other, "7z"
	case head("\x1F\x8B"):
		return Other, "gzip"
	case head("{\\rtf"):
		return Other, "RTF"
	}
	start := bytes.ToLower(bytes.TrimLeft(src[:min(len(src), 1024)], "\xEF\xBB\xBF \t\r\n"))
	for _, tag := range []string{"<html", "<!doctype html", "<table", "<meta", "<!--"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return Other, "HTML"
		}
	}
	if bytes.HasPrefix(start, []byte("mime-version:")) {
		return Other, "MHTML"
	}
	if bytes.HasPrefix(start, []byte("<?xml")) {
		return Other, "XML"
	}
	if bytes.HasPrefix(start, []byte("{")) && utf8.Valid(src) || bytes.HasPrefix(start, []byte("[")) && json.Valid(src) {
		return JSON, ""
	}
	if looksLikeText(src) {
		return Text, ""
	}
	return Other, ""
}

// isCompound reports whether the file is a compound file, as Office used to write.
func isCompound(src []byte) bool {
	return bytes.HasPrefix(src, []byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
}

// compoundStreams are what lies in compound files, by its lower-case name, and what
// that makes of them.
var compoundStreams = map[string]struct {
	format Format
	name   string
}{
	"workbook": {XLS, ""}, "book": {XLS, ""}, "encryptedpackage": {Encrypted, ""}, "worddocument": {DOC, ""},
	"powerpoint document": {Other, "PowerPoint (.ppt)"}, "__properties_version1.0": {Other, "Outlook (.msg)"},
}

func sniffCompound(src []byte) (Format, string) {
	names, err := biff.Streams(src)
	if err != nil {
		return XLS, "" // a damaged one: opening it says so
	}
	for _, n := range names {
		if known, ok := compoundStreams[strings.ToLower(n)]; ok {
			return known.format, known.name
		}
	}
	return Other, ""
}

func sniffZip(src []byte) (Format, string) {
	z, err := openPackage(src)
	if err != nil {
		return XLSX, "" // a damaged one: opening it says so
	}
	var names []string
	for _, f := range z.File {
		names = append(names, f.Name)
	}
	return SniffParts(names)
}

// SniffParts tells the format of a zip file from the names of what is in it.
func SniffParts(names []string) (Format, string) {
	for _, name := range names {
		name = partName("", name)
		switch {
		case strings.HasPrefix(name, documentFolder):
			return DOCX, ""
		case strings.HasPrefix(name, "ppt/"):
			return Other, "PowerPoint (.pptx)"
		case name == "xl/workbook.bin":
			return Other, "XLSB"
		case name == "xl/workbook.xml":
			return XLSX, ""
		case name == "content.xml":
			return ODS, ""
		}
	}
	if len(names) > 0 && partName("", names[0]) == "mimetype" {
		return ODS, ""
	}
	for _, name := range names {
		if name = partName("", name); name == "_rels/.rels" || name == "[content_types].xml" {
			return XLSX, "" // or another package: opening it says so
		}
	}
	return Archive, ""
}

// extensions are those of the files that are opened, or that LibreOffice converts.
var extensions = []string{".xlsx", ".xlsm", ".xls", ".et", ".ods", ".docx", ".docm", ".doc", ".wps"}

// Named reports whether a file may be opened by its name.
func Named(name string) bool { return slices.Contains(extensions, strings.ToLower(path.Ext(name))) }

// Extensions are those of the files that may be opened by their names.
func Extensions() []string { return slices.Clone(extensions) }

// looksLikeText reports whether the file could be CSV: no NUL near its start.
// Chinese CSV is as often GBK as UTF-8, so encoding is no test.
func looksLikeText(src []byte) bool {
	start := src[:min(len(src), 4096)]
	return !bytes.ContainsRune(start, 0) && (utf8.Valid(start) || bytes.ContainsAny(start, ",\t\n"))
}

// documentFolder is the folder of a Word document's parts.
const documentFolder = "word/"

// Refuse is the error for a file that Open does not read.
func Refuse(f Format, name string) error {
	if f == Archive || name == "RAR" || name == "7z" || name == "gzip" {
		return message.NewError("archive.packed", cmp.Or(name, "zip"))
	}
	if f == Other && name != "" {
		return message.NewError("read.format.named", name)
	}
	return message.NewError("read.format." + string(f))
}

package xlsx

import (
	"archive/zip"
	"bytes"
	"strings"
	"unicode/utf8"

	"nianbao/convert/message"
)

// format is what a file is, told from its content: names lie.
type format string

const (
	formatXLSX      format = "xlsx"
	formatEncrypted format = "encrypted"
	formatXLS       format = "xls" // and WPS's .et
	formatODS       format = "ods"
	formatEmpty     format = "empty"
	formatText      format = "text" // CSV, most often
	formatOther     format = "other"
)

// sniff tells a file's format from its content. For formatOther it also gives a
// name that people know: PDF, PNG.
func sniff(src []byte) (f format, name string) {
	head := func(s string) bool { return bytes.HasPrefix(src, []byte(s)) }
	switch {
	case len(src) == 0:
		return formatEmpty, ""
	case head("PK\x03\x04"), head("PK\x05\x06"):
		return sniffZip(src)
	case head("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"):
		if bytes.Contains(src, utf16("EncryptedPackage")) {
			return formatEncrypted, ""
		}
		if bytes.Contains(src, utf16("WordDocument")) {
			return formatOther, "Word (.doc)"
		}
		return formatXLS, ""
	case head("%PDF-"):
		return formatOther, "PDF"
	case head("\x89PNG"):
		return formatOther, "PNG"
	case head("\xFF\xD8\xFF"):
		return formatOther, "JPEG"
	case head("GIF8"):
		return formatOther, "GIF"
	case head("Rar!"):
		return formatOther, "RAR"
	case head("7z\xBC\xAF"):
		return formatOther, "7z"
	case head("{\\rtf"):
		return formatOther, "RTF"
	}
	start := bytes.ToLower(bytes.TrimLeft(src[:min(len(src), 1024)], "\xEF\xBB\xBF \t\r\n"))
	for _, tag := range []string{"<html", "<!doctype html", "<table", "<meta"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return formatOther, "HTML"
		}
	}
	if bytes.HasPrefix(start, []byte("<?xml")) {
		return formatOther, "XML"
	}
	if looksLikeText(src) {
		return formatText, ""
	}
	return formatOther, ""
}

func sniffZip(src []byte) (format, string) {
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return formatXLSX, "" // a damaged one: opening it says so
	}
	for _, f := range z.File {
		name := partName("", f.Name)
		switch {
		case strings.HasPrefix(name, "word/"):
			return formatOther, "Word (.docx)"
		case strings.HasPrefix(name, "ppt/"):
			return formatOther, "PowerPoint (.pptx)"
		case name == "xl/workbook.bin":
			return formatOther, "XLSB"
		case name == "xl/workbook.xml":
			return formatXLSX, ""
		case name == "content.xml":
			return formatODS, ""
		}
	}
	if len(z.File) > 0 && partName("", z.File[0].Name) == "mimetype" {
		return formatODS, ""
	}
	return formatXLSX, "" // or any zip: opening it says so
}

// looksLikeText reports whether the file could be CSV: no NUL near its start.
// Chinese CSV is as often GBK as UTF-8, so encoding is no test.
func looksLikeText(src []byte) bool {
	start := src[:min(len(src), 4096)]
	return !bytes.ContainsRune(start, 0) && (utf8.Valid(start) || bytes.ContainsAny(start, ",\t\n"))
}

func utf16(s string) []byte {
	b := make([]byte, 0, 2*len(s))
	for i := range len(s) {
		b = append(b, s[i], 0)
	}
	return b
}

// refuse is the error for a file that is no XLSX workbook.
func refuse(f format, name string) error {
	if f == formatOther && name != "" {
		return message.NewError("read.format.named", name)
	}
	return message.NewError("read.format." + string(f))
}

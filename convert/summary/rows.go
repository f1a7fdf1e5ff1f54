package summary

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/xml"
	"fmt"
	"html/template"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"nianbao/convert/report"
)

// A spreadsheet library keeps every cell in memory, or writes its parts in any
// order. So the workbook is made with empty sheets, and the rows are written into
// its file as they are read.

// rowWriter writes the rows of a worksheet.
type rowWriter struct {
	*bufio.Writer
	row    int
	column int
}

// rows writes the rows of one sheet.
type rows func(*rowWriter) error

// next begins a row that is so many lines of text high.
func (w *rowWriter) next(lines int) {
	w.end()
	w.row++
	w.column = 0
	fmt.Fprintf(w, `<row r="%d" ht="%d" customHeight="1">`, w.row, min(4+14*lines, 409))
}

func (w *rowWriter) end() {
	if w.row > 0 {
		w.WriteString("</row>")
	}
}

func (w *rowWriter) cell(style int, kind string) {
	w.column++
	w.WriteString(`<c r="`)
	w.WriteString(report.ColumnName(w.column))
	w.WriteString(strconv.Itoa(w.row))
	w.WriteString(`" s="`)
	w.WriteString(strconv.Itoa(style))
	w.WriteString(kind)
}

// mostText is less than a cell can hold.
const mostText = 8000

// escape is how spreadsheet programs write characters that XML cannot hold; a text
// that looks like one must not be read so.
var escape = regexp.MustCompile(`_(x[0-9A-Fa-f]{4}_)`)

// text writes a text, which is no formula whatever it begins with.
func (w *rowWriter) text(style int, s string) {
	if s == "" {
		w.cell(style, `"/>`)
		return
	}
	if len(s) > mostText {
		if r := []rune(s); len(r) > mostText {
			s = string(r[:mostText]) + "…"
		}
	}
	w.cell(style, `" t="inlineStr"><is><t xml:space="preserve">`)
	xml.EscapeText(w, []byte(escape.ReplaceAllString(s, "_x005F_$1")))
	w.WriteString("</t></is></c>")
}

// number writes an exact decimal, as text if it has more digits than spreadsheet
// programs keep.
func (w *rowWriter) number(style int, s string) {
	if len(s) > 15 {
		w.text(style, s)
		return
	}
	w.cell(style, `"><v>`)
	w.WriteString(s)
	w.WriteString("</v></c>")
}

func (w *rowWriter) int(style int, n int) { w.number(style, strconv.Itoa(n)) }

// link writes a link to an output. Real links of a worksheet are limited to 65,530.
func (w *rowWriter) link(style int, name, text string) {
	target := short(name)
	if strings.HasPrefix(target, "//") { // a share, which Excel knows by this alone
		target = strings.ReplaceAll(target, "/", `\`)
	}
	target = strings.NewReplacer("%", "%25", "#", "%23").Replace(target)
	if name == "" || len([]rune(target)) > 255 { // of a text in a formula
		w.text(style, name)
		return
	}
	quote := func(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }
	w.cell(style, `" t="str"><f>`)
	xml.EscapeText(w, []byte("HYPERLINK("+quote(target)+","+quote(text)+")"))
	w.WriteString("</f><v>")
	xml.EscapeText(w, []byte(text))
	w.WriteString("</v></c>")
}

// short is a whole path of Windows as other programs know it, which do not know its long
// form.
func short(name string) string {
	if share, ok := strings.CutPrefix(name, "//?/UNC/"); ok {
		return "//" + share
	}
	return strings.TrimPrefix(name, "//?/")
}

// driveLetter matches how a path on another volume of Windows begins.
var driveLetter = regexp.MustCompile(`^[A-Za-z]:/`)

// href is a link to an output for a browser, whatever the output's name is: one that is
// seen from the folder of the summary or, on another volume of Windows, a whole path.
func href(name string) template.URL {
	name = short(name)
	var parts []string
	for p := range strings.SplitSeq(name, "/") {
		parts = append(parts, url.PathEscape(p))
	}
	link := strings.Join(parts, "/")
	switch {
	case driveLetter.MatchString(name):
		link = "file:///" + link
	case strings.HasPrefix(name, "//"): // a share: the host stands first
		link = "file:" + link
	case strings.Contains(parts[0], ":"): // it is no scheme
		link = "./" + link
	}
	return template.URL(link)
}

// fillSheets writes the workbook src to the named file with rows in its sheets,
// which are given by their numbers.
func fillSheets(name string, src []byte, sheets map[int]rows) error {
	in, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil {
		return err
	}
	return WriteFile(name, func(w io.Writer) error {
		out := zip.NewWriter(w)
		for _, f := range in.File {
			var n int
			_, err := fmt.Sscanf(f.Name, "xl/worksheets/sheet%d.xml", &n)
			fill, ok := sheets[n]
			switch {
			case err == nil && ok:
				err = fillSheet(out, f, fill)
			case f.Name == contentTypes:
				err = sortTypes(out, f)
			default:
				err = out.Copy(f)
			}
			if err != nil {
				return err
			}
		}
		return out.Close()
	})
}

// contentTypes is the part that lists the others, which the library writes in any
// order.
const contentTypes = "[Content_Types].xml"

var typeEntry = regexp.MustCompile(`<(?:Default|Override) [^>]*></(?:Default|Override)>`)

func sortTypes(out *zip.Writer, f *zip.File) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	list, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	types := typeEntry.FindAllString(string(list), -1)
	slices.Sort(types)
	n := 0
	sorted := typeEntry.ReplaceAllStringFunc(string(list), func(string) string { n++; return types[n-1] })
	dst, err := out.Create(f.Name)
	if err != nil {
		return err
	}
	_, err = io.WriteString(dst, sorted)
	return err
}

// noRows is how the library writes a sheet without rows.
var noRows = []byte("<sheetData></sheetData>")

func fillSheet(out *zip.Writer, f *zip.File, fill rows) error {
	r, err := f.Open()
	if err != nil {
		return err
	}
	defer r.Close()
	frame, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	before, after, ok := bytes.Cut(frame, noRows)
	if !ok {
		return fmt.Errorf("%s has rows", f.Name)
	}
	dst, err := out.Create(f.Name)
	if err != nil {
		return err
	}
	w := &rowWriter{Writer: bufio.NewWriterSize(dst, 1<<16)}
	w.Write(before)
	w.WriteString("<sheetData>")
	if err := fill(w); err != nil {
		return err
	}
	w.end()
	w.WriteString("</sheetData>")
	w.Write(after)
	return w.Flush()
}

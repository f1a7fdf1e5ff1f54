//go:build interop

package reader

import (
	"archive/zip"
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"nianbao/convert/report"
)

// A rewriter writes sketches as packages in ways that the format allows and programs
// differ in, all of them at random.
type rewriter struct {
	*rand.Rand
	prefix  string // of the spreadsheet's elements: "" or x:
	rel     string // of the relationships' attribute
	strings []string
	names   struct{ workbook, styles, shared, sheets string }
}

// rewrite is a workbook of a sketch.
func rewrite(k sketch, seed uint64) []byte {
	w := &rewriter{Rand: rand.New(rand.NewPCG(seed, 14)), rel: "r"}
	w.prefix = w.one("", "", "x:", "main:")
	w.rel = w.one("r", "r", "rel")
	w.names.workbook = w.one("xl/workbook.xml", "xl/workbook.xml", "book/Main.xml", "workbook.xml")
	dir := w.names.workbook[:strings.LastIndexByte(w.names.workbook, '/')+1]
	w.names.styles = "xl/styles.xml" // openpyxl looks nowhere else
	w.names.shared = dir + w.one("sharedStrings.xml", "text.xml", "a/b/strings.xml")
	w.names.sheets = dir + w.one("worksheets/sheet%d.xml", "worksheets/sheet%d.xml", "ws/%d.xml", "tab-%d.xml")
	return w.book(k, dir)
}

func (w *rewriter) one(of ...string) string { return of[w.IntN(len(of))] }

// often is true n times in m.
func (w *rewriter) often(n, m int) bool { return w.IntN(m) < n }

// e is an element of a spreadsheet with its attributes, key and value in turn, in any
// order; one without content may end at once.
func (w *rewriter) e(name, content string, attrs ...string) string {
	var pairs []string
	for i := 0; i < len(attrs); i += 2 {
		q := w.one(`"`, `"`, "'")
		pairs = append(pairs, " "+w.one("", "", "\n ")+attrs[i]+"="+q+escaped(attrs[i+1])+q)
	}
	if !strings.Contains(strings.Join(attrs, " "), "xmlns") {
		w.Shuffle(len(pairs), func(i, j int) { pairs[i], pairs[j] = pairs[j], pairs[i] })
	}
	open := "<" + w.prefix + name + strings.Join(pairs, "")
	if content == "" && w.often(1, 2) {
		return open + w.one("", " ") + "/>"
	}
	return open + w.one("", "", " ") + ">" + content + "</" + w.prefix + name + w.one("", "", " ") + ">"
}

var (
	characters = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	attributes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;", "'", "&#39;", "\n", "&#10;")
)

func escaped(s string) string { return attributes.Replace(s) }

// text is a string's characters, some of them as references or as CDATA.
func (w *rewriter) text(s string) string {
	if w.often(1, 12) && !strings.Contains(s, "]]") && s != "" {
		return "<![CDATA[" + s + "]]>"
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case w.often(1, 40):
			fmt.Fprintf(&b, w.one("&#%d;", "&#x%X;"), r)
		case r == '\n' && w.often(1, 4):
			b.WriteString("_x000A_")
		default:
			b.WriteString(characters.Replace(string(r)))
		}
	}
	return b.String()
}

// item is a string's content in <si> or <is>: plain or in runs, perhaps with how it is
// pronounced, which is no part of it.
func (w *rewriter) item(s string) string {
	t := func(s string) string {
		return w.e("t", w.text(s), "xml:space", "preserve")
	}
	runes := []rune(s)
	var content string
	if len(runes) < 2 || w.often(1, 2) {
		content = t(s)
	} else {
		for len(runes) > 0 {
			n := 1 + w.IntN(len(runes))
			properties := ""
			if w.often(1, 2) {
				properties = w.e("rPr", w.e("b", "")+w.e("sz", "", "val", "11")+w.e("rFont", "", "val", "宋体"))
			}
			content += w.e("r", properties+t(string(runes[:n])))
			runes = runes[n:]
		}
	}
	if w.often(1, 10) {
		content += w.e("rPh", w.e("t", "ねんぽう"), "sb", "0", "eb", "1") + w.e("phoneticPr", "", "fontId", "1")
	}
	return content
}

// number writes a whole number as programs do.
func (w *rewriter) number(n int) string {
	s := fmt.Sprint(n)
	switch w.IntN(12) {
	case 0:
		return s + ".0"
	case 1:
		return fmt.Sprintf("%.15g", float64(n)) + "E0"
	case 2:
		return fmt.Sprintf("%e", float64(n))
	}
	return s
}

// value is a cell's kind and content. A total may be a formula, with a result or without.
func (w *rewriter) value(c sketchCell, total string) (kind, content string) {
	formula := c.Formula
	if formula == "" && total != "" && w.often(2, 3) {
		formula = total
	}
	switch v := c.Value.(type) {
	case int:
		if formula == "" {
			return w.one("", "", "n"), w.e("v", w.number(v))
		}
		if w.often(1, 3) { // no result is stored
			return "", w.e("f", escaped(formula))
		}
		return w.one("", "n"), w.e("f", escaped(formula)) + w.e("v", w.number(v))
	case string:
		switch {
		case formula != "":
			return "", w.e("f", escaped(formula))
		case w.often(1, 3):
			return "inlineStr", w.e("is", w.item(v))
		case w.often(1, 8):
			return "str", w.e("f", `"`+strings.ReplaceAll(escaped(v), "&quot;", `""`)+`"`) + w.e("v", strings.ReplaceAll(w.text(v), "_x000A_", "\n"), "xml:space", "preserve")
		}
		i := slices.Index(w.strings, v)
		if i < 0 || w.often(1, 4) {
			i = len(w.strings)
			w.strings = append(w.strings, v)
		}
		return "s", w.e("v", fmt.Sprint(i))
	}
	return "", ""
}

// styles are those of the cells: General, 0, text, #,##0, hidden by their format, and one
// that numbers beyond the list have.
const styleCount = 5

func (w *rewriter) styles() string {
	xf := ""
	for i := range styleCount {
		xf += w.e("xf", "", "numFmtId", []string{"0", "1", "49", "3", "164"}[i], "fontId", "0", "fillId", "0", "borderId", "0", "applyNumberFormat", "1")
	}
	return w.root("styleSheet", w.e("numFmts", w.e("numFmt", "", "numFmtId", "164", "formatCode", `0_ ;[红色]\-0\ `), "count", "1")+
		w.e("fonts", w.e("font", w.e("sz", "", "val", "11")+w.e("name", "", "val", "宋体")), "count", "1")+
		w.e("fills", w.e("fill", w.e("patternFill", "", "patternType", "none")), "count", "1")+
		w.e("borders", w.e("border", ""), "count", "1")+
		w.e("cellStyleXfs", w.e("xf", "", "numFmtId", "0", "fontId", "0", "fillId", "0", "borderId", "0"), "count", "1")+
		w.e("cellXfs", xf, "count", fmt.Sprint(styleCount)))
}

func (w *rewriter) root(name, content string) string {
	ns := "xmlns"
	if w.prefix != "" {
		ns += ":" + strings.TrimSuffix(w.prefix, ":")
	}
	return `<?xml version="1.0" encoding="UTF-8"` + w.one("", ` standalone="yes"`) + `?>` + w.one("", "\r\n", "<!-- 说明 -->") +
		w.e(name, content, ns, "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
			"xmlns:"+w.rel, "http://schemas.openxmlformats.org/officeDocument/2006/relationships")
}

// total is the formula of a cell that is the sum of the six to its left, or "".
func total(cells []sketchCell, j int) string {
	c := cells[j]
	sum := 0
	for k := 1; k <= 6; k++ {
		if j < k || !cells[j-k].figure || cells[j-k].Row != c.Row || cells[j-k].Columns != 1 {
			return ""
		}
		n, ok := cells[j-k].Value.(int)
		if !ok {
			return ""
		}
		sum += n
	}
	if n, ok := c.Value.(int); !ok || n != sum || !c.figure {
		return ""
	}
	return fmt.Sprintf("SUM(%s:%s)", name(cells[j-6]), name(cells[j-1]))
}

// sheet is a worksheet: rows and cells with addresses or without, in order or not, with
// what was left behind under merged areas and in hidden columns.
func (w *rewriter) sheet(s sketchSheet) string {
	type written struct {
		column int
		kind   string
		inner  string
	}
	rows := map[int][]written{}
	last, right, merges := 0, 0, ""
	for j, c := range s.Cells {
		kind, inner := w.value(c, total(s.Cells, j))
		rows[c.Row] = append(rows[c.Row], written{c.Column, kind, inner})
		last, right = max(last, c.Row), max(right, c.Column+c.Columns-1)
		if c.Rows == 1 && c.Columns == 1 {
			continue
		}
		end := report.Cell{Row: c.Row + c.Rows - 1, Column: c.Column + c.Columns - 1}
		merges += w.e("mergeCell", "", "ref", name(c)+":"+end.Name())
		if w.often(1, 6) && !c.figure { // left behind under it
			rows[end.Row] = append(rows[end.Row], written{end.Column, "", w.e("v", "99")})
		}
	}
	hidden := ""
	if w.often(1, 4) { // a column that does not show, with numbers
		hidden = fmt.Sprint(right + 3)
		for r := 1; r <= last; r += 3 {
			rows[r] = append(rows[r], written{right + 3, "", w.e("v", w.number(w.IntN(500)))})
		}
	}
	inOrder := w.often(4, 5)
	addresses := w.IntN(3) // of all, of some, of as few as can be
	var all []string
	before := 0
	for r := 1; r <= last; r++ {
		cells := rows[r]
		slices.SortStableFunc(cells, func(a, b written) int { return a.column - b.column })
		if len(cells) == 0 && !(addresses > 0 && inOrder && w.often(1, 2)) {
			continue
		}
		var content strings.Builder
		at := 0
		for _, c := range cells {
			for addresses > 0 && at+1 < c.column && c.column-at < 4 && w.often(2, 3) { // empty cells keep the place
				at++
				attrs := []string{"s", fmt.Sprint(w.IntN(styleCount))}
				if w.often(1, 2) {
					attrs = append(attrs, "r", report.Cell{Row: r, Column: at}.Name())
				}
				content.WriteString(w.e("c", "", attrs...))
			}
			var attrs []string
			if at+1 != c.column || addresses == 0 || addresses == 1 && w.often(1, 2) {
				attrs = append(attrs, "r", report.Cell{Row: r, Column: c.column}.Name())
			}
			if w.often(1, 2) {
				attrs = append(attrs, "s", fmt.Sprint(w.IntN(styleCount)))
			}
			if c.kind != "" {
				attrs = append(attrs, "t", c.kind)
			}
			content.WriteString(w.e("c", c.inner, attrs...) + w.one("", "", "\n"))
			at = c.column
		}
		var attrs []string
		if !inOrder || before+1 != r || addresses == 0 || addresses == 1 && w.often(1, 2) {
			attrs = append(attrs, "r", fmt.Sprint(r))
		}
		if w.often(1, 3) {
			attrs = append(attrs, "spans", fmt.Sprintf("1:%d", right), "ht", "20", "customHeight", "1")
		}
		if slices.Contains(s.HiddenRows, r) {
			attrs = append(attrs, "hidden", w.one("1", "true"))
		}
		before = r
		all = append(all, w.e("row", content.String(), attrs...))
	}
	if !inOrder {
		w.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
	var b strings.Builder
	if w.often(1, 2) {
		b.WriteString(w.e("dimension", "", "ref", w.one("A1", "A1:XFD1048576", "B2:C3")))
	}
	if w.often(1, 2) {
		b.WriteString(w.e("sheetViews", w.e("sheetView", "", "workbookViewId", "0")))
	}
	if hidden != "" {
		b.WriteString(w.e("cols", w.e("col", "", "min", hidden, "max", hidden, "width", "9", "hidden", "1", "customWidth", "1")))
	}
	b.WriteString(w.e("sheetData", strings.Join(all, "")))
	if merges != "" {
		b.WriteString(w.e("mergeCells", merges))
	}
	return w.root("worksheet", b.String())
}

// book is the package.
func (w *rewriter) book(k sketch, dir string) []byte {
	type part struct{ name, content, kind string }
	const office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
	var parts []part
	var sheets, relations []string
	relation := func(id, kind, target string) string {
		attrs := []string{`Id="` + id + `"`, `Type="` + office + kind + `"`, `Target="` + target + `"`}
		w.Shuffle(3, func(i, j int) { attrs[i], attrs[j] = attrs[j], attrs[i] })
		return "<Relationship " + strings.Join(attrs, " ") + "/>"
	}
	target := func(name string) string {
		if w.often(1, 3) || !strings.HasPrefix(name, dir) {
			return "/" + name
		}
		return strings.TrimPrefix(name, dir) // LibreOffice does not find ./sheet1.xml
	}
	order := w.Perm(len(k.Sheets))
	for i, s := range k.Sheets {
		name := fmt.Sprintf(w.names.sheets, order[i]+1)
		parts = append(parts, part{name, w.sheet(s), "worksheet"})
		id := fmt.Sprintf("rId%d", 10+order[i])
		relations = append(relations, relation(id, "worksheet", target(name)))
		attrs := []string{"name", s.Name, "sheetId", fmt.Sprint(order[i] + 1), w.rel + ":id", id}
		if s.Hidden {
			attrs = append(attrs, "state", w.one("hidden", "veryHidden"))
		}
		sheets = append(sheets, w.e("sheet", "", attrs...))
	}
	parts = append(parts, part{w.names.styles, w.styles(), "styles"})
	relations = append(relations, relation("rId1", "styles", target(w.names.styles)))
	if len(w.strings) > 0 {
		var items strings.Builder
		for _, s := range w.strings {
			items.WriteString(w.e("si", w.item(s)))
		}
		parts = append(parts, part{w.names.shared, w.root("sst", items.String()), "sharedStrings"})
		relations = append(relations, relation("rId2", "sharedStrings", target(w.names.shared)))
	}
	w.Shuffle(len(relations), func(i, j int) { relations[i], relations[j] = relations[j], relations[i] })
	parts = append(parts, part{w.names.workbook, w.root("workbook", w.e("sheets", strings.Join(sheets, ""))), "sheet.main"})
	const list = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	types := `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>`
	for _, p := range parts {
		types += `<Override PartName="/` + p.name + `" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.` + p.kind + `+xml"/>`
	}
	rels := dir + "_rels/" + strings.TrimPrefix(w.names.workbook, dir) + ".rels"
	parts = append(parts, part{name: rels, content: list + strings.Join(relations, "") + "</Relationships>"},
		part{name: "_rels/.rels", content: list + relation("rId1", "officeDocument", w.one("", "/")+w.names.workbook) + "</Relationships>"})
	w.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	parts = append([]part{{name: "[Content_Types].xml", content: types + "</Types>"}}, parts...)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		to, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: []uint16{zip.Store, zip.Deflate}[w.IntN(2)]})
		if err == nil {
			_, err = to.Write([]byte(p.content))
		}
		if err != nil {
			panic(err) // writing to memory never fails
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// Package workbook opens a spreadsheet file within limits and shows what its cells
// hold. A [Book] has [Sheet]s of [Cell]s, with formulas, formats and merged areas;
// it costs nothing for rows and columns that are formatted but empty, and no file
// can make it take more than its [Limits].
//
//	b, err := workbook.Open(ctx, src, workbook.Limits{})
//	…
//	err = b.ReadSheets(ctx)
//	…
//	err = b.Compute(ctx) // formulas; package formula does the work
//
// It knows no form. Of what this program writes it knows the names of sheets alone,
// see [Sheet.Ours].
package workbook

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"
	surrogates "unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"nianbao/convert/message"
	"nianbao/convert/report"
	"nianbao/convert/workbook/biff"
	"nianbao/convert/workbook/formula"
)

// Book is an opened workbook package. Its worksheets are streamed into grids,
// because a library that holds a worksheet as rows of cells can be made to take
// gigabytes by one formatted cell in the last row.
type Book struct {
	src      []byte // the package as it came
	limits   Limits
	parts    map[string]*zip.File     // by lower-case name without leading slash
	left     int64                    // bytes that may still be unpacked
	exceeded error                    // that it is beyond the limits, once it was
	text     int                      // bytes of text kept so far
	cells    int                      // cells kept so far
	entries  int                      // other things kept so far: shared strings, styles, relations …
	merges   int                      // merged areas kept so far
	strings  []string                 // the shared strings
	styles   []style                  // the cell styles
	scaled   map[string]*scaledFormat // the formats that show a number divided, by their codes
	from1904 bool                     // dates count from 1904, not from 1900
	sheets   []sheetPart
	document string     // the part of a Word document; "" is a workbook
	binary   *biff.Book // an .xls workbook, until its sheets are read
	Unread   int        // objects of an old .xls workbook that may hold text and are not read
	Sheets   []*Sheet   // the sheets, once they are read

	names       []formula.Name
	recalculate bool // the file asks for all formulas to be computed
	rounded     bool // programs compute with numbers as they are shown
	iterate     bool // a circle is meant

	pictures int                // bytes of pictures kept so far
	inCells  map[string]picture // WPS: pictures in cells by their ids, once one was asked for
	failures map[report.Cell]Failure
	outdated map[report.Cell]Outdated
	comparer *formula.Evaluator // made when the first stored result is compared
}

type sheetPart struct {
	name   string
	hidden bool
	part   string
}

// Open reads everything of a workbook but its worksheets. An .xls workbook cannot be
// read in parts; its sheets are not shown before ReadSheets either.
func Open(ctx context.Context, src []byte, limits Limits) (*Book, error) {
	if isCompound(src) {
		binary, err := OpenBinary(ctx, src, limits)
		if err != nil {
			return nil, err
		}
		return &Book{limits: limits, binary: binary}, nil
	}
	z, err := openPackage(src)
	if err != nil {
		return nil, err
	}
	b := &Book{src: src, limits: limits, parts: make(map[string]*zip.File, len(z.File)), left: limits.Unpacked}
	var unpacked uint64
	for _, f := range z.File {
		if unpacked += f.UncompressedSize64; unpacked > uint64(limits.Unpacked) || f.UncompressedSize64 > uint64(limits.Unpacked) {
			return nil, TooLarge("unpacked", Mebibytes(limits.Unpacked))
		}
		name := partName("", f.Name)
		if b.parts[name] == nil {
			b.parts[name] = f
		}
	}
	if err := b.readWorkbook(ctx); err != nil {
		return nil, err
	}
	return b, nil
}

// partName resolves a relationship's target against the folder of its source.
func partName(dir, target string) string {
	target = strings.ReplaceAll(target, `\`, "/")
	if !strings.HasPrefix(target, "/") {
		target = path.Join("/", dir, target)
	}
	return strings.ToLower(strings.TrimPrefix(path.Clean(target), "/"))
}

// relation is an entry of a .rels part.
type relation struct{ kind, target string }

// relations are those of a part. They are in the order of the file, so that of several of
// a kind that there may be one of, the first counts each time.
type relations struct {
	all  []relation
	byID map[string]relation
}

// first is where the first of a kind leads, "" where there is none.
func (r relations) first(kind string) (target string) {
	if i := slices.IndexFunc(r.all, func(r relation) bool { return r.kind == kind }); i >= 0 {
		return r.all[i].target
	}
	return ""
}

func (b *Book) relations(ctx context.Context, part string) (relations, error) {
	dir, file := path.Split(part)
	rels := relations{byID: map[string]relation{}}
	err := b.elements(ctx, dir+"_rels/"+file+".rels", func(e xml.StartElement, _ *xml.Decoder) (bool, error) {
		if e.Name.Local == "Relationship" && attr(e, "TargetMode") != "External" {
			kind := attr(e, "Type")
			r := relation{kind[strings.LastIndexByte(kind, '/')+1:], partName(dir, attr(e, "Target"))}
			rels.all, rels.byID[attr(e, "Id")] = append(rels.all, r), r
			return false, b.count()
		}
		return false, nil
	})
	return rels, err
}

func (b *Book) readWorkbook(ctx context.Context) error {
	root, err := b.relations(ctx, "")
	if err != nil {
		return err
	}
	workbook := "xl/workbook.xml"
	if target := root.first("officeDocument"); target != "" {
		workbook = target
	}
	if b.parts[workbook] == nil {
		return message.NewError("read.noworkbook")
	}
	if strings.HasPrefix(workbook, documentFolder) {
		b.document = workbook
		return nil
	}
	rels, err := b.relations(ctx, workbook)
	if err != nil {
		return err
	}
	var numbers []int // of all sheets among those that are read; -1 for charts
	err = b.elements(ctx, workbook, func(e xml.StartElement, d *xml.Decoder) (bool, error) {
		switch e.Name.Local {
		case "workbookPr":
			b.from1904 = isTrue(attr(e, "date1904"))
		case "calcPr":
			b.recalculate = isTrue(attr(e, "fullCalcOnLoad"))
			b.iterate = isTrue(attr(e, "iterate"))
			b.rounded = attr(e, "fullPrecision") == "0" || attr(e, "fullPrecision") == "false"
		case "definedName":
			text, err := b.plainText(d)
			sheet := -1
			if local := attr(e, "localSheetId"); local != "" {
				i := indexIn(local, len(numbers))
				if i < 0 || numbers[i] < 0 {
					return true, err
				}
				sheet = numbers[i]
			}
			b.names = append(b.names, formula.Name{Name: attr(e, "name"), Sheet: sheet, Text: text})
			if err == nil {
				err = b.count()
			}
			return true, err
		case "sheet":
			numbers = append(numbers, -1)
			if r := rels.byID[attr(e, "id")]; r.kind == "worksheet" && b.parts[r.target] != nil {
				numbers[len(numbers)-1] = len(b.sheets)
				state := attr(e, "state")
				b.sheets = append(b.sheets, sheetPart{attr(e, "name"), state == "hidden" || state == "veryHidden", r.target})
			}
			if len(numbers) > maxSheets {
				return false, TooLarge("sheets", maxSheets)
			}
		}
		return false, nil
	})
	if err != nil {
		return err
	}
	if len(b.sheets) == 0 {
		return message.NewError("read.nosheets")
	}
	if err := b.readStrings(ctx, rels.first("sharedStrings")); err != nil {
		return err
	}
	return b.readStyles(ctx, rels.first("styles"))
}

func (b *Book) readStrings(ctx context.Context, part string) error {
	return b.elements(ctx, part, func(e xml.StartElement, d *xml.Decoder) (bool, error) {
		if e.Name.Local != "si" {
			return false, nil
		}
		s, err := b.richText(d)
		if err != nil {
			return true, err
		}
		b.strings = append(b.strings, s)
		return true, b.count()
	})
}

// richText reads the text of a string item up to its end: plain, or in runs with
// a style each. Phonetic readings are not part of the text, nor is what is struck out.
// Raised and lowered digits are told from others: 10⁶, CO₂.
func (b *Book) richText(d *xml.Decoder) (string, error) {
	var text strings.Builder
	inText, phonetic, struck := false, 0, false
	digits := ""
	for depth := 1; depth > 0; {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return "", message.NewError("read.nested")
			}
			inText = t.Name.Local == "t"
			switch t.Name.Local {
			case "rPh":
				phonetic++
			case "r":
				struck, digits = false, ""
			case "strike":
				v := attr(t, "val")
				struck = v == "" || isTrue(v)
			case "vertAlign":
				digits = map[string]string{"superscript": raisedDigits, "subscript": loweredDigits}[attr(t, "val")]
			}
		case xml.EndElement:
			depth--
			inText = false
			switch t.Name.Local {
			case "rPh":
				phonetic--
			case "r":
				struck, digits = false, ""
			}
		case xml.CharData:
			if inText && phonetic == 0 && !struck {
				text.WriteString(shiftDigits(string(t), digits))
				if text.Len()+b.text > maxText {
					return "", TooLarge("text", Mebibytes(maxText))
				}
			}
		}
	}
	b.text += text.Len()
	return unescape(text.String()), nil
}

// plainText reads the text of an element without others in it, up to its end.
func (b *Book) plainText(d *xml.Decoder) (string, error) {
	var text strings.Builder
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			return "", message.NewError("read.nested")
		case xml.EndElement:
			b.text += text.Len() + nameBytes
			return text.String(), nil
		case xml.CharData:
			text.Write(t)
			if text.Len()+b.text > maxText {
				return "", TooLarge("text", Mebibytes(maxText))
			}
		}
	}
}

// nameBytes is about what a defined name takes besides its text.
const nameBytes = 200

func isTrue(s string) bool { return s == "1" || s == "true" }

const (
	raisedDigits  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	loweredDigits = "₀₁₂₃₄₅₆₇₈₉"
)

// shiftDigits writes the digits of a text with the given ones, if there are any.
func shiftDigits(s, digits string) string {
	if digits == "" {
		return s
	}
	shifted := []rune(digits)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return shifted[r-'0']
		}
		return r
	}, s)
}

// unescape undoes the _x000A_ escapes that strings use for control characters, and
// drops those that no text has.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	var high rune // the first half of a character beyond U+FFFF
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			break
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s, high = s[i+2:], 0
			continue
		}
		if i > 0 {
			high = 0
		}
		b.WriteString(s[:i])
		switch r := rune(n); {
		case surrogates.IsSurrogate(r) && high == 0:
			high = r
		case surrogates.IsSurrogate(r):
			if whole := surrogates.DecodeRune(high, r); whole != utf8.RuneError {
				b.WriteRune(whole)
			}
			high = 0
		case r >= ' ' || r == '\n' || r == '\t':
			b.WriteRune(r)
		}
		s = s[i+7:]
	}
	return b.String() + s
}

// elements calls visit for each element of a part. If visit read the element from
// d, its end included, it reports true. A part that the package does not have has
// no elements.
func (b *Book) elements(ctx context.Context, part string, visit func(xml.StartElement, *xml.Decoder) (bool, error)) error {
	r, err := b.Part(ctx, part)
	if err != nil || r == nil {
		return err
	}
	defer r.Close()
	d := decoder(r)
	depth := 0
	for {
		t, err := d.RawToken()
		if err == io.EOF && depth == 0 {
			return nil
		}
		if err != nil {
			return b.damaged(ctx, part, err)
		}
		switch t := t.(type) {
		case xml.StartElement:
			done, err := visit(t, d)
			if err != nil {
				return b.damaged(ctx, part, err)
			}
			if !done {
				depth++
			}
			if depth > maxDepth {
				return message.NewError("read.nested")
			}
		case xml.EndElement:
			depth--
		}
	}
}

// damaged says that a part could not be read, unless the error says better why.
func (b *Book) damaged(ctx context.Context, part string, err error) error {
	var known *message.Error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.As(err, &known):
		return err
	case b.exceeded != nil: // the decoder only saw a character that was cut
		return b.exceeded
	}
	return &message.Error{Message: message.New("read.damaged"), Err: fmt.Errorf("%s: %w", part, err)}
}

func decoder(r io.Reader) *xml.Decoder {
	d := xml.NewDecoder(r)
	d.CharsetReader = func(label string, input io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(label), "utf-16") { // Part has brought it to UTF-8
			return input, nil
		}
		e, err := htmlindex.Get(label)
		if err != nil {
			return nil, err
		}
		return e.NewDecoder().Reader(input), nil
	}
	return d
}

// Part opens a part for reading within the limits; nil when there is none.
func (b *Book) Part(ctx context.Context, part string) (io.ReadCloser, error) {
	f := b.parts[part]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, b.damaged(ctx, part, err)
	}
	return inUTF8(&limitedPart{ctx, b, 0, r}), nil
}

// inUTF8 brings a part that is in UTF-16, as its byte order mark says, to UTF-8. There is
// no mark in front of what it gives, so that places in it are those in the text.
func inUTF8(r io.ReadCloser) io.ReadCloser {
	head := make([]byte, 3)
	n, err := io.ReadFull(r, head)
	whole := io.MultiReader(bytes.NewReader(head[:n]), r)
	switch {
	case bytes.HasPrefix(head, []byte("\xFF\xFE")), bytes.HasPrefix(head, []byte("\xFE\xFF")):
		whole = transform.NewReader(whole, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder())
	case bytes.HasPrefix(head, []byte("\xEF\xBB\xBF")):
		whole = r
	}
	if err != nil && err != io.EOF && err != io.ErrUnexpectedEOF {
		whole = io.MultiReader(bytes.NewReader(head[:n]), failing{err})
	}
	return struct {
		io.Reader
		io.Closer
	}{whole, r}
}

// failing is a reader that has failed.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// limitedPart counts what is unpacked against the book's limit and stops when
// the context does.
type limitedPart struct {
	ctx   context.Context
	book  *Book
	token int // bytes since the last tag began, which a decoder keeps
	io.ReadCloser
}

func (p *limitedPart) Read(buf []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := p.ReadCloser.Read(buf)
	if i := bytes.LastIndexByte(buf[:n], '<'); i >= 0 {
		p.token = n - i
	} else if p.token += n; p.token > maxToken {
		p.book.exceeded = TooLarge("text", Mebibytes(maxToken))
	}
	if p.book.left -= int64(n); p.book.left < 0 {
		p.book.exceeded = TooLarge("unpacked", Mebibytes(p.book.limits.Unpacked))
	}
	if p.book.exceeded != nil {
		return 0, p.book.exceeded
	}
	return n, err
}

// attr is the value of the attribute with the given local name.
func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

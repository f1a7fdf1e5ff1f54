// Package biff reads workbooks in the binary formats of Excel 5 to 2003, .xls, which
// WPS also writes as .et: BIFF8 and, in the code page of its day, BIFF5 and 7. It
// reads what cells hold and how they look, in a form that knows no other format:
//
//	b, err := biff.Open(ctx, src, biff.Limits{})
//	for _, s := range b.Sheets {
//		for _, c := range s.Cells { … }
//	}
//
// Of formulas it reads the results that the program stored and, in BIFF8, those that
// are made of what forms add up with. Charts, pictures,
// macros, links and conditional formats are not read; that a sheet has some is said.
// Every record is bounded by the file and by [Limits]: no input makes it panic, loop
// or take more memory than a small multiple of them.
//
// The records are those of Microsoft's [MS-XLS], the container's of [MS-CFB].
package biff

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
)

// Limits bound what one workbook may cost. A zero field means the default.
type Limits struct {
	Stream int64 // bytes of the stream with the workbook; default 64 MiB
	Cells  int   // cells that hold something, and shared strings; default 2 million
	Text   int   // bytes of text as UTF-8; default 64 MiB
	Merges int   // merged areas of a sheet; default 200,000
}

func (l Limits) withDefaults() Limits {
	l.Stream = cmp.Or(l.Stream, 64<<20)
	l.Cells = cmp.Or(l.Cells, 2_000_000)
	l.Text = cmp.Or(l.Text, 64<<20)
	l.Merges = cmp.Or(l.Merges, 200_000)
	return l
}

// maxBlanks is how many empty cells with a format of their own are kept.
const maxBlanks = 1_000_000

var (
	// ErrEncrypted says that the workbook opens only with a password.
	ErrEncrypted = errors.New("the workbook is encrypted")
	// ErrNoWorkbook says that the container holds something else: a Word document, a message.
	ErrNoWorkbook = errors.New("the file holds no workbook")
	// ErrVersion says that the workbook is older than Excel 5.
	ErrVersion = errors.New("the workbook is older than Excel 5")
)

// DamagedError says what is wrong with a file that cannot be read.
type DamagedError struct{ What string }

func (e *DamagedError) Error() string { return "damaged workbook: " + e.What }

func damaged(format string, args ...any) error { return &DamagedError{fmt.Sprintf(format, args...)} }

// LimitError says which of the Limits a file is beyond.
type LimitError struct {
	What  string // stream, cells, text or merges
	Limit int64
}

func (e *LimitError) Error() string { return fmt.Sprintf("more %s than %d", e.What, e.Limit) }

// Book is an opened workbook.
type Book struct {
	Version            int      // 8, or 5 for BIFF5 and 7
	From1904           bool     // dates count from 1904, not from 1900
	Sheets             []*Sheet // the worksheets in their order
	Others             []string // the names of sheets that are none: charts, macros
	Names              int      // defined names, print areas and titles among them
	Macros             bool     // it has a VBA project
	Fonts              []Font   // as XF.Font and Run.Font count them
	XFs                []XF     // the formats of cells, as Cell.XF counts them
	Palette            [64]RGB  // colours by index; the first eight are fixed
	formats            map[int]string
	strings            []shared
	limits             Limits
	external           []external          // the sheets that formulas name
	own, externalBooks int                 // which of the workbooks that they name is this one, and how many there are
	decode             func([]byte) string // bytes in the code page
	text               int                 // bytes of text kept
	spelled            int                 // bytes of formulas put together
	cells              int                 // cells kept
	blanks             int                 // empty cells kept
	walked             int                 // bytes of records read, over all sheets
	bounds             []boundSheet
}

// Sheet is a worksheet.
type Sheet struct {
	Name          string
	Hidden        bool   // hidden or very hidden
	Cells         []Cell // that hold something, by row, then column; one a place
	Blanks        []Blank
	MoreBlanks    bool      // there are more empty cells with a format than are kept
	Merges        []Area    // merged areas
	Columns       []Columns // widths
	Rows          []Row     // heights
	DefaultWidth  float64   // of columns, in characters; 0 is the program's
	DefaultHeight float64   // of rows, in points; 0 is the program's
	RowsHidden    bool      // rows that are not in Rows are hidden
	Page          Page      // how it is printed
	Boxes         []Box     // text boxes and other shapes with text, in their order
	Comments      []Comment // by their order in the file
	Pictures      int       // pictures
	Charts        int       // charts on the sheet
	Controls      int       // buttons, boxes to tick and the like
	Unread        int       // objects that may hold text that was not read: all before BIFF8
	Links         int       // hyperlinks
	Conditional   int       // conditional formats
	Validations   int       // data validations
}

// Area is a rectangle of cells, all borders included, counted from 1.
type Area struct{ Row, Column, LastRow, LastColumn int }

// Kind says what a cell holds.
type Kind uint8

// The kinds of cell.
const (
	Text     Kind = iota
	Number        // Cell.Number; whether a date or a percentage, Book.FormatOf says
	Bool          // Cell.Number is 1 or 0
	Error         // Cell.Text is #REF! and the like
	NoResult      // a formula whose result is not stored
)

// Cell is a cell that holds something.
type Cell struct {
	Row, Column int // from 1
	Kind        Kind
	Formula     bool   // what it holds is the stored result of a formula
	Expression  string // the formula without =, or "": it may be one that is not read
	XF          int    // its format, an index into Book.XFs
	Number      float64
	Text        string
	Runs        []Run // of text that changes its font, by place; before the first it is the cell's
}

// Blank is an empty cell with a format of its own.
type Blank struct {
	Row, Column int // from 1
	XF          int
}

// Run is a part of a text, up to the next run or the end, that has a font of its own.
type Run struct {
	Start int // bytes of Cell.Text before it
	Font  int // an index into Book.Fonts
}

// Columns are neighbouring columns of one width.
type Columns struct {
	First, Last int     // from 1
	Width       float64 // in characters of the default font
	Hidden      bool
}

// Row is a row whose height is said.
type Row struct {
	Row    int     // from 1
	Height float64 // in points
	Custom bool    // the height was set by hand
	Hidden bool
}

// Page is how a sheet is printed.
type Page struct {
	Paper                    int        // as [MS-XLS] numbers them: 9 is A4; 0 is not said
	Landscape                bool       //
	Scale                    int        // in per cent; 0 is not said
	Fit                      bool       // scaled to fit on FitWidth pages across and FitHeight down, 0 for any number
	FitWidth, FitHeight      int        //
	Margins                  [4]float64 // left, right, top, bottom, in inches; 0 is not said
	CentreAcross, CentreDown bool
	HeadOrFoot               bool // it has a header or a footer, which are not read
}

// Box is a shape with text.
type Box struct {
	Row, Column int // of the cell that its top left corner lies on, from 1
	Text        string
}

// Comment is a cell's comment.
type Comment struct {
	Row, Column  int // from 1
	Author, Text string
}

// Open reads a workbook. Its errors are those above, or the context's.
func Open(ctx context.Context, src []byte, limits Limits) (*Book, error) {
	limits = limits.withDefaults()
	stream, macros, err := workbookStream(ctx, src, limits.Stream)
	if err != nil {
		return nil, err
	}
	b, err := read(ctx, stream, limits)
	if err != nil {
		return nil, err
	}
	b.Macros = macros
	return b, nil
}

// read reads the stream with the records.
func read(ctx context.Context, stream []byte, limits Limits) (*Book, error) {
	b := &Book{own: -1, limits: limits, formats: map[int]string{}, Palette: defaultPalette, decode: codePage(1252)}
	if err := b.readGlobals(&records{ctx: ctx, book: b, stream: stream}); err != nil {
		return nil, err
	}
	for _, bound := range b.bounds {
		if bound.kind != worksheet {
			b.Others = append(b.Others, bound.name)
			continue
		}
		if bound.at > len(stream) {
			return nil, damaged("sheet %s begins beyond the end", bound.name)
		}
		s := &Sheet{Name: bound.name, Hidden: bound.hidden}
		r := sheetReader{book: b, sheet: s, records: &records{ctx: ctx, book: b, stream: stream, at: bound.at}}
		if err := r.read(); err != nil {
			return nil, fmt.Errorf("sheet %s: %w", bound.name, err)
		}
		s.finish()
		b.Sheets = append(b.Sheets, s)
	}
	b.strings = nil
	return b, nil
}

// finish sorts the cells. Of two for one place the later counts, as in Excel.
func (s *Sheet) finish() {
	byPlace := func(a, b Cell) int { return cmp.Or(a.Row-b.Row, a.Column-b.Column) }
	if !slices.IsSortedFunc(s.Cells, byPlace) {
		slices.SortStableFunc(s.Cells, byPlace)
	}
	kept := s.Cells[:0]
	for _, c := range s.Cells {
		if n := len(kept); n > 0 && byPlace(kept[n-1], c) == 0 {
			kept[n-1] = c
			continue
		}
		kept = append(kept, c)
	}
	clear(s.Cells[len(kept):])
	s.Cells = kept
}

// keepText counts a text against the limit.
func (b *Book) keepText(s string) error {
	if b.text += len(s); b.text > b.limits.Text {
		return &LimitError{"text", int64(b.limits.Text)}
	}
	return nil
}

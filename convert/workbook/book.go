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
	"context"
	"encoding/xml"
	"path"
	"slices"
	"strings"

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

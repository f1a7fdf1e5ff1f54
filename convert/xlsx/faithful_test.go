package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	pathpkg "path"
	"reflect"
	"slices"
	"strings"
	"testing"

	"nianbao/convert/annotation"
	"nianbao/convert/message"
	"nianbao/convert/opc"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// planted are marks on every sheet of a workbook: on its first and last cell and on
// one that is not there.
func planted(b *workbook.Book) []annotation.Mark {
	var marks []annotation.Mark
	for i, s := range b.Sheets {
		var cells []report.Cell
		last := report.Cell{Sheet: s.Name, Row: 2, Column: 3}
		if len(s.Cells) > 0 && !s.Ours() {
			for _, c := range []workbook.Cell{s.Cells[0], s.Cells[len(s.Cells)-1]} {
				cells = append(cells, report.Cell{Sheet: s.Name, Row: c.Row, Column: c.Column})
				last = report.Cell{Sheet: s.Name, Row: min(1<<20, c.Row+3), Column: min(1<<14, c.Column+2)}
			}
		}
		marks = append(marks, annotation.Mark{Rule: "A101", Error: i%2 == 0, Cells: append(cells, last), Marked: len(cells) + 1, Message: "=错 _x0041_ & <合计>", Expected: "7", Actual: "6", Detail: "应填数 7，填报数 6"})
	}
	return marks
}

// faithful marks a workbook on every sheet and says how the copy differs from it in
// what a marked copy must leave alone; nil is not at all. The error is Annotate's.
func faithful(ctx context.Context, src []byte) (faults []string, err error) {
	b, err := workbook.Open(ctx, src, workbook.Limits{}.WithDefaults())
	if err == nil {
		err = b.ReadSheets(ctx)
	}
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnread, err)
	}
	marks := planted(b)
	var out bytes.Buffer
	if err := Annotate(ctx, &out, src, marks, workbook.Limits{}); err != nil {
		return nil, err
	}
	fault := func(format string, args ...any) { faults = append(faults, fmt.Sprintf(format, args...)) }
	before, after := partsOf(src), partsOf(out.Bytes())
	for name, was := range before {
		is, there := after[name]
		switch {
		case !there && !maySkip(name, before):
			fault("%s is gone", name)
		case there && !bytes.Equal(was, is) && !mayChange(name, was, is, before):
			fault("%s was changed", name)
		}
	}
	for name, is := range after {
		if !bytes.Equal(before[name], is) && !strings.HasSuffix(name, ".vml") {
			if err := wellFormed(is); err != nil {
				fault("%s: %v", name, err)
			}
		}
		if strings.HasSuffix(name, ".rels") && !bytes.Equal(before[name], is) {
			for _, target := range targets(name, is) {
				if _, ok := after[target]; !ok {
					if _, had := before[target]; had {
						fault("%s leads to %s, which is gone", name, target)
					}
				}
			}
		}
	}
	c, err := workbook.Open(ctx, out.Bytes(), workbook.Limits{}.WithDefaults())
	if err == nil {
		err = c.ReadSheets(ctx)
	}
	if err != nil {
		return append(faults, "the copy cannot be read: "+err.Error()), nil
	}
	var want []*workbook.Sheet
	for _, s := range b.Sheets {
		if !s.Results() {
			want = append(want, s)
		}
	}
	if len(c.Sheets) != len(want)+1 || !c.Sheets[0].Results() {
		fault("the copy has %d sheets, the submission %d", len(c.Sheets), len(want))
		return faults, nil
	}
	for i, s := range want {
		if !reflect.DeepEqual(s.Cells, c.Sheets[i+1].Cells) || s.Name != c.Sheets[i+1].Name {
			fault("the cells of sheet %s are not the same", s.Name)
		}
	}
	return faults, nil
}

var errUnread = errors.New("not read")

func partsOf(src []byte) map[string][]byte {
	parts := map[string][]byte{}
	z, err := zip.NewReader(bytes.NewReader(src), int64(len(src)))
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil
	}
	for _, f := range z.File {
		name := opc.Resolve("", f.Name)
		if _, twice := parts[name]; twice || strings.HasSuffix(f.Name, "/") {
			continue
		}
		if r, err := f.Open(); err == nil {
			parts[name], _ = io.ReadAll(r)
			r.Close()
		}
	}
	return parts
}

// maySkip are parts that a marked copy leaves out.
func maySkip(name string, before map[string][]byte) bool {
	for _, s := range []string{"vba", "macrosheet", "_xmlsignatures", "calcchain", "attachedtoolbars"} {
		if strings.Contains(name, s) {
			return true
		}
	}
	// The list of an earlier marked copy, and what only macro sheets had.
	return bytes.Contains(before[name], []byte(workbook.ResultTitle)) || strings.HasSuffix(name, ".rels") || bytes.Contains(before["[content_types].xml"], []byte("macrosheet"))
}

// mayChange are parts that a marked copy changes; of a sheet that is no more than
// what is compared otherwise.
func mayChange(name string, was, is []byte, before map[string][]byte) bool {
	if name == "[content_types].xml" || strings.HasSuffix(name, ".rels") {
		return true
	}
	root, err := opc.Parse(decodedPart(was))
	if err != nil {
		return false
	}
	switch root.Local() {
	case "workbook", "styleSheet", "comments", "xml", "Properties":
		return true
	case "worksheet":
		return sameSheet(decodedPart(was), decodedPart(is))
	case "chartsheet", "dialogsheet":
		return len(is) < len(was) && bytes.Contains(was, []byte("tabSelected"))
	}
	return false
}

func decodedPart(src []byte) []byte {
	if bytes.HasPrefix(src, []byte("\xFF\xFE")) {
		r := make([]byte, 0, len(src)/2)
		for i := 2; i+1 < len(src); i += 2 {
			r = append(r, string(rune(src[i])|rune(src[i+1])<<8)...)
		}
		return r
	}
	return src
}

// sameSheet reports whether a marked sheet is the sheet but for styles of cells,
// cells without content, a drawing of comments and which tab is selected.
func sameSheet(was, is []byte) bool {
	return slices.Equal(essence(was), essence(is))
}

// essence are the pieces of a sheet's XML without what a marked copy may change.
func essence(src []byte) []string {
	var pieces []string
	for len(src) > 0 {
		n, piece, err := opc.Split(src, true)
		if err != nil {
			return append(pieces, err.Error())
		}
		src = src[n:]
		if !opc.IsTag(piece) {
			pieces = append(pieces, string(piece))
			continue
		}
		t := opc.Tag(piece)
		local := string(t.Local())
		switch {
		case local == "legacyDrawing", local == "dimension":
			continue
		case local == "sheetView":
			t = t.Without("tabSelected")
		case local == "c" && !t.Ends():
			if t.Empty() {
				continue
			}
			t = t.Without("s")
		case local == "row" && !t.Ends():
			if t = t.Without("spans").Opened(); string(t.Without("r")) == "<"+string(t.Name())+">" {
				continue
			}
		case local == "sheetData" && !t.Ends():
			t = t.Opened()
		}
		if t.Ends() && (local == "row" || local == "sheetData") {
			continue
		}
		pieces = append(pieces, string(t))
	}
	return pieces
}

func wellFormed(src []byte) error {
	d := xml.NewDecoder(bytes.NewReader(decodedPart(src)))
	d.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for {
		if _, err := d.Token(); err == io.EOF {
			return nil
		} else if err != nil {
			return err
		}
	}
}

func targets(name string, src []byte) []string {
	root, err := opc.Parse(decodedPart(src))
	if err != nil {
		return nil
	}
	var list []string
	for _, e := range root.Children {
		if e.Attr("TargetMode") != "External" {
			list = append(list, opc.Resolve(pathpkg.Dir(pathpkg.Dir("/"+name)), e.Attr("Target")))
		}
	}
	return list
}

// mustBeFaithful marks a workbook and fails the test where the copy is not faithful.
func mustBeFaithful(t *testing.T, name string, src []byte) {
	t.Helper()
	faults, err := faithful(t.Context(), src)
	var known *message.Error
	switch {
	case errors.Is(err, errUnread):
	case err != nil && (!errors.As(err, &known) || strings.Contains(known.Error(), "\n")):
		t.Errorf("%s: %v", name, err)
	case err != nil:
		t.Logf("%s: refused: %v", name, err)
	}
	for _, f := range faults {
		t.Errorf("%s: %s", name, f)
	}
}

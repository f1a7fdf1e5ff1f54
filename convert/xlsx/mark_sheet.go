package xlsx

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"nianbao/convert/opc"
	"nianbao/convert/report"
	"nianbao/convert/workbook"
)

// place is a cell of one sheet, counted from 1.
type place struct{ row, column int }

func (p place) name() string { return report.Cell{Row: p.row, Column: p.column}.Name() }

// sheetPiece says what a piece of a worksheet's XML is.
type sheetPiece int

const (
	otherPiece sheetPiece = iota
	rootStart
	rootEnd
	childStart // of the root; sheetData has its own
	dataStart
	dataEnd
	rowStart
	rowEnd
	cellStart
)

// sheetWalk follows a worksheet's XML piece by piece and knows where it is. Rows
// and cells that have no address follow the one before.
type sheetWalk struct {
	depth int
	data  bool // in the sheet's rows
	child int  // children of the root so far
	at    place
}

// maxPiece is how long one tag or text may be.
const maxPiece = 16 << 20

// walk calls visit for each piece of a worksheet.
func walkSheet(r io.Reader, visit func(w *sheetWalk, what sheetPiece, piece []byte) error) error {
	s := bufio.NewScanner(r)
	s.Buffer(make([]byte, 0, 1<<16), maxPiece)
	s.Split(opc.Split)
	var w sheetWalk
	for s.Scan() {
		if err := visit(&w, w.enter(s.Bytes()), s.Bytes()); err != nil {
			return err
		}
	}
	return s.Err()
}

func (w *sheetWalk) enter(piece []byte) sheetPiece {
	if !opc.IsTag(piece) {
		return otherPiece
	}
	t := opc.Tag(piece)
	if t.Ends() {
		w.depth--
		switch {
		case w.depth == 0:
			return rootEnd
		case w.data && w.depth == 1:
			w.data = false
			return dataEnd
		case w.data && w.depth == 2:
			return rowEnd
		}
		return otherPiece
	}
	if !t.Empty() {
		w.depth++
	}
	above := w.depth // elements that this one stands in
	if !t.Empty() {
		above--
	}
	switch {
	case above == 0:
		return rootStart
	case above == 1:
		w.child++
		if string(t.Local()) == "sheetData" {
			w.data = !t.Empty()
			return dataStart
		}
		return childStart
	case w.data && above == 2 && string(t.Local()) == "row":
		w.at = place{w.at.row + 1, 0}
		if n, err := strconv.Atoi(string(t.Attr("r"))); err == nil && n > 0 {
			w.at.row = n
		}
		return rowStart
	case w.data && above == 3 && string(t.Local()) == "c":
		w.at.column++
		if row, column, ok := workbook.ParseRef(string(t.Attr("r"))); ok {
			w.at = place{row, column}
		}
		return cellStart
	}
	return otherPiece
}

// survey is what has to be known of a worksheet before it is changed.
type survey struct {
	root      opc.Tag
	prefix    string // of the sheet's elements
	selected  bool
	dimension string
	mostStyle int
	found     map[place]int // the style of wanted cells that are there
	rows      map[int]bool  // wanted rows that are there
	rowStyle  map[int]int
	columns   []columnLook
	heights   map[int]float64 // in pixels
	width     float64         // of other columns
	height    float64         // of other rows
	data      bool            // there is a place for rows
	legacy    string          // the relation of the drawing of comments
	before    int             // the child of the root that comes after that drawing
}

// columnLook is how the columns from first to last look.
type columnLook struct {
	first, last, style int
	width              float64
}

// afterDrawing are the elements of a worksheet that come after legacyDrawing
// (ECMA-376 part 1, 18.3.1.99).
var afterDrawing = map[string]bool{"legacyDrawingHF": true, "drawingHF": true, "picture": true, "oleObjects": true, "controls": true,
	"webPublishItems": true, "tableParts": true, "extLst": true}

// surveyed are the most rows whose heights are kept.
const surveyed = 100_000

// surveySheet surveys a worksheet for the sake of the wanted cells.
func surveySheet(r io.Reader, wanted map[place]bool) (*survey, error) {
	s := &survey{found: map[place]int{}, rows: map[int]bool{}, rowStyle: map[int]int{}, heights: map[int]float64{}, width: 64, height: 20}
	rows := map[int]bool{}
	for p := range wanted {
		rows[p.row] = true
	}
	alternate := 0 // a child of the root whose content says what it stands for
	err := walkSheet(r, func(w *sheetWalk, what sheetPiece, piece []byte) error {
		if !opc.IsTag(piece) || opc.Tag(piece).Ends() {
			return nil
		}
		t := opc.Tag(piece)
		switch what {
		case rootStart:
			if string(t.Local()) == "worksheet" {
				s.root, s.prefix = slices.Clone(t), string(t.Prefix())
			}
		case dataStart:
			s.data, s.prefix = len(s.root) > 0, string(t.Prefix())
		case rowStart:
			s.row(w.at.row, t, rows[w.at.row])
		case cellStart:
			style, err := strconv.Atoi(string(t.Attr("s")))
			if err == nil && style > 0 {
				s.mostStyle = max(s.mostStyle, style)
			} else {
				style = 0
			}
			if _, ok := s.found[w.at]; wanted[w.at] && !ok {
				s.found[w.at] = style
			}
		case childStart:
			alternate = 0
			name := string(t.Local())
			switch {
			case afterDrawing[name]:
				s.follows(w.child)
			case name == "AlternateContent":
				alternate = w.child
			}
			s.child(name, t)
		default:
			if w.data {
				return nil
			}
			if alternate > 0 && afterDrawing[string(t.Local())] {
				s.follows(alternate)
			}
			s.child(string(t.Local()), t)
		}
		return nil
	})
	return s, err
}

func (s *survey) follows(child int) {
	if s.before == 0 {
		s.before = child
	}
}

func (s *survey) row(n int, t opc.Tag, wanted bool) {
	style, err := strconv.Atoi(string(t.Attr("s")))
	if err == nil && style > 0 {
		s.mostStyle = max(s.mostStyle, style)
	}
	if wanted {
		s.rows[n] = true
		if on(t.Attr("customFormat")) && style > 0 {
			s.rowStyle[n] = style
		}
	}
	if h := t.Attr("ht"); h != nil && len(s.heights) < surveyed {
		s.heights[n] = size(h, 15) * 4 / 3
	}
	if on(t.Attr("hidden")) && len(s.heights) < surveyed {
		s.heights[n] = 0
	}
}

// child learns from an element beside the sheet's rows.
func (s *survey) child(name string, t opc.Tag) {
	switch name {
	case "dimension":
		s.dimension = string(t.Attr("ref"))
	case "sheetView":
		s.selected = s.selected || on(t.Attr("tabSelected"))
	case "sheetFormatPr":
		s.height = size(t.Attr("defaultRowHeight"), 15) * 4 / 3
		s.width = size(t.Attr("defaultColWidth"), 8.43)*7 + 5
	case "col":
		first, _ := strconv.Atoi(string(t.Attr("min")))
		last, _ := strconv.Atoi(string(t.Attr("max")))
		style, _ := strconv.Atoi(string(t.Attr("style")))
		c := columnLook{first, last, max(style, 0), size(t.Attr("width"), 9.14)*7 + 5}
		if on(t.Attr("hidden")) {
			c.width = 0
		}
		s.mostStyle = max(s.mostStyle, style)
		if len(s.columns) < excelize.MaxColumns {
			s.columns = append(s.columns, c)
		}
	case "legacyDrawing":
		s.legacy = opc.Unescape(string(t.Attr("id")))
	}
}

// on reads a truth value.
func on(value []byte) bool { return string(value) == "1" || string(value) == "true" }

// size reads a width or height that is within what a sheet can have.
func size(value []byte, otherwise float64) float64 {
	if f, err := strconv.ParseFloat(string(value), 64); err == nil && f >= 0 && f <= 500 {
		return f
	}
	return otherwise
}

// style is the style that a cell shows, be it there or not.
func (s *survey) style(p place) int {
	if style, ok := s.found[p]; ok {
		return style
	}
	if style, ok := s.rowStyle[p.row]; ok {
		return style
	}
	for _, c := range s.columns {
		if c.first <= p.column && p.column <= c.last {
			return c.style
		}
	}
	return 0
}

// sheetChange is what is changed in a worksheet.
type sheetChange struct {
	*survey
	styles   map[place]int // of cells, new or there
	legacy   string        // the relation of a drawing of comments; "" changes nothing
	relation string        // what declares the id of a relation: the attribute's name
	deselect bool

	insert  map[int][]int // cells to be made in rows that are there
	newRows []int
	drawn   bool
}

// plan finds the cells and rows that have to be made.
func (c *sheetChange) plan() {
	c.insert = map[int][]int{}
	for p := range c.styles {
		if _, ok := c.found[p]; !ok {
			c.insert[p.row] = append(c.insert[p.row], p.column)
		}
	}
	for _, row := range slices.Sorted(maps.Keys(c.insert)) {
		slices.Sort(c.insert[row])
		if !c.rows[row] {
			c.newRows = append(c.newRows, row)
		}
	}
}

// rewrite copies a worksheet and changes it on the way.
func (c *sheetChange) rewrite(r io.Reader, w io.Writer) error {
	c.plan()
	begun := 0 // the row whose cells are being copied
	return walkSheet(r, func(walk *sheetWalk, what sheetPiece, piece []byte) error {
		t := opc.Tag(piece)
		switch what {
		case dataStart:
			if t.Empty() && len(c.newRows) > 0 {
				return put(w, string(t.Opened()), c.rowsBefore(1<<30), "</", string(t.Name()), ">")
			}
		case dataEnd:
			return put(w, c.rowsBefore(1<<30), string(t))
		case rowStart:
			begun = walk.at.row
			made := c.rowsBefore(begun)
			if len(c.insert[begun]) > 0 {
				t = t.Without("spans")
			}
			if t.Empty() && len(c.insert[begun]) > 0 {
				return put(w, made, string(t.Opened()), c.cellsBefore(begun, 1<<30), "</", string(t.Name()), ">")
			}
			return put(w, made, string(t))
		case rowEnd:
			return put(w, c.cellsBefore(begun, 1<<30), string(t))
		case cellStart:
			made := c.cellsBefore(begun, walk.at.column)
			if style, ok := c.styles[walk.at]; ok {
				t = t.With("s", strconv.Itoa(style))
			}
			return put(w, made, string(t))
		case childStart:
			if walk.child == c.before && c.legacy != "" && c.survey.legacy == "" {
				return put(w, c.drawing(), string(c.child(t)))
			}
			t = c.child(t)
		case rootEnd:
			return put(w, c.drawing(), string(t))
		default:
			if opc.IsTag(piece) && !t.Ends() && !walk.data && string(t.Local()) == "sheetView" && c.deselect {
				t = t.Without("tabSelected")
			}
		}
		_, err := w.Write(t)
		return err
	})
}

func put(w io.Writer, pieces ...string) error {
	for _, s := range pieces {
		if _, err := io.WriteString(w, s); err != nil {
			return err
		}
	}
	return nil
}

// child changes the tag of a child of the root.
func (c *sheetChange) child(t opc.Tag) opc.Tag {
	switch string(t.Local()) {
	case "dimension":
		if ref := c.reach(); ref != "" {
			return t.With("ref", ref)
		}
	case "legacyDrawing":
		if c.legacy != "" && c.legacy != c.survey.legacy {
			return t.With("id", c.legacy)
		}
	}
	return t
}

// drawing is the element that names the drawing of comments, once.
func (c *sheetChange) drawing() string {
	if c.legacy == "" || c.survey.legacy != "" || c.drawn {
		return ""
	}
	c.drawn = true
	return fmt.Sprintf(`<%slegacyDrawing %s="%s"/>`, c.root.Prefix(), c.relation, opc.Escape(c.legacy))
}

// rowsBefore makes the rows that have to be made and come before the one given.
func (c *sheetChange) rowsBefore(row int) string {
	var b strings.Builder
	for len(c.newRows) > 0 && c.newRows[0] < row {
		n := c.newRows[0]
		c.newRows = c.newRows[1:]
		fmt.Fprintf(&b, `<%srow r="%d">%s</%srow>`, c.prefix, n, c.cellsBefore(n, 1<<30), c.prefix)
	}
	return b.String()
}

// cellsBefore makes the cells of a row that have to be made and come before the
// column given.
func (c *sheetChange) cellsBefore(row, column int) string {
	cells := c.insert[row]
	if len(cells) == 0 || cells[0] >= column {
		return ""
	}
	var b strings.Builder
	for len(cells) > 0 && cells[0] < column {
		p := place{row, cells[0]}
		fmt.Fprintf(&b, `<%sc r="%s" s="%d"/>`, c.prefix, p.name(), c.styles[p])
		cells = cells[1:]
	}
	c.insert[row] = cells
	return b.String()
}

// reach is the sheet's used area with the cells that are made, "" when it stays.
func (c *sheetChange) reach() string {
	from, to, ok := strings.Cut(c.dimension, ":")
	if !ok {
		to = from
	}
	top, left, ok1 := workbook.ParseRef(from)
	bottom, right, ok2 := workbook.ParseRef(to)
	if !ok1 || !ok2 {
		return ""
	}
	changed := false
	for p := range c.styles {
		if _, there := c.found[p]; there {
			continue
		}
		if p.row < top || p.row > bottom || p.column < left || p.column > right {
			changed = true
			top, bottom, left, right = min(top, p.row), max(bottom, p.row), min(left, p.column), max(right, p.column)
		}
	}
	if !changed {
		return ""
	}
	return place{top, left}.name() + ":" + place{bottom, right}.name()
}

package formula

import "github.com/shopspring/decimal"

// Kind says what a value is.
type Kind uint8

// The kinds of values.
const (
	Blank Kind = iota
	Number
	Text
	Bool
	Error
)

// Value is what a cell holds or a formula gives.
type Value struct {
	Kind   Kind
	Number decimal.Decimal // of a Number; dates are the count of days that the file has
	Text   string          // of a Text; of an Error its name: #DIV/0!
	Bool   bool            // of a Bool
}

// Ref is a cell: the sheet counted from 0, row and column from 1.
type Ref struct{ Sheet, Row, Column int }

// Area is a rectangle of cells on a sheet, all four borders included.
type Area struct {
	Sheet                            int
	Row, Column, LastRow, LastColumn int
}

// Formula is a formula as a file has it.
type Formula struct {
	Text        string // without =
	Row, Column int    // of the cell that Text is written for: for all others that share it, references move along
	Array       Area   // the cells that an array formula fills, from Row, Column on; zero for other formulas
}

// Cell is what a workbook says of a cell.
type Cell struct {
	Value   Value    // with a formula, the stored result; Blank if none is stored
	Formula *Formula // nil if there is none; the same pointer for all that share it
}

// Name is a defined name.
type Name struct {
	Name  string
	Sheet int    // that it is defined for, or -1 for the workbook
	Text  string // what it stands for, without =
}

// Book is a workbook to compute in. Its functions must answer the same all the time.
type Book struct {
	Sheets   []string // their names
	Names    []Name
	From1904 bool // dates count from 1904, not from 1900
	// Recalculate computes all formulas, as programs do for a file that asks for it. Without
	// it, a stored result is the value of its cell, whatever the formula gives.
	Recalculate bool

	// Cell is the cell with the given address; zero for a blank one.
	Cell func(Ref) Cell
	// Scan visits the cells of an area that are not blank or have a formula, row by row but for
	// those that show nothing, until visit says false. It returns how many cells it looked at.
	Scan func(a Area, visit func(Ref, Cell) bool) (looked int)
	// Used is the last row and the last column of a sheet that hold something.
	Used func(sheet int) (row, column int)
}

// State says what came of a formula.
type State uint8

// The states of a result.
const (
	Computed    State = iota // Value is the result; it may be an Error
	Unsupported              // What is not computed: a function, a name, a kind of reference
	Circular                 // it rests on itself, or on a formula that does
	OverBudget               // it takes more than one workbook may take
)

// Result is what came of a formula.
type Result struct {
	State State
	Value Value  // if Computed; a Number has at most 15 significant digits
	What  string // if Unsupported: SUM, a name, or the formula if it cannot be read
	At    Ref    // if not Computed: the cell with the formula that it failed at
}

package report

// Note is something the reader saw beyond the figures it read: a row it did not
// find, a table that stands twice, a cell whose text it took for a number.
// Package check turns notes into findings.
type Note struct {
	Kind  NoteKind
	Path  Path   // canonical path of what it is about, as far as it is known
	Cells []Cell // the cells it rests on, the most telling first
	Text  string // what stands there; for Wording the label as written
	Read  string // what it was read as: a number, the official label, the key of a table
	Why   Why    // of a SpreadsheetError: why a formula has no result
}

// Why says why a formula has no result.
type Why int

// The reasons.
const (
	_           Why = iota
	NotComputed     // this program does not compute what Read names: a function, a name, a kind of reference
	Circular        // it rests on itself; Cells[1], if it is there, is another cell that does
	TooMuch         // computing it takes more than one workbook may take
)

// NoteKind says what a Note is about.
type NoteKind int

// The kinds of note, each with the meaning of its fields.
const (
	// MissingTable: no table of the form's kind was found. Path is the table.
	MissingTable NoteKind = iota + 1
	// MissingRow: Path is table.row, Text the official label. With Cells, two
	// or more labels could be that row and none was chosen; with one, the label
	// Read stands there, which may be that row but was worded too differently to be taken.
	MissingRow
	// MissingColumn: Path is table.*.column or, where groups stand side by
	// side, table.row.column; Text is the official label. With Cells as for MissingRow.
	MissingColumn
	// DoubleTable: the table stands more than once. Cells[0] is the top left cell of
	// the one that was read, the others those that were not.
	DoubleTable
	// StrayFigure: figures beside or below a table that no official row or column holds.
	StrayFigure
	// Wording: a label differs from the official one. Text as written, Read official.
	Wording
	// NotNumber: a figure's cell holds text that is no number, a date or a percentage.
	// Read is the number behind it, which a spreadsheet program adds up; "" is none.
	NotNumber
	// SpreadsheetError: a figure's cell holds #REF! or the like.
	SpreadsheetError
	// Computed: a formula had no stored result; Text is the formula, Read the result.
	Computed
	// Outdated: the stored result Text of a formula counts, but the formula gives Read.
	Outdated
	// Recalculated: the file asks for its formulas to be computed; what the formula
	// gives, Read, counts and not the stored result Text.
	Recalculated
	// TextNumber: Text was read as the number Read.
	TextNumber
	// Converted: the submission came in another format. Text names it; Read is the
	// program that converted it first, or "" if it was read as it is but for objects
	// that may hold text.
	Converted
	// Disagreement: the submission says two things about its year or its
	// organization, which Path names. Cells are both places; Text is what the
	// title says, and what was used, Read what the cover says.
	Disagreement
	// LeftOut: text that no section holds and no output has: notes in the sections of
	// the tables, who filled in the form. Cells are where it stands, Text how it begins.
	LeftOut
	// MissingGlyph: the character Text has no glyph in any face and was printed
	// as 〓. Cells are where it stands.
	MissingGlyph
	// SeveralOrganizations: the sheets name several organizations. There is a note for
	// each: Text is its name, Cells where it stands.
	SeveralOrganizations
	// OneOfSeveral: the file holds several reports. This is the one with the number Text,
	// of Read; Cells are where it begins.
	OneOfSeveral
	// Scaled: a figure's format shows another value, Text, than the cell holds, Read.
	Scaled
	// Unseen: values under a merged area or in hidden rows and columns of a table. Path is
	// the table, Text what they are.
	Unseen
	// SecondSet: all tables of the form stand again, not all with the same figures, and
	// nothing says which are to be reported. Cells are the top left cells of the tables that
	// were read and then, in equal number, of those that were not.
	SecondSet
)

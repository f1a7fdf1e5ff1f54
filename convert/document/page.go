package document

// The type of GB/T 9704—2012, for writers that set pages.
const (
	LinesPerPage = 22
	CharsPerLine = 28 // of the text

	SizeTitle      = 22 // points: 2号
	SizeBody       = 16 // 3号
	SizePageNumber = 14 // 4号
	SizeTable      = 10.5
	SizeTableSmall = 9 // 小五; above it is 五号
)

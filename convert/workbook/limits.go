package workbook

import "nianbao/convert/message"

// Limits bound what one submission may cost. A zero field means the default.
type Limits struct {
	FileSize int64 // bytes of the file; default 64 MiB
	Unpacked int64 // bytes of all its parts that are read; default 512 MiB
	Cells    int   // cells that hold something; default 2 million
}

// The defaults of Limits.
const (
	DefaultFileSize = 64 << 20
	DefaultUnpacked = 512 << 20
	DefaultCells    = 2_000_000
)

// Limits that nobody needs to set: no spreadsheet program writes more.
const (
	maxRow    = 1 << 20
	maxColumn = 1 << 14
	maxParts  = 1 << 16
	maxSheets = 10_000
	maxMerges = 200_000 // in one workbook
	maxDepth  = 100
	maxText   = 64 << 20 // bytes of text in one workbook

	MaxPacked = 10_000  // files in an archive
	MaxRatio  = 200     // times as large as it is packed, of a file in an archive …
	RatioFrom = 1 << 20 // … of so many bytes

	maxToken     = 16 << 20 // bytes of one text or tag
	MaxNarrative = 4 << 20  // bytes of text outside the tables: some 2,000 pages
)

// maxEntries is how many things that are no cells a workbook may have, unless it may
// have more cells: each may have a string of its own. Tests lower it.
var maxEntries = DefaultCells

// count counts a thing that is kept of the workbook and is no cell: a shared string, a
// style, a relation. What a file may cost is bounded for all of its parts together, as
// many small ones are no smaller than a large one.
func (b *Book) count() error {
	if b.entries++; b.entries > max(maxEntries, b.limits.Cells) {
		return TooLarge("entries", max(maxEntries, b.limits.Cells))
	}
	return nil
}

// countText counts text that is kept.
func (b *Book) countText(n int) error {
	if b.text += n; b.text > maxText {
		return TooLarge("text", Mebibytes(maxText))
	}
	return nil
}

func (l Limits) WithDefaults() Limits {
	if l.FileSize == 0 {
		l.FileSize = DefaultFileSize
	}
	if l.Unpacked == 0 {
		l.Unpacked = DefaultUnpacked
	}
	if l.Cells == 0 {
		l.Cells = DefaultCells
	}
	return l
}

// MostBytes is how many bytes a file may have.
func (l Limits) MostBytes() int64 { return l.WithDefaults().FileSize }

func Mebibytes(n int64) int64 { return (n + 1<<20 - 1) >> 20 }

func TooLarge(what string, limit any) error { return message.NewError("read.limit."+what, limit) }

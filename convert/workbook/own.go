package workbook

import "strings"

// resultSheet is the first sheet of a marked copy, and resultTitle what its first
// cell begins with.
const (
	ResultSheet = "检查结果"
	ResultTitle = "检查结果："
)

// The sheets that a sum has beside those of a normalized workbook.
const (
	SourceSheet = "来源"
	TextsSheet  = "各单位文字"
)

// LeftOutMark is what the reason of what is not in a sum begins with, in the third
// column of the sheet 来源.
const LeftOutMark = "未计入："

// FirstSource is the row of the first contributor in the sheet 来源.
const FirstSource = 4

// sourceHead is how the head of the sheet 来源 begins, and textsHead that of the
// texts; the reader knows the sheets again by them.
var (
	SourceHead = []string{"单位", "文件"}
	TextsHead  = []string{"部分", "单位", "文字"}
)

// Order puts false before true.
func Order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// The sheets of a written workbook that are not sections of the form.
const (
	CoverSheet = "封面"
	DataSheet  = "数据"
)

// DataHead is the head of the sheet 数据, by which the reader knows it again.
var DataHead = []string{"路径", "表", "行", "列", "数值", "来源单元格"}

// Ours reports whether the sheet is one that Write, WriteRollup or Annotate added: a
// list of figures that stand in the tables already, of others' figures and texts, or
// of findings.
func (g *Sheet) Ours() bool {
	switch g.Name {
	case DataSheet:
		return g.begins(DataHead)
	case TextsSheet:
		return g.begins(TextsHead)
	}
	return g.Sources() || g.Results()
}

// Sources reports whether the sheet gives the contributors of a sum.
func (g *Sheet) Sources() bool { return g.Name == SourceSheet && g.begins(SourceHead) }

// begins reports whether the first row begins with these texts.
func (g *Sheet) begins(head []string) bool {
	if len(g.Cells) < len(head) {
		return false
	}
	for i, h := range head {
		if c := g.Cells[i]; c.Row != 1 || c.Text != h {
			return false
		}
	}
	return true
}

// Results reports whether the sheet is the list of findings of a marked copy.
func (g *Sheet) Results() bool {
	return strings.HasPrefix(g.Name, ResultSheet) && len(g.Cells) > 0 && strings.HasPrefix(g.Cells[0].Text, ResultTitle)
}

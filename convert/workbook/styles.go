package workbook

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"
)

// readStyles learns for each cell style whether its numbers are shown as
// numbers, dates or percentages.
func (b *Book) readStyles(ctx context.Context, part string) error {
	codes := map[string]string{}
	inCellXfs := false
	return b.elements(ctx, part, func(e xml.StartElement, _ *xml.Decoder) (bool, error) {
		switch e.Name.Local {
		case "numFmt":
			codes[attr(e, "numFmtId")] = attr(e, "formatCode")
			return false, b.count()
		case "cellXfs":
			inCellXfs = true
		case "cellStyles", "dxfs":
			if inCellXfs {
				return false, errEnough // what is left is only how things look
			}
		case "xf":
			if inCellXfs {
				id := attr(e, "numFmtId")
				b.addStyle(id, codes[id])
				return false, b.count()
			}
		}
		return false, nil
	})
}

// style is how a cell style shows a number.
type style struct {
	kind   Kind
	scaled *scaledFormat // nil for one that does not divide
}

// addStyle adds the next cell style, by its number format.
func (b *Book) addStyle(id, code string) {
	b.styles = append(b.styles, style{formatKind(id, code), b.scaledFormat(code)})
}

// style is the cell style with a number, that of plain numbers if there is none.
func (b *Book) style(number string) style {
	if i := indexIn(number, len(b.styles)); i >= 0 {
		return b.styles[i]
	}
	return style{kind: NumberCell}
}

// formatKind classifies a number format by its built-in id or, if it has one, by
// its code. Ids from ECMA-376 part 1, 18.8.30; 27–36 and 50–58 are dates in the
// Chinese locale.
func formatKind(id, code string) Kind {
	if code == "" {
		n, _ := strconv.Atoi(id)
		switch {
		case n == 9 || n == 10:
			return percentCell
		case n >= 14 && n <= 22, n >= 27 && n <= 36, n >= 45 && n <= 47, n >= 50 && n <= 58:
			return dateCell
		}
		return NumberCell
	}
	letters := bareCode(code)
	switch {
	case strings.EqualFold(letters, "general"):
		return NumberCell
	case strings.ContainsAny(letters, "yYmMdDhHsS年月日"):
		return dateCell
	case strings.Contains(letters, "%"):
		return percentCell
	}
	return NumberCell
}

// bareCode is the first section of a format code without quoted text, escaped
// characters and colours or conditions in brackets; elapsed times ([h]) stay.
func bareCode(code string) string {
	var b strings.Builder
	for i := 0; i < len(code); i++ {
		switch c := code[i]; c {
		case ';':
			return b.String()
		case '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case '\\', '_', '*':
			i++
		case '[':
			j := strings.IndexByte(code[i:], ']')
			if j < 0 {
				return b.String()
			}
			if strings.Trim(strings.ToLower(code[i+1:i+j]), "hms") == "" {
				b.WriteString(code[i+1 : i+j])
			}
			i += j
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

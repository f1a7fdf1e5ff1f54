package workbook

import (
	"bytes"
	"context"
	"io"
	"path"
	"regexp"
	"strings"
)

// DropMacros makes a workbook with macros one without, as the copy's extension says:
// Excel opens no other.
func (b *Book) DropMacros(ctx context.Context, changes repacking) error {
	const list, macros, plain = "[content_types].xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
	part, err := b.Part(ctx, list)
	if err != nil {
		return err
	}
	defer part.Close()
	types, err := io.ReadAll(part)
	if err != nil || !bytes.Contains(types, []byte(macros)) {
		return err
	}
	for name := range b.parts {
		edit := changes.edit[name]
		switch {
		case strings.HasPrefix(path.Base(name), "vba"):
			changes.drop[name] = true
		case name == list, strings.HasSuffix(name, ".rels"):
			changes.edit[name] = func(src []byte) []byte {
				if edit != nil {
					src = edit(src)
				}
				return bytes.ReplaceAll(macroParts.ReplaceAll(src, nil), []byte(macros), []byte(plain))
			}
		}
	}
	return nil
}

// macroParts matches what lists of parts and of relations say of macros.
var macroParts = regexp.MustCompile(`<(?:Override|Relationship|Default)\b[^>]*vba[^>]*(?:/>|></(?:Override|Relationship|Default)>)`)

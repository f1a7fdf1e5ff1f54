package convert

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// mayImport lists, for each room below convert, the rooms that it may import.
// convert itself and batch, which stand above all, may import any but what stands
// above them. A new import that is not here is a decision about the design, not a
// detail: see README.md.
var mayImport = map[string]string{
	"report":           "",
	"message":          "",
	"prose":            "",
	"form":             "report",
	"files":            "message",
	"office":           "message",
	"finding":          "message report",
	"organization":     "message prose",
	"workbook/biff":    "",
	"workbook":         "message prose report workbook/biff workbook/formula workbook/word",
	"workbook/formula": "",
	"workbook/word":    "message",
	"narrative":        "form organization prose report",
	"reader":           "form message organization prose report workbook",
	"check":            "finding form message narrative organization prose report",
	"archive":          "message workbook",
	"annotation":       "finding message report",
	"xlsx":             "annotation form message opc report workbook workbook/biff",
	"opc":              "message",
	"docx":             "document form report",
	"html":             "document form report",
	"docx/mark":        "annotation message opc report workbook workbook/word",
	"document":         "form prose report",
	"pdf":              "document form message pdf/font prose report",
	"pdf/font":         "",
	"rollup":           "form message report",
	"summary":          "files finding form message organization report",
	"generate":         "form reader report workbook xlsx",
	"generate/bench":   "generate",
	"batch":            "* .",
	".":                "annotation archive check document docx docx/mark files finding form html message office pdf reader report workbook xlsx",
}

func TestWalls(t *testing.T) {
	const root = "nianbao/convert"
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return err
		}
		room := path.Dir(filepath.ToSlash(name))
		list, known := mayImport[room]
		if !known {
			t.Errorf("%s: the room %s is in no list of who may import whom", name, room)
			return nil
		}
		may := strings.Fields(list)
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, im := range file.Imports {
			p := strings.Trim(im.Path.Value, `"`)
			if strings.HasPrefix(p, "nianbao/cmd") {
				t.Errorf("%s imports %s, which stands above", name, p)
			}
			of, inside := strings.CutPrefix(p, root)
			if !inside {
				continue
			}
			if of = strings.TrimPrefix(of, "/"); of == "" {
				of = "."
			}
			if !slices.Contains(may, of) && !(slices.Contains(may, "*") && of != ".") {
				t.Errorf("%s: %s may not import %s", name, room, of)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

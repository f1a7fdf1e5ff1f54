package office

import (
	"regexp"
	"slices"
	"strings"
)

// fetching are the fields of Word that show what stands in other files or programs.
var fetching = []string{"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "DDEAUTO", "DDE", "DATABASE", "RD"}

// fetchingField matches a field of these in a .doc, up to its name: the mark that begins
// fields, then the name, one byte a character or two.
var fetchingField = func() *regexp.Regexp {
	names := strings.Join(fetching, "|")
	wide := regexp.MustCompile(`[A-Z]`).ReplaceAllString(names, `$0\x00`)
	return regexp.MustCompile(`(?i)\x13 *(?:` + names + `)[ "]|\x13\x00(?: \x00)*(?:` + wide + `)[ "]\x00`)
}()

// withoutFetching is a .doc whose fields fetch nothing: their names become such as no
// field has, of the same length, for a .doc gives the places of its parts. What stands
// for a field's result stays. Texts are not touched.
func withoutFetching(src []byte) []byte {
	src = slices.Clone(src)
	for _, m := range fetchingField.FindAllIndex(src, -1) {
		for i := m[0]; i < m[1]; i++ {
			if src[i] != 0x13 && src[i] != 0 && src[i] != ' ' {
				src[i] = 'x'
				break
			}
		}
	}
	return src
}

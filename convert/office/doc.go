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

// Pictures that stand in other files: of a drawing, the property that says so of a
// picture, a filling or a line, with the flags of which one is that of a link; of a line
// of text, the head of a picture that is the name of a bitmap or of a TIFF. No text has a
// character 0 in it, as all of these have.
var (
	linkedShape   = regexp.MustCompile(`(?s)(?:\x06\x01|\x88\x01|\xC7\x01)[\x08-\x0F]\x00\x00\x00`)
	linkedPicture = regexp.MustCompile(`(?s)..\x00\x00\x44\x00[\x5E\x62]\x00`)
)

// notLinked are the flags of a picture that stands in the document, and unknownPicture is
// a kind of picture that there is not.
const (
	notLinked      = 0
	unknownPicture = 0x7F
)

// withoutFetching is a .doc that fetches nothing. Of fields that do the names become such
// as no field has, of the same length, for a .doc gives the places of its parts, and
// linked pictures become such as stand in the document. What stands for a field's result
// stays. Texts are not touched.
func withoutFetching(src []byte) []byte {
	src = slices.Clone(src)
	for _, m := range linkedShape.FindAllIndex(src, -1) {
		src[m[0]+2] = notLinked
	}
	for _, m := range linkedPicture.FindAllIndex(src, -1) {
		src[m[1]-2] = unknownPicture
	}
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

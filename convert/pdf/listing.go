package pdf

import (
	_ "embed"
	"strings"

	"nianbao/convert/message"
)

// Face is a face that serves a role.
type Face struct {
	Role     string // as the standard calls it: 仿宋
	Name     string // of the face, with its weight
	File     string // where it was read; a bare name for an embedded one
	Embedded bool
	// Lacks are the characters of the Table of General Standard Chinese
	// Characters that the face has not. They are printed in another face.
	Lacks []rune
}

// StandIn is the name of the face that stands in for the standard's 仿宋 where there is
// none, else "".
func StandIn(o Options) (string, error) {
	c, err := chainsFor(o)
	if err != nil {
		return "", err
	}
	if f := c.of[roleBody][0]; f == embedded()[roleBody] {
		return f.Names.Name(), nil
	}
	return "", nil
}

// FontFaults says of each file in the folder [Options.FontDir] that is called a font and
// cannot be used what is wrong with it.
func FontFaults(o Options) ([]message.Message, error) {
	c, err := chainsFor(o)
	if err != nil {
		return nil, err
	}
	return c.faults, nil
}

// standardCharacters are the 8,105 characters of the Table of General Standard
// Chinese Characters (2013), in its order.
//
//go:embed standard.txt
var standardCharacters string

// Faces lists which face serves each role, by the rules of [Options].
func Faces(o Options) ([]Face, error) {
	c, err := chainsFor(o)
	if err != nil {
		return nil, err
	}
	own := embedded()
	var faces []Face
	for r, chain := range c.of {
		f := chain[0]
		listed := Face{Role: roleNames[r], Name: f.Names.Name(), File: f.File, Embedded: f == own[r]}
		for _, char := range strings.TrimSpace(standardCharacters) {
			if f.Glyph(char) == 0 {
				listed.Lacks = append(listed.Lacks, char)
			}
		}
		faces = append(faces, listed)
	}
	return faces, nil
}

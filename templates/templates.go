// Package templates holds what nianbao is built from besides code: a folder for
// each national form, and the fonts that reports are printed with when the
// system has no official faces.
//
// To support a new form, add a folder with its form.yaml; package form finds it.
package templates

import "embed"

// Forms holds <id>/form.yaml for each national form.
//
//go:embed */form.yaml
var Forms embed.FS

// Narrative is the grammar of what texts say of the tables.
//
//go:embed narrative.yaml
var Narrative []byte

package pdf

import (
	"fmt"

	"nianbao/convert/document"
	"nianbao/convert/prose"
	"nianbao/convert/report"
)

// Missing returns a note of kind [report.MissingGlyph] for each character of the
// report that no face has, and that [Write] therefore prints as 〓.
func Missing(r *report.Report, o Options) ([]report.Note, error) {
	if allEmbedded(r, o) {
		return nil, nil
	}
	d, err := document.Of(r, o.document())
	if err != nil {
		return nil, fmt.Errorf("look for glyphs: %w", err)
	}
	c, err := chainsFor(o)
	if err != nil {
		return nil, fmt.Errorf("look for glyphs: %w", err)
	}
	s := &shaper{chains: c}
	s.items(d)
	return s.missing.notes, nil
}

// allEmbedded reports whether the embedded face that is every other's last resort
// has all characters of what a submission writes, as it mostly does.
func allEmbedded(r *report.Report, o Options) bool {
	last := embedded()[roleBody]
	has := func(text string) bool {
		for _, c := range prose.Clean(text) {
			if c == '\n' || c == '\u00A0' {
				continue
			}
			if last.Glyph(c) == 0 {
				return false
			}
		}
		return true
	}
	all := has(r.Title) && has(r.Organization) && has(r.Signature.Organization) && has(r.Signature.Date) && has(o.Date)
	for _, p := range r.Preamble {
		all = all && has(p.Text)
	}
	for _, s := range r.Sections {
		for _, p := range s.Paragraphs {
			all = all && has(p.Text)
		}
	}
	return all
}

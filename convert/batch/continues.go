package batch

import (
	"path/filepath"

	"nianbao/convert/summary"
	"nianbao/convert/workbook"
)

// Continues reports whether a batch over the paths goes on with what is summed up in the
// folder out, or begins there: whether no record there is of another submission, which
// the summary would then lose.
func Continues(out string, paths []string, limits workbook.Limits) bool {
	found, err := findInputs(paths, out, nil, nil, limits)
	if err != nil {
		return true // which the batch will say
	}
	among := map[string]bool{}
	for _, in := range found.inputs {
		among[in.rel] = true
	}
	for _, name := range []string{summary.Results(""), summary.Journal("")} {
		for r, err := range summary.Briefs(filepath.Join(out, name)) {
			if err != nil {
				break // there is none, or it is cut there
			}
			if !among[r.Input] {
				return false
			}
		}
	}
	return true
}

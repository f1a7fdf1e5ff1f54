package message

import "maps"

// text is one message in both languages.
type text struct{ zh, en string }

// catalogue is every message by its key. Each area has a table in a file of its
// own: what the reader, the checks, the writers and the command say.
var catalogue = map[string]text{}

// add is called by each area's table. A key used twice is a mistake in the
// program, found by the first test that runs.
func add(area map[string]text) struct{} {
	for key := range area {
		if _, twice := catalogue[key]; twice {
			panic("message: key used twice: " + key)
		}
	}
	maps.Copy(catalogue, area)
	return struct{}{}
}

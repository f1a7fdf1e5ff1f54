package narrative

import "strings"

// readByCode are the words and slots of the grammar that the code knows by name: what
// is to be done with them cannot be said by a pattern.
var readByCode = func() map[string]bool {
	names := map[string]bool{}
	for _, name := range strings.Fields(`
		negation each respectively sum adds_up of_these among in_part
		application plain_application channel receive work handle in_time count_received count_handled
		granted_short other_short of_others reviewer court
		this_period other_period future former formers
		foreign internal own_office everyone hides`) {
		names[name] = true
	}
	return names
}()

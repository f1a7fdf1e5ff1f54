package organization

import (
	"maps"
	"slices"
	"strings"
)

// County is the place that the names begin with, 安平县: most of them, or nearly all of those
// that begin with one; "" if there is none. Empty names do not count.
func County(names []string) string {
	n := map[string]int{}
	all, placed := 0, 0
	for _, name := range names {
		if name == "" {
			continue
		}
		all++
		runes := []rune(name)
		for i := 1; i < min(len(runes)-1, 8); i++ {
			if strings.ContainsRune("县市区州盟旗", runes[i]) && i > 1 {
				n[string(runes[:i+1])]++
				placed++
				break
			}
		}
	}
	best := ""
	for _, name := range slices.Sorted(maps.Keys(n)) {
		if n[name] > n[best] {
			best = name
		}
	}
	const few = 3 // of which nothing follows for the others
	if 2*n[best] <= all && (n[best] <= few || 4*n[best] < 3*placed) {
		return ""
	}
	return best
}

package organization

import (
	"maps"
	"slices"
	"strings"
)

// County is the place that most of the names begin with, 安平县; "" if there is none that
// most share. Empty names do not count.
func County(names []string) string {
	n := map[string]int{}
	all := 0
	for _, name := range names {
		if name == "" {
			continue
		}
		all++
		runes := []rune(name)
		for i := 1; i < min(len(runes)-1, 8); i++ {
			if strings.ContainsRune("县市区州盟旗", runes[i]) && i > 1 {
				n[string(runes[:i+1])]++
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
	if 2*n[best] <= all {
		return ""
	}
	return best
}

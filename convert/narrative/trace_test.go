package narrative

import (
	"cmp"
	"os"
	"strings"
	"testing"

	"nianbao/convert/prose"
)

// TestTrace shows how a passage is read, clause by clause:
//
//	NARRATIVE_TEXT=全年收到申请12件。 go test -run TestTrace -v ./convert/narrative
func TestTrace(t *testing.T) {
	text, name := os.Getenv("NARRATIVE_TEXT"), cmp.Or(os.Getenv("NARRATIVE_ORGANIZATION"), "安平县人民政府")
	if text == "" {
		t.Skip("NARRATIVE_TEXT is empty")
	}
	trace = func(c *chart, m match) {
		var words []string
		for _, w := range m.words {
			if !w.slot {
				words = append(words, string(c.s[w.from:w.to]))
			}
		}
		t.Logf("  %s: %s: %s", m.frame.id, string(c.s[m.from:m.to]), strings.Join(words, "|"))
	}
	defer func() { trace = nil }()
	r := mustGrammar(t).Read(prose.Normalized(text), 2024, name)
	for _, c := range r.Claims {
		t.Log("claims", c.Name, c.Value, c.Frame)
	}
	for _, c := range r.Lenient {
		t.Log("may agree", c.Name, c.Value, c.Frame)
	}
	for _, f := range r.Uncompared {
		t.Log("not compared", f.Value)
	}
}

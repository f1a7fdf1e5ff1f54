package narrative

import (
	"fmt"
	"os"
	"testing"

	"nianbao/convert/prose"
)

func TestDebug(t *testing.T) {
	text := os.Getenv("TEXT")
	if text == "" {
		t.Skip()
	}
	org := os.Getenv("ORG")
	if org == "" {
		org = "安平县人民政府"
	}
	debugCover = func(c *chart, list []match) {
		for _, m := range list {
			s := ""
			for _, w := range c.words(m.taken, nil) {
				if w.slot {
					continue
				}
				s += " " + string(c.s[w.from:w.to])
			}
			fmt.Println("  ", m.frame.id, string(c.s[m.from:m.to]), "ragged:", m.ragged, "|", s)
		}
		fmt.Println("  --")
	}
	r := mustGrammar(t).Read(prose.Normalized(text), 2024, org)
	for _, c := range r.Claims {
		fmt.Println(c.Name, c.Value, c.Frame)
	}
	for _, c := range r.Lenient {
		fmt.Println("lenient", c.Name, c.Value, c.Frame)
	}
	for _, u := range r.Uncompared {
		fmt.Println("uncompared", u.Value)
	}
}

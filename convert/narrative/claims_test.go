package narrative

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"nianbao/convert/form"
	"nianbao/convert/prose"
)

// labelled is a passage with the claims that a person finds in it.
type labelled struct {
	Text         string
	Organization string
	Year         int
	Claims       []string // "予以公开 6"
}

func readLabelled(t testing.TB, file string) []labelled {
	t.Helper()
	src, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var list []labelled
	dec := yaml.NewDecoder(bytes.NewReader(src))
	dec.KnownFields(true)
	if err := dec.Decode(&list); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	for i := range list {
		s := &list[i]
		if s.Year == 0 {
			s.Year = 2024
		}
		if s.Organization == "" {
			s.Organization = "安平县人民政府"
		}
		for _, c := range s.Claims {
			if len(strings.Fields(c)) != 2 {
				t.Fatalf("%s: %s: claim %q is not a name and a number", file, s.Text, c)
			}
		}
	}
	return list
}

func mustGrammar(t testing.TB) *Grammar {
	t.Helper()
	f, err := form.Get("2021")
	if err != nil {
		t.Fatal(err)
	}
	return For(f)
}

// score is how many claims are right, found and there.
type score struct{ right, found, there int }

func (s *score) add(o score) { s.right += o.right; s.found += o.found; s.there += o.there }

func (s score) String() string {
	ratio := func(a, b int) float64 { return float64(a) / float64(max(b, 1)) }
	return fmt.Sprintf("%d claims, precision %.3f, recall %.3f", s.there, ratio(s.right, s.found), ratio(s.right, s.there))
}

// measure reads a set and lists what is found although it is not there, and what is
// there and not found.
func measure(t testing.TB, g *Grammar, list []labelled) (all score, wrong []string) {
	for _, s := range list {
		rest := slices.Clone(s.Claims)
		for _, c := range g.Read(prose.Normalized(s.Text), s.Year, s.Organization).Claims {
			got := fmt.Sprint(c.Name, " ", c.Value)
			all.found++
			if i := slices.Index(rest, got); i >= 0 {
				rest = slices.Delete(rest, i, i+1)
				all.right++
			} else {
				wrong = append(wrong, fmt.Sprintf("false: %s (%s) in %s", got, c.Frame, s.Text))
			}
		}
		for _, missed := range rest {
			wrong = append(wrong, fmt.Sprintf("missed: %s in %s", missed, s.Text))
		}
		all.there += len(s.Claims)
	}
	return all, wrong
}

// TestHeldOut measures the passages of a file in the format of testdata/narrative:
//
//	NARRATIVE_SET=set.yaml go test -run TestHeldOut -v ./convert/narrative
func TestHeldOut(t *testing.T) {
	file := os.Getenv("NARRATIVE_SET")
	if file == "" {
		t.Skip("NARRATIVE_SET names no file")
	}
	list := readLabelled(t, file)
	all, wrong := measure(t, mustGrammar(t), list)
	for _, w := range wrong {
		t.Log(w)
	}
	t.Logf("%s: %d passages, %v", filepath.Base(file), len(list), all)
}

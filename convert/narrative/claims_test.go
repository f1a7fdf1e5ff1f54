package narrative

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"nianbao/convert/form"
	"nianbao/convert/prose"
	"nianbao/convert/report"
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
func measure(t testing.TB, g *Grammar, list []labelled, rules map[string]*score) (all score, wrong []string) {
	of := func(name string) *score {
		rule := ruleOf(g, name)
		if rules[rule] == nil {
			rules[rule] = &score{}
		}
		return rules[rule]
	}
	for _, s := range list {
		rest := slices.Clone(s.Claims)
		for _, c := range g.Read(prose.Normalized(s.Text), s.Year, s.Organization).Claims {
			got := fmt.Sprint(c.Name, " ", c.Value)
			if c.Rule == "N402" && !slices.Contains(rest, got) && addsUp(c) {
				continue // a sum that is right needs no label: no finding can come of it
			}
			all.found++
			of(c.Name).found++
			if i := slices.Index(rest, got); i >= 0 {
				rest = slices.Delete(rest, i, i+1)
				all.right++
				of(c.Name).right++
			} else {
				wrong = append(wrong, fmt.Sprintf("false: %s (%s) in %s", got, c.Frame, s.Text))
			}
		}
		for _, missed := range rest {
			wrong = append(wrong, fmt.Sprintf("missed: %s in %s", missed, s.Text))
		}
		all.there += len(s.Claims)
		for _, c := range s.Claims {
			of(strings.Fields(c)[0]).there++
		}
	}
	return all, wrong
}

func addsUp(c Claim) bool {
	var sum report.Number
	for _, p := range c.Parts {
		sum = sum.Add(p)
	}
	return sum.Equal(c.Value)
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
	rules := map[string]*score{}
	all, wrong := measure(t, mustGrammar(t), list, rules)
	for _, w := range wrong {
		t.Log(w)
	}
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		t.Logf("%s: %v", rule, *rules[rule])
	}
	t.Logf("%s: %d passages, %v", filepath.Base(file), len(list), all)
}

var update = flag.Bool("update", false, "rewrite the golden files")

// recorded holds what the grammar finds in testdata/narrative: for every rule its
// precision and recall, and the claims that are found although they are not there or
// not found although they are.
const recorded = "../../testdata/narrative/errors.txt"

// TestClaims measures the grammar on the labelled passages and fails on any change
// that is not recorded (go test ./convert/narrative -update).
func TestClaims(t *testing.T) {
	g := mustGrammar(t)
	files, _ := filepath.Glob("../../testdata/narrative/*.yaml")
	rules := map[string]*score{}
	var all score
	var wrong []string
	passages, alarmed := 0, 0
	for _, file := range files {
		if filepath.Base(file) == "frames.yaml" {
			continue
		}
		list := readLabelled(t, file)
		s, w := measure(t, g, list, rules)
		t.Logf("%s: %d passages, %v", filepath.Base(file), len(list), s)
		passages += len(list)
		wrong = append(wrong, w...)
		all.add(s)
		for _, x := range w {
			if strings.HasPrefix(x, "false") {
				alarmed++
			}
		}
	}
	out := fmt.Sprintf("all: %d passages, %v, false claims a passage %.4f\n", passages, all, float64(alarmed)/float64(passages))
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		out += fmt.Sprintf("%s: %v\n", rule, *rules[rule])
	}
	out += strings.Join(wrong, "\n") + "\n"
	if *update {
		if err := os.WriteFile(recorded, []byte(out), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(recorded)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(out, "\n")); d != "" {
		t.Error(d)
	}
}

// ruleOf is the rule that checks a claim of the given name.
func ruleOf(g *Grammar, name string) string {
	name, of, _ := strings.Cut(name, "·")
	for _, m := range meanings {
		if m.name == name {
			return m.rule
		}
	}
	first, _, _ := strings.Cut(name, "＋")
	e := g.words.add(plainRunes(first))
	switch {
	case e.is.has(outcome):
		return "N103"
	case e.is.has(document) && of != "":
		return "N301"
	case e.is.has(dispute) && slices.Equal(e.labels[dispute].keys, []string{g.reconsidered}):
		return "N201"
	}
	return "N202"
}

package check

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"

	"nianbao/convert/narrative"
	"nianbao/convert/prose"
)

// labelled is a sentence with the claims that a person finds in it.
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

func extracted(l narrative.Lexicon, s labelled) []string {
	var out []string
	for _, c := range narrative.Of(l, prose.Normalized(s.Text), s.Year, s.Organization) {
		out = append(out, fmt.Sprint(c.Name, " ", c.Value))
	}
	return out
}

var update = flag.Bool("update", false, "rewrite the golden files")

// knownErrors lists the claims that the extractor is known to miss, or to find
// although they are not there.
const knownErrors = "../../testdata/narrative/errors.txt"

// TestClaims measures the extractor on the labelled sentences: how many of the
// claims that it finds are there, and how many of those that are there it finds. It
// fails when these are not just the ones that they have been.
func TestClaims(t *testing.T) {
	l := narrative.LexiconFor(mustForm(t))
	files, _ := filepath.Glob("../../testdata/narrative/*.yaml")
	sentences, right, found, there := 0, 0, 0, 0
	var wrong []string
	for _, file := range files {
		r, n, m := 0, 0, 0
		list := readLabelled(t, file)
		for _, s := range list {
			got := extracted(l, s)
			rest := slices.Clone(s.Claims)
			for _, g := range got {
				if i := slices.Index(rest, g); i >= 0 {
					rest = slices.Delete(rest, i, i+1)
					r++
				} else {
					wrong = append(wrong, fmt.Sprintf("false: %s in %s", g, s.Text))
				}
			}
			for _, missed := range rest {
				wrong = append(wrong, fmt.Sprintf("missed: %s in %s", missed, s.Text))
			}
			n += len(got)
			m += len(s.Claims)
		}
		t.Logf("%s: %d sentences, %d claims, precision %.3f, recall %.3f", filepath.Base(file), len(list), m, ratio(r, n), ratio(r, m))
		sentences, right, found, there = sentences+len(list), right+r, found+n, there+m
	}
	precision, recall := ratio(right, found), ratio(right, there)
	t.Logf("all: %d sentences, %d claims, precision %.3f, recall %.3f", sentences, there, precision, recall)
	known, err := os.ReadFile(knownErrors)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		known = []byte(strings.Join(wrong, "\n") + "\n")
		if err := os.WriteFile(knownErrors, known, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(strings.Split(strings.TrimSpace(string(known)), "\n"), wrong); d != "" {
		t.Error(d)
	}
	if sentences < 120 {
		t.Errorf("only %d sentences", sentences)
	}
}

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

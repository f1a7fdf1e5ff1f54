package check

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
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

func extracted(l lexicon, s labelled) []string {
	var out []string
	for _, c := range claimsOf(l, normalized(s.Text), s.Year, s.Organization) {
		out = append(out, fmt.Sprint(c.name, " ", c.value))
	}
	return out
}

// knownMisses are the claims that the extractor is known not to find.
var knownMisses = []string{
	"予以公开 4 in 收到申请6件，其中1件申请人逾期未补正，作其他处理；1件重复申请，不予处理；余4件予以公开。",
	"行政规范性文件·制发 5 in 本年度制作行政规范性文件5件，全部在网站公开；办理规范性文件备案审查9件。",
	"行政规范性文件·制发 6 in 县政府及县政府办公室印发规范性文件6件，全部按要求公开。",
}

// TestClaims measures the extractor on the labelled sentences: how many of the
// claims that it finds are there, and how many of those that are there it finds.
func TestClaims(t *testing.T) {
	l := lexiconFor(mustForm(t))
	files, _ := filepath.Glob("../../testdata/narrative/*.yaml")
	sentences, right, found, there := 0, 0, 0, 0
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
					t.Errorf("false: %s in %s", g, s.Text)
				}
			}
			for _, missed := range rest {
				if text := fmt.Sprintf("%s in %s", missed, s.Text); !slices.Contains(knownMisses, text) {
					t.Errorf("missed: %s", text)
				}
			}
			n += len(got)
			m += len(s.Claims)
		}
		t.Logf("%s: %d sentences, %d claims, precision %.3f, recall %.3f", filepath.Base(file), len(list), m, ratio(r, n), ratio(r, m))
		sentences, right, found, there = sentences+len(list), right+r, found+n, there+m
	}
	precision, recall := ratio(right, found), ratio(right, there)
	t.Logf("all: %d sentences, %d claims, precision %.3f, recall %.3f", sentences, there, precision, recall)
	if sentences < 120 {
		t.Errorf("only %d sentences", sentences)
	}
}

func ratio(a, b int) float64 { return float64(a) / float64(max(b, 1)) }

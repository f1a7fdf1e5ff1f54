package message

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

var place = regexp.MustCompile(`\{\d\}`)

// Every message is there in both languages, with the same places to fill.
func TestCatalogueIsComplete(t *testing.T) {
	for key, m := range catalogue {
		if strings.TrimSpace(m.zh) == "" || strings.TrimSpace(m.en) == "" {
			t.Errorf("%s lacks a language: %+v", key, m)
		}
		if words := place.ReplaceAllString(m.zh, ""); m.zh != m.en && strings.ContainsFunc(words, unicode.IsLetter) && !strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
			t.Errorf("%s is not translated: %q", key, m.zh)
		}
		zh, en := places(m.zh), places(m.en)
		if !slices.Equal(zh, en) {
			t.Errorf("%s has the places %q in Chinese, %q in English", key, zh, en)
		}
	}
}

func places(s string) []string {
	all := place.FindAllString(s, -1)
	slices.Sort(all)
	return slices.Compact(all)
}

// used are the calls that name a message by its key.
var used = regexp.MustCompile(`(?:message\.New|message\.NewError|\.say)\("([^"]+)"(\s*\+)?`)

// Every message that the program names by its whole key is in the catalogue.
func TestKeysExist(t *testing.T) {
	found := 0
	err := fs.WalkDir(os.DirFS("../.."), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
			return err
		}
		src, err := os.ReadFile("../../" + name)
		if err != nil {
			return err
		}
		for _, m := range used.FindAllStringSubmatch(string(src), -1) {
			found++
			if _, ok := catalogue[m[1]]; !ok && m[2] == "" {
				t.Errorf("%s: no message %q", name, m[1])
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if found < 50 {
		t.Errorf("only %d keys found", found)
	}
}

func TestMessageFillsItsPlaces(t *testing.T) {
	m := New("file.unwritable", "a.pdf", New("cmd.stopped"))
	if got := m.In(English); !strings.Contains(got, "a.pdf (interrupted)") {
		t.Error(got)
	}
	if got := m.In(Chinese); !strings.Contains(got, "a.pdf（已中断）") {
		t.Error(got)
	}
	if got := New("no such key", 5, "x").In(Chinese); got != "no such key 5 x" {
		t.Errorf("an unknown key is shown as %q", got)
	}
}

func TestFromEnv(t *testing.T) {
	for _, c := range []struct {
		all, messages, lang string
		want                Lang
	}{
		{"", "", "zh_CN.UTF-8", Chinese}, {"", "", "zh_TW", Chinese}, {"", "", "en_US.UTF-8", English},
		{"", "", "C.UTF-8", English}, {"C", "", "zh_CN.UTF-8", English}, {"", "zh_CN.UTF-8", "en_US.UTF-8", Chinese},
	} {
		t.Setenv("LC_ALL", c.all)
		t.Setenv("LC_MESSAGES", c.messages)
		t.Setenv("LANG", c.lang)
		if got := FromEnv(); got != c.want {
			t.Errorf("LC_ALL=%s LC_MESSAGES=%s LANG=%s: %s", c.all, c.messages, c.lang, got)
		}
	}
}

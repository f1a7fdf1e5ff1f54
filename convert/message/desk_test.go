package message

import (
	"regexp"
	"strings"
	"testing"
)

// flagTalk is what nobody can act on who has no command line.
var flagTalk = regexp.MustCompile(`(^|[^-\pL])--?[a-z]|nianbao [a-z]|Ctrl`)

// commandOnly are the messages that nobody meets who drops a file on the program.
var commandOnly = regexp.MustCompile(`^(usage|flag|rollup|merge|book|cmd)\.|^batch\.(shard|jobs|rosterofshard|stopping)$`)

func TestNoFlagsAtDesk(t *testing.T) {
	said := 0
	for key := range catalogue {
		if commandOnly.MatchString(key) {
			continue
		}
		for _, lang := range []Lang{Chinese, English} {
			if s := New(key).AtDesk(lang); flagTalk.MatchString(s) || strings.ContainsAny(s, "⟦⟧|") {
				t.Errorf("%s: %s", key, s)
			}
			s := New(key).In(lang)
			if strings.ContainsAny(s, "⟦⟧") {
				t.Errorf("%s: %s", key, s)
			}
			if flagTalk.MatchString(s) {
				said++
			}
		}
	}
	if said < 20 {
		t.Errorf("on the command line only %d messages speak of flags", said)
	}
}

// What stands in the place of a message, and what a name holds, is left as it is.
func TestAtDesk(t *testing.T) {
	m := New("file.unwritable", "⟦a|b⟧.pdf", New("file.exists"))
	if got := m.AtDesk(Chinese); got != "无法写入 ⟦a|b⟧.pdf（已有同名文件，未覆盖；请另取文件名）；请检查文件夹权限和磁盘空间，或把填报表复制到“桌面”再试" {
		t.Error(got)
	}
	if got := LocalizeAtDesk(NewError("file.exists"), English); strings.Contains(got, "-o") {
		t.Error(got)
	}
}

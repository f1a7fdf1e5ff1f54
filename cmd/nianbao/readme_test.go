package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"nianbao/convert/check"
	"nianbao/convert/message"
)

var update = flag.Bool("update", false, "rewrite the tables of rules in the READMEs")

// The tables of rules in both READMEs are those of the program.
func TestReadmeRules(t *testing.T) {
	const begin, end = "<!-- rules -->\n", "<!-- end of rules -->"
	for file, lang := range map[string]message.Lang{"../../README.md": message.English, "../../README.zh-CN.md": message.Chinese} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		before, rest, ok1 := strings.Cut(string(b), begin)
		got, after, ok2 := strings.Cut(rest, end)
		if !ok1 || !ok2 {
			t.Fatalf("%s has no place for the rules", file)
		}
		want := ruleTable(lang)
		if got == want {
			continue
		}
		if !*update {
			t.Errorf("%s: the rules have changed; run go test ./cmd/nianbao -update", file)
			continue
		}
		if err := os.WriteFile(file, []byte(before+begin+want+end+after), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func ruleTable(lang message.Lang) string {
	var b strings.Builder
	head := "| id | severity | what is wrong |\n"
	if lang == message.Chinese {
		head = "| 编号 | 级别 | 问题 |\n"
	}
	b.WriteString("\n" + head + "|---|---|---|\n")
	for _, r := range check.Rules() {
		severity := message.New("severity." + string(r.Severity)).In(lang)
		fmt.Fprintf(&b, "| %s | %s | %s |\n", r.ID, severity, strings.ReplaceAll(r.Title.In(lang), "|", "\\|"))
	}
	return b.String() + "\n"
}

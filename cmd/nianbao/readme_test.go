package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"nianbao/convert/check"
	"nianbao/convert/message"
)

var update = flag.Bool("update", false, "rewrite the tables of rules and the outputs shown in the READMEs, and the list of fields that programs rely on")

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

// Every command of both READMEs runs as it stands, in order, on the folder of samples,
// and prints what is shown below it.
func TestReadmeCommands(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the examples are for a shell")
	}
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	if err := os.Symlink(program, filepath.Join(bin, "nianbao")); err != nil {
		t.Fatal(err)
	}
	for _, file := range []string{"../../README.md", "../../README.zh-CN.md"} {
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := os.CopyFS(filepath.Join(dir, "testdata", "county"), os.DirFS("../../testdata/county")); err != nil {
				t.Fatal(err)
			}
			sample, err := os.ReadFile("../../testdata/yingshan-2024.xlsx")
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "testdata", "yingshan-2024.xlsx"), sample, 0o644); err != nil {
				t.Fatal(err)
			}
			r := readmeRun{bin: bin, dir: dir}
			text := fence.ReplaceAllStringFunc(string(b), func(block string) string { return r.block(t, block) })
			if len(r.ran) < 20 {
				t.Errorf("only %d commands were found", len(r.ran))
			}
			if text == string(b) {
				return
			}
			if !*update {
				t.Fatalf("the outputs shown are out of date: run go test ./cmd/nianbao -run Readme -update and read the difference")
			}
			if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// fence matches a block of commands, and what is shown below it.
var fence = regexp.MustCompile("(?s)```sh\n(.*?)```\n(\n```text\n.*?```\n)?")

// standIn matches what is said where the machine has no 仿宋, which is not shown.
var standIn = regexp.MustCompile(`(?m)^(没有找到仿宋字体|no 仿宋).*\n`)

// readmeRun runs the commands of a README.
type readmeRun struct {
	bin, dir string
	ran      []string
}

// block runs the commands of a block and gives it back with what they print now.
func (r *readmeRun) block(t *testing.T, block string) string {
	m := fence.FindStringSubmatch(block)
	var printed bytes.Buffer
	for _, line := range strings.Split(strings.TrimSuffix(m[1], "\n"), "\n") {
		switch name, rest, _ := strings.Cut(line, " "); {
		case name == "cd":
			r.dir = filepath.Join(r.dir, rest)
			continue
		case strings.HasPrefix(line, "go run ./cmd/nianbao "):
			line = strings.Replace(line, "go run ./cmd/nianbao", "nianbao", 1)
		case name == "go":
			continue // builds and tests what this is a test of
		}
		c := exec.Command("sh", "-c", line)
		c.Dir, c.Stdout, c.Stderr = r.dir, &printed, &printed
		c.Env = append(os.Environ(), "PATH="+r.bin+string(os.PathListSeparator)+os.Getenv("PATH"), "LANG=zh_CN.UTF-8", "HOME="+r.bin)
		if m[2] == "" {
			c.Stdout, c.Stderr = nil, nil
		}
		may := exitFindings
		if strings.Contains(line, "xargs") {
			may = 123 // what xargs makes of it; merge tells whether all parts are there
		}
		err := c.Run()
		if exit := new(exec.ExitError); err != nil && (!errors.As(err, &exit) || exit.ExitCode() != may) {
			t.Fatalf("%s: %v\n%s", line, err, printed.String())
		}
		r.ran = append(r.ran, line)
	}
	if m[2] == "" {
		return block
	}
	return "```sh\n" + m[1] + "```\n\n```text\n" + standIn.ReplaceAllString(printed.String(), "") + "```\n"
}

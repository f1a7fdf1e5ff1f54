package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"nianbao/templates"
)

// schema compiles one of the published schemas, as it stands alone.
func schema(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	src, err := templates.Schemas.ReadFile("schemas/" + name + schemaSuffix)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(name, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(name)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func validate(t *testing.T, s *jsonschema.Schema, name string, src []byte) {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(src))
	if err == nil {
		err = s.Validate(doc)
	}
	if err != nil {
		t.Errorf("%s: %v\n%.300s", name, err, src)
	}
}

// command runs the command line in process.
func runIn(t *testing.T, args ...string) (status int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	status = run(t.Context(), nil, append(args, "--lang", "zh"), &o, &e)
	return status, o.String(), e.String()
}

// All JSON that is written is as its schema says, good submissions and bad ones.
func TestContract(t *testing.T) {
	in, out := t.TempDir(), t.TempDir()
	put := func(name string, src []byte) {
		if err := os.WriteFile(filepath.Join(in, name), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	good, err := os.ReadFile("../../testdata/yingshan-2024.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	put("甲.xlsx", good)
	put("空.xlsx", nil)
	put("坏.xlsx", good[:len(good)/2])
	_, _, errOut := runIn(t, "-q", "-o", out, "-t", "json,pdf", in)
	records, err := os.ReadFile(filepath.Join(out, "results.jsonl"))
	if err != nil {
		t.Fatal(err, errOut)
	}
	result := schema(t, "result")
	n := 0
	for line := range strings.Lines(string(records)) {
		validate(t, result, "results.jsonl", []byte(line))
		n++
	}
	report, err := os.ReadFile(filepath.Join(out, "甲.json"))
	if err != nil || n != 3 {
		t.Fatalf("%d records, %v", n, err)
	}
	validate(t, schema(t, "report"), "甲.json", report)
	sum, err := os.ReadFile(filepath.Join(out, "summary.json"))
	if err != nil {
		t.Fatal(err)
	}
	validate(t, schema(t, "summary"), "summary.json", sum)

	_, lines, _ := runIn(t, "check", "--format", "json", "--claims", in)
	findings := schema(t, "findings")
	n = 0
	for line := range strings.Lines(lines) {
		validate(t, findings, "check", []byte(line))
		n++
	}
	if !strings.Contains(lines, `"claims":[{"rule":`) {
		t.Error("no claims")
	}
	if n != 3 {
		t.Errorf("%d lines of findings, want one a file", n)
	}

	// The report's JSON is a submission, and comes to the same page.
	put("乙.json", report)
	again := t.TempDir()
	status, _, errOut := runIn(t, "-q", "-o", again, "-t", "json,pdf", filepath.Join(in, "乙.json"))
	if status != 0 {
		t.Fatalf("exit status %d: %s", status, errOut)
	}
	for _, ext := range []string{".json", ".pdf"} {
		a, _ := os.ReadFile(filepath.Join(out, "甲"+ext))
		b, _ := os.ReadFile(filepath.Join(again, "乙"+ext))
		if len(a) == 0 || !bytes.Equal(a, b) {
			t.Errorf("%s: %d bytes from the form, %d others from its JSON", ext, len(a), len(b))
		}
	}
}

// Who writes to the pipe may never come to an end.
func TestPipeIsInterrupted(t *testing.T) {
	stdin := os.Stdin
	t.Cleanup(func() { os.Stdin = stdin })
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	os.Stdin = r
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	done := make(chan error, 1)
	go func() {
		_, err := (&command{ctx: ctx}).read(1 << 20)
		done <- err
	}()
	select {
	case err := <-done:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it still waits")
	}
	w.Close() // and what read leaves behind ends
}

func TestPipe(t *testing.T) {
	stdin := os.Stdin
	t.Cleanup(func() { os.Stdin = stdin })
	pipe := func(name string, args ...string) (int, string, string) {
		f, err := os.Open(name)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		os.Stdin = f
		return runIn(t, args...)
	}
	const form = "../../testdata/yingshan-2024.xlsx"
	status, out, errOut := pipe(form, "-t", "pdf", "-")
	if status != 0 || !strings.HasPrefix(out, "%PDF-") || !strings.Contains(errOut, "N103") {
		t.Errorf("exit status %d, %d bytes, %s", status, len(out), errOut)
	}
	status, out, _ = pipe(form, "check", "--format", "json", "-")
	if status != 0 || !strings.HasPrefix(out, `{"version":1,"file":"stdin",`) {
		t.Errorf("exit status %d, %.200s", status, out)
	}
	for _, args := range [][]string{{"-"}, {"-t", "pdf,json", "-"}} {
		if status, out, errOut := pipe(form, args...); status != 2 || out != "" || !strings.Contains(errOut, "标准输入") {
			t.Errorf("%q: exit status %d, %q, %q", args, status, out, errOut)
		}
	}
	dir := t.TempDir()
	if status, _, errOut := pipe(form, "-o", dir, "-"); status != 0 {
		t.Error(errOut)
	}
	if _, err := os.Stat(filepath.Join(dir, "stdin.pdf")); err != nil {
		t.Error(err)
	}
	if status, _, errOut := pipe("../../LICENSE", "-t", "pdf", "-"); status != 2 || !strings.Contains(errOut, "stdin: ") {
		t.Errorf("no form: exit status %d, %s", status, errOut)
	}
}

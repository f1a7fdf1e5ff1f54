package convert

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"nianbao/convert/finding"
	"nianbao/convert/message"
	"nianbao/convert/workbook"
)

const sample = "../testdata/yingshan-2024.xlsx"

func TestFileLeavesNothingWhenAnOutputFails(t *testing.T) {
	out := t.TempDir()
	// The second output cannot be written: a folder has its name.
	if err := os.Mkdir(filepath.Join(out, "yingshan-2024.normalized.xlsx"), 0o777); err != nil {
		t.Fatal(err)
	}
	_, err := File(context.Background(), sample, FileOptions{Out: out})
	var m *message.Error
	if !errors.As(err, &m) || m.Key != "file.unwritable" {
		t.Errorf("error %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(out, ".*"))
	pdfs, _ := filepath.Glob(filepath.Join(out, "*.pdf"))
	if len(left)+len(pdfs) > 0 {
		t.Errorf("left behind: %q %q", left, pdfs)
	}
}

// Outputs that were there before are still there when another cannot be replaced.
func TestFileKeepsEarlierOutputs(t *testing.T) {
	out := t.TempDir()
	pdf := filepath.Join(out, "yingshan-2024.pdf")
	if _, err := File(t.Context(), sample, FileOptions{Out: out, To: []Format{PDF}}); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(out, "yingshan-2024.normalized.xlsx"), 0o777); err != nil {
		t.Fatal(err)
	}
	if _, err := File(t.Context(), sample, FileOptions{Out: out}); err == nil {
		t.Error("a folder was replaced")
	}
	if _, err := os.Stat(pdf); err != nil {
		t.Error(err)
	}
}

func TestFileStopsBeforeWriting(t *testing.T) {
	out := t.TempDir()
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := File(ctx, sample, FileOptions{Out: out}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	if left, _ := os.ReadDir(out); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func TestCheckKeepsToItsLimits(t *testing.T) {
	for _, c := range []struct {
		key string
		o   FileOptions
	}{
		{"read.limit.time", FileOptions{Timeout: time.Nanosecond}},
		{"read.limit.file", FileOptions{Options: Options{Limits: workbook.Limits{FileSize: 1000}}}},
		{"read.limit.unpacked", FileOptions{Options: Options{Limits: workbook.Limits{Unpacked: 5000}}}},
		{"read.limit.cells", FileOptions{Options: Options{Limits: workbook.Limits{Cells: 100}}}},
	} {
		_, err := Check(context.Background(), sample, c.o)
		var m *message.Error
		if !errors.As(err, &m) || m.Key != c.key {
			t.Errorf("error %v, want %s", err, c.key)
		}
	}
}

func TestOutputName(t *testing.T) {
	for _, c := range []struct {
		input, out string
		f          Format
		want       string
	}{
		{"a/年报.xlsx", "", PDF, "a/年报.pdf"},
		{"a/年报.xlsx", "out", XLSX, "out/年报.normalized.xlsx"},
		{"年报.v2.XLSX", "", JSON, "年报.v2.json"},
		{"年报", "out", Annotated, "out/年报.annotated.xlsx"},
	} {
		if got := filepath.ToSlash(OutputName(c.input, c.out, c.f)); got != c.want {
			t.Errorf("%s: %s, want %s", c.input, got, c.want)
		}
	}
}

func TestFindingsJSON(t *testing.T) {
	r, err := Check(context.Background(), sample, FileOptions{})
	if err != nil {
		t.Fatal(err)
	}
	line := finding.List{File: r[0].Name, Findings: r[0].Findings}.JSON(message.Chinese)
	if bytes.ContainsRune(line, '\n') || !strings.HasPrefix(string(line), `{"version":1,"file":"../testdata/yingshan-2024.xlsx","findings":[`) {
		t.Errorf("%s", line)
	}
}

// What goes wrong inside costs one file alone.
func TestIsolate(t *testing.T) {
	_, err := isolate(t.Context(), 0, func(context.Context) ([]*Result, error) { panic("index out of range") })
	var m *message.Error
	if !errors.As(err, &m) || m.Key != "convert.panic" || !strings.Contains(m.Err.Error(), "convert_test.go") {
		t.Errorf("a panic: %v", err)
	}
	start := time.Now()
	_, err = isolate(t.Context(), time.Millisecond, func(context.Context) ([]*Result, error) { select {} })
	if !errors.As(err, &m) || m.Key != "read.limit.time" || time.Since(start) > 10*time.Second {
		t.Errorf("work that is stuck: %v after %s", err, time.Since(start))
	}
}

func BenchmarkFile(b *testing.B) {
	out := b.TempDir()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := File(context.Background(), sample, FileOptions{Out: out}); err != nil {
			b.Fatal(err)
		}
	}
}

package batch

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"nianbao/convert"
	"nianbao/convert/message"
	"nianbao/convert/summary"
)

// sampleCopies makes a folder with copies of the sample of these names.
func sampleCopies(t *testing.T, names ...string) string {
	t.Helper()
	in := t.TempDir()
	src, err := os.ReadFile(sample)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if err := os.WriteFile(filepath.Join(in, name), src, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return in
}

// records are the records of a batch by their inputs.
func records(t *testing.T, name string) map[string]*summary.Record {
	t.Helper()
	all := map[string]*summary.Record{}
	for r, err := range summary.Records(name) {
		if err != nil {
			t.Fatal(err)
		}
		all[r.Input] = r
	}
	return all
}

// A run that ended with a file in hand may have ended of it: the next one tries it again
// alone, and when that ends, too, the one after leaves it out and comes to its summary.
func TestResumeAfterCrash(t *testing.T) {
	in := sampleCopies(t, "a.xlsx", "b.xlsx", "c.xlsx", "d.xlsx")
	o := Options{FileOptions: convert.FileOptions{Out: t.TempDir(), To: []convert.Format{convert.JSON}}, Lang: message.English, Resume: true}
	journal := `{"version":1,"input":"a.xlsx"` + inHand + `{"version":1,"input":"b.xlsx"` + inHand +
		`{"version":1,"input":"b.xlsx"` + inHand + // the one that the program ended of, for it was alone
		`{"version":1,"input":"c.xlsx"` + leftOff + // let go of in order
		`{"version":1,"input":"d.xlsx","begun":tr` // not written to its end
	if err := os.WriteFile(filepath.Join(o.Out, summary.Journal("")), []byte(journal), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, want := range []map[string]message.Code{{"b.xlsx": message.Ended}, {}} {
		result, err := Run(t.Context(), []string{in}, o)
		if err != nil {
			t.Fatal(err)
		}
		all := records(t, result.Results)
		if len(all) != 4 {
			t.Errorf("%d records", len(all))
		}
		for input, r := range all {
			if r.ErrorCode != want[input] {
				t.Errorf("%s: code %q, want %q", input, r.ErrorCode, want[input])
			}
		}
		if _, err := os.Stat(filepath.Join(o.Out, summary.Journal(""))); err == nil {
			t.Error("the batch is said not to be finished")
		}
	}
}

// An output that is not what was written is made again; one that is stays.
func TestResumeMakesDamagedOutputsAgain(t *testing.T) {
	in := sampleCopies(t, "a.xlsx")
	o := Options{FileOptions: convert.FileOptions{Out: t.TempDir(), To: []convert.Format{convert.JSON, convert.PDF}}, Resume: true}
	if _, err := Run(t.Context(), []string{in}, o); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.json", "a.pdf"} {
		name = filepath.Join(o.Out, name)
		whole, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		edited := slices.Clone(whole)
		edited[len(edited)-2]++
		for what, damage := range map[string]func() error{
			"nothing": func() error { return nil },
			"cut":     func() error { return os.Truncate(name, int64(len(whole)/2)) },
			"zeroed":  func() error { return os.WriteFile(name, make([]byte, len(whole)), 0o666) },
			"edited":  func() error { return os.WriteFile(name, edited, 0o666) },
			"removed": func() error { return os.Remove(name) },
			"folder":  func() error { return errors.Join(os.Remove(name), os.Mkdir(name, 0o777)) },
		} {
			if err := damage(); err != nil {
				t.Fatal(err)
			}
			result, err := Run(t.Context(), []string{in}, o)
			if err != nil {
				t.Fatal(err)
			}
			if again := result.Skipped == 0; again != (what != "nothing") {
				t.Errorf("%s, %s: made again %v", filepath.Base(name), what, again)
			}
			if now, err := os.ReadFile(name); err != nil || string(now) != string(whole) {
				t.Errorf("%s, %s: %v", filepath.Base(name), what, err)
			}
		}
	}
}

// Names that differ in bytes that are no UTF-8 have a record each.
func TestNamesThatAreNoUTF8(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the system has no such names")
	}
	in := sampleCopies(t, "\xbd\xcc.xlsx", "\xce\xc0.xlsx", "教.xlsx")
	o := Options{FileOptions: convert.FileOptions{Out: t.TempDir(), To: []convert.Format{convert.JSON}}, Resume: true}
	for _, skipped := range []int{0, 3} {
		result, err := Run(t.Context(), []string{in}, o)
		if err != nil {
			t.Fatal(err)
		}
		all := records(t, result.Results)
		if len(all) != 3 || all["%BD%CC.xlsx"] == nil || all["%CE%C0.xlsx"] == nil || all["教.xlsx"] == nil || result.Skipped != skipped {
			t.Errorf("records %v, %d skipped", all, result.Skipped)
		}
	}
}

// A shard's records come from elsewhere: a line that was cut is named and the others are
// merged, and none links to what is not under the shard's folder.
func TestMergeForeignRecords(t *testing.T) {
	dir := t.TempDir()
	shard := filepath.Join(dir, "shard")
	if err := os.Mkdir(shard, 0o777); err != nil {
		t.Fatal(err)
	}
	line := func(input string, outputs ...string) string {
		return string((&summary.Record{Version: 1, Input: input, Status: summary.Good, Outputs: outputs}).Line())
	}
	lines := line("a.xlsx", "a.pdf", "x/b.pdf", "../../etc/passwd", "/etc/passwd", `..\..\x.pdf`, "C:/x.pdf", "javascript:x.pdf") +
		line("b.xlsx")[:20] + "\n" + line("c.xlsx", "c.pdf") + `{"version":1,"inp`
	name := filepath.Join(shard, summary.Results(""))
	if err := os.WriteFile(name, []byte(lines), 0o666); err != nil {
		t.Fatal(err)
	}
	result, missing, err := Merge(filepath.Join(dir, "all"), []string{shard}, nil, message.English)
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, m := range missing {
		told = append(told, m.In(message.English))
	}
	if len(told) != 2 || !strings.HasPrefix(told[0], "line 2 of "+name) || !strings.HasPrefix(told[1], "line 4 of "+name) {
		t.Errorf("told %q", told)
	}
	all := records(t, result.Results)
	if len(all) != 2 || !slices.Equal(all["a.xlsx"].Outputs, []string{"../shard/a.pdf", "../shard/x/b.pdf"}) || !slices.Equal(all["c.xlsx"].Outputs, []string{"../shard/c.pdf"}) {
		t.Errorf("outputs %q, %q", all["a.xlsx"].Outputs, all["c.xlsx"].Outputs)
	}
}

func FuzzRecords(f *testing.F) {
	dir := f.TempDir()
	f.Add([]byte(`{"version":1,"input":"a.xlsx"` + inHand + `{"version":1,"input":"a.xlsx","hash":"sha256:00","outputs":["a.pdf"]}` + "\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		name := filepath.Join(dir, summary.Results(""))
		for line := range bytes.Lines(src) {
			if newer(name, line) != nil {
				return
			}
		}
		if err := os.WriteFile(name, src, 0o666); err != nil {
			t.Fatal(err)
		}
		b := &batch{inputs: []input{{rel: "a.xlsx", stem: "a"}}, known: map[string]known{}}
		b.Resume = true
		end, err := b.recall(name, true)
		if err != nil || end > int64(len(src)) || end > 0 && src[end-1] != '\n' {
			t.Errorf("the last whole line ends at %d of %d, %v", end, len(src), err)
		}
		m := merge{out: dir, shards: map[int]map[int]bool{}}
		if err := m.file(dir, name); err != nil {
			t.Error(err)
		}
		if err := m.write(io.Discard); err != nil {
			t.Error(err)
		}
		for _, r := range m.records {
			if r.offset+int64(r.length) > int64(len(src)) {
				t.Errorf("a record at %d of %d bytes in %d", r.offset, r.length, len(src))
			}
		}
	})
}

func FuzzListedPaths(f *testing.F) {
	f.Add([]byte("a.xlsx\r\n\xff\xfea\x00"))
	f.Fuzz(func(t *testing.T, src []byte) {
		for _, p := range ListedPaths(src) {
			if p == "" || strings.ContainsAny(p, "\n") {
				t.Errorf("path %q", p)
			}
		}
	})
}

package batch

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"nianbao/convert"
	"nianbao/convert/message"
)

// What is bound is held in memory, and so limited: a byte more than the limit is too much,
// the limit itself is not.
func TestBookOfTooMuch(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	var o Options
	o.Out = out
	o.To = []convert.Format{convert.PDF}
	if _, err := Run(context.Background(), []string{"../../testdata/county/in/education.xlsx", "../../testdata/county/in/chengguan.xlsx"}, o); err != nil {
		t.Fatal(err)
	}
	all := int64(0)
	files, err := filepath.Glob(filepath.Join(out, "*.pdf"))
	if err != nil || len(files) != 2 {
		t.Fatal(files, err)
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err != nil {
			t.Fatal(err)
		}
		all += info.Size()
	}
	defer func(old int64) { largestVolume = old }(largestVolume)
	volume := filepath.Join(dir, "volume.pdf")
	largestVolume = all - 1
	var e *message.Error
	if _, err := Book(context.Background(), volume, out, BookOptions{}); !errors.As(err, &e) || e.Key != "book.large" {
		t.Errorf("one byte too many: %v", err)
	}
	if _, err := os.Stat(volume); !errors.Is(err, fs.ErrNotExist) {
		t.Error("something was written")
	}
	largestVolume = all
	result, err := Book(context.Background(), volume, out, BookOptions{})
	if err != nil || result.Reports != 2 || len(result.LeftOut) != 0 {
		t.Fatal(result, err)
	}
	if src, err := os.ReadFile(volume); err != nil || !bytes.Contains(src, []byte("/Count ")) {
		t.Error("no volume", err)
	}
}

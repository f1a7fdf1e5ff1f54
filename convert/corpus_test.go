//go:build corpus

package convert

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"nianbao/convert/message"
)

// TestCorpus checks every file below the folder $CORPUS, forms or not. Each gets
// one line; none may panic, take more than 30 s or a gigabyte of memory.
func TestCorpus(t *testing.T) {
	dir := os.Getenv("CORPUS")
	if dir == "" {
		t.Fatal("no folder: set CORPUS, or run make corpus DIR=…")
	}
	peak := watchHeap(t)
	var read, refused, panics int
	var slowest time.Duration
	var slowestFile string
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		start := time.Now()
		r, err := Check(context.Background(), name, FileOptions{})
		took := time.Since(start)
		line := ""
		switch {
		case err != nil:
			refused++
			line = message.Localize(err, message.English)
			if strings.Contains(fmt.Sprint(err), "panic") || strings.Contains(fmt.Sprint(unwrapped(err)), "panic") {
				panics++
				line += fmt.Sprintf(" [%v]", unwrapped(err))
			}
		default:
			read++
			line = fmt.Sprintf("form %s, %d errors, %d warnings", r[0].Report.Form, r[0].Errors(), r[0].Warnings())
		}
		fmt.Printf("%8s  %s: %s\n", took.Round(time.Millisecond), name, line)
		if strings.Contains(line, "\n") {
			t.Errorf("%s: more than one line", name)
		}
		if took > slowest {
			slowest, slowestFile = took, name
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%d read, %d refused, %d panics; slowest %s (%s); peak heap %d MiB\n",
		read, refused, panics, slowest.Round(time.Millisecond), slowestFile, peak()>>20)
	if panics > 0 || slowest > 31*time.Second || peak() > 1<<30 {
		t.Error("beyond the limits")
	}
}

func unwrapped(err error) error {
	if m, ok := err.(*message.Error); ok && m.Err != nil {
		return m.Err
	}
	return err
}

// watchHeap samples the heap until the test ends and tells its peak.
func watchHeap(t *testing.T) (peak func() uint64) {
	var most uint64
	done := make(chan struct{})
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-done:
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() uint64 {
		select {
		case <-done:
		default:
			close(done)
		}
		<-stopped
		return most
	}
}

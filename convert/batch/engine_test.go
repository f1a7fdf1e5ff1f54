package batch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func TestEachHandsOnInOrder(t *testing.T) {
	var got []int
	slow := func(_ context.Context, i int) int {
		if i%7 == 0 {
			time.Sleep(2 * time.Millisecond)
		}
		return i * i
	}
	err := each(t.Context(), 100, 4, true, slow, func(i, square int) error {
		if square != i*i {
			t.Errorf("%d has %d", i, square)
		}
		got = append(got, i)
		return nil
	})
	if err != nil || len(got) != 100 || !slices.IsSorted(got) {
		t.Errorf("%v, %v", got, err)
	}
}

// A slow one keeps the others from running ahead without bounds.
func TestEachKeepsFewWaiting(t *testing.T) {
	var begun atomic.Int64
	release := make(chan struct{})
	work := func(_ context.Context, i int) int {
		begun.Add(1)
		if i == 0 {
			<-release
		}
		return i
	}
	go func() {
		time.Sleep(50 * time.Millisecond)
		if n := begun.Load(); n > ahead*2 {
			t.Errorf("%d were begun while the first was not done", n)
		}
		close(release)
	}()
	if err := each(t.Context(), 1000, 2, true, work, func(int, int) error { return nil }); err != nil {
		t.Fatal(err)
	}
}

func TestEachStops(t *testing.T) {
	enough := errors.New("enough")
	for _, inOrder := range []bool{true, false} {
		var begun atomic.Int64
		work := func(_ context.Context, i int) int { begun.Add(1); return i }
		n := 0
		err := each(t.Context(), 10_000, 2, inOrder, work, func(int, int) error {
			if n++; n == 3 {
				return enough
			}
			return nil
		})
		if err != enough || n != 3 || begun.Load() > 100 {
			t.Errorf("in order %v: %v after %d, %d begun", inOrder, err, n, begun.Load())
		}
		ctx, cancel := context.WithCancel(t.Context())
		err = each(ctx, 10_000, 2, inOrder, work, func(int, int) error { cancel(); return nil })
		if err != context.Canceled {
			t.Errorf("in order %v: %v", inOrder, err)
		}
	}
}

// A panic of the work reaches who asked for it, who can say so and clean up, and keeps
// nobody waiting.
func TestEachPanics(t *testing.T) {
	defer func() {
		if said := fmt.Sprint(recover()); !strings.Contains(said, "a fault") || !strings.Contains(said, "engine_test.go") {
			t.Errorf("%s", said)
		}
	}()
	each(t.Context(), 100, 3, true, func(_ context.Context, i int) int {
		if i == 7 {
			panic("a fault")
		}
		return i
	}, func(int, int) error { return nil })
	t.Error("no panic")
}

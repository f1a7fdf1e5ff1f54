package batch

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// each does the work for n things, several at a time (0: one for each core), and
// calls done with what came of each, one call at a time: in order, or as they are
// ready. Nothing new is begun when the context is done or done returns an error;
// work in hand is waited for. The error is done's, else the context's if that left
// anything undone.
//
// In order, work runs no further ahead than ahead times the jobs, so that a slow one
// does not make all others wait in memory. A panic of the work is one of each's caller.
func each[T any](ctx context.Context, n, jobs int, inOrder bool, work func(context.Context, int) T, done func(int, T) error) error {
	if jobs == 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	jobs = min(jobs, n)
	running, stop := context.WithCancel(ctx)
	defer stop()
	slots := make(chan struct{}, max(1, ahead*jobs))
	todo := make(chan int)
	go func() {
		defer close(todo)
		for i := range n {
			if inOrder {
				select {
				case slots <- struct{}{}:
				case <-running.Done():
					return
				}
			}
			select {
			case todo <- i:
			case <-running.Done():
				return
			}
		}
	}()
	type outcome struct {
		i int
		t T
	}
	outcomes := make(chan outcome)
	var crash atomic.Pointer[string]
	var workers sync.WaitGroup
	for range jobs {
		workers.Go(func() {
			defer func() {
				if p := recover(); p != nil {
					said := fmt.Sprintf("%v\n%s", p, debug.Stack())
					crash.Store(&said)
					stop()
				}
			}()
			for i := range todo {
				if running.Err() != nil {
					return
				}
				outcomes <- outcome{i, work(ctx, i)}
			}
		})
	}
	go func() {
		workers.Wait()
		close(outcomes)
	}()
	var failed error
	finished := 0
	hand := func(i int, t T) {
		if failed != nil {
			return
		}
		if failed = done(i, t); failed != nil {
			stop()
			return
		}
		finished++
	}
	waiting := map[int]T{} // those whose turn it is not yet
	for o := range outcomes {
		if !inOrder {
			hand(o.i, o.t)
			continue
		}
		waiting[o.i] = o.t
		for {
			t, ok := waiting[finished]
			if !ok || failed != nil {
				break
			}
			delete(waiting, finished)
			hand(finished, t)
			<-slots
		}
	}
	if said := crash.Load(); said != nil {
		panic(*said)
	}
	switch {
	case failed != nil:
		return failed
	case finished < n:
		return ctx.Err()
	}
	return nil
}

// ahead is how many times the number of jobs work may run ahead of what is handed on.
const ahead = 8

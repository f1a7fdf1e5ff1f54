package convert

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"nianbao/convert/message"
)

// grace is how long work may go on after its time is up, until it is left behind.
const grace = 2 * time.Second

// isolate does the work for one file so that its time and its panics cost that
// file alone. Work that is stuck where it does not look at the context is left
// behind; save makes sure that it then writes nothing.
func isolate(ctx context.Context, limit time.Duration, work func(context.Context) ([]*Result, error)) ([]*Result, error) {
	if limit == 0 {
		limit = DefaultTimeout
	}
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	type outcome struct {
		results []*Result
		err     error
	}
	done := make(chan outcome, 1)
	go func() {
		var o outcome
		defer func() {
			if p := recover(); p != nil {
				o = outcome{nil, &message.Error{Message: message.New("convert.panic", p), Err: fmt.Errorf("panic: %v\n%s", p, debug.Stack())}}
			}
			done <- o
		}()
		o.results, o.err = work(limited)
	}()
	var o outcome
	select {
	case o = <-done:
	case <-limited.Done():
		select {
		case o = <-done:
		case <-time.After(grace):
			o.err = limited.Err()
		}
	}
	if errors.Is(o.err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil, message.NewError("read.limit.time", limit)
	}
	return o.results, o.err
}

package main

import (
	"io"
	"os"

	"nianbao/convert"
	"nianbao/convert/files"
	"nianbao/convert/message"
)

// fromPipe reports whether the paths name the standard input: -.
func fromPipe(paths []string) bool { return len(paths) == 1 && paths[0] == "-" }

// pipeName is how what comes through the standard input is named.
const pipeName = "stdin"

// read reads a submission from the standard input. Who writes it may take any time, but
// Ctrl-C ends the wait.
func (c *command) read(most int64) (convert.Source, error) {
	var src []byte
	in, done := io.LimitReader(os.Stdin, most+1), make(chan error, 1)
	go func() {
		var err error
		src, err = io.ReadAll(in)
		done <- err
	}()
	var err error
	select {
	case err = <-done:
	case <-c.ctx.Done():
		return convert.Source{}, c.ctx.Err()
	}
	switch {
	case err != nil:
		return convert.Source{}, &message.Error{Message: message.New("file.unreadable", files.Cause(err)), Err: err}
	case int64(len(src)) > most:
		return convert.Source{}, files.TooLarge(most)
	}
	return convert.Source{Name: pipeName, Bytes: src}, nil
}

// pipe converts the submission in the standard input: into the folder -o or, with one
// format and no folder, to the standard output; what was found then goes to the
// standard error.
func (c *command) pipe(o convert.FileOptions, quiet bool) int {
	src, err := c.read(o.Limits.MostBytes())
	if err != nil {
		return c.fail(pipeName, err)
	}
	if o.Out != "" {
		results, err := convert.Convert(c.ctx, src, convert.Stem(pipeName, o.Out), o)
		status := c.piped(results, o, quiet)
		if err != nil {
			return c.fail(pipeName, err)
		}
		return status
	}
	results, err := convert.CheckSource(c.ctx, src, o)
	if err != nil {
		return c.fail(pipeName, err)
	}
	if len(results) > 1 {
		return c.fail(pipeName, message.NewError("cmd.pipe.several", len(results)))
	}
	if err := results[0].Write(c.ctx, rawOutput{c.out}, o.To[0]); err != nil {
		return c.fail(pipeName, err)
	}
	said := *c
	said.out = c.errOut
	return said.piped(results, o, quiet)
}

func (c *command) piped(results []*convert.Result, o convert.FileOptions, quiet bool) int {
	status := exitGood
	for _, r := range results {
		if r.Errors() > 0 {
			status = exitFindings
		}
		if !quiet {
			c.converted(r, o)
		}
	}
	if !quiet {
		c.fontFaults(o.FontDir)
	}
	return status
}

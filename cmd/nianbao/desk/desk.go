// Package desk is for who drops files on the program and has no command line: the
// window that the system opens for it and closes as soon as it ends, where outputs go
// when nobody says so, and the programs that results are shown with.
//
// What is a drop and what is a script's call, [Own] tells. A script is given nothing
// of this.
package desk

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// Window is a window of the program's own. A nil one is none: it has no title, asks
// nothing and does not wait.
type Window struct {
	closing sync.Once
}

// Own is the window if the program was started in one of its own, by dropping files
// on it or by a double click, else nil.
//
// On Windows that is so if its standard input and output are both those of a console
// that nobody else uses, on a screen that somebody sees. On Linux nothing tells a
// terminal that was opened for the program from one in which a person or a script has
// started it: there the desktop file says so, in the variable [Variable], and input and
// output have to be those of a terminal.
func Own() *Window {
	if !ours() {
		return nil
	}
	w := new(Window)
	w.prepare()
	return w
}

// Variable is what the desktop file sets to 1 when it has a terminal opened for the
// program.
const Variable = "NIANBAO_DESK"

// terminals reports whether standard input and output are both terminals.
func terminals() bool {
	return term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stdout.Fd()))
}

// Ask prints a question and reads the line that is typed then: what was typed before,
// while the program worked, answers nothing. It is false if there is no answer.
func (w *Window) Ask(question string) (answer string, ok bool) {
	if w == nil {
		return "", false
	}
	w.forget()
	fmt.Fprint(os.Stdout, question)
	line := make([]byte, 4096)
	n, err := os.Stdin.Read(line)
	if err != nil || n == 0 {
		return "", false
	}
	return strings.TrimRight(string(line[:n]), "\r\n"), true
}

// Password is Ask for what is not shown.
func (w *Window) Password(question string) (password string, ok bool) {
	if w == nil {
		return "", false
	}
	w.forget()
	fmt.Fprint(os.Stdout, question)
	typed, err := term.ReadPassword(int(os.Stdin.Fd()))
	fmt.Fprintln(os.Stdout)
	return string(typed), err == nil && len(typed) > 0
}

// Wait keeps the window open until Enter is pressed. Ctrl-C, with which people copy
// what they read, does not close it. Who comes second waits for the first.
func (w *Window) Wait(prompt string) {
	if w == nil {
		return
	}
	w.closing.Do(func() {
		interrupted := make(chan os.Signal, 1)
		signal.Notify(interrupted, os.Interrupt)
		w.forget()
		fmt.Fprintln(os.Stdout, prompt)
		for {
			_, err := os.Stdin.Read(make([]byte, 4096))
			if !errors.Is(err, io.EOF) {
				return
			}
			select { // Windows ends the reading of a line, too
			case <-interrupted:
			case <-time.After(100 * time.Millisecond):
				return
			}
		}
	})
}

// Run does the work and keeps the window open until Enter is pressed, also when the work
// panics: failed says what is to be read then. It returns the work's status.
func (w *Window) Run(prompt string, failed func(p any, stack []byte) string, work func() int) (status int) {
	if w == nil {
		return work()
	}
	defer w.Wait(prompt)
	defer func() {
		if p := recover(); p != nil {
			fmt.Fprintln(os.Stderr, failed(p, debug.Stack()))
			status = 2
		}
	}()
	return work()
}

// OnInterrupt calls end when Ctrl-C is pressed.
func (w *Window) OnInterrupt(end func()) {
	if w == nil {
		return
	}
	interrupts := make(chan os.Signal, 1)
	signal.Notify(interrupts, os.Interrupt)
	go func() {
		<-interrupts
		end()
	}()
}

// Title says in the window's frame what goes on.
func (w *Window) Title(title string) {
	if w != nil {
		setTitle(strings.Map(func(r rune) rune {
			if r < ' ' || r == 0x7F {
				return -1
			}
			return r
		}, title))
	}
}

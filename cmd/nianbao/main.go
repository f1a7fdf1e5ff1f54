// Command nianbao converts filled forms of the yearly report on government
// information disclosure: it checks them and writes PDFs to print and normalized
// workbooks. Its README says how to use it; package convert is the same for
// programs.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/bmatcuk/doublestar/v4"
	"github.com/spf13/pflag"

	"nianbao/cmd/nianbao/desk"
	"nianbao/convert/files"
	"nianbao/convert/message"
)

// The exit statuses.
const (
	exitGood     = 0
	exitFindings = 1 // error-level findings
	exitFailed   = 2 // something could not be read or written, or the command was wrong
	exitStopped  = 130
)

// memoryLimit is what the garbage collector is told to keep below, unless
// GOMEMLIMIT says otherwise: no submission may make the program take a gigabyte.
const memoryLimit = 800 << 20

func main() { os.Exit(start(os.Args[1:], run)) }

// start runs the program, in a window of its own if it has one, and returns its status.
func start(args []string, run func(context.Context, *desk.Window, []string, io.Writer, io.Writer) int) int {
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(memoryLimit)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	window := desk.Own()
	words := words{message.FromEnv(), window != nil}
	if lang := langOf(args); lang != "" {
		words.lang = lang
	}
	window.Title(words.say("desk.title"))
	interrupted := context.AfterFunc(ctx, func() { // a second Ctrl-C ends the program at once
		stop()
		window.OnInterrupt(func() {
			fmt.Fprintf(os.Stderr, "\n%s\n", words.say("cmd.stopped"))
			window.Wait(words.say("cmd.enter"))
			os.Exit(exitStopped)
		})
	})
	failed := func(p any, stack []byte) string { return fmt.Sprintf("%s\n%s", stack, words.say("desk.panic", p)) }
	return window.Run(words.say("cmd.enter"), failed, func() int {
		status := run(ctx, window, args, os.Stdout, os.Stderr)
		interrupted()
		stop()
		return status
	})
}

// command is one run of the program.
type command struct {
	ctx    context.Context
	out    *output
	errOut *output
	desk   *desk.Window // nil unless the window is the program's own
	words
	results []string // to be opened at a desk
	usage   string   // key of the usage line of the subcommand
	flags   *pflag.FlagSet
	langIs  string // the flag
}

// subcommands by name. Any other first argument is a path.
var subcommands = map[string]func(*command, []string) int{
	"convert":  runConvert,
	"check":    runCheck,
	"merge":    runMerge,
	"rollup":   runRollup,
	"template": runTemplate,
	"rules":    runRules,
	"fonts":    runFonts,
	"schema":   runSchema,
	"export":   runExport,
	"book":     runBook,
	"version":  runVersion,
}

// run runs the command line and returns the exit status.
func run(ctx context.Context, window *desk.Window, args []string, out, errOut io.Writer) int {
	c := &command{ctx: ctx, out: &output{Writer: out}, errOut: &output{Writer: errOut}, desk: window, words: words{message.FromEnv(), window != nil}}
	if lang := langOf(args); lang != "" {
		c.lang = lang
	}
	args = subcommandFirst(args)
	name := "convert"
	if len(args) > 0 {
		switch {
		case subcommands[args[0]] != nil:
			name, args = args[0], args[1:]
		case args[0] == "help":
			args = []string{"--help"}
		case args[0] == "--version":
			name, args = "version", args[1:]
		}
	}
	c.usage = "usage." + name
	if name == "convert" {
		c.usage = "usage.head"
	}
	c.flags = pflag.NewFlagSet(name, pflag.ContinueOnError)
	c.flags.SortFlags = false
	c.flags.SetOutput(io.Discard)
	status := subcommands[name](c, args)
	if c.out.err != nil {
		fmt.Fprintf(c.errOut, "nianbao: %s\n", c.say("cmd.stdout", files.Cause(c.out.err)))
		status = max(status, exitFailed)
	}
	return status
}

// subcommandFirst puts a subcommand that stands behind --lang in front of it.
func subcommandFirst(args []string) []string {
	n := 0
	switch {
	case len(args) > 2 && args[0] == "--lang":
		n = 2
	case len(args) > 1 && strings.HasPrefix(args[0], "--lang="):
		n = 1
	}
	if n == 0 || subcommands[args[n]] == nil {
		return args
	}
	return slices.Concat(args[n:n+1], args[:n], args[n+1:])
}

// parse reads the flags that the subcommand has declared. Its second result is
// false when the program has nothing more to do than to exit with the first.
func (c *command) parse(args []string) (status int, goOn bool) {
	c.flags.StringVar(&c.langIs, "lang", "", c.say("flag.lang"))
	help := c.flags.BoolP("help", "h", false, c.say("flag.help"))
	err := c.flags.Parse(args)
	switch {
	case err != nil:
		return c.wrong(flagError(err)), false
	case c.langIs != "" && c.langIs != string(message.Chinese) && c.langIs != string(message.English):
		return c.wrong(message.NewError("cmd.lang", c.langIs)), false
	case *help:
		fmt.Fprintf(c.out, "%s\n%s\n%s\n", c.say(c.usage), c.flagUsages(), c.say("usage.status"))
		return exitGood, false
	}
	return 0, true
}

// flagUsages are the flags as --help lists them, without what their library adds to
// switches and, in Chinese, without the English names of kinds of values.
func (c *command) flagUsages() string {
	usages := strings.ReplaceAll(c.flags.FlagUsages(), "[=true|false]", strings.Repeat(" ", len("[=true|false]")))
	if c.lang != message.Chinese {
		return usages
	}
	usages = kindOfValue.ReplaceAllStringFunc(usages, func(s string) string {
		m := kindOfValue.FindStringSubmatch(s)
		name := map[string]string{"string": "文字", "strings": "列表", "stringArray": "可重复", "int": "整数", "duration": "时长"}[m[2]]
		// Chinese characters are two columns wide.
		return m[1] + " " + name + strings.Repeat(" ", max(2, len(m[2])+len(m[3])-2*utf8.RuneCountInString(name)))
	})
	return valueByDefault.ReplaceAllString(usages, "（默认 $1）")
}

var (
	kindOfValue    = regexp.MustCompile(`(--[a-z-]+) (stringArray|strings|string|int|duration)( +)`)
	valueByDefault = regexp.MustCompile(` \(default "?([^)"]*)"?\)`)
)

// paths are the arguments, with what patterns among them match: not every shell sees
// to that.
func (c *command) paths() []string {
	var all []string
	for _, a := range c.flags.Args() {
		matches := []string{a}
		if _, err := os.Lstat(a); err != nil && strings.ContainsAny(a, "*?[") {
			if found, err := doublestar.FilepathGlob(a); err == nil && len(found) > 0 {
				matches = found
			}
		}
		all = append(all, matches...)
	}
	return all
}

// flagError says what is wrong with a flag in the user's language.
func flagError(err error) error {
	var (
		unknown *pflag.NotExistError
		valued  *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &unknown):
		if s := unknown.GetSpecifiedShortnames(); s != "" {
			return message.NewError("cmd.noflag", "-"+s)
		}
		return message.NewError("cmd.noflag", "--"+unknown.GetSpecifiedName())
	case errors.As(err, &valued):
		return message.NewError("cmd.novalue", "--"+valued.GetFlag().Name)
	case errors.As(err, &invalid):
		return message.NewError("cmd.badvalue", invalid.GetFlag().Name, invalid.GetValue())
	}
	return message.NewError("cmd.flag", err)
}

// langOf looks for --lang before the flags are declared, since their own texts
// are in that language.
func langOf(args []string) message.Lang {
	for i, a := range args {
		v, ok := strings.CutPrefix(a, "--lang=")
		if a == "--lang" && i+1 < len(args) {
			v, ok = args[i+1], true
		}
		if l := message.Lang(v); ok && slices.Contains([]message.Lang{message.Chinese, message.English}, l) {
			return l
		}
	}
	return ""
}

// words are what users are told: in their language and, at a desk, without flags.
type words struct {
	lang   message.Lang
	atDesk bool
}

func (w words) say(key string, args ...any) string {
	m := message.New(key, args...)
	if w.atDesk {
		return m.AtDesk(w.lang)
	}
	return m.In(w.lang)
}

// localize is what an error says.
func (w words) localize(err error) string {
	if w.atDesk {
		return message.LocalizeAtDesk(err, w.lang)
	}
	return message.Localize(err, w.lang)
}

// wrong says what is wrong with the command line, with a short usage.
func (c *command) wrong(err error) int {
	if c.desk != nil {
		fmt.Fprintln(c.errOut, c.localize(err))
		return exitFailed
	}
	usage, _, _ := strings.Cut(c.say(c.usage), "\n\n")
	if c.usage == "usage.head" {
		_, usage, _ = strings.Cut(c.say(c.usage), "\n\n")
		usage = usage[:strings.LastIndex(usage, "\n\n")]
	}
	fmt.Fprintf(c.errOut, "nianbao: %s\n%s\n%s\n", c.localize(err), usage, c.say("cmd.try"))
	return exitFailed
}

// fail reports an error about a file in one line.
func (c *command) fail(file string, err error) int {
	if errors.Is(err, context.Canceled) {
		fmt.Fprintf(c.errOut, "nianbao: %s\n", c.say("cmd.stopped"))
		return exitStopped
	}
	text := strings.ReplaceAll(c.localize(err), "\n", " ")
	fmt.Fprintf(c.errOut, "nianbao: %s: %s\n", oneLine(file), text)
	return exitFailed
}

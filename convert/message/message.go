// Package message is the one catalogue of what nianbao says to its users, in
// Chinese and in English. Code names a message by its key and gives what fills
// its places; the language is chosen where the message is shown.
//
//	m := message.New("R301")
//	fmt.Println(m.In(message.Chinese))
//
// A message says, in this order, what is wrong and what to do about it. Places
// are written {0}, {1}, … so that the two languages may order them differently, and
// ⟦…|…⟧ is what is said on the command line and what at a desk that has none.
package message

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/text/language"
)

// Lang is a language of the catalogue.
type Lang string

// The languages of the catalogue.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// Message is a message of the catalogue with what fills its places. A place may
// be filled with a Message, which is then shown in the same language.
type Message struct {
	Key  string
	Args []any
}

// New returns the message with the given key.
func New(key string, args ...any) Message { return Message{key, args} }

// In returns the message in the given language. A key that the catalogue does
// not have is shown as it is, with its arguments, so that nothing is lost.
func (m Message) In(lang Lang) string { return m.in(lang, false) }

// AtDesk is [Message.In] for who has dropped a file on the program and has no command
// line to write anything on.
func (m Message) AtDesk(lang Lang) string { return m.in(lang, true) }

func (m Message) in(lang Lang, desk bool) string {
	t, ok := catalogue[m.Key]
	if !ok {
		return strings.TrimSpace(m.Key + " " + strings.TrimSpace(fmt.Sprintln(m.Args...)))
	}
	s := t.en
	if lang == Chinese {
		s = t.zh
	}
	s = either(s, desk)
	if len(m.Args) == 0 {
		return s
	}
	pairs := make([]string, 0, 2*len(m.Args))
	for i, a := range m.Args {
		var v string
		switch a := a.(type) {
		case Message:
			v = a.in(lang, desk)
		case *Error:
			v = a.in(lang, desk)
		case Bilingual:
			v = a.In(lang)
		default:
			v = fmt.Sprint(a)
		}
		pairs = append(pairs, "{"+strconv.Itoa(i)+"}", v)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// either chooses in a text of the catalogue: ⟦on the command line|at a desk⟧.
func either(s string, desk bool) string {
	for {
		before, rest, ok := strings.Cut(s, "⟦")
		if !ok {
			return s
		}
		choice, after, _ := strings.Cut(rest, "⟧")
		line, drop, _ := strings.Cut(choice, "|")
		if desk {
			line = drop
		}
		s = before + line + after
	}
}

// Error is an error that the user can act on. Its Error method is in English;
// programs show it with [Localize].
type Error struct {
	Message
	Err error // the cause, or nil
}

// NewError returns an error with the message of the given key.
func NewError(key string, args ...any) *Error { return &Error{Message: New(key, args...)} }

func (e *Error) Error() string { return e.In(English) }
func (e *Error) Unwrap() error { return e.Err }

// Localize is what an error says in the given language. An error that is not of
// this catalogue, such as one of the operating system, is in whatever language it
// came in.
func Localize(err error, lang Lang) string { return localize(err, lang, false) }

// LocalizeAtDesk is [Localize] as [Message.AtDesk] is [Message.In].
func LocalizeAtDesk(err error, lang Lang) string { return localize(err, lang, true) }

func localize(err error, lang Lang, desk bool) string {
	var m *Error
	if errors.As(err, &m) {
		return m.in(lang, desk)
	}
	return err.Error()
}

// FromEnv is the language of the locale that the environment names: Chinese
// where that is Chinese, else English.
func FromEnv() Lang {
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		v := os.Getenv(name)
		if v == "" {
			continue
		}
		v, _, _ = strings.Cut(v, ".")
		tag, err := language.Parse(strings.ReplaceAll(v, "_", "-"))
		if base, _ := tag.Base(); err == nil && base.String() == "zh" {
			return Chinese
		}
		return English
	}
	return systemLang()
}

// Bilingual is a text in both languages.
type Bilingual struct{ Chinese, English string }

// Both is a text in both languages.
func Both(chinese, english string) Bilingual { return Bilingual{chinese, english} }

// In returns the text in the given language.
func (b Bilingual) In(lang Lang) string {
	if lang == Chinese {
		return b.Chinese
	}
	return b.English
}

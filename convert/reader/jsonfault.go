package reader

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"

	"nianbao/convert/message"
	"nianbao/convert/report"
)

// What is wrong with JSON that is no report, in words that say where.

// jsonFault says why the JSON could not be decoded.
func jsonFault(src []byte, err error) *message.Error {
	var kind *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	var m message.Message
	switch {
	case errors.As(err, &kind):
		path, line := jsonPlace(src, func(at []string, t any, end int64) bool {
			if kind.Type == reflect.TypeFor[report.Number]() { // the decoder does not know where that is
				return len(at) == 4 && at[0] == "tables" && !isFigure(t)
			}
			return end >= kind.Offset
		})
		if m = message.New("read.json.type", path, kindOf(kind.Type), line); path == "" {
			m = message.New("read.json.list")
		}
	case errors.Is(err, io.ErrUnexpectedEOF):
		m = message.New("read.json.cut", lineOf(src, len(bytes.TrimSpace(src))))
	case errors.As(err, &syntax):
		m = message.New("read.json.syntax", lineOf(src, int(syntax.Offset)))
	default:
		_, field, ok := strings.Cut(err.Error(), "unknown field ")
		if !ok {
			m = message.New("read.json", err)
			break
		}
		m = message.New("read.json.unknown", "JSON", strings.Trim(field, `"`))
	}
	return &message.Error{Message: m, Err: err}
}

// kindOf is the kind of value that a Go type is written as.
func kindOf(t reflect.Type) message.Message {
	switch t.Kind() {
	case reflect.String:
		return message.New("json.text")
	case reflect.Slice:
		return message.New("json.list")
	case reflect.Map:
		return message.New("json.object")
	case reflect.Struct:
		if t != reflect.TypeFor[report.Number]() {
			return message.New("json.object")
		}
	}
	return message.New("json.number")
}

// isFigure reports whether a token is a number that a figure may have, or null.
func isFigure(token any) bool {
	n, ok := token.(json.Number)
	if !ok {
		return token == nil
	}
	_, err := report.ParseNumber(n.String())
	return err == nil
}

// jsonPlace is the path of the first value that is told by its path, its token and where
// that ends, and its line.
func jsonPlace(src []byte, is func(at []string, token any, end int64) bool) (path string, line int) {
	line = 1
	walkJSON(src, func(at []string, t any, end int64) bool {
		if !is(at, t, end) {
			return true
		}
		path, line = strings.Join(at, "."), lineOf(src, int(end))
		return false
	}, nil)
	return path, line
}

// jsonTwice is the path of a key that an object has twice, and its line; "" if none has.
// Of two the decoder takes the last, and nobody would hear of the other. It keeps all keys:
// of JSON with keys that no form has it is not asked.
func jsonTwice(src []byte) (path string, line int) {
	walkJSON(src, nil, func(at []string, end int64) bool {
		path, line = strings.Join(at, "."), lineOf(src, int(end))
		return false
	})
	return path, line
}

// nesting is an object or a list that a walk is in.
type nesting struct {
	object bool
	keys   map[string]bool // so far, of an object whose keys are compared
	key    *string         // of the value that is next; nil before a key
	index  int             // of a list
}

// walkJSON goes over the values of JSON, in order, with their paths, and over keys that
// an object has twice, until visit or twice says false or the JSON ends or is none.
func walkJSON(src []byte, visit func(at []string, token any, end int64) bool, twice func(at []string, end int64) bool) {
	d := json.NewDecoder(bytes.NewReader(src))
	d.UseNumber()
	var levels []nesting
	var at []string
	for {
		t, err := d.Token()
		if err != nil {
			return
		}
		if delim, ok := t.(json.Delim); ok && (delim == '}' || delim == ']') {
			levels = levels[:len(levels)-1]
			at = at[:max(0, len(levels)-1)]
			continue
		}
		if n := len(levels); n > 0 {
			l := &levels[n-1]
			at = at[:n-1]
			if l.object && l.key == nil {
				key, _ := t.(string)
				at, l.key = append(at, key), &key
				if twice != nil {
					if l.keys[key] && !twice(at, d.InputOffset()) {
						return
					}
					l.keys[key] = true
				}
				continue
			}
			if !l.object {
				l.index++
				at = append(at, strconv.Itoa(l.index))
			} else {
				at, l.key = append(at, *l.key), nil
			}
		}
		if visit != nil && !visit(at, t, d.InputOffset()) {
			return
		}
		switch t {
		case json.Delim('{'):
			l := nesting{object: true}
			if twice != nil {
				l.keys = map[string]bool{}
			}
			levels = append(levels, l)
		case json.Delim('['):
			levels = append(levels, nesting{})
		}
	}
}

// lineOf is the line, from 1, that a place in a text is in.
func lineOf(src []byte, at int) int { return 1 + bytes.Count(src[:min(at, len(src))], []byte{'\n'}) }

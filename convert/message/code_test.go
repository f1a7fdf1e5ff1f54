package message

import (
	"strings"
	"testing"
)

// Whatever a submission can fail with has a code; a message that is new has to be
// given one.
func TestCodes(t *testing.T) {
	none := map[string]bool{"file.ownoutput": true} // said of a file that is passed over
	for key := range catalogue {
		ofSubmission := strings.HasPrefix(key, "read.") || strings.HasPrefix(key, "file.")
		if _, ok := codes[key]; ofSubmission && !ok && !none[key] {
			t.Errorf("%s has no code", key)
		}
	}
	for key, code := range codes {
		if _, ok := catalogue[key]; !ok {
			t.Errorf("%s (%s) is no message", key, code)
		}
	}
}

// The codes are what programs rely on: none may change.
func TestCodesStay(t *testing.T) {
	for key, want := range map[string]Code{
		"file.missing": "missing", "read.limit.time": "timed-out", "read.limit.cells": "too-large", "read.password": "wrong-password",
		"read.damaged": "damaged", "read.notables": "no-tables", "read.format.text": "not-a-form", "convert.panic": "internal",
	} {
		if got := NewError(key).Code(); got != want {
			t.Errorf("%s is %s, want %s", key, got, want)
		}
	}
	for code, want := range map[Code]bool{Damaged: false, NoTables: false, TooLarge: false, Empty: false, NotAForm: false,
		TimedOut: true, WrongPassword: true, Unwritable: true, Internal: true} {
		if code.Transient() != want {
			t.Errorf("%s: transient %v", code, !want)
		}
	}
}

package office

import (
	"bytes"
	"testing"
)

func TestWithoutFetching(t *testing.T) {
	wide := func(s string) string {
		var b bytes.Buffer
		for i := range len(s) {
			b.Write([]byte{s[i], 0})
		}
		return b.String()
	}
	for in, want := range map[string]string{
		"\x13 INCLUDEPICTURE  \"http://x\"":       "\x13 xNCLUDEPICTURE  \"http://x\"",
		wide("\x13 includepicture \"a\""):         wide("\x13 xncludepicture \"a\""),
		"甲" + wide("\x13DDEAUTO \"a\""):           "甲" + wide("\x13xDEAUTO \"a\""),
		"\x13 PAGE \x14\x13 LINK Excel \\\\h\\a ": "\x13 PAGE \x14\x13 xINK Excel \\\\h\\a ",

		"\x06\x01\x0E\x00\x00\x00\x3F\x01":  "\x06\x01\x00\x00\x00\x00\x3F\x01", // a picture in a drawing
		"\x06\x01\x02\x00\x00\x00\x3F\x01":  "\x06\x01\x02\x00\x00\x00\x3F\x01",
		"\x5E\x00\x00\x00D\x00\x5E\x00\x1A": "\x5E\x00\x00\x00D\x00\x7F\x00\x1A", // in a line of text
		"\x5E\x00\x00\x00D\x00\x64\x00\x1A": "\x5E\x00\x00\x00D\x00\x64\x00\x1A",
		wide("ADb^ \u0106\x0e"):             wide("ADb^ \u0106\x0e"),

		"INCLUDEPICTURE \"http://x\"": "INCLUDEPICTURE \"http://x\"", // text
		"\x13 HYPERLINK \"http://x\"": "\x13 HYPERLINK \"http://x\"",
		"\x13 LINKED \"x\"":           "\x13 LINKED \"x\"",
		"http://x ../a 屜尺":            "http://x ../a 屜尺",
	} {
		if got := string(withoutFetching([]byte(in))); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

package workbook

import (
	"context"
	"encoding/xml"
	"strconv"
	"strings"
	surrogates "unicode/utf16"
	"unicode/utf8"

	"nianbao/convert/message"
)

func (b *Book) readStrings(ctx context.Context, part string) error {
	return b.elements(ctx, part, func(e xml.StartElement, d *xml.Decoder) (bool, error) {
		if e.Name.Local != "si" {
			return false, nil
		}
		s, err := b.richText(d)
		if err != nil {
			return true, err
		}
		b.strings = append(b.strings, s)
		return true, b.count()
	})
}

// richText reads the text of a string item up to its end: plain, or in runs with
// a style each. Phonetic readings are not part of the text, nor is what is struck out.
// Raised and lowered digits are told from others: 10⁶, CO₂.
func (b *Book) richText(d *xml.Decoder) (string, error) {
	var text strings.Builder
	inText, phonetic, struck := false, 0, false
	digits := ""
	for depth := 1; depth > 0; {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return "", message.NewError("read.nested")
			}
			inText = t.Name.Local == "t"
			switch t.Name.Local {
			case "rPh":
				phonetic++
			case "r":
				struck, digits = false, ""
			case "strike":
				v := attr(t, "val")
				struck = v == "" || isTrue(v)
			case "vertAlign":
				digits = map[string]string{"superscript": raisedDigits, "subscript": loweredDigits}[attr(t, "val")]
			}
		case xml.EndElement:
			depth--
			inText = false
			switch t.Name.Local {
			case "rPh":
				phonetic--
			case "r":
				struck, digits = false, ""
			}
		case xml.CharData:
			if inText && phonetic == 0 && !struck {
				text.WriteString(shiftDigits(string(t), digits))
				if text.Len()+b.text > maxText {
					return "", TooLarge("text", Mebibytes(maxText))
				}
			}
		}
	}
	b.text += text.Len()
	return unescape(text.String()), nil
}

// plainText reads the text of an element without others in it, up to its end.
func (b *Book) plainText(d *xml.Decoder) (string, error) {
	var text strings.Builder
	for {
		t, err := d.RawToken()
		if err != nil {
			return "", err
		}
		switch t := t.(type) {
		case xml.StartElement:
			return "", message.NewError("read.nested")
		case xml.EndElement:
			b.text += text.Len() + nameBytes
			return text.String(), nil
		case xml.CharData:
			text.Write(t)
			if text.Len()+b.text > maxText {
				return "", TooLarge("text", Mebibytes(maxText))
			}
		}
	}
}

// nameBytes is about what a defined name takes besides its text.
const nameBytes = 200

func isTrue(s string) bool { return s == "1" || s == "true" }

const (
	raisedDigits  = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	loweredDigits = "₀₁₂₃₄₅₆₇₈₉"
)

// shiftDigits writes the digits of a text with the given ones, if there are any.
func shiftDigits(s, digits string) string {
	if digits == "" {
		return s
	}
	shifted := []rune(digits)
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return shifted[r-'0']
		}
		return r
	}, s)
}

// unescape undoes the _x000A_ escapes that strings use for control characters, and
// drops those that no text has.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	var high rune // the first half of a character beyond U+FFFF
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			break
		}
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' {
			b.WriteString(s[:i+2])
			s, high = s[i+2:], 0
			continue
		}
		if i > 0 {
			high = 0
		}
		b.WriteString(s[:i])
		switch r := rune(n); {
		case surrogates.IsSurrogate(r) && high == 0:
			high = r
		case surrogates.IsSurrogate(r):
			if whole := surrogates.DecodeRune(high, r); whole != utf8.RuneError {
				b.WriteRune(whole)
			}
			high = 0
		case r >= ' ' || r == '\n' || r == '\t':
			b.WriteRune(r)
		}
		s = s[i+7:]
	}
	return b.String() + s
}
